//! What the Worker may ask of a site's object about its loyalty programme.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::{Member, Proof};
use rapport_core::loyalty::simulate::Course;
use rapport_core::loyalty::standing::Standing;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::ledger::Compared;

/// Members, their ledgers, and what they redeem.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Does something to a member's account, once, whatever is retried. Reply: [`Outcome`].
    Act(Box<Act>),
    /// Reply: `Option<Shown>`.
    Standing { who: Who },
    /// Lines of the ledger, newest first. Reply: `Option<History>`.
    History {
        who: Who,
        /// Older than this line.
        #[serde(default)]
        before: Option<u32>,
        /// At most this many, and never more than [`PAGE`].
        limit: u32,
    },
    /// Reply: [`Redemptions`].
    Redemptions(Wanted),
    /// Ticks a redemption off as handed over, or takes that back. Reply: `bool`, whether there is one that was handed out.
    Hand { id: String, done: bool, by: String },
    /// Rewards' codes.
    Pool(Pool),
    /// Forgets a member: profile, ledger and all. Reply: `bool`, whether there was one.
    Erase { member: String },
    /// What the newest programme would have done to the past, some members further. Reply: [`Course`].
    Simulate { course: Box<Course> },
    /// Compares ledgers and codes with KV, some keys further, and repairs. Reply: [`Compared`].
    Compare { so_far: Box<Compared> },
    /// What ends for members by putting the draft in force. Reply: `Vec<Ending>`.
    Ending,
    /// Members who are `text`: by their id, the owner's own id or e-mail address. Reply: `Vec<String>`, their ids.
    Named { text: String },
}

/// One act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Act {
    /// The same id asks for the same thing once: 1 to 64 of `[A-Za-z0-9._:-]`.
    pub id: String,
    pub who: Who,
    pub action: Action,
    /// When it happened, where that is not now. Lines follow each other, so it is never dated before the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Who of the owner's people does it, as the log names them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// Whose account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// What a visitor's device can show.
    Proof(Proof),
    /// By the id that is ours.
    Member(String),
    /// By the owner's own id for a customer: an act makes the member where there is none.
    External(String),
}

/// What became of an act.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done(Box<Done>),
    /// A rule stands in the way.
    Denied(Denied),
}

/// An act that was done, be it now or when it was asked for the first time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Done {
    /// What it wrote into the ledger; nothing where nothing was to be earned.
    pub entries: Vec<Entry>,
    /// It had been done before, and nothing was done now.
    pub again: bool,
    pub shown: Shown,
}

/// A member and how it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shown {
    pub member: Member,
    pub standing: Standing,
    /// Lines of the ledger.
    pub lines: u32,
}

/// Lines of a ledger, newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct History {
    pub member: String,
    pub entries: Vec<Entry>,
    /// The balance after the newest of them.
    pub balance: i64,
    /// The hash that the oldest of them builds on.
    pub from: String,
    /// Whether there are older ones.
    pub more: bool,
}

/// The most lines, redemptions or codes of one reply.
pub const PAGE: u32 = 200;

/// Which redemptions, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub state: Option<State>,
    /// Those alone that the owner still has to hand over.
    #[serde(default)]
    pub to_hand_over: bool,
    #[serde(default)]
    pub reward: Option<Name>,
    /// Of whoever is called so: by our id, the owner's own, or e-mail address.
    #[serde(default)]
    pub member: Option<String>,
    /// This one alone.
    #[serde(default)]
    pub id: Option<String>,
    /// Older than this one: when it was, and its id.
    #[serde(default)]
    pub before: Option<(Timestamp, String)>,
    /// At most this many, and never more than [`PAGE`].
    pub limit: u32,
}

/// What became of a redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The owner has to hand it out.
    Held,
    Captured,
    Voided,
}

/// A page of redemptions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Redemptions {
    pub items: Vec<Redemption>,
    /// Where to go on; nothing at the end.
    pub next: Option<(Timestamp, String)>,
}

/// One redemption.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Redemption {
    /// The id of the act, which capture and void refer to.
    pub id: String,
    pub state: State,
    pub reward: String,
    /// Empty where the member was erased since.
    pub member: String,
    /// The owner's own id of the member, else their name or e-mail address, as far as any is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    pub at: Timestamp,
    pub points: i64,
    /// The code that was handed out, if any.
    pub code: String,
    /// When a hold that nobody captures is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// When it was captured or voided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Timestamp>,
    /// Why it was voided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The owner still has to hand something over: it is held, or it is words that were told at once, and nobody has ticked it off.
    #[serde(default)]
    pub to_hand_over: bool,
    /// When it was ticked off, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
}

/// When something was handed over, and who said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "HandedOver"))]
pub struct Handed {
    pub at: Timestamp,
    /// As the log names them: `session …`, `token …` or `key`.
    pub by: String,
}

/// Codes of rewards.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// How many of every reward were taken, and how many codes there are. Reply: `Vec<Stock>`.
    Stock,
    /// Adds codes, at most [`ADDED`] at once: all that are new, or none where one is ill-formed. Reply: [`Added`].
    Add { reward: Name, codes: Vec<String> },
    /// Reply: [`Codes`].
    List {
        reward: Name,
        /// Only those that were given out, or only those that were not.
        #[serde(default)]
        given: Option<bool>,
        /// Behind this code.
        #[serde(default)]
        after: Option<String>,
        /// At most this many, and never more than [`CODES`].
        limit: u32,
    },
    /// Removes codes that were not given out: these, or all. Reply: [`Removed`].
    Remove {
        reward: Name,
        #[serde(default)]
        codes: Option<Vec<String>>,
    },
}

/// Codes of one command that lists or removes them.
pub const CODES: usize = 1_000;
/// Codes of one command that adds them: a tenth of the rows that a day may write on the free plan.
pub const ADDED: usize = 10_000;

/// How much of a reward is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stock {
    pub reward: String,
    /// Redeemed and not given back.
    pub taken: u32,
    /// Codes that were ever added, removed ones not among them, and those of them that were given out.
    pub codes: u32,
    pub given: u32,
}

/// What became of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Added {
    pub added: u32,
    /// Those that were there already or came twice.
    pub duplicates: Vec<String>,
    /// Afterwards.
    pub stock: Stock,
}

/// Codes in the order of their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Codes {
    /// Each with the redemption that it went to, if any.
    pub codes: Vec<(String, Option<String>)>,
    /// Where to go on; nothing at the end.
    pub next: Option<String>,
}

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Removed {
    pub removed: u32,
    /// Afterwards.
    pub stock: Stock,
}
