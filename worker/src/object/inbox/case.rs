//! The cases: in the index at once, in KV half a minute later, all of a day's responses as one value.

use std::rc::Rc;

use rapport_core::case::{Case, Change, DayCases, Status, left_out};
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::summary::Summary;
use rapport_core::time::{Day, Timestamp};

use super::super::erase::first_id;
use super::super::outbox::{self, Kind};
use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, apply, count};
use super::row;
use crate::clock::random;
use crate::command::inbox::{Changed, MOST};
use crate::json;
use crate::problem::Fail;

/// How long KV's copy of a day waits for further changes of it.
const PATIENCE_MS: i64 = 30_000;
/// The same where a response was only looked at: whoever reads through many days would use up KV's writes.
const READING_MS: i64 = 10 * 60 * 1_000;
/// Changes that can be taken back.
const KEPT: i64 = 50;
/// Changes of one command.
const CHANGES: usize = 20;

/// What the owner made of a response, if anything.
pub fn load(read: &Read<'_>, id: &str) -> Result<Option<Case>, Fail> {
    let body = read.first("SELECT body FROM handled WHERE id = ?", vec![text(id)], |row| row.text())?;
    body.map(|body| json::read(&body)).transpose()
}

/// Changes the cases of `ids`: all of them or, where one change is refused, none.
pub async fn change(object: &Rc<Object>, ids: &[String], changes: &[Change], now: Timestamp) -> Result<Changed, Fail> {
    for (field, len, max) in [("ids", ids.len(), MOST), ("changes", changes.len(), CHANGES)] {
        if len > max {
            return Err(Problem::new(field, Fault::TooMany { max: u32::try_from(max).unwrap_or(u32::MAX) }).into());
        }
    }
    let steps: Vec<(String, Vec<Change>)> = ids.iter().map(|id| (id.clone(), changes.to_vec())).collect();
    run(object, &steps, None, now).await
}

/// Somebody looks at a response. What was new is read; that is no change that would have to be taken back.
pub async fn open(object: &Rc<Object>, id: &str, now: Timestamp) -> Result<bool, Fail> {
    let due = now.plus_ms(READING_MS);
    let opened = transaction(&object.storage, |write| {
        let Some(response) = response(&write.read(), id)? else { return Ok(false) };
        let mut case = load(&write.read(), id)?.unwrap_or_else(|| Case::new(id));
        if case.status != Status::New {
            return Ok(false);
        }
        case.change(&Change::Status(Status::Read), now)?;
        keep(write, &response, &case, due)?;
        Ok::<_, Fail>(true)
    })?;
    if opened {
        alarm::by(object, due).await?;
    }
    Ok(opened)
}

/// Takes a change back. Whoever takes that back repeats the change.
pub async fn undo(object: &Rc<Object>, token: &str, now: Timestamp) -> Result<Changed, Fail> {
    let body = object.read().first("SELECT body FROM undo WHERE token = ?", vec![text(token)], |row| row.text())?;
    let steps: Vec<(String, Vec<Change>)> = json::read(&body.ok_or_else(Fail::not_found)?)?;
    run(object, &steps, Some(token), now).await
}

async fn run(
    object: &Rc<Object>,
    steps: &[(String, Vec<Change>)],
    used: Option<&str>,
    now: Timestamp,
) -> Result<Changed, Fail> {
    let token: String = random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let changed = transaction(&object.storage, |write| {
        let (mut done, mut back) = (Changed::default(), Vec::new());
        for (id, changes) in steps {
            let Some(response) = response(&write.read(), id)? else { continue };
            let mut case = load(&write.read(), id)?.unwrap_or_else(|| Case::new(id));
            let mut takes_back = Vec::new();
            for change in changes {
                let mut undone = case.change(change, now)?;
                undone.append(&mut takes_back);
                takes_back = undone;
            }
            if !takes_back.is_empty() {
                save(write, &response, &case, now)?;
                back.push((id.clone(), takes_back));
            }
            done.cases.push(case);
        }
        done.changed = back.len() as u64;
        if let Some(used) = used {
            write.run("DELETE FROM undo WHERE token = ?", vec![text(used)])?;
        }
        if !back.is_empty() {
            write.run(
                "INSERT INTO undo (token, at, body) VALUES (?, ?, ?)",
                vec![text(&token), int(now.0), text(serde_json::to_string(&back)?)],
            )?;
            write.run(
                "DELETE FROM undo WHERE token NOT IN (SELECT token FROM undo ORDER BY at DESC LIMIT ?)",
                vec![int(KEPT)],
            )?;
            done.undo = Some(token.clone());
        }
        Ok::<_, Fail>(done)
    })?;
    if changed.changed > 0 {
        alarm::by(object, now.plus_ms(PATIENCE_MS)).await?;
    }
    Ok(changed)
}

/// Keeps a case that has changed, and queues it for KV. Returns the moment by which the caller has to have the alarm ring.
pub fn save(write: &Write<'_>, response: &Response, case: &Case, now: Timestamp) -> Result<Timestamp, Fail> {
    let due = now.plus_ms(PATIENCE_MS);
    keep(write, response, case, due)?;
    Ok(due)
}

fn keep(write: &Write<'_>, response: &Response, case: &Case, due: Timestamp) -> Result<(), Fail> {
    put(write, Some(response), case)?;
    match response.day() {
        Some(day) => outbox::add(write, Kind::Cases, &day.to_text(), due),
        None => Ok(()),
    }
}

