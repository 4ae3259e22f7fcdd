//! Sessions as the owner sees them, and the key that was made on the dashboard.

use rapport_core::time::Timestamp;

use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use super::{Object, reply, session, throttle, usage};
use crate::command::account::{Command, Open, Replaced};
use crate::digest::sha256;
use crate::problem::Fail;

/// Does what is asked, and replies in JSON.
pub fn obey(object: &Object, command: &Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Usage { from } => reply(&usage::since(&object.read(), *from)?),
        Command::Sessions => reply(&sessions(&object.read(), now)?),
        Command::End { id } => {
            transaction(&object.storage, |write| {
                write.run("DELETE FROM session WHERE substr(hash, 1, 12) = ?", vec![text(id)])?;
                forget(write)
            })?;
            reply(&())
        }
        Command::EndOthers { token } => {
            transaction(&object.storage, |write| end_others(write, token))?;
            reply(&())
        }
        Command::Key => reply(&key(&object.read())?),
        Command::Replace { right, source, digest, over, token } => {
            let outcome = transaction(&object.storage, |write| {
                if let Some(refusal) = throttle::refusal(write, *right, source, now)? {
                    return Ok::<_, Fail>(Err(refusal));
                }
                write.run(
                    "INSERT INTO key (one, digest, over, at) VALUES (1, ?, ?, ?)
                     ON CONFLICT DO UPDATE SET digest = excluded.digest, over = excluded.over, at = excluded.at",
                    vec![text(digest), text(over), int(now.0)],
                )?;
                end_others(write, token)?;
                Ok(Ok(()))
            })?;
            reply(&outcome?)
        }
    }
}

/// Remembers which browser opened a session.
pub fn remember(write: &Write<'_>, hash: &str, browser: &str) -> Result<(), Fail> {
    let browser: String = browser.chars().take(60).collect();
    write.run("INSERT OR REPLACE INTO browser (session, name) VALUES (?, ?)", vec![text(hash), text(browser)])?;
    forget(write)
}

fn sessions(read: &Read<'_>, now: Timestamp) -> Result<Vec<Open>, Fail> {
    let query = "SELECT hash, created, seen, name FROM session LEFT JOIN browser ON session = hash ORDER BY seen DESC";
    let rows = read.all(query, Vec::new(), |row| {
        let hash = row.text()?;
        let (opened, used) = (Timestamp(row.int()?), Timestamp(row.int()?));
        let id = hash.get(..12).unwrap_or_default().to_owned();
        Ok(Open { id, opened, used, browser: row.maybe_text()?.unwrap_or_default() })
    })?;
    Ok(rows.into_iter().filter(|open| session::lives(open.opened, open.used, now)).collect())
}

fn end_others(write: &Write<'_>, token: &str) -> Result<(), Fail> {
    write.run("DELETE FROM session WHERE hash <> ?", vec![text(sha256(token))])?;
    forget(write)
}

/// Browsers of sessions that are gone.
fn forget(write: &Write<'_>) -> Result<(), Fail> {
    write.run("DELETE FROM browser WHERE session NOT IN (SELECT hash FROM session)", Vec::new())?;
    Ok(())
}

fn key(read: &Read<'_>) -> Result<Option<Replaced>, Fail> {
    Ok(read.first("SELECT digest, over, at FROM key", Vec::new(), |row| {
        Ok(Replaced { digest: row.text()?, over: row.text()?, at: Timestamp(row.int()?) })
    })?)
}
