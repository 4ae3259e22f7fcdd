//! Accepting what a visitor sent.

use std::rc::Rc;

use rapport_core::case::BLOCKED;
use rapport_core::delivery::{Moment, Receipt};
use rapport_core::hook::Event;
use rapport_core::name::Name;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::apply::{self, Verdict};
use super::outbox::{self, Kind};
use super::sql::{Read, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, count, hook, late, sighting, tally, view, visitor};
use crate::command::hook::Kept;
use crate::command::{Accepted, Edit, Ingest};
use crate::json;
use crate::problem::Fail;

/// How long a partial response waits for its rest before it goes to KV, so that most responses are one KV write.
const PATIENCE_MS: i64 = 30 * 60 * 1_000;

/// 1. In one transaction: apply the response, queue it for KV and for hooks, count views, activity and the outcome.
/// 2. Arm the alarm in the same breath, so that it is committed with the rows.
/// 3. Reply; the runtime holds the reply until all of that is on disk.
/// 4. Afterwards, send to KV what is due, and what hooks want to hear.
pub async fn ingest(object: &Rc<Object>, delivery: Ingest, now: Timestamp) -> Result<Accepted, Fail> {
    let hooks = hook::all(object)?;
    // The transaction runs once.
    let mut delivery = Some(delivery);
    let again = || Fail::Broken("the transaction ran twice".to_owned());
    let (accepted, due) =
        transaction(&object.storage, |write| record(write, delivery.take().ok_or_else(again)?, &hooks, now))?;
    follow(object, accepted, due, now).await
}

/// What comes after the transaction; of a refusal nothing does.
pub async fn follow(object: &Rc<Object>, accepted: Accepted, due: Timestamp, now: Timestamp) -> Result<Accepted, Fail> {
    if accepted.refused.is_some() {
        return Ok(accepted);
    }
    alarm::by(object, due).await?;
    if due.0 <= now.0 + alarm::SOON_MS {
        object.drain_afterwards();
    }
    Ok(accepted)
}

/// Returns the receipt and the moment by which the alarm has to ring.
pub fn record(
    write: &Write<'_>,
    delivery: Ingest,
    hooks: &[Kept],
    now: Timestamp,
) -> Result<(Accepted, Timestamp), Fail> {
    let today = now.day();
    let known = delivery.response.as_ref().map(|response| apply::known(&write.read(), response)).transpose()?;
    // Who has a receipt from the lane has not stamped it anew.
    if let Some(reason) = known.as_ref().and_then(|known| known.late.as_ref()).filter(|_| !delivery.acknowledged) {
        return Ok((late::refuse(write, reason, today)?, visitor::until(now)));
    }
    let mut due = visitor::until(now);
    if let Some(seen) = &delivery.seen {
        sighting::note(write, seen, now)?;
    }
    if !delivery.views.is_empty() {
        view::count(write, today, &delivery.views)?;
    }
    let (Some(mut response), Some(known)) = (delivery.response, known) else {
        if delivery.views.iter().any(|view| view.moments.contains(&Moment::Started)) {
            visitor::active(write, &visitor::identify(write, &delivery.who, today)?, today, 0)?;
        }
        return Ok((Accepted::default(), due));
    };

    let visitor = visitor::identify(write, &delivery.who, today)?;
    response.received = now;
    response.visitor.clone_from(&visitor.id);
    let fresh = !known.gone && known.earlier.is_none();
    let standing = visitor::active(write, &visitor, today, i64::from(fresh))?;
    if standing.burst {
        response.doubts.push("burst".to_owned());
    }
    let completed = known.earlier.as_ref().is_some_and(|earlier| earlier.complete);
    if standing.blocked {
        response.doubts.push(BLOCKED.to_owned());
    }
    let verdict = apply::apply_to(write, known, &mut response)?;
    let (duplicate, revision) = match verdict {
        Verdict::New | Verdict::Newer => (false, response.revision),
        Verdict::Known(revision) => (true, revision),
        // It did arrive, and its device may forget it.
        Verdict::Erased => (true, response.revision),
    };
    tally::add(write, today, if duplicate { "duplicate" } else { "accepted" })?;
    if !duplicate {
        let send = if response.complete { now } else { now.plus_ms(PATIENCE_MS) };
        outbox::add(write, Kind::Response, &response.id, send)?;
        due = due.min(if response.complete { now.plus_ms(alarm::SOON_MS) } else { send });
        if response.complete {
            tell(write, hooks, &response, completed, now)?;
        }
    }
    if let Some(most) = delivery.stop_after.filter(|_| response.complete) {
        stop_after(write, &response.widget, most, now)?;
    }
    let result =
        delivery.votes.as_ref().map(|question| votes(&write.read(), &response.widget, question)).transpose()?;
    let receipt = Receipt { id: response.id, revision, duplicate, result, told: Vec::new() };
    Ok((Accepted { receipt: Some(receipt), ..Accepted::default() }, due))
}

/// Queues it for hooks.
fn tell(write: &Write<'_>, hooks: &[Kept], response: &Response, again: bool, now: Timestamp) -> Result<(), Fail> {
    let Response { id, revision, widget, .. } = response;
    let (event, about) = if again {
        (Event::ResponseUpdated, format!("{id}.{revision}"))
    } else {
        (Event::ResponseCompleted, id.clone())
    };
    hook::raise(write, hooks, event, (&about, Some(widget)), now)
}

/// The receipt of a response that has arrived; with `answers`, what it told is what was answered.
pub fn receipt(read: &Read<'_>, id: &str, question: Option<&Name>, answers: bool) -> Result<Option<Receipt>, Fail> {
    let found = read.first("SELECT widget, revision, body FROM response WHERE id = ?", vec![text(id)], |row| {
        Ok((row.text()?, row.of()?, row.text()?))
    })?;
    let Some((widget, revision, body)) = found else { return Ok(None) };
    let told = if answers { json::read::<Response>(&body)?.answers } else { Vec::new() };
    let widget = Name::parse(&widget)?;
    let result = question.map(|question| votes(read, &widget, question)).transpose()?;
    Ok(Some(Receipt { id: id.to_owned(), revision, duplicate: true, result, told }))
}

/// Ends the widget that has all the answers it wanted.
fn stop_after(write: &Write<'_>, widget: &Name, most: u32, now: Timestamp) -> Result<(), Fail> {
    let completed = count::totals(&write.read(), widget, |key| key == "completed")?;
    if completed.get("completed").is_some_and(|n| *n >= i64::from(most)) {
        config::end_if_live(write, &Edit::End { widget: widget.clone() }, now)?;
    }
    Ok(())
}

/// Votes by option, and under the empty name the number of voters.
fn votes(read: &Read<'_>, widget: &Name, question: &Name) -> Result<Vec<(String, u64)>, Fail> {
    let all = format!("q/{question}");
    let each = format!("q/{question}/");
    let totals = count::totals(read, widget, |key| key == all || key.starts_with(&each))?;
    Ok(totals
        .into_iter()
        .map(|(key, n)| (key.strip_prefix(&each).unwrap_or_default().to_owned(), u64::try_from(n).unwrap_or(0)))
        .collect())
}
