//! One row for each response: what filters ask for, and no more. Its key is a number made of the response's moment, so that
//! it is in order of time and can be the key of the index of words, too.

use rapport_core::case::{Case, Status};
use rapport_core::id;
use rapport_core::inbox;
use rapport_core::model::config::Config;
use rapport_core::response::Response;
use rapport_core::time::{Day, Timestamp};

use super::super::Object;
use super::super::sql::{Read, flag, int, text};
use super::super::transaction::{Write, transaction};
use super::words;
use crate::problem::Fail;

/// Room for the ids of one millisecond. Keys stay below 2⁵³, as far as numbers are exact, until the year 2109.
const SPAN: i64 = 2_048;
const LAST_MS: i64 = (1 << 42) - 1;
/// Rows of one step.
const STEP: i64 = 200;

/// The least key that a response of that moment can have.
pub fn floor(at: Timestamp) -> i64 {
    at.0.clamp(0, LAST_MS) * SPAN
}

/// The day of a key.
pub fn day(key: i64) -> Day {
    Timestamp(key.div_euclid(SPAN)).day()
}

/// The key that `id` has, if it is in the inbox.
pub fn find(read: &Read<'_>, id: &str) -> Result<Option<i64>, Fail> {
    let Some(first) = first(id) else { return Ok(None) };
    Ok(read.first(
        "SELECT seq FROM inbox WHERE seq >= ?1 AND seq < ?2 AND id = ?3",
        vec![int(first), int(first + SPAN), text(id)],
        |row| row.int(),
    )?)
}

/// Enters a response, or what has changed of it. Its words are indexed later.
pub fn enter(write: &Write<'_>, response: &Response, case: Option<&Case>) -> Result<(), Fail> {
    let (key, known) = place(&write.read(), &response.id)?;
    let lines = |lines: Vec<String>| if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) };
    let doubts = response.doubts.join(" ");
    write.run(
        "INSERT OR REPLACE INTO inbox (seq, id, widget, complete, mood, page, locale, country, device, traits, doubts, visitor,
            status, tags, test) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vec![
            int(key),
            text(&response.id),
            text(&response.widget),
            flag(response.complete),
            text(&response.group),
            text(inbox::bare_address(&response.page)),
            text(&response.locale),
            text(&response.country),
            text(&response.device),
            text(lines(response.traits.iter().map(|(name, value)| segment(name, value)).collect())),
            text(if doubts.is_empty() { doubts } else { format!(" {doubts} ") }),
            text(&response.visitor),
            text(case.map_or(Status::New, |case| case.status).as_str()),
            text(lines(case.map(|case| case.tags.clone()).unwrap_or_default())),
            flag(case.is_some_and(|case| case.test)),
        ],
    )?;
    // What has no words needs no index, unless it had some.
    if known || !inbox::document(response, case).is_empty() {
        words::later(write, key)?;
    }
    Ok(())
}

/// Stands for a line break within a trait.
pub const BREAK: &str = "\u{1}";

/// A trait and its value as one line.
pub fn segment(name: &str, value: &str) -> String {
    format!("{name}={value}").replace('\n', BREAK)
}

/// Takes a response out.
pub fn drop_row(write: &Write<'_>, id: &str) -> Result<(), Fail> {
    if let Some(key) = find(&write.read(), id)? {
        write.run("DELETE FROM inbox WHERE seq = ?", vec![int(key)])?;
        words::remove(write, key)?;
    }
    Ok(())
}

/// Takes the responses of a day out, up to the id `last`.
pub fn fold(write: &Write<'_>, day: Day, last: &str) -> Result<(), Fail> {
    let keys = write.read().all(
        "SELECT seq FROM inbox WHERE seq >= ? AND seq < ? AND id <= ?",
        vec![int(floor(day.start())), int(floor(day.plus(1).start())), text(last)],
        |row| row.int(),
    )?;
    for key in keys {
        write.run("DELETE FROM inbox WHERE seq = ?", vec![int(key)])?;
        words::remove(write, key)?;
    }
    Ok(())
}

/// Empties the inbox, for a rebuild.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    write.run("DELETE FROM inbox", Vec::new())?;
    words::clear(write)
}

/// When there is something to index.
pub fn next(read: &Read<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    let waiting = read.number("SELECT EXISTS (SELECT 1 FROM unindexed)", Vec::new())? == 1;
    Ok(waiting.then_some(now))
}

/// One step of what is still to be done. False: there was nothing.
pub fn work(object: &Object) -> Result<bool, Fail> {
    Ok(transaction(&object.storage, |write| words::index(write, STEP))? > 0)
}

/// Gives a response its group, where it was accepted before groups were kept, or comes from elsewhere.
pub fn regroup(response: &mut Response, config: Option<&Config>) {
    let version = config.and_then(|config| config.version(response.widget.as_str(), response.version));
    if let (true, Some(widget)) = (response.group.is_empty(), version) {
        response.group = response.group_by(widget);
    }
}

/// The first key that an id may have: its moment, and its last digits, so that ids of one moment seldom meet.
fn first(id: &str) -> Option<i64> {
    let moment = id::moment(id)?;
    let tail = id.get(id.len().saturating_sub(3)..).and_then(|tail| i64::from_str_radix(tail, 16).ok()).unwrap_or(0);
    Some(floor(moment) + tail % SPAN)
}

/// The key of an id and whether it has it already; else the first one at or after its own that nobody has.
fn place(read: &Read<'_>, id: &str) -> Result<(i64, bool), Fail> {
    let first = first(id).ok_or_else(|| Fail::Broken(format!("response {id} has no moment")))?;
    let taken = read.all(
        "SELECT seq, id FROM inbox WHERE seq >= ?1 AND seq < ?2 ORDER BY seq",
        vec![int(first), int(first + SPAN)],
        |row| Ok((row.int()?, row.text()?)),
    )?;
    if let Some((key, _)) = taken.iter().find(|(_, known)| known == id) {
        return Ok((*key, true));
    }
    let gap = taken.iter().zip(first..).find(|((taken, _), free)| taken != free).map(|(_, free)| free);
    Ok((gap.unwrap_or(first + i64::try_from(taken.len()).unwrap_or(0)), false))
}
