//! What points buy, and what was bought.

use maud::{Markup, html};

use super::{Account, Pen, why};
use crate::i18n::fill;
use crate::loyalty::denied::Denied;
use crate::loyalty::entry::{Entry, Kind};
use crate::loyalty::program::{Gives, Reward};
use crate::name::Name;

/// Rewards that were redeemed lately, the newest first.
const MOST: usize = 10;

/// What there is to get.
pub(super) fn draw(pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    html! {
        @if pen.shown.program.rewards.is_empty() { p class="hint" { (b.none) } }
        ul class="list" { @for (index, reward) in pen.shown.program.rewards.iter().enumerate() { (row(index, reward, pen)) } }
    }
}

fn row(index: usize, reward: &Reward, pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    let account = pen.shown.account;
    let offer = account.and_then(|account| account.offers.get(index));
    let plain = account.filter(|_| offer.is_none()).and_then(|account| barrier(reward, account, pen));
    let denied = offer.and_then(|offer| offer.denied.as_ref()).or(plain.as_ref());
    // That somebody is not signed in is the last thing to say: first, whether it would be of any use.
    let denied = denied.or(account.filter(|account| !account.signed).map(|_| &Denied::Identify));
    let left = offer.and_then(|offer| offer.left).filter(|left| *left > 0);
    let cost = i64::from(reward.cost);
    html! {
        li {
            span class="what" {
                (pen.text(&reward.label))
                b class="cost" { (pen.points(cost)) }
                @if let Some(note) = &reward.note { small { (pen.text(note)) } }
                @if let Some(left) = left { small { (fill(b.left, &[("n", &pen.s.integer(left.into()))])) } }
                @if let Some(denied) = denied { small class="why" { (why::denied(denied, pen.shown)) } }
            }
            @if let (Some(account), None, false) = (account, denied, pen.shown.paused) {
                button class="act" type="button" data-ask aria-label={ (b.redeem) ": " (pen.text(&reward.label)) } { (b.redeem) }
                div class="sure" hidden {
                    @let rest = account.standing.balance.saturating_sub(cost);
                    p { (fill(b.confirm, &[("n", &pen.points(cost)), ("left", &pen.points(rest))])) }
                    button class="act main" type="button" data-act="redeem" data-reward=(reward.name) data-cost=(cost) { (b.yes) }
                    button class="act" type="button" data-no { (b.cancel) }
                }
            }
        }
    }
}

/// What stands in the way as far as balance, tier and days tell.
fn barrier(reward: &Reward, account: &Account, pen: &Pen<'_>) -> Option<Denied> {
    let today = pen.shown.now.day();
    if let Some(from) = reward.from.filter(|from| *from > today) {
        return Some(Denied::NotYet { from });
    }
    if let Some(until) = reward.until.filter(|until| *until < today) {
        return Some(Denied::Over { until });
    }
    dearer(reward.tier.as_ref(), reward.cost, account, pen)
}

/// A tier that is not reached, or points that are lacking.
pub(super) fn dearer(tier: Option<&Name>, cost: u32, account: &Account, pen: &Pen<'_>) -> Option<Denied> {
    let place = |name: &Name| pen.shown.program.tiers.iter().position(|tier| tier.name == *name);
    let below = |tier: &&Name| account.standing.tier.as_ref().and_then(place) < place(tier);
    if let Some(tier) = tier.filter(below) {
        return Some(Denied::Tier { tier: tier.clone() });
    }
    let lacks = i64::from(cost) - account.standing.balance;
    (lacks > 0).then_some(Denied::NotEnough { lacks })
}

/// What the member has redeemed: codes to copy, words, links, and what the owner has yet to hand over.
pub(super) fn own(pen: &Pen<'_>) -> Markup {
    let entries = pen.shown.account.map(|account| account.own.as_slice()).unwrap_or_default();
    let holds: Vec<&Entry> = entries.iter().rev().filter(|entry| entry.kind == Kind::Hold).take(MOST).collect();
    let settled = |hold: &Entry, kind| entries.iter().find(|entry| entry.kind == kind && entry.reference == hold.id);
    let rows: Vec<Markup> = holds
        .into_iter()
        .filter(|hold| settled(hold, Kind::Void).is_none())
        .map(|hold| bought(hold, settled(hold, Kind::Capture), pen))
        .collect();
    html! {
        @if !rows.is_empty() { (super::section("own", pen.s.badge.yours, true, &html! { ul class="list" { @for row in &rows { (row) } } })) }
    }
}

fn bought(hold: &Entry, capture: Option<&Entry>, pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    let reward = pen.shown.program.rewards.iter().find(|reward| reward.name.as_str() == hold.reference);
    html! {
        li data-own=(hold.id) {
            span class="what" {
                (pen.reward(&hold.reference))
                @match (capture, reward.map(|reward| &reward.gives)) {
                    (None, _) => small { (pen.site(b.on_its_way)) },
                    (Some(_), Some(Gives::Text { text })) => small { (pen.text(text)) },
                    (Some(_), Some(Gives::Link { url })) => small { a href=(url) target="_blank" rel="noopener" { (b.open) } },
                    (Some(capture), _) if !capture.note.is_empty() => {
                        small { code dir="ltr" { (capture.note) } }
                    }
                    _ => {}
                }
            }
            @if let Some(code) = capture.map(|capture| capture.note.as_str()).filter(|note| !note.is_empty()) {
                button class="act" type="button" data-copy=(code) { (b.copy) }
            }
        }
    }
}
