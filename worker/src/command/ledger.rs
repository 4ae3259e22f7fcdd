//! Ledgers and codes as they travel: values of KV, and lines of a whole site.

use rapport_core::loyalty::entry::Entry;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Fifty lines of a ledger: the value under `l/{site}/{member}/{page}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The format of this value: 1.
    pub v: u8,
    pub member: String,
    pub page: u32,
    pub entries: Vec<Entry>,
    /// Of the redemptions among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<Mark>,
}

/// The owner's word that something was handed over, or that it was not after all. The later one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The redemption.
    pub id: String,
    pub done: bool,
    pub at: Timestamp,
    /// Who said so, as the log names them.
    pub by: String,
}

/// Codes: the value under `p/{site}/{reward}/{page}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Codes {
    /// The format of this value: 1.
    pub v: u8,
    pub reward: Name,
    pub page: i64,
    pub codes: Vec<String>,
}

/// How far a comparison of ledgers with KV has come, and what it found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Compared {
    /// Members and pages of ledgers.
    pub looked: u64,
    /// Of those, on their way to KV.
    pub pending: u64,
    /// Taken from KV into the index, and the other way round.
    pub into_index: u64,
    pub into_kv: u64,
    /// Ledgers with a line that does not follow from the one before.
    pub torn: Vec<Torn>,
    /// Where to go on: KV's cursor, and the key behind which it is. Nothing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<(String, String)>,
}

impl Compared {
    /// Whether both had the same.
    pub const fn agrees(&self) -> bool {
        self.into_index == 0 && self.into_kv == 0 && self.torn.is_empty()
    }
}

/// A ledger that is whole up to a line, and no further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Torn {
    pub member: String,
    /// The first line that does not follow.
    pub line: u32,
}
