//! The ways in which KV can be made to fail.

use crate::Clock;
use std::time::{Duration, Instant};

/// What a request asks of KV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// One value, or up to a hundred in one request.
    Read,
    /// One value with its metadata.
    Write,
    /// One key.
    Delete,
    /// A page of names.
    List,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is done and this HTTP status is the answer.
    Status(u16),
    /// It is done, and yet this HTTP status is the answer: the reply that got lost.
    ApplyThenStatus(u16),
    /// It is done after this time.
    Delay(Duration),
    /// Nothing is done and nothing is answered, until faults are healed: then 503.
    Stall,
    /// It is done, and nothing is answered until then: whoever asked may be killed at this very moment.
    ApplyThenStall,
}

/// A rule for requests.
#[derive(Clone, Debug)]
pub struct Fault {
    operation: Option<Operation>,
    prefix: String,
    skip: u32,
    times: Option<u32>,
    until: Option<Instant>,
    effect: Effect,
}

impl Fault {
    /// All operations on all keys, until healed.
    pub fn new(effect: Effect) -> Self {
        Self { operation: None, prefix: String::new(), skip: 0, times: None, until: None, effect }
    }

    /// Only this operation.
    #[must_use]
    pub fn on(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Only keys (or listed prefixes) that start with this.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// Only after this many matching operations went well: a quota.
    #[must_use]
    pub fn after(mut self, operations: u32) -> Self {
        self.skip = operations;
        self
    }

    /// Only this many times.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Only for so long from now.
    #[must_use]
    pub fn lasting(mut self, time: Duration) -> Self {
        self.until = Some(Instant::now() + time);
        self
    }

    /// The effect on this operation, if the rule is about it; counts it. `None` is a request that is no
    /// operation of KV.
    pub(crate) fn meet(&mut self, operation: Option<Operation>, key: &str) -> Option<Effect> {
        if (self.operation.is_some() && self.operation != operation) || !key.starts_with(&self.prefix) {
            return None;
        }
        if self.until.is_some_and(|until| until <= Instant::now()) {
            return None;
        }
        if let Some(left) = self.skip.checked_sub(1) {
            self.skip = left;
            return None;
        }
        match &mut self.times {
            None => Some(self.effect),
            Some(left) => {
                *left = left.checked_sub(1)?;
                Some(self.effect)
            }
        }
    }
}

/// How KV keeps up. The default is a namespace that is instantly consistent and never busy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// A second write to one key within this time is answered with 429. Cloudflare's is 1 s.
    pub write_interval: Option<Duration>,
    /// A key shows up in lists, or goes from them, only after this time. Cloudflare says "60 s or more".
    pub list_lag: Option<Duration>,
    /// What was read is read again for this long at the same place, and absence too.
    pub read_lag: Option<Duration>,
    /// Each page of so many is empty, and yet not the last.
    pub empty_pages: Option<u64>,
    /// What may be done on one day of the clock.
    pub quota: Option<Quota>,
    /// What day it is, and when entries expire.
    pub clock: Clock,
}

/// Operations of one UTC day.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Quota {
    pub writes: u64,
    pub deletes: u64,
}
