//! How much happens on which day, and what goes wrong meanwhile.

use super::rng::Rng;
use crate::time::{Day, Timestamp};

/// Days that the history covers, its last one included.
pub const DAYS: i32 = 90;

/// What visitors suffer from, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A release of the studio lost saved designs.
    LostDesigns,
    /// A delivery of paper was too soft for ink.
    SoftPaper,
}

/// Visits of a day in thousandths of an ordinary one.
pub fn traffic(day: Day, last: Day) -> u32 {
    let age = last.0 - day.0;
    // 1970-01-01 was a Thursday. People buy paper on Sunday evenings and write on Mondays.
    let week = match (day.0 + 3).rem_euclid(7) {
        0 => 1_120,
        1..=3 => 1_000,
        4 => 890,
        5 => 820,
        _ => 1_260,
    };
    // The shop grows by half in a quarter.
    let growth = 800 + (DAYS - age) * 400 / DAYS;
    // An article was passed around eleven weeks in, and faded.
    let spike = match 21 - age {
        0 => 2_100,
        1 => 1_700,
        2 => 1_350,
        3 => 1_150,
        _ => 1_000,
    };
    (i64::from(week) * i64::from(growth) / 1_000 * spike / 1_000).unsigned_abs() as u32
}

/// What is wrong on that day.
pub const fn trouble(day: Day, last: Day) -> &'static [Trouble] {
    match last.0 - day.0 {
        35..=40 => &[Trouble::LostDesigns],
        31..=34 => &[Trouble::LostDesigns, Trouble::SoftPaper],
        20..=30 => &[Trouble::SoftPaper],
        _ => &[],
    }
}

/// A moment of the day as people keep it: quiet at night, lively after work. UTC, like the owner's.
pub fn moment(day: Day, rng: &mut Rng) -> Timestamp {
    const HOURS: [u32; 24] = [8, 5, 4, 3, 3, 6, 14, 26, 38, 44, 46, 48, 52, 50, 47, 46, 48, 54, 62, 74, 82, 70, 42, 20];
    let hour = rng.weighted(&HOURS) as i64;
    day.start().plus_ms(hour * 3_600_000 + i64::from(rng.below(3_600_000)))
}
