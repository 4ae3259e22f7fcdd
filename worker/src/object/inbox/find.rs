//! Finding responses. No search looks at more than [`LOOKED_AT`] of them: it tells how far it came, and goes on from there.

use rapport_core::case::{Case, Status};
use rapport_core::inbox::{Filter, Trust};
use rapport_core::response::Response;
use worker::SqlStorageValue as Value;

use super::super::Object;
use super::super::sql::{Read, flag, int, maybe, text};
use super::super::transaction::transaction;
use super::{case, desk, row, words};
use crate::command::inbox::{COUNTED, Counts, Find, Found, Item, PAGE};
use crate::json;
use crate::problem::Fail;

/// Rows that one search looks at.
const LOOKED_AT: i64 = 25_000;
/// Responses that a search indexes first, so that it finds what has just arrived.
const CATCH_UP: i64 = 200;

/// What all searches have in common. A parameter that is NULL asks for nothing.
macro_rules! filters {
    () => {
        "(?4 IS NULL OR widget = ?4) AND (?5 IS NULL OR mood LIKE ?5) AND (?6 IS NULL OR CASE WHEN substr(?6, 1, 1) = '/'
         THEN instr(page, '/') AND substr(page, instr(page, '/'), length(?6)) = ?6 ELSE substr(page, 1, length(?6)) = ?6 END)
         AND (?7 IS NULL OR locale = ?7 OR substr(locale, 1, length(?7) + 1) = ?7 || '-') AND (?8 IS NULL OR country = ?8)
         AND (?9 IS NULL OR device = ?9) AND (?10 IS NULL OR instr(traits, ?10)) AND (?11 IS NULL OR instr(tags, ?11))
         AND (?12 IS NULL OR CASE ?12 WHEN 'clean' THEN doubts = '' AND NOT test WHEN 'doubt' THEN doubts <> ''
         WHEN 'test' THEN test ELSE instr(doubts, ' ' || ?12 || ' ') END) AND (?13 IS NULL OR complete = ?13)
         AND (?14 IS NULL OR visitor = ?14) ORDER BY inbox.seq DESC LIMIT ?3"
    };
}

/// A page of responses, newest first.
pub fn find(object: &Object, wanted: &Find) -> Result<Found, Fail> {
    let filter = &wanted.filter;
    let search = words::query(&filter.text);
    if search.is_some() {
        transaction(&object.storage, |write| words::index(write, CATCH_UP))?;
    }
    let read = object.read();
    let limit = i64::from(wanted.limit.clamp(1, PAGE));
    let top = filter.to.map_or(i64::MAX >> 11, |to| row::floor(to.plus(1).start()));
    let before = wanted.before.map_or(top, |before| before.min(top));
    let bottom = filter.from.map_or(0, |from| row::floor(from.start()));
    // The key at which looking ends, if it ends before the bottom.
    let end = horizon(&read, filter, search.as_deref(), before)?.filter(|end| *end > bottom);
    let keys = keys(&read, filter, search.as_deref(), (before, end.unwrap_or(bottom)), limit)?;
    let full = keys.len() as i64 == limit;
    let mut items = Vec::with_capacity(keys.len());
    for (_, id) in &keys {
        items.extend(get(&read, id)?);
    }
    Ok(Found {
        items,
        next: if full { keys.last().map(|(key, _)| *key) } else { end },
        until: end.filter(|_| !full).map(row::day),
        unindexed: row::missing(&read)? + words::waiting(&read)?,
    })
}

/// One response, with what the owner makes of it.
pub fn get(read: &Read<'_>, id: &str) -> Result<Option<Item>, Fail> {
    let body = read.first("SELECT body FROM response WHERE id = ?", vec![text(id)], |row| row.text())?;
    let Some(body) = body else { return Ok(None) };
    let response: Response = json::read(&body)?;
    let case = case::load(read, id)?.unwrap_or_else(|| Case::new(id));
    let blocked = desk::is_blocked(read, &response.visitor)?;
    Ok(Some(Item { response, case, blocked }))
}

