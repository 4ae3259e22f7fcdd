//! The index of words. Responses are counted at once and indexed a little later, many in one step: alone, each would cost the
//! index's own rows anew.

use rapport_core::case::Case;
use rapport_core::inbox::{self, Term};
use rapport_core::response::Response;

use super::super::sql::{Read, int, text};
use super::super::transaction::Write;
use crate::command::inbox::COUNTED;
use crate::json;
use crate::problem::Fail;

/// Notes that the words of a response are to be indexed.
pub fn later(write: &Write<'_>, key: i64) -> Result<(), Fail> {
    write.run("INSERT OR IGNORE INTO unindexed (seq) VALUES (?)", vec![int(key)])?;
    Ok(())
}

/// Indexes at most so many; tells how many it were.
pub fn index(write: &Write<'_>, most: i64) -> Result<usize, Fail> {
    let rows = write.read().all(
        "SELECT u.seq, r.body, h.body FROM unindexed u LEFT JOIN inbox i ON i.seq = u.seq
            LEFT JOIN response r ON r.id = i.id LEFT JOIN handled h ON h.id = i.id ORDER BY u.seq DESC LIMIT ?",
        vec![int(most)],
        |row| Ok((row.int()?, row.maybe_text()?, row.maybe_text()?)),
    )?;
    for (key, body, case) in &rows {
        if let Some(body) = body {
            let response: Response = json::read(body)?;
            let case: Option<Case> = case.as_deref().map(json::read).transpose()?;
            let words: Vec<String> = inbox::document(&response, case.as_ref()).into_iter().collect();
            // Not an UPDATE: an index without contents is replaced by rows.
            write.run(
                "INSERT OR REPLACE INTO words (rowid, terms) VALUES (?, ?)",
                vec![int(*key), text(words.join(" "))],
            )?;
        }
    }
    // The highest were taken.
    if let Some((lowest, ..)) = rows.last() {
        write.run("DELETE FROM unindexed WHERE seq >= ?", vec![int(*lowest)])?;
    }
    Ok(rows.len())
}

/// Takes the words of a response out.
pub fn remove(write: &Write<'_>, key: i64) -> Result<(), Fail> {
    write.run("DELETE FROM words WHERE rowid = ?", vec![int(key)])?;
    write.run("DELETE FROM unindexed WHERE seq = ?", vec![int(key)])?;
    Ok(())
}

/// Empties the index.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    write.run("INSERT INTO words (words) VALUES ('delete-all')", Vec::new())?;
    write.run("DELETE FROM unindexed", Vec::new())?;
    Ok(())
}

/// How many wait, as far as they are counted.
pub fn waiting(read: &Read<'_>) -> Result<u64, Fail> {
    let query = "SELECT COUNT(*) FROM (SELECT 1 FROM unindexed LIMIT ?)";
    Ok(u64::try_from(read.number(query, vec![int(COUNTED)])?).unwrap_or(0))
}

/// A search as the index understands it; nothing where there is nothing to search for. Terms are of letters and digits
/// alone, so quoting them is enough.
pub fn query(search: &str) -> Option<String> {
    let terms = inbox::search(search);
    let quoted: Vec<String> = terms
        .iter()
        .map(|term| match term {
            Term::Whole(term) => format!("\"{term}\""),
            Term::Begins(start) => format!("\"{start}\"*"),
        })
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}
