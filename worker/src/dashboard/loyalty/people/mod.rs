//! Members: the list, one of them, and what all of them come to.

mod words;
mod list;
mod one;
mod ledger;
mod desk;
pub mod cards;
mod figures;
mod cohort;

use futures_util::future::try_join;
use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use super::frame::{self, Section, path};
use crate::clock::random;
use crate::command::Session;
use crate::command::loyalty::{Outcome, Who};
use crate::command::people::{Sort, Wanted};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::form::Form;
use crate::dashboard::strings::editor::fill;
use crate::owner::{self, ledger as account, people};
use crate::problem::Fail;
use crate::{json, reply};

/// Members of one page, and lines of a ledger.
const PAGE: u32 = 50;

/// Below `/dashboard/s/{site}/loyalty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// `members`.
    List,
    /// `members/{id}`.
    One(String),
    /// `members/{id}/export`: a download.
    Export(String),
    /// `figures`.
    Figures,
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        let id = |id: &&str| rapport_core::id::moment(id).map(|_| (*id).to_owned());
        match parts {
            ["members"] => Some(Self::List),
            ["members", member] => Some(Self::One(id(member)?)),
            ["members", member, "export"] => Some(Self::Export(id(member)?)),
            ["figures"] => Some(Self::Figures),
            _ => None,
        }
    }
}

/// What the page of a member says beside what it always says.
#[derive(Default)]
struct Said {
    problems: Vec<Problem>,
    delta: String,
    why: String,
    note: Option<String>,
}

/// A page, or a download.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::List => list(caller, session, env, site).await,
        Way::One(member) => one(caller, session, env, (site, &member), Said::default()).await,
        Way::Export(member) => {
            let before = caller.query.get("before").parse().ok();
            let export = people::export(env, site, &member, before).await?;
            let text = json::indented(&serde_json::to_string(&export)?);
            let mut response = reply::typed(text, "application/json", "no-store")?;
            let file = format!("attachment; filename=\"{site}-member.json\"");
            response.headers_mut().set("content-disposition", &file)?;
            Ok(response)
        }
        Way::Figures => {
            let config = owner::config(env, site).await?;
            let told = people::figures(env, site, &config).await?;
            let frame = caller.frame(Some(&session.csrf));
            let body = match (&told, people::program(&config)) {
                (Some(told), Some(program)) => figures::page(&frame, &config, program, told),
                _ => list::not_live(&frame, &config),
            };
            caller.page(frame::page(&frame, &config.site, Section::Figures, &body), 200)
        }
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
    let Way::One(member) = way else { return Err(Fail::method()) };
    let config = owner::config(env, site).await?;
    let here = format!("{}/{member}", path(&config.site, Section::Members));
    let done = match form.get("do") {
        "adjust" => adjust(caller, env, site, &member, form).await,
        "undo" => undo(caller, env, site, &member, form).await,
        "note" => people::note(env, site, &member, form.get("note")).await.map(|()| "done=note".to_owned()),
        "sign-out" => people::sign_out(env, site, &member).await.map(|()| "done=sign-out".to_owned()),
        "erase" => {
            account::erase(env, site, &member).await?;
            return reply::see_other(&format!("{}?done=erase", path(&config.site, Section::Members)));
        }
        _ => return Err(Fail::method()),
    };
    match done {
        Ok(query) => reply::see_other(&format!("{here}?{query}")),
        Err(fail) => {
            let said = Said {
                problems: problems(fail)?,
                delta: form.get("delta").to_owned(),
                why: form.get("why").to_owned(),
                note: form.find("note").map(str::to_owned),
            };
            one(caller, session, env, (site, &member), said).await
        }
    }
}

async fn list(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    let Some(program) = people::program(&config) else {
        let body = list::not_live(&frame, &config);
        return caller.page(frame::page(&frame, &config.site, Section::Members, &body), 200);
    };
    let wanted = wanted(&caller.query);
    let found = people::find(env, site, wanted.clone()).await?;
    let erased = caller.query.get("done") == "erase";
    let body = list::page(&frame, &config, program, &list::Model { wanted: &wanted, found: &found, erased });
    caller.page(frame::page(&frame, &config.site, Section::Members, &body), 200)
}

/// What an address asks for. What is wrong in it is passed over: addresses are typed and shortened.
fn wanted(query: &Form) -> Wanted {
    use rapport_core::loyalty::people::{rfm::Group, stage::Stage};
    let short = |text: &str| text.chars().take(200).collect();
    Wanted {
        text: short(query.get("q").trim()),
        tier: short(query.get("tier")),
        stage: Stage::parse(query.get("stage")),
        group: Group::parse(query.get("group")),
        sort: Sort::parse(query.get("sort")).unwrap_or_default(),
        after: owner::api::cursor(query.get("after")),
        limit: PAGE,
    }
}

async fn one(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, member): (&SiteId, &str),
    said: Said,
) -> Result<Response, Fail> {
    let before = caller.query.get("before").parse().ok();
    let who = Who::Member(member.to_owned());
    let (config, (one, history)) = try_join(
        owner::config(env, site),
        try_join(people::one(env, site, member), account::history(env, site, who, before, PAGE)),
    )
    .await?;
    let program = people::program(&config).ok_or_else(Fail::not_found)?;
    let frame = caller.frame(Some(&session.csrf));
    let fresh = fresh()?;
    let model = one::Model {
        config: &config,
        program,
        one: &one,
        history: &history,
        paged: before.is_some(),
        said: &said,
        query: &caller.query,
        fresh: &fresh,
    };
    let body = one::page(&frame, &model);
    let status = if said.problems.is_empty() { 200 } else { 422 };
    caller.page(frame::page(&frame, &config.site, Section::Members, &body), status)
}

/// An id for the next adjustment: a form that is sent twice adjusts once.
fn fresh() -> Result<String, Fail> {
    let bytes: [u8; 12] = random()?;
    Ok(format!("o:{}", rapport_core::chain::hex(&bytes)))
}

async fn adjust(caller: &Caller, env: &Env, site: &SiteId, member: &str, form: &Form) -> Result<String, Fail> {
    // As people write it, and as phones put it.
    let typed: String = form.get("delta").chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let typed = typed.replace(['−', '–', '－'], "-");
    let delta = typed.parse::<i64>().unwrap_or(0);
    write(caller, env, site, member, (form.get("id"), delta, form.get("why"))).await
}

/// A line cannot be taken back; another one that says the opposite can be written, once.
async fn undo(caller: &Caller, env: &Env, site: &SiteId, member: &str, form: &Form) -> Result<String, Fail> {
    let words = &caller.lang.strings().people;
    let delta = form.get("delta").parse::<i64>().unwrap_or(0).saturating_neg();
    let why: String = fill(words.undo_why, &[form.get("why")]).chars().take(200).collect();
    write(caller, env, site, member, (&format!("{}.u", form.get("id")), delta, &why)).await
}

async fn write(
    caller: &Caller,
    env: &Env,
    site: &SiteId,
    member: &str,
    (id, delta, why): (&str, i64, &str),
) -> Result<String, Fail> {
    match people::adjust(env, site, member, id.to_owned(), delta, why).await? {
        Outcome::Done(_) => Ok(format!("done=adjust&act={id}")),
        Outcome::Denied(denied) => {
            let shown = people::one(env, site, member).await?.shown;
            let sentence = words::not_done(&denied, shown.standing.balance, caller.lang);
            Err(Fail::rule(denied.code(), &sentence))
        }
    }
}
