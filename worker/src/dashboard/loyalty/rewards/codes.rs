//! One reward's codes: adding, looking, removing.

use maud::{Markup, html};
use rapport_core::loyalty::codes::Line;
use rapport_core::loyalty::program::{Record, Reward};
use rapport_core::model::config::Config;
use rapport_core::name::Name;
use rapport_core::problem::Problem;

use super::{address, list};
use crate::command::loyalty::{Codes, Stock};
use crate::dashboard::faults;
use crate::dashboard::format::count;
use crate::dashboard::layout;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::loyalty::names::Names;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;

/// Lines that are told one by one.
const TOLD: usize = 10;

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub record: &'a Record,
    pub name: &'a Name,
    pub reward: Option<&'a Reward>,
    pub stock: &'a Stock,
    pub codes: &'a Codes,
    pub given: bool,
    pub after: Option<String>,
    pub outcome: &'a Outcome,
}

/// What a form did.
#[derive(Default)]
pub enum Outcome {
    #[default]
    Nothing,
    Added {
        added: u32,
        /// Those that were there before.
        known: Vec<String>,
        twice: Vec<Line>,
    },
    Removed(u32),
    Bad(Vec<Line>),
    Empty,
    Refused(Vec<Problem>),
}

impl Outcome {
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Bad(_) | Self::Empty | Self::Refused(_))
    }
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().rewards;
    let site = &model.config.site;
    let speech = Speech::new(frame.lang, &site.locale);
    let live = model.record.live.as_ref().map(|live| &live.program);
    let names = Names { programs: [model.record.newest(), live], speech: &speech };
    let free = model.stock.codes.saturating_sub(model.stock.given);
    let n = |n: u32| count(n.into());
    let body = html! {
        p { a href=(path(site, Section::Rewards)) { "← " (s.back) } }
        div.between {
            h1 { (fill(s.codes_of, &[&names.reward(model.name.as_str())])) }
            @if let Some(reward) = model.reward { (list::chip(reward, model.stock, s)) }
        }
        (told(frame, model.outcome))
        @if model.reward.is_some_and(|reward| !reward.has_pool()) && model.stock.codes == 0 { p.card { (s.no_pool) } }
        @else {
            dl.sums {
                div { dt { (s.all_codes) } dd { (n(model.stock.codes)) } }
                div { dt { (s.given) } dd { (n(model.stock.given)) } }
                div { dt { (s.free) } dd { (n(free)) } }
            }
            (add(frame, model))
            (shown(frame, model))
            @if free > 0 { (remove(frame, model, free)) }
        }
    };
    frame::page(frame, site, Section::Rewards, &body)
}

fn told(frame: &Frame<'_>, outcome: &Outcome) -> Markup {
    let s = &frame.lang.strings().rewards;
    let n = |n: usize| count(n as u64);
    let lines = |lines: &[Line]| {
        html! {
            ul {
                @for Line { line, code } in lines.iter().take(TOLD) { li { (fill(s.line, &[&count((*line).into())])) " " code { (code.chars().take(80).collect::<String>()) } } }
                @if lines.len() > TOLD { li { (fill(s.and_more, &[&n(lines.len() - TOLD)])) } }
            }
        }
    };
    html! {
        @match outcome {
            Outcome::Nothing => {},
            Outcome::Removed(removed) => p.notice.good role="status" { (fill(s.removed, &[&count((*removed).into())])) },
            Outcome::Empty => p.notice.bad role="alert" { (s.nothing_in) },
            Outcome::Refused(problems) => (faults::list(problems, frame.lang)),
            Outcome::Bad(bad) => div.notice.bad role="alert" { p { (fill(s.bad, &[&n(bad.len())])) } (lines(bad)) },
            Outcome::Added { added, known, twice } => div.notice.good #added role="status" {
                p { b { @if *added > 0 { (fill(s.added, &[&count((*added).into())])) } @else { (s.added_none) } } }
                @if !known.is_empty() {
                    p { (fill(s.known, &[&n(known.len())])) }
                    ul {
                        @for code in known.iter().take(TOLD) { li { code { (code) } } }
                        @if known.len() > TOLD { li { (fill(s.and_more, &[&n(known.len() - TOLD)])) } }
                    }
                }
                @if !twice.is_empty() { p { (fill(s.twice, &[&n(twice.len())])) } (lines(twice)) }
            },
        }
    }
}

fn add(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().rewards;
    html! {
        section.section aria-labelledby="add" {
            h2 #add { (s.add) }
            form.card.stack.loose method="post" enctype="multipart/form-data" action=(address(&model.config.site, model.name.as_str())) {
                @if let Some(csrf) = frame.csrf { input type="hidden" name="csrf" value=(csrf); }
                p.soft #add-words { (s.add_words) }
                div.field {
                    label for="codes-text" { (s.paste) }
                    textarea #codes-text name="text" rows="5" spellcheck="false" autocapitalize="none" autocomplete="off" aria-describedby="add-words" {}
                }
                div.field {
                    label for="codes-file" { (s.file) }
                    input #codes-file type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain";
                }
                div.actions { button.button.main type="submit" name="do" value="add" { (s.add) } }
            }
        }
    }
}

fn shown(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().rewards;
    let site = &model.config.site;
    let here = address(site, model.name.as_str());
    let given = if model.given { "given=yes" } else { "given=no" };
    html! {
        section.section aria-labelledby="codes" {
            div.between {
                h2 #codes { (frame.lang.strings().rewards.see_codes) }
                nav.segments aria-label=(s.see_codes) {
                    ul {
                        li { a href={ (here) "#codes" } aria-current=[(!model.given).then_some("true")] { (s.show_free) } }
                        li { a href={ (here) "?given=yes#codes" } aria-current=[model.given.then_some("true")] { (s.show_given) } }
                    }
                }
            }
            @if model.codes.codes.is_empty() {
                p.card { (if model.given { s.none_given } else { s.none_free }) }
            } @else {
                div.card.flush { div.scroll tabindex="0" role="group" aria-label=(s.see_codes) { table {
                    thead { tr { th scope="col" { (s.code) } @if model.given { th scope="col" { (s.went_to) } } } }
                    tbody {
                        @for (code, act) in &model.codes.codes {
                            tr {
                                td { code { (code) } }
                                @if model.given {
                                    td { @if let Some(act) = act { a href={ (path(site, Section::Redemptions)) "?id=" (act) } { (s.the_redemption) span.sr { " " (code) } } } }
                                }
                            }
                        }
                    }
                } } }
                p.actions {
                    @if model.after.is_some() { a.button href={ (here) "?" (given) "#codes" } { (s.first) } }
                    @if let Some(next) = &model.codes.next {
                        @let next = form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>();
                        a.button href={ (here) "?" (given) "&after=" (next) "#codes" } { (s.more) }
                    }
                    a.button href={ (here) "/codes.csv?" (given) } download { (s.download) }
                }
            }
        }
    }
}

fn remove(frame: &Frame<'_>, model: &Model<'_>, free: u32) -> Markup {
    let s = &frame.lang.strings().rewards;
    let n = count(free.into());
    html! {
        details.card #remove {
            summary { (s.remove) }
            (layout::form(frame, &address(&model.config.site, model.name.as_str()), "stack", &html! {
                p { (fill(s.remove_words, &[&n])) }
                div.actions { button.button.risk type="submit" name="do" value="remove" { (fill(s.remove_yes, &[&n])) } }
            }))
        }
    }
}
