//! The entries and their bookkeeping.

use super::fault::{Effect, Fault, Operation, Pace};
use super::log::{Log, Place};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::time::{Duration, Instant};

/// One stored value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The text of the value; Rapport stores nothing else.
    pub value: String,
    /// Shown in lists, at most 1,024 bytes of JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<serde_json::Value>,
    /// When it vanishes, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<u64>,
}

impl Entry {
    /// A value without metadata.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), metadata: None, expiration: None }
    }

    fn expired(&self, now: u64) -> bool {
        self.expiration.is_some_and(|at| at <= now)
    }
}

/// How often each operation was asked for. A bulk read counts once and adds its keys to `keys_read`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Counts {
    pub reads: u64,
    pub keys_read: u64,
    pub writes: u64,
    pub deletes: u64,
    pub lists: u64,
}

const DAY_MS: i64 = 86_400_000;

pub(super) struct Store {
    entries: BTreeMap<String, Entry>,
    log: Log,
    pace: Pace,
    written: HashMap<String, Instant>,
    /// Lists do not show these changes yet: the entry as it was, and since when it is not.
    hidden: HashMap<String, (Instant, Option<Entry>)>,
    /// What reads of each place saw, and when.
    seen: HashMap<(usize, String), (Instant, Option<Entry>)>,
    /// The day of the clock, and what was done on it.
    spent: (i64, Counts),
    pub(super) faults: Vec<Fault>,
    pub(super) counts: Counts,
}

impl Store {
    pub(super) fn open(place: Place) -> Result<Self> {
        let (log, entries) = Log::open(place)?;
        Ok(Self {
            entries,
            log,
            pace: Pace::default(),
            written: HashMap::new(),
            hidden: HashMap::new(),
            seen: HashMap::new(),
            spent: (0, Counts::default()),
            faults: Vec::new(),
            counts: Counts::default(),
        })
    }

    /// Counts the operation and tells what shall happen to it.
    pub(super) fn meet(&mut self, operation: Operation, key: &str) -> Option<Effect> {
        let count = match operation {
            Operation::Read => &mut self.counts.reads,
            Operation::Write => &mut self.counts.writes,
            Operation::Delete => &mut self.counts.deletes,
            Operation::List => &mut self.counts.lists,
        };
        *count += 1;
        self.faults.iter_mut().find_map(|fault| fault.meet(Some(operation), key))
    }

    /// Whether the day's quota of this operation is used up; notes the operation otherwise.
    pub(super) fn overspent(&mut self, operation: Operation) -> bool {
        let Some(quota) = self.pace.quota else { return false };
        let today = self.pace.clock.now().div_euclid(DAY_MS);
        if self.spent.0 != today {
            self.spent = (today, Counts::default());
        }
        let (spent, most) = match operation {
            Operation::Write => (&mut self.spent.1.writes, quota.writes),
            Operation::Delete => (&mut self.spent.1.deletes, quota.deletes),
            Operation::Read | Operation::List => return false,
        };
        if *spent >= most {
            return true;
        }
        *spent += 1;
        false
    }

    /// What time it is, in seconds since 1970.
    pub(super) fn seconds(&self) -> u64 {
        u64::try_from(self.pace.clock.now().div_euclid(1_000)).unwrap_or(0)
    }

    pub(super) fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
        self.hidden.clear();
        self.seen.clear();
    }

    /// Whether the key was written too recently to be written again; notes the attempt otherwise.
    pub(super) fn busy(&mut self, key: &str) -> bool {
        let Some(interval) = self.pace.write_interval else {
            return false;
        };
        let busy = within(self.written.get(key).copied(), Some(interval));
        if !busy {
            self.written.insert(key.to_owned(), Instant::now());
        }
        busy
    }

    /// `place` is who writes, and sees it at once; nobody is somebody who changes all that was seen.
    pub(super) fn insert(&mut self, place: Option<usize>, key: &str, entry: Entry) -> Result<()> {
        self.log.append(key, Some(&entry))?;
        let old = self.entries.insert(key.to_owned(), entry);
        self.hide(place, key, old);
        Ok(())
    }

    pub(super) fn remove(&mut self, place: Option<usize>, key: &str) -> Result<()> {
        self.log.append(key, None)?;
        let old = self.entries.remove(key);
        self.hide(place, key, old);
        Ok(())
    }

    /// The entry as it is.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        let now = self.seconds();
        self.entries.get(key).filter(|entry| !entry.expired(now))
    }

    /// The entries as they are.
    pub(super) fn entries<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a String, &'a Entry)> {
        let now = self.seconds();
        self.entries
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(key, _)| key.starts_with(prefix))
            .filter(move |(_, entry)| !entry.expired(now))
    }

    /// The entry as a reader at `place` sees it.
    pub(super) fn read(&mut self, place: usize, key: &str) -> Option<Entry> {
        let now = self.entry(key).cloned();
        if self.pace.read_lag.is_none() {
            return now;
        }
        match self.seen.get(&(place, key.to_owned())) {
            Some((since, old)) if within(Some(*since), self.pace.read_lag) => old.clone(),
            _ => {
                self.seen.insert((place, key.to_owned()), (Instant::now(), now.clone()));
                now
            }
        }
    }

    /// A page of names after `cursor`, and the cursor of the next page if there is one.
    pub(super) fn page(&self, prefix: &str, cursor: &str, limit: usize) -> (Vec<(String, Entry)>, Option<String>) {
        if self.pace.empty_pages.is_some_and(|each| each > 1 && self.counts.lists.is_multiple_of(each)) {
            // No key comes before it, and it is a cursor all the same.
            return (Vec::new(), Some(if cursor.is_empty() { " ".to_owned() } else { cursor.to_owned() }));
        }
        let mut listed: BTreeMap<&String, &Entry> = self.entries(prefix).collect();
        for (key, (since, old)) in &self.hidden {
            if key.starts_with(prefix) && within(Some(*since), self.pace.list_lag) {
                match old {
                    Some(old) => listed.insert(key, old),
                    None => listed.remove(key),
                };
            }
        }
        let mut rest = listed.into_iter().filter(|(key, _)| key.as_str() > cursor);
        let page: Vec<_> = rest.by_ref().take(limit).map(|(key, entry)| (key.clone(), entry.clone())).collect();
        let next = rest.next().and(page.last()).map(|(key, _)| key.clone());
        (page, next)
    }

    fn hide(&mut self, place: Option<usize>, key: &str, old: Option<Entry>) {
        if self.pace.list_lag.is_some() {
            // A key that changes again while hidden stays hidden as it first was.
            self.hidden.entry(key.to_owned()).or_insert((Instant::now(), old));
        }
        if self.pace.read_lag.is_some() {
            // The writer's own place sees its write.
            self.seen.retain(|(at, seen), _| seen != key || place.is_some_and(|place| *at != place));
        }
    }
}

fn within(since: Option<Instant>, span: Option<Duration>) -> bool {
    matches!((since, span), (Some(since), Some(span)) if since.elapsed() < span)
}
