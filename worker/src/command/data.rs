//! What the Worker may ask of a site's object about the owner's data as such.

use rapport_core::case::DayCases;
use rapport_core::export::Redaction;
use rapport_core::inbox::{Desk, Filter};
use rapport_core::loyalty::member::Member;
use rapport_core::response::Response;
use rapport_core::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use super::Counts;
use super::ledger::{Codes, Page};

/// Erasing, and what else concerns responses as data rather than as figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Erases responses, at most [`MOST`]; with `at_once` for good. Reply: [`Erased`].
    Erase {
        ids: Vec<String>,
        #[serde(default)]
        at_once: bool,
    },
    /// Takes an erasure back, while that is possible. Reply: [`Restored`].
    Restore { ids: Vec<String> },
    /// Which of these ids are taken, be it by tombstones. Reply: [`Known`].
    Known { ids: Vec<String> },
    /// A piece of what [`Form::Site`] wrote: whole lines. Reply: [`Taken`].
    Take { text: String },
    /// Responses that bear `text` as id, visitor, trait or answer, among the next ones behind `after`. Reply: [`Matches`].
    Search { text: String, after: Option<String> },
    /// Gives a visitor's activity to nobody. Reply: nothing.
    Forget { visitors: Vec<String> },
}

/// The header of a piece that tells where the next one begins.
pub const NEXT: &str = "x-rapport-next";

/// What is taken out: the body of a request to the object's `/export`, which answers with a piece of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Export {
    pub form: Form,
    /// Which responses: the inbox's filter, tests and blocked ones included unless it leaves them out.
    #[serde(default)]
    pub filter: Filter,
    #[serde(default)]
    pub redaction: Redaction,
    /// Where this piece begins: what [`NEXT`] said of the piece before.
    #[serde(default)]
    pub place: Option<String>,
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A table. With `labels` in the owner's words instead of names; with `mark` Excel knows that it is UTF-8.
    Csv { labels: bool, mark: bool },
    /// A response a line.
    Lines,
    /// Everything of the site, a piece a line: what [`Command::Take`] takes.
    Site,
}

/// One line of a whole site. The first is a head, the last an end.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Head(Box<Head>),
    Response(Box<Response>),
    Views(super::DayViews),
    Tally {
        day: Day,
        outcome: String,
        n: u64,
    },
    /// Who was active on a day, and with how many responses.
    Active {
        day: Day,
        visitors: Vec<(String, i64)>,
    },
    Totals(DayTotals),
    /// What the owner made of a day's responses.
    Cases(DayCases),
    /// Views of the inbox, and who is blocked.
    Desk(Box<Desk>),
    /// What the programme keeps beside its members: its draws.
    Kept {
        name: String,
        body: String,
    },
    Codes(Codes),
    Member(Box<Member>),
    /// Fifty lines of a member's ledger; they come in order, behind their member.
    Ledger(Page),
    End {
        responses: u64,
    },
}

/// What a whole site begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    /// The format: 1.
    pub rapport: u8,
    pub exported: Timestamp,
    pub config: super::Config,
}

/// The counts of a day whose responses are no longer kept: also the JSON value under `k/{site}/{day}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayTotals {
    /// The format: 1.
    pub v: u8,
    pub day: Day,
    pub counts: Vec<Counts>,
}

/// What became of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Taken {
    pub lines: u32,
    pub accepted: u64,
    pub duplicate: u64,
    /// Erased here before, or older than is kept.
    pub erased: u64,
    /// The last line of a whole export was among them, and tells how many responses there are in all.
    pub end: Option<u64>,
}

/// Ids that are taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    pub ids: Vec<String>,
}

/// What a search found so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Matches {
    pub responses: Vec<Response>,
    /// Where to go on; nothing at the end.
    pub next: Option<String>,
}

/// Responses of one command.
pub const MOST: usize = 500;
/// Values on their way to KV that are counted; more are told as this many and more.
pub const PENDING: u64 = 1_000;

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Erased {
    /// Those that are erased now; unknown ones are not among them.
    pub ids: Vec<String>,
    /// Until then it can be taken back.
    pub until: Timestamp,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Restored {
    /// Those that are there now; the others are gone for good.
    pub ids: Vec<String>,
}
