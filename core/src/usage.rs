//! What the deployment uses of what Cloudflare's free plan allows in a day (UTC), and what that leads to.

use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meter {
    Requests,
    Objects,
    RowsWritten,
    RowsRead,
    KvWrites,
    KvReads,
    KvDeletes,
    KvLists,
}

/// Counts of a day, or of a while.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub requests: u64,
    pub objects: u64,
    pub rows_written: u64,
    pub rows_read: u64,
    pub kv_writes: u64,
    pub kv_reads: u64,
    pub kv_deletes: u64,
    pub kv_lists: u64,
}

/// How one meter stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    pub meter: Meter,
    pub today: u64,
    /// What today will come to, by the days before.
    pub by_midnight: u64,
    /// A day in a month, if it goes on as in the last two weeks.
    pub in_a_month: u64,
    pub level: Level,
}

/// How near to the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Calm,
    /// Four fifths of it are used, or will be today or in a month.
    Near,
    /// It is used up.
    Spent,
}

impl Meter {
    /// All of them, those that are used up first on most sites before the others.
    pub const ALL: [Self; 8] = [
        Self::KvWrites,
        Self::Requests,
        Self::Objects,
        Self::RowsWritten,
        Self::RowsRead,
        Self::KvReads,
        Self::KvDeletes,
        Self::KvLists,
    ];

    /// What is free in a day.
    pub const fn quota(self) -> u64 {
        match self {
            Self::Requests | Self::Objects | Self::RowsWritten | Self::KvReads => 100_000,
            Self::RowsRead => 5_000_000,
            Self::KvWrites | Self::KvDeletes | Self::KvLists => 1_000,
        }
    }
}

impl Counts {
    /// One of them.
    pub const fn of(&self, meter: Meter) -> u64 {
        match meter {
            Meter::Requests => self.requests,
            Meter::Objects => self.objects,
            Meter::RowsWritten => self.rows_written,
            Meter::RowsRead => self.rows_read,
            Meter::KvWrites => self.kv_writes,
            Meter::KvReads => self.kv_reads,
            Meter::KvDeletes => self.kv_deletes,
            Meter::KvLists => self.kv_lists,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            requests: self.requests.saturating_add(other.requests),
            objects: self.objects.saturating_add(other.objects),
            rows_written: self.rows_written.saturating_add(other.rows_written),
            rows_read: self.rows_read.saturating_add(other.rows_read),
            kv_writes: self.kv_writes.saturating_add(other.kv_writes),
            kv_reads: self.kv_reads.saturating_add(other.kv_reads),
            kv_deletes: self.kv_deletes.saturating_add(other.kv_deletes),
            kv_lists: self.kv_lists.saturating_add(other.kv_lists),
        }
    }
}

/// How `meter` stands. `days` are the days so far, oldest first, today last; `elapsed` is the part of today that is over,
/// from 0 to 1.
pub fn outlook(meter: Meter, days: &[Counts], elapsed: f64) -> Outlook {
    let counts: Vec<f64> = days.iter().map(|day| day.of(meter) as f64).collect();
    let (today, past) = counts.split_last().map_or((0.0, &[][..]), |(today, past)| (*today, past));
    let week = past.get(past.len().saturating_sub(7)..).unwrap_or_default();
    let before = past.get(past.len().saturating_sub(14)..past.len().saturating_sub(7)).unwrap_or_default();
    let rest = 1.0 - elapsed.clamp(0.0, 1.0);
    // Without a past, today itself is all there is to go by, once enough of it is over.
    let usual = mean(week).unwrap_or(if elapsed > 0.1 { today / elapsed } else { today });
    let by_midnight = today + usual * rest;
    let pace = mean(week).unwrap_or(by_midnight);
    let growth = mean(before).map_or(0.0, |earlier| pace - earlier);
    let in_a_month = (pace + growth * 30.0 / 7.0).max(0.0);
    let quota = meter.quota() as f64;
    let level = match today.max(by_midnight).max(in_a_month) {
        _ if today >= quota => Level::Spent,
        most if most >= 0.8 * quota => Level::Near,
        _ => Level::Calm,
    };
    let whole = |number: f64| number.round() as u64;
    Outlook { meter, today: whole(today), by_midnight: whole(by_midnight), in_a_month: whole(in_a_month), level }
}

fn mean(days: &[f64]) -> Option<f64> {
    (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(writes: &[u64]) -> Vec<Counts> {
        writes.iter().map(|writes| Counts { kv_writes: *writes, ..Counts::default() }).collect()
    }

    fn look(writes: &[u64], elapsed: f64) -> (u64, u64, u64, Level) {
        let outlook = outlook(Meter::KvWrites, &days(writes), elapsed);
        (outlook.today, outlook.by_midnight, outlook.in_a_month, outlook.level)
    }

    #[test]
    fn forecasts() {
        assert_eq!(look(&[], 0.5), (0, 0, 0, Level::Calm));
        // The first day: half of it over, so as much again is to come.
        assert_eq!(look(&[100], 0.5), (100, 200, 200, Level::Calm));
        // Too early to say more than what is there.
        assert_eq!(look(&[100], 0.01).0, 100);
        assert_eq!(look(&[100, 100, 100, 100, 100, 100, 100, 50], 0.5), (50, 100, 100, Level::Calm));
        // Seven more a day than in the week before become 30 more in a month.
        let rising: Vec<u64> = [[100; 7], [107; 7]].concat().into_iter().chain([0]).collect();
        assert_eq!(look(&rising, 0.0), (0, 107, 137, Level::Calm));
        assert_eq!(look(&[750, 750, 400], 0.5).3, Level::Calm);
        assert_eq!(look(&[850, 850, 400], 0.5).3, Level::Near);
        assert_eq!(look(&[10, 1_000], 0.5).3, Level::Spent);
    }

    proptest! {
        #[test]
        fn a_forecast_is_never_below_what_is_there(writes in prop::collection::vec(0u64..10_000, 0..40), elapsed in 0.0f64..=1.0) {
            let (today, by_midnight, _, level) = look(&writes, elapsed);
            prop_assert!(by_midnight >= today);
            prop_assert_eq!(level == Level::Spent, today >= 1_000);
        }
    }
}