/// Puts a case in the place of the one that was there, counts with it, and enters it in the inbox.
fn put(write: &Write<'_>, response: Option<&Response>, case: &Case) -> Result<(), Fail> {
    if let Some(response) = response {
        let before = load(&write.read(), &case.id)?;
        let (was, is) = (left_out(response, before.as_ref()), left_out(response, Some(case)));
        if was != is {
            let mut delta = Summary::empty();
            apply::add(response, was, -1, &mut delta);
            apply::add(response, is, 1, &mut delta);
            count::merge(write, &delta)?;
        }
    }
    write.run(
        "INSERT OR REPLACE INTO handled (id, body) VALUES (?, ?)",
        vec![text(&case.id), text(serde_json::to_string(case)?)],
    )?;
    if let Some(response) = response {
        row::enter(write, response, Some(case))?;
    }
    Ok(())
}

/// The cases of a day, as KV keeps them. Those of erased responses stay behind until the erasure is final, but not in KV.
fn read_day(read: &Read<'_>, day: Day) -> Result<DayCases, Fail> {
    let bodies = read.all(
        "SELECT body FROM handled WHERE id >= ? AND id < ? AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.id = handled.id
            AND erased.body IS NULL)",
        vec![text(first_id(day)), text(first_id(day.plus(1)))],
        |row| row.text(),
    )?;
    let cases = bodies.iter().map(|body| json::read(body)).collect::<Result<_, _>>()?;
    Ok(DayCases { v: 1, day, cases })
}

/// The value for KV.
pub fn write_day(read: &Read<'_>, day: Day) -> Result<String, Fail> {
    Ok(serde_json::to_string(&read_day(read, day)?)?)
}

/// Takes a day in from KV, whether its responses are there yet or not: of two copies of a case the higher revision stays.
/// Tells whether the index has something that the copy lacks.
fn restore_day(write: &Write<'_>, copy: &DayCases) -> Result<bool, Fail> {
    for case in &copy.cases {
        let known = load(&write.read(), &case.id)?;
        let erased = write
            .read()
            .number("SELECT EXISTS (SELECT 1 FROM erased WHERE id = ? AND body IS NULL)", vec![text(&case.id)])?
            == 1;
        if erased || known.is_some_and(|known| known.revision >= case.revision) {
            continue;
        }
        put(write, response(&write.read(), &case.id)?.as_ref(), case)?;
    }
    Ok(read_day(&write.read(), copy.day)? != *copy)
}

/// The same for a value as it is in KV; values of another format are passed over.
pub fn replay(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    match json::read::<DayCases>(body) {
        Ok(copy) => restore_day(write, &copy).map(drop),
        Err(_) => Ok(()),
    }
}

/// The same in a comparison with KV: what the copy lacks is sent.
pub async fn replay_day(object: &Rc<Object>, body: &str, now: Timestamp) -> Result<(), Fail> {
    let Ok(copy) = json::read::<DayCases>(body) else { return Ok(()) };
    let lacking = transaction(&object.storage, |write| {
        let lacking = restore_day(write, &copy)?;
        if lacking {
            outbox::add(write, Kind::Cases, &copy.day.to_text(), now)?;
        }
        Ok::<_, Fail>(lacking)
    })?;
    if lacking { alarm::by(object, now).await } else { Ok(()) }
}

/// Empties the table for a rebuild, except for the days that KV does not have yet.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    let waiting = write.read().all("SELECT ref FROM outbox WHERE kind = 'cases'", Vec::new(), |row| row.text())?;
    let days = waiting.iter().filter_map(|day| Day::parse(day));
    let kept: Vec<DayCases> = days.map(|day| read_day(&write.read(), day)).collect::<Result<_, _>>()?;
    write.run("DELETE FROM handled", Vec::new())?;
    for case in kept.iter().flat_map(|day| &day.cases) {
        put(write, None, case)?;
    }
    Ok(())
}

/// Drops the cases of a day from one id to another, in KV as well.
pub fn fold(write: &Write<'_>, day: Day, (from, last): (&str, &str), now: Timestamp) -> Result<(), Fail> {
    if write.run("DELETE FROM handled WHERE id >= ? AND id <= ?", vec![text(from), text(last)])? > 0 {
        outbox::add(write, Kind::Cases, &day.to_text(), now)?;
    }
    Ok(())
}

/// Drops the cases of responses whose erasure is final.
pub fn forget(write: &Write<'_>, now: Timestamp) -> Result<(), Fail> {
    let gone = write.read().all(
        "SELECT handled.id FROM erased JOIN handled ON handled.id = erased.id WHERE erased.due <= ?",
        vec![int(now.0)],
        |row| row.text(),
    )?;
    for id in gone {
        write.run("DELETE FROM handled WHERE id = ?", vec![text(&id)])?;
        if let Some(moment) = rapport_core::id::moment(&id) {
            outbox::add(write, Kind::Cases, &moment.day().to_text(), now)?;
        }
    }
    Ok(())
}

fn response(read: &Read<'_>, id: &str) -> Result<Option<Response>, Fail> {
    let body = read.first("SELECT body FROM response WHERE id = ?", vec![text(id)], |row| row.text())?;
    body.map(|body| json::read(&body)).transpose()
}
