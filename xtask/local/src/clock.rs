//! The time that a stand-in tells: the real one, or one that starts elsewhere and runs faster, so that a day of quotas, holds and
//! alarms fits into seconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock, as a line through one pair of moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Real milliseconds since 1970 at which it tells `told`.
    pub real: i64,
    /// What it tells then.
    pub told: i64,
    /// How many milliseconds it tells for each real one.
    pub rate: u32,
}

impl Default for Clock {
    fn default() -> Self {
        Self { real: 0, told: 0, rate: 1 }
    }
}

impl Clock {
    /// From now on it tells `told` and `rate` times the real time after it.
    pub fn starting(told: i64, rate: u32) -> Self {
        Self { real: unix_ms(), told, rate }
    }

    /// Milliseconds since 1970 as it tells them.
    pub fn now(&self) -> i64 {
        self.told.saturating_add(unix_ms().saturating_sub(self.real).saturating_mul(i64::from(self.rate)))
    }

    /// How long so much of its time really is.
    pub fn real(&self, told: Duration) -> Duration {
        told / self.rate.max(1)
    }
}

fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
