//! One line of a member's ledger. Lines are only ever added; a correction is a line of its own.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// One line. The sum of all `delta` of a member is the balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Of this member, from 1, without gaps.
    pub seq: u32,
    /// What asked for it: the same id asks for the same thing once, whatever is retried.
    pub id: String,
    pub at: Timestamp,
    /// Points, in −2^53 … 2^53.
    pub delta: i64,
    pub kind: Kind,
    /// What it is about: a rule, a reward, a draw, another entry's id; see [`Kind`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// When what was earned is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// A code that was handed out, an order's number, the owner's reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Of a purchase, in the currency's smallest unit: tiers by spend and customer value come from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// Lower-case hex SHA-256 over the hash before (64 zeros for the first) and this line; see [`Entry::line`].
    pub hash: String,
}

/// Why the balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// By the rule in `reference`; of a quiz by `rule/widget`; empty for a purchase that no rule is for. `note` is the response's
    /// id or the order's number.
    Earn,
    /// A bonus for days in a row, by the rule in `reference`; `note` says how many days.
    Streak,
    /// Points set aside for the reward in `reference`: they are no longer in the balance.
    Hold,
    /// The hold with the id in `reference` was honoured; `delta` is 0, `note` the code that was handed out.
    Capture,
    /// The hold with the id in `reference` was given back, points with their old dates; `note` says why, and nothing where its
    /// time was over.
    Void,
    /// Points whose time had come.
    Expire,
    /// By the owner; `note` says why.
    Adjust,
    /// A ticket of the draw in `reference`; `note` is its number.
    Ticket,
    /// Won in the draw in `reference`; `note` is the prize.
    Win,
    /// For having been brought by the member in `reference`, or for having brought them: then `note` is the rule.
    Refer,
    /// The tier is now the one in `reference`, or none; `note` is the one before. `delta` is 0.
    Tier,
    /// To the member in `reference`, into whom this one was merged.
    MergedInto,
    /// From the member in `reference`; `note` is that account in JSON, for the machine and nobody's eyes.
    MergedFrom,
}

impl Entry {
    /// What is hashed, in one line of text: `seq|id|at|delta|kind|reference|expires|amount|note`, absent parts empty. `id` and
    /// `reference` hold no `|`, so no two entries have the same line.
    pub fn line(&self) -> String {
        let maybe = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
        let Self { seq, id, at, delta, kind, reference, expires, note, amount, hash: _ } = self;
        let (expires, amount) = (maybe(expires.map(|at| at.0)), maybe(*amount));
        format!("{seq}|{id}|{}|{delta}|{}|{reference}|{expires}|{amount}|{note}", at.0, kind.as_str())
    }
}

impl Kind {
    /// Its word in JSON, KV and [`Entry::line`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Earn => "earn",
            Self::Streak => "streak",
            Self::Hold => "hold",
            Self::Capture => "capture",
            Self::Void => "void",
            Self::Expire => "expire",
            Self::Adjust => "adjust",
            Self::Ticket => "ticket",
            Self::Win => "win",
            Self::Refer => "refer",
            Self::Tier => "tier",
            Self::MergedInto => "merged_into",
            Self::MergedFrom => "merged_from",
        }
    }
}
