//! What the owner reads. Figures are made of counts, so they cost the same however many responses there are.

use rapport_core::response::Response;
use rapport_core::time::{Day, Timestamp};

use super::sql::{Read, flag, int, maybe, text};
use super::transaction::rows_written;
use super::{Object, config, count, erase, held, outbox, rebuild, tally, view, visitor};
use crate::command::data::PENDING;
use crate::command::{Counts, Page, Report, Status};
use crate::json;
use crate::problem::Fail;
use crate::usage;
use rapport_core::name::Name;

/// The most responses of one page.
const PAGE: u32 = 200;

/// Everything that an overview shows of the days from `from` to `to`, both included.
pub fn report(object: &Object, from: Day, to: Day, latest: u32) -> Result<Report, Fail> {
    let read = object.read();
    Ok(Report {
        counts: counts(&read, from, to, None)?,
        tally: tally::between(&read, from, to)?,
        latest: responses(&read, &Page { limit: latest, ..Page::default() })?,
        activity: visitor::activity(&read, from, to)?,
        status: progress(&read)?,
    })
}

/// Counts of responses and of views, of one widget or of all.
pub fn counts(read: &Read<'_>, from: Day, to: Day, widget: Option<&Name>) -> Result<Vec<Counts>, Fail> {
    let mut counts = view::between(read, from, to)?;
    match widget {
        Some(widget) => {
            counts.retain(|count| count.widget == *widget);
            counts.extend(count::of_widget(read, widget, from, to)?);
        }
        None => {
            for widget in
                config::load(read)?.iter().flat_map(|config| &config.widgets).filter_map(|record| record.name())
            {
                if let Ok(widget) = Name::parse(widget) {
                    counts.extend(count::of_widget(read, &widget, from, to)?);
                }
            }
        }
    }
    Ok(counts)
}

/// A page of responses, newest first.
pub fn responses(read: &Read<'_>, page: &Page) -> Result<Vec<Response>, Fail> {
    // Every id is lower than `g`: ids are hex digits.
    let before = page.before.as_deref().unwrap_or("g");
    let bodies = read.all(
        "SELECT body FROM response WHERE id < ?1 AND (?2 IS NULL OR widget = ?2) AND (complete OR ?3) ORDER BY id DESC LIMIT ?4",
        vec![text(before), maybe(page.widget.as_ref()), flag(page.partial), int(page.limit.min(PAGE))],
        |row| row.text(),
    )?;
    bodies.iter().map(|body| json::read(body)).collect()
}

/// How the object is doing, the number of responses included.
pub fn status(object: &Object, now: Timestamp) -> Result<Status, Fail> {
    Ok(Status { responses: Some(held::total(object, now)?), ..progress(&object.read())? })
}

/// The same without that number. An open page asks for this again and again, so a long queue is not counted to its end.
fn progress(read: &Read<'_>) -> Result<Status, Fail> {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let parked = "SELECT COUNT(*), MAX(fault) FROM outbox WHERE due IS NULL";
    let (parked, fault) =
        read.first(parked, Vec::new(), |row| Ok((row.int()?, row.maybe_text()?)))?.unwrap_or_default();
    // An imported past comes last, so it is looked at last.
    let (pending, oldest) = read
        .first(
            "SELECT COUNT(*), MIN(due) FROM (
                SELECT * FROM (SELECT due FROM outbox WHERE kind > 'past' AND due IS NOT NULL LIMIT ?1) UNION ALL
                SELECT * FROM (SELECT due FROM outbox WHERE kind <= 'past' AND due IS NOT NULL LIMIT ?1))",
            vec![int(PENDING)],
            |row| Ok((row.int()?, row.maybe_int()?)),
        )?
        .unwrap_or_default();
    Ok(Status {
        responses: None,
        pending: count(pending).min(PENDING),
        parked: count(parked),
        fault,
        oldest: oldest.map(Timestamp),
        hold: outbox::hold(read)?,
        erasing: erase::owed(read)?,
        torn: count(read.number("SELECT COUNT(*) FROM torn", Vec::new())?),
        rebuilding: rebuild::replayed(read)?,
        bytes: read.size(),
        rows_written: rows_written(),
        rows_read: usage::rows_read(),
    })
}
