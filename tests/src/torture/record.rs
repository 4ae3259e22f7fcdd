//! What clients saw: everything that was asked, and how it ended. What the checker may conclude is made of this alone.

use std::collections::{BTreeMap, BTreeSet};

/// How a request ended for whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A receipt, for this revision.
    Kept {
        /// This one, or a later one that was there already.
        revision: u32,
        /// Whether it was.
        duplicate: bool,
    },
    /// A verdict against it, by its code.
    Refused(String),
    /// Nobody can say.
    Unknown,
}

/// The record of one site.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The highest revision that was acknowledged, by id.
    pub kept: BTreeMap<String, u32>,
    /// Revisions that were ever sent, by id, with the answer's own mark.
    pub sent: BTreeMap<String, (BTreeSet<u32>, String)>,
    /// Marks of completed answers whose device was told that they arrived.
    pub delivered: BTreeSet<String>,
    /// Receipts for something new.
    pub accepted: u64,
    /// Receipts for what was there already.
    pub duplicates: u64,
    /// Refusals by code.
    pub refused: BTreeMap<String, u64>,
    /// Requests of which nobody knows how they ended.
    pub unknown: u64,
    /// Ids that the owner was told are erased.
    pub erased: BTreeSet<String>,
    /// Ids that may be.
    pub perhaps_erased: BTreeSet<String>,
    /// Beacons: kept, and perhaps.
    pub views: (u64, u64),
    /// Acts of members by id: who, whether it has to be in the ledger once it is done, and how it ended.
    pub acts: BTreeMap<String, (String, bool, Outcome)>,
    /// Power cuts that happened meanwhile.
    pub cuts: u32,
    /// Rebuilds that did.
    pub rebuilds: u32,
}

impl Record {
    /// Notes how a delivery ended.
    pub fn delivery(&mut self, id: &str, outcome: &Outcome) {
        match outcome {
            Outcome::Kept { revision, duplicate } => {
                let known = self.kept.entry(id.to_owned()).or_default();
                *known = (*known).max(*revision);
                *(if *duplicate { &mut self.duplicates } else { &mut self.accepted }) += 1;
            }
            Outcome::Refused(code) => *self.refused.entry(code.clone()).or_default() += 1,
            Outcome::Unknown => self.unknown += 1,
        }
    }
}
