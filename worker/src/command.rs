//! What the Worker may ask of an object. Worker and object can run different releases for a while after a deployment, so
//! this is read leniently: new fields need defaults, and unknown fields are passed over.

pub mod account;
pub mod data;
pub mod hook;
pub mod token;
pub mod install;
pub mod usage;
pub mod talk;
pub mod play;
pub mod versions;
pub mod loyalty;
pub mod ledger;
mod ingest;
mod registry;
pub mod inbox;
pub mod program;
pub mod signer;
pub mod member;
pub mod people;

use rapport_core::model::config::Config;
use rapport_core::model::site::Site;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::response::Response;
use rapport_core::summary::Summary;
use rapport_core::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

pub use ingest::{Accepted, Ingest, Who};
pub use registry::{Listed, Noted, Session};

/// Everything that an object does. The objects of sites and the registry are of one class and know different halves.
#[derive(Clone, Debug, Serialize, Deserialize)]
// Not tagged from within: that would have every reader in the program twice.
#[serde(rename_all = "snake_case")]
pub enum Command {
    // A site's object.
    /// Accepts what a visitor sent. Reply: [`Accepted`].
    Ingest(Box<Ingest>),
    /// Accepts it if its id is known already; else refuses it for its time, now and whenever it comes again. Reply: [`Accepted`].
    Late {
        ingest: Box<Ingest>,
        /// `too_old` or `too_new`.
        reason: String,
    },
    /// Counts a response that the Worker refused, and why. Reply: nothing.
    Refused { reason: String },
    /// The receipt of a response that has arrived. Reply: `Option<Receipt>`.
    Receipt {
        id: String,
        votes: Option<Name>,
        /// With what was answered.
        #[serde(default)]
        answers: bool,
    },
    /// Reply: `Option<Config>`.
    Config,
    /// Changes the configuration. Reply: the new [`Config`].
    Edit(Box<Edit>),
    /// Reply: [`Report`].
    Report { from: Day, to: Day, latest: u32 },
    /// Responses, newest first. Reply: `Vec<Response>`.
    Responses(Page),
    /// How many answers each version of a widget has. Reply: `Vec<VersionCount>`.
    Versions { widget: Name },
    /// Counts alone, of one widget where named. Reply: `Vec<Counts>`.
    Counts { from: Day, to: Day, widget: Option<Name> },
    /// Takes in a past: responses and view counts. Reply: [`Imported`].
    Import { responses: Vec<Response>, views: Vec<DayViews> },
    /// Compares one day of the index with KV, and repairs. Reply: [`Audit`].
    Audit { day: Day },
    /// Drops the index and replays KV. Reply: [`Status`].
    Rebuild { site: SiteId },
    /// Reply: [`Status`].
    Status,
    /// Hooks.
    Hook(hook::Command),
    /// Erasing, export and the like.
    Data(data::Command),
    /// Finding responses, and what the owner makes of them.
    Inbox(inbox::Command),
    /// Where the tag was seen. Reply: as the command says.
    Install(install::Command),
    /// What was counted from a day on. Reply: `Vec<usage::DayUse>`.
    Usage { from: Day },
    /// Members about themselves.
    Member(member::Command),
    /// Members as the owner looks at them.
    People(people::Command),
    /// Secrets that sign who a member is.
    Signer(signer::Command),
    /// What visitors read and say about their own answers.
    Talk(talk::Command),
    /// Prize draws.
    Play(play::Command),

    /// Members, their ledgers, and what they redeem.
    Loyalty(loyalty::Command),

    // The registry.
    /// Reply: `Vec<Listed>`.
    Sites,
    /// Reply: `bool`.
    Knows { site: SiteId },
    /// Adds or renames a site. Reply: nothing.
    Enlist { site: SiteId, name: String },
    /// Takes a site off the list. Reply: nothing.
    Delist { site: SiteId },
    /// Opens a session if the key was right and there were not too many wrong ones. Reply: [`Session`].
    SignIn {
        right: bool,
        source: String,
        /// The browser's name, for the list of sessions.
        #[serde(default)]
        browser: String,
    },
    /// Reply: `Option<Session>`.
    Session { token: String },
    /// Ends a session, or all. Reply: nothing.
    SignOut { token: String, everywhere: bool },
    /// Adds a line to the log of what was done. Reply: nothing.
    Note {
        what: String,
        /// A session, the key or a token.
        #[serde(default)]
        who: String,
    },
    /// Sessions and the key. Reply: as the command says.
    Account(account::Command),
    /// The log, newest first. Reply: `Vec<Noted>`.
    Notes,
    /// Tokens.
    Token(token::Command),
}

