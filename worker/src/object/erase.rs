//! Erasing responses. What is erased leaves index and counts at once; the value in KV follows when the erasure can no longer
//! be taken back. A tombstone stays behind for longer than a device, a list of KV's or the lane could bring the response back.

use std::rc::Rc;

use futures_util::future::join_all;
use rapport_core::id;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::summary::Summary;
use rapport_core::time::{Day, Timestamp};

use super::apply::{apply, remove};
use super::outbox::{self, Kind};
use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, count, inbox};
use crate::clock::now;
use crate::command::data::{Erased, MOST, Restored};
use crate::json;
use crate::problem::Fail;
use crate::store::{self, Setback};

/// How long an erasure can be taken back.
pub const UNDO_MS: i64 = 10 * 60 * 1_000;
/// How long a tombstone stays after KV has forgotten: ids live for 7 days, and KV's lists lag behind by minutes.
const TOMBSTONE_MS: i64 = 9 * 24 * 60 * 60 * 1_000;
/// How long deletions rest when KV fails.
const PAUSE_MS: i64 = 60_000;
/// KV's lists may show what was deleted for a minute or more; what they still show after an hour was not deleted.
const LAG_MS: i64 = 60 * 60 * 1_000;
/// Deletions at the same time, and batches of one go.
const ABREAST: i64 = 6;
const BATCHES: usize = 20;

/// 1. In one transaction: take the responses out of index and counts, and leave a tombstone with the body for each.
/// 2. Let the alarm delete them in KV once that can no longer be taken back; with `at_once` that is now.
pub async fn erase(object: &Rc<Object>, ids: &[String], at_once: bool, now: Timestamp) -> Result<Erased, Fail> {
    bounded(ids)?;
    let until = if at_once { now } else { now.plus_ms(UNDO_MS) };
    let erased = transaction(&object.storage, |write| {
        let (mut delta, mut first, mut erased) = (Summary::empty(), until, Vec::new());
        for id in ids {
            match remove(write, id, &mut delta)? {
                Some(body) => {
                    write.run(
                        "INSERT OR REPLACE INTO erased (id, at, due, body) VALUES (?, ?, ?, ?)",
                        vec![text(id), int(now.0), int(until.0), text(body)],
                    )?;
                }
                // The same command once more.
                None => match undoable(&write.read(), id, now)? {
                    Some((due, _)) if due <= until => first = first.min(due),
                    Some(_) => {
                        write.run("UPDATE erased SET due = ? WHERE id = ?", vec![int(until.0), text(id)])?;
                    }
                    None => continue,
                },
            }
            erased.push(id.clone());
        }
        count::merge(write, &delta)?;
        Ok::<_, Fail>(Erased { ids: erased, until: first })
    })?;
    if !erased.ids.is_empty() {
        alarm::by(object, erased.until).await?;
    }
    Ok(erased)
}

