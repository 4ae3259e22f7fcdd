//! What the Worker may ask of a site's object about its inbox.

use rapport_core::case::{Case, Change};
use rapport_core::inbox::{Filter, View};
use rapport_core::response::Response;
use rapport_core::time::Day;
use serde::{Deserialize, Serialize};

/// Finding responses, and changing what the owner makes of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Reply: [`Found`].
    Find(Box<Find>),
    /// One response. Reply: `Option<Item>`.
    Get { id: String },
    /// Changes the cases of responses, at most [`MOST`], all of them or none. Reply: [`Changed`].
    Change { ids: Vec<String>, changes: Vec<Change> },
    /// Takes a change back. Reply: [`Changed`].
    Undo { token: String },
    /// How many responses there are of each status. Reply: [`Counts`].
    Counts,
    /// What there is to choose from in the filter. Reply: `Facets`.
    Facets,
    /// Somebody looks at a response: it is no longer new. Reply: whether it was.
    Open { id: String },
    /// Reply: `Desk`.
    Desk,
    /// Keeps a view, or replaces the one of its name. Reply: `Desk`.
    KeepView { view: View },
    /// Reply: `Desk`.
    DropView { name: String },
    /// Whether what the visitor of this response sends from now on is marked `blocked`. Reply: `Desk`.
    Block { id: String, blocked: bool },
}

/// Responses of one change.
pub const MOST: usize = 500;
/// The most responses of one page.
pub const PAGE: u32 = 200;

/// Which responses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Find {
    #[serde(default)]
    pub filter: Filter,
    /// Older than this cursor.
    #[serde(default)]
    pub before: Option<i64>,
    /// At most this many, and never more than [`PAGE`].
    pub limit: u32,
    /// Look at no more than so many, where that is less than usual.
    #[serde(default)]
    pub look: Option<u32>,
}

/// A page of responses, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Found {
    pub items: Vec<Item>,
    /// Where to go on; nothing once all have been looked at. There may be one behind a page that is not full: no search looks
    /// at more than so many responses at once.
    pub next: Option<i64>,
    /// The day to which was looked, where the search stopped before it had enough.
    #[serde(default)]
    pub until: Option<Day>,
    /// Responses whose words cannot be found yet; no more than [`COUNTED`] are counted.
    #[serde(default)]
    pub unindexed: u64,
}

/// A response and what the owner makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Item {
    pub response: Response,
    pub case: Case,
    /// Whether its visitor is blocked.
    #[serde(default)]
    pub blocked: bool,
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Changed {
    /// As they are now; responses that are not there are not among them.
    pub cases: Vec<Case>,
    /// How many of them changed.
    pub changed: u64,
    /// What takes it back, where anything changed: for `POST …/undo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
}

/// Responses by status; of each no more than [`COUNTED`] are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    pub new: u64,
    pub read: u64,
    pub planned: u64,
    pub done: u64,
    pub wont: u64,
    pub spam: u64,
}

/// Responses of one status that are counted; more are told as this many and more.
pub const COUNTED: u64 = 1_000;
