//! The programme through its life: what is edited, what is in force.

use serde::{Deserialize, Serialize};

use super::program::Program;
use crate::time::Timestamp;

/// The programme through its life.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// What is being edited and has not been published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Program>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<Live>,
    /// Nothing is earned or redeemed for now; balances stay, and the badge says so.
    #[serde(default)]
    pub paused: bool,
}

impl Record {
    /// As an editor shows it: the draft, else what is in force.
    pub fn newest(&self) -> Option<&Program> {
        self.draft.as_ref().or_else(|| self.live.as_ref().map(|live| &live.program))
    }

    /// What members earn and spend by for now; none before it was published, and while it is paused.
    pub fn in_force(&self) -> Option<&Live> {
        self.live.as_ref().filter(|_| !self.paused)
    }
}

/// What is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Live {
    /// From 1, and one more with every publication.
    pub number: u32,
    pub published: Timestamp,
    pub program: Program,
}
