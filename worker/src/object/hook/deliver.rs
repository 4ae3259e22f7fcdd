//! Sending what waits, and noting what became of it.

use std::rc::Rc;

use futures_util::future::join_all;
use rapport_core::hook::{Service, message, retry};
use rapport_core::time::Timestamp;

use super::super::sql::{Read, int, maybe, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, outbox};
use super::render::{Rendered, render};
use super::{LOG, LOG_MS, all, put};
use crate::clock::{now, random};
use crate::command::hook::Kept;
use crate::hook::post::{self, Answer, Miss};
use crate::hook::sign;
use crate::problem::Fail;
use worker::SqlStorageValue as Value;

/// Deliveries at the same time: the runtime lets six connections wait for headers.
const ABREAST: i64 = 6;
/// Batches of one go: an invocation may make 50 requests on the free plan, and KV is written to as well.
const BATCHES: usize = 4;
/// How soon the alarm looks again while somebody is sending.
const BUSY_MS: i64 = 2_000;
/// Characters of an answer that the log keeps.
const TOLD: usize = 200;

/// Something that waits.
pub(super) struct Waiting {
    pub hook: String,
    pub id: String,
    pub event: String,
    pub about: String,
    pub at: Timestamp,
    attempts: u32,
}

/// What became of an attempt.
enum Outcome {
    /// It is not for this hook after all.
    Unwanted,
    Sent {
        status: u16,
        ms: i64,
        told: String,
    },
    Failed(Failure),
}

struct Failure {
    status: Option<u16>,
    ms: i64,
    why: &'static str,
    told: String,
    /// Nothing that is sent there will ever be taken.
    gone: bool,
    /// This one will never be sent, and it is not the receiver's fault.
    ours: bool,
    /// Seconds that the receiver wants to be left alone.
    asked: Option<i64>,
}

/// When there is something to send.
pub fn next(read: &Read<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    let due = read.first("SELECT MIN(due) FROM delivery", Vec::new(), |row| row.maybe_int())?.flatten();
    Ok(due.map(|due| Timestamp(due.max(now.0 + BUSY_MS))))
}

/// Sends what is due until nothing is, or enough was done for one go.
pub async fn drain(object: &Rc<Object>) -> Result<(), Fail> {
    if object.delivering.replace(true) {
        return Ok(());
    }
    let _turn = Turn(object);
    for _ in 0..BATCHES {
        let batch = due(&object.read(), now())?;
        if batch.is_empty() {
            break;
        }
        let hooks = all(object)?;
        let outcomes = join_all(batch.iter().map(|waiting| {
            let kept = hooks.iter().find(|kept| kept.id == waiting.hook).cloned();
            send(object, kept, waiting)
        }))
        .await;
        for (waiting, outcome) in batch.iter().zip(outcomes) {
            settle(object, waiting, outcome)?;
        }
    }
    Ok(())
}

/// Ends with the drain, even with one that panics.
struct Turn<'a>(&'a Object);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.delivering.set(false);
    }
}

fn due(read: &Read<'_>, now: Timestamp) -> Result<Vec<Waiting>, Fail> {
    let query = "SELECT hook, id, event, about, at, attempts FROM delivery WHERE due <= ? ORDER BY due, at LIMIT ?";
    Ok(read.all(query, vec![int(now.0), int(ABREAST)], |row| {
        Ok(Waiting {
            hook: row.text()?,
            id: row.text()?,
            event: row.text()?,
            about: row.text()?,
            at: Timestamp(row.int()?),
            attempts: row.of()?,
        })
    })?)
}

/// 1. Make what is sent, from what is known now.
/// 2. Sign it, with every secret that is good.
/// 3. Send it, and judge the answer.
async fn send(object: &Object, kept: Option<Kept>, waiting: &Waiting) -> Outcome {
    let Some(kept) = kept else { return Outcome::Unwanted };
    let began = now();
    let rendered = render(object, &kept, waiting, began);
    let body = match rendered {
        Ok(Rendered::Body(body)) => body,
        Ok(Rendered::Unwanted) => return Outcome::Unwanted,
        Ok(Rendered::Erased) => return Outcome::Failed(Failure::ours("erased", String::new())),
        Err(fail) => return Outcome::Failed(Failure::ours("broken", fail.to_string())),
    };
    let service = kept.hook.sends();
    let mut headers = vec![("content-type", "application/json".to_owned()), ("user-agent", "Rapport/1".to_owned())];
    if service == Service::Webhook {
        headers.extend(sign::headers(&kept.secrets, &waiting.id, began, &body));
    }
    let answer = post::post(&kept.hook.address, &headers, &body).await;
    let ms = now().0 - began.0;
    judge(service, answer, ms)
}

