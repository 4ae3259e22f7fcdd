//! Changes of a site's loyalty programme.

use rapport_core::loyalty::program::Program;
use rapport_core::name::Name;
use serde::{Deserialize, Serialize};

/// A change.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Draft {
        program: Box<Program>,
        /// The mark of what it was based on: it is refused if that has changed.
        #[serde(default)]
        based_on: Option<String>,
    },
    /// Puts the draft in force.
    Publish {
        /// The mark of the draft that was looked at.
        #[serde(default)]
        based_on: Option<String>,
    },
    Discard,
    /// Nothing is earned or redeemed until [`Change::Resume`].
    Pause,
    Resume,
}

/// What ends by putting the draft in force, and for whom: a part that the draft lacks, and that somebody has something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ProgramEnding"))]
pub struct Ending {
    pub part: Part,
    pub name: Name,
    /// Members who have tickets of the draw, hold the reward, or are in the tier.
    pub members: u32,
    /// Tickets, or redemptions that wait for the owner; of a tier, members.
    pub many: u32,
    /// Prizes of a draw that nobody has won, or codes of a reward that nobody has.
    #[serde(default)]
    pub left: u32,
}

/// A part of the programme that can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ProgramPart"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Draw,
    Reward,
    Tier,
}
