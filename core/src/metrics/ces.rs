//! Customer Effort Score 2.0: "… made it easy", 1 to 7. The share of those who agree (5–7), and the mean.

use super::Figure;
use super::csat::satisfaction;
use super::mean::mean;

/// The least point that agrees.
pub const AGREES_FROM: i32 = 5;

/// The share who found it easy.
pub fn easy(counts: &[(i32, u64)]) -> Option<Figure> {
    satisfaction(counts, AGREES_FROM)
}

/// The mean point, for comparison with older reports.
pub fn average(counts: &[(i32, u64)]) -> Option<Figure> {
    mean(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fives_to_sevens_agree() {
        let counts = [(1, 1), (4, 1), (5, 1), (6, 1), (7, 4)];
        assert_eq!(easy(&counts).map(|figure| (figure.value, figure.of)), Some((0.75, 8)));
        assert_eq!(average(&counts).map(|figure| figure.value), Some(5.5));
        assert_eq!(easy(&[]), None);
    }
}
