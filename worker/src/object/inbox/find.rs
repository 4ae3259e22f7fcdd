//! Finding responses. No search looks at more than [`LOOKED_AT`] of them: it tells how far it came, and goes on from there.
//!
//! The bound is within the statements: an inner query in order of time with a limit, which SQLite runs as a coroutine. So a page
//! that fills early reads no more than it needs, and its rows come in that order without being sorted.

use rapport_core::case::{Case, Status};
use rapport_core::inbox::{Facets, Filter, Trust, offer, offer_segments};
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
/// Responses from which the filter's offers are taken.
const LATEST: i64 = 500;
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
         AND (?14 IS NULL OR visitor = ?14) LIMIT ?3"
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
    let range = Range {
        before: wanted.before.map_or(top, |before| before.min(top)),
        bottom: filter.from.map_or(0, |from| row::floor(from.start())),
        most: wanted.look.map_or(LOOKED_AT, |look| i64::from(look).clamp(1, LOOKED_AT)),
    };
    let keys = keys(&read, filter, search.as_deref(), &range, limit)?;
    let full = keys.len() as i64 == limit;
    // Only a page that came back short may have been cut off.
    let end = if full { None } else { horizon(&read, filter, search.as_deref(), &range)? };
    let mut items = Vec::with_capacity(keys.len());
    for (_, id) in &keys {
        items.extend(get(&read, id)?);
    }
    Ok(Found {
        items,
        next: if full { keys.last().map(|(key, _)| *key) } else { end },
        until: end.map(row::day),
        unindexed: words::waiting(&read)?,
    })
}

/// The keys that are looked at: below `before`, down to `bottom`, and at most so many.
struct Range {
    before: i64,
    bottom: i64,
    most: i64,
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

/// What there is to choose from, taken from the latest responses and the latest of those with tags.
pub fn facets(read: &Read<'_>) -> Result<Facets, Fail> {
    let rows =
        read.all("SELECT locale, country, traits FROM inbox ORDER BY seq DESC LIMIT ?", vec![int(LATEST)], |row| {
            Ok((row.text()?, row.text()?, row.text()?))
        })?;
    let tags = read.all(
        "SELECT value FROM (SELECT body FROM handled ORDER BY id DESC LIMIT ?), json_each(body, '$.tags')",
        vec![int(LATEST)],
        |row| row.text(),
    )?;
    let whole = |line: &&str| !line.contains(row::BREAK);
    Ok(Facets {
        languages: offer(rows.iter().map(|(locale, ..)| locale.clone())),
        countries: offer(rows.iter().map(|(_, country, _)| country.clone())),
        segments: offer_segments(rows.iter().flat_map(|(.., traits)| traits.lines().filter(whole).map(str::to_owned))),
        tags: offer(tags),
    })
}

/// The key of the last row that was looked at, where there may be more.
fn horizon(read: &Read<'_>, filter: &Filter, search: Option<&str>, range: &Range) -> Result<Option<i64>, Fail> {
    let key = |row: &mut super::super::sql::Row| row.int();
    let bounds = || vec![int(range.before), int(range.bottom), int(range.most - 1)];
    let with = |value: &str| bounds().into_iter().chain([text(value)]).collect();
    Ok(match (search, filter.status) {
        (Some(search), _) => read.first(
            "SELECT rowid FROM words WHERE words MATCH ?4 AND rowid < ?1 AND rowid >= ?2 ORDER BY rowid DESC LIMIT 1 OFFSET ?3",
            with(search),
            key,
        )?,
        (None, Some(status)) => read.first(
            "SELECT seq FROM inbox WHERE status = ?4 AND seq < ?1 AND seq >= ?2 ORDER BY seq DESC LIMIT 1 OFFSET ?3",
            with(status.as_str()),
            key,
        )?,
        (None, None) => read.first(
            "SELECT seq FROM inbox WHERE seq < ?1 AND seq >= ?2 ORDER BY seq DESC LIMIT 1 OFFSET ?3",
            bounds(),
            key,
        )?,
    })
}

fn keys(
    read: &Read<'_>,
    filter: &Filter,
    search: Option<&str>,
    range: &Range,
    limit: i64,
) -> Result<Vec<(i64, String)>, Fail> {
    let mut values = vec![int(range.before), int(range.bottom), int(limit)];
    values.extend(parameters(filter));
    values.push(int(range.most));
    let key = |row: &mut super::super::sql::Row| Ok((row.int()?, row.text()?));
    // One statement for each index that leads the way.
    Ok(match (search, filter.status) {
        (Some(search), status) => {
            values.extend([text(search), maybe(status.map(Status::as_str))]);
            read.all(
                concat!(
                    "SELECT seq, id FROM (SELECT rowid AS hit FROM words WHERE words MATCH ?16 AND rowid < ?1 AND rowid >= ?2
                     ORDER BY rowid DESC LIMIT ?15) CROSS JOIN inbox ON seq = hit WHERE (?17 IS NULL OR status = ?17) AND ",
                    filters!()
                ),
                values,
                key,
            )?
        }
        (None, Some(status)) => {
            values.push(text(status.as_str()));
            read.all(
                concat!(
                    "SELECT seq, id FROM (SELECT * FROM inbox WHERE status = ?16 AND seq < ?1 AND seq >= ?2 ORDER BY seq DESC
                     LIMIT ?15) WHERE ",
                    filters!()
                ),
                values,
                key,
            )?
        }
        (None, None) => read.all(
            concat!(
                "SELECT seq, id FROM (SELECT * FROM inbox WHERE seq < ?1 AND seq >= ?2 ORDER BY seq DESC LIMIT ?15) WHERE ",
                filters!()
            ),
            values,
            key,
        )?,
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
