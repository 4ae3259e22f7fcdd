//! Counts of views: best effort, one row for each day, and once the day is over one value in KV.

use rapport_core::delivery::{Moment, View};
use rapport_core::time::{Day, Timestamp};

use super::outbox::{self, Kind};
use super::sql::{Read, int, text};
use super::transaction::Write;
use crate::command::{Counts, DayViews, ViewCount};
use crate::json;
use crate::problem::Fail;

/// Counts what one beacon reports.
pub fn count(write: &Write<'_>, today: Day, views: &[View]) -> Result<(), Fail> {
    let counts = views.iter().map(|view| {
        // Each moment at most once a view, whatever was sent.
        let once = |moment| i64::from(view.moments.contains(&moment));
        ViewCount {
            widget: view.widget.clone(),
            version: view.version,
            variant: view.variant.clone(),
            seen: once(Moment::Seen),
            started: once(Moment::Started),
            dismissed: once(Moment::Dismissed),
        }
    });
    add(write, today, counts)
}

/// Adds `counts` to a day.
pub fn add(write: &Write<'_>, day: Day, counts: impl Iterator<Item = ViewCount>) -> Result<(), Fail> {
    let mut views = load(&write.read(), day)?.unwrap_or(DayViews { v: 1, day, counts: Vec::new() });
    for count in counts {
        let same = |known: &&mut ViewCount| {
            known.widget == count.widget && known.version == count.version && known.variant == count.variant
        };
        match views.counts.iter_mut().find(same) {
            Some(known) => {
                known.seen += count.seen;
                known.started += count.started;
                known.dismissed += count.dismissed;
            }
            None => views.counts.push(count),
        }
    }
    save(write, &views)
}

/// Makes a day's counts at least those of `views`: taking in the same day twice changes nothing.
pub fn at_least(write: &Write<'_>, views: &DayViews) -> Result<(), Fail> {
    let mut known = load(&write.read(), views.day)?.unwrap_or(DayViews { v: 1, day: views.day, counts: Vec::new() });
    let before = known.clone();
    for count in &views.counts {
        let same = |one: &&mut ViewCount| {
            one.widget == count.widget && one.version == count.version && one.variant == count.variant
        };
        match known.counts.iter_mut().find(same) {
            Some(one) => {
                one.seen = one.seen.max(count.seen);
                one.started = one.started.max(count.started);
                one.dismissed = one.dismissed.max(count.dismissed);
            }
            None => known.counts.push(count.clone()),
        }
    }
    if known == before { Ok(()) } else { save(write, &known) }
}

/// Puts a day's counts in the place of whatever was there.
pub fn save(write: &Write<'_>, views: &DayViews) -> Result<(), Fail> {
    write.run(
        "INSERT INTO view (day, body) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET body = excluded.body, closed = 0",
        vec![int(views.day.0), text(serde_json::to_string(views)?)],
    )?;
    Ok(())
}

/// A day's counts.
pub fn load(read: &Read<'_>, day: Day) -> Result<Option<DayViews>, Fail> {
    let body = read.first("SELECT body FROM view WHERE day = ?", vec![int(day.0)], |row| row.text())?;
    body.as_deref().map(json::read).transpose()
}

/// Marks a day as already in KV.
pub fn close(write: &Write<'_>, day: Day) -> Result<(), Fail> {
    write.run("UPDATE view SET closed = 1 WHERE day = ?", vec![int(day.0)])?;
    Ok(())
}

/// Sends the days before `today` to KV, each once. Tells whether there was one.
pub fn close_before(write: &Write<'_>, today: Day, now: Timestamp) -> Result<bool, Fail> {
    let open =
        write.read().all("SELECT day FROM view WHERE closed = 0 AND day < ?", vec![int(today.0)], |row| row.of())?;
    for day in &open {
        close(write, Day(*day))?;
        outbox::add(write, Kind::Views, &Day(*day).to_string(), now)?;
    }
    Ok(!open.is_empty())
}

/// Whether some day still waits to be closed.
pub fn any_open(read: &Read<'_>) -> Result<bool, Fail> {
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM view WHERE closed = 0)", Vec::new())? == 1)
}

/// Counts from day to day, both included, as counts of responses are told.
pub fn between(read: &Read<'_>, from: Day, to: Day) -> Result<Vec<Counts>, Fail> {
    let bodies =
        read.all("SELECT body FROM view WHERE day BETWEEN ? AND ?", vec![int(from.0), int(to.0)], |row| row.text())?;
    let mut counts = Vec::new();
    for body in bodies {
        let views: DayViews = json::read(&body)?;
        counts.extend(views.counts.into_iter().map(|count| {
            Counts {
                day: views.day,
                widget: count.widget,
                version: count.version,
                variant: count.variant,
                keys: [("seen", count.seen), ("started", count.started), ("dismissed", count.dismissed)]
                    .into_iter()
                    .filter(|(_, n)| *n != 0)
                    .map(|(key, n)| (key.to_owned(), n))
                    .collect(),
            }
        }));
    }
    Ok(counts)
}
