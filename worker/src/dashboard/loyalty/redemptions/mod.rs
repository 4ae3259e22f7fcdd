//! Redemptions: who took what; handing out and giving back what waits for the owner.

mod asked;
mod page;

use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::rewards::download;
use crate::command::Session;
use crate::command::loyalty::{Redemption, Wanted};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::owner::{ledger, program, redemptions};
use crate::problem::Fail;
use crate::reply;
use asked::Asked;
use page::{Model, Said};

/// Below `redemptions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    List,
    /// `export`: a download.
    Export,
}

impl Way {
    /// Reads what follows `redemptions`.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::List),
            ["export"] => Some(Self::Export),
            _ => None,
        }
    }
}

/// The page, or the table.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    let asked = Asked::read(&caller.query);
    match way {
        Way::Export => {
            let table = redemptions::table(env, site, Wanted { before: None, ..asked.wanted() }).await?;
            download(table, &format!("{site}-redemptions"))
        }
        Way::List => {
            let about = caller.query.get("about");
            let said = match caller.query.get("done") {
                "captured" => Said::Captured,
                "again" => Said::Again,
                "handed" => one(env, site, about).await?.map_or(Said::Nothing, Said::Handed),
                "unhanded" => Said::Unhanded,
                "voided" => one(env, site, about).await?.map_or(Said::Nothing, Said::Voided),
                _ => Said::Nothing,
            };
            show(caller, session, env, site, (&asked, &said)).await
        }
    }
}

/// What a button of a redemption does; it leads back to the list as it was.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    (way, form): (Way, &Form),
) -> Result<Response, Fail> {
    if way != Way::List {
        return Err(Fail::method());
    }
    let (member, hold, why) = (form.get("member"), form.get("hold"), form.get("why").trim());
    let done = match form.get("do") {
        "capture" => redemptions::capture(env, site, member, hold, form.get("note").trim()).await.map(|_| "captured"),
        "void" if why.is_empty() => {
            let asked = Asked::read(&Form::parse(form.get("back")));
            return show(caller, session, env, site, (&asked, &Said::WhyNeeded)).await;
        }
        "void" => redemptions::void(env, site, member, hold, why).await.map(|_| "voided"),
        "again" => {
            let reward = Name::of(form.get("reward")).ok_or_else(Fail::not_found)?;
            redemptions::again(env, site, member, hold, reward).await.map(|_| "again")
        }
        "handed" => ledger::hand(env, site, hold, true).await.map(|()| "handed"),
        "unhanded" => ledger::hand(env, site, hold, false).await.map(|()| "unhanded"),
        _ => return Err(Fail::method()),
    };
    let asked = Asked::read(&Form::parse(form.get("back")));
    match done {
        Ok(done) => {
            let query = asked.query(&[("done", done), ("about", hold)]);
            reply::see_other(&format!("/dashboard/s/{site}/loyalty/redemptions?{query}"))
        }
        Err(Fail::Refused(document)) if document.status == 409 => {
            let said = Said::Refused { code: document.code.clone(), detail: document.detail.clone() };
            show(caller, session, env, site, (&asked, &said)).await
        }
        Err(fail) => Err(fail),
    }
}

async fn one(env: &Env, site: &SiteId, id: &str) -> Result<Option<Redemption>, Fail> {
    let wanted = Wanted { id: Some(id.to_owned()), limit: 1, ..Wanted::default() };
    if id.is_empty() { Ok(None) } else { Ok(ledger::redemptions(env, site, wanted).await?.items.pop()) }
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    (asked, said): (&Asked, &Said),
) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let found = ledger::redemptions(env, site, asked.wanted()).await?;
    let model = Model { config: &config, record: &record, asked, found: &found, said };
    let code = match said {
        Said::WhyNeeded => 422,
        Said::Refused { .. } => 409,
        _ => 200,
    };
    caller.page(page::page(&caller.frame(Some(&session.csrf)), &model), code)
}
