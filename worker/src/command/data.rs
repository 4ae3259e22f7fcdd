//! What the Worker may ask of a site's object about the owner's data as such.

use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Erasing, and what else concerns responses as data rather than as figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Erases responses, at most [`MOST`]; with `at_once` for good. Reply: [`Erased`].
    Erase {
        ids: Vec<String>,
        #[serde(default)]
        at_once: bool,
    },
    /// Takes an erasure back, while that is possible. Reply: [`Restored`].
    Restore { ids: Vec<String> },
}

/// Responses of one command.
pub const MOST: usize = 500;

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Erased {
    /// Those that are erased now; unknown ones are not among them.
    pub ids: Vec<String>,
    /// Until then it can be taken back.
    pub until: Timestamp,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Restored {
    /// Those that are there now; the others are gone for good.
    pub ids: Vec<String>,
}
