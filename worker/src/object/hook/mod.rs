//! Hooks of a site: which there are, what waits to be sent through them, and what became of it. What is sent is made when it
//! is sent, from the response as it is then, so the log holds nothing of a visitor, and what was erased is never sent.

mod deliver;
mod digest;
mod gone;
mod render;

use std::rc::Rc;

use rapport_core::hook::{Event, HOOKS, Hook, Service, address};
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use super::outbox::{self, Kind};
use super::sql::{Read, Row, int, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, reply};
use crate::clock::random;
use crate::command::hook::{Command, Delivery, Kept, Saved, Secret, Shown, Trial};
use crate::command::talk;
use crate::digest::{base64, hex, sha256};
use crate::edit;
use crate::json;
use crate::problem::Fail;

pub use deliver::{drain, next};
pub use digest::{next_strike, strike};
pub use gone::{forget, next_forgotten};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Lines of each hook's log, and how long they stay.
const LOG: i64 = 100;
const LOG_MS: i64 = 30 * DAY_MS;

/// Does what is asked about hooks.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::List => reply(&list(object)?),
        Command::Save { id, hook, origin, based_on } => {
            let saved = save(object, id, hook, (&origin, based_on.as_deref()), now)?;
            arm(object, now).await?;
            reply(&saved)
        }
        Command::Delete { id } => {
            let gone = gone::delete(object, &id, now)?;
            arm(object, now).await?;
            reply(&gone)
        }
        Command::Restore { id } => {
            let back = gone::restore(object, &id, now)?;
            arm(object, now).await?;
            reply(&back)
        }
        Command::Pause { id, paused } => {
            let hook = change(object, &id, now, |kept| {
                kept.paused = paused;
                kept.stopped = None;
                Ok(())
            })?;
            arm(object, now).await?;
            reply(&hook)
        }
        Command::Rotate { id } => {
            let secret = new_secret()?;
            let hook = change(object, &id, now, |kept| {
                kept.secrets.retain(|secret| secret.until.is_none_or(|until| until > now));
                for old in &mut kept.secrets {
                    old.until = old.until.or(Some(now.plus_ms(DAY_MS)));
                }
                kept.secrets.insert(0, Secret { value: secret.clone(), until: None });
                kept.secrets.truncate(2);
                Ok(())
            })?;
            arm(object, now).await?;
            reply(&Saved { hook, secret: Some(secret) })
        }
        Command::Log { id } => {
            find(object, &id)?;
            reply(&log(&object.read(), &id, LOG)?)
        }
        Command::Try { id, what } => reply(&attempt(object, &id, what, now).await?),
    }
}

/// Queues `event` for whoever wants to hear of it. `about` names what it is about, so that the same event, told twice, is one.
/// Conditions on answers are looked at when it is sent: here, a visitor waits.
pub fn raise(
    write: &Write<'_>,
    hooks: &[Kept],
    event: Event,
    (about, widget): (&str, Option<&Name>),
    now: Timestamp,
) -> Result<(), Fail> {
    for kept in hooks {
        let only = &kept.hook.only.widgets;
        let wanted = kept.hook.events.contains(&event)
            && !kept.paused
            && kept.stopped.is_none()
            && widget.is_none_or(|widget| only.is_empty() || only.contains(widget));
        if wanted {
            queue(write, &kept.id, event.as_str(), about, now)?;
        }
    }
    Ok(())
}

/// Conversations, with an ear on what visitors say. A message that is sent twice is kept both times, so one that was kept but
/// not yet told is told then; and it is one event.
pub async fn overheard(object: &Rc<Object>, command: talk::Command, now: Timestamp) -> Result<String, Fail> {
    let spoken =
        if let talk::Command::Say { id, message, .. } = &command { Some(format!("{id}.{message}")) } else { None };
    let reply = super::talk::obey(object, command, now).await?;
    if let Some(about) = spoken
        && let Ok(talk::Said::Kept(told)) = json::read(&reply)
    {
        let hooks = all(object)?;
        let what = (about.as_str(), Some(&told.widget));
        transaction(&object.storage, |write| raise(write, &hooks, Event::ConversationMessage, what, now))?;
        arm(object, now).await?;
    }
    Ok(reply)
}

