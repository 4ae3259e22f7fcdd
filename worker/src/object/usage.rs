//! Writing down what was counted: a row for each day, a minute or fifty calls apart. Whichever object comes first writes what its
//! isolate counted, whosever it is; the deployment's figures are the sum over all objects.

use rapport_core::time::{Day, Timestamp};
use rapport_core::usage::Counts;

use super::Object;
use super::sql::{Read, int, text};
use super::transaction::transaction;
use crate::command::usage::DayUse;
use crate::json;
use crate::problem::Fail;
use crate::usage;

const EVERY_MS: i64 = 60_000;
/// … or once so many calls wait to be written down, so that little is lost with a busy isolate.
const CALLS: u64 = 50;
/// Days kept.
const DAYS: i32 = 62;

/// Writes down what is pending, if it is time.
pub fn settle(object: &Object, now: Timestamp) -> Result<(), Fail> {
    let last = match object.settled.get() {
        Some(at) => at,
        None => Timestamp(object.read().number("SELECT MAX(at) FROM usage", Vec::new())?),
    };
    object.settled.set(Some(last));
    if now.0 < last.0 + EVERY_MS && usage::pending().objects < CALLS {
        return Ok(());
    }
    let pending = usage::take();
    let outcome = transaction(&object.storage, |write| {
        let today = now.day();
        let known = of(&write.read(), today)?;
        if known.is_none() {
            write.run("DELETE FROM usage WHERE day < ?", vec![int(today.plus(-DAYS).0)])?;
        }
        let sum = known.unwrap_or_default().plus(pending);
        write.run(
            "INSERT INTO usage (day, at, body) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body",
            vec![int(today.0), int(now.0), text(serde_json::to_string(&sum)?)],
        )?;
        Ok::<_, Fail>(())
    });
    match &outcome {
        Ok(()) => object.settled.set(Some(now)),
        Err(_) => usage::add(pending),
    }
    outcome
}

/// The days from `from` on.
pub fn since(read: &Read<'_>, from: Day) -> Result<Vec<DayUse>, Fail> {
    let rows = read.all("SELECT day, body FROM usage WHERE day >= ?", vec![int(from.0)], |row| {
        Ok((row.of::<i32>()?, row.text()?))
    })?;
    rows.into_iter().map(|(day, body)| Ok(DayUse { day: Day(day), counts: json::read(&body)? })).collect()
}

fn of(read: &Read<'_>, day: Day) -> Result<Option<Counts>, Fail> {
    let body = read.first("SELECT body FROM usage WHERE day = ?", vec![int(day.0)], |row| row.text())?;
    body.as_deref().map(json::read).transpose()
}
