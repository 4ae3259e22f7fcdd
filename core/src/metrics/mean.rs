//! The mean of points, with Student's interval.

use super::Figure;
use super::special::student_quantile;

/// `counts` are points and how often each was given. One answer tells nothing of its own error, so there is no figure yet.
pub fn mean(counts: &[(i32, u64)]) -> Option<Figure> {
    let of: u64 = counts.iter().map(|(_, count)| count).sum();
    if of < 2 {
        return None;
    }
    let n = of as f64;
    let value = counts.iter().map(|(point, count)| f64::from(*point) * *count as f64).sum::<f64>() / n;
    let squares = counts.iter().map(|(point, count)| (f64::from(*point) - value).powi(2) * *count as f64).sum::<f64>();
    let half = student_quantile(n - 1.0, 0.975) * (squares / (n - 1.0) / n).sqrt();
    Some(Figure { value, low: value - half, high: value + half, of })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::near;

    #[test]
    fn a_worked_example() {
        // 1 to 5 once each: mean 3, variance 2.5, t(4) = 2.7764.
        let figure = mean(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]).unwrap();
        near(figure.value, 3.0, 1e-12);
        near(figure.high - figure.value, 2.776_445 * (2.5_f64 / 5.0).sqrt(), 1e-5);
        near(figure.value - figure.low, figure.high - figure.value, 1e-12);
        assert_eq!(mean(&[(3, 1)]), None);
        assert_eq!(mean(&[]), None);
        // Unanimous answers have no spread.
        assert_eq!(mean(&[(4, 9)]).map(|figure| (figure.low, figure.high)), Some((4.0, 4.0)));
    }
}
