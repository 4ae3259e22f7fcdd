//! The answers to one question, drawn: every bar with its count, share and interval.

use maud::{Markup, html};
use rapport_core::decimal::Decimal;
use rapport_core::model::question::Measure;
use rapport_core::model::text::Text;
use rapport_core::report::{Bar, Distribution, Estimate, Label, Month, Ranked, Sample, Scores, Shape, Unit};

use crate::dashboard::behind::Behind;
use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::page::Speech;
use crate::dashboard::parts;
use crate::dashboard::strings::Strings;

/// The questions of one widget: those that can be drawn as cards, the others as one list of where to read.
pub fn cards(distributions: &[&Distribution<'_>], level: Level, behind: &Behind<'_>, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    let (open, drawn): (Vec<&Distribution<'_>>, Vec<_>) =
        distributions.iter().copied().partition(|distribution| distribution.shape == Shape::Open);
    html! {
        div.grid.wide {
            @for distribution in drawn { (card(distribution, level, behind, speech)) }
            @if let Some(first) = open.first() {
                article.card.stack {
                    (level.heading(s.distribution.open, None))
                    ul.stack.small {
                        @for distribution in &open {
                            li { (speech.title(distribution.question)) " " span.soft.nowrap { ((s.answered)(&format::count(distribution.answered))) } }
                        }
                    }
                    p { a href=(behind.all_of(first.widget)) { (s.distribution.read) } }
                }
            }
        }
    }
}

/// How those fared who finished a quiz.
pub fn scores(scores: &Scores<'_>, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    let words = &s.quiz;
    let of = format::count(scores.passed.of());
    html! {
        article.card.stack aria-labelledby="scores" {
            header {
                h3 #scores { (words.title) }
                p.small.soft {
                    ((words.finished)(&of))
                    @match scores.total {
                        Some(total) => { " · " ((words.right_of)(total)) }
                        None if scores.passed.of() > 0 => { " · " (words.percent) }
                        None => {}
                    }
                }
            }
            @if scores.passed.of() == 0 {
                p.soft { (s.no_data) }
            } @else {
                (bars(&scores.bars, "bars points", |_| "", speech))
                @if let Some(mean) = &scores.mean {
                    @let (low, high) = (mean.low.max(0.0), mean.high.min(scores.total.map_or(100.0, f64::from)));
                    p.small.soft { ((s.distribution.mean)(&format::decimal(mean.value), &format::decimal(low), &format::decimal(high))) }
                }
                ul.bars { (line(&(words.passed)(scores.pass_percent), &scores.passed, "good-fill", speech)) }
            }
        }
    }
}

/// How deep the cards' headings stand in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Below the page's sections.
    Third,
    /// Below a widget within a section.
    Fourth,
}

impl Level {
    fn heading(self, text: &str, id: Option<&str>) -> Markup {
        match self {
            Self::Third => html! { h3 id=[id] { (text) } },
            Self::Fourth => html! { h4 id=[id] { (text) } },
        }
    }
}

fn card(distribution: &Distribution<'_>, level: Level, behind: &Behind<'_>, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    let id = format!("question-{}-{}-{}", distribution.widget, distribution.question.name, distribution.version);
    html! {
        article.card.stack aria-labelledby=(id) {
            header {
                (level.heading(&speech.title(distribution.question), Some(&id)))
                p.small.soft { ((s.answered)(&format::count(distribution.answered))) " · " code { (distribution.question.name) } }
            }
            @if distribution.answered == 0 {
                p.soft { (s.no_data) }
            } @else {
                (body(distribution, behind, speech))
            }
        }
    }
}

fn body(distribution: &Distribution<'_>, behind: &Behind<'_>, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    match &distribution.shape {
        Shape::Scale { points, mean, measures } => {
            let group = |mood: &str| behind.group(distribution.widget, &distribution.question.name, mood);
            scale(points, mean.as_ref(), *measures, &group, speech)
        }
        Shape::Choice { options, multiple } => html! {
            (bars(options, "bars", |_| "", speech))
            @if *multiple { p.small.soft { (s.distribution.multiple) } }
        },
        Shape::Ranking(ranked) => ranking(ranked, speech),
        Shape::Matrix { columns, rows } => matrix(columns, rows, speech),
        Shape::Consent { agreed } => html! {
            ul.bars { (line(s.distribution.agreed, agreed, "", speech)) }
        },
        Shape::Numbers { bars: all, median, half: (low, high) } => html! {
            (bars(all, "bars", |_| "", speech))
            p.small.soft { ((s.distribution.median)(&number(*median), &number(*low), &number(*high))) }
        },
        Shape::Days(all) => bars(all, "bars", |_| "", speech),
        Shape::Open => html! {},
    }
}

fn scale(
    points: &[Bar<'_>],
    mean: Option<&Estimate>,
    measures: Option<Measure>,
    behind: &dyn Fn(&str) -> Option<String>,
    speech: &Speech<'_>,
) -> Markup {
    let s = speech.strings();
    let nps = measures == Some(Measure::Nps);
    let group = |bar: &Bar<'_>| match bar.label {
        Label::Point(..=6) if nps => "bad-fill",
        Label::Point(7..=8) if nps => "mild-fill",
        Label::Point(_) if nps => "good-fill",
        _ => "",
    };
    html! {
        @if nps { (groups(points, behind, speech)) }
        (bars(points, "bars points", group, speech))
        @if let Some(mean) = mean.filter(|_| !nps) {
            p.small.soft { ((s.distribution.mean)(&format::decimal(mean.value), &format::decimal(mean.low), &format::decimal(mean.high))) }
        }
    }
}

/// Detractors, passives and promoters side by side, each named beside its colour.
fn groups(points: &[Bar<'_>], behind: &dyn Fn(&str) -> Option<String>, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    let sum = |from: i32, to: i32| -> u64 {
        let within = |bar: &&Bar<'_>| matches!(bar.label, Label::Point(point) if (from..=to).contains(&point));
        points.iter().filter(within).map(|bar| bar.share.hits()).sum()
    };
    let parts = [
        ("bad-fill", s.distribution.detractors, sum(0, 6), "bad"),
        ("mild-fill", s.distribution.passives, sum(7, 8), "mild"),
        ("good-fill", s.distribution.promoters, sum(9, 10), "good"),
    ];
    let of: u64 = parts.iter().map(|(_, _, count, _)| count).sum();
    html! {
        (parts::split(&parts.map(|(class, _, count, _)| (class, count))))
        ul.key {
            @for (class, name, count, mood) in parts {
                li {
                    svg width="10" height="10" aria-hidden="true" { rect class=(class) width="10" height="10" rx="2" {} }
                    @match behind(mood).filter(|_| count > 0) {
                        Some(address) => a href=(address) { (name) },
                        None => (name),
                    }
                    " " b { (format::count(count)) }
                    span.soft { (Sample::share(count, of).estimate().map_or_else(String::new, |e| format::value(&e, Unit::Share))) }
                }
            }
        }
    }
}

fn bars(bars: &[Bar<'_>], class: &str, fill: impl Fn(&Bar<'_>) -> &'static str, speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    html! {
        ul class=(class) {
            @for bar in bars {
                @match bar.label {
                    Label::Point(point) => (line(&point.to_string().replace('-', "−"), &bar.share, fill(bar), speech)),
                    Label::Numbers { from, to } => (line(&numbers(from, to, s), &bar.share, fill(bar), speech)),
                    Label::Months { from, to } => (line(&months(from, to, speech.lang), &bar.share, fill(bar), speech)),
                    Label::Other => (line(s.distribution.other, &bar.share, fill(bar), speech)),
                    Label::Option { text, retired: false, .. } => (line(speech.text(text), &bar.share, fill(bar), speech)),
                    Label::Option { text, .. } => {
                        (line(&(s.distribution.retired)(speech.text(text)), &bar.share, fill(bar), speech))
                    }
                }
            }
        }
    }
}

