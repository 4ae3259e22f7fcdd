//! A member's ledger, with the balance after each line, and what following its hashes has shown.

use maud::{Markup, html};
use rapport_core::loyalty::entry::Entry;

use super::super::frame::{Section, path};
use super::one::Model;
use super::words;
use crate::command::people::Chain;
use crate::dashboard::format;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;

/// The section.
pub fn section(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let history = model.history;
    let here = format!("{}/{}", path(&model.config.site, Section::Members), model.one.shown.member.id);
    let oldest = history.entries.last().map_or(0, |entry| entry.seq);
    html! {
        (chain(frame, model.one.chain))
        div.card.flush {
            @if history.entries.is_empty() {
                p.soft.inset { (s.empty_ledger) }
            } @else {
                div.scroll tabindex="0" role="group" aria-label=(s.ledger) {
                    table.ledger {
                        thead { tr {
                            th scope="col" { (s.when) }
                            th scope="col" { (s.what) }
                            th.num scope="col" { (s.points) }
                            th.num scope="col" { (s.after) }
                            th.num scope="col" { (s.line) }
                        } }
                        tbody { @for (entry, after) in running(&history.entries, history.balance) { (row(frame, model, speech, entry, after)) } }
                    }
                }
            }
        }
        @if model.paged || history.more {
            nav.actions aria-label=(s.ledger) {
                @if model.paged { a.button href={ (here) "#ledger" } { (s.newest) } }
                @if history.more { a.button href={ (here) "?before=" (oldest) "#ledger" } { (s.older) } }
            }
        }
    }
}

fn chain(frame: &Frame<'_>, chain: Chain) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        @match chain.broken {
            Some(line) => p.notice.bad role="alert" { (fill(s.broken, &[&format::count(line.into())])) },
            None if chain.to == 0 => {}
            None => p.small.soft.verified { (fill(s.verified, &[&format::count(chain.from.into()), &format::count(chain.to.into())])) },
        }
    }
}

/// Each line with the balance after it, newest first.
fn running(entries: &[Entry], newest: i64) -> impl Iterator<Item = (&Entry, i64)> {
    entries.iter().scan(newest, |balance, entry| {
        let after = *balance;
        *balance = balance.saturating_sub(entry.delta);
        Some((entry, after))
    })
}

fn row(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>, entry: &Entry, after: i64) -> Markup {
    let words = words::line(entry, model.program, speech);
    // The response that points were given for is one of those below.
    let response = model.one.responses.iter().find(|response| response.id == entry.note);
    html! {
        tr {
            td.nowrap { time datetime=(format::machine_moment(entry.at)) title=(format::moment(entry.at)) { (format::full_day(entry.at.day(), frame.lang)) } }
            td {
                @if let Some(response) = response { a href={ "#r-" (response.id) } { (words) } } @else { bdi { (words) } }
            }
            td class=(if entry.delta > 0 { "num plus" } else { "num" }) { (words::signed(entry.delta)) }
            td.num { (words::points(after)) }
            td.num.soft { (entry.seq) }
        }
    }
}
