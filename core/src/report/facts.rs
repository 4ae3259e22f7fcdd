//! What a report is made from. All of it is counts: a report costs the same with a million responses as with a thousand.

use std::collections::BTreeMap;

use crate::model::config::Config;
use crate::report::period::Period;
use crate::summary::Summary;
use crate::time::Day;

/// What is known of a site.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub config: &'a Config,
    /// At least the days of the period and of the one before.
    pub counts: &'a Summary,
    pub visitors: &'a Visitors,
    pub intake: &'a Intake,
    pub period: Period,
    /// Whether responses in doubt count as well.
    pub doubted: bool,
}

/// Who was there. A visitor is whoever answered or acted, told apart as the site's privacy mode allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitors {
    /// Distinct visitors of each day. With identities that change daily these are all that can be known.
    pub by_day: Vec<(Day, u64)>,
    /// Distinct visitors in the 1, 7 and 28 days up to the period's last, where identities outlive a day.
    pub distinct: Option<Distinct>,
}

/// Distinct visitors up to a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Distinct {
    pub day: u64,
    pub week: u64,
    pub month: u64,
}

/// What became of the responses that arrived in the period: `received = accepted + duplicate + Σ refused`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    pub accepted: u64,
    pub duplicate: u64,
    /// By the refusal's code.
    pub refused: BTreeMap<String, u64>,
    /// Accepted, and still on their way to KV.
    pub pending: u64,
    /// Accepted, but KV refuses them.
    pub parked: u64,
}

impl Intake {
    /// How many were refused.
    pub fn refused_total(&self) -> u64 {
        self.refused.values().sum()
    }

    /// How many arrived.
    pub fn received(&self) -> u64 {
        self.accepted + self.duplicate + self.refused_total()
    }
}
