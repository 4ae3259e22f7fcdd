//! What the Worker may ask of a site's object on behalf of a visitor who has answered.

use rapport_core::answer::Field;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Conversations, from the visitor's side.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Those of these responses about which there is something that the visitor has not seen. Reply: `Vec<Told>`.
    Unseen { ids: Vec<String> },
    /// Reply: `Option<Told>`.
    Get { id: String },
    /// Takes a message in, once. Reply: [`Said`].
    Say { id: String, message: String, text: String },
    /// The visitor has seen everything up to `until`. Reply: nothing.
    Seen { id: String, until: Timestamp },
}

/// A conversation without anything that is not the visitor's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub id: String,
    pub widget: Name,
    pub version: u32,
    pub answers: Vec<Field>,
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Entries of news that were linked to it: widget and entry.
    #[serde(default)]
    pub done: Vec<(Name, Name)>,
    /// The latest of what the owner did.
    pub until: Timestamp,
    /// Messages of the visitor since the owner's last one; nothing, where the owner has not written yet.
    #[serde(default)]
    pub in_a_row: Option<u32>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub owner: bool,
    pub text: String,
    pub at: Timestamp,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is kept; so it was if it had come before.
    Kept(Box<Told>),
    /// It is the owner's turn.
    Wait,
    /// There is no such response, or nothing to answer.
    Gone,
}
