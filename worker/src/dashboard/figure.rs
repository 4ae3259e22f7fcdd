//! One figure as a card: the number, its interval drawn and in words, what it is made of, whether it changed, and its
//! trend with a table that says the same.

use maud::{Markup, html};
use rapport_core::report::{Activity, Estimate, Figure, Metric, Overview, Sample, Unit, Verdict};
use rapport_core::time::Day;

use crate::dashboard::behind::Behind;
use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::parts::{self, signs};

/// The card of a rate or score. What else there is to say of it comes last.
fn card(figure: &Figure, more: Option<&str>, behind: &Behind<'_>, lang: Lang) -> Markup {
    let s = lang.strings();
    let words = s.metric(figure.metric);
    let unit = figure.metric.unit();
    let id = format!("figure-{}", figure.metric.as_str());
    html! {
        article.card.figure aria-labelledby=(id) {
            header {
                h3 id=(id) { (words.name) }
                @if let Some(verdict) = &figure.verdict { (chip(verdict, lang)) }
            }
            @match figure.now.estimate() {
                Some(now) => (known(figure, &now, lang)),
                None => {
                    p.value.none { (s.no_data) }
                    p.words { (words.needs) }
                }
            }
            @if let Some(more) = more { p.words { (more) } }
            (behind.unhappy(figure, lang))
            @if figure.trend.iter().any(|point| point.sample.of() > 0) {
                (trend(figure, words.name, unit, lang))
            } @else {
                div.more { (about(words.about, lang)) }
            }
        }
    }
}

fn about(words: &str, lang: Lang) -> Markup {
    html! { details.about { summary { (lang.strings().how_computed) } p { (words) } } }
}

fn known(figure: &Figure, now: &Estimate, lang: Lang) -> Markup {
    let s = lang.strings();
    let unit = figure.metric.unit();
    let (low, high) = format::ends(now, unit);
    let of = format::count(figure.now.of());
    html! {
        p.value { (format::value(now, unit)) }
        (parts::whisker(unit, now, figure.before.estimate().as_ref()))
        p.words { ((s.between)(&low, &high)) }
        p.words {
            @if figure.metric.of_those_who_answered() { ((s.of_those_who_answered)(&of)) }
            @else { ((s.metric(figure.metric).of)(&format::count(figure.now.hits()), &of)) }
        }
        @if let Some(verdict) = &figure.verdict { p.change { (verdict_words(verdict, figure, lang)) } }
    }
}

/// The verdict in a word, with a sign beside the colour.
pub fn chip(verdict: &Verdict, lang: Lang) -> Markup {
    let s = lang.strings();
    let (class, path, word) = match verdict {
        Verdict::Changed { by, .. } if *by > 0.0 => ("chip good", signs::UP, s.verdict.up),
        Verdict::Changed { .. } => ("chip bad", signs::DOWN, s.verdict.down),
        Verdict::NoChangeShown { .. } => ("chip", signs::LEVEL, s.verdict.level),
        Verdict::TooEarly { .. } => ("chip mild", signs::WAIT, s.verdict.early),
        Verdict::NothingBefore => return html! {},
    };
    html! { span class=(class) { (parts::sign(path)) (word) } }
}

/// How two groups compare, in a word: neither is before or after the other.
pub fn comparison(verdict: &Verdict, lang: Lang) -> Markup {
    let s = &lang.strings().verdict;
    let (class, path, word) = match verdict {
        Verdict::Changed { by, .. } if *by > 0.0 => ("chip good", signs::UP, s.more),
        Verdict::Changed { .. } => ("chip bad", signs::DOWN, s.less),
        Verdict::NoChangeShown { .. } => ("chip", signs::LEVEL, s.same),
        Verdict::TooEarly { .. } => ("chip mild", signs::WAIT, s.early),
        Verdict::NothingBefore => return html! {},
    };
    html! { span class=(class) { (parts::sign(path)) (word) } }
}

/// A verdict in a sentence.
pub fn verdict_words(verdict: &Verdict, figure: &Figure, lang: Lang) -> String {
    let s = lang.strings();
    let unit = figure.metric.unit();
    let write = |by: f64| format::difference(by, unit);
    let was = figure.before.estimate().map_or_else(String::new, |before| format::value(&before, unit));
    match *verdict {
        Verdict::Changed { by, low, high } => (s.verdict.changed)(&write(by), &write(low), &write(high), &was),
        Verdict::NoChangeShown { low, high, .. } => (s.verdict.no_change)(&write(low), &write(high), &was),
        Verdict::TooEarly { more } => {
            let more = format::count(more);
            (s.verdict.too_early)(&(s.metric(figure.metric).units)(&more))
        }
        Verdict::NothingBefore => s.verdict.nothing_before.to_owned(),
    }
}

