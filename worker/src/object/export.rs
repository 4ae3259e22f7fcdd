//! Taking data out, piece by piece out of the index: each piece is a request of its own and tells where the next one begins. So
//! neither the object's memory nor its time depends on how much there is. The Worker only puts them together.

use rapport_core::export::{self, Redaction, Table};
use rapport_core::id;
use rapport_core::model::config::Config;
use rapport_core::response::Response as Stored;
use rapport_core::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use worker::{Response, Result};

use super::erase::first_id;
use super::loyalty::portable;
use super::sql::{Read, int, text};
use super::{Object, config, fold, inbox, schema};
use crate::clock::now;
use crate::command::data::{Export, Form, Head, Line, NEXT};
use crate::digest::short;
use crate::json;
use crate::problem::Fail;

/// Responses of one step.
const PAGE: i64 = 200;
/// A piece ends with the step that makes it as long as this, or after so many steps: some 10,000 responses looked at.
const PIECE_BYTES: usize = 1_024 * 1_024;
const STEPS: usize = 50;
/// Members, pages of ledgers and of codes of one step.
const PLACES: usize = 40;
/// Visitors of one line.
const VISITORS: i64 = 1_000;

/// What comes next, and behind what.
#[derive(Default, Serialize, Deserialize)]
enum Place {
    #[default]
    Head,
    /// Behind this id.
    Responses(String),
    /// Behind these days.
    Views(i64),
    Tally(i64),
    Active(i64, String),
    Totals(i64),
    /// Behind the cases of this day.
    Cases(String),
    Desk,
    Loyalty(portable::Place),
    End,
    Over,
}

struct Work<'a> {
    read: Read<'a>,
    config: Config,
    wanted: Export,
    table: Option<Table>,
    place: Place,
    done: Done,
}

/// What a piece has to know of those before it.
#[derive(Default, Serialize, Deserialize)]
struct Done {
    /// How many responses they have.
    responses: u64,
    /// Of the heading, which has to be true of all rows below it.
    mark: String,
}

/// Answers a request to `/export`.
pub fn piece(object: &Object, request: &str) -> Result<Response> {
    match make(object, request) {
        Ok((text, next)) => {
            let mut response = Response::ok(text)?;
            if let Some(next) = next {
                response.headers_mut().set(NEXT, &next)?;
            }
            Ok(response)
        }
        Err(fail) => fail.into_document().respond(),
    }
}

/// A piece of text, and where the next one begins, if there is one.
fn make(object: &Object, request: &str) -> std::result::Result<(String, Option<String>), Fail> {
    let mut work = begin(object, request)?;
    let mut out = String::new();
    for _ in 0..STEPS {
        if out.len() >= PIECE_BYTES || matches!(work.place, Place::Over) {
            break;
        }
        work.step(&mut out)?;
    }
    if matches!(work.place, Place::Over) {
        return Ok((out, None));
    }
    // Headers have no room for letters of all sorts, which a visitor's id may have.
    let next = serde_json::to_string(&(&work.place, &work.done))?;
    Ok((out, Some(js_sys::encode_uri_component(&next).into())))
}

fn begin<'a>(object: &'a Object, request: &str) -> std::result::Result<Work<'a>, Fail> {
    let wanted: Export = json::read(request)?;
    object.prepare(schema::site)?;
    let config = config::load(&object.read())?.ok_or_else(Fail::not_found)?;
    let table = match wanted.form {
        Form::Csv { labels, .. } => {
            let locale = config.site.locale.clone();
            Some(Table::new(&config, wanted.filter.widget.as_ref(), wanted.redaction, labels.then_some(&locale)))
        }
        _ => None,
    };
    let mut heading = String::new();
    if let Some(table) = &table {
        table.head(&mut heading);
    }
    let mark = format!("{:x}", short(&heading));
    let (place, done) = match &wanted.place {
        Some(place) => {
            let place = js_sys::decode_uri_component(place).map_err(|_| Fail::not_found())?;
            json::read::<(Place, Done)>(&String::from(place))?
        }
        None => (Place::Head, Done { responses: 0, mark: mark.clone() }),
    };
    if done.mark != mark {
        return Err(Fail::conflict("The questions changed while they were exported; begin anew"));
    }
    Ok(Work { read: object.read(), config, wanted, table, place, done })
}

