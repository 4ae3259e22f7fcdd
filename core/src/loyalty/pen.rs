//! Writes entries: numbers them, chains them, and applies each before the next is thought about.

use super::account::{Account, Broken};
use super::chain::link;
use super::denied::Denied;
use super::entry::{Entry, Kind};
use crate::limits::LINE_CHARS;
use crate::time::Timestamp;

/// An account, and what is being added to it by one act.
pub(super) struct Pen<'a> {
    pub account: Account,
    pub entries: Vec<Entry>,
    /// Never before the last entry, whatever the clock says.
    pub now: Timestamp,
    id: &'a str,
}

/// What an entry says beyond its number, id and hash.
pub(super) struct Line<'a> {
    pub kind: Kind,
    pub delta: i64,
    pub reference: &'a str,
    pub expires: Option<Timestamp>,
    pub note: &'a str,
    pub amount: Option<i64>,
}

impl<'a> Line<'a> {
    pub const fn new(kind: Kind, delta: i64, reference: &'a str) -> Self {
        Self { kind, delta, reference, expires: None, note: "", amount: None }
    }

    pub const fn note(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    pub const fn expires(self, expires: Option<Timestamp>) -> Self {
        Self { expires, ..self }
    }

    pub const fn amount(self, amount: Option<i64>) -> Self {
        Self { amount, ..self }
    }
}

impl<'a> Pen<'a> {
    pub fn new(account: &Account, id: &'a str, now: Timestamp) -> Self {
        Self { account: account.clone(), entries: Vec::new(), now: now.max(account.at), id }
    }

    /// Adds an entry now.
    pub fn write(&mut self, line: Line<'_>) -> Result<(), Denied> {
        self.write_at(self.now, line)
    }

    /// Adds an entry for a moment that has passed unnoticed, if nothing happened since.
    pub fn write_at(&mut self, at: Timestamp, line: Line<'_>) -> Result<(), Denied> {
        let Line { kind, delta, reference, expires, note, amount } = line;
        let mut entry = Entry {
            seq: self.account.seq.saturating_add(1),
            id: plain(self.id, "|"),
            at: at.max(self.account.at),
            delta,
            kind,
            reference: plain(reference, "|"),
            expires,
            note: match kind {
                // JSON, and as long as it has to be.
                Kind::MergedFrom => note.to_owned(),
                _ => plain(note, "").chars().take(LINE_CHARS).collect(),
            },
            amount,
            hash: String::new(),
        };
        entry.hash = link(&self.account.hash, &entry.line());
        self.account.apply(&entry)?;
        self.entries.push(entry);
        Ok(())
    }
}

/// On one line, and without what separates.
fn plain(text: &str, separators: &str) -> String {
    text.chars().map(|c| if c.is_control() || separators.contains(c) { ' ' } else { c }).collect()
}

impl From<Broken> for Denied {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::TooMuch => Self::TooMuch,
            Broken::NoHold => Self::Unknown,
            Broken::Closed => Self::Merged,
            Broken::Seq | Broken::Time | Broken::Chain | Broken::Overdrawn | Broken::Delta => Self::Broken,
        }
    }
}
