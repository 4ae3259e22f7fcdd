//! Shares of a poll.

use super::Figure;
use super::rate::rate;

/// The share of voters who chose one option. Where several may be chosen, shares add up to more than one.
pub fn share(votes: u64, voters: u64) -> Option<Figure> {
    rate(votes, voters)
}

/// The option that leads for sure: its interval lies above that of every other; none while that is open.
pub fn leader(votes: &[u64], voters: u64) -> Option<usize> {
    let (first, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
    let low = share(*most, voters)?.low;
    let behind = |votes: u64| share(votes, voters).is_some_and(|figure| figure.high < low);
    votes.iter().enumerate().all(|(index, votes)| index == first || behind(*votes)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_has_to_be_clear() {
        assert_eq!(share(3, 4).map(|figure| figure.value), Some(0.75));
        assert_eq!(leader(&[70, 20, 10], 100), Some(0));
        assert_eq!(leader(&[40, 35, 25], 100), None);
        assert_eq!(leader(&[2, 1], 3), None);
        assert_eq!(leader(&[], 0), None);
        assert_eq!(leader(&[0, 0], 0), None);
    }
}
