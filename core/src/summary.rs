//! Counts: the only thing that figures are made of. They add up in any order and grouping, so days, widgets, devices
//! and shards merge by `+`.

mod apply;

use std::collections::BTreeMap;

use crate::name::Name;
use crate::time::Day;

pub use apply::{Counted, apply};

/// The key of responses that are left out of the figures: it is all that they count.
pub const OUT: &str = "out";

/// What a count belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    pub day: Day,
    pub widget: Name,
    pub version: u32,
    pub variant: Option<Name>,
    /// `seen`, `started`, `dismissed`, `answered`, `completed`, `q/{question}`, `q/{question}/{value}`, …; the table is
    /// that of [`crate::response::keys`]. With `~` before it, that part of the count which is in doubt.
    pub key: String,
}

/// Counts by slot. Slots that add up to nothing are absent, so equal counts are equal values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary(BTreeMap<Slot, i64>);

impl Summary {
    /// No counts: the identity of [`Summary::merge`].
    pub const fn empty() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds `count` to `slot`.
    pub fn add(&mut self, slot: Slot, count: i64) {
        let total = self.0.get(&slot).copied().unwrap_or(0).saturating_add(count);
        if total == 0 {
            self.0.remove(&slot);
        } else {
            self.0.insert(slot, total);
        }
    }

    /// Adds all of `other`: associative and commutative.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (slot, count) in other.0 {
            self.add(slot, count);
        }
        self
    }

    /// Every slot with its count.
    pub fn iter(&self) -> impl Iterator<Item = (&Slot, i64)> {
        self.0.iter().map(|(slot, count)| (slot, *count))
    }
}

#[cfg(test)]
mod tests;
