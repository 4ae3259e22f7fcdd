//! Rebuilding the index from KV, through the same [`apply`] as everything else. Visitors are served meanwhile: what they
//! send goes in by the same door, and meets its own copy from KV as a duplicate.

use std::rc::Rc;

use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use worker::console_error;

use super::apply::apply;
use super::sql::{Read, int, maybe, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, fold, held, hook, inbox, loyalty, outbox, report, view};
use crate::clock::now;
use crate::command::data::DayTotals;
use crate::command::{DayViews, Status};
use crate::json;
use crate::problem::Fail;
use crate::store;

/// Values of one step: KV's limit for reading many at once.
const STEP: u32 = 100;
/// Days of cases of one step: each may hold thousands.
const DAYS: u32 = 10;
/// Members of one step.
const MEMBERS: i64 = 20;
/// Steps of one alarm.
const STEPS: usize = 5;
/// KV has what arrived before that, and its lists show it: they may be a minute behind, or more, and a partial response goes
/// there after half an hour. What is younger stays in the index, whatever KV shows.
const LAG_MS: i64 = 60 * 60 * 1_000;
/// How long it rests when KV fails.
const PAUSE_MS: i64 = 5_000;

/// 1. Where the object has lost everything, fetch the configuration from KV; and what the owner keeps besides.
/// 2. In one transaction: drop index and counts, except what KV does not have or show yet, and note where the replay begins.
/// 3. Let the alarm replay, page by page.
pub async fn begin(object: &Rc<Object>, site: &SiteId, now: Timestamp) -> Result<Status, Fail> {
    let lost = config::load(&object.read())?.is_none();
    let kept = if lost { store::read(&object.env, &store::config_key(site)).await? } else { None };
    let hooks = if lost { store::read(&object.env, &store::hooks_key(site)).await? } else { None };
    let secrets = if lost { store::read(&object.env, &store::kept_key(site)).await? } else { None };
    if lost && kept.is_none() {
        return Err(Fail::not_found());
    }
    let desk = store::read(&object.env, &store::desk_key(site)).await?;
    transaction(&object.storage, |write| {
        if let Some(body) = &kept {
            config::restore(write, &json::read::<Config>(body)?)?;
            loyalty::people::refusal::begin(write, now)?;
        }
        if let Some(body) = &hooks {
            hook::restore(write, body, now)?;
        }
        if let Some(body) = &secrets {
            loyalty::kept::restore(write, body)?;
        }
        if let Some(desk) = &desk {
            inbox::restore_desk(write, desk)?;
        }
        clear(write, now)?;
        write.run(
            "INSERT OR REPLACE INTO rebuild (one, phase, cursor, replayed) VALUES (1, 'pools', NULL, 0)",
            Vec::new(),
        )?;
        Ok::<_, Fail>(())
    })?;
    object.hooks.replace(None);
    alarm::by(object, now).await?;
    report::status(object, now)
}

/// Some steps of a rebuild that is under way.
pub async fn go_on(object: &Rc<Object>) -> Result<(), Fail> {
    for _ in 0..STEPS {
        if !under_way(&object.read())? {
            break;
        }
        if let Err(fail) = step(object).await {
            transaction(&object.storage, |write| outbox::pause(write, now().plus_ms(PAUSE_MS)))?;
            return Err(fail);
        }
    }
    Ok(())
}

/// Whether there is something left to replay.
pub fn under_way(read: &Read<'_>) -> Result<bool, Fail> {
    Ok(replayed(read)?.is_some())
}

/// Whether members are being replayed: first of all, as nobody's account is whole until then.
pub fn members_under_way(read: &Read<'_>) -> Result<bool, Fail> {
    Ok(place(read)?.is_some_and(|(phase, _)| matches!(phase.as_str(), "pools" | "members" | "accounts")))
}

/// How many responses have been replayed, while there are more.
pub fn replayed(read: &Read<'_>) -> Result<Option<u64>, Fail> {
    Ok(read.first("SELECT replayed FROM rebuild", Vec::new(), |row| row.of())?)
}

