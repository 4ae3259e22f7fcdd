//! The page of figures: who comes back, what points will cost, who stands where.

use maud::{Markup, html};
use rapport_core::loyalty::people::figures::{Figures, Liability};
use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::Stage;
use rapport_core::loyalty::program::Program;
use rapport_core::model::config::Config;
use rapport_core::report::Sample;

use super::super::frame::{Section, path};
use super::{cards, cohort, one, words};
use crate::dashboard::format;
use crate::dashboard::page::Frame;
use crate::dashboard::parts;
use crate::dashboard::strings::editor::fill;

/// The page.
pub fn page(frame: &Frame<'_>, config: &Config, program: &Program, figures: &Figures) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        div.head { h1 { (s.figures) } }
        h2.sr { (s.glance) }
        div.grid {
            (cards::cards(frame, figures, program.referral.is_some()))
            (liability(frame, &figures.liability))
            (stages(frame, config, figures))
            (groups(frame, config, figures))
        }
        (cohort::section(frame, figures))
        p.small.soft {
            @if let Some(days) = figures.usual_gap_days { (fill(s.rhythm, &[&words::number(days)])) " " }
            @if let Some(years) = figures.expected_years { (fill(s.stay, &[&words::number(years)])) " " }
            (fill(s.counted_at, &[&format::ago(figures.at, frame.now, frame.lang)]))
        }
    }
}

fn liability(frame: &Frame<'_>, liability: &Liability) -> Markup {
    let s = &frame.lang.strings().people;
    let (currency, points) = (&liability.currency, liability.points);
    let money = |amount: i64| format::money(amount, currency);
    html! {
        article.card.figure aria-labelledby="liability" {
            header { h3 #liability { (s.liability) } }
            @match (liability.expected, liability.most) {
                (Some(expected), Some(most)) => {
                    p.value { (money(expected)) small { (s.expected) } }
                    p.words { (fill(s.outstanding, &[&words::points(liability.outstanding)])) }
                    p.words {
                        @match liability.redeemed_share {
                            Some(share) => (fill(s.expected_share, &[&format::percent(share), &money(most)])),
                            None => (s.expected_all),
                        }
                    }
                },
                _ => {
                    p.value { (words::points(liability.outstanding)) }
                    p.words { (s.expected_none) }
                },
            }
            @if points.held > 0 { p.words { (fill(s.outstanding_held, &[&words::points(points.held)])) } }
            p.words { (fill(s.liability_sum, &[&words::points(points.earned), &words::points(points.redeemed), &words::points(points.expired)])) }
        }
    }
}

fn stages(frame: &Frame<'_>, config: &Config, figures: &Figures) -> Markup {
    let s = &frame.lang.strings().people;
    let stages = figures.stages;
    let rows = [
        (Stage::New, stages.new),
        (Stage::Active, stages.active),
        (Stage::Loyal, stages.loyal),
        (Stage::AtRisk, stages.at_risk),
        (Stage::Lost, stages.lost),
    ];
    let rows = rows.map(|(stage, members)| (words::stage(stage, frame.lang).0, "stage", stage.as_str(), members));
    html! {
        article.card.figure aria-labelledby="stages" {
            header { h3 #stages { (s.stages) } }
            (shares(frame, config, figures.members, &rows))
            div.more { (one::about(frame, s.stages_about)) }
        }
    }
}

fn groups(frame: &Frame<'_>, config: &Config, figures: &Figures) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        article.card.figure aria-labelledby="groups" {
            header { h3 #groups { (s.groups) } }
            @match figures.groups {
                None => {
                    p.value.none { (frame.lang.strings().no_data) }
                    p.words { (s.groups_early) }
                },
                Some(groups) => {
                    @let rows = [(Group::High, groups.high), (Group::Middle, groups.middle), (Group::Low, groups.low)];
                    @let rows = rows.map(|(group, members)| (words::group(group, frame.lang), "group", group.as_str(), members));
                    (shares(frame, config, figures.members, &rows))
                },
            }
            div.more { (one::about(frame, s.groups_about)) }
        }
    }
}

/// Rows of name, field and word of a filter, and members.
fn shares(frame: &Frame<'_>, config: &Config, members: u64, rows: &[(&str, &str, &str, u64)]) -> Markup {
    let _ = frame;
    html! {
        ul.shares {
            @for (name, field, word, count) in rows {
                li {
                    a href={ (path(&config.site, Section::Members)) "?" (field) "=" (word) } { (name) }
                    span.num { (format::count(*count)) }
                    (parts::bar(&Sample::share(*count, members)))
                }
            }
        }
    }
}
