//! Prize draws: what a ticket costs and may win, what one's own have won, and where anybody can check that.

use maud::{Markup, html};

use super::rewards::dearer;
use super::{Account, Pen, Shown, why};
use crate::i18n::{self, fill, play};
use crate::loyalty::denied::Denied;
use crate::loyalty::draw::{Mine, Offer, State};
use crate::loyalty::entry::{Entry, Kind};
use crate::loyalty::program::{How, Prize};

/// Own tickets that are shown, the newest.
const MOST: usize = 10;

/// All that the member can take part in, or has; or what a stranger could.
pub(super) fn draw(pen: &Pen<'_>) -> Option<Markup> {
    let account = pen.shown.account;
    let draws = account.map_or(pen.shown.draws, |account| account.draws.as_slice());
    let rows = || html! { ul class="list" { @for offer in draws { (row(offer, account, pen)) } } };
    (!draws.is_empty()).then(rows)
}

fn row(offer: &Offer, account: Option<&Account>, pen: &Pen<'_>) -> Markup {
    let (b, words, draw) = (&pen.s.badge, play(pen.shown.locale), &offer.draw);
    let state = offer.state(pen.shown.now);
    let denied = match state {
        State::Open if offer.more() == 0 => Some(Denied::Limit { times: draw.per_member }),
        State::Open => account.and_then(|account| dearer(draw.tier.as_ref(), draw.cost, account, pen)),
        State::Awaited(_) | State::Over => None,
    };
    let cost = i64::from(draw.cost);
    // Tickets are for those whom the owner's server knows.
    let signed = account.filter(|account| account.signed);
    let label = pen.text(&draw.label);
    let own = offer.mine.iter().rev().take(MOST);
    let page = format!("{}/draw/{}/{}?lang={}", pen.shown.origin, pen.shown.site.id, draw.name, pen.s.tag);
    html! {
        li data-draws=(draw.name) {
            div class="what" {
                (label)
                @if cost > 0 { b class="cost" { (pen.points(cost)) } }
                small { (standing(offer, state, pen)) }
                @for (place, prize) in draw.prizes.iter().enumerate() {
                    small { b dir="auto" { (pen.text(&prize.label)) } " · " (terms(offer, place, prize, pen)) }
                }
                @if state == State::Open && draw.per_member > 1 {
                    small { (fill(words.more, &[("n", &pen.s.integer(offer.more().into()))])) }
                }
                @if !offer.mine.is_empty() {
                    small { b { (words.mine) } }
                    @for mine in own { small data-ticket=(mine.number) { (lot(mine, offer, state, pen)) } }
                }
                small { a href=(page) target="_blank" rel="noopener" { (words.check) } }
                @if let Some(denied) = &denied { small class="why" { (why::denied(denied, pen.shown)) } }
                @else if state == State::Open && signed.is_none() {
                    small class="why" { (fill(words.sign_in, &[("site", &super::isolated(&pen.shown.site.name))])) }
                }
            }
            @if let (State::Open, None, Some(account), false) = (state, &denied, signed, pen.shown.paused) {
                button class="act" type="button" data-ask aria-label={ (words.take) ": " (label) } { (words.take) }
                div class="sure" hidden {
                    @let rest = account.standing.balance.saturating_sub(cost);
                    @if cost > 0 { p { (fill(b.confirm, &[("n", &pen.points(cost)), ("left", &pen.points(rest))])) } }
                    @else { p { (words.free) } }
                    button class="act main" type="button" data-act="draw" data-draw=(draw.name) { (words.yes) }
                    button class="act" type="button" data-no { (b.cancel) }
                }
            }
        }
    }
}

fn standing(offer: &Offer, state: State, pen: &Pen<'_>) -> String {
    let words = play(pen.shown.locale);
    match (state, offer.draw.how, offer.draw.until) {
        (State::Over, ..) => words.over.to_owned(),
        (State::Awaited(day), ..) => fill(words.begins, &[("date", &day.to_text())]),
        (State::Open, How::AtTheEnd, Some(until)) => fill(words.at_the_end, &[("date", &until.to_text())]),
        (State::Open, ..) => words.at_once.to_owned(),
    }
}

/// Chance and stock of a prize.
fn terms(offer: &Offer, place: usize, prize: &Prize, pen: &Pen<'_>) -> String {
    let words = play(pen.shown.locale);
    let n = |n: u32| pen.s.integer(n.into());
    let odds = prize.one_in.map(|one_in| fill(words.odds, &[("n", &n(one_in))]));
    let left = offer.left.get(place).copied().unwrap_or(0);
    let stock = fill(words.stock, &[("left", &n(left)), ("stock", &n(prize.stock))]);
    odds.into_iter().chain([stock]).collect::<Vec<_>>().join(" · ")
}

/// One ticket, and what became of it.
fn lot(mine: &Mine, offer: &Offer, state: State, pen: &Pen<'_>) -> String {
    let words = play(pen.shown.locale);
    let prize = mine.prize.as_ref().and_then(|won| offer.draw.prizes.iter().find(|prize| prize.name == *won));
    let became = match prize {
        Some(prize) => fill(words.won, &[("prize", &super::isolated(pen.text(&prize.label)))]),
        None if offer.draw.how == How::AtTheEnd && state != State::Over => words.awaited.to_owned(),
        None => words.blank.to_owned(),
    };
    format!("{}: {became}", fill(words.number, &[("n", &pen.s.integer(mine.number.into()))]))
}

/// What became of the ticket that an act has taken.
pub fn told(entries: &[Entry], shown: &Shown<'_>) -> Option<String> {
    let pen = Pen { shown, s: i18n::strings(shown.locale) };
    let number = entries.iter().find(|entry| entry.kind == Kind::Ticket)?.note.parse::<u32>().ok()?;
    let has = |offer: &&Offer| offer.mine.iter().any(|mine| mine.number == number);
    let named = entries.first().map(|entry| entry.reference.as_str());
    let mut offers = shown.account?.draws.iter().filter(|offer| Some(offer.draw.name.as_str()) == named);
    let offer = offers.find(has)?;
    let mine = offer.mine.iter().find(|mine| mine.number == number)?;
    Some(lot(mine, offer, offer.state(shown.now), &pen))
}
