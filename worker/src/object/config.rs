//! The site's configuration. The object's copy is the one that counts; KV's follows.

use std::rc::Rc;

use rapport_core::model::config::{Config, State};
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;

use super::outbox::{self, Kind};
use super::sql::{Read, int};
use super::transaction::{Write, transaction};
use super::{Object, alarm};
use crate::command::Edit;
use crate::edit;
use crate::json;
use crate::problem::Fail;

/// The most that one row may hold is 2 MB; well below it, so that KV metadata, escapes and copies have room.
const MOST_BYTES: usize = 1_500_000;

/// The configuration, if the site was ever created.
pub fn load(read: &Read<'_>) -> Result<Option<Config>, Fail> {
    text(read)?.as_deref().map(json::read).transpose()
}

/// The configuration as it is kept.
pub fn text(read: &Read<'_>) -> Result<Option<String>, Fail> {
    Ok(read.first("SELECT body FROM config", Vec::new(), |row| row.text())?)
}

/// Whose object this is.
pub fn site(read: &Read<'_>) -> Result<Option<SiteId>, Fail> {
    let id = read.first("SELECT json_extract(body, '$.site.id') FROM config", Vec::new(), |row| row.text())?;
    Ok(id.and_then(|id| SiteId::parse(&id).ok()))
}

/// Changes the configuration, and sends it on its way to KV.
pub async fn change(object: &Rc<Object>, edit: Edit, now: Timestamp) -> Result<Config, Fail> {
    let config = transaction(&object.storage, |write| apply(write, &edit, now))?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(config)
}

/// Ends a widget that is still live; anything else stays as it is.
pub fn end_if_live(write: &Write<'_>, edit: &Edit, now: Timestamp) -> Result<(), Fail> {
    let Edit::End { widget } = edit else { return Ok(()) };
    let live = load(&write.read())?
        .is_some_and(|config| config.record(widget.as_str()).is_some_and(|record| record.state == State::Live));
    if live { apply(write, edit, now).map(drop) } else { Ok(()) }
}

/// Puts a configuration that comes from KV in the place of none.
pub fn restore(write: &Write<'_>, config: &Config) -> Result<(), Fail> {
    save(write, config)
}

fn apply(write: &Write<'_>, edit: &Edit, now: Timestamp) -> Result<Config, Fail> {
    let config = edit::apply(load(&write.read())?, edit, now)?;
    save(write, &config)?;
    outbox::add(write, Kind::Config, "", now)?;
    Ok(config)
}

fn save(write: &Write<'_>, config: &Config) -> Result<(), Fail> {
    let body = serde_json::to_string(config)?;
    if body.len() > MOST_BYTES {
        return Err(Fail::too_large(MOST_BYTES));
    }
    write.run(
        "INSERT INTO config (one, revision, body) VALUES (1, ?, ?)
         ON CONFLICT DO UPDATE SET revision = excluded.revision, body = excluded.body",
        vec![int(config.revision), super::sql::text(body)],
    )?;
    Ok(())
}
