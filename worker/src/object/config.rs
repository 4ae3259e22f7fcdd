//! The site's configuration. The object's copy is the one that counts; KV's follows.

use std::rc::Rc;

use rapport_core::hook::Event;
use rapport_core::loyalty::program::Record;
use rapport_core::model::config::{Config, State};
use rapport_core::model::site::Site;
use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;

use super::outbox::{self, Kind};
use super::sql::{Read, int};
use super::transaction::{Write, transaction};
use super::{Object, alarm, hook, play};
use crate::command::Edit;
use crate::command::program::Change;
use crate::edit;
use crate::json;
use crate::problem::Fail;

/// The most that one row may hold is 2 MB; well below it, so that KV metadata, escapes and copies have room.
const MOST_BYTES: usize = 1_500_000;
/// How long a draft's copy waits for the next save, in milliseconds.
const DRAFT_MS: i64 = 60_000;

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

/// The loyalty programme, from memory where it is the same as before.
pub fn loyalty(object: &Object) -> Result<Option<Rc<Record>>, Fail> {
    let read = object.read();
    let revision = u32::try_from(read.number("SELECT revision FROM config", Vec::new())?).unwrap_or(0);
    if let Some((known, record)) = object.program.borrow().as_ref()
        && *known == revision
    {
        return Ok(record.clone());
    }
    let query = "SELECT json_extract(body, '$.loyalty') FROM config";
    let body = read.first(query, Vec::new(), |row| row.maybe_text())?.flatten();
    let record = body.map(|body| json::read::<Record>(&body)).transpose()?.map(Rc::new);
    object.program.replace(Some((revision, record.clone())));
    Ok(record)
}

/// Changes the configuration, and sends it on its way to KV.
pub async fn change(object: &Rc<Object>, edit: Edit, now: Timestamp) -> Result<Config, Fail> {
    let hooks = hook::all(object)?;
    let config = transaction(&object.storage, |write| {
        let config = apply(write, &edit, now)?;
        if let (Edit::Loyalty(Change::Publish { .. }), Some(live)) =
            (&edit, config.loyalty.as_ref().and_then(|all| all.live.as_ref()))
        {
            play::publish(write, &live.program, now)?;
        }
        let published = match &edit {
            Edit::Publish { widget, .. } => Some(widget),
            Edit::Release { widget, .. } => Some(&widget.name),
            _ => None,
        };
        if let Some(widget) = published {
            let version = config.record(widget.as_str()).and_then(|record| record.versions.last());
            let about = format!("{widget}.{}", version.map_or(0, |version| version.number));
            hook::raise(write, &hooks, Event::WidgetPublished, (&about, Some(widget)), now)?;
        }
        Ok::<_, Fail>(config)
    })?;
    // New settings may mean that something is kept too long.
    let soon =
        if matches!(edit, Edit::Site { .. } | Edit::Delete) { now } else { due(&edit, now).plus_ms(alarm::SOON_MS) };
    alarm::by(object, soon).await?;
    object.drain_afterwards();
    Ok(config)
}

/// Drafts are saved while somebody types, and KV takes 1,000 writes a day: their copy goes there once a minute. What
/// visitors see goes at once, and takes waiting drafts along.
fn due(edit: &Edit, now: Timestamp) -> Timestamp {
    match edit {
        Edit::Draft { .. } | Edit::Loyalty(Change::Draft { .. }) => now.plus_ms(DRAFT_MS),
        _ => now,
    }
}

/// Ends a widget that is still live; anything else stays as it is.
pub fn end_if_live(write: &Write<'_>, edit: &Edit, now: Timestamp) -> Result<(), Fail> {
    let Edit::End { widget } = edit else { return Ok(()) };
    let live = load(&write.read())?
        .is_some_and(|config| config.record(widget.as_str()).is_some_and(|record| record.state == State::Live));
    if live { apply(write, edit, now).map(drop) } else { Ok(()) }
}

/// Takes over the settings and widgets of another deployment's export. It may come again; what it may not is change a widget
/// that is here already.
pub fn adopt(write: &Write<'_>, mut config: Config, from: &Config, now: Timestamp) -> Result<Config, Fail> {
    if config.widgets == from.widgets && config.loyalty == from.loyalty {
        return Ok(config);
    }
    if config.loyalty.is_some() && config.loyalty != from.loyalty {
        let why = "this site has a loyalty programme of its own; take it into a site without one";
        return Err(Problem::conflict("config.loyalty", why).into());
    }
    if !config.widgets.is_empty() && config.widgets != from.widgets {
        let why = "this site has widgets of its own; take it into a site without any";
        return Err(Problem::conflict("config.widgets", why).into());
    }
    let widgets = from.widgets.iter().flat_map(|record| record.versions.iter().map(|version| &version.widget));
    let drafts = from.widgets.iter().filter_map(|record| record.draft.as_ref());
    let programs =
        from.loyalty.iter().flat_map(|record| record.draft.iter().chain(record.live.iter().map(|live| &live.program)));
    let problems: Vec<Problem> = widgets
        .chain(drafts)
        .flat_map(|widget| widget.check().into_iter().map(move |problem| problem.within(widget.name.as_str())))
        .chain(from.site.check().into_iter().map(|problem| problem.within("site")))
        .chain(programs.flat_map(rapport_core::loyalty::check).map(|problem| problem.within("loyalty")))
        .collect();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    config.revision += 1;
    config.site = Site { id: config.site.id.clone(), ends: config.site.ends, ..from.site.clone() };
    config.widgets.clone_from(&from.widgets);
    config.loyalty.clone_from(&from.loyalty);
    save(write, &config)?;
    outbox::add(write, Kind::Config, "", now)?;
    Ok(config)
}

/// Puts a configuration that comes from KV in the place of none.
pub fn restore(write: &Write<'_>, config: &Config) -> Result<(), Fail> {
    save(write, config)
}

fn apply(write: &Write<'_>, edit: &Edit, now: Timestamp) -> Result<Config, Fail> {
    let config = edit::apply(load(&write.read())?, edit, now)?;
    save(write, &config)?;
    outbox::add(write, Kind::Config, "", due(edit, now))?;
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
