//! What the owner is told, from counts alone: every figure with its interval, its denominator and a verdict on the
//! change since the period before. Which words and pictures show it is not decided here.

pub mod overview;
pub mod facts;
pub mod period;
pub mod figure;
pub mod sample;
pub mod activity;
pub mod question;
pub mod spread;
pub mod score;
pub mod table;
pub mod hint;
mod group;
mod cut;

pub use activity::{Activity, People};
pub use facts::{Distinct, Facts, Intake, Visitors};
pub use figure::{Figure, Metric, Point, Unit};
pub use hint::Hint;
pub use overview::{Overview, Times};
pub use period::{Bucket, Period};
pub use question::{Bar, Distribution, Label, Ranked, Shape};
pub use sample::{Estimate, Sample, Verdict};
pub use score::Scores;
pub use spread::Month;
pub use table::{VariantRow, WidgetRow};

#[cfg(test)]
mod tests;
