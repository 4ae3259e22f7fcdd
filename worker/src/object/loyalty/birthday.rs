//! Birthdays: a day of the year, in UTC, on which the alarm acts for the member.

use rapport_core::loyalty::account::BIRTHDAY;
use rapport_core::loyalty::program::{Program, Trigger};
use rapport_core::time::{Day, Timestamp};

use super::row::Row;

/// The id of the act of a year: the same for every attempt.
pub fn act(member: &str, now: Timestamp) -> String {
    format!("{BIRTHDAY}{member}:{}", now.day().civil().0)
}

/// The next birthday that can earn something, in the future: today's is acted upon when the agenda has come to it.
pub fn next(program: &Program, row: &Row, now: Timestamp) -> Option<Timestamp> {
    let earns = program.rules.iter().any(|rule| matches!(rule.when, Trigger::Birthday));
    let birthday = row.member.profile.birthday.filter(|_| earns && row.member.is_active())?;
    let (year, ..) = now.day().civil();
    (year..=year.saturating_add(1))
        .map(|year| Day::from_civil(year, birthday.month, birthday.day).start())
        .find(|start| *start > now)
}
