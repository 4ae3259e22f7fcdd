//! What the Worker may ask of a site's object about its members as the owner looks at them.

use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::people::Person;
use rapport_core::loyalty::people::census::Census;
use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::Stage;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::loyalty::{Shown, Who};

/// Finding members, one of them, and all together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Reply: [`Found`].
    Find(Wanted),
    /// Everything about one. Reply: `Option<One>`.
    One { who: Who },
    /// Reply: [`Census`].
    Census,
    /// The owner's note, in the place of the one before. Reply: `bool`, whether there is such a member.
    Note { member: String, text: String },
    /// Signs all of a member's devices out, and ends the recovery phrase. Reply: `bool`, whether there is such a member.
    SignOut { member: String },
}

/// Which members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// In their name, e-mail address or the owner's id; or the whole of our own.
    pub text: String,
    /// The tier's name; `-` for none.
    pub tier: String,
    pub stage: Option<Stage>,
    pub group: Option<Group>,
    pub sort: Sort,
    /// Behind this place: what it is sorted by, and the member.
    pub after: Option<(i64, String)>,
    /// At most this many, and never more than [`super::loyalty::PAGE`].
    pub limit: u32,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Who was here last comes first.
    #[default]
    Seen,
    /// Who has the most comes first.
    Balance,
}

/// A page of members.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    pub items: Vec<(Shown, Person)>,
    /// Where to go on; nothing at the end.
    pub next: Option<(i64, String)>,
    pub census: Census,
    /// Some members of an older release are not entered yet.
    #[serde(default)]
    pub counting: bool,
}

/// One member.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct One {
    pub shown: Shown,
    pub person: Person,
    pub census: Census,
    /// What they were refused, the newest first.
    #[serde(default)]
    pub refusals: Vec<Refusal>,
    /// The responses that they were given points for, the newest first.
    #[serde(default)]
    pub responses: Vec<Response>,
    pub chain: Chain,
    /// Since when refusals are known, where a rebuild has begun their log anew.
    #[serde(default)]
    pub refusals_since: Option<Timestamp>,
    /// Accounts that have gone up in this one, the newest first.
    #[serde(default)]
    pub merged: Vec<Merged>,
}

/// An account that has gone up in another one: nothing follows in its ledger, and all of it is still there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MergedAccount"))]
pub struct Merged {
    pub member: String,
    /// When it went up.
    pub at: Timestamp,
    /// Points that it brought along.
    pub points: i64,
    /// What following the hashes of its own ledger has shown.
    pub chain: Chain,
    /// Its newest lines; all of them are in the ledger of `member`.
    pub entries: Vec<Entry>,
}

/// Something that a rule stood in the way of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberRefusal"))]
pub struct Refusal {
    pub at: Timestamp,
    /// What they wanted: `check_in`, `redeem` and so on.
    pub act: String,
    /// The reward, draw or event that it was about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    #[cfg_attr(test, schemars(with = "serde_json::Value"))]
    pub denied: Denied,
}

/// What following the chain of hashes has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "LedgerChain"))]
pub struct Chain {
    /// The first line that was looked at.
    pub from: u32,
    /// The last.
    pub to: u32,
    /// The first that is not what was written.
    pub broken: Option<u32>,
}

impl Sort {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Balance => "balance",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Seen, Self::Balance].into_iter().find(|sort| sort.as_str() == word)
    }
}
