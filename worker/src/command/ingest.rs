//! What visitors send, on its way to the object, and what became of it.

use rapport_core::delivery::{Receipt, View};
use rapport_core::model::site::Privacy;
use rapport_core::name::Name;
use rapport_core::response::Response;
use serde::{Deserialize, Serialize};

use super::install;

/// A delivery that has passed all checks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ingest {
    /// Lacks what only the object knows: visitor and time of receipt.
    pub response: Option<Response>,
    #[serde(default)]
    pub views: Vec<View>,
    pub who: Who,
    /// The question whose votes so far the receipt shall tell.
    #[serde(default)]
    pub votes: Option<Name>,
    /// The widget ends once this many have completed it.
    #[serde(default)]
    pub stop_after: Option<u32>,
    /// The page, where it has not been noted for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<install::Seen>,
    /// It has waited in the lane: its device has the receipt.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acknowledged: bool,
}

/// What tells visitors apart. Becomes a visitor id at once and is never kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Who {
    #[serde(default)]
    pub privacy: Privacy,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub agent: String,
    /// The browser's own random id, where there is one.
    #[serde(default)]
    pub device: String,
}

/// What became of a delivery.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Accepted {
    pub receipt: Option<Receipt>,
    /// It waits: a response in the lane, as the object could not be reached, and views for the next call.
    #[serde(default)]
    pub aside: bool,
    /// There is no receipt, as its time was wrong: `too_old` or `too_new`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(flag: &bool) -> bool {
    !*flag
}
