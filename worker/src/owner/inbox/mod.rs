//! The inbox: finding responses, and what the owner makes of them.

pub mod api;

use rapport_core::case::Change;
use rapport_core::id;
use rapport_core::inbox::{Desk, Facets, Filter, View};
use rapport_core::limits::MESSAGE_CHARS;
use rapport_core::model::site::Privacy;
use rapport_core::name::SiteId;
use rapport_core::problem::Fault;
use rapport_core::problem::Problem;
use rapport_core::response::Response;
use worker::Env;

use crate::clock::{now, random};
use crate::command::Command;
use crate::command::inbox::{self, Changed, Counts, Find, Found, Item};
use crate::link;
use crate::problem::Fail;

/// A page of responses, newest first. A page that is not full may still not be the last.
pub async fn find(env: &Env, site: &SiteId, filter: Filter, before: Option<i64>, limit: u32) -> Result<Found, Fail> {
    ask(env, site, inbox::Command::Find(Box::new(Find { filter, before, limit, look: None }))).await
}

/// Responses on days close to a response: at most so many looked at for others of its visitor, since that has no index.
const NEAR: u32 = 5_000;

/// Others of the visitor of `response`, newest first. Where ids live for a day, that day has all of them.
pub async fn others(
    env: &Env,
    site: &SiteId,
    response: &Response,
    privacy: Privacy,
    limit: u32,
) -> Result<Vec<Item>, Fail> {
    if response.visitor.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Filter { visitor: response.visitor.clone(), ..Filter::default() };
    if privacy == Privacy::Daily {
        (filter.from, filter.to) = (response.day().map(|day| day.plus(-1)), response.day().map(|day| day.plus(1)));
    }
    let find = Find { filter, before: None, limit, look: Some(NEAR) };
    let found: Found = ask(env, site, inbox::Command::Find(Box::new(find))).await?;
    Ok(found.items)
}

/// One response, and what the owner makes of it.
///
/// # Errors
/// 404 without it.
pub async fn get(env: &Env, site: &SiteId, id: &str) -> Result<Item, Fail> {
    let found: Option<Item> = ask(env, site, inbox::Command::Get { id: id.to_owned() }).await?;
    found.ok_or_else(Fail::not_found)
}

/// Changes what the owner makes of responses: all of `ids` or, where one change is refused, none.
///
/// # Errors
/// 422 with the field and the limit.
pub async fn change(env: &Env, site: &SiteId, ids: Vec<String>, changes: Vec<Change>) -> Result<Changed, Fail> {
    ask(env, site, inbox::Command::Change { ids, changes }).await
}

/// Writes to the visitor of a response.
///
/// # Errors
/// 404 without it, 422 where the text is empty or too long.
pub async fn reply(env: &Env, site: &SiteId, id: &str, text: &str) -> Result<Changed, Fail> {
    if text.chars().count() > MESSAGE_CHARS as usize {
        return Err(Problem::new("text", Fault::TooLong { max: MESSAGE_CHARS }).into());
    }
    let message = Change::Reply { id: id::make(now(), random()?), text: text.to_owned() };
    let changed = change(env, site, vec![id.to_owned()], vec![message]).await?;
    if changed.cases.is_empty() { Err(Fail::not_found()) } else { Ok(changed) }
}

/// Takes a change back, by the token that it came with.
///
/// # Errors
/// 404 where it is too long ago, or was taken back already.
pub async fn undo(env: &Env, site: &SiteId, token: &str) -> Result<Changed, Fail> {
    ask(env, site, inbox::Command::Undo { token: token.to_owned() }).await
}

/// How many responses there are of each status.
pub async fn counts(env: &Env, site: &SiteId) -> Result<Counts, Fail> {
    ask(env, site, inbox::Command::Counts).await
}

/// What there is to choose from in the filter.
pub async fn facets(env: &Env, site: &SiteId) -> Result<Facets, Fail> {
    ask(env, site, inbox::Command::Facets).await
}

/// Somebody looks at a response: what was new is read. Tells whether it was.
pub async fn open(env: &Env, site: &SiteId, id: &str) -> Result<bool, Fail> {
    ask(env, site, inbox::Command::Open { id: id.to_owned() }).await
}

/// The kept views, and who is blocked.
pub async fn desk(env: &Env, site: &SiteId) -> Result<Desk, Fail> {
    ask(env, site, inbox::Command::Desk).await
}

/// Keeps a filter under a name.
///
/// # Errors
/// 422 where the name is empty or too long, or there are too many.
pub async fn keep_view(env: &Env, site: &SiteId, name: &str, filter: &Filter) -> Result<Desk, Fail> {
    let view = View::new(name, filter)?;
    ask(env, site, inbox::Command::KeepView { view }).await
}

/// Forgets a view.
pub async fn drop_view(env: &Env, site: &SiteId, name: &str) -> Result<Desk, Fail> {
    ask(env, site, inbox::Command::DropView { name: name.to_owned() }).await
}

/// Blocks the visitor of a response: what they send is still taken, but marked and left out of the figures. With `blocked`
/// false no longer.
///
/// # Errors
/// 404 without the response, 409 where its visitor has no id.
pub async fn block(env: &Env, site: &SiteId, id: &str, blocked: bool) -> Result<Desk, Fail> {
    let desk = ask(env, site, inbox::Command::Block { id: id.to_owned(), blocked }).await?;
    let done = if blocked { "blocked" } else { "unblocked" };
    super::note(env, format!("{site}: a visitor {done}")).await?;
    Ok(desk)
}

async fn ask<T: serde::de::DeserializeOwned>(env: &Env, site: &SiteId, command: inbox::Command) -> Result<T, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::Inbox(command)).await
}
