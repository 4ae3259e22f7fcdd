//! How often something has happened, for caps, cooldowns and days in a row. It is kept without knowing which of them the rule
//! has, as accounts are made of entries alone.

use serde::{Deserialize, Serialize};

use super::program::Period;
use crate::time::{Day, Timestamp};

/// How often one rule has earned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    pub last: Timestamp,
    /// Days in a row up to the last one.
    pub run: u32,
    /// In the calendar periods that `last` lies in, and ever.
    pub times: [u32; 5],
    /// What counts once each: the quizzes that were passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<String>,
}

/// Values by name, sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Named<T>(pub Vec<(String, T)>);

const PERIODS: [Period; 5] = [Period::Day, Period::Week, Period::Month, Period::Year, Period::Ever];

impl Used {
    /// How often in the calendar period that `now` lies in.
    pub fn times(&self, period: Period, now: Timestamp) -> u32 {
        let same = period.number(self.last.day()) == period.number(now.day());
        let mut counts = PERIODS.iter().zip(self.times);
        counts.find(|(each, _)| **each == period).filter(|_| same).map_or(0, |(_, times)| times)
    }

    /// Days in a row as of `now`: a day that is not over yet breaks nothing.
    pub fn streak(&self, now: Timestamp) -> u32 {
        if self.last.day().plus(1) >= now.day() { self.run } else { 0 }
    }

    /// Counts one more.
    pub(super) fn count(&mut self, at: Timestamp) {
        let before = self.clone();
        for (times, period) in self.times.iter_mut().zip(PERIODS) {
            *times = before.times(period, at).saturating_add(1);
        }
        let (last, day) = (before.last.day(), at.day());
        self.run = match () {
            () if before.run > 0 && last == day => before.run,
            () if before.run > 0 && last.plus(1) == day => before.run.saturating_add(1),
            () => 1,
        };
        self.last = at;
    }

    /// With what another member has used up, who turned out to be the same.
    pub(super) fn absorb(&mut self, other: &Self) {
        let (older, newer) = if self.last <= other.last { (&*self, other) } else { (other, &*self) };
        let mut times = newer.times;
        for (times, period) in times.iter_mut().zip(PERIODS) {
            *times = times.saturating_add(older.times(period, newer.last));
        }
        let run = if older.last.day().plus(1) >= newer.last.day() { older.run.max(newer.run) } else { newer.run };
        let mut done = older.done.clone();
        done.extend(newer.done.iter().filter(|done| !older.done.contains(done)).cloned());
        *self = Self { last: newer.last, run, times, done };
    }
}

impl Period {
    /// Which one of its kind a day lies in.
    fn number(self, day: Day) -> i32 {
        let (year, month, _) = day.civil();
        match self {
            Self::Day => day.0,
            // 1970-01-01 was a Thursday.
            Self::Week => (day.0.saturating_add(3)).div_euclid(7),
            Self::Month => year * 12 + month as i32,
            Self::Year => year,
            Self::Ever => 0,
        }
    }

    /// When the next one begins.
    pub fn next(self, now: Timestamp) -> Option<Timestamp> {
        let day = now.day();
        let (year, month, _) = day.civil();
        let next = match self {
            Self::Day => day.plus(1),
            Self::Week => Day((self.number(day) + 1) * 7 - 3),
            Self::Month if month == 12 => Day::from_civil(year + 1, 1, 1),
            Self::Month => Day::from_civil(year, month + 1, 1),
            Self::Year => Day::from_civil(year + 1, 1, 1),
            Self::Ever => return None,
        };
        Some(next.start())
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> Named<T> {
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    /// Changes the value, which is made if need be.
    pub(super) fn change(&mut self, name: &str, change: impl FnOnce(&mut T)) {
        match self.0.binary_search_by(|(each, _)| each.as_str().cmp(name)) {
            Ok(place) => {
                if let Some((_, value)) = self.0.get_mut(place) {
                    change(value);
                }
            }
            Err(place) => {
                let mut value = T::default();
                change(&mut value);
                self.0.insert(place, (name.to_owned(), value));
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        Day::parse(day).unwrap().start().plus_ms(12 * 3_600_000)
    }

    #[test]
    fn periods_are_those_of_the_calendar() {
        let next = |period: Period, day: &str| period.next(at(day)).map(|at| at.day().to_text());
        // 2026-11-23 is a Monday.
        assert_eq!(next(Period::Day, "2026-11-23").as_deref(), Some("2026-11-24"));
        assert_eq!(next(Period::Week, "2026-11-22").as_deref(), Some("2026-11-23"));
        assert_eq!(next(Period::Week, "2026-11-23").as_deref(), Some("2026-11-30"));
        assert_eq!(next(Period::Month, "2026-12-31").as_deref(), Some("2027-01-01"));
        assert_eq!(next(Period::Month, "2026-01-31").as_deref(), Some("2026-02-01"));
        assert_eq!(next(Period::Year, "2026-02-28").as_deref(), Some("2027-01-01"));
        assert_eq!(next(Period::Ever, "2026-02-28"), None);
    }

    #[test]
    fn days_in_a_row() {
        let mut used = Used::default();
        for (day, run) in
            [("2026-01-01", 1), ("2026-01-01", 1), ("2026-01-02", 2), ("2026-01-04", 1), ("2026-01-05", 2)]
        {
            used.count(at(day));
            assert_eq!(used.run, run, "{day}");
        }
        assert_eq!((used.streak(at("2026-01-06")), used.streak(at("2026-01-07"))), (2, 0));
        assert_eq!(used.times(Period::Day, at("2026-01-05")), 1);
        assert_eq!(used.times(Period::Day, at("2026-01-06")), 0);
        assert_eq!(used.times(Period::Month, at("2026-01-30")), 5);
        assert_eq!(used.times(Period::Month, at("2026-02-01")), 0);
        assert_eq!(used.times(Period::Ever, at("2027-02-01")), 5);
    }

    #[test]
    fn two_that_are_one() {
        let (mut one, mut other) = (Used::default(), Used::default());
        for day in ["2026-01-01", "2026-01-02", "2026-01-03"] {
            one.count(at(day));
        }
        other.count(at("2026-01-04"));
        other.done.push("capitals".to_owned());
        one.absorb(&other);
        assert_eq!((one.run, one.times, one.done.len()), (3, [1, 4, 4, 4, 4], 1));
    }
}
