//! An interval that stays valid however often it is looked at: for alerts, which look after every answer.
//!
//! It is the beta-binomial confidence sequence (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021): all shares p against
//! which the mixture likelihood ratio B(½ + hits, ½ + misses) ÷ B(½, ½) ÷ (p^hits · (1 − p)^misses) stays below 20. By Ville's
//! inequality the truth is ever excluded in at most one of twenty runs, however long they are.

use super::Figure;
use super::special::{bisect, ln_beta};

/// One run in so many may ever exclude the truth.
const ONE_IN: f64 = 20.0;

/// `hits` of `of`, valid at every moment at once. Wider than [`rate`](super::rate::rate), which is right only once.
pub fn always_valid(hits: u64, of: u64) -> Option<Figure> {
    let of = of.max(hits);
    if of == 0 {
        return None;
    }
    let (h, m) = (hits as f64, (of - hits) as f64);
    let value = h / of as f64;
    let evidence = ln_beta(0.5 + h, 0.5 + m) - ln_beta(0.5, 0.5);
    // Nothing times the logarithm of nothing is nothing.
    let term = |count: f64, share: f64| if count > 0.0 { count * share.ln() } else { 0.0 };
    let inside = |p: f64| evidence - term(h, p) - term(m, 1.0 - p) < ONE_IN.ln();
    let low = if hits == 0 { 0.0 } else { bisect(0.0, value, inside) };
    let high = if hits == of { 1.0 } else { bisect(value, 1.0, |p| !inside(p)) };
    Some(Figure { value, low, high, of })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::rate::rate;

    #[test]
    fn it_is_wider_than_a_look_once() {
        for (hits, of) in [(0, 1), (1, 1), (3, 10), (90, 100), (500, 1_000)] {
            let (always, once) = (always_valid(hits, of).unwrap(), rate(hits, of).unwrap());
            assert!(always.low <= once.low && once.high <= always.high, "{hits}/{of}: {always:?} {once:?}");
            assert!(always.low <= always.value && always.value <= always.high);
        }
        assert_eq!(always_valid(0, 0), None);
    }

    /// Looked at after each of 300 answers from the twentieth on, Wilson's interval is wrong at least once in about a third
    /// of all runs, the sequence in about one of a hundred; and in no more than one of twenty from the very first.
    #[test]
    fn looking_often_costs_nothing() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut uniform = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (runs, truth, patience) = (1_000, 0.5, 20);
        let (mut once_wrong, mut always_wrong, mut ever_wrong) = (0, 0, 0);
        for _ in 0..runs {
            let (mut hits, mut once, mut always, mut ever) = (0, false, false, false);
            for of in 1..=300 {
                hits += u64::from(uniform() < truth);
                let outside = |figure: Option<Figure>| figure.is_some_and(|f| truth < f.low || truth > f.high);
                let excluded = outside(always_valid(hits, of));
                ever |= excluded;
                always |= excluded && of >= patience;
                once |= of >= patience && outside(rate(hits, of));
            }
            once_wrong += u32::from(once);
            always_wrong += u32::from(always);
            ever_wrong += u32::from(ever);
        }
        assert!((300..400).contains(&once_wrong), "{once_wrong}");
        assert!(always_wrong <= 20, "{always_wrong}");
        assert!(ever_wrong <= 50, "{ever_wrong}");
    }
}
