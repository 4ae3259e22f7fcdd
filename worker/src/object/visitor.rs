//! Who is who. In the mode `daily` a visitor's id is an HMAC of address and agent under a salt that is drawn anew for
//! each day and deleted on the next, so that nobody, the owner included, can ever tell the address from the id, nor one
//! day's visitor from another's. In the mode `device` it is the browser's own random id.

use rapport_core::model::site::Privacy;
use rapport_core::time::{Day, Timestamp};
use worker::SqlStorageValue as Value;

use super::sql::{Read, int, text};
use super::transaction::Write;
use crate::clock::random;
use crate::command::{Activity, Who};
use crate::digest::keyed;
use crate::problem::Fail;

/// Responses of one visitor in one day from which on they count as a burst. An office behind one address with the same
/// browser on every desk stays below it in most hours.
const BURST: i64 = 20;

/// The id of whoever `who` is today; empty where there is nothing to tell them by.
pub fn identify(write: &Write<'_>, who: &Who, today: Day) -> Result<String, Fail> {
    if who.privacy == Privacy::Device && !who.device.is_empty() {
        return Ok(who.device.clone());
    }
    if who.address.is_empty() {
        return Ok(String::new());
    }
    Ok(keyed(&salt(write, today)?, &[&who.address, &who.agent]))
}

/// Notes that `visitor` did something today, and tells whether there have been suspiciously many responses.
pub fn active(write: &Write<'_>, visitor: &str, today: Day, responses: i64) -> Result<bool, Fail> {
    if visitor.is_empty() {
        return Ok(false);
    }
    let key = vec![int(today.0), text(visitor)];
    let before =
        write.read().first("SELECT responses FROM active WHERE day = ? AND visitor = ?", key, |row| row.int())?;
    if before.is_none() || responses > 0 {
        let total = before.unwrap_or(0).saturating_add(responses);
        write.run(
            "INSERT INTO active (day, visitor, responses) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET responses = excluded.responses",
            vec![int(today.0), text(visitor), int(total)],
        )?;
    }
    Ok(before.unwrap_or(0) >= BURST)
}

/// Deletes the salts of days that are over, and activity too old to be asked for. Tells whether there was a salt.
pub fn forget(write: &Write<'_>, today: Day) -> Result<bool, Fail> {
    write.run("DELETE FROM active WHERE day < ?", vec![int(today.plus(-400).0)])?;
    Ok(write.run("DELETE FROM salt WHERE day < ?", vec![int(today.0)])? > 0)
}

/// Whether a salt waits to be deleted.
pub fn any_salt(read: &Read<'_>) -> Result<bool, Fail> {
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM salt)", Vec::new())? == 1)
}

/// How many were active, from day to day.
pub fn activity(read: &Read<'_>, from: Day, to: Day) -> Result<Activity, Fail> {
    let days = read.all(
        "SELECT day, COUNT(*) FROM active WHERE day BETWEEN ? AND ? GROUP BY day",
        vec![int(from.0), int(to.0)],
        |row| Ok((Day(row.of()?), row.of()?)),
    )?;
    let distinct = |days: i32| -> Result<u64, Fail> {
        let values: Vec<Value> = vec![int(to.plus(1 - days).0), int(to.0)];
        let n = read.number("SELECT COUNT(DISTINCT visitor) FROM active WHERE day BETWEEN ? AND ?", values)?;
        Ok(u64::try_from(n).unwrap_or(0))
    };
    Ok(Activity { days, day: distinct(1)?, week: distinct(7)?, month: distinct(28)? })
}

/// When the salt of the day of `now` has to go.
pub fn until(now: Timestamp) -> Timestamp {
    now.day().plus(1).start()
}

fn salt(write: &Write<'_>, today: Day) -> Result<Vec<u8>, Fail> {
    let key = vec![int(today.0)];
    if let Some(salt) = write.read().first("SELECT value FROM salt WHERE day = ?", key, |row| row.bytes())? {
        return Ok(salt);
    }
    let salt = random::<32>()?.to_vec();
    write.run("INSERT INTO salt (day, value) VALUES (?, ?)", vec![int(today.0), Value::Blob(salt.clone())])?;
    Ok(salt)
}
