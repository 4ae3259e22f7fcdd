//! How content somebody is, and the points they give for it.

use super::rng::Rng;
use super::season::Trouble;
use crate::model::question::{Look, Measure};

/// How content somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Has something to complain about, perhaps what everybody complains about just then.
    Cross(Option<Trouble>),
    /// Fine, but.
    Fair,
    Happy,
}

impl Mood {
    /// The mood of somebody who meets these troubles, if they concern what is asked about.
    pub fn draw(troubles: &[Trouble], rng: &mut Rng) -> Self {
        for trouble in troubles {
            if rng.chance(430) {
                return Self::Cross(Some(*trouble));
            }
        }
        match rng.below(1_000) {
            0..110 => Self::Cross(None),
            110..330 => Self::Fair,
            _ => Self::Happy,
        }
    }

    /// A point of the scale from `min` to `max`: what people of this mood give on scales of this kind.
    pub fn point(self, min: i32, max: i32, measure: Option<Measure>, look: Look, rng: &mut Rng) -> i32 {
        let weights: &[u32] = match (measure, look, self) {
            (Some(Measure::Nps), _, Self::Cross(_)) => &[8, 4, 7, 9, 8, 24, 22, 10, 4],
            (Some(Measure::Nps), _, Self::Fair) => &[0, 0, 0, 0, 0, 4, 8, 34, 44, 8, 2],
            (Some(Measure::Nps), _, Self::Happy) => &[0, 0, 0, 0, 0, 0, 1, 5, 16, 30, 48],
            (_, Look::Thumbs, Self::Cross(_)) => &[75, 25],
            (_, Look::Thumbs, Self::Fair) => &[12, 88],
            (_, Look::Thumbs, Self::Happy) => &[1, 99],
            (Some(Measure::Ces), _, Self::Cross(_)) => &[16, 18, 24, 28, 10, 4],
            (Some(Measure::Ces), _, Self::Fair) => &[0, 2, 6, 16, 40, 30, 6],
            (Some(Measure::Ces), _, Self::Happy) => &[0, 0, 1, 3, 14, 38, 44],
            (_, _, Self::Cross(_)) => &[26, 30, 32, 12],
            (_, Look::Stars, Self::Fair) => &[0, 1, 18, 66, 15],
            (_, _, Self::Fair) => &[0, 4, 30, 58, 8],
            (_, Look::Stars, Self::Happy) => &[0, 0, 1, 17, 82],
            (_, _, Self::Happy) => &[0, 0, 3, 33, 64],
        };
        let drawn = i32::try_from(rng.weighted(weights)).unwrap_or(0);
        min.saturating_add(drawn).clamp(min, max)
    }
}
