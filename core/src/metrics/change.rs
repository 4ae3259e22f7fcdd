//! Whether a figure changed between two periods, segments or variants, or whether that cannot be told yet.
//!
//! *Changed*: the interval of the difference excludes zero. Otherwise it depends on whether enough people were asked to
//! notice a change worth noticing in four of five cases; if so, *no change shown*, if not, *too early to tell*, with the
//! number of answers that are missing in both groups together. That number is the standard sample size for two independent
//! groups of equal size, n = 2 σ² ((z₀.₉₇₅ + z₀.₈) ÷ δ)² for each (Fleiss, Levin & Paik 2003, *Statistical Methods for Rates
//! and Proportions*, ch. 4; for scores Lewis & Sauro 2021), with σ² from both groups pooled.

use super::nps::Groups;
use super::rate::wilson;
use super::{Figure, Z};

/// The 80 % quantile of the normal distribution.
const POWER: f64 = 0.841_621_233_572_914_2;
/// A change of a share worth noticing: ten percentage points, or half of its distance from nothing or all if that is less.
const SHARE: f64 = 0.1;
/// A change of a Net Promoter Score worth noticing.
const SCORE: f64 = 10.0;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Change {
    /// After less before.
    pub difference: f64,
    pub low: f64,
    pub high: f64,
    pub verdict: Verdict,
}

/// What may be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The difference is no accident of who was asked.
    Changed,
    /// A difference worth noticing would probably have shown.
    NoChange,
    /// About so many more answers are needed.
    TooEarly { more: u64 },
}

/// The change of a share. Its interval is Newcombe's (1998, method 10), made of both Wilson intervals.
pub fn of_rates(before: &Figure, after: &Figure) -> Change {
    let difference = after.value - before.value;
    let (low_a, high_a) = wilson(before.value, before.of as f64, Z);
    let (low_b, high_b) = wilson(after.value, after.of as f64, Z);
    let below = ((after.value - low_b).powi(2) + (high_a - before.value).powi(2)).sqrt();
    let above = ((high_b - after.value).powi(2) + (before.value - low_a).powi(2)).sqrt();
    let (low, high) = ((difference - below).max(-1.0), (difference + above).min(1.0));
    // Pooled with one hit and one miss more, so that a perfect record does not look free of chance.
    let pooled =
        (before.value * before.of as f64 + after.value * after.of as f64 + 1.0) / ((before.of + after.of) as f64 + 2.0);
    let worth = SHARE.min(pooled.min(1.0 - pooled) / 2.0);
    let needed = sample(pooled * (1.0 - pooled), worth);
    Change { difference, low, high, verdict: verdict(low, high, needed, before.of, after.of) }
}

/// The change of a Net Promoter Score, in points.
pub fn of_scores(before: &Groups, after: &Groups) -> Option<Change> {
    let difference = after.score()?.value - before.score()?.value;
    let ((score_a, error_a), (score_b, error_b)) = (before.adjusted(), after.adjusted());
    let half = Z * (error_a * error_a + error_b * error_b).sqrt();
    let limit = |limit: f64| (100.0 * limit).clamp(-200.0, 200.0);
    let (low, high) = (limit(score_b - score_a - half), limit(score_b - score_a + half));
    let pooled = Groups {
        promoters: before.promoters + after.promoters,
        passives: before.passives + after.passives,
        detractors: before.detractors + after.detractors,
    };
    let (_, error) = pooled.adjusted();
    let variance = error * error * (pooled.total() as f64 + 3.0);
    let needed = sample(variance, SCORE / 100.0);
    Some(Change { difference, low, high, verdict: verdict(low, high, needed, before.total(), after.total()) })
}

/// Answers needed in each of two groups to notice a difference of `worth` in four of five cases.
fn sample(variance: f64, worth: f64) -> u64 {
    let ratio = (Z + POWER) / worth;
    (2.0 * variance * ratio * ratio).ceil() as u64
}

fn verdict(low: f64, high: f64, needed: u64, before: u64, after: u64) -> Verdict {
    let more = needed.saturating_sub(before) + needed.saturating_sub(after);
    if low > 0.0 || high < 0.0 {
        Verdict::Changed
    } else if more == 0 {
        Verdict::NoChange
    } else {
        Verdict::TooEarly { more: rounded(more) }
    }
}

/// Two digits are all that such an estimate is worth.
fn rounded(more: u64) -> u64 {
    let unit = 10_u64.pow(more.checked_ilog10().unwrap_or(0).saturating_sub(1));
    more.div_ceil(unit) * unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::near;
    use crate::metrics::rate::rate;

    fn rates(before: (u64, u64), after: (u64, u64)) -> Change {
        of_rates(&rate(before.0, before.1).unwrap(), &rate(after.0, after.1).unwrap())
    }

    /// Newcombe 1998, table II, method 10.
    #[test]
    fn newcombes_examples() {
        for (a, b, low, high) in [
            ((48, 80), (56, 70), -0.3339, -0.0524),
            ((3, 10), (9, 10), -0.8090, -0.1705),
            ((0, 20), (10, 10), -1.0, -0.6791),
            ((0, 10), (0, 20), -0.1611, 0.2775),
        ] {
            // Newcombe has first less second.
            let change = rates(b, a);
            near(change.low, low, 1e-4);
            near(change.high, high, 1e-4);
        }
    }

    #[test]
    fn verdicts_on_shares() {
        assert_eq!(rates((50, 100), (80, 100)).verdict, Verdict::Changed);
        assert_eq!(rates((500, 1_000), (505, 1_000)).verdict, Verdict::NoChange);
        // σ² = ¼, δ = 0.1: 2 · ¼ · (2.8016 ÷ 0.1)² = 393 in each group.
        assert_eq!(rates((10, 20), (11, 20)).verdict, Verdict::TooEarly { more: 750 });
        assert_eq!(rates((196, 392), (197, 393)).verdict, Verdict::TooEarly { more: 1 });
        assert_eq!(rates((197, 393), (197, 393)).verdict, Verdict::NoChange);
        // A rare thing needs more, because half of it is less.
        let Verdict::TooEarly { more } = rates((10, 200), (9, 200)).verdict else { panic!() };
        assert!((1_900..2_100).contains(&more), "{more}");
        // Perfect records stay beyond certainty.
        assert!(matches!(rates((3, 3), (4, 4)).verdict, Verdict::TooEarly { .. }));
    }

    #[test]
    fn verdicts_on_scores() {
        let groups = |promoters, passives, detractors| Groups { promoters, passives, detractors };
        let change = of_scores(&groups(30, 40, 30), &groups(60, 30, 10)).unwrap();
        near(change.difference, 50.0, 1e-9);
        assert_eq!(change.verdict, Verdict::Changed);
        assert!(change.low > 0.0 && change.high < 100.0);
        let Some(Change { verdict: Verdict::TooEarly { more }, .. }) = of_scores(&groups(5, 3, 2), &groups(6, 2, 2))
        else {
            panic!()
        };
        // σ² ≈ 0.62: about 980 in each group.
        assert!((1_800..2_100).contains(&more), "{more}");
        let many = groups(10_000, 5_000, 4_000);
        assert_eq!(of_scores(&many, &many).map(|change| change.verdict), Some(Verdict::NoChange));
        assert_eq!(of_scores(&groups(0, 0, 0), &many), None);
    }

    #[test]
    fn estimates_have_two_digits() {
        for (more, told) in [(1, 1), (99, 99), (101, 110), (746, 750), (12_345, 13_000)] {
            assert_eq!(rounded(more), told);
        }
    }
}
