//! The end of a site that was deleted, once that can no longer be taken back. Its tables go at once; KV forgets as fast as its
//! quota lets it, the configuration last: it says what has to go, should the object be lost meanwhile.

use std::rc::Rc;

use futures_util::future::join_all;
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;

use super::sql::{Read, int};
use super::transaction::transaction;
use super::{Object, alarm, config, erase};
use crate::clock::now;
use crate::command::Command;
use crate::link;
use crate::problem::Fail;
use crate::store::{self, Setback};

/// KV's lists may lack what is there for a minute or more: they are read once more after an hour.
const LAG_MS: i64 = 60 * 60 * 1_000;
/// Deletions of one ring, and at the same time.
const KEYS: u32 = 120;
const ABREAST: usize = 6;
/// What stays until the end: what is to go, and how far that is.
const STAYS: &[&str] = &["config", "ending", "erasing", "usage"];

/// What comes next.
pub enum Next {
    /// More of it, then.
    At(Timestamp),
    /// Nothing: there is no such site any more.
    Gone,
}

/// When everything of the site goes, if it was deleted.
pub fn due(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    let query = "SELECT json_extract(body, '$.site.ends') FROM config";
    Ok(read.first(query, Vec::new(), |row| row.maybe_int())?.flatten().map(Timestamp))
}

/// 1. Whether it is time.
/// 2. Off the list, and the tables away.
/// 3. Whatever KV's lists still have.
/// 4. Once they had nothing for an hour: the configuration, and the object.
pub async fn go_on(object: &Rc<Object>) -> Result<Option<Next>, Fail> {
    let (Some(site), Some(ends)) = (config::site(&object.read())?, due(&object.read())?) else { return Ok(None) };
    let now = now();
    if ends > now {
        return Ok(None);
    }
    link::registry::<()>(&object.env, &Command::Delist { site: site.clone() }).await?;
    clear(object)?;
    if let Some(until) = erase::rests(&object.read())?.filter(|until| *until > now) {
        return Ok(Some(Next::At(until)));
    }
    let (prefixes, rest) = store::everything(&site);
    for prefix in &prefixes {
        let found = match listed(object, prefix).await {
            Ok(found) => found,
            Err(setback) => return settle(object, &[Err(setback)]).map(Some),
        };
        if !found.is_empty() {
            note(object, None)?;
            return remove(object, &found).await.map(Some);
        }
    }
    match object.read().first("SELECT clean FROM ending", Vec::new(), |row| row.maybe_int())?.flatten() {
        None => {
            note(object, Some(now))?;
            remove(object, &rest).await?;
            Ok(Some(Next::At(now.plus_ms(LAG_MS))))
        }
        Some(clean) if clean + LAG_MS > now.0 => Ok(Some(Next::At(Timestamp(clean).plus_ms(LAG_MS)))),
        Some(_) => vanish(object, &site, &rest).await.map(Some),
    }
}

/// Nobody can read the tables any more; now there is nothing in them either.
fn clear(object: &Object) -> Result<(), Fail> {
    let begun = object.read().number("SELECT EXISTS (SELECT 1 FROM ending)", Vec::new())? == 1;
    if !begun {
        transaction(&object.storage, |write| {
            write.drop_tables(STAYS)?;
            super::schema::site(write)?;
            write.run("INSERT INTO ending (one) VALUES (1)", Vec::new())
        })?;
        object.forget();
    }
    Ok(())
}

/// The first keys of a listing, which may have empty pages before others.
async fn listed(object: &Object, prefix: &str) -> Result<Vec<String>, Setback> {
    let mut cursor: Option<String> = None;
    loop {
        let page = store::list(&object.env, prefix, cursor.as_deref(), KEYS).await?;
        if !page.keys.is_empty() || page.cursor.is_none() {
            return Ok(page.keys.into_iter().map(|key| key.name).collect());
        }
        cursor = page.cursor;
    }
}

/// Deletes in KV, until it refuses.
async fn remove(object: &Object, keys: &[String]) -> Result<Next, Fail> {
    let mut next = Next::At(now());
    for some in keys.chunks(ABREAST) {
        let outcomes = join_all(some.iter().map(|key| store::remove(&object.env, key))).await;
        let failed = outcomes.iter().any(Result::is_err);
        next = settle(object, &outcomes)?;
        if failed {
            break;
        }
    }
    Ok(next)
}

/// When to go on after what KV said.
fn settle(object: &Object, outcomes: &[Result<(), Setback>]) -> Result<Next, Fail> {
    let goes_on = transaction(&object.storage, |write| erase::rest_after(write, outcomes, now()))?;
    let until = if goes_on { None } else { erase::rests(&object.read())? };
    Ok(Next::At(until.unwrap_or_else(now)))
}

fn note(object: &Object, clean: Option<Timestamp>) -> Result<(), Fail> {
    let clean = clean.map_or(worker::SqlStorageValue::Null, |clean| int(clean.0));
    transaction(&object.storage, |write| write.run("UPDATE ending SET clean = ?", vec![clean.clone()]).map(drop))?;
    Ok(())
}

/// The last steps. Should one fail, the next ring takes them again.
async fn vanish(object: &Object, site: &SiteId, rest: &[String]) -> Result<Next, Fail> {
    let keys = rest.iter().cloned().chain([store::config_key(site)]);
    for key in keys {
        if let Err(setback) = store::remove(&object.env, &key).await {
            return settle(object, &[Err(setback)]);
        }
    }
    object.storage.delete_all().await?;
    object.storage.delete_alarm().await?;
    object.forget();
    object.alarm.set(alarm::Known::Silent);
    Ok(Next::Gone)
}
