//! A summary cut along a period: for every key of every version, how often it occurred in the period, in the one
//! before, and in each point of the trend. One pass over the counts feeds all figures of a report.

use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};

use crate::name::Name;
use crate::report::period::Period;
use crate::summary::Summary;

/// How often something occurred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    now: i64,
    before: i64,
    points: Vec<i64>,
}

/// What was asked: one version of a widget, in one variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked<'a> {
    pub widget: &'a Name,
    pub version: u32,
    pub variant: Option<&'a Name>,
}

/// Counts by what was asked and key.
#[derive(Debug, Default)]
pub struct Cut<'a>(BTreeMap<Asked<'a>, BTreeMap<&'a str, Series>>);

impl<'a> Cut<'a> {
    /// Cuts `summary` along `period`. Days outside it and the one before are ignored. Without `doubted`, the part of each
    /// count that is in doubt (`~key`) is left out of it.
    pub fn new(summary: &'a Summary, period: Period, doubted: bool) -> Self {
        let mut cut = Self::default();
        let previous = period.previous();
        for (slot, count) in summary.iter() {
            let point = period.point(slot.day);
            if point.is_none() && !previous.contains(slot.day) {
                continue;
            }
            let asked = Asked { widget: &slot.widget, version: slot.version, variant: slot.variant.as_ref() };
            let keys = cut.0.entry(asked).or_default();
            keys.entry(slot.key.as_str()).or_default().count(point, count, period.points());
            if let Some(key) = slot.key.strip_prefix('~').filter(|_| !doubted) {
                keys.entry(key).or_default().count(point, -count, period.points());
            }
        }
        cut
    }

    /// Everything that was asked, in order of widget, version and variant.
    pub fn asked(&self) -> impl Iterator<Item = Asked<'a>> {
        self.0.keys().copied()
    }

    /// `key`, summed over whatever `of` accepts.
    pub fn sum(&self, key: &str, of: impl Fn(Asked<'a>) -> bool) -> Series {
        let mut sum = Series::default();
        for (_, keys) in self.0.iter().filter(|(asked, _)| of(**asked)) {
            if let Some(series) = keys.get(key) {
                sum += series;
            }
        }
        sum
    }

    /// The parts of the keys that follow `prefix`, with their counts, summed over whatever `of` accepts.
    pub fn below(&self, prefix: &str, of: impl Fn(Asked<'a>) -> bool) -> BTreeMap<&'a str, Series> {
        let mut sums: BTreeMap<&'a str, Series> = BTreeMap::new();
        for (_, keys) in self.0.iter().filter(|(asked, _)| of(**asked)) {
            for (key, series) in
                keys.range::<str, _>((Included(prefix), Unbounded)).take_while(|(key, _)| key.starts_with(prefix))
            {
                if let Some(rest) = key.strip_prefix(prefix) {
                    *sums.entry(rest).or_default() += series;
                }
            }
        }
        sums
    }
}

impl Series {
    /// In the period.
    pub fn now(&self) -> u64 {
        counted(self.now)
    }

    /// In the period before.
    pub fn before(&self) -> u64 {
        counted(self.before)
    }

    /// In one point of the trend.
    pub fn point(&self, index: usize) -> u64 {
        counted(self.points.get(index).copied().unwrap_or(0))
    }

    /// Adds to a point of the period, or with none to the period before.
    fn count(&mut self, point: Option<usize>, count: i64, points: usize) {
        let Some(point) = point else {
            self.before += count;
            return;
        };
        self.now += count;
        if self.points.is_empty() {
            self.points.resize(points, 0);
        }
        if let Some(slot) = self.points.get_mut(point) {
            *slot += count;
        }
    }
}

/// A sum below zero is a correction that came without what it corrects; it counts for nothing.
fn counted(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

impl std::ops::AddAssign<&Self> for Series {
    fn add_assign(&mut self, other: &Self) {
        self.now += other.now;
        self.before += other.before;
        if self.points.len() < other.points.len() {
            self.points.resize(other.points.len(), 0);
        }
        for (mine, theirs) in self.points.iter_mut().zip(&other.points) {
            *mine += theirs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::Slot;
    use crate::time::Day;

    fn slot(day: i32, widget: &str, version: u32, key: &str) -> Slot {
        Slot { day: Day(day), widget: Name::parse(widget).unwrap(), version, variant: None, key: key.to_owned() }
    }

    #[test]
    fn counts_fall_into_the_period_the_one_before_and_the_points() {
        let mut summary = Summary::empty();
        summary.add(slot(100, "nps", 1, "seen"), 5);
        summary.add(slot(99, "nps", 2, "seen"), 3);
        summary.add(slot(93, "nps", 1, "seen"), 7);
        summary.add(slot(86, "nps", 1, "seen"), 1_000);
        summary.add(slot(100, "nps", 1, "q/nps/9"), 2);
        summary.add(slot(100, "nps", 1, "q/npsx/9"), 1);
        let period = Period::ending(Day(100), 7);
        let cut = Cut::new(&summary, period, true);

        let all = cut.sum("seen", |_| true);
        assert_eq!((all.now(), all.before()), (8, 7));
        assert_eq!((0..7).map(|point| all.point(point)).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 3, 5]);
        assert_eq!(cut.sum("seen", |asked| asked.version == 2).now(), 3);
        assert_eq!(
            cut.below("q/nps/", |_| true).into_iter().map(|(k, s)| (k, s.now())).collect::<Vec<_>>(),
            [("9", 2)]
        );
        assert_eq!(cut.sum("never", |_| true), Series::default());
    }

    #[test]
    fn what_is_in_doubt_can_be_left_out() {
        let mut summary = Summary::empty();
        summary.add(slot(100, "nps", 1, "q/nps/9"), 5);
        summary.add(slot(100, "nps", 1, "~q/nps/9"), 2);
        let period = Period::ending(Day(100), 7);
        let count = |doubted| Cut::new(&summary, period, doubted).sum("q/nps/9", |_| true).now();
        assert_eq!((count(true), count(false)), (5, 3));
    }
}
