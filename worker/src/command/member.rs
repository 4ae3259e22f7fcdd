//! What a site's object is asked by members about themselves.

use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::draw::Offer;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Proof;
use rapport_core::loyalty::profile::Change;
use serde::{Deserialize, Serialize};

use super::loyalty::{History, Shown};
use super::talk::Told;

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
        /// From where somebody looks: for the rules against fraud, and never kept as it is.
        #[serde(default)]
        address: String,
        /// Responses of the device's own, about which the owner may have said something.
        #[serde(default)]
        mine: Vec<String>,
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
    /// Lines about redemptions, oldest first, which may be older than the history.
    #[serde(default)]
    pub own: Vec<Entry>,
    /// For each rule of the programme what it gives next, or why nothing.
    #[serde(default)]
    pub chances: Vec<Result<i64, Denied>>,
    /// For each reward of the programme.
    #[serde(default)]
    pub offers: Vec<Offered>,
    #[serde(default)]
    pub draws: Vec<Offer>,
    /// What the owner said about own responses, the newest first, and whether there is something in it that was not seen yet.
    #[serde(default)]
    pub talks: Vec<(Told, bool)>,
    /// The member's code for friends, and how many came by it.
    #[serde(default)]
    pub invite: Option<(String, u32)>,
}

/// A reward, for this member.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offered {
    /// How many are left, where there is an end.
    pub left: Option<u32>,
    /// Why the member cannot have it.
    pub denied: Option<Denied>,
}
