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
            } @else { (table(frame, model, speech, &history.entries, history.balance)) }
        }
        @if model.paged || history.more {
            nav.actions aria-label=(s.ledger) {
                @if model.paged { a.button href={ (here) "#ledger" } { (s.newest) } }
                @if history.more { a.button href={ (here) "?before=" (oldest) "#ledger" } { (s.older) } }
            }
        }
    }
}

/// The ledgers of accounts that have gone up in this one.
pub fn merged(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let members = path(&model.config.site, Section::Members);
    html! {
        @for older in &model.one.merged {
            section.section aria-labelledby={ "merged-" (older.member) } {
                h2 id={ "merged-" (older.member) } { (s.merged) }
                p.small.soft {
                    (fill(s.merged_words, &[&format::full_day(older.at.day(), frame.lang), &words::points(older.points)]))
                    " " code { (older.member) }
                }
                (chain(frame, older.chain))
                // Its last line has taken all away.
                div.card.flush { (table(frame, model, speech, &older.entries, 0)) }
                @if older.chain.to as usize > older.entries.len() {
                    div.actions { a.button href={ (members) "/" (older.member) "#ledger" } { (s.merged_all) } }
                }
            }
        }
    }
}

fn table(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>, entries: &[Entry], balance: i64) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        div.scroll tabindex="0" role="group" aria-label=(s.ledger) {
            table.ledger {
                thead { tr {
                    th scope="col" { (s.when) }
                    th scope="col" { (s.what) }
                    th.num scope="col" { (s.points) }
                    th.num scope="col" { (s.after) }
                    th.num scope="col" { (s.line) }
                } }
                tbody { @for (entry, after) in running(entries, balance) { (row(frame, model, speech, entry, after)) } }
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
