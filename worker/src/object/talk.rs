//! Conversations, from the visitor's side. What the owner notes of a response never leaves here: tags, status, doubts.

use std::rc::Rc;

use rapport_core::id;
use rapport_core::limits::MESSAGES_IN_A_ROW;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::sql::{Read, text};
use super::{Object, reply};
use crate::command::talk::{Command, Said, Told};
use crate::json;
use crate::problem::Fail;

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, _now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Unseen { .. } => reply(&Vec::<Told>::new()),
        Command::Get { id } => reply(&told(&object.read(), &id)?),
        Command::Say { .. } => reply(&Said::Gone),
        Command::Seen { .. } => reply(&()),
    }
}

/// What the author of a response may know of it. Nothing, where it is not there, not complete, or erased.
pub fn told(read: &Read<'_>, id: &str) -> Result<Option<Told>, Fail> {
    let query = "SELECT body FROM response WHERE id = ? AND complete = 1";
    let Some(body) = read.first(query, vec![text(id)], |row| row.text())? else { return Ok(None) };
    let Response { id, widget, version, answers, .. } = json::read(&body)?;
    let until = id::moment(&id).unwrap_or(Timestamp(0));
    Ok(Some(Told { id, widget, version, answers, lines: Vec::new(), done: Vec::new(), until, in_a_row: None }))
}
