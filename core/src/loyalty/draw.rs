//! Prize draws that anybody can check. A seed is drawn before the first ticket and its hash told; tickets are public by number
//! and name; the seed is told after the end. What won follows from these alone, and [`CHECK_PY`] and [`CHECK_JS`] compute it
//! anew.
//!
//! What this proves: nobody changed the lot once tickets were out. What it cannot prove: that the organiser, who could read
//! the seed, took no part. So does the page say.

mod offer;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use super::program::{Draw, How, Prize, Wins};
use crate::limits::{DRAW_PRIZES, DRAW_TICKETS, DRAW_WINNERS, ONE_IN};
use crate::problem::{Fault, Problem};
use crate::time::{Day, Timestamp};

pub use offer::{Mine, Offer, Public};

/// 256 bits that nobody knows.
pub type Seed = [u8; 32];

/// Twenty lines that check a draw's JSON, for Python 3.8 and later.
pub const CHECK_PY: &str = include_str!("draw/check.py");
/// The same for Node.js 18 and later.
pub const CHECK_JS: &str = include_str!("draw/check.mjs");

/// All values of the 64 bits that decide.
const ALL: u128 = 1 << 64;

/// A prize for a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Won {
    /// The ticket's number, from 1.
    pub ticket: u32,
    /// The prize's place in the list.
    pub prize: usize,
}

/// What is told before the first ticket: SHA-256 of the seed.
pub fn commitment(seed: &Seed) -> String {
    hex(&Sha256::digest(seed))
}

/// The seed as it is told after the end.
pub fn revealed(seed: &Seed) -> String {
    hex(seed)
}

/// What [`revealed`] wrote.
pub fn parse(text: &str) -> Option<Seed> {
    let mut seed = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(seed)
}

/// A ticket's public name: the beginning of its id's hash. Its owner can find it, and nobody can tell the owner, or the moment,
/// from it.
pub fn name(id: &str) -> String {
    let mut name = hex(&Sha256::digest(id.as_bytes()));
    name.truncate(16);
    name
}

/// What a ticket has won by the stated odds, whatever is left in stock: the place of the prize.
///
/// 64 bits of HMAC-SHA256(seed, `number|name`) are cut into shares of ⌊2⁶⁴ ÷ one_in⌋, in the order of the prizes. There is no
/// modulo, so no value is more likely than another; each chance is the stated one to within 2⁻⁶⁴.
pub fn at_once(seed: &Seed, number: u32, name: &str, prizes: &[Prize]) -> Option<usize> {
    let mut rest = u128::from(bits(seed, &format!("{number}|{name}")));
    for (index, prize) in prizes.iter().enumerate() {
        let Some(one_in) = prize.one_in.filter(|one_in| *one_in > 0) else { continue };
        let share = ALL / u128::from(one_in);
        if rest < share {
            return Some(index);
        }
        rest -= share;
    }
    None
}

/// Who wins what, in the order of the tickets or, at the end, of the prizes. `names` are all tickets by number.
pub fn winners(how: How, seed: &Seed, names: &[String], prizes: &[Prize]) -> Vec<Won> {
    match how {
        How::AtOnce => while_stock_lasts(seed, names, prizes),
        How::AtTheEnd => shuffled(seed, names, prizes),
    }
}

fn while_stock_lasts(seed: &Seed, names: &[String], prizes: &[Prize]) -> Vec<Won> {
    let mut left: Vec<u32> = prizes.iter().map(|prize| prize.stock).collect();
    let mut won = Vec::new();
    for (ticket, name) in (1..).zip(names) {
        let Some(prize) = at_once(seed, ticket, name, prizes) else { continue };
        if let Some(left) = left.get_mut(prize).filter(|left| **left > 0) {
            *left -= 1;
            won.push(Won { ticket, prize });
        }
    }
    won
}

/// Fisher–Yates as far as there are prizes: the k-th prize goes to one of the tickets that are left, each as likely as any
/// other. All names are in what is hashed, so one ticket more or less is another lot.
fn shuffled(seed: &Seed, names: &[String], prizes: &[Prize]) -> Vec<Won> {
    let root = hex(&Sha256::digest(names.join("\n").as_bytes()));
    let mut order: Vec<u32> = (1..).take(names.len()).collect();
    let places = prizes.iter().enumerate().flat_map(|(index, prize)| (0..prize.stock).map(move |_| index));
    let mut won = Vec::new();
    for (place, prize) in places.take(names.len()).enumerate() {
        let size = (names.len() - place) as u64;
        order.swap(place, place + below(seed, &root, place, size));
        won.extend(order.get(place).map(|ticket| Won { ticket: *ticket, prize }));
    }
    won
}