/// Takes an erasure back: the response goes in again by the usual door.
pub async fn restore(object: &Rc<Object>, ids: &[String], now: Timestamp) -> Result<Restored, Fail> {
    bounded(ids)?;
    let restored = transaction(&object.storage, |write| {
        let mut restored = Vec::new();
        for id in ids {
            if let Some((_, body)) = undoable(&write.read(), id, now)? {
                write.run("DELETE FROM erased WHERE id = ?", vec![text(id)])?;
                apply(write, &mut json::read::<Response>(&body)?)?;
                // Its first way to KV may have been cut off by the erasure.
                outbox::add(write, Kind::Response, id, now)?;
            }
            let there = write.read().number("SELECT EXISTS (SELECT 1 FROM response WHERE id = ?)", vec![text(id)])?;
            if there == 1 {
                restored.push(id.clone());
            }
        }
        Ok::<_, Fail>(Restored { ids: restored })
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(restored)
}

/// Deletes in KV what can no longer be taken back. Deletions have a quota of their own, so they rest on their own: writes go
/// on when it is used up.
pub async fn drain(object: &Rc<Object>) -> Result<(), Fail> {
    let Some(site) = config::site(&object.read())? else { return Ok(()) };
    // Bodies go when they were promised to go, whatever KV says.
    transaction(&object.storage, |write| {
        write.run("UPDATE erased SET body = NULL WHERE due <= ? AND body IS NOT NULL", vec![int(now().0)])?;
        inbox::forget(write, now())
    })?;
    for _ in 0..BATCHES {
        let now = now();
        if rests(&object.read())?.is_some_and(|until| until > now) {
            return Ok(());
        }
        let batch = object.read().all(
            "SELECT id FROM erased WHERE due <= ? ORDER BY due LIMIT ?",
            vec![int(now.0), int(ABREAST)],
            |row| row.text(),
        )?;
        if batch.is_empty() {
            return Ok(());
        }
        let deletions = batch.iter().map(|id| async {
            match key(&site, id) {
                Some(key) => store::remove(&object.env, &key).await,
                None => Ok(()),
            }
        });
        let outcomes = join_all(deletions).await;
        if !settle(object, &batch, &outcomes)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Under which key KV has what was erased: a response, or a member or a page of a ledger.
fn key(site: &SiteId, id: &str) -> Option<String> {
    match id.strip_prefix("l/") {
        Some(name) => Some(match name.split_once('/') {
            Some((member, page)) => store::ledger_key(site, member, page.parse().ok()?),
            None => store::member_key(site, name),
        }),
        None => Some(store::response_key(site, id::moment(id)?.day(), id)),
    }
}

/// Notes what KV said. False: leave deletions alone now.
fn settle(object: &Object, batch: &[String], outcomes: &[Result<(), Setback>]) -> Result<bool, Fail> {
    let now = now();
    transaction(&object.storage, |write| {
        for (id, _) in batch.iter().zip(outcomes).filter(|(_, outcome)| outcome.is_ok()) {
            write.run("UPDATE erased SET due = NULL, at = ? WHERE id = ?", vec![int(now.0), text(id)])?;
        }
        rest_after(write, outcomes, now)
    })
}

/// Lets deletions rest where KV refused some. False: leave them alone now.
pub fn rest_after(write: &Write<'_>, outcomes: &[Result<(), Setback>], now: Timestamp) -> Result<bool, Fail> {
    let rest = |outcome: &Result<(), Setback>| match outcome {
        Ok(()) => None,
        Err(Setback::Busy(_) | Setback::Refused(_)) => Some(now.plus_ms(PAUSE_MS)),
        Err(Setback::Spent) => Some(now.day().plus(1).start()),
    };
    let until = outcomes.iter().filter_map(rest).max();
    if let Some(until) = until {
        write.run("INSERT OR REPLACE INTO erasing (one, until) VALUES (1, ?)", vec![int(until.0)])?;
    }
    Ok(until.is_none())
}

/// When there is something to delete: the first due moment, or the end of a rest.
pub fn next(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    let due = read.first("SELECT MIN(due) FROM erased", Vec::new(), |row| row.maybe_int())?.flatten();
    let Some(due) = due.map(Timestamp) else { return Ok(None) };
    Ok(Some(rests(read)?.map_or(due, |until| due.max(until))))
}

/// How many values KV still has to forget.
pub fn owed(read: &Read<'_>) -> Result<u64, Fail> {
    let owed = read.number("SELECT COUNT(*) FROM erased WHERE due IS NOT NULL", Vec::new())?;
    Ok(u64::try_from(owed).unwrap_or(0))
}

/// Drops tombstones that nothing can come back past any more.
pub fn forget(write: &Write<'_>, now: Timestamp) -> Result<(), Fail> {
    write.run("DELETE FROM erased WHERE due IS NULL AND at < ?", vec![int(now.0 - TOMBSTONE_MS)])?;
    Ok(())
}

/// The ids from `from` to before `to` that have a tombstone.
pub fn between(read: &Read<'_>, from: &str, to: &str) -> Result<Vec<String>, Fail> {
    Ok(read.all("SELECT id FROM erased WHERE id >= ? AND id < ?", vec![text(from), text(to)], |row| row.text())?)
}

/// Has KV asked again to forget those of `listed` that it should have forgotten long ago.
pub fn insist(write: &Write<'_>, listed: &[String], now: Timestamp) -> Result<(), Fail> {
    for id in listed {
        write.run(
            "UPDATE erased SET due = ? WHERE id = ? AND due IS NULL AND at < ?",
            vec![int(now.0), text(id), int(now.0 - LAG_MS)],
        )?;
    }
    Ok(())
}

/// The first id of `day`: what sorts before every id of that day and after every id of the day before.
pub fn first_id(day: Day) -> String {
    let ms = day.start().0;
    format!("{:08x}-{:04x}", ms >> 16, ms & 0xffff)
}

/// Until when an erasure can be taken back, and the body.
fn undoable(read: &Read<'_>, id: &str, now: Timestamp) -> Result<Option<(Timestamp, String)>, Fail> {
    Ok(read.first(
        "SELECT due, body FROM erased WHERE id = ? AND due > ? AND body IS NOT NULL",
        vec![text(id), int(now.0)],
        |row| Ok((Timestamp(row.int()?), row.text()?)),
    )?)
}

/// Until when deletions rest.
pub fn rests(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    Ok(read.first("SELECT until FROM erasing", Vec::new(), |row| row.int())?.map(Timestamp))
}

fn bounded(ids: &[String]) -> Result<(), Problem> {
    if ids.len() > MOST {
        return Err(Problem::new("ids", Fault::TooMany { max: u32::try_from(MOST).unwrap_or(u32::MAX) }));
    }
    Ok(())
}
