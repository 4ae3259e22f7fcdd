//! What the owner makes of one response: status, tags, note, the thread with its visitor, and the news that came of it. The
//! response itself never changes; a case has a life of its own and its own place in KV, `t/{site}/{day}`.

mod change;

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::response::Response;
use crate::time::{Day, Timestamp};

pub use change::{Change, tag};

/// How one response is handled. A response that nobody has touched has none; it is as good as [`Case::new`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// The format of this value: 1.
    pub v: u8,
    /// The response's id.
    pub id: String,
    /// Rises with every change; of two copies the higher one is right.
    pub revision: u32,
    #[serde(default)]
    pub status: Status,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// For the owner alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The owner's own try.
    #[serde(default, skip_serializing_if = "is_false")]
    pub test: bool,
    /// Oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<Message>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<Link>,
    /// What of it the visitor has seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Link>,
}

/// Where the owner is with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    New,
    Read,
    Planned,
    Done,
    Wont,
    Spam,
}

/// One message of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// A UUIDv7: the same message sent twice is one.
    pub id: String,
    pub by: By,
    pub text: String,
    pub at: Timestamp,
    /// Of the owner's messages: when the visitor saw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Timestamp>,
}

/// Who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    Owner,
    Visitor,
}

/// An entry of a news widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    pub widget: Name,
    pub entry: Name,
}

/// All cases of the responses of one day: the value under `t/{site}/{day}`. One value for a day, so that however many
/// responses are handled at once, it is one write for each day that they are from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayCases {
    /// The format of this value: 1.
    pub v: u8,
    pub day: Day,
    pub cases: Vec<Case>,
}

impl Status {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::New, Self::Read, Self::Planned, Self::Done, Self::Wont, Self::Spam];

    /// Its word in addresses and in what is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Read => "read",
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Wont => "wont",
            Self::Spam => "spam",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

impl Case {
    /// Of a response that nobody has touched.
    pub fn new(id: &str) -> Self {
        Self {
            v: 1,
            id: id.to_owned(),
            revision: 0,
            status: Status::New,
            tags: Vec::new(),
            note: String::new(),
            test: false,
            thread: Vec::new(),
            news: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Messages of the owner's that the visitor has not seen.
    pub fn unseen(&self) -> usize {
        self.thread.iter().filter(|message| message.by == By::Owner && message.seen.is_none()).count()
    }

    /// Whether there is anything that the visitor has not seen: a message, or what came of it.
    pub fn has_news(&self) -> bool {
        self.unseen() > 0 || self.news.iter().any(|link| !self.told.contains(link))
    }

    /// Whether the visitor has the last word.
    pub fn waits(&self) -> bool {
        self.thread.last().is_some_and(|message| message.by == By::Visitor)
    }
}

/// The doubt that responses of blocked visitors carry.
pub const BLOCKED: &str = "blocked";

/// Whether a response is left out of the figures: the owner's own tries, spam, and what blocked visitors send.
pub fn left_out(response: &Response, case: Option<&Case>) -> bool {
    case.is_some_and(|case| case.test || case.status == Status::Spam) || response.doubts.iter().any(|d| d == BLOCKED)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

#[cfg(test)]
mod tests;
