//! Hooks: where the owner is told what happened.

use rapport_core::hook::Hook;
use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use worker::Env;

use crate::command::Command;
use crate::command::hook::{self, Delivery, Saved, Shown, Trial};
use crate::link;
use crate::problem::Fail;

/// Every hook of a site, without its secrets.
pub async fn list(env: &Env, site: &SiteId) -> Result<Vec<Shown>, Fail> {
    ask(env, site, hook::Command::List).await
}

/// One of them.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn find(env: &Env, site: &SiteId, id: &str) -> Result<Shown, Fail> {
    list(env, site).await?.into_iter().find(|shown| shown.id == id).ok_or_else(Fail::not_found)
}

/// A new hook, or the change of a known one as long as that is what the form was based on: the mark of [`Shown::hook`].
/// `origin` is where the dashboard answers, for the links in messages.
///
/// # Errors
/// 404 where there is none of this id, 409 where somebody was faster, 422 for a breach of the rules of [`Hook`].
pub async fn save(
    env: &Env,
    site: &SiteId,
    (id, based_on): (Option<String>, Option<String>),
    hook: Hook,
    origin: &str,
) -> Result<Saved, Fail> {
    let what = if id.is_some() { "changed" } else { "made" };
    let saved: Saved = ask(env, site, hook::Command::Save { id, hook, origin: origin.to_owned(), based_on }).await?;
    super::note(env, format!("{site}: connection {} {what}", saved.hook.hook.name)).await?;
    Ok(saved)
}

/// Sends nothing more, and forgets it with its secrets and its log once that can no longer be taken back.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn delete(env: &Env, site: &SiteId, id: &str) -> Result<(), Fail> {
    let gone: Shown = ask(env, site, hook::Command::Delete { id: id.to_owned() }).await?;
    super::note(env, format!("{site}: connection {} deleted", gone.hook.name)).await
}

/// Takes a deletion back, for ten minutes.
///
/// # Errors
/// 404 where there is none of this id any more, 422 where there are too many meanwhile.
pub async fn restore(env: &Env, site: &SiteId, id: &str) -> Result<Shown, Fail> {
    let back: Shown = ask(env, site, hook::Command::Restore { id: id.to_owned() }).await?;
    super::note(env, format!("{site}: connection {} restored", back.hook.name)).await?;
    Ok(back)
}

/// Stops sending for a while, or goes on.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn pause(env: &Env, site: &SiteId, id: &str, paused: bool) -> Result<Shown, Fail> {
    let hook: Shown = ask(env, site, hook::Command::Pause { id: id.to_owned(), paused }).await?;
    let what = if paused { "paused" } else { "resumed" };
    super::note(env, format!("{site}: connection {} {what}", hook.hook.name)).await?;
    Ok(hook)
}

/// A new secret; the old one stays good for a day.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn rotate(env: &Env, site: &SiteId, id: &str) -> Result<Saved, Fail> {
    let saved: Saved = ask(env, site, hook::Command::Rotate { id: id.to_owned() }).await?;
    super::note(env, format!("{site}: connection {}: new secret", saved.hook.hook.name)).await?;
    Ok(saved)
}

/// What was sent through one, newest first.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn log(env: &Env, site: &SiteId, id: &str) -> Result<Vec<Delivery>, Fail> {
    ask(env, site, hook::Command::Log { id: id.to_owned() }).await
}

/// Sends something at once, and tells what became of it.
///
/// # Errors
/// 404 where there is no hook, or no delivery, of this id.
pub async fn attempt(env: &Env, site: &SiteId, id: &str, what: Trial) -> Result<Delivery, Fail> {
    ask(env, site, hook::Command::Try { id: id.to_owned(), what }).await
}

async fn ask<T: DeserializeOwned>(env: &Env, site: &SiteId, command: hook::Command) -> Result<T, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::Hook(command)).await
}
