//! Who is who. In the mode `daily` a visitor's id is an HMAC of address and agent under a salt that is drawn anew for
//! each day and deleted on the next, so that nobody, the owner included, can ever tell the address from the id, nor one
//! day's visitor from another's. In the mode `device` it is the browser's own random id.

use rapport_core::model::site::Privacy;
use rapport_core::reach::{self, Reach, SPAN};
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

/// Somebody who comes.
pub struct Visitor {
    /// Empty where there is nothing to tell them by.
    pub id: String,
    /// The id is made of the day's salt: nobody has had it on another.
    pub of_today: bool,
}

/// Who `who` is today.
pub fn identify(write: &Write<'_>, who: &Who, today: Day) -> Result<Visitor, Fail> {
    let id = if who.privacy == Privacy::Device && !who.device.is_empty() {
        return Ok(Visitor { id: who.device.clone(), of_today: false });
    } else if who.address.is_empty() {
        String::new()
    } else {
        keyed(&salt(write, today)?, &[&who.address, &who.agent])
    };
    Ok(Visitor { id, of_today: true })
}

/// What one day's visits from an address have in common; nobody can tell the address from it, nor one day's from another's.
pub fn address(write: &Write<'_>, address: &str, today: Day) -> Result<String, Fail> {
    Ok(if address.is_empty() { String::new() } else { keyed(&salt(write, today)?, &[address]) })
}

/// The same, where the day has a salt already.
pub fn known_address(read: &Read<'_>, address: &str, today: Day) -> Result<Option<String>, Fail> {
    let salt = drawn(read, today)?.filter(|_| !address.is_empty());
    Ok(salt.map(|salt| keyed(&salt, &[address])))
}

/// What is known of a visitor who comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// There have been suspiciously many responses today.
    pub burst: bool,
    /// The owner wants to hear nothing of them.
    pub blocked: bool,
}

/// Notes that `visitor` did something today, and tells what is known of them.
pub fn active(write: &Write<'_>, visitor: &Visitor, today: Day, responses: i64) -> Result<Standing, Fail> {
    let Visitor { id, of_today } = visitor;
    if id.is_empty() {
        return Ok(Standing::default());
    }
    let found = write.read().first(
        "SELECT (SELECT responses FROM active WHERE day = ?1 AND visitor = ?2), EXISTS (SELECT 1 FROM blocked WHERE visitor = ?2)",
        vec![int(today.0), text(id)],
        |row| Ok((row.maybe_int()?, row.int()? == 1)),
    )?;
    let (before, blocked) = found.unwrap_or_default();
    if before.is_none() || responses > 0 {
        if before.is_none() {
            came(write, if *of_today { None } else { Some(id) }, today)?;
        }
        put(write, id, today, before.unwrap_or(0).saturating_add(responses))?;
    }
    Ok(Standing { burst: before.unwrap_or(0) >= BURST, blocked })
}

/// The same for a day of another deployment, which may come again: there were at least so many responses.
pub fn at_least(write: &Write<'_>, visitor: &str, day: Day, responses: i64) -> Result<(), Fail> {
    let key = vec![int(day.0), text(visitor)];
    let before =
        write.read().first("SELECT responses FROM active WHERE day = ? AND visitor = ?", key, |row| row.int())?;
    if before.is_none_or(|before| before < responses) {
        if before.is_none() {
            came(write, Some(visitor), day)?;
        }
        put(write, visitor, day, responses)?;
    }
    Ok(())
}

