//! Small things that the programme needs besides its members: secrets that sign, seeds of draws. Together they are one value in
//! KV, `p/{site}`, and nothing of them is ever exported.

use std::collections::BTreeMap;

use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::sql::{Read, text};
use super::super::transaction::Write;
use crate::json;
use crate::problem::Fail;

/// What is kept under a name.
pub fn get(read: &Read<'_>, name: &str) -> Result<Option<String>, Fail> {
    Ok(read.first("SELECT body FROM kept WHERE name = ?", vec![text(name)], |row| row.text())?)
}

/// Keeps `body` under a name, in the place of what is there.
pub fn put(write: &Write<'_>, name: &str, body: &str, now: Timestamp) -> Result<(), Fail> {
    set(write, name, body)?;
    outbox::add(write, Kind::Kept, "", now)
}

/// What KV keeps of them.
pub fn value(read: &Read<'_>) -> Result<String, Fail> {
    let all =
        read.all("SELECT name, body FROM kept ORDER BY name", Vec::new(), |row| Ok((row.text()?, row.text()?)))?;
    Ok(serde_json::to_string(&all.into_iter().collect::<BTreeMap<_, _>>())?)
}

/// Puts what comes from KV in the place of nothing.
pub fn restore(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    json::read::<BTreeMap<String, String>>(body)?.iter().try_for_each(|(name, body)| set(write, name, body))
}

fn set(write: &Write<'_>, name: &str, body: &str) -> Result<(), Fail> {
    write.run(
        "INSERT INTO kept (name, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        vec![text(name), text(body)],
    )?;
    Ok(())
}