fn judge(service: Service, answer: Result<Answer, Miss>, ms: i64) -> Outcome {
    let failed =
        |status, why, told, gone, asked| Outcome::Failed(Failure { status, ms, why, told, gone, ours: false, asked });
    match answer {
        Err(Miss::Late) => failed(None, "timeout", String::new(), false, None),
        // What the runtime says of its own inside helps nobody.
        Err(Miss::Lost(why)) if why.starts_with("internal error") => {
            failed(None, "network", String::new(), false, None)
        }
        Err(Miss::Lost(why)) => failed(None, "network", why, false, None),
        Ok(Answer { status, asked, told }) => match status {
            200..300 => match message::refusal(service, &told) {
                Some(refusal) => failed(Some(status), "refused", refusal, false, asked),
                None => Outcome::Sent { status, ms, told },
            },
            300..400 => failed(Some(status), "redirect", told, false, None),
            410 => failed(Some(status), "gone", told, true, None),
            404 if matches!(service, Service::Slack | Service::Discord) => {
                failed(Some(status), "gone", told, true, None)
            }
            _ => failed(Some(status), "status", told, false, asked),
        },
    }
}

fn settle(object: &Object, waiting: &Waiting, outcome: Outcome) -> Result<(), Fail> {
    let now = now();
    let dice = u32::from_le_bytes(random::<4>()?);
    let mut stopped = false;
    transaction(&object.storage, |write| {
        let key = || vec![text(&waiting.hook), text(&waiting.id)];
        match &outcome {
            Outcome::Unwanted => {
                write.run("DELETE FROM delivery WHERE hook = ? AND id = ?", key())?;
                return Ok::<_, Fail>(());
            }
            Outcome::Sent { status, ms, told } => {
                note(write, waiting, None, Some(true), (Some(*status), *ms, None, told))?;
                write.run(
                    "UPDATE hook SET failing = NULL WHERE id = ? AND failing IS NOT NULL",
                    vec![text(&waiting.hook)],
                )?;
            }
            Outcome::Failed(failure) => {
                let attempts = waiting.attempts.saturating_add(1);
                let again = retry::next(attempts, now, dice, failure.asked).filter(|_| !failure.gone && !failure.ours);
                let told = (failure.status, failure.ms, Some(failure.why), failure.told.as_str());
                note(write, waiting, again, Some(false), told)?;
                if !failure.ours {
                    stopped = fail(write, object, waiting, failure, now)?;
                }
            }
        }
        prune(write, &waiting.hook, now)
    })?;
    if stopped {
        object.hooks.replace(None);
    }
    Ok(())
}

type Told<'a> = (Option<u16>, i64, Option<&'static str>, &'a str);

fn note(
    write: &Write<'_>,
    waiting: &Waiting,
    due: Option<Timestamp>,
    ok: Option<bool>,
    (status, ms, why, told): Told<'_>,
) -> Result<(), Fail> {
    let told: String = told.chars().filter(|c| !c.is_control()).take(TOLD).collect();
    write.run(
        "UPDATE delivery SET due = ?, attempts = attempts + 1, ok = ?, status = ?, ms = ?, why = ?, told = ?
         WHERE hook = ? AND id = ?",
        vec![
            due.map_or(Value::Null, |due| int(due.0)),
            ok.map_or(Value::Null, |ok| int(i64::from(ok))),
            status.map_or(Value::Null, int),
            int(ms),
            maybe(why),
            text(told),
            text(&waiting.hook),
            text(&waiting.id),
        ],
    )?;
    Ok(())
}

/// Notes since when nothing gets through, and stops a hook that is gone or has failed for days. True: it was stopped.
fn fail(
    write: &Write<'_>,
    object: &Object,
    waiting: &Waiting,
    failure: &Failure,
    now: Timestamp,
) -> Result<bool, Fail> {
    let hook = || vec![text(&waiting.hook)];
    write.run("UPDATE hook SET failing = ? WHERE id = ? AND failing IS NULL", vec![int(now.0), text(&waiting.hook)])?;
    let since = write.read().number("SELECT failing FROM hook WHERE id = ?", hook())?;
    if !failure.gone && now.0 - since < retry::PATIENCE_MS {
        return Ok(false);
    }
    let hooks = all(object)?;
    let Some(known) = hooks.iter().find(|kept| kept.id == waiting.hook) else { return Ok(false) };
    put(write, &Kept { stopped: Some(failure.why.to_owned()), ..known.clone() }, now)?;
    write.run("UPDATE delivery SET due = NULL, ok = 0, why = 'stopped' WHERE hook = ? AND due IS NOT NULL", hook())?;
    outbox::add(write, outbox::Kind::Hooks, "", now)?;
    Ok(true)
}

fn prune(write: &Write<'_>, hook: &str, now: Timestamp) -> Result<(), Fail> {
    write.run(
        "DELETE FROM delivery WHERE hook = ?1 AND due IS NULL AND (at < ?2 OR id IN
            (SELECT id FROM delivery WHERE hook = ?1 ORDER BY at DESC, id LIMIT -1 OFFSET ?3))",
        vec![text(hook), int(now.0 - LOG_MS), int(LOG)],
    )?;
    Ok(())
}

impl Failure {
    fn ours(why: &'static str, told: String) -> Self {
        Self { status: None, ms: 0, why, told, gone: false, ours: true, asked: None }
    }
}
