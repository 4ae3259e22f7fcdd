//! What the owner keeps beside the responses: views of the inbox, and who is blocked.

use std::rc::Rc;

use rapport_core::inbox::{Desk, View};
use rapport_core::limits::VIEWS;
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::sql::{Read, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm};
use crate::json;
use crate::problem::Fail;

/// Blocked visitors that are kept: the latest. Where ids live for a day, so does a block.
const BLOCKED: usize = 500;

/// The desk.
pub fn load(read: &Read<'_>) -> Result<Desk, Fail> {
    let body = read.first("SELECT body FROM desk", Vec::new(), |row| row.text())?;
    body.map_or_else(|| Ok(Desk { v: 1, ..Desk::default() }), |body| json::read(&body))
}

/// The value for KV; nothing where nobody ever kept anything.
pub fn value(read: &Read<'_>) -> Result<Option<String>, Fail> {
    Ok(read.first("SELECT body FROM desk", Vec::new(), |row| row.text())?)
}

/// Whether what this visitor sends is to be marked.
pub fn is_blocked(read: &Read<'_>, visitor: &str) -> Result<bool, Fail> {
    if visitor.is_empty() {
        return Ok(false);
    }
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM blocked WHERE visitor = ?)", vec![text(visitor)])? == 1)
}

/// Keeps a view, or replaces the one of its name.
pub async fn keep(object: &Rc<Object>, view: &View, now: Timestamp) -> Result<Desk, Fail> {
    change(object, now, |desk| {
        desk.views.retain(|known| known.name != view.name);
        if desk.views.len() >= VIEWS {
            return Err(Problem::new("views", Fault::TooMany { max: VIEWS as u32 }).into());
        }
        desk.views.push(view.clone());
        Ok(())
    })
    .await
}

/// Drops a view.
pub async fn discard(object: &Rc<Object>, name: &str, now: Timestamp) -> Result<Desk, Fail> {
    change(object, now, |desk| {
        desk.views.retain(|known| known.name != name);
        Ok(())
    })
    .await
}

/// Blocks the visitor of a response, or no longer.
pub async fn block(object: &Rc<Object>, id: &str, blocked: bool, now: Timestamp) -> Result<Desk, Fail> {
    let body = object.read().first("SELECT body FROM response WHERE id = ?", vec![text(id)], |row| row.text())?;
    let response: Response = json::read(&body.ok_or_else(Fail::not_found)?)?;
    if response.visitor.is_empty() {
        return Err(Fail::conflict("This response has no visitor id, so there is nobody to block"));
    }
    change(object, now, |desk| {
        desk.blocked.retain(|visitor| *visitor != response.visitor);
        if blocked {
            desk.blocked.push(response.visitor.clone());
            let over = desk.blocked.len().saturating_sub(BLOCKED);
            desk.blocked.drain(..over);
        }
        Ok(())
    })
    .await
}

/// Takes a desk in from KV, if it is newer than what is there.
pub fn restore(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    match json::read::<Desk>(body) {
        Ok(desk) if desk.revision > load(&write.read())?.revision => save(write, &desk),
        _ => Ok(()),
    }
}

async fn change(
    object: &Rc<Object>,
    now: Timestamp,
    mut change: impl FnMut(&mut Desk) -> Result<(), Fail>,
) -> Result<Desk, Fail> {
    let desk = transaction(&object.storage, |write| {
        let mut desk = load(&write.read())?;
        change(&mut desk)?;
        desk.v = 1;
        desk.revision = desk.revision.saturating_add(1);
        save(write, &desk)?;
        outbox::add(write, Kind::Desk, "", now)?;
        Ok::<_, Fail>(desk)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(desk)
}

/// The list of blocked visitors is a table of its own besides: it is asked for every response.
fn save(write: &Write<'_>, desk: &Desk) -> Result<(), Fail> {
    write.run("INSERT OR REPLACE INTO desk (one, body) VALUES (1, ?)", vec![text(serde_json::to_string(desk)?)])?;
    write.run("DELETE FROM blocked", Vec::new())?;
    for visitor in &desk.blocked {
        write.run("INSERT OR IGNORE INTO blocked (visitor) VALUES (?)", vec![text(visitor)])?;
    }
    Ok(())
}
