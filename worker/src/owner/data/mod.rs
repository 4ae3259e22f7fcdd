//! The owner's data as such: erasing it, and taking it in and out.

pub mod api;
pub mod csv;
pub mod person;

use rapport_core::json;
use rapport_core::name::SiteId;
use rapport_core::response::Response as Stored;
use worker::{Env, Response};

use crate::clock::now;
use crate::command::data::{self, Erased, Export, Form, Line, Matches, Restored, Taken};
use crate::command::{Command, Edit};
use crate::edit;
use crate::link;
use crate::problem::Fail;

/// Windows of one search, and responses that it brings: more of one person nobody reads.
const WINDOWS: usize = 40;
const FOUND: usize = 500;

/// Erases responses: out of figures and lists at once, out of KV once it can no longer be taken back, which is in ten minutes
/// or, with `at_once`, now.
///
/// # Errors
/// 404 without the site, 422 for too many ids.
pub async fn erase(env: &Env, site: &SiteId, ids: Vec<String>, at_once: bool) -> Result<Erased, Fail> {
    super::known(env, site).await?;
    let erased: Erased = ask(env, site, data::Command::Erase { ids, at_once }).await?;
    super::note(env, format!("{site}: {} responses erased", erased.ids.len())).await?;
    Ok(erased)
}

/// Takes an erasure back, within ten minutes.
///
/// # Errors
/// As [`erase`].
pub async fn restore(env: &Env, site: &SiteId, ids: Vec<String>) -> Result<Restored, Fail> {
    super::known(env, site).await?;
    let restored: Restored = ask(env, site, data::Command::Restore { ids }).await?;
    super::note(env, format!("{site}: {} responses restored", restored.ids.len())).await?;
    Ok(restored)
}

/// Takes data out, as a download: streamed, so that its length does not matter.
///
/// # Errors
/// 404 without the site.
pub async fn export(env: &Env, site: &SiteId, export: &Export) -> Result<Response, Fail> {
    super::known(env, site).await?;
    super::note(env, format!("{site}: data exported")).await?;
    let mut response = link::export(env, site, export).await?;
    let (kind, end) = match export.form {
        Form::Csv { .. } => ("text/csv; charset=utf-8", "csv"),
        Form::Lines => ("application/x-ndjson", "ndjson"),
        Form::Site => ("application/x-ndjson", "rapport.ndjson"),
    };
    let widget = export.filter.widget.as_ref().map(|widget| format!("-{widget}")).unwrap_or_default();
    let file = format!("attachment; filename=\"{site}{widget}-{}.{end}\"", now().day());
    let headers = response.headers_mut();
    headers.set("content-type", kind)?;
    headers.set("cache-control", "no-store")?;
    headers.set("content-disposition", &file)?;
    Ok(response)
}

/// Takes in a piece of a whole site. The site is made if it is not there and the piece has its head.
///
/// # Errors
/// 404 without site and head, 409 where the site has widgets of its own, 422 where a line is ill-formed.
pub async fn take(env: &Env, site: &SiteId, text: String) -> Result<Taken, Fail> {
    if let Err(missing) = super::known(env, site).await {
        let first = text.lines().next().unwrap_or_default();
        let Ok(Line::Head(head)) = json::own::<Line>(first) else { return Err(missing) };
        let mut settings = head.config.site;
        settings.id = site.clone();
        super::create_site(env, settings).await?;
    }
    ask(env, site, data::Command::Take { text }).await
}

/// Everything that bears `text` as a whole: an id, a visitor, a trait, an answer such as an e-mail address. `true` if there
/// may be more than was looked through.
///
/// # Errors
/// 404 without the site, 422 for a text of less than three characters.
pub async fn search(env: &Env, site: &SiteId, text: &str) -> Result<(Vec<Stored>, bool), Fail> {
    super::known(env, site).await?;
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..WINDOWS {
        let matches: Matches = ask(env, site, data::Command::Search { text: text.to_owned(), after }).await?;
        found.extend(matches.responses);
        after = matches.next;
        if after.is_none() || found.len() > FOUND {
            break;
        }
    }
    let more = after.is_some() || found.len() > FOUND;
    found.truncate(FOUND);
    Ok((found, more))
}

/// Erases everything that [`search`] finds, whom it was by from what is known of activity, and members of the
/// loyalty programme who are called so.
///
/// # Errors
/// As [`search`].
pub async fn erase_subject(env: &Env, site: &SiteId, text: &str, at_once: bool) -> Result<(Erased, bool), Fail> {
    let (found, more) = search(env, site, text).await?;
    let visitors = found.iter().map(|response| response.visitor.clone()).collect();
    let ids = found.into_iter().map(|response| response.id).collect();
    ask::<()>(env, site, data::Command::Forget { visitors }).await?;
    super::ledger::erase_named(env, site, text).await?;
    Ok((erase(env, site, ids, at_once).await?, more))
}

/// After how many days responses are deleted; nothing for never.
///
/// # Errors
/// 404 without the site, 422 for a period out of bounds.
pub async fn retain(env: &Env, site: &SiteId, days: Option<u32>) -> Result<(), Fail> {
    let mut settings = super::config(env, site).await?.site;
    let based_on = Some(edit::mark(Some(&settings)));
    settings.retention_days = days;
    let problems = settings.check();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    super::edit(env, site, Edit::Site { site: settings, based_on }).await.map(drop)
}

async fn ask<T: serde::de::DeserializeOwned>(env: &Env, site: &SiteId, command: data::Command) -> Result<T, Fail> {
    link::site(env, site, &Command::Data(command)).await
}
