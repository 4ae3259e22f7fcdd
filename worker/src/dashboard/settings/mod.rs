//! A site's settings: what it is called, where it stands, how often it may ask, how it looks, and how visitors are told
//! apart. What can be undone is done at once and offered to be undone.

mod general;
mod privacy;
pub mod usage;
mod notice;
mod filled;
pub mod delete;

use rapport_core::name::SiteId;
use rapport_core::origin::{Odd, normalise};
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::{base, overtaken, problems};
use crate::dashboard::form::Form;
use crate::edit;
use crate::owner::{self, install};
use crate::problem::Fail;
use crate::reply;
use filled::Filled;

pub use general::languages;

/// Below `/dashboard/s/{site}/settings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    General,
    /// `privacy`.
    Privacy,
    /// `usage`.
    Usage,
    /// `delete`: the whole site.
    Delete,
}

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    let saved = caller.query.find("saved").is_some();
    let markup = match way {
        Way::General => {
            let removed = caller.query.find("removed").and_then(|origin| normalise(origin).ok());
            let removed = removed.filter(|origin| !config.site.origins.contains(origin));
            let filled = Filled::of(&config.site);
            let model = general::Model { saved, removed, ..general::Model::new(&config.site, &filled) };
            general::page(&frame, &model)
        }
        Way::Delete => delete::page(&frame, &config.site, owner::status(env, site).await?.responses, &[]),
        Way::Usage => usage::page(&frame, &config.site, &owner::usage::usage(env).await?),
        Way::Privacy => privacy::page(&frame, &config.site, caller.query.get("notice"), saved, &[]),
    };
    caller.page(markup, 200)
}

/// What the forms change.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    way: Way,
    form: &Form,
) -> Result<Response, Fail> {
    match way {
        Way::General => match form.get("do") {
            "add" => add(caller, session, env, site, form).await,
            "remove" => remove(env, site, form).await,
            _ => save(caller, session, env, site, form).await,
        },
        Way::Usage => Err(Fail::method()),
        Way::Delete => delete::change(caller, session, env, site, form).await,
        Way::Privacy => save_privacy(caller, session, env, site, form).await,
    }
}

async fn save(caller: &Caller, session: &Session, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let mut filled = Filled::read(form);
    let mut problems = match filled.site(&config.site) {
        Ok(changed) => match owner::edit(env, site, Edit::Site { site: changed, based_on: base(form) }).await {
            Ok(_) => return reply::see_other(&format!("/dashboard/s/{site}/settings?saved")),
            Err(fail) => problems(fail)?,
        },
        Err(problems) => problems,
    };
    if overtaken(&mut problems, caller) {
        // Sent again, it is meant to replace what is there now.
        filled.based_on = edit::mark(Some(&config.site));
    }
    let model = general::Model { problems: &problems, ..general::Model::new(&config.site, &filled) };
    caller.page(general::page(&caller.frame(Some(&session.csrf)), &model), 422)
}

async fn add(caller: &Caller, session: &Session, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let typed = form.get("origin");
    let s = &caller.lang.strings().settings;
    let problems = match normalise(typed) {
        Ok(origin) => match install::allow(env, config.clone(), origin).await {
            Ok(_) => return reply::see_other(&format!("/dashboard/s/{site}/settings?saved#origins")),
            Err(fail) => problems(fail)?,
        },
        Err(odd) => {
            let why = match odd {
                Odd::Empty => s.origin_empty,
                Odd::Wildcard => s.origin_wildcard,
                Odd::Letters => s.origin_letters,
                Odd::Malformed => s.origin_malformed,
            };
            vec![Problem::conflict("", why)]
        }
    };
    let filled = Filled::of(&config.site);
    let model = general::Model { origin: typed, refused: &problems, ..general::Model::new(&config.site, &filled) };
    caller.page(general::page(&caller.frame(Some(&session.csrf)), &model), 422)
}

/// Takes an origin off the list; the page offers to put it back.
async fn remove(env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let origin = form.get("origin");
    let mut changed = config.site.clone();
    changed.origins.retain(|known| known != origin);
    if changed.origins.len() == config.site.origins.len() {
        return reply::see_other(&format!("/dashboard/s/{site}/settings#origins"));
    }
    let based_on = Some(edit::mark(Some(&config.site)));
    owner::edit(env, site, Edit::Site { site: changed, based_on }).await?;
    // An origin has nothing in it that would need to be encoded.
    reply::see_other(&format!("/dashboard/s/{site}/settings?removed={origin}#origins"))
}

async fn save_privacy(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let changed = filled::privacy(form, &config.site);
    let mut problems = match owner::edit(env, site, Edit::Site { site: changed, based_on: base(form) }).await {
        Ok(_) => return reply::see_other(&format!("/dashboard/s/{site}/settings/privacy?saved")),
        Err(fail) => problems(fail)?,
    };
    overtaken(&mut problems, caller);
    let frame = caller.frame(Some(&session.csrf));
    caller.page(privacy::page(&frame, &config.site, "", false, &problems), 422)
}