fn number(number: Decimal) -> String {
    number.to_string().replace('-', "−")
}

fn numbers(from: Option<Decimal>, to: Option<Decimal>, s: &Strings) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => number(from),
        (Some(from), Some(to)) => (s.distribution.range)(&number(from), &number(to)),
        (None, Some(to)) => (s.distribution.or_less)(&number(to)),
        (Some(from), None) => (s.distribution.or_more)(&number(from)),
        (None, None) => String::new(),
    }
}

fn months(from: Option<Month>, to: Option<Month>, lang: Lang) -> String {
    let s = lang.strings();
    match (from, to) {
        (Some(from), Some(to)) => format::months(from, to, lang),
        (None, Some(to)) => (s.distribution.until)(&format::months(to, to, lang)),
        (Some(from), None) => (s.distribution.since)(&format::months(from, from, lang)),
        (None, None) => String::new(),
    }
}

fn line(label: &str, share: &Sample, fill: &str, speech: &Speech<'_>) -> Markup {
    html! {
        li {
            span.label { (label) }
            span class=[(!fill.is_empty()).then_some(fill)] { (parts::bar(share)) }
            span.amount {
                (format::count(share.hits()))
                @if let Some(estimate) = share.estimate() {
                    @let (low, high) = format::ends(&estimate, Unit::Share);
                    " · " (format::value(&estimate, Unit::Share))
                    " " small { ((speech.strings().distribution.range)(&low, &high)) }
                }
            }
        }
    }
}

fn ranking(ranked: &[Ranked<'_>], speech: &Speech<'_>) -> Markup {
    let s = speech.strings();
    html! {
        div.scroll tabindex="0" role="group" aria-label=(s.distribution.ranking) {
            table.ranking {
                thead { tr {
                    th scope="col" { (s.distribution.option) }
                    th.num scope="col" { (s.distribution.mean_position) }
                    th scope="col" { (s.distribution.put_first) }
                } }
                tbody {
                    @for option in ranked {
                        tr {
                            th scope="row" { (speech.text(option.text)) }
                            td.num { (format::decimal(option.mean_position)) }
                            td { (parts::bar(&option.first)) (cell(&option.first)) }
                        }
                    }
                }
            }
        }
    }
}

fn matrix(columns: &[&Text], rows: &[(&Text, Vec<Bar<'_>>)], speech: &Speech<'_>) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(speech.strings().distribution.matrix) {
            table.matrix {
                thead { tr { td {} @for column in columns { th scope="col" { (speech.text(column)) } } } }
                tbody {
                    @for (row, cells) in rows {
                        tr {
                            th scope="row" { (speech.text(row)) small { (format::count(cells.first().map_or(0, |cell| cell.share.of()))) } }
                            @for bar in cells { td { (cell(&bar.share)) (parts::bar(&bar.share)) } }
                        }
                    }
                }
            }
        }
    }
}

fn cell(share: &Sample) -> Markup {
    html! {
        @match share.estimate() {
            Some(estimate) => { (format::value(&estimate, Unit::Share)) " " span.soft { "(" (format::count(share.hits())) ")" } }
            None => "–",
        }
    }
}
