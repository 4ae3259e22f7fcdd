//! The registry: which sites there are, and what the owner did.

use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;

use super::Object;
use super::sql::{Read, int, text};
use super::transaction::transaction;
use crate::command::{Listed, Noted};
use crate::problem::Fail;

/// Lines that the log keeps.
const NOTES: i64 = 1_000;

/// Every site, by name.
pub fn sites(read: &Read<'_>) -> Result<Vec<Listed>, Fail> {
    let rows =
        read.all("SELECT id, name FROM site ORDER BY name, id", Vec::new(), |row| Ok((row.text()?, row.text()?)))?;
    Ok(rows.into_iter().filter_map(|(id, name)| Some(Listed { site: SiteId::parse(&id).ok()?, name })).collect())
}

/// Whether there is such a site. Asked before the site's own object is, so that made-up names make no objects.
pub fn knows(read: &Read<'_>, site: &SiteId) -> Result<bool, Fail> {
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM site WHERE id = ?)", vec![text(site)])? == 1)
}

/// Adds a site, or renames it.
pub fn enlist(object: &Object, site: &SiteId, name: &str) -> Result<(), Fail> {
    transaction(&object.storage, |write| {
        write.run(
            "INSERT INTO site (id, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name",
            vec![text(site), text(name)],
        )?;
        Ok(())
    })
}

/// Takes a site off the list.
pub fn delist(object: &Object, site: &SiteId) -> Result<(), Fail> {
    transaction(&object.storage, |write| write.run("DELETE FROM site WHERE id = ?", vec![text(site)]).map(drop))?;
    Ok(())
}

/// A line of the same words joins one that is younger than this, such as of a draft that saves itself while it is written.
const JOINED_MS: i64 = 10 * 60 * 1_000;

/// Parts who did it from what was done, in one column: lines of older releases have what was done alone.
const PART: char = '\u{1f}';

/// Adds a line to the log. One that says again what the newest says only moves that to now.
pub fn note(object: &Object, what: &str, who: &str, now: Timestamp) -> Result<(), Fail> {
    let bounded = |text: &str, most| text.chars().filter(|c| !c.is_control()).take(most).collect::<String>();
    let line = format!("{}{PART}{}", bounded(who, 80), bounded(what, 200));
    transaction(&object.storage, |write| {
        let newest =
            write.read().first("SELECT seq, at, what FROM note ORDER BY seq DESC LIMIT 1", Vec::new(), |row| {
                Ok((row.int()?, Timestamp(row.int()?), row.text()?))
            })?;
        if let Some((seq, _, _)) = newest.filter(|(_, at, text)| *text == line && now.0 - at.0 < JOINED_MS) {
            write.run("UPDATE note SET at = ? WHERE seq = ?", vec![int(now.0), int(seq)])?;
            return Ok(());
        }
        write.run("INSERT INTO note (at, what) VALUES (?, ?)", vec![int(now.0), text(&line)])?;
        write.run("DELETE FROM note WHERE seq <= (SELECT MAX(seq) FROM note) - ?", vec![int(NOTES)])?;
        Ok(())
    })
}

/// The log, the newest line first.
pub fn notes(read: &Read<'_>) -> Result<Vec<Noted>, Fail> {
    let query = "SELECT at, what FROM note ORDER BY seq DESC";
    Ok(read.all(query, Vec::new(), |row| {
        let (at, line) = (Timestamp(row.int()?), row.text()?);
        let (who, what) = line.split_once(PART).unwrap_or(("", &line));
        Ok(Noted { at, who: who.to_owned(), what: what.to_owned() })
    })?)
}
