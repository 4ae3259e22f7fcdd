//! Net Promoter Score: of answers 0–10, the share of promoters (9–10) less that of detractors (0–6), times 100.
//!
//! The interval is adjusted-Wald: ¾ of a promoter and of a detractor, and three answers in all, are added before the
//! standard error is taken (Rocks 2016; Lewis & Sauro 2021, "Using confidence intervals to compare Net Promoter Scores").
//! The score shown is the raw one, the interval that of the adjusted.

use super::{Figure, Z};

/// Answers by group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Groups {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

impl Groups {
    /// Adds `count` answers of `point`; what is off the scale does not count.
    pub fn add(&mut self, point: i32, count: u64) {
        match point {
            9..=10 => self.promoters += count,
            7..=8 => self.passives += count,
            0..=6 => self.detractors += count,
            _ => {}
        }
    }

    /// All answers.
    pub const fn total(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// The score with its interval.
    pub fn score(&self) -> Option<Figure> {
        let of = self.total();
        if of == 0 {
            return None;
        }
        let value = 100.0 * (self.promoters as f64 - self.detractors as f64) / of as f64;
        let (centre, error) = self.adjusted();
        let limit = |limit: f64| (100.0 * limit).clamp(-100.0, 100.0);
        Some(Figure { value, low: limit(centre - Z * error), high: limit(centre + Z * error), of })
    }

    /// The adjusted score and its standard error, as shares.
    pub(super) fn adjusted(&self) -> (f64, f64) {
        let n = self.total() as f64 + 3.0;
        let promoters = (self.promoters as f64 + 0.75) / n;
        let detractors = (self.detractors as f64 + 0.75) / n;
        let score = promoters - detractors;
        (score, ((promoters + detractors - score * score) / n).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::near;

    fn groups(promoters: u64, detractors: u64, total: u64) -> Groups {
        Groups { promoters, detractors, passives: total - promoters - detractors }
    }

    #[test]
    fn published_vectors() {
        for (promoters, detractors, total, value, low, high) in
            [(10, 2, 20, 40.0, 6.89, 62.68), (45, 15, 100, 30.0, 15.30, 42.95), (5, 0, 5, 100.0, 17.49, 100.0)]
        {
            let figure = groups(promoters, detractors, total).score().unwrap();
            near(figure.value, value, 1e-9);
            near(figure.low, low, 5e-3);
            near(figure.high, high, 5e-3);
        }
        assert_eq!(Groups::default().score(), None);
    }

    #[test]
    fn points_fall_into_groups() {
        let mut all = Groups::default();
        (-1..12).for_each(|point| all.add(point, 1));
        assert_eq!(all, Groups { promoters: 2, passives: 2, detractors: 7 });
    }

    /// Every outcome of fifteen answers: the interval covers the truth about as often as it says.
    #[test]
    fn exact_coverage() {
        let n = 15;
        let factorial = |n: u64| (1..=n).map(|k| k as f64).product::<f64>();
        for (p, d) in [(0.5, 0.2), (0.3, 0.3), (0.7, 0.1), (0.2, 0.6)] {
            let mut covered = 0.0;
            for promoters in 0..=n {
                for detractors in 0..=n - promoters {
                    let passives = n - promoters - detractors;
                    let ways = factorial(n) / factorial(promoters) / factorial(detractors) / factorial(passives);
                    let chance = |p: f64, count: u64| p.powi(count as i32);
                    let probability =
                        ways * chance(p, promoters) * chance(d, detractors) * chance(1.0 - p - d, passives);
                    let figure = groups(promoters, detractors, n).score().unwrap();
                    if figure.low <= 100.0 * (p - d) && 100.0 * (p - d) <= figure.high {
                        covered += probability;
                    }
                }
            }
            assert!((0.93..0.985).contains(&covered), "{p} {d}: {covered}");
        }
    }
}
