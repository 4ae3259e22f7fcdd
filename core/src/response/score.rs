//! Whether a response is good, mild or bad news, by what its first measuring question measures. It is decided once, when the
//! response is accepted, and kept with it: lists can be filtered without any widget's definition.

use super::Response;
use crate::model::question::{Input, Measure};
use crate::model::widget::Widget;

/// How somebody fared. For NPS these are promoters, passives and detractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    Good,
    Mild,
    Bad,
}

impl Mood {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Good, Self::Mild, Self::Bad];

    /// The mood of a point of a scale that measures `measure`.
    pub fn of(point: i32, measure: Measure, satisfied_from: Option<i32>) -> Option<Self> {
        let good = |good: bool| if good { Self::Good } else { Self::Bad };
        match measure {
            Measure::Nps => Some(match point {
                ..=6 => Self::Bad,
                7..=8 => Self::Mild,
                _ => Self::Good,
            }),
            Measure::Ces => Some(good(point >= 5)),
            Measure::Csat => satisfied_from.map(|from| good(point >= from)),
        }
    }

    /// Its word in addresses and in what is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Mild => "mild",
            Self::Bad => "bad",
        }
    }
}

/// A measure's word in addresses and in what is kept.
pub const fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Nps => "nps",
        Measure::Csat => "csat",
        Measure::Ces => "ces",
    }
}

impl Response {
    /// What `widget`, the version that was answered, makes of it: `nps/bad`; empty where nothing was measured.
    pub fn group_by(&self, widget: &Widget) -> String {
        for question in &widget.questions {
            let Input::Scale { measures: Some(measure), satisfied_from, .. } = &question.input else { continue };
            let point = self.answers.iter().find(|(name, _)| *name == question.name.as_str());
            let point = point.and_then(|(_, value)| value.parse().ok());
            if let Some(mood) = point.and_then(|point| Mood::of(point, *measure, *satisfied_from)) {
                return format!("{}/{}", measure_word(*measure), mood.as_str());
            }
        }
        String::new()
    }
}