/// The hooks, but for deleted ones; from memory where they have been read before.
pub fn all(object: &Object) -> Result<Rc<Vec<Kept>>, Fail> {
    if let Some(known) = object.hooks.borrow().as_ref() {
        return Ok(Rc::clone(known));
    }
    let bodies = object.read().all("SELECT body FROM hook ORDER BY id", Vec::new(), |row| row.text())?;
    let hooks: Vec<Kept> = bodies.iter().filter_map(|body| json::read(body).ok()).collect();
    let hooks: Vec<Kept> = hooks.into_iter().filter(|kept| kept.deleted.is_none()).collect();
    let hooks = Rc::new(hooks);
    object.hooks.replace(Some(Rc::clone(&hooks)));
    Ok(hooks)
}

/// What KV keeps of them.
pub fn value(read: &Read<'_>) -> Result<String, Fail> {
    let query = "SELECT body FROM hook WHERE json_extract(body, '$.deleted') IS NULL ORDER BY id";
    let bodies = read.all(query, Vec::new(), |row| row.text())?;
    Ok(format!("[{}]", bodies.join(",")))
}

/// Puts hooks that come from KV in the place of none.
pub fn restore(write: &Write<'_>, body: &str, now: Timestamp) -> Result<(), Fail> {
    for kept in json::read::<Vec<Kept>>(body)? {
        put(write, &kept, now)?;
    }
    Ok(())
}

fn list(object: &Object) -> Result<Vec<Shown>, Fail> {
    all(object)?.iter().map(|kept| shown(&object.read(), kept)).collect()
}

fn find(object: &Object, id: &str) -> Result<Kept, Fail> {
    all(object)?.iter().find(|kept| kept.id == id).cloned().ok_or_else(Fail::not_found)
}

fn save(
    object: &Object,
    id: Option<String>,
    mut hook: Hook,
    (origin, based_on): (&str, Option<&str>),
    now: Timestamp,
) -> Result<Saved, Fail> {
    let hooks = all(object)?;
    let known = id.map(|id| find(object, &id)).transpose()?;
    if let Some(known) = &known {
        edit::current(based_on, Some(&shown(&object.read(), known)?.hook))?;
        if hook.address.is_empty() {
            hook.address.clone_from(&known.hook.address);
        }
        if hook.sign.is_empty() {
            hook.sign.clone_from(&known.hook.sign);
        }
    }
    hook.service = Some(hook.sends());
    let config = config::load(&object.read())?.ok_or_else(Fail::not_found)?;
    let mut problems = hook.check(&config);
    if known.is_none() && hooks.len() >= HOOKS as usize {
        problems.push(Problem::new("hooks", Fault::TooMany { max: HOOKS }));
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let fresh = known.is_none();
    let mut kept = match known {
        Some(known) => Kept { hook, ..known },
        None => Kept {
            id: hex(&random::<6>()?),
            hook,
            secrets: vec![Secret { value: new_secret()?, until: None }],
            origin: String::new(),
            created: now,
            paused: false,
            stopped: None,
            deleted: None,
        },
    };
    origin.clone_into(&mut kept.origin);
    kept.stopped = None;
    keep(object, &kept, now)?;
    let told = fresh && kept.hook.sends() == Service::Webhook;
    let secret = kept.secrets.first().filter(|_| told).map(|secret| secret.value.clone());
    Ok(Saved { hook: shown(&object.read(), &kept)?, secret })
}

fn change(
    object: &Object,
    id: &str,
    now: Timestamp,
    work: impl FnOnce(&mut Kept) -> Result<(), Fail>,
) -> Result<Shown, Fail> {
    let mut kept = find(object, id)?;
    work(&mut kept)?;
    keep(object, &kept, now)?;
    shown(&object.read(), &kept)
}

fn keep(object: &Object, kept: &Kept, now: Timestamp) -> Result<(), Fail> {
    object.hooks.replace(None);
    transaction(&object.storage, |write| {
        put(write, kept, now)?;
        // What was changed by hand gets a new chance.
        write.run("UPDATE hook SET failing = NULL WHERE id = ?", vec![text(&kept.id)])?;
        outbox::add(write, Kind::Hooks, "", now)
    })
}

fn put(write: &Write<'_>, kept: &Kept, now: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT INTO hook (id, body, failing, struck) VALUES (?, ?, NULL, ?)
         ON CONFLICT DO UPDATE SET body = excluded.body",
        vec![text(&kept.id), text(serde_json::to_string(kept)?), int(now.0)],
    )?;
    Ok(())
}

