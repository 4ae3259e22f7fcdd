//! The line the owner sees: received = accepted + duplicate + refused, by reason.

use rapport_core::time::{Day, Timestamp};

use super::Object;
use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use crate::command::Tally;
use crate::problem::Fail;

/// Counts one response with this outcome: `accepted`, `duplicate` or `refused/{reason}`.
pub fn add(write: &Write<'_>, today: Day, outcome: &str) -> Result<(), Fail> {
    write.run(
        "INSERT INTO tally (day, outcome, n) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        vec![int(today.0), text(outcome)],
    )?;
    Ok(())
}

/// Counts a refusal that the Worker reports.
pub fn refused(object: &Object, reason: &str, now: Timestamp) -> Result<(), Fail> {
    // Reasons are words of the program; anything else would let a caller make rows at will.
    let known = reason.len() <= 32 && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let outcome = format!("refused/{}", if known { reason } else { "other" });
    transaction(&object.storage, |write| add(write, now.day(), &outcome))
}

/// The tally from day to day, both included.
pub fn between(read: &Read<'_>, from: Day, to: Day) -> Result<Tally, Fail> {
    let rows = read.all(
        "SELECT outcome, SUM(n) FROM tally WHERE day BETWEEN ? AND ? GROUP BY outcome",
        vec![int(from.0), int(to.0)],
        |row| Ok((row.text()?, row.of::<u64>()?)),
    )?;
    let mut tally = Tally::default();
    for (outcome, n) in rows {
        tally.received += n;
        match outcome.strip_prefix("refused/") {
            Some(reason) => *tally.refused.entry(reason.to_owned()).or_default() += n,
            None if outcome == "accepted" => tally.accepted += n,
            None => tally.duplicate += n,
        }
    }
    Ok(tally)
}
