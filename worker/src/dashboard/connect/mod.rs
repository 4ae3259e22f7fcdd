//! Connections of a site – webhooks, chats, digests – and the tokens of the owner's programs.

mod form;
mod list;
mod one;
mod samples;
mod log;
pub mod words;
pub mod tokens;

use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::Session;
use crate::command::hook::{Delivery, Saved, Trial};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::{base, overtaken};
use crate::dashboard::form::Form;
use crate::dashboard::layout::{Section, section_path};
use crate::dashboard::problems;
use crate::owner::{self, hooks};
use crate::problem::Fail;
use crate::reply;
use form::Typed;

/// Below `/dashboard/s/{site}/settings/connect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// All connections.
    List,
    /// `new`: the form for another one.
    New,
    /// `{id}`: one of them, and what its buttons do.
    One(String),
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::List),
            ["new"] => Some(Self::New),
            [id] if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Some(Self::One((*id).to_owned()))
            }
            _ => None,
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    match way {
        Way::List => {
            let hooks = hooks::list(env, site).await?;
            caller.page(list::page(&frame, &config.site, &hooks, caller.query.find("gone")), 200)
        }
        Way::New => caller.page(one::new(&frame, &config, &Typed::empty(caller.lang), &[]), 200),
        Way::One(id) => show(caller, session, env, (site, &id), None, &[], None).await,
    }
}

/// What a form does.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    (way, form): (Way, &Form),
) -> Result<Response, Fail> {
    let id = match way {
        Way::List => return Err(Fail::method()),
        Way::New => return create(caller, session, env, site, form).await,
        Way::One(id) => id,
    };
    let back = format!("/dashboard/s/{site}/settings/connect/{id}");
    let tried = match form.get("do") {
        "save" => return save(caller, session, env, (site, &id), form).await,
        "delete" => {
            hooks::delete(env, site, &id).await?;
            return reply::see_other(&format!("/dashboard/s/{site}/settings/connect?gone={id}"));
        }
        "restore" => {
            hooks::restore(env, site, &id).await?;
            return reply::see_other(&back);
        }
        "rotate" => return secret(caller, session, env, site, &hooks::rotate(env, site, &id).await?).await,
        "pause" | "resume" => {
            hooks::pause(env, site, &id, form.get("do") == "pause").await?;
            return reply::see_other(&back);
        }
        "test" => hooks::attempt(env, site, &id, Trial::Test).await,
        "digest" => hooks::attempt(env, site, &id, Trial::Digest).await,
        "again" => hooks::attempt(env, site, &id, Trial::Again { delivery: form.get("delivery").to_owned() }).await,
        _ => return Err(Fail::not_found()),
    };
    show(caller, session, env, (site, &id), None, &[], Some(tried.ok())).await
}

async fn create(caller: &Caller, session: &Session, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let typed = Typed::read(form);
    let found = match typed.hook() {
        Ok(hook) => match hooks::save(env, site, (None, None), hook, &caller.origin).await {
            Ok(saved) if saved.secret.is_some() => return secret(caller, session, env, site, &saved).await,
            Ok(saved) => {
                return reply::see_other(&format!("/dashboard/s/{site}/settings/connect/{}", saved.hook.id));
            }
            Err(fail) => problems(fail)?,
        },
        Err(found) => found,
    };
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    caller.page(one::new(&frame, &config, &typed, &found), 422)
}

async fn save(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, id): (&SiteId, &str),
    form: &Form,
) -> Result<Response, Fail> {
    let typed = Typed::read(form);
    let mut found = match typed.hook() {
        Ok(hook) => match hooks::save(env, site, (Some(id.to_owned()), base(form)), hook, &caller.origin).await {
            Ok(_) => return reply::see_other(&format!("/dashboard/s/{site}/settings/connect/{id}?saved")),
            Err(fail) => problems(fail)?,
        },
        Err(found) => found,
    };
    overtaken(&mut found, caller);
    show(caller, session, env, (site, id), Some(&typed), &found, None).await
}

/// A secret, this once.
async fn secret(caller: &Caller, session: &Session, env: &Env, site: &SiteId, saved: &Saved) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    caller.page(one::secret(&caller.frame(Some(&session.csrf)), &config.site, saved), 200)
}

/// One connection, with what was typed or tried.
async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, id): (&SiteId, &str),
    typed: Option<&Typed>,
    problems: &[Problem],
    tried: Option<Option<Delivery>>,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let hook = hooks::find(env, site, id).await?;
    let log = hooks::log(env, site, id).await?;
    let known = Typed::of(&hook.hook);
    let model = one::Model {
        config: &config,
        hook: &hook,
        log: &log,
        typed: typed.unwrap_or(&known),
        problems,
        saved: caller.query.find("saved").is_some() && typed.is_none() && tried.is_none(),
        tried: tried.as_ref().map(Option::as_ref),
        path: &format!("{}/{id}", section_path(&config.site, Section::Connect)),
    };
    let status = if problems.is_empty() { 200 } else { 422 };
    caller.page(one::page(&caller.frame(Some(&session.csrf)), &model), status)
}
