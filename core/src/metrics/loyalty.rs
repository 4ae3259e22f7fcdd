//! Whether people come back, spend what they earned, and bring others.

use super::Figure;
use super::rate::rate;

/// Members with at least two qualifying events in the window, of members with at least one (重复购买 / 总购买). `events` are
/// those members' counts; only members whose whole window has passed belong in it, or young ones drag the rate down.
pub fn repeat_rate(events: &[u64]) -> Option<Figure> {
    let members = events.iter().filter(|events| **events >= 1).count();
    let repeated = events.iter().filter(|events| **events >= 2).count();
    rate(repeated as u64, members as u64)
}

/// Points redeemed of those that a cohort earned. Points of one member are not independent of each other, so a share of
/// points has no binomial interval and none is given.
pub fn redemption_rate(redeemed: u64, earned: u64) -> Option<f64> {
    (earned > 0).then(|| (redeemed as f64 / earned as f64).min(1.0))
}

/// Referred visitors who qualified, of all who were referred.
pub fn referral_conversion(qualified: u64, referred: u64) -> Option<Figure> {
    rate(qualified, referred)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_back() {
        assert_eq!(repeat_rate(&[0, 1, 1, 2, 5]).map(|figure| (figure.value, figure.of)), Some((0.5, 4)));
        assert_eq!(repeat_rate(&[0]), None);
        assert_eq!(redemption_rate(30, 120), Some(0.25));
        assert_eq!(redemption_rate(0, 0), None);
        assert_eq!(referral_conversion(1, 4).map(|figure| figure.value), Some(0.25));
    }
}
