//! The figures of the overview: each an estimate with its interval and denominator, a trend, and a verdict on the
//! change since the period before. Nothing is ever shown as zero because nobody was asked.

use crate::report::period::Bucket;
use crate::report::sample::{Sample, Verdict};

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Satisfied answers of all answers to satisfaction questions.
    Satisfaction,
    /// Net Promoter Score.
    Nps,
    /// Share that found it easy: 5 to 7 of 7.
    Effort,
    /// Impressions with a deliberate action.
    Interaction,
    /// Impressions with a valid answer.
    Response,
    /// Started ones that were completed.
    Completion,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share from 0 to 1, written as percent.
    Share,
    /// A score from −100 to 100, written with its sign.
    Score,
}

/// One figure over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub metric: Metric,
    pub now: Sample,
    pub before: Sample,
    /// `None` while the period has no data.
    pub verdict: Option<Verdict>,
    /// Oldest first.
    pub trend: Vec<Point>,
}

/// One point of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub bucket: Bucket,
    pub sample: Sample,
}

impl Metric {
    /// All of them, in the order in which they are shown: what customers say, then what they do.
    pub const ALL: [Self; 6] =
        [Self::Satisfaction, Self::Nps, Self::Effort, Self::Interaction, Self::Response, Self::Completion];

    /// How it is written.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Nps => Unit::Score,
            _ => Unit::Share,
        }
    }

    /// Its word in addresses and markup.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfaction => "satisfaction",
            Self::Nps => "nps",
            Self::Effort => "effort",
            Self::Interaction => "interaction",
            Self::Response => "response",
            Self::Completion => "completion",
        }
    }

    /// Whether it is made of what people answered, so that it speaks for those who answered and for nobody else.
    pub const fn of_those_who_answered(self) -> bool {
        matches!(self, Self::Satisfaction | Self::Nps | Self::Effort)
    }
}