/// Queues what is to be tried, and waits until it has been.
async fn attempt(object: &Rc<Object>, id: &str, what: Trial, now: Timestamp) -> Result<Delivery, Fail> {
    find(object, id)?;
    let delivery = match what {
        Trial::Test => transaction(&object.storage, |write| queue(write, id, "test", &now.0.to_string(), now))?,
        Trial::Digest => {
            let about = format!("{}.now", now.0);
            transaction(&object.storage, |write| queue(write, id, Event::DigestWeekly.as_str(), &about, now))?
        }
        Trial::Again { delivery } => {
            let known = transaction(&object.storage, |write| {
                let again = "UPDATE delivery SET due = ?, attempts = 0, ok = NULL WHERE hook = ? AND id = ?";
                Ok::<_, Fail>(write.run(again, vec![int(now.0), text(id), text(&delivery)])?)
            })?;
            if known == 0 {
                return Err(Fail::not_found());
            }
            delivery
        }
    };
    arm(object, now).await?;
    drain(object).await?;
    let found = log(&object.read(), id, LOG)?.into_iter().find(|line| line.id == delivery);
    found.ok_or_else(Fail::not_found)
}

fn queue(write: &Write<'_>, hook: &str, event: &str, about: &str, now: Timestamp) -> Result<String, Fail> {
    let digits = sha256(&format!("{hook} {event} {about}"));
    let id = format!("evt_{}", digits.get(..24).unwrap_or_default());
    write.run(
        "INSERT INTO delivery (hook, id, event, about, at, due, attempts) VALUES (?, ?, ?, ?, ?, ?, 0)
         ON CONFLICT DO NOTHING",
        vec![text(hook), text(&id), text(event), text(about), int(now.0), int(now.0)],
    )?;
    Ok(id)
}

/// Sending starts at once, and an alarm stands by.
async fn arm(object: &Rc<Object>, now: Timestamp) -> Result<(), Fail> {
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(())
}

fn shown(read: &Read<'_>, kept: &Kept) -> Result<Shown, Fail> {
    let failing = read.first("SELECT failing FROM hook WHERE id = ?", vec![text(&kept.id)], Row::maybe_int)?.flatten();
    let mut hook = kept.hook.clone();
    hook.address = address::masked(&hook.address, hook.sends());
    let signs = !hook.sign.is_empty();
    hook.sign.clear();
    Ok(Shown {
        id: kept.id.clone(),
        hook,
        signs,
        created: kept.created,
        paused: kept.paused,
        stopped: kept.stopped.clone(),
        failing: failing.map(Timestamp),
        last: log(read, &kept.id, 1)?.pop(),
    })
}

fn log(read: &Read<'_>, hook: &str, most: i64) -> Result<Vec<Delivery>, Fail> {
    let query = "SELECT id, event, at, attempts, due, ok, status, ms, why, told FROM delivery WHERE hook = ?
        ORDER BY at DESC, id LIMIT ?";
    Ok(read.all(query, vec![text(hook), int(most)], |row| {
        Ok(Delivery {
            id: row.text()?,
            event: row.text()?,
            at: Timestamp(row.int()?),
            attempts: row.of()?,
            due: row.maybe_int()?.map(Timestamp),
            ok: row.maybe_int()?.map(|ok| ok == 1),
            status: row.maybe_int()?.and_then(|status| u16::try_from(status).ok()),
            ms: row.maybe_int()?.and_then(|ms| u32::try_from(ms).ok()),
            why: row.maybe_text()?,
            told: row.maybe_text()?.unwrap_or_default(),
        })
    })?)
}

fn new_secret() -> Result<String, Fail> {
    Ok(format!("whsec_{}", base64(&random::<24>()?)))
}
