//! Where members stand in their life as customers, and how likely it is that they are gone.
//!
//! Everything hangs on silence: the time since somebody was last active, in gaps that are usual for them. If gaps are
//! exponential, one in eight is longer than three medians and one in sixty-four longer than six.

use serde::{Deserialize, Serialize};

use super::Person;
use super::census::Rhythm;

/// No gap counts as shorter than this: somebody who came every day is not lost after a weekend.
pub const SHORTEST: u32 = 7 * 24;
/// Gaps of silence after which somebody is at risk, and lost.
pub const AT_RISK: u32 = 3;
pub const LOST: u32 = 6;
/// Gaps from which on a risk is worth a word.
const RAISED: f64 = 2.0;
/// Days since joining for which somebody is new.
pub const NEW_DAYS: i32 = 30;
/// Purchases, or days with something earned, that make somebody loyal.
pub const LOYAL_ORDERS: u32 = 3;
pub const LOYAL_VISITS: u32 = 5;

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LifecycleStage"))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Joined in the last 30 days.
    New,
    /// Comes, and is neither new nor loyal.
    Active,
    /// Comes, and has bought three times or earned something on five days.
    Loyal,
    /// Has been silent for three gaps that are usual for them.
    AtRisk,
    /// For six.
    Lost,
}

/// How likely somebody is to be gone, and why that is said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ChurnRisk"))]
pub struct Risk {
    pub level: Level,
    /// Days since they were last active.
    pub silent_days: f64,
    /// The gap that this is compared with, in days.
    pub gap_days: f64,
    /// How many gaps they have been silent for.
    pub gaps: f64,
    pub from: From,
}

/// In a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ChurnLevel"))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Low,
    /// Silent for two gaps.
    Raised,
    /// For three.
    High,
}

/// Whose gap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ChurnGap"))]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// The median of their own.
    Own,
    /// The median of the members who have one of their own.
    Others,
    /// Too few have one of their own: 30 days are assumed.
    Assumed,
    /// The usual one is shorter than a week: a week is what counts.
    Week,
}

impl Stage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 5] = [Self::New, Self::Active, Self::Loyal, Self::AtRisk, Self::Lost];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::Loyal => "loyal",
            Self::AtRisk => "at_risk",
            Self::Lost => "lost",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }

    /// Where a person stands in hour `now`. The site's object asks the same in SQL.
    pub fn of(person: &Person, rhythm: Rhythm, now: i64) -> Self {
        let gap = i64::from(gap(person, rhythm).0);
        let silent = now.saturating_sub(person.seen);
        let today = now.div_euclid(24);
        if silent >= gap.saturating_mul(i64::from(LOST)) {
            Self::Lost
        } else if silent >= gap.saturating_mul(i64::from(AT_RISK)) {
            Self::AtRisk
        } else if today - i64::from(person.joined.0) < i64::from(NEW_DAYS) {
            Self::New
        } else if person.orders >= LOYAL_ORDERS || person.visits >= LOYAL_VISITS {
            Self::Loyal
        } else {
            Self::Active
        }
    }
}

impl Risk {
    /// Of a person in hour `now`.
    pub fn of(person: &Person, rhythm: Rhythm, now: i64) -> Self {
        let (gap, from) = gap(person, rhythm);
        let silent = now.saturating_sub(person.seen).max(0) as f64;
        let gaps = silent / f64::from(gap);
        let level = match gaps {
            gaps if gaps >= f64::from(AT_RISK) => Level::High,
            gaps if gaps >= RAISED => Level::Raised,
            _ => Level::Low,
        };
        Self { level, silent_days: silent / 24.0, gap_days: f64::from(gap) / 24.0, gaps, from }
    }
}

/// The gap, in hours, that somebody's silence is compared with.
fn gap(person: &Person, rhythm: Rhythm) -> (u32, From) {
    let (hours, from) = match person.gap {
        Some(own) => (own, From::Own),
        None if rhythm.assumed => (rhythm.hours, From::Assumed),
        None => (rhythm.hours, From::Others),
    };
    if hours < SHORTEST { (SHORTEST, From::Week) } else { (hours, from) }
}
