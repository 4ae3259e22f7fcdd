//! Which rule stood in the way. Visitors read it in their language (`core::i18n`), programs read the code.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::time::{Day, Timestamp};

/// Why nothing happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Denied {
    /// The programme is paused.
    Paused,
    /// Only members whom the owner's server has named may do this.
    Identify,
    /// There is no such rule, reward, draw, prize or hold; for a hold also: it is settled.
    Unknown,
    /// No rule gives points for this.
    NothingEarns,
    /// Not before this day.
    NotYet { from: Day },
    /// Not after this day.
    Over { until: Day },
    /// Done today, and again from then.
    Today { until: Timestamp },
    /// As often as the rule allows; again from then, or never.
    Cap { until: Option<Timestamp> },
    /// Again from then.
    Cooldown { until: Timestamp },
    /// It counts once, and has.
    Once,
    /// Not enough right answers, in per cent.
    NotPassed { percent: u32, pass: u32 },
    /// Fields of the profile are empty.
    Incomplete,
    /// The birthday is not known, or on another day.
    NotBirthday,
    /// So many points are lacking.
    NotEnough { lacks: i64 },
    /// None is left.
    SoldOut,
    /// The member has as many as one may have.
    Limit { times: u32 },
    /// This tier, or a higher one, is needed.
    Tier { tier: Name },
    /// The account has gone up in another.
    Merged,
    /// A number would be too large.
    TooMuch,
    /// The entries do not fit together: the ledger has been tampered with, or there is a mistake in the program.
    Broken,
}

impl Denied {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Identify => "identify",
            Self::Unknown => "unknown",
            Self::NothingEarns => "nothing_earns",
            Self::NotYet { .. } => "not_yet",
            Self::Over { .. } => "over",
            Self::Today { .. } => "today",
            Self::Cap { .. } => "cap",
            Self::Cooldown { .. } => "cooldown",
            Self::Once => "once",
            Self::NotPassed { .. } => "not_passed",
            Self::Incomplete => "incomplete",
            Self::NotBirthday => "not_birthday",
            Self::NotEnough { .. } => "not_enough",
            Self::SoldOut => "sold_out",
            Self::Limit { .. } => "limit",
            Self::Tier { .. } => "tier",
            Self::Merged => "merged",
            Self::TooMuch => "too_much",
            Self::Broken => "broken",
        }
    }

    /// When trying again makes sense, where that is known.
    pub fn again(&self) -> Option<Timestamp> {
        match self {
            Self::NotYet { from } => Some(from.start()),
            Self::Today { until } | Self::Cooldown { until } => Some(*until),
            Self::Cap { until } => *until,
            _ => None,
        }
    }
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paused => f.write_str("the programme is paused"),
            Self::Identify => f.write_str("only members whom the owner's server has named may do this"),
            Self::Unknown => f.write_str("there is no such thing, or it is settled already"),
            Self::NothingEarns => f.write_str("no rule of the programme gives points for this"),
            Self::NotYet { from } => write!(f, "not before {from}"),
            Self::Over { until } => write!(f, "this ended on {until}"),
            Self::Today { until } => write!(f, "done today; again from {}", until.day()),
            Self::Cap { until: Some(until) } => write!(f, "as often as the rule allows; again from {}", until.day()),
            Self::Cap { until: None } => f.write_str("as often as the rule allows"),
            Self::Cooldown { until } => write!(f, "too soon; again from {} (ms since 1970)", until.0),
            Self::Once => f.write_str("this counts once, and has"),
            Self::NotPassed { percent, pass } => write!(f, "{percent} % right, and {pass} % are needed"),
            Self::Incomplete => f.write_str("fields of the profile are empty"),
            Self::NotBirthday => f.write_str("the birthday is not known, or on another day"),
            Self::NotEnough { lacks } => write!(f, "{lacks} points are lacking"),
            Self::SoldOut => f.write_str("none is left"),
            Self::Limit { times } => write!(f, "a member may have {times}"),
            Self::Tier { tier } => write!(f, "the tier {tier} is needed"),
            Self::Merged => f.write_str("this account has gone up in another"),
            Self::TooMuch => f.write_str("a number would be too large"),
            Self::Broken => f.write_str("the ledger's entries do not fit together"),
        }
    }
}

impl std::error::Error for Denied {}
