//! How a delivery changes the counts. Deliveries come in any order, any number of times; of each response the highest
//! revision counts, and nothing else.

use super::{Slot, Summary};
use crate::name::Name;
use crate::time::Day;

/// The part of a response that counts: what the index keeps of it, and what KV metadata tells of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    // The order of the fields is the order of precedence. A device never sends one revision with two contents, but a
    // broken one might, and then too every order of arrival must end in the same counts.
    pub revision: u32,
    pub complete: bool,
    pub keys: Vec<String>,
    pub day: Day,
    pub widget: Name,
    pub version: u32,
    pub variant: Option<Name>,
}

/// What to add to the counts when `new` arrives and `old` is what is known of the same response; nothing if `new` is a
/// duplicate or has been overtaken.
pub fn apply(old: Option<&Counted>, new: &Counted) -> Option<Summary> {
    if old.is_some_and(|old| old >= new) {
        return None;
    }
    let mut delta = Summary::empty();
    new.add_to(&mut delta, 1);
    if let Some(old) = old {
        old.add_to(&mut delta, -1);
    }
    Some(delta)
}

impl Counted {
    /// Adds each of its keys `count` times; with −1 it takes them away again, as an erasure does.
    pub fn add_to(&self, summary: &mut Summary, count: i64) {
        for key in &self.keys {
            let slot = Slot {
                day: self.day,
                widget: self.widget.clone(),
                version: self.version,
                variant: self.variant.clone(),
                key: key.clone(),
            };
            summary.add(slot, count);
        }
    }
}
