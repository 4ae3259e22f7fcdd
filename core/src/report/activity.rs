//! How many people were there.

use crate::metrics::activity::stickiness;
use crate::report::facts::{Distinct, Visitors};
use crate::report::period::{Bucket, Period};

/// Activity over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// The sum over the days of each day's distinct visitors.
    pub visitor_days: u64,
    /// The same over the period before.
    pub before: u64,
    /// Visitor-days in each point of the trend, oldest first.
    pub trend: Vec<(Bucket, u64)>,
    /// Milliseconds of active answering for each visitor-day, of responses that were finished.
    pub engagement: Option<f64>,
    /// Only where identities outlive a day: otherwise a returning visitor counts anew each day, and nobody can tell.
    pub people: Option<People>,
}

/// Distinct people up to the period's last day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct People {
    pub distinct: Distinct,
    /// Mean daily visitors of the last 28 days over the distinct visitors of those days: 1/28 where nobody ever
    /// returned, 1 where everybody came every day.
    pub stickiness: Option<f64>,
}

impl Activity {
    /// From the visitors of each day, and how long all of them together took over their answers.
    pub fn new(visitors: &Visitors, period: Period, identified: bool, spent_ms: f64) -> Self {
        let sum = |first, last| {
            visitors.by_day.iter().filter(|(day, _)| (first..=last).contains(day)).map(|(_, count)| count).sum::<u64>()
        };
        let previous = period.previous();
        let month: Vec<u64> = (0..28).map(|ago| period.last().plus(-ago)).map(|day| sum(day, day)).collect();
        let visitor_days = sum(period.first(), period.last());
        Self {
            visitor_days,
            engagement: (visitor_days > 0 && spent_ms > 0.0).then(|| spent_ms / visitor_days as f64),
            before: sum(previous.first(), previous.last()),
            trend: period.buckets().map(|bucket| (bucket, sum(bucket.first, bucket.last))).collect(),
            people: visitors
                .distinct
                .filter(|_| identified)
                .map(|distinct| People { distinct, stickiness: stickiness(&month, distinct.month) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;

    #[test]
    fn daily_identities_are_visitor_days_and_nothing_more() {
        let by_day = vec![(Day(93), 4), (Day(94), 3), (Day(100), 5)];
        let distinct = Some(Distinct { day: 5, week: 8, month: 9 });
        let visitors = Visitors { by_day, distinct };
        let period = Period::ending(Day(100), 7);

        let activity = Activity::new(&visitors, period, false, 40_000.0);
        assert_eq!((activity.visitor_days, activity.before, activity.people), (8, 4, None));
        assert_eq!(activity.engagement, Some(5_000.0));
        assert_eq!(activity.trend.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3, 0, 0, 0, 0, 0, 5]);

        let people = Activity::new(&visitors, period, true, 0.0).people.unwrap();
        assert!((people.stickiness.unwrap() - 12.0 / 28.0 / 9.0).abs() < 1e-12);
        assert_eq!(Activity::new(&Visitors::default(), period, true, 9.0).engagement, None);
    }
}
