//! Satisfaction rate: of those who answered, the share who were satisfied. The question says from which point on: 4 of 5 on
//! a scale or stars, thumbs up.

use super::Figure;
use super::rate::rate;

/// `counts` are points and how often each was given.
pub fn satisfaction(counts: &[(i32, u64)], satisfied_from: i32) -> Option<Figure> {
    let total = counts.iter().map(|(_, count)| count).sum();
    let satisfied = counts.iter().filter(|(point, _)| *point >= satisfied_from).map(|(_, count)| count).sum();
    rate(satisfied, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fours_and_fives_of_five() {
        let figure = satisfaction(&[(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)], 4).unwrap();
        assert_eq!((figure.value, figure.of), (0.55, 20));
        assert_eq!(satisfaction(&[(0, 1), (1, 3)], 1).map(|figure| figure.value), Some(0.75));
        assert_eq!(satisfaction(&[(5, 0)], 4), None);
    }
}
