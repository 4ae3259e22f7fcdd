//! Conversations, from the visitor's side. What the owner notes of a response never leaves here: tags, status, doubts. What a
//! visitor says is a change of the case like the owner's own, and goes to KV with it.

use std::rc::Rc;

use rapport_core::case::{By, Case};
use rapport_core::id;
use rapport_core::limits::{MESSAGES_IN_A_ROW, TALKS};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::sql::{Read, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, inbox, reply};
use crate::command::talk::{Command, Line, Said, Told};
use crate::json;
use crate::problem::Fail;

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Unseen { ids } => reply(&unseen(&object.read(), &ids)?),
        Command::Get { id } => reply(&told(&object.read(), &id)?),
        Command::Say { id, message, text } => reply(&say(object, &id, &message, &text, now).await?),
        Command::Seen { id, until } => reply(&seen(object, &id, until, now).await?),
    }
}

/// Those with something new. Only of cases: most responses have none, and then that is one row read.
fn unseen(read: &Read<'_>, ids: &[String]) -> Result<Vec<Told>, Fail> {
    let mut all = Vec::new();
    for id in ids {
        if let Some(case) = inbox::load(read, id)?.filter(Case::has_news)
            && let Some(response) = response(read, id)?
        {
            all.push(tell(response, &case));
        }
    }
    Ok(all)
}

/// Those of a member's responses about which the owner has said something, on this device or another, the latest word first.
pub fn about(read: &Read<'_>, mut ids: Vec<String>, mine: &[String]) -> Result<Vec<(Told, bool)>, Fail> {
    ids.extend_from_slice(mine);
    ids.sort_unstable();
    ids.dedup();
    let mut all = Vec::new();
    for id in ids {
        let spoken = |case: &Case| case.has_news() || case.thread.iter().any(|message| message.by == By::Owner);
        if let Some(case) = inbox::load(read, &id)?.filter(spoken)
            && let Some(response) = response(read, &id)?
        {
            all.push((tell(response, &case), case.has_news()));
        }
    }
    all.sort_by_key(|(told, new)| core::cmp::Reverse((*new, told.until)));
    all.truncate(TALKS);
    Ok(all)
}

/// What the author of a response may know of it. Nothing, where it is not there, not complete, or erased.
pub fn told(read: &Read<'_>, id: &str) -> Result<Option<Told>, Fail> {
    let Some(response) = response(read, id)? else { return Ok(None) };
    let case = inbox::load(read, id)?.unwrap_or_else(|| Case::new(id));
    Ok(Some(tell(response, &case)))
}

/// 1. In one transaction: the message, where there is something to answer and it is the visitor's turn.
/// 2. The alarm, so that the case gets to KV.
async fn say(object: &Rc<Object>, id: &str, message: &str, words: &str, now: Timestamp) -> Result<Said, Fail> {
    let said = change(object, id, now, |case| {
        if in_a_row(case).is_none() {
            return Ok((Some(Said::Gone), false));
        }
        match case.answer(message, words, now) {
            // To answer is to have seen.
            Ok(new) => Ok((None, case.see(now, now) || new)),
            Err(_) if in_a_row(case).is_some_and(|n| n as usize >= MESSAGES_IN_A_ROW) => Ok((Some(Said::Wait), false)),
            Err(problem) => Err(problem.into()),
        }
    })
    .await?;
    match said {
        Some(Some(refused)) => Ok(refused),
        Some(None) => Ok(told(&object.read(), id)?.map_or(Said::Gone, |told| Said::Kept(Box::new(told)))),
        None => Ok(Said::Gone),
    }
}

/// Notes that everything up to `until` was seen.
async fn seen(object: &Rc<Object>, id: &str, until: Timestamp, now: Timestamp) -> Result<(), Fail> {
    change(object, id, now, |case| Ok(((), case.see(until, now)))).await.map(drop)
}

/// Changes the case of a response, and keeps it if `work` says that it changed. Nothing, where there is no such response.
async fn change<T>(
    object: &Rc<Object>,
    id: &str,
    now: Timestamp,
    mut work: impl FnMut(&mut Case) -> Result<(T, bool), Fail>,
) -> Result<Option<T>, Fail> {
    let outcome = transaction(&object.storage, |write: &Write<'_>| {
        let Some(response) = response(&write.read(), id)? else { return Ok(None) };
        let mut case = inbox::load(&write.read(), id)?.unwrap_or_else(|| Case::new(id));
        let (result, changed) = work(&mut case)?;
        let due = if changed { Some(inbox::save(write, &response, &case, now)?) } else { None };
        Ok::<_, Fail>(Some((result, due)))
    })?;
    let Some((result, due)) = outcome else { return Ok(None) };
    if let Some(due) = due {
        alarm::by(object, due).await?;
    }
    Ok(Some(result))
}

fn response(read: &Read<'_>, id: &str) -> Result<Option<Response>, Fail> {
    let query = "SELECT body FROM response WHERE id = ? AND complete = 1";
    read.first(query, vec![text(id)], |row| row.text())?.map(|body| json::read(&body)).transpose()
}

fn tell(response: Response, case: &Case) -> Told {
    let Response { id, widget, version, answers, .. } = response;
    let line = |message: &rapport_core::case::Message| Line {
        owner: message.by == By::Owner,
        text: message.text.clone(),
        at: message.at,
    };
    let given = id::moment(&id).unwrap_or(Timestamp(0));
    let until = case.thread.iter().map(|message| message.at).max().unwrap_or(given);
    Told {
        widget,
        version,
        answers,
        lines: case.thread.iter().map(line).collect(),
        done: case.news.iter().map(|link| (link.widget.clone(), link.entry.clone())).collect(),
        until,
        in_a_row: in_a_row(case),
        id,
    }
}

/// Messages of the visitor since the owner's last; nothing, where the owner has never written.
fn in_a_row(case: &Case) -> Option<u32> {
    let last = case.thread.iter().rposition(|message| message.by == By::Owner)?;
    u32::try_from(case.thread.len() - last - 1).ok()
}
