//! The ledger's lines, the newest first, each with what its hash was made of, so that the device can make it anew.

use maud::{Markup, html};

use super::{Account, Pen, earn};
use crate::i18n::fill;
use crate::loyalty::entry::{Entry, Kind};

/// Beside the heading, once the device has computed all of it again.
pub(super) fn mark(pen: &Pen<'_>) -> Markup {
    html! { " " span class="verified" data-verified hidden { "\u{2713} " (pen.s.badge.verified) } }
}

/// What another account's state is put in place of: it is for the machine, and no less part of what is hashed.
pub(super) fn draw(account: &Account, pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    let mut balance = account.from.balance;
    let rows: Vec<Markup> = account
        .entries
        .iter()
        .map(|entry| {
            balance = balance.saturating_add(entry.delta);
            row(entry, balance, pen)
        })
        .collect();
    html! {
        p class="hint" data-verified hidden { (b.verified_note) }
        p class="error" data-broken hidden role="alert" { (pen.site(b.broken)) }
        ol class="list lines" reversed data-from-seq=(account.from.seq) data-from-hash=(account.from.hash) data-from-balance=(account.from.balance) {
            @for row in rows.iter().rev() { (row) }
        }
        @if account.from.seq > 0 { button class="act" type="button" data-act="points" data-more { (b.older) } }
    }
}

fn row(entry: &Entry, balance: i64, pen: &Pen<'_>) -> Markup {
    let day = entry.at.day();
    html! {
        li data-line=(entry.line()) data-hash=(entry.hash) {
            span class="what" { (words(entry, pen)) small { time datetime=(day) { (day) } } }
            b class="gives" {
                @if entry.delta != 0 { bdi { (pen.signed(entry.delta)) } }
                small { (pen.s.badge.balance) " " (pen.s.integer(balance.unsigned_abs())) }
            }
        }
    }
}

/// What happened.
fn words(entry: &Entry, pen: &Pen<'_>) -> String {
    let b = &pen.s.badge;
    let what = |words: &str, what: &str| fill(words, &[("what", what)]);
    // The hold that a line is about, where that is shown too.
    let held = || {
        let entries = pen.shown.account.map(|account| account.entries.as_slice()).unwrap_or_default();
        let hold = entries.iter().find(|hold| hold.kind == Kind::Hold && hold.id == entry.reference);
        hold.map_or_else(|| "\u{2026}".to_owned(), |hold| pen.reward(&hold.reference))
    };
    let draw = || {
        let draw = pen.shown.program.draws.iter().find(|draw| draw.name.as_str() == entry.reference);
        draw.map_or_else(|| entry.reference.clone(), |draw| pen.text(&draw.label).to_owned())
    };
    match entry.kind {
        Kind::Earn => earned(entry, pen),
        Kind::Streak => b.bonus.to_owned(),
        Kind::Hold => what(b.redeemed, &pen.reward(&entry.reference)),
        Kind::Capture => what(b.handed, &held()),
        Kind::Void => what(b.returned, &held()),
        Kind::Expire => b.expired.to_owned(),
        Kind::Adjust => match entry.note.as_str() {
            "" => pen.site(b.adjusted),
            why => format!("{}: {why}", pen.site(b.adjusted)),
        },
        Kind::Ticket => what(b.ticket, &draw()),
        Kind::Win => what(b.won, &draw()),
        Kind::Refer => b.referred.to_owned(),
        Kind::Tier if entry.reference.is_empty() => "\u{2013}".to_owned(),
        Kind::Tier => fill(b.reached, &[("tier", &pen.tier(&entry.reference))]),
        Kind::MergedInto | Kind::MergedFrom => b.moved.to_owned(),
    }
}

fn earned(entry: &Entry, pen: &Pen<'_>) -> String {
    let name = entry.reference.split('/').next().unwrap_or_default();
    match pen.shown.program.rules.iter().find(|rule| rule.name.as_str() == name) {
        Some(rule) => {
            rule.label.as_ref().map_or_else(|| earn::words(&rule.when, pen), |label| pen.text(label)).to_owned()
        }
        // A rule that is no longer there, or a purchase that none was for.
        None if entry.amount.is_some() => pen.s.badge.when_purchase.to_owned(),
        None => pen.s.badge.when_event.to_owned(),
    }
}
