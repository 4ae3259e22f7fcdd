//! Slowing down whoever tries keys. The key has 128 bits or more, so this is about noise and load, not about guessing.

use rapport_core::time::Timestamp;

use super::sql::{Read, int, text};
use super::transaction::Write;
use crate::problem::Fail;

/// Wrong keys that cost nothing: people paste the wrong line.
const FREE: u32 = 5;
const LONGEST_MS: i64 = 15 * 60 * 1_000;
/// Sources remembered; beyond it the oldest waits are forgotten.
const SOURCES: i64 = 1_000;

/// Seconds that `source` still has to wait.
pub fn wait(read: &Read<'_>, source: &str, now: Timestamp) -> Result<Option<u32>, Fail> {
    let until = read.number("SELECT until FROM throttle WHERE source = ?", vec![text(source)])?;
    let left = until - now.0;
    Ok((left > 0).then(|| u32::try_from(left / 1_000 + 1).unwrap_or(u32::MAX)))
}

/// What to say to whoever gave a key: nothing where it was right and its source does not have to wait.
pub fn refusal(write: &Write<'_>, right: bool, source: &str, now: Timestamp) -> Result<Option<Fail>, Fail> {
    if let Some(seconds) = wait(&write.read(), source, now)? {
        return Ok(Some(Fail::busy(seconds)));
    }
    if !right {
        wrong(write, source, now)?;
        return Ok(Some(Fail::signed_out()));
    }
    self::right(write, source)?;
    Ok(None)
}

/// Notes a wrong key.
pub fn wrong(write: &Write<'_>, source: &str, now: Timestamp) -> Result<(), Fail> {
    let before = write.read().number("SELECT wrong FROM throttle WHERE source = ?", vec![text(source)])?;
    let wrong = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
    write.run(
        "INSERT INTO throttle (source, wrong, until) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET wrong = excluded.wrong, until = excluded.until",
        vec![text(source), int(wrong), int(now.0 + delay(wrong))],
    )?;
    write.run(
        "DELETE FROM throttle WHERE source IN (SELECT source FROM throttle ORDER BY until DESC LIMIT -1 OFFSET ?)",
        vec![int(SOURCES)],
    )?;
    Ok(())
}

/// Forgets the wrong keys of a source that had the right one.
pub fn right(write: &Write<'_>, source: &str) -> Result<(), Fail> {
    write.run("DELETE FROM throttle WHERE source = ?", vec![text(source)])?;
    Ok(())
}

/// Milliseconds to wait after that many wrong keys in a row.
fn delay(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE) {
        None => 0,
        Some(beyond) => (1_000_i64 << beyond.min(20)).min(LONGEST_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_quarter_of_an_hour() {
        assert_eq!([4, 5, 6, 7, 30].map(delay), [0, 1_000, 2_000, 4_000, LONGEST_MS]);
    }
}
