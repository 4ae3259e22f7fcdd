//! Durations as counts, so that medians merge as sums do.

/// Bucket of a duration: exact to a tenth of a second below 1.6 s, then eight to each doubling, so that a bucket is at
/// most an eighth of its value wide. Beyond a day all are one.
pub fn bucket(ms: u32) -> u32 {
    let tenths = (ms / 100).min(864_000);
    let exponent = tenths.checked_ilog2().unwrap_or(0).saturating_sub(3);
    8 * exponent + (tenths >> exponent)
}

/// The least and the first too great duration of a bucket, in milliseconds.
pub fn bounds(bucket: u32) -> (u32, u32) {
    let bucket = bucket.min(143);
    let exponent = (bucket / 8).saturating_sub(1);
    let start = bucket - 8 * exponent;
    ((start << exponent) * 100, ((start + 1) << exponent) * 100)
}

/// The duration in milliseconds below which `share` (0 to 1) of all counted ones lie, evenly spread within its bucket;
/// none if nothing was counted. `counts` are bucket and count, in any order.
pub fn quantile(counts: &[(u32, u64)], share: f64) -> Option<f64> {
    let mut counts: Vec<(u32, u64)> = counts.iter().copied().filter(|(_, count)| *count > 0).collect();
    counts.sort_unstable();
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let wanted = share.clamp(0.0, 1.0) * total as f64;
    let mut below = 0.0;
    for (index, count) in counts {
        let within = (wanted - below) / count as f64;
        if within <= 1.0 {
            let (start, end) = bounds(index);
            return Some(f64::from(start) + f64::from(end - start) * within);
        }
        below += count as f64;
    }
    None
}

/// The sum of all counted durations in milliseconds, each taken as the middle of its bucket.
pub fn total(counts: &[(u32, u64)]) -> f64 {
    let middle = |index| {
        let (start, end) = bounds(index);
        f64::midpoint(f64::from(start), f64::from(end))
    };
    counts.iter().map(|(index, count)| middle(*index) * *count as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_of_what_was_counted() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[(3, 0)], 0.5), None);
        // Ten answers between 1.0 and 1.1 s, ten between 12.8 and 14.4 s.
        let counts = [(bucket(13_000), 10), (bucket(1_000), 10)];
        assert_eq!(quantile(&counts, 0.25), Some(1_050.0));
        assert_eq!(quantile(&counts, 0.5), Some(1_100.0));
        assert_eq!(quantile(&counts, 0.75), Some(13_600.0));
        assert_eq!(quantile(&counts, 1.0), Some(14_400.0));
        assert_eq!(total(&counts), 10.0 * 1_050.0 + 10.0 * 13_600.0);
    }

    proptest! {
        #[test]
        fn every_duration_lies_in_its_bucket(ms in 0..86_400_000u32) {
            let (start, end) = bounds(bucket(ms));
            prop_assert!(start <= ms && ms < end, "{start} {ms} {end}");
            prop_assert!(f64::from(end - start) <= f64::max(100.0, f64::from(ms) / 8.0));
        }

        #[test]
        fn buckets_rise(ms: u32, index: u32) {
            prop_assert!(bucket(ms) <= bucket(ms.saturating_add(100)));
            prop_assert!(bucket(ms) <= 143);
            let _ = bounds(index);
        }
    }
}