async fn step(object: &Object) -> Result<(), Fail> {
    let Some((phase, cursor)) = place(&object.read())? else { return Ok(()) };
    let site = config::site(&object.read())?.ok_or_else(Fail::not_found)?;
    if phase == "accounts" {
        return accounts(object, cursor.as_deref());
    }
    let (prefix, step) = match phase.as_str() {
        "pools" => (store::pools_prefix(&site), STEP),
        "members" => (store::ledgers_prefix(&site), STEP),
        // First of all, so that responses of such days are known to be no longer kept.
        "totals" => (store::totals_prefix(&site), STEP),
        "responses" => (store::responses_prefix(&site, None), STEP),
        "views" => (store::views_prefix(&site), STEP),
        _ => (store::cases_prefix(&site), DAYS),
    };
    let page = store::list(&object.env, &prefix, cursor.as_deref(), step).await?;
    let keys: Vec<String> = page.keys.into_iter().map(|key| key.name).collect();
    let bodies = store::read_many(&object.env, &keys).await?;
    let config = config::load(&object.read())?;
    let here = Some((phase.clone(), cursor.clone()));
    transaction(&object.storage, |write| {
        // Another rebuild may have begun while KV was asked: this step would lead it past those that it has not taken yet.
        if place(&write.read())? != here {
            return Ok(());
        }
        let mut replayed = 0_i64;
        for (key, body) in keys.iter().zip(&bodies) {
            let Some(body) = body else { continue };
            match phase.as_str() {
                "pools" => loyalty::archive::replay_codes(write, body)?,
                "members" => loyalty::archive::replay(write, key, body)?,
                "totals" => replay_totals(write, body)?,
                "responses" => replay(write, body, config.as_ref())?,
                "views" => replay_views(write, body)?,
                _ => inbox::replay(write, body)?,
            }
            replayed += i64::from(phase == "responses");
        }
        let next = match (&page.cursor, phase.as_str()) {
            (Some(_), phase) => Some(phase),
            (None, "pools") => Some("members"),
            (None, "members") => Some("accounts"),
            (None, "totals") => Some("responses"),
            (None, "responses") => Some("views"),
            (None, "views") => Some("cases"),
            (None, _) => None,
        };
        match next {
            Some(next) => write.run(
                "UPDATE rebuild SET phase = ?, cursor = ?, replayed = replayed + ?",
                vec![text(next), maybe(page.cursor.as_ref()), int(replayed)],
            )?,
            None => write.run("DELETE FROM rebuild", Vec::new())?,
        };
        Ok::<_, Fail>(())
    })
}

/// Makes accounts anew from their lines.
fn accounts(object: &Object, cursor: Option<&str>) -> Result<(), Fail> {
    let now = now();
    transaction(&object.storage, |write| {
        let ids = write.read().all(
            "SELECT id FROM member WHERE id > ? ORDER BY id LIMIT ?",
            vec![text(cursor.unwrap_or_default()), int(MEMBERS)],
            |row| row.text(),
        )?;
        for id in &ids {
            if let Some(seq) = loyalty::archive::fold(write, id, now)? {
                console_error!("the ledger of member {id} is torn at line {seq}");
            }
        }
        match ids.last() {
            Some(last) => write.run("UPDATE rebuild SET cursor = ?", vec![text(last)])?,
            None => {
                loyalty::pool::recount(write)?;
                write.run("UPDATE rebuild SET phase = 'totals', cursor = NULL", Vec::new())?
            }
        };
        Ok::<_, Fail>(())
    })
}

fn place(read: &Read<'_>) -> Result<Option<(String, Option<String>)>, Fail> {
    Ok(read.first("SELECT phase, cursor FROM rebuild", Vec::new(), |row| Ok((row.text()?, row.maybe_text()?)))?)
}

fn clear(write: &Write<'_>, now: Timestamp) -> Result<(), Fail> {
    let waiting = write.read().all(
        "SELECT body FROM response WHERE id IN (SELECT ref FROM outbox WHERE kind IN ('response', 'past'))
         OR json_extract(body, '$.received') > ?",
        vec![int(now.0 - LAG_MS)],
        |row| row.text(),
    )?;
    loyalty::archive::clear(write)?;
    write.run("DELETE FROM response", Vec::new())?;
    held::clear(write)?;
    write.run("DELETE FROM count", Vec::new())?;
    fold::recount(write)?;
    inbox::clear(write)?;
    // Counts of views stay: a day that has just come to KV is not in its lists yet.
    waiting.iter().try_for_each(|body| replay(write, body, None))
}

/// Values of another format are passed over: they are not lost, for KV keeps them.
fn replay(write: &Write<'_>, body: &str, config: Option<&Config>) -> Result<(), Fail> {
    match json::read::<Response>(body) {
        Ok(mut response) => {
            inbox::regroup(&mut response, config);
            apply(write, &mut response).map(drop)
        }
        Err(_) => Ok(()),
    }
}

fn replay_totals(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    match json::read::<DayTotals>(body) {
        Ok(totals) => fold::keep(write, &totals),
        Err(_) => Ok(()),
    }
}

fn replay_views(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    match json::read::<DayViews>(body) {
        Ok(views) if view::load(&write.read(), views.day)?.is_none() => {
            view::save(write, &views)?;
            view::close(write, views.day)
        }
        Ok(views) => view::at_least(write, &views),
        Err(_) => Ok(()),
    }
}