fn trend(figure: &Figure, name: &str, unit: Unit, lang: Lang) -> Markup {
    let s = lang.strings();
    let kind = if unit == Unit::Score { "score" } else { "share" };
    html! {
        @let (low, high) = parts::reach(figure);
        div.trend data-trend=(kind) data-low=(short(low)) data-high=(short(high)) {
            div.plot {
                p.ticks aria-hidden="true" { span { (format::tick(high, unit)) } span { (format::tick(low, unit)) } }
                div.chart role="img" aria-label=((s.trend_of)(name)) { (parts::trend(figure, low, high)) }
            }
            (ends(figure.trend.first().map(|p| p.bucket.first), figure.trend.last().map(|p| p.bucket.last), lang))
            div.more {
                details.numbers {
                    summary { (s.as_table) span.sr { " – " (name) } }
                    div.scroll tabindex="0" role="group" aria-label=((s.table_of)(name)) {
                        table {
                            thead { tr {
                                th scope="col" { (s.columns.days) }
                                th.num scope="col" { (s.columns.value) }
                                th.num scope="col" { (s.columns.interval) }
                                th.num scope="col" { (s.columns.of) }
                            } }
                            tbody { @for point in &figure.trend { (row(&format::bucket(point.bucket, lang), &point.sample, unit)) } }
                        }
                    }
                }
                (about(s.metric(figure.metric).about, lang))
            }
        }
    }
}

fn row(days: &str, sample: &Sample, unit: Unit) -> Markup {
    html! {
        @match sample.estimate() {
            Some(estimate) => {
                @let (low, high) = format::ends(&estimate, unit);
                tr data-v=(short(estimate.value)) data-l=(short(estimate.low)) data-h=(short(estimate.high)) {
                    th scope="row" { (days) }
                    td.num { (format::value(&estimate, unit)) }
                    td.num { (low) " … " (high) }
                    td.num { (format::count(sample.of())) }
                }
            }
            None => tr { th scope="row" { (days) } td.num { "–" } td.num { "–" } td.num { "0" } }
        }
    }
}

/// The first and last day below a chart, and between them the point under the pointer.
fn ends(first: Option<Day>, last: Option<Day>, lang: Lang) -> Markup {
    html! {
        p.ends aria-hidden="true" {
            span { @if let Some(day) = first { (format::day(day, lang)) } }
            output {}
            span { @if let Some(day) = last { (format::day(day, lang)) } }
        }
    }
}

fn short(value: f64) -> String {
    format!("{value:.4}")
}

/// All cards of figures, with how long it takes beside the completion rate.
pub fn cards(overview: &Overview<'_>, behind: &Behind<'_>, lang: Lang) -> Markup {
    let words = overview
        .times
        .map(|times| (lang.strings().times)(&format::duration(times.median, lang), &format::duration(times.p90, lang)));
    html! {
        @for figure in &overview.figures {
            (card(figure, words.as_deref().filter(|_| figure.metric == Metric::Completion), behind, lang))
        }
    }
}

/// The card of activity: a count, so that there is nothing to be uncertain of but who was counted twice.
pub fn activity(activity: &Activity, lang: Lang) -> Markup {
    let s = lang.strings();
    let words = &s.activity;
    html! {
        article.card.figure.broad aria-labelledby="figure-activity" {
            div.figure {
                header { h3 id="figure-activity" { (words.name) } }
                @if activity.visitor_days == 0 {
                    p.value.none { (s.no_data) }
                } @else {
                    p.value { (format::count(activity.visitor_days)) small { (words.visitor_days) } }
                    p.words {
                        @if activity.before == 0 { (s.verdict.nothing_before) }
                        @else { ((words.before)(&format::count(activity.before))) }
                    }
                    @if let Some(time) = activity.engagement { p.words { ((words.engagement)(&format::duration(time, lang))) } }
                }
                @match &activity.people {
                    // That nobody came is said above.
                    Some(_) if activity.visitor_days == 0 => {}
                    Some(people) => {
                        p.words { ((words.people)(&format::count(people.distinct.day), &format::count(people.distinct.week), &format::count(people.distinct.month))) }
                        @if let Some(stickiness) = people.stickiness { p.words { ((words.stickiness)(&format::percent(stickiness))) } }
                    }
                    None => p.words { (words.only_days) },
                }
            }
            @if activity.visitor_days > 0 {
                (visitor_days(activity, lang))
            } @else {
                div.more { (about(words.about, lang)) }
            }
        }
    }
}

fn visitor_days(activity: &Activity, lang: Lang) -> Markup {
    let s = lang.strings();
    let words = &s.activity;
    let counts: Vec<u64> = activity.trend.iter().map(|(_, count)| *count).collect();
    html! {
        div.trend data-trend="count" {
            div.plot {
                p.ticks aria-hidden="true" { span { (format::count(counts.iter().copied().max().unwrap_or(0))) } span { "0" } }
                div.chart role="img" aria-label=((s.trend_of)(words.name)) { (parts::columns(&counts)) }
            }
            (ends(activity.trend.first().map(|(b, _)| b.first), activity.trend.last().map(|(b, _)| b.last), lang))
            div.more {
                details.numbers {
                    summary { (s.as_table) span.sr { " – " (words.name) } }
                    div.scroll tabindex="0" role="group" aria-label=((s.table_of)(words.name)) {
                        table {
                            thead { tr { th scope="col" { (s.columns.days) } th.num scope="col" { (words.visitor_days) } } }
                            tbody {
                                @for (bucket, count) in &activity.trend {
                                    tr data-v=(count) { th scope="row" { (format::bucket(*bucket, lang)) } td.num { (format::count(*count)) } }
                                }
                            }
                        }
                    }
                }
                (about(words.about, lang))
            }
        }
    }
}