impl Work<'_> {
    fn step(&mut self, out: &mut String) -> std::result::Result<(), Fail> {
        self.place = match std::mem::replace(&mut self.place, Place::Over) {
            Place::Head => {
                self.head(out)?;
                Place::Responses(self.wanted.filter.from.map(first_id).unwrap_or_default())
            }
            Place::Responses(after) => self.responses(&after, out)?,
            Place::Views(after) => views(&self.read, after, out)?,
            Place::Tally(after) => tally(&self.read, after, out)?,
            Place::Active(day, after) => active(&self.read, day, &after, out)?,
            Place::Totals(after) => totals(&self.read, after, out)?,
            Place::Cases(after) => cases(&self.read, &after, out)?,
            Place::Desk => {
                if let Some(desk) = inbox::desk(&self.read)? {
                    raw(out, "desk", &desk);
                }
                Place::Loyalty(portable::Place::default())
            }
            Place::Loyalty(place) => {
                let mut lines = Vec::new();
                let mut next = Some(place);
                for _ in 0..PLACES {
                    let Some(place) = next.take() else { break };
                    next = portable::export(&self.read, place, &mut lines)?;
                }
                lines.iter().try_for_each(|each| line(out, each))?;
                next.map_or(Place::End, Place::Loyalty)
            }
            Place::End => {
                line(out, &Line::End { responses: self.done.responses })?;
                Place::Over
            }
            Place::Over => Place::Over,
        };
        Ok(())
    }

    fn head(&self, out: &mut String) -> std::result::Result<(), Fail> {
        if let Form::Csv { mark: true, .. } = self.wanted.form {
            out.push('\u{feff}');
        }
        if let Some(table) = &self.table {
            table.head(out);
        }
        if self.wanted.form == Form::Site {
            line(out, &Line::Head(Box::new(Head { rapport: 1, exported: now(), config: self.config.clone() })))?;
        }
        Ok(())
    }

    fn responses(&mut self, after: &str, out: &mut String) -> std::result::Result<Place, Fail> {
        let read = &self.read;
        // Every id is lower than `g`: ids are hex digits.
        let before = self.wanted.filter.to.map_or_else(|| "g".to_owned(), |day| first_id(day.plus(1)));
        let rows = read.all(
            "SELECT id, body FROM response WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
            vec![text(after), text(before), int(PAGE)],
            |row| Ok((row.text()?, row.text()?)),
        )?;
        let Some((last, _)) = rows.last() else {
            return Ok(if self.wanted.form == Form::Site { Place::Views(i64::from(i32::MIN)) } else { Place::Over });
        };
        let next = Place::Responses(last.clone());
        for (_, body) in &rows {
            if self.wanted.form == Form::Site {
                // As it is kept: nothing is gained by reading it.
                raw(out, "response", body);
                self.done.responses += 1;
                continue;
            }
            let response: Stored = json::read(body)?;
            if !self.wanted.filter.matches(&response, inbox::load(read, &response.id)?.as_ref()) {
                continue;
            }
            match &self.table {
                Some(table) => table.row(out, response, &self.config),
                None if self.wanted.redaction == Redaction::default() => {
                    out.push_str(body);
                    out.push('\n');
                }
                None => export::line(out, response, self.wanted.redaction, &self.config)?,
            }
        }
        Ok(next)
    }
}

fn views(read: &Read<'_>, after: i64, out: &mut String) -> std::result::Result<Place, Fail> {
    let query = "SELECT day, body FROM view WHERE day > ? ORDER BY day LIMIT 50";
    let rows = read.all(query, vec![int(after)], |row| Ok((row.int()?, row.text()?)))?;
    for (_, body) in &rows {
        raw(out, "views", body);
    }
    Ok(rows.last().map_or(Place::Tally(i64::from(i32::MIN)), |(day, _)| Place::Views(*day)))
}

fn tally(read: &Read<'_>, after: i64, out: &mut String) -> std::result::Result<Place, Fail> {
    let query = "SELECT day, outcome, n FROM tally WHERE day IN (SELECT DISTINCT day FROM tally WHERE day > ? ORDER BY day LIMIT 50)
                 ORDER BY day, outcome";
    let rows = read.all(query, vec![int(after)], |row| Ok((row.int()?, row.text()?, row.of()?)))?;
    let last = rows.last().map(|(day, ..)| *day);
    for (number, outcome, n) in rows {
        line(out, &Line::Tally { day: day(number), outcome, n })?;
    }
    Ok(last.map_or(Place::Active(i64::from(i32::MIN), String::new()), Place::Tally))
}

fn active(read: &Read<'_>, last: i64, after: &str, out: &mut String) -> std::result::Result<Place, Fail> {
    let rows = read.all(
        "SELECT day, visitor, responses FROM active WHERE (day, visitor) > (?, ?) ORDER BY day, visitor LIMIT ?",
        vec![int(last), text(after), int(VISITORS)],
        |row| Ok((row.int()?, row.text()?, row.int()?)),
    )?;
    let next = rows.last().map(|(day, visitor, _)| Place::Active(*day, visitor.clone()));
    for chunk in rows.chunk_by(|a, b| a.0 == b.0) {
        let Some((number, ..)) = chunk.first() else { continue };
        let visitors = chunk.iter().map(|(_, visitor, responses)| (visitor.clone(), *responses)).collect();
        line(out, &Line::Active { day: day(*number), visitors })?;
    }
    Ok(next.unwrap_or(Place::Totals(i64::from(i32::MIN))))
}

fn totals(read: &Read<'_>, after: i64, out: &mut String) -> std::result::Result<Place, Fail> {
    let rows = fold::after(read, after, 50)?;
    for (_, body) in &rows {
        raw(out, "totals", body);
    }
    Ok(rows.last().map_or_else(|| Place::Cases(String::new()), |(day, _)| Place::Totals(*day)))
}

/// The cases of the next day that has any.
fn cases(read: &Read<'_>, after: &str, out: &mut String) -> std::result::Result<Place, Fail> {
    let next =
        read.first("SELECT id FROM handled WHERE id >= ? ORDER BY id LIMIT 1", vec![text(after)], |row| row.text())?;
    let Some(day) = next.and_then(|id| id::moment(&id)).map(Timestamp::day) else { return Ok(Place::Desk) };
    raw(out, "cases", &inbox::write_day(read, day)?);
    Ok(Place::Cases(first_id(day.plus(1))))
}

/// A line whose value is JSON already.
fn raw(out: &mut String, name: &str, json: &str) {
    out.push_str("{\"");
    out.push_str(name);
    out.push_str("\":");
    out.push_str(json);
    out.push_str("}\n");
}

fn day(number: i64) -> Day {
    Day(i32::try_from(number).unwrap_or(0))
}

fn line(out: &mut String, line: &Line) -> std::result::Result<(), Fail> {
    out.push_str(&serde_json::to_string(line)?);
    out.push('\n');
    Ok(())
}
