//! What was counted, and what may be said of it.

use crate::metrics::change::{self, Verdict as Told};
use crate::metrics::nps::Groups;
use crate::metrics::rate::rate;

/// A value with its interval and denominator.
pub use crate::metrics::Figure as Estimate;

/// Counts that make a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// So many of so many.
    Share { hits: u64, of: u64 },
    /// Answers by group.
    Score(Groups),
}

/// What may be said of the change between two samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It changed: the interval of the difference leaves out zero.
    Changed { by: f64, low: f64, high: f64 },
    /// No change shown, although one worth noticing would probably have shown.
    NoChangeShown { by: f64, low: f64, high: f64 },
    /// Not enough data; about so many more are needed.
    TooEarly { more: u64 },
    /// There was nothing before.
    NothingBefore,
}

impl Sample {
    /// `hits` of `of`. Beacons may get lost where responses do not: what was hit must have been there.
    pub fn share(hits: u64, of: u64) -> Self {
        Self::Share { hits, of: of.max(hits) }
    }

    /// The denominator.
    pub const fn of(&self) -> u64 {
        match self {
            Self::Share { of, .. } => *of,
            Self::Score(groups) => groups.total(),
        }
    }

    /// How many of the denominator count for it.
    pub const fn hits(&self) -> u64 {
        match self {
            Self::Share { hits, .. } => *hits,
            Self::Score(groups) => groups.promoters,
        }
    }

    /// The value with its interval; nothing where nobody was asked.
    pub fn estimate(&self) -> Option<Estimate> {
        match self {
            Self::Share { hits, of } => rate(*hits, *of),
            Self::Score(groups) => groups.score(),
        }
    }

    /// The verdict on the change since `before`; nothing where there is nothing now, or where the two cannot be compared.
    pub fn against(&self, before: &Self) -> Option<Verdict> {
        let now = self.estimate()?;
        let Some(was) = before.estimate() else { return Some(Verdict::NothingBefore) };
        let change = match (before, self) {
            (Self::Share { .. }, Self::Share { .. }) => change::of_rates(&was, &now),
            (Self::Score(before), Self::Score(after)) => change::of_scores(before, after)?,
            _ => return None,
        };
        let (by, low, high) = (change.difference, change.low, change.high);
        Some(match change.verdict {
            Told::Changed => Verdict::Changed { by, low, high },
            Told::NoChange => Verdict::NoChangeShown { by, low, high },
            Told::TooEarly { more } => Verdict::TooEarly { more },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_metric() {
        let estimate = Sample::share(18, 20).estimate().unwrap();
        assert!((estimate.low - 0.6990).abs() < 5e-5 && (estimate.high - 0.9721).abs() < 5e-5);
        let score = Sample::Score(Groups { promoters: 10, passives: 8, detractors: 2 }).estimate().unwrap();
        assert!(
            (score.value - 40.0).abs() < 1e-9 && (score.low - 6.89).abs() < 5e-3 && (score.high - 62.68).abs() < 5e-3
        );
        assert_eq!(Sample::share(0, 0).estimate(), None);
        assert_eq!(Sample::share(3, 2), Sample::Share { hits: 3, of: 3 });
    }

    #[test]
    fn a_change_is_told_only_where_it_can_be() {
        assert_eq!(Sample::share(0, 0).against(&Sample::share(5, 9)), None);
        assert_eq!(Sample::share(5, 9).against(&Sample::share(0, 0)), Some(Verdict::NothingBefore));
        assert!(
            matches!(Sample::share(5, 9).against(&Sample::share(6, 9)), Some(Verdict::TooEarly { more }) if more > 100)
        );
        let verdict = Sample::share(900, 1_000).against(&Sample::share(700, 1_000));
        assert!(matches!(verdict, Some(Verdict::Changed { by, low, .. }) if by > 0.19 && low > 0.1), "{verdict:?}");
        let verdict = Sample::share(901, 1_000).against(&Sample::share(900, 1_000));
        assert!(
            matches!(verdict, Some(Verdict::NoChangeShown { low, high, .. }) if low < 0.0 && high > 0.0),
            "{verdict:?}"
        );
        let score = |promoters, detractors| Sample::Score(Groups { promoters, passives: 100, detractors });
        assert!(matches!(score(900, 100).against(&score(100, 900)), Some(Verdict::Changed { by, .. }) if by > 100.0));
    }
}
