//! Deleted hooks: for a while that can be taken back, then they are forgotten with their secrets and their log.

use rapport_core::hook::HOOKS;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use super::super::erase::UNDO_MS;
use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, outbox};
use super::{all, find, put, shown};
use crate::command::hook::{Kept, Shown};
use crate::json;
use crate::problem::Fail;

/// Sends nothing more, and keeps it for whoever takes that back.
pub(super) fn delete(object: &Object, id: &str, now: Timestamp) -> Result<Shown, Fail> {
    let kept = find(object, id)?;
    let gone = shown(&object.read(), &kept)?;
    swap(object, &Kept { deleted: Some(now), ..kept }, now, |write| {
        let halt = "UPDATE delivery SET due = NULL, ok = 0, why = 'stopped' WHERE hook = ? AND due IS NOT NULL";
        write.run(halt, vec![text(id)])?;
        Ok(())
    })?;
    Ok(gone)
}

/// Takes that back. One that is not deleted stays as it is.
pub(super) fn restore(object: &Object, id: &str, now: Timestamp) -> Result<Shown, Fail> {
    if let Ok(kept) = find(object, id) {
        return shown(&object.read(), &kept);
    }
    let body = object.read().first("SELECT body FROM hook WHERE id = ?", vec![text(id)], |row| row.text())?;
    let kept: Kept = json::read(&body.ok_or_else(Fail::not_found)?)?;
    if kept.deleted.is_none_or(|at| at.plus_ms(UNDO_MS) <= now) {
        return Err(Fail::not_found());
    }
    if all(object)?.len() >= HOOKS as usize {
        return Err(Problem::new("hooks", Fault::TooMany { max: HOOKS }).into());
    }
    let kept = Kept { deleted: None, ..kept };
    swap(object, &kept, now, |_| Ok(()))?;
    shown(&object.read(), &kept)
}

/// Forgets what can no longer be taken back.
pub fn forget(object: &Object, now: Timestamp) -> Result<(), Fail> {
    if next_forgotten(&object.read())?.is_none_or(|at| at > now) {
        return Ok(());
    }
    transaction(&object.storage, |write| {
        let old = || vec![int(now.0 - UNDO_MS)];
        write.run(
            "DELETE FROM delivery WHERE hook IN (SELECT id FROM hook WHERE json_extract(body, '$.deleted') <= ?)",
            old(),
        )?;
        write.run("DELETE FROM hook WHERE json_extract(body, '$.deleted') <= ?", old())?;
        Ok(())
    })
}

/// When there is something to forget.
pub fn next_forgotten(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    let query = "SELECT MIN(json_extract(body, '$.deleted')) FROM hook";
    let first = read.first(query, Vec::new(), |row| row.maybe_int())?.flatten();
    Ok(first.map(|at| Timestamp(at).plus_ms(UNDO_MS)))
}

fn swap(
    object: &Object,
    kept: &Kept,
    now: Timestamp,
    more: impl Fn(&Write<'_>) -> Result<(), Fail>,
) -> Result<(), Fail> {
    object.hooks.replace(None);
    transaction(&object.storage, |write| {
        put(write, kept, now)?;
        more(write)?;
        outbox::add(write, outbox::Kind::Hooks, "", now)
    })
}
