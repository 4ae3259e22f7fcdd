//! When a delivery that failed is tried again.

use crate::time::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// Waits after each attempt: the schedule that Standard Webhooks recommends, three days in all.
const WAITS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// A hook that has failed for this long is stopped.
pub const PATIENCE_MS: i64 = 5 * 24 * HOUR;
/// The longest that a receiver may ask to be left alone.
const LONGEST_ASKED: i64 = 24 * HOUR;

/// When to try again after `attempts` failures, or never. `dice` is any random number: it moves the moment by up to a tenth,
/// so that what failed together does not come back together. A receiver may ask for a longer wait, in seconds.
pub fn next(attempts: u32, now: Timestamp, dice: u32, asked: Option<i64>) -> Option<Timestamp> {
    let index = usize::try_from(attempts).unwrap_or(usize::MAX).checked_sub(1)?;
    let wait = *WAITS.get(index)?;
    let jitter = wait / 10 * i64::from(dice % 1_000) / 1_000;
    let asked = asked.map_or(0, |seconds| seconds.saturating_mul(SECOND).clamp(0, LONGEST_ASKED));
    Some(now.plus_ms((wait + jitter).max(asked)))
}