/// How many there are of each status.
pub fn counts(read: &Read<'_>) -> Result<Counts, Fail> {
    let count = |status: Status| -> Result<u64, Fail> {
        let n = read.number(
            "SELECT COUNT(*) FROM (SELECT 1 FROM inbox WHERE status = ? LIMIT ?)",
            vec![text(status.as_str()), int(COUNTED)],
        )?;
        Ok(u64::try_from(n).unwrap_or(0))
    };
    Ok(Counts {
        new: count(Status::New)?,
        read: count(Status::Read)?,
        planned: count(Status::Planned)?,
        done: count(Status::Done)?,
        wont: count(Status::Wont)?,
        spam: count(Status::Spam)?,
    })
}

/// The key of the last row that may be looked at, where there are more.
fn horizon(read: &Read<'_>, filter: &Filter, search: Option<&str>, before: i64) -> Result<Option<i64>, Fail> {
    let key = |row: &mut super::super::sql::Row| row.int();
    let looked = int(LOOKED_AT - 1);
    Ok(match (search, filter.status) {
        (Some(search), _) => read.first(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
            vec![text(search), int(before), looked],
            key,
        )?,
        (None, Some(status)) => read.first(
            "SELECT seq FROM inbox WHERE status = ? AND seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
            vec![text(status.as_str()), int(before), looked],
            key,
        )?,
        (None, None) => read.first(
            "SELECT seq FROM inbox WHERE seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
            vec![int(before), looked],
            key,
        )?,
    })
}

fn keys(
    read: &Read<'_>,
    filter: &Filter,
    search: Option<&str>,
    (before, end): (i64, i64),
    limit: i64,
) -> Result<Vec<(i64, String)>, Fail> {
    let mut values = vec![int(before), int(end), int(limit)];
    values.extend(parameters(filter));
    let key = |row: &mut super::super::sql::Row| Ok((row.int()?, row.text()?));
    // One statement for each index that leads the way.
    Ok(match (search, filter.status) {
        (Some(search), status) => {
            values.extend([text(search), maybe(status.map(Status::as_str))]);
            read.all(
                concat!(
                    "SELECT inbox.seq, id FROM words CROSS JOIN inbox ON inbox.seq = words.rowid WHERE words MATCH ?15
                     AND words.rowid < ?1 AND words.rowid >= ?2 AND (?16 IS NULL OR status = ?16) AND ",
                    filters!()
                ),
                values,
                key,
            )?
        }
        (None, Some(status)) => {
            values.push(text(status.as_str()));
            read.all(
                concat!("SELECT seq, id FROM inbox WHERE status = ?15 AND seq < ?1 AND seq >= ?2 AND ", filters!()),
                values,
                key,
            )?
        }
        (None, None) => {
            read.all(concat!("SELECT seq, id FROM inbox WHERE seq < ?1 AND seq >= ?2 AND ", filters!()), values, key)?
        }
    })
}

/// From `?4` on.
fn parameters(filter: &Filter) -> Vec<Value> {
    let given = |value: &str| maybe((!value.is_empty()).then_some(value));
    let group = match filter.group_parts() {
        (None, None) => None,
        (measure, mood) => Some(format!("{}/{}", measure.unwrap_or("%"), mood.unwrap_or("%"))),
    };
    let line = |line: String| format!("\n{line}\n");
    vec![
        maybe(filter.widget.as_ref()),
        maybe(group),
        given(&filter.page),
        given(&filter.language),
        given(&filter.country),
        given(&filter.device),
        maybe(filter.segment.as_ref().map(|(name, value)| line(row::segment(name, value)))),
        maybe((!filter.tag.is_empty()).then(|| line(filter.tag.clone()))),
        maybe(filter.trust.map(Trust::as_str)),
        filter.complete.map_or(Value::Null, flag),
        given(&filter.visitor),
    ]
}
