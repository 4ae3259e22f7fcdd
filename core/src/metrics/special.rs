//! The special functions behind the intervals.

/// ln Γ(x) for x > 0: Lanczos' approximation with g = 7 and nine terms, good to about 15 digits.
#[allow(clippy::excessive_precision)]
pub(super) fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_13,
        -176.615_029_162_140_59,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_571_6e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = TERMS.iter().zip(1..).fold(0.999_999_999_999_809_93, |sum, (term, k)| sum + term / (x + f64::from(k)));
    let t = x + 7.5;
    0.5 * (2.0 * core::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// ln B(a, b) for positive a and b.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The quantile of Student's distribution for a probability of at least one half, by bisection.
pub(super) fn student_quantile(freedom: f64, probability: f64) -> f64 {
    let below = |t: f64| 1.0 - 0.5 * incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t));
    let mut high = 1.0;
    while below(high) < probability && high < 1e9 {
        high *= 2.0;
    }
    bisect(0.0, high, |t| below(t) >= probability)
}

/// Where `past` turns from false to true between `low` and `high`, to the last bit but a few.
pub(super) fn bisect(mut low: f64, mut high: f64, past: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if past(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    0.5 * (low + high)
}

/// The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22), evaluated after Lentz.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast on this side only.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut factor = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            factor = c * d;
            fraction *= factor;
        }
        if (factor - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (a * x.ln() + b * (1.0 - x).ln() - ln_beta(a, b)).exp() * fraction / a
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::near;

    #[test]
    fn known_values() {
        near(ln_gamma(1.0), 0.0, 1e-12);
        near(ln_gamma(0.5), core::f64::consts::PI.sqrt().ln(), 1e-12);
        near(ln_gamma(11.0), 3_628_800.0_f64.ln(), 1e-11);
        near(ln_beta(2.0, 3.0), (1.0_f64 / 12.0).ln(), 1e-12);
        near(incomplete_beta(2.0, 3.0, 0.4), 0.5248, 1e-12);
        near(incomplete_beta(0.5, 0.5, 0.5), 0.5, 1e-12);
    }

    /// The table at the back of every textbook.
    #[test]
    fn students_table() {
        for (freedom, t) in
            [(1.0, 12.7062), (2.0, 4.3027), (5.0, 2.5706), (10.0, 2.2281), (30.0, 2.0423), (100.0, 1.9840)]
        {
            near(student_quantile(freedom, 0.975), t, 5e-5);
        }
        near(student_quantile(1e7, 0.975), super::super::Z, 1e-6);
    }
}
