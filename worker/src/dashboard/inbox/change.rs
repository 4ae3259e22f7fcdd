//! What the inbox's forms do.

use rapport_core::answer::Field;
use rapport_core::case::{Change, Link, Status};
use rapport_core::inbox::Filter;
use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::Way;
use super::asked::{Asked, link};
use super::toast::left;
use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::problems;
use crate::owner::{data, inbox};
use crate::problem::Fail;
use crate::reply;

/// A change that was refused, and what had been typed.
#[derive(Clone, Debug)]
pub struct Wrong {
    pub problems: Vec<rapport_core::problem::Problem>,
    pub reply: String,
    pub note: String,
}

/// Does what a form asks, and goes back to where it stood.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    way: &Way,
    form: &Form,
) -> Result<Response, Fail> {
    if let (Way::One(id), "open") = (way, form.get("do")) {
        inbox::open(env, site, id).await?;
        return Ok(Response::empty()?.with_status(204));
    }
    match act(env, site, way, form).await {
        Ok((open, left)) => {
            let fields: Vec<Field> = crate::url::fields(form.get("query")).collect();
            let query = Asked::of(&Form::of(fields)).query();
            let open = open.as_deref().filter(|id| rapport_core::id::moment(id).is_some());
            reply::see_other(&format!("{}?{query}&{left}", link(site, open)))
        }
        Err(fail) => {
            let typed = |name: &str| form.get(name).to_owned();
            let wrong = Wrong { problems: problems(fail)?, reply: typed("text"), note: typed("note") };
            super::read(caller, session, env, site, way, Some(wrong)).await
        }
    }
}

/// The response that stays open, and what the next page shall tell.
async fn act(env: &Env, site: &SiteId, way: &Way, form: &Form) -> Result<(Option<String>, String), Fail> {
    let open = match way {
        Way::One(id) => Some(id.clone()),
        Way::List => form.find("open").map(str::to_owned),
    };
    let (verb, what) = form.get("do").split_once(':').unwrap_or((form.get("do"), ""));
    let ids: Vec<String> = match way {
        Way::One(id) => vec![id.clone()],
        Way::List => form.all("id").map(str::to_owned).collect(),
    };
    let first = || ids.first().cloned().ok_or_else(Fail::not_found);
    let changes = match verb {
        "undo" => return Ok((open, undo(env, site, form).await?)),
        "erase" => {
            let erased = data::erase(env, site, ids, false).await?.ids;
            return Ok((None, left("erase", erased.len() as u64, None, &erased)));
        }
        "block" | "unblock" => {
            inbox::block(env, site, &first()?, verb == "block").await?;
            return Ok((open, left(verb, 1, None, &[])));
        }
        "keep" => {
            let fields: Vec<Field> = crate::url::fields(form.get("query")).collect();
            let filter = Filter::from_fields(&fields)?;
            inbox::keep_view(env, site, form.get("name"), &filter).await?;
            return Ok((None, left("keep", 1, None, &[])));
        }
        "drop" => {
            inbox::drop_view(env, site, form.get("name")).await?;
            return Ok((None, left("drop", 1, None, &[])));
        }
        "reply" => {
            let changed = inbox::reply(env, site, &first()?, form.get("text")).await?;
            return Ok((open, left("reply", changed.changed, changed.undo.as_deref(), &[])));
        }
        "status" => vec![Change::Status(Status::parse(what).ok_or_else(Fail::not_found)?)],
        "tag" => vec![Change::Tag(form.get("tag").to_owned())],
        "untag" => vec![Change::Untag(what.to_owned())],
        "note" => vec![Change::Note(form.get("note").to_owned())],
        "test" => vec![Change::Test(what == "yes")],
        "unsay" => vec![Change::Unsay(what.to_owned())],
        "link" => vec![Change::Link(entry(form.get("entry"))?)],
        "unlink" => vec![Change::Unlink(entry(what)?)],
        _ => return Err(Fail::not_found()),
    };
    let changed = inbox::change(env, site, ids, changes).await?;
    let done = if verb == "status" { what } else { verb };
    Ok((open, left(done, changed.changed, changed.undo.as_deref(), &[])))
}

async fn undo(env: &Env, site: &SiteId, form: &Form) -> Result<String, Fail> {
    if let Some(ids) = form.find("erased") {
        data::restore(env, site, ids.split('.').map(str::to_owned).collect()).await?;
    }
    if let Some(token) = form.find("undo") {
        inbox::undo(env, site, token).await?;
    }
    Ok(left("undo", 1, None, &[]))
}

/// An entry of news: `widget.entry`.
fn entry(text: &str) -> Result<Link, Fail> {
    let (widget, entry) = text.split_once('.').ok_or_else(Fail::not_found)?;
    Ok(Link { widget: Name::parse(widget)?, entry: Name::parse(entry)? })
}
