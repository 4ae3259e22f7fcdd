//! Answers whose ids are too old or too new. A device that is refused for that stamps its answer anew, so it must not happen to
//! one that has arrived, and whatever it happened to must not arrive by another copy: each id has one fate, decided here.

use std::rc::Rc;

use rapport_core::late;
use rapport_core::time::{Day, Timestamp};

use super::sql::{int, text};
use super::transaction::{Write, transaction};
use super::{Object, hook, ingest, rebuild, tally, visitor};
use crate::command::{Accepted, Ingest};
use crate::problem::Fail;

/// Takes `delivery` where its id has arrived before, as what it is: a copy, or a later revision. Else refuses it, and remembers
/// that for as long as another copy might be in time.
pub async fn late(object: &Rc<Object>, delivery: Ingest, reason: &str, now: Timestamp) -> Result<Accepted, Fail> {
    if rebuild::under_way(&object.read())? {
        // What is known may not be back yet.
        return Err(Fail::Unreachable("a rebuild is under way".to_owned()));
    }
    let hooks = hook::all(object)?;
    let reason = if reason == "too_new" { reason } else { "too_old" };
    let (accepted, due) = transaction(&object.storage, |write| {
        let mut delivery = delivery.clone();
        let Some(response) = &mut delivery.response else { return Ok((Accepted::default(), visitor::until(now))) };
        if arrived(write, &response.id)? {
            if !late::changes(&response.id, now) {
                // Below any revision: what is there stays as it is.
                response.revision = 0;
            }
            return ingest::record(write, delivery, &hooks, now);
        }
        if let Some(until) = late::refused_until(&response.id, now) {
            write.run(
                "INSERT INTO late (id, reason, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                vec![text(&response.id), text(reason), int(until.0)],
            )?;
        }
        Ok((refuse(write, reason, now.day())?, visitor::until(now)))
    })?;
    ingest::follow(object, accepted, due, now).await
}

/// Refuses it, and counts that.
pub fn refuse(write: &Write<'_>, reason: &str, today: Day) -> Result<Accepted, Fail> {
    tally::add(write, today, &format!("refused/{reason}"))?;
    Ok(Accepted { refused: Some(reason.to_owned()), ..Accepted::default() })
}

/// Drops what no copy can be in time for any more.
pub fn forget(write: &Write<'_>, now: Timestamp) -> Result<(), Fail> {
    write.run("DELETE FROM late WHERE until <= ?", vec![int(now.0)])?;
    Ok(())
}

fn arrived(write: &Write<'_>, id: &str) -> Result<bool, Fail> {
    let query = "SELECT EXISTS (SELECT 1 FROM response WHERE id = ?1) OR EXISTS (SELECT 1 FROM erased WHERE id = ?1)";
    Ok(write.read().number(query, vec![text(id)])? == 1)
}
