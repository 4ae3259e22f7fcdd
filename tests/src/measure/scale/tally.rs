//! What is counted, and for what.

use super::day::Event;
use std::collections::BTreeMap;
use std::ops::{Add, AddAssign, Mul, Sub};

/// What Cloudflare counts, and prices, of the Worker and its objects.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Of the Worker.
    pub requests: f64,
    /// Of objects.
    pub calls: f64,
    /// Alarms, each of which is billed as a request.
    pub rings: f64,
    /// Objects made anew; costs nothing by itself.
    pub woken: f64,
    /// Rows written, an alarm that is set included.
    pub written: f64,
    pub read: f64,
    pub kv_writes: f64,
    pub kv_reads: f64,
    pub kv_lists: f64,
}

/// In the order of [`Counts::all`].
pub const NAMES: [&str; 9] = [
    "requests",
    "calls of objects",
    "alarms",
    "objects woken",
    "rows written",
    "rows read",
    "KV writes",
    "KV reads",
    "KV lists",
];

/// What something was counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Event(Event),
    /// One that rang in between.
    Alarm,
    /// One that rang because the day was over.
    Midnight,
}

/// What was taken: of each kind how many and all together, and step by step.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub kinds: BTreeMap<Kind, (u64, Counts)>,
    pub steps: Vec<(Kind, Counts)>,
}

impl Taken {
    /// Adds one.
    pub fn add(&mut self, kind: Kind, counts: Counts) {
        let (n, sum) = self.kinds.entry(kind).or_default();
        *n += 1;
        *sum += counts;
        self.steps.push((kind, counts));
    }

    /// Adds another day.
    pub fn merge(&mut self, other: &Self) {
        for (kind, counts) in &other.steps {
            self.add(*kind, *counts);
        }
    }

    /// Everything together.
    pub fn sum(&self) -> Counts {
        self.kinds.values().fold(Counts::default(), |sum, (_, counts)| sum + *counts)
    }
}

impl Kind {
    /// As the tables call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Event(event) => event.words(),
            Self::Alarm => "an alarm",
            Self::Midnight => "the alarm at midnight",
        }
    }
}

impl Counts {
    /// All of them, in the order of [`NAMES`].
    pub const fn all(&self) -> [f64; 9] {
        let Self { requests, calls, rings, woken, written, read, kv_writes, kv_reads, kv_lists } = *self;
        [requests, calls, rings, woken, written, read, kv_writes, kv_reads, kv_lists]
    }

    /// What is the same in each run. How many rows a statement looks at is for SQLite to say.
    pub fn exact(self) -> Self {
        Self { read: 0.0, ..self }
    }

    const fn of(all: [f64; 9]) -> Self {
        let [requests, calls, rings, woken, written, read, kv_writes, kv_reads, kv_lists] = all;
        Self { requests, calls, rings, woken, written, read, kv_writes, kv_reads, kv_lists }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (a, b) = (self.all(), other.all());
        Self::of(std::array::from_fn(|at| a[at] + b[at]))
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Counts {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f64> for Counts {
    type Output = Self;

    fn mul(self, times: f64) -> Self {
        Self::of(self.all().map(|count| count * times))
    }
}