/// Counts a visitor's new day for the audience of the periods that it lies in; of nobody in particular, one without other days.
fn came(write: &Write<'_>, visitor: Option<&str>, day: Day) -> Result<(), Fail> {
    // A visitor's own days are looked up one by one: an index by visitor would be a row more for each of them.
    let near = match visitor {
        None => None,
        Some(visitor) => write.read().first(
            "SELECT (WITH RECURSIVE near (day) AS (SELECT ?1 - 1 UNION ALL SELECT day - 1 FROM near WHERE day > ?3)
                SELECT near.day FROM near CROSS JOIN active ON active.day = near.day AND active.visitor = ?2 LIMIT 1),
             (WITH RECURSIVE near (day) AS (SELECT ?1 + 1 UNION ALL SELECT day + 1 FROM near WHERE day < ?4)
                SELECT near.day FROM near CROSS JOIN active ON active.day = near.day AND active.visitor = ?2 LIMIT 1)",
            vec![int(day.0), text(visitor), int(day.0.saturating_sub(SPAN - 1)), int(day.0.saturating_add(SPAN - 1))],
            |row| Ok((row.maybe_int()?, row.maybe_int()?)),
        )?,
    };
    let (before, after) = near.unwrap_or_default();
    let day_of = |day: i64| i32::try_from(day).ok().map(Day);
    let (before, after) = (before.and_then(day_of), after.and_then(day_of));
    for change in reach::change(day, before, after) {
        write.run(
            "INSERT INTO reach (day, gap, visitors) VALUES (?, ?, ?)
                 ON CONFLICT DO UPDATE SET visitors = visitors + excluded.visitors",
            vec![int(change.day.0), int(change.gap), int(change.visitors)],
        )?;
    }
    Ok(())
}

/// Keeps a visitor's day.
fn put(write: &Write<'_>, visitor: &str, day: Day, responses: i64) -> Result<(), Fail> {
    write.run(
        "INSERT INTO active (day, visitor, responses) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET responses = excluded.responses",
        vec![int(day.0), text(visitor), int(responses)],
    )?;
    Ok(())
}

/// Counts the audience of an index that is older than such counts.
pub fn prepare(write: &Write<'_>) -> worker::Result<()> {
    let old = "SELECT EXISTS (SELECT 1 FROM active) AND NOT EXISTS (SELECT 1 FROM reach)";
    if write.read().number(old, Vec::new())? == 1 {
        write.run(
            "INSERT INTO reach (day, gap, visitors)
             SELECT day, CASE WHEN gap < ?1 THEN gap ELSE 0 END, COUNT(*)
             FROM (SELECT day, day - LAG(day) OVER (PARTITION BY visitor ORDER BY day) AS gap FROM active) GROUP BY 1, 2",
            vec![int(SPAN)],
        )?;
    }
    Ok(())
}

/// Deletes the salts of days that are over, and activity too old to be asked for. Tells whether there was a salt.
pub fn forget(write: &Write<'_>, today: Day) -> Result<bool, Fail> {
    write.run("DELETE FROM active WHERE day < ?", vec![int(today.plus(-400).0)])?;
    write.run("DELETE FROM came WHERE day < ?", vec![int(today.0)])?;
    Ok(write.run("DELETE FROM salt WHERE day < ?", vec![int(today.0)])? > 0)
}

/// Whether a salt waits to be deleted.
pub fn any_salt(read: &Read<'_>) -> Result<bool, Fail> {
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM salt)", Vec::new())? == 1)
}

/// How many were active, from day to day.
pub fn activity(read: &Read<'_>, from: Day, to: Day) -> Result<Activity, Fail> {
    let first = from.min(to.plus(1 - SPAN));
    let rows = read.all(
        "SELECT day, gap, visitors FROM reach WHERE day BETWEEN ? AND ?",
        vec![int(first.0), int(to.0)],
        |row| Ok(Reach { day: Day(row.of()?), gap: row.of()?, visitors: row.int()? }),
    )?;
    let distinct = |days| reach::distinct(&rows, to, days);
    Ok(Activity { days: reach::days(&rows, from, to), day: distinct(1), week: distinct(7), month: distinct(SPAN) })
}

/// When the salt of the day of `now` has to go.
pub fn until(now: Timestamp) -> Timestamp {
    now.day().plus(1).start()
}

fn drawn(read: &Read<'_>, today: Day) -> Result<Option<Vec<u8>>, Fail> {
    Ok(read.first("SELECT value FROM salt WHERE day = ?", vec![int(today.0)], |row| row.bytes())?)
}

fn salt(write: &Write<'_>, today: Day) -> Result<Vec<u8>, Fail> {
    if let Some(salt) = drawn(&write.read(), today)? {
        return Ok(salt);
    }
    let salt = random::<32>()?.to_vec();
    write.run("INSERT INTO salt (day, value) VALUES (?, ?)", vec![int(today.0), Value::Blob(salt.clone())])?;
    Ok(salt)
}
