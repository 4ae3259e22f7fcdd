//! The page of one member.

use maud::{Markup, html};
use rapport_core::loyalty::people::insight::Insight;
use rapport_core::loyalty::program::{Measure, Program};
use rapport_core::model::config::Config;

use super::super::frame::{Section, path};
use super::{Said, desk, ledger, words};
use crate::command::loyalty::History;
use crate::command::people::One;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::dashboard::{answers, faults};

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub program: &'a Program,
    pub one: &'a One,
    pub history: &'a History,
    /// Whether these are older lines.
    pub paged: bool,
    pub said: &'a Said,
    pub query: &'a Form,
    /// The id of an adjustment that may be made here.
    pub fresh: &'a str,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let insight = Insight::of(&model.one.person, &model.one.census, frame.now);
    let speech = Speech::new(frame.lang, &model.config.site.locale);
    html! {
        (head(frame, model, &insight))
        @if let Some(into) = &model.one.shown.member.merged {
            p.notice { (s.went_up) " " a href={ (path(&model.config.site, Section::Members)) "/" (into) } { (s.went_up_link) } }
        }
        (desk::done(frame, model))
        (faults::list(&model.said.problems, frame.lang))
        h2.sr { (s.glance) }
        div.grid {
            (standing(frame, model, &speech))
            (risk(frame, &insight))
            (value(frame, model, &insight))
        }
        section.section aria-labelledby="ledger" {
            h2 #ledger { (s.ledger) }
            (ledger::section(frame, model, &speech))
        }
        (ledger::merged(frame, model, &speech))
        section.section aria-labelledby="adjust" {
            h2 #adjust { (s.adjust) }
            (desk::adjust(frame, model))
        }
        section.section aria-labelledby="said-title" {
            h2 #said-title { (s.said) }
            div.card {
                @if model.one.responses.is_empty() { p.soft { (s.said_none) } }
                @else { (answers::list(&model.one.responses, model.config, &speech, frame.now)) }
                @if model.one.chain.from > 1 { p.small.soft { (fill(s.said_from, &[&format::count(model.one.chain.from.into())])) } }
            }
        }
        (refused(frame, model, &speech))
        (desk::rest(frame, model))
    }
}

fn head(frame: &Frame<'_>, model: &Model<'_>, insight: &Insight) -> Markup {
    let s = &frame.lang.strings().people;
    let member = &model.one.shown.member;
    let name = words::name(member, frame.lang);
    let (stage, class) = words::stage(insight.stage, frame.lang);
    let others =
        [&member.external, &member.profile.email].into_iter().filter(|text| !text.is_empty() && **text != name);
    html! {
        p { a href=(path(&model.config.site, Section::Members)) { (frame.lang.strings().loyalty.members) } }
        div.head.person {
            div.stack {
                h1 { bdi { (name) } " " span class=(class) { (stage) } }
                p.soft {
                    @for text in others { bdi { (text) } " · " }
                    (fill(s.joined, &[&format::full_day(member.created.day(), frame.lang)]))
                    " · " (fill(s.last_seen, &[&format::ago_by_hour(insight.seen, frame.now, frame.lang)]))
                }
            }
        }
    }
}

fn standing(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let (standing, program) = (&model.one.shown.standing, model.program);
    let day = |at: rapport_core::time::Timestamp| format::full_day(at.day(), frame.lang);
    let measured = |much: u64| match program.ladder.by {
        Measure::Points => format::count(much),
        Measure::Spend => format::money(i64::try_from(much).unwrap_or(i64::MAX), &program.currency),
    };
    html! {
        article.card.figure aria-labelledby="standing" {
            header {
                h3 #standing { (s.standing) }
                @if let Some(tier) = &standing.tier { span.chip.on { (words::tier(tier.as_str(), program, speech)) } }
            }
            p.value { (words::points(standing.balance)) }
            @if standing.held > 0 { p.words { (fill(s.held, &[&words::points(standing.held)])) } }
            p.words { (fill(s.earned, &[&words::points(standing.earned)])) }
            @match &standing.next {
                Some(next) => {
                    p.words { (fill(s.to_next, &[&measured(next.lacks), words::tier(next.tier.as_str(), program, speech)])) }
                    progress max=(standing.measured.saturating_add(next.lacks)) value=(standing.measured)
                        aria-label=(fill(s.to_next, &[&measured(next.lacks), words::tier(next.tier.as_str(), program, speech)])) {}
                },
                None if standing.tier.is_some() => p.words { (s.top_tier) },
                None => {}
            }
            @if let Some(until) = standing.tier_until { p.words { (fill(s.falls, &[&day(until)])) } }
            @if let Some(expiring) = standing.expiring {
                p.words { (fill(s.expiring, &[&words::points(expiring.points), &day(expiring.at)])) }
            }
            @if let Some(row) = standing.streak.as_ref().filter(|row| row.days > 1) {
                p.words { (fill(s.streak, &[&row.days.to_string()])) }
            }
        }
    }
}

