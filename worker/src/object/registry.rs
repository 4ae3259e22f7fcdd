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

/// Adds a line to the log.
pub fn note(object: &Object, what: &str, now: Timestamp) -> Result<(), Fail> {
    let what: String = what.chars().take(200).collect();
    transaction(&object.storage, |write| {
        write.run("INSERT INTO note (at, what) VALUES (?, ?)", vec![int(now.0), text(&what)])?;
        write.run("DELETE FROM note WHERE seq <= (SELECT MAX(seq) FROM note) - ?", vec![int(NOTES)])?;
        Ok(())
    })
}

/// The newest lines of the log.
pub fn notes(read: &Read<'_>) -> Result<Vec<Noted>, Fail> {
    let query = "SELECT at, what FROM note ORDER BY seq DESC LIMIT 100";
    Ok(read.all(query, Vec::new(), |row| Ok(Noted { at: Timestamp(row.int()?), what: row.text()? }))?)
}
