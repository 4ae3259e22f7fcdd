//! How much the site is used, by those who can be told apart. Without a lasting identity only visitor-days can be
//! counted, and the dashboard has to call them so.

/// How much of a month's audience comes on an average day: mean of daily over monthly active identities. The days are all of
/// the month, quiet ones too; it is a ratio of two counts of the same people, so it has no interval.
pub fn stickiness(daily: &[u64], monthly: u64) -> Option<f64> {
    if monthly == 0 || daily.is_empty() {
        return None;
    }
    let mean = daily.iter().sum::<u64>() as f64 / daily.len() as f64;
    Some((mean / monthly as f64).min(1.0))
}

/// Seconds of active time for each visitor-day: 使用次数 × 使用时长 ÷ 时间 with all three taken per visitor and day.
pub fn engagement_seconds(active_ms: u64, visitor_days: u64) -> Option<f64> {
    (visitor_days > 0).then(|| active_ms as f64 / 1_000.0 / visitor_days as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_of_people_and_days() {
        assert_eq!(stickiness(&[10, 20, 30, 0], 60), Some(0.25));
        assert_eq!(stickiness(&[5], 5), Some(1.0));
        assert_eq!(stickiness(&[], 5), None);
        assert_eq!(stickiness(&[0], 0), None);
        assert_eq!(engagement_seconds(90_000, 3), Some(30.0));
        assert_eq!(engagement_seconds(0, 0), None);
    }
}
