//! How the versions of a widget fare.

use serde::{Deserialize, Serialize};

/// Answers of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionCount {
    pub version: u32,
    pub completed: u64,
}