fn risk(frame: &Frame<'_>, insight: &Insight) -> Markup {
    let s = &frame.lang.strings().people;
    let (word, class, why) = words::risk(&insight.risk, frame.lang);
    html! {
        article.card.figure aria-labelledby="risk" {
            header { h3 #risk { (s.risk) } span class=(class) { (word) } }
            p { (why) }
            div.more { (about(frame, s.risk_about)) }
        }
    }
}

fn value(frame: &Frame<'_>, model: &Model<'_>, insight: &Insight) -> Markup {
    let s = &frame.lang.strings().people;
    let currency = &model.program.currency;
    html! {
        article.card.figure aria-labelledby="value" {
            header {
                h3 #value { (s.value) }
                @if let Some(rfm) = insight.rfm { span.chip { (words::group(rfm.group, frame.lang)) } }
            }
            @match &insight.value {
                None => {
                    p.value.none { (s.value_none) }
                    p.words { (s.value_none_hint) }
                },
                Some(value) => {
                    @let (mean, rate) = (words::amount(value.mean_order, currency), words::number(value.orders_a_year));
                    @match (value.clv, value.expected_years) {
                        (Some(clv), Some(years)) => {
                            p.value { (words::amount(clv, currency)) }
                            p.words { (fill(s.value_inputs, &[&mean, &rate, &words::number(years)])) }
                        },
                        _ => p.words { (fill(s.value_early, &[&mean, &rate])) },
                    }
                    p.words {
                        (fill(s.value_basis, &[&insight.orders.to_string(), &format::money(insight.spent, currency), &value.over_days.to_string()]))
                    }
                },
            }
            @if let Some(rfm) = insight.rfm {
                p.words {
                    @match rfm.monetary {
                        Some(monetary) => (fill(s.rfm, &[&rfm.recency.to_string(), &rfm.frequency.to_string(), &monetary.to_string()])),
                        None => (fill(s.rf, &[&rfm.recency.to_string(), &rfm.frequency.to_string()])),
                    }
                }
            }
            div.more { (about(frame, s.value_about)) }
        }
    }
}

fn refused(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        section.section aria-labelledby="refused" {
            h2 #refused { (s.refused) }
            div.card.stack {
                @if model.one.refusals.is_empty() { p.soft { (s.refused_none) } }
                @else {
                    ul.refusals {
                        @for refusal in &model.one.refusals {
                            li {
                                b {
                                    (words::act(&refusal.act, frame.lang))
                                    @if !refusal.about.is_empty() { " · " bdi { (words::reward(&refusal.about, model.program, speech)) } }
                                }
                                " – " (words::denied(&refusal.denied, frame.lang))
                                small { time datetime=(format::machine_moment(refusal.at)) { (format::ago(refusal.at, frame.now, frame.lang)) } }
                            }
                        }
                    }
                    p.small.soft { (s.refused_about) }
                }
                @if let Some(since) = model.one.refusals_since { p.small.soft { (fill(s.refused_since, &[&format::moment(since)])) } }
            }
        }
    }
}

/// What is behind a figure.
pub fn about(frame: &Frame<'_>, words: &str) -> Markup {
    html! { details.about { summary { (frame.lang.strings().how_computed) } p { (words) } } }
}