/// A number below `size`. Values from the last, incomplete round of `size` are thrown away, so that none is more likely.
fn below(seed: &Seed, root: &str, place: usize, size: u64) -> usize {
    let whole = ALL - ALL % u128::from(size.max(1));
    // Each turn is thrown away with a chance below 2⁻⁴⁰, so this ends at once; the bound is for the reader's peace of mind.
    let tries = (0..64_u32).map(|turn| bits(seed, &format!("{root}|{place}|{turn}")));
    let value = tries.into_iter().find(|value| u128::from(*value) < whole).unwrap_or(0);
    usize::try_from(value % size.max(1)).unwrap_or(0)
}

/// The first 64 bits of HMAC-SHA256, big-endian.
fn bits(seed: &Seed, text: &str) -> u64 {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(seed) else { return u64::MAX };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Where a draw stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Begins on that day.
    Awaited(Day),
    Open,
    /// The seed is told.
    Over,
}

/// Where `draw` stands, of which so many prizes are left.
pub fn state(draw: &Draw, left: u32, now: Timestamp) -> State {
    match ends(draw) {
        Some(end) if now >= end => return State::Over,
        _ => {}
    }
    match draw.from {
        Some(from) if now < from.start() => State::Awaited(from),
        // Without a prize there is nothing left to wait for.
        _ if draw.how == How::AtOnce && left == 0 => State::Over,
        _ => State::Open,
    }
}

/// The first moment after it.
pub fn ends(draw: &Draw) -> Option<Timestamp> {
    draw.until.map(|until| until.plus(1).start())
}

/// Breaches of the rules that a draw has beyond those of its parts.
pub fn check(draw: &Draw) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, fault: Fault| problems.push(Problem::new(field, fault));
    if draw.how == How::AtTheEnd && draw.until.is_none() {
        problem("until", Fault::Required);
    }
    if let (Some(from), Some(until)) = (draw.from, draw.until)
        && until < from
    {
        problem("until", Fault::TooEarly { min: from });
    }
    if draw.per_member == 0 {
        problem("per_member", Fault::TooLow { min: 1_u32.into() });
    }
    if draw.per_member > DRAW_TICKETS {
        problem("per_member", Fault::TooHigh { max: DRAW_TICKETS.into() });
    }
    if draw.prizes.is_empty() {
        problem("prizes", Fault::Required);
    }
    if draw.prizes.len() > DRAW_PRIZES {
        problem("prizes", Fault::TooMany { max: DRAW_PRIZES as u32 });
    }
    let (mut stock, mut share) = (0_u64, 0_u128);
    for (index, prize) in draw.prizes.iter().enumerate() {
        let field = |name: &str| format!("prizes[{index}].{name}");
        stock += u64::from(prize.stock);
        if prize.stock == 0 {
            problem(&field("stock"), Fault::TooLow { min: 1_u32.into() });
        }
        if draw.prizes.iter().take(index).any(|other| other.name == prize.name) {
            problem(&field("name"), Fault::Twice);
        }
        match (draw.how, prize.one_in) {
            (How::AtOnce, None) => problem(&field("one_in"), Fault::Required),
            (How::AtOnce, Some(0)) => problem(&field("one_in"), Fault::TooLow { min: 1_u32.into() }),
            (How::AtOnce, Some(one_in)) if one_in > ONE_IN => {
                problem(&field("one_in"), Fault::TooHigh { max: ONE_IN.into() });
            }
            (How::AtOnce, Some(one_in)) => share += ALL / u128::from(one_in),
            (How::AtTheEnd, Some(_)) => {
                let why = "a draw at its end has no odds of its own: they follow from the number of tickets";
                problem(&field("one_in"), Fault::Conflict { why: why.into() });
            }
            (How::AtTheEnd, None) => {}
        }
        if let Wins::Points { points: 0 } = prize.wins {
            problem(&field("wins.points"), Fault::TooLow { min: 1_u32.into() });
        }
    }
    if stock > u64::from(DRAW_WINNERS) {
        problem("prizes", Fault::Conflict { why: format!("more than {DRAW_WINNERS} prizes in all").into() });
    }
    // What comes after a certain prize would never be won.
    if share > ALL {
        let why = "the chances add up to more than one: raise `one_in`";
        problem("prizes", Fault::Conflict { why: why.into() });
    }
    problems
}

#[cfg(test)]
mod tests;
