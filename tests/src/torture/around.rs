//! What stands around the shipped Worker while it is tortured: a clock, and a hand on the power switch.

use rapport_local::Clock;

const MODULE: &str = include_str!("around.js");

/// Where the power can be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// Everything of a transaction is written, and not committed.
    BeforeCommit,
    /// It is committed, and nothing has followed from it.
    AfterCommit,
    /// It is on disk, and whoever asked has not been told.
    BeforeReceipt,
    /// The alarm rings, and the next one is not set.
    AlarmBegins,
    /// The next one is set, and nothing else is done.
    AlarmArmed,
    /// Everything is done that the alarm does.
    AlarmEnds,
    /// KV has a value, and the outbox does not know.
    KvWritten,
    /// KV has forgotten a value, and the object does not know.
    KvDeleted,
    /// In the midst of a page of names, as a rebuild or an audit asks for.
    KvListed,
}

impl Point {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::BeforeCommit,
        Self::AfterCommit,
        Self::BeforeReceipt,
        Self::AlarmBegins,
        Self::AlarmArmed,
        Self::AlarmEnds,
        Self::KvWritten,
        Self::KvDeleted,
        Self::KvListed,
    ];

    /// Its name in `around.js`; nothing where KV is what stops.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::BeforeCommit => Some("before-commit"),
            Self::AfterCommit => Some("after-commit"),
            Self::BeforeReceipt => Some("before-receipt"),
            Self::AlarmBegins => Some("alarm-begins"),
            Self::AlarmArmed => Some("alarm-armed"),
            Self::AlarmEnds => Some("alarm-ends"),
            Self::KvWritten | Self::KvDeleted | Self::KvListed => None,
        }
    }
}

/// Where the power is cut.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// The point.
    pub point: Point,
    /// How often it is passed before.
    pub after: u32,
    /// Tells this cut from others in the log.
    pub number: u32,
}

impl Cut {
    /// What the log says when it is reached.
    pub fn sign(self) -> String {
        format!("cut-{:06}", self.number)
    }
}

/// The module.
pub fn module(clock: Clock, cut: Option<Cut>, storm: Option<(&str, u32)>) -> String {
    let Clock { real, told, rate } = clock;
    let named = cut.and_then(|cut| Some((cut.point.name()?, cut)));
    let cut = named.map_or("null".to_owned(), |(name, cut)| {
        format!("{{ point: \"{name}\", after: {}, sign: \"{}\" }}", cut.after, cut.sign())
    });
    let storm = storm.map_or("null".to_owned(), |(site, often)| format!("{{ site: \"{site}\", often: {often} }}"));
    MODULE
        .replacen("CLOCK", &format!("{{ real: {real}, told: {told}, rate: {rate} }}"), 1)
        .replacen("CUT", &cut, 1)
        .replacen("STORM", &storm, 1)
}
