//! What arrives at `POST /e/{site}`: one beacon of view counts, one response, or both. One response a delivery, so that
//! the HTTP status is the verdict on it.

use serde::{Deserialize, Serialize};

use crate::answer::Field;
use crate::name::Name;

/// One delivery, as sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The wire format: 1.
    pub v: u8,
    /// Where the visitor is and who.
    #[serde(default)]
    pub context: Context,
    /// Impressions that led to no response, or not yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Submission>,
}

/// The page and the visitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The page's address without query and fragment, unless the owner's page says otherwise.
    pub page: String,
    /// The language that the widget spoke.
    pub locale: String,
    /// Of the window's width: `phone`, `tablet`, `desktop`.
    pub device: String,
    /// The random id of this browser, where the site's privacy mode keeps one: 32 hex digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub visitor: String,
    /// What the page told of the visitor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Field>,
}

/// What was newly seen of one widget since the last report: each impression is reported once, either here or with its
/// response, never twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    /// Which moments, each at most once.
    pub moments: Vec<Moment>,
}

/// A moment in the life of an impression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At least half visible for 500 ms.
    Seen,
    /// First deliberate action of any kind: opened, chose, typed, sent.
    Started,
    /// Closed without completing.
    Dismissed,
}

/// One response, whole or partial, as sent. A later revision carries everything that earlier ones did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// UUIDv7, made once on the device: names the response through all retries and revisions, and tells its day.
    pub id: String,
    /// Rises with every change; the highest wins.
    pub revision: u32,
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    /// Whether the visitor finished.
    pub complete: bool,
    /// The form's fields.
    pub answers: Vec<Field>,
    /// The moments of its impression that no beacon reported.
    #[serde(default)]
    pub moments: Vec<Moment>,
    /// Time spent with the page visible, in milliseconds.
    #[serde(default)]
    pub active_ms: u32,
    /// The field that people do not see and robots fill in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trap: String,
}

/// What the Worker says once the response is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub id: String,
    pub revision: u32,
    /// Whether this very revision, or a higher one, had already arrived.
    pub duplicate: bool,
}
