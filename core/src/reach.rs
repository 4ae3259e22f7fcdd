//! How many different visitors there were in the days up to any day, without looking at every visitor again.
//!
//! Of each visitor-day it is enough to know how long ago the visitor had been there before. A visitor is counted for a period on
//! the first of their days in it, and that is the one whose gap reaches back past its beginning. So counts of visitor-days by
//! day and gap tell the audience of every period, and there are few of them however many visitors there are.

use crate::time::Day;

/// The longest period that is asked for, in days.
pub const SPAN: i32 = 28;

/// Visitor-days with something in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    pub day: Day,
    /// Days since the visitor was there before; 0 where that is [`SPAN`] days ago or more, or never was.
    pub gap: i32,
    pub visitors: i64,
}

/// What changes when a visitor turns out to have been there on `day`. `before` and `after` are the nearest other days on which
/// they were, as far as those are less than [`SPAN`] days away.
pub fn change(day: Day, before: Option<Day>, after: Option<Day>) -> Vec<Reach> {
    let mut changes = vec![Reach { day, gap: gap(before, day), visitors: 1 }];
    if let Some(after) = after {
        let (was, is) = (gap(before, after), gap(Some(day), after));
        changes.push(Reach { day: after, gap: was, visitors: -1 });
        changes.push(Reach { day: after, gap: is, visitors: 1 });
    }
    changes
}

/// The different visitors of the `length` days up to `to`; at most [`SPAN`] days.
pub fn distinct(reach: &[Reach], to: Day, length: i32) -> u64 {
    let first = to.plus(1 - length.clamp(1, SPAN));
    let within = |one: &&Reach| first <= one.day && one.day <= to && (one.gap == 0 || one.day.plus(-one.gap) < first);
    count(reach.iter().filter(within))
}

/// The visitors of each day from `from` to `to` on which there were any, in order of days.
pub fn days(reach: &[Reach], from: Day, to: Day) -> Vec<(Day, u64)> {
    let mut within: Vec<Reach> = reach.iter().filter(|one| from <= one.day && one.day <= to).copied().collect();
    within.sort_unstable();
    let chunks = within.chunk_by(|a, b| a.day == b.day);
    let days = chunks.filter_map(|chunk| Some((chunk.first()?.day, count(chunk.iter()))));
    days.filter(|(_, visitors)| *visitors > 0).collect()
}

fn gap(before: Option<Day>, day: Day) -> i32 {
    let days = before.map_or(0, |before| day.0.saturating_sub(before.0));
    if (1..SPAN).contains(&days) { days } else { 0 }
}

fn count<'a>(reach: impl Iterator<Item = &'a Reach>) -> u64 {
    u64::try_from(reach.map(|one| one.visitors).sum::<i64>()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Adds one visitor-day after the other, each knowing of its neighbours what a search of [`SPAN`] days would find.
    fn reach_of(order: &[(i32, u8)]) -> Vec<Reach> {
        let mut known: BTreeSet<(u8, i32)> = BTreeSet::new();
        let mut rows: BTreeMap<(Day, i32), i64> = BTreeMap::new();
        for (day, visitor) in order {
            if !known.insert((*visitor, *day)) {
                continue;
            }
            let before = known.range((*visitor, day - SPAN + 1)..(*visitor, *day)).next_back();
            let after = known.range((*visitor, day + 1)..(*visitor, day + SPAN)).next();
            let at = |found: Option<&(u8, i32)>| found.map(|(_, day)| Day(*day));
            for Reach { day, gap, visitors } in change(Day(*day), at(before), at(after)) {
                *rows.entry((day, gap)).or_default() += visitors;
            }
        }
        rows.into_iter().map(|((day, gap), visitors)| Reach { day, gap, visitors }).collect()
    }

    proptest! {
        #[test]
        fn the_audience_of_every_period_is_that_of_its_visitors_in_whatever_order_they_came(
            order in proptest::collection::vec((0..90_i32, 0..12_u8), 0..200),
        ) {
            let reach = reach_of(&order);
            for to in 0..95 {
                for length in [1, 2, 7, 28] {
                    let within = order.iter().filter(|(day, _)| (to - length + 1..=to).contains(day));
                    let visitors: BTreeSet<u8> = within.map(|(_, visitor)| *visitor).collect();
                    prop_assert_eq!(distinct(&reach, Day(to), length), visitors.len() as u64, "{} days up to {}", length, to);
                }
            }
            let mut expected: BTreeMap<Day, BTreeSet<u8>> = BTreeMap::new();
            for (day, visitor) in &order {
                expected.entry(Day(*day)).or_default().insert(*visitor);
            }
            let expected: Vec<(Day, u64)> = expected.into_iter().map(|(day, visitors)| (day, visitors.len() as u64)).collect();
            prop_assert_eq!(days(&reach, Day(0), Day(95)), expected);
        }
    }

    #[test]
    fn who_comes_every_day_is_one_visitor_of_the_month() {
        let reach = reach_of(&(0..60).map(|day| (day, 0)).collect::<Vec<_>>());
        assert_eq!(distinct(&reach, Day(59), 28), 1);
        assert_eq!(days(&reach, Day(58), Day(70)), [(Day(58), 1), (Day(59), 1)]);
        // Exactly a period away is not within it.
        assert_eq!(distinct(&reach_of(&[(0, 0), (28, 0)]), Day(28), 28), 1);
        assert_eq!(change(Day(28), Some(Day(0)), None), [Reach { day: Day(28), gap: 0, visitors: 1 }]);
    }
}
