//! Retention. A day that is older than the owner wants to keep is folded: its counts become one value, in KV as well, and its
//! responses go, in batches, from the index and from KV. From the first step on nothing adds to that day any more, so whatever
//! KV still has of it is passed over.

use std::rc::Rc;

use futures_util::future::join_all;
use rapport_core::id;
use rapport_core::time::{Day, Timestamp};

use super::erase::{self, first_id};
use super::outbox::{self, Kind};
use super::sql::{Read, int, maybe};
use super::transaction::{Write, transaction};
use super::{Object, config, count, held, inbox};
use crate::command::data::DayTotals;
use crate::json;
use crate::problem::Fail;
use crate::store;

/// Responses that leave the index in one step, and steps of one alarm.
const BATCH: i64 = 500;
const STEPS: usize = 4;
/// Values deleted in KV in one step.
const KEYS: u32 = 60;
const ABREAST: usize = 6;

/// The first day that is still kept, where the owner wants an end to it.
pub fn oldest(read: &Read<'_>, now: Timestamp) -> Result<Option<Day>, Fail> {
    let days = config::load(read)?.and_then(|config| config.site.retention_days);
    Ok(days.map(|days| now.day().plus(-i32::try_from(days).unwrap_or(i32::MAX))))
}

/// Some steps: fold days, take their responses out, sweep KV.
pub async fn go_on(object: &Rc<Object>, now: Timestamp) -> Result<(), Fail> {
    for _ in 0..STEPS {
        match overdue(&object.read(), now)? {
            Some(day) => transaction(&object.storage, |write| step(write, day, now))?,
            None => break,
        }
    }
    for _ in 0..STEPS {
        if !sweep(object).await? {
            break;
        }
    }
    Ok(())
}

/// When there is something to fold or to sweep.
pub fn next(read: &Read<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    if overdue(read, now)?.is_some() {
        return Ok(Some(now));
    }
    if unswept(read)?.is_some() {
        return Ok(Some(erase::rests(read)?.map_or(now, |until| until.max(now))));
    }
    let any = read.number("SELECT EXISTS (SELECT 1 FROM response)", Vec::new())? == 1;
    Ok((any && oldest(read, now)?.is_some()).then(|| now.day().plus(1).start()))
}

/// The day and the value of its counts, if it is folded.
pub fn text(read: &Read<'_>, day: Day) -> Result<Option<(Day, String)>, Fail> {
    let body = read.first("SELECT body FROM folded WHERE day = ?", vec![int(day.0)], |row| row.text())?;
    Ok(body.map(|body| (day, body)))
}

/// Every folded day from `after` on, a few at a time.
pub fn after(read: &Read<'_>, after: i64, limit: i64) -> Result<Vec<(i64, String)>, Fail> {
    let query = "SELECT day, body FROM folded WHERE day > ? ORDER BY day LIMIT ?";
    Ok(read.all(query, vec![int(after), int(limit)], |row| Ok((row.int()?, row.text()?)))?)
}

/// Puts the counts of folded days back, after all counts were dropped.
pub fn recount(write: &Write<'_>) -> Result<(), Fail> {
    for (_, body) in after(&write.read(), i64::from(i32::MIN), i64::from(i32::MAX))? {
        json::read::<DayTotals>(&body)?.counts.iter().try_for_each(|row| count::add(write, row))?;
    }
    Ok(())
}

/// Takes in a folded day from elsewhere, once.
pub fn keep(write: &Write<'_>, totals: &DayTotals) -> Result<(), Fail> {
    if text(&write.read(), totals.day)?.is_some() {
        return Ok(());
    }
    write.run(
        "INSERT INTO folded (day, body) VALUES (?, ?)",
        vec![int(totals.day.0), super::sql::text(serde_json::to_string(totals)?)],
    )?;
    totals.counts.iter().try_for_each(|row| count::add(write, row))
}

/// The oldest day that is not kept any more and of which there are responses.
fn overdue(read: &Read<'_>, now: Timestamp) -> Result<Option<Day>, Fail> {
    let Some(oldest) = oldest(read, now)? else { return Ok(None) };
    let first = read.first("SELECT MIN(id) FROM response", Vec::new(), |row| row.maybe_text())?.flatten();
    Ok(first.and_then(|id| id::moment(&id)).map(Timestamp::day).filter(|day| *day < oldest))
}

/// 1. If the day is new to this, keep its counts, here and soon in KV, and give its activity to nobody.
/// 2. Take some of its responses out of the index.
fn step(write: &Write<'_>, day: Day, now: Timestamp) -> Result<(), Fail> {
    // 1.
    if text(&write.read(), day)?.is_none() {
        let totals = DayTotals { v: 1, day, counts: count::of_day(&write.read(), day)? };
        write.run(
            "INSERT INTO folded (day, body) VALUES (?, ?)",
            vec![int(day.0), super::sql::text(serde_json::to_string(&totals)?)],
        )?;
        outbox::add(write, Kind::Totals, &day.to_string(), now)?;
        write.run("UPDATE active SET visitor = lower(hex(randomblob(16))) WHERE day = ?", vec![int(day.0)])?;
    }
    // 2.
    let (from, to) = (first_id(day), first_id(day.plus(1)));
    let last = write.read().first(
        "SELECT MAX(id) FROM (SELECT id FROM response WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)",
        vec![super::sql::text(&from), super::sql::text(to), int(BATCH)],
        |row| row.maybe_text(),
    )?;
    if let Some(last) = last.flatten() {
        let range = || vec![super::sql::text(&from), super::sql::text(&last)];
        inbox::fold(write, day, &from, &last, now)?;
        write.run("DELETE FROM response WHERE id >= ? AND id <= ?", range())?;
        held::changed(write, day)?;
        write.run("DELETE FROM outbox WHERE kind IN ('response', 'past') AND ref >= ? AND ref <= ?", range())?;
    }
    Ok(())
}

fn unswept(read: &Read<'_>) -> Result<Option<(Day, Option<String>)>, Fail> {
    Ok(read.first("SELECT day, cursor FROM folded WHERE swept = 0 ORDER BY day LIMIT 1", Vec::new(), |row| {
        Ok((Day(row.of()?), row.maybe_text()?))
    })?)
}

/// Deletes some of a folded day's values in KV. Tells whether there may be more to do now.
async fn sweep(object: &Rc<Object>) -> Result<bool, Fail> {
    let Some((day, cursor)) = unswept(&object.read())? else { return Ok(false) };
    let Some(site) = config::site(&object.read())? else { return Ok(false) };
    if erase::rests(&object.read())?.is_some_and(|until| until > crate::clock::now()) {
        return Ok(false);
    }
    let prefix = store::responses_prefix(&site, Some(day));
    let page = store::list(&object.env, &prefix, cursor.as_deref(), KEYS).await?;
    for keys in page.keys.chunks(ABREAST) {
        let outcomes = join_all(keys.iter().map(|key| store::remove(&object.env, &key.name))).await;
        if !transaction(&object.storage, |write| erase::rest_after(write, &outcomes, crate::clock::now()))? {
            return Ok(false);
        }
    }
    transaction(&object.storage, |write| {
        write.run(
            "UPDATE folded SET cursor = ?, swept = ? WHERE day = ?",
            vec![maybe(page.cursor.as_ref()), super::sql::flag(page.cursor.is_none()), int(day.0)],
        )
    })?;
    Ok(true)
}
