//! What is counted over all members: the site's object counts, and what it means is said in [`super::figures`].

use serde::{Deserialize, Serialize};

use super::rfm::{Basis, Fifths};
use crate::time::Timestamp;

/// The gap, in hours, that is assumed of a shop of which nothing is known: 30 days.
pub const ASSUMED: u32 = 30 * 24;
/// Members with a gap of their own before it is taken for everybody's.
pub const RHYTHM: u64 = 20;
/// Days in which somebody has to come again to count as repeating, and the days before them from which members are looked at.
pub const WINDOW: i32 = 90;
pub const COHORT: i32 = 365;
/// Months of the table of cohorts, the running one included.
pub const MONTHS: i32 = 12;

/// All members of a site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Census {
    pub at: Timestamp,
    pub members: u64,
    pub rhythm: Rhythm,
    pub basis: Basis,
    /// Nothing where there are too few.
    pub fifths: Option<Fifths>,
    pub stages: Stages,
    pub groups: Groups,
    /// Members by tier; those without one under the empty name.
    pub tiers: Vec<(String, u64)>,
    pub points: Points,
    /// Of those who came once long enough ago, those who came again within the window.
    pub repeat: Counted,
    /// Of those who earned something, those who redeemed something.
    pub redeemed: Counted,
    /// Of those who were brought, those who qualified; nothing where the programme has no referrals.
    pub referred: Option<Counted>,
    /// Members whose points were all redeemed or expired in part: those whose fate tells something.
    pub settled: u64,
    pub lifetimes: Lifetimes,
    pub cohorts: Vec<Cohort>,
}

/// The gap that is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    pub hours: u32,
    /// Members whose gaps it is the median of.
    pub of: u64,
    pub assumed: bool,
}

/// Members by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MembersByStage"))]
pub struct Stages {
    pub new: u64,
    pub active: u64,
    pub loyal: u64,
    pub at_risk: u64,
    pub lost: u64,
}

/// Members by group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MembersByGroup"))]
pub struct Groups {
    pub high: u64,
    pub middle: u64,
    pub low: u64,
}

/// Points of all members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PointsOfAll"))]
pub struct Points {
    /// What can be spent now.
    pub balance: i64,
    /// Set aside for rewards that were not handed out yet.
    pub held: i64,
    /// Ever.
    pub earned: i64,
    pub redeemed: i64,
    pub expired: i64,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub hits: u64,
    pub of: u64,
}

/// How long members stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetimes {
    pub lost: u64,
    /// Days that all members were members, up to the day on which those who are lost were last seen.
    pub days: u64,
}

/// Those whose first purchase, or first day, was in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// Counted from year 0.
    pub month: i32,
    pub members: u64,
    /// Of them, those who came in the first month after it, the second, and so on, up to the running month.
    pub back: Vec<u64>,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { hours: ASSUMED, of: 0, assumed: true }
    }
}

impl Rhythm {
    /// The median of the gaps of `of` members, where these are enough.
    pub fn of(median: Option<u32>, of: u64) -> Self {
        match median {
            Some(hours) if of >= RHYTHM => Self { hours, of, assumed: false },
            _ => Self { of, ..Self::default() },
        }
    }
}
