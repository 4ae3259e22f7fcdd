//! What happens to an answer between the visitor's click and the receipt: when to send, when to send again, when to stop.
//! Storage, network and clock belong to the caller.

use crate::id;
use crate::limits::OLDEST_MS;
use crate::scan::{cut, digits, take, whole};
use crate::time::Timestamp;

/// An answer that has not been acknowledged. [`Entry::to_text`] and [`Entry::parse`] carry it through storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The response's id.
    pub id: String,
    /// Which of its revisions the body is.
    pub revision: u32,
    /// How often it was sent in vain.
    pub attempts: u32,
    /// Not to be sent before this moment.
    pub due: Timestamp,
    /// Whether it was given a new id because of the device's clock.
    pub restamped: bool,
    /// The request body.
    pub body: String,
}

/// What the answer to a request means for its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Durable at the other end; forget the entry.
    Delivered,
    /// Will never be taken; tell the visitor why and give the words back.
    Refused,
    /// The device's clock is off: a new id by the Worker's clock, then again. Once.
    Restamp,
    /// Keep it and send it again.
    Retry,
}

/// Pauses double from two seconds …
const FIRST_MS: u32 = 2_000;
/// … to ten minutes.
const LONGEST_MS: u32 = 600_000;
/// How long one tab may hold the outbox before another takes over, in milliseconds.
pub const LEASE_MS: i64 = 15_000;

/// What a status means. `status` 0 stands for no answer at all, `code` is that of the problem document, and `receipt`
/// says whether the body was a receipt for this very id: a hotel's sign-in page answers 200 to anything.
pub fn verdict(status: u16, code: &str, receipt: bool, entry: &Entry) -> Verdict {
    match status {
        200 if receipt => Verdict::Delivered,
        400..=499 if matches!(code, "too_old" | "too_new") => {
            if entry.restamped {
                Verdict::Refused
            } else {
                Verdict::Restamp
            }
        }
        408 | 425 | 429 => Verdict::Retry,
        // Somebody between here and the Worker answers without a code of ours: that is no verdict on the answer.
        400..=499 if code.is_empty() => Verdict::Retry,
        400..=499 => Verdict::Refused,
        _ => Verdict::Retry,
    }
}

/// The pause after the `attempts`th failure, in milliseconds: doubling, of which a random half is taken (`random` may be any
/// number), so that the devices of a whole lecture hall do not come back at once. `retry_after` is the Worker's own
/// wish in seconds, 0 for none.
pub fn pause_ms(attempts: u32, random: u32, retry_after: u32) -> u32 {
    let full = FIRST_MS.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(LONGEST_MS);
    let jittered = full / 2 + ((u64::from(random) * u64::from(full / 2 + 1)) >> 32) as u32;
    jittered.max(retry_after.saturating_mul(1_000).min(LONGEST_MS))
}

/// The entry to send now: the longest due of those that are. Of several revisions of one response only the highest is
/// ever sent.
pub fn next(entries: &[Entry], now: Timestamp) -> Option<&Entry> {
    let sendable =
        entries.iter().filter(|entry| entry.due <= now && !expired(entry, now) && !superseded(entry, entries));
    sendable.min_by_key(|entry| entry.due)
}

/// When to look again: the next moment at which an entry becomes due.
pub fn wake(entries: &[Entry], now: Timestamp) -> Option<Timestamp> {
    let waiting = entries.iter().filter(|entry| !expired(entry, now) && !superseded(entry, entries));
    waiting.map(|entry| entry.due).min()
}

/// Whether the entry is too old to be taken by anybody.
pub fn expired(entry: &Entry, now: Timestamp) -> bool {
    id::moment(&entry.id).is_none_or(|made| now.0.saturating_sub(made.0) > OLDEST_MS)
}

/// Whether a higher revision of the same response is waiting too.
pub fn superseded(entry: &Entry, entries: &[Entry]) -> bool {
    entries.iter().any(|other| other.id == entry.id && other.revision > entry.revision)
}

/// Which tab sends. Given what storage holds (`tab until`), either the text to store, with which `tab` holds the
/// outbox, or nothing while another tab does. Store it, read it back, and send only if it is still there.
pub fn lease(held: &str, tab: &str, now: Timestamp) -> Option<String> {
    let other = held.split_once(' ').filter(|(holder, _)| *holder != tab);
    let until = other.and_then(|(_, until)| until.parse::<i64>().ok()).unwrap_or(0);
    // A lease from a clock that has since been set back must not last.
    if until > now.0 && until - now.0 <= LEASE_MS {
        return None;
    }
    let mut text = String::from(tab);
    text.push(' ');
    text.push_str(&digits(now.plus_ms(LEASE_MS).0));
    Some(text)
}

impl Entry {
    /// A new entry, due at once.
    pub fn new(id: String, revision: u32, body: String, now: Timestamp) -> Self {
        Self { id, revision, attempts: 0, due: now, restamped: false, body }
    }

    /// Puts it off after a failure at `now`.
    pub fn failed(&mut self, now: Timestamp, random: u32, retry_after: u32) {
        self.attempts = self.attempts.saturating_add(1);
        self.due = now.plus_ms(i64::from(pause_ms(self.attempts, random, retry_after)));
    }

    /// The entry as storage keeps it.
    pub fn to_text(&self) -> String {
        let numbers = [i64::from(self.revision), i64::from(self.attempts), self.due.0].map(digits);
        let [revision, attempts, due] = &numbers;
        let restamped = if self.restamped { " 1\n" } else { " 0\n" };
        [&self.id, " ", revision, " ", attempts, " ", due, restamped, &self.body].concat()
    }

    /// Reads what [`Entry::to_text`] wrote; anything else is no entry.
    pub fn parse(text: &str) -> Option<Self> {
        let (head, body) = cut(text, b'\n');
        let body = body?;
        let mut rest = Some(head);
        let mut word = || take(&mut rest, b' ');
        let entry = Self {
            id: word().filter(|id| id::moment(id).is_some())?.to_owned(),
            revision: whole(word()?)?,
            attempts: whole(word()?)?,
            due: Timestamp(whole(word()?)?),
            restamped: word()? == "1",
            body: body.to_owned(),
        };
        word().is_none().then_some(entry)
    }
}

#[cfg(test)]
mod tests;
