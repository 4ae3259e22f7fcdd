//! The days that a report is about, the equally many before them, and how they are grouped into points of a trend.

use crate::time::Day;

/// Consecutive UTC days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Day,
    last: Day,
}

/// Longest period in days: two years, so that a report never reads more than four.
pub const LONGEST: i32 = 731;
/// Most points of a trend drawn day by day; longer periods are drawn by week, and past a year of weeks by 28 days.
const DAILY_POINTS: i32 = 45;
const WEEKLY_POINTS: i32 = 53;

/// Some days of a period that make one point of a trend, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub first: Day,
    pub last: Day,
}

impl Period {
    /// The `days` days up to and including `today`, at least one and at most [`LONGEST`].
    pub fn ending(today: Day, days: i32) -> Self {
        Self { first: today.plus(1 - days.clamp(1, LONGEST)), last: today }
    }

    /// From `first` to `last`, where that is a period that can be reported on.
    pub fn between(first: Day, last: Day) -> Option<Self> {
        let days = i64::from(last.0) - i64::from(first.0) + 1;
        (days >= 1 && days <= i64::from(LONGEST)).then_some(Self { first, last })
    }

    /// Its first day.
    pub const fn first(self) -> Day {
        self.first
    }

    /// Its last day.
    pub const fn last(self) -> Day {
        self.last
    }

    /// How many days it has.
    pub const fn days(self) -> i32 {
        self.last.0 - self.first.0 + 1
    }

    /// As many days, ending the day before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self { first: self.first.plus(-self.days()), last: self.first.plus(-1) }
    }

    /// Whether `day` is one of its days.
    pub const fn contains(self, day: Day) -> bool {
        day.0 >= self.first.0 && day.0 <= self.last.0
    }

    /// Days per point of the trend: 1, 7 or 28.
    pub const fn step(self) -> i32 {
        let days = self.days();
        if days <= DAILY_POINTS {
            1
        } else if days <= WEEKLY_POINTS * 7 {
            7
        } else {
            28
        }
    }

    /// How many points the trend has.
    pub const fn points(self) -> usize {
        // Rounded up: the first point may have fewer days, so that the newest point is always a whole one.
        ((self.days() + self.step() - 1) / self.step()) as usize
    }

    /// Which point of the trend `day` belongs to.
    pub fn point(self, day: Day) -> Option<usize> {
        if !self.contains(day) {
            return None;
        }
        let from_the_end = (self.last.0 - day.0) / self.step();
        usize::try_from(from_the_end).ok().and_then(|back| self.points().checked_sub(back + 1))
    }

    /// The points of the trend, oldest first. They are counted back from the last day: only the oldest may be short.
    pub fn buckets(self) -> impl DoubleEndedIterator<Item = Bucket> {
        let points = self.points() as i32;
        (0..points).map(move |index| {
            let last = self.last.plus(-(points - 1 - index) * self.step());
            let first = last.plus(1 - self.step());
            Bucket { first: if first.0 < self.first.0 { self.first } else { first }, last }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_month_is_twenty_eight_days_ending_today_and_compares_with_the_twenty_eight_before() {
        let period = Period::ending(Day(100), 28);
        assert_eq!((period.first(), period.last(), period.days()), (Day(73), Day(100), 28));
        assert_eq!((period.previous().first(), period.previous().last()), (Day(45), Day(72)));
        assert_eq!(period.points(), 28);
    }

    #[test]
    fn ninety_days_are_drawn_by_week_with_a_short_oldest_point() {
        let period = Period::ending(Day(100), 90);
        let buckets: Vec<_> = period.buckets().collect();
        assert_eq!((period.step(), buckets.len()), (7, 13));
        assert_eq!(buckets[0], Bucket { first: Day(11), last: Day(16) });
        assert_eq!(buckets[12], Bucket { first: Day(94), last: Day(100) });
    }

    #[test]
    fn periods_that_cannot_be_reported_are_refused() {
        assert_eq!(Period::between(Day(5), Day(4)), None);
        assert_eq!(Period::between(Day(0), Day(LONGEST)), None);
        assert_eq!(Period::between(Day(i32::MIN), Day(i32::MAX)), None);
        assert!(Period::between(Day(1), Day(LONGEST)).is_some());
    }

    proptest! {
        #[test]
        fn every_day_is_in_exactly_one_point(first in -10_000..30_000i32, days in 1..=LONGEST) {
            let Some(period) = Period::between(Day(first), Day(first + days - 1)) else { return Err(TestCaseError::fail("refused")) };
            let buckets: Vec<_> = period.buckets().collect();
            prop_assert_eq!(buckets.len(), period.points());
            prop_assert_eq!(buckets.iter().map(|b| b.last.0 - b.first.0 + 1).sum::<i32>(), days);
            for day in first..first + days {
                let point = period.point(Day(day)).unwrap();
                prop_assert!(buckets[point].first.0 <= day && day <= buckets[point].last.0);
            }
            prop_assert_eq!(period.point(Day(first - 1)), None);
            prop_assert_eq!(period.point(Day(first + days)), None);
        }
    }
}
