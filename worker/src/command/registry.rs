//! What the registry tells.

use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A site in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Listed {
    pub site: SiteId,
    pub name: String,
}

/// The owner's session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Goes into the cookie; the object keeps its hash only.
    pub token: String,
    /// Goes into every form.
    pub csrf: String,
    pub expires: Timestamp,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    pub at: Timestamp,
    pub what: String,
    /// Empty where it was not told, as in lines of older releases.
    #[serde(default)]
    pub who: String,
}
