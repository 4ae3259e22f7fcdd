//! Recency, frequency, monetary value: each in fifths of all members, together high, middle or low.

use serde::{Deserialize, Serialize};

use super::Person;

/// Fewer members have no fifths worth the name.
pub const LEAST: u64 = 20;

/// Below which the lower four fifths lie.
pub type Cuts = [i64; 4];

/// What parts all members into fifths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fifths {
    pub seen: Cuts,
    /// By orders, or by days where no orders are told.
    pub often: Cuts,
    /// Nothing where no orders are told.
    pub spent: Option<Cuts>,
}

/// What makes members comparable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The shop tells of its orders.
    Orders,
    /// It does not: days on which something was earned.
    #[default]
    Days,
}

/// Together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RfmGroup"))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    High,
    Middle,
    Low,
}

/// From 1, the lowest fifth, to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rfm {
    pub recency: u8,
    pub frequency: u8,
    pub monetary: Option<u8>,
    pub group: Group,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::High, Self::Middle, Self::Low];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Middle => "middle",
            Self::Low => "low",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// Of the sum of `parts` scores: four on average is high, two is low.
    pub const fn of(sum: i64, parts: i64) -> Self {
        if sum >= 4 * parts {
            Self::High
        } else if sum <= 2 * parts {
            Self::Low
        } else {
            Self::Middle
        }
    }
}

impl Rfm {
    /// Of a person among all. The site's object asks the same in SQL.
    pub fn of(person: &Person, fifths: &Fifths) -> Self {
        let often = if fifths.spent.is_some() { person.orders } else { person.visits };
        let recency = score(person.seen, &fifths.seen);
        let frequency = score(i64::from(often), &fifths.often);
        let monetary = fifths.spent.map(|cuts| score(person.spent, &cuts));
        let sum = i64::from(recency) + i64::from(frequency) + monetary.map_or(0, i64::from);
        Self { recency, frequency, monetary, group: Group::of(sum, if monetary.is_some() { 3 } else { 2 }) }
    }
}

/// The fifth that a value is in: all who have the same are in the same.
fn score(value: i64, cuts: &Cuts) -> u8 {
    1 + cuts.iter().map(|cut| u8::from(*cut < value)).sum::<u8>()
}

/// The places, from 1, of the members at which `members` are cut into fifths.
pub fn places(members: u64) -> [u64; 4] {
    [1, 2, 3, 4].map(|fifth| (members * fifth).div_ceil(5))
}
