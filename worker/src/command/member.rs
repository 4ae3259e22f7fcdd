//! What a site's object is asked by members about themselves.

use rapport_core::loyalty::member::Proof;
use rapport_core::loyalty::profile::Change;
use serde::{Deserialize, Serialize};

use super::loyalty::{History, Shown};

/// Looking, and what changes who somebody is rather than what they have. Each tells 404 where the proof leads to nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// How somebody stands; what a device collected goes to whom the token names. Reply: `Option<Look>`.
    Look {
        proof: Proof,
        /// Lines older than this one.
        #[serde(default)]
        before: Option<u32>,
        limit: u32,
    },
    /// Reply: `bool`, whether the profile is complete now.
    Profile { proof: Proof, change: Change },
    /// A new recovery phrase in the place of the one before. Reply: its digits.
    Phrase { proof: Proof },
    /// Lets the device with the proof's secret act for the member with this phrase. `source` tells apart who tries. Reply:
    /// nothing; 422 for a wrong phrase, 429 after several.
    Recover { secret: String, phrase: String, source: String },
    /// Signs out all other devices, and ends the phrase. Reply: nothing.
    Only { proof: Proof },
    /// For the owner: members, the newest first. Reply: `Vec<Shown>`.
    List {
        #[serde(default)]
        before: Option<String>,
        limit: u32,
    },
    /// Forgets the member, profile, ledger and all. Reply: nothing.
    Leave { proof: Proof },
}

/// A member as they may see themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Look {
    pub shown: Shown,
    /// Whether the owner's server has said that it is them. Of an identified member who only shows the device, neither history
    /// nor profile is told: others may use it too.
    pub signed: bool,
    pub history: Option<History>,
}
