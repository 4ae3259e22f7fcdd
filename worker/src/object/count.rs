//! Counts of responses by widget, day, version and variant.

use std::collections::BTreeMap;

use rapport_core::name::Name;
use rapport_core::summary::Summary;
use rapport_core::time::Day;

use super::sql::{Read, int, text};
use super::transaction::Write;
use crate::command::Counts;
use crate::command::versions::VersionCount;
use crate::json;
use crate::problem::Fail;

/// Adds `summary` to the counts.
pub fn merge(write: &Write<'_>, summary: &Summary) -> Result<(), Fail> {
    Counts::of(summary).iter().try_for_each(|row| add(write, row))
}

/// Adds to the row at the place of `delta`. Counts that come to nothing vanish, and so do empty rows: equal counts are
/// equal rows, however they came about. The database adds: a busy widget's row need not come here and go back.
pub fn add(write: &Write<'_>, delta: &Counts) -> Result<(), Fail> {
    let variant = delta.variant.as_ref().map_or("", Name::as_str);
    let place = || vec![text(&delta.widget), int(delta.day.0), int(delta.version), text(variant)];
    let mut values = place();
    values.push(text(serde_json::to_string(&delta.keys)?));
    write.run(
        "INSERT INTO count (widget, day, version, variant, keys) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET keys = (SELECT json_group_object(key, n) FROM (SELECT key, SUM(value) AS n FROM (
            SELECT key, value FROM json_each(count.keys) UNION ALL SELECT key, value FROM json_each(excluded.keys))
            GROUP BY key HAVING n <> 0 ORDER BY key))",
        values,
    )?;
    if delta.keys.values().any(|n| *n <= 0) {
        write.run(
            "DELETE FROM count WHERE widget = ? AND day = ? AND version = ? AND variant = ? AND keys = '{}'",
            place(),
        )?;
    }
    Ok(())
}

/// The rows of `widget` from day to day, both included.
pub fn of_widget(read: &Read<'_>, widget: &Name, from: Day, to: Day) -> Result<Vec<Counts>, Fail> {
    let rows = read.all(
        "SELECT day, version, variant, keys FROM count WHERE widget = ? AND day BETWEEN ? AND ?",
        vec![text(widget), int(from.0), int(to.0)],
        |row| Ok((row.of()?, row.of()?, row.text()?, row.text()?)),
    )?;
    rows.into_iter()
        .map(|(day, version, variant, keys)| {
            let variant = Name::parse(&variant).ok();
            Ok(Counts { day: Day(day), widget: widget.clone(), version, variant, keys: json::read(&keys)? })
        })
        .collect()
}

/// Completed answers by version, over all days.
pub fn of_versions(read: &Read<'_>, widget: &Name) -> Result<Vec<VersionCount>, Fail> {
    Ok(read.all(
        "SELECT version, SUM(COALESCE(json_extract(keys, '$.completed'), 0)) FROM count WHERE widget = ? GROUP BY version",
        vec![text(widget)],
        |row| Ok(VersionCount { version: row.of()?, completed: row.of()? }),
    )?)
}

/// The rows of all widgets on one day.
pub fn of_day(read: &Read<'_>, day: Day) -> Result<Vec<Counts>, Fail> {
    let rows = read.all("SELECT widget, version, variant, keys FROM count WHERE day = ?", vec![int(day.0)], |row| {
        Ok((row.text()?, row.of()?, row.text()?, row.text()?))
    })?;
    rows.into_iter()
        .map(|(widget, version, variant, keys)| {
            let (widget, variant) = (Name::parse(&widget)?, Name::parse(&variant).ok());
            Ok(Counts { day, widget, version, variant, keys: json::read(&keys)? })
        })
        .collect()
}

/// Sums of all days of `widget` over the keys that `wanted` picks.
pub fn totals(read: &Read<'_>, widget: &Name, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, i64>, Fail> {
    let mut totals = BTreeMap::new();
    for counts in of_widget(read, widget, Day(i32::MIN), Day(i32::MAX))? {
        for (key, n) in counts.keys {
            if wanted(&key) {
                *totals.entry(key).or_default() += n;
            }
        }
    }
    Ok(totals)
}
