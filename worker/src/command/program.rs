//! Changes of a site's loyalty programme.

use rapport_core::loyalty::program::Program;
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
