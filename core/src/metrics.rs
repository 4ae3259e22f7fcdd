//! The figures that the owner sees, each from counts, each with its interval and denominator. One file per figure.
//!
//! Shares are between 0 and 1, Net Promoter Scores between −100 and 100. No answers give no figure, never a zero. Intervals
//! are at 95 % and tell the error of drawing a sample; that only some people answer, no interval corrects.

pub mod nps;
pub mod csat;
pub mod ces;
pub mod funnel;
pub mod poll;
pub mod activity;
pub mod loyalty;
pub mod duration;
pub mod bins;
pub mod rate;
pub mod mean;
pub mod change;
pub mod sequence;
mod special;

/// The 97.5 % quantile of the normal distribution: two-sided intervals at 95 %.
pub const Z: f64 = 1.959_963_984_540_054;

/// A figure with its interval and its denominator.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figure {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Answers, impressions or people that it is a share or mean of.
    pub of: u64,
}

#[cfg(test)]
#[track_caller]
pub(crate) fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected} ± {tolerance}");
}
