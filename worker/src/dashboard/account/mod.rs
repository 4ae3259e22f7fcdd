//! The owner's own access: sessions, the key, and the log of what was done.

mod page;
mod activity;

use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::owner::{account, log};
use crate::problem::Fail;
use crate::reply;

/// Below `/dashboard/account`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Page,
    /// `activity`: the log.
    Activity,
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Page),
            ["activity"] => Some(Self::Activity),
            _ => None,
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Page => show(caller, session, env, page::Outcome::Nothing, 200).await,
        Way::Activity => {
            let lines = log::lines(env).await?;
            let query = &caller.query;
            let filter = activity::Filter {
                who: query.get("who"),
                site: query.get("site"),
                page: query.get("page").parse().unwrap_or(0),
            };
            caller.page(activity::page(&caller.frame(Some(&session.csrf)), &lines, filter), 200)
        }
    }
}

/// Ends sessions, or makes a new key. `address` tells sources of wrong keys apart.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    form: &Form,
    address: &str,
) -> Result<Response, Fail> {
    match form.get("do") {
        "end" => account::end(env, form.get("session")).await?,
        "others" => account::end_others(env, session).await?,
        "key" => {
            let outcome = match account::replace_key(env, session, form.get("key").trim(), address).await {
                Ok(key) => (page::Outcome::Key(key), 200),
                Err(Fail::Refused(document)) if document.status == 401 => (page::Outcome::WrongKey, 422),
                Err(Fail::Refused(document)) if document.status == 429 => {
                    (page::Outcome::Throttled(document.retry_after.unwrap_or(60)), 429)
                }
                Err(fail) => return Err(fail),
            };
            return show(caller, session, env, outcome.0, outcome.1).await;
        }
        _ => return Err(Fail::not_found()),
    }
    reply::see_other("/dashboard/account?done")
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    outcome: page::Outcome,
    status: u16,
) -> Result<Response, Fail> {
    let sessions = account::sessions(env).await?;
    let replaced = account::replaced(env).await?;
    let model = page::Model {
        sessions: &sessions,
        own: &crate::digest::sha256(&session.token),
        replaced: replaced.map(|replaced| replaced.at),
        outcome: &outcome,
        done: caller.query.find("done").is_some(),
        origin: &caller.origin,
    };
    caller.page(page::page(&caller.frame(Some(&session.csrf)), &model), status)
}