/// A change of the configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one at a time, and boxed by its command")]
pub enum Edit {
    /// The first thing that happens to a site, and the last.
    Create {
        site: Site,
    },
    Delete,
    Site {
        site: Site,
        /// The mark of what it was based on: it is refused if that has changed.
        #[serde(default)]
        based_on: Option<String>,
    },
    Draft {
        widget: Widget,
        /// The same.
        #[serde(default)]
        based_on: Option<String>,
    },
    /// A draft and its publication in one step, under the same lock.
    Release {
        widget: Widget,
        #[serde(default)]
        based_on: Option<String>,
    },
    Discard {
        widget: Name,
    },
    Publish {
        widget: Name,
        #[serde(default)]
        based_on: Option<String>,
    },
    Pause {
        widget: Name,
    },
    Resume {
        widget: Name,
    },
    End {
        widget: Name,
    },
    /// The loyalty programme.
    Loyalty(program::Change),
}

/// Which responses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// At most this many, and never more than 200.
    pub limit: u32,
    /// Older than this id.
    #[serde(default)]
    pub before: Option<String>,
    #[serde(default)]
    pub widget: Option<Name>,
    /// Partial ones too.
    #[serde(default)]
    pub partial: bool,
}

/// Counts of one day and version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    pub day: Day,
    pub widget: Name,
    pub version: u32,
    #[serde(default)]
    pub variant: Option<Name>,
    pub keys: std::collections::BTreeMap<String, i64>,
}

impl Counts {
    /// The rows of a summary.
    pub fn of(summary: &Summary) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for (slot, n) in summary.iter() {
            let same = |row: &&mut Self| {
                (row.day, &row.widget, row.version, &row.variant)
                    == (slot.day, &slot.widget, slot.version, &slot.variant)
            };
            // Slots come in order, so those of one row are neighbours.
            match rows.last_mut().filter(same) {
                Some(row) => {
                    row.keys.insert(slot.key.clone(), n);
                }
                None => rows.push(Self {
                    day: slot.day,
                    widget: slot.widget.clone(),
                    version: slot.version,
                    variant: slot.variant.clone(),
                    keys: [(slot.key.clone(), n)].into(),
                }),
            }
        }
        rows
    }
}

/// View counts of one day: also the JSON value under `n/{site}/{shard}/{day}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DayViews {
    /// The format of this value: 1.
    pub v: u8,
    pub day: Day,
    pub counts: Vec<ViewCount>,
}

/// View counts of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ViewCount {
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    #[serde(default)]
    pub seen: i64,
    #[serde(default)]
    pub started: i64,
    #[serde(default)]
    pub dismissed: i64,
}

/// What an overview is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Of responses and views together.
    pub counts: Vec<Counts>,
    pub tally: Tally,
    pub latest: Vec<Response>,
    pub activity: Activity,
    pub status: Status,
}

/// `received = accepted + duplicate + refused`: responses by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tally {
    pub received: u64,
    pub accepted: u64,
    pub duplicate: u64,
    /// By reason.
    pub refused: std::collections::BTreeMap<String, u64>,
}

/// Identities with at least one deliberate action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Activity {
    /// For each day of the period.
    pub days: Vec<(Day, u64)>,
    /// On the last day, in the last 7 and in the last 28. Where ids live for a day only, these are visitor-days.
    pub day: u64,
    pub week: u64,
    pub month: u64,
}

/// How the site's object is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    /// Responses in the index, where that was asked for.
    pub responses: Option<u64>,
    /// Values on their way to KV; no more than [`data::PENDING`] are counted.
    pub pending: u64,
    /// Values that KV refuses, and why the first one is.
    pub parked: u64,
    pub fault: Option<String>,
    /// When the oldest of the pending ones became due.
    pub oldest: Option<Timestamp>,
    /// KV is left alone until then.
    pub hold: Option<Timestamp>,
    /// Values that KV still has to forget.
    #[serde(default)]
    pub erasing: u64,
    /// Ledgers of members with a line that does not follow from the one before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub torn: u64,
    /// A rebuild is under way, and has replayed this many.
    pub rebuilding: Option<u64>,
    pub bytes: u64,
    /// Rows written by this object and its neighbours since their isolate started, alarms not among them.
    pub rows_written: u64,
    /// The same of rows looked at.
    #[serde(default)]
    pub rows_read: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Imported {
    pub accepted: u64,
    pub duplicate: u64,
    /// Erased here before, and left out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub erased: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// One day compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Audit {
    /// Count and XOR of hashed ids and revisions.
    pub index: (u64, String),
    pub kv: (u64, String),
    /// On their way to KV, so not expected there yet.
    pub pending: u64,
    /// Taken from KV into the index, and the other way round.
    pub into_index: u64,
    pub into_kv: u64,
    pub agrees: bool,
}

/// The configuration as the object replies it.
pub type MaybeConfig = Option<Config>;
