//! Rewards: how much of each is gone, and the codes of those that hand out codes.

mod codes;
mod list;

use rapport_core::csv;
use rapport_core::loyalty::codes as texts;
use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::frame::{Section, path};
use crate::command::Session;
use crate::command::loyalty::{ADDED, CODES, Codes, State, Stock, Wanted};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::form::Form;
use crate::owner::{ledger, program};
use crate::problem::Fail;
use crate::reply;
use codes::{Model, Outcome};

/// Below `rewards`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    List,
    /// `{reward}`: its codes.
    Codes(Name),
    /// `{reward}/codes.csv`: a download of them.
    Table(Name),
}

/// Codes of one page, and of a download at the most.
const SHOWN: u32 = 50;
const MOST: u32 = 50_000;

impl Way {
    /// Reads what follows `rewards`.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::List),
            [reward] => Some(Self::Codes(Name::of(reward)?)),
            [reward, "codes.csv"] => Some(Self::Table(Name::of(reward)?)),
            _ => None,
        }
    }
}

/// A page, or a download.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: &Way) -> Result<Response, Fail> {
    match way {
        Way::List => list(caller, session, env, site).await,
        Way::Codes(reward) => {
            let removed = caller.query.find("removed").and_then(|n| n.parse().ok()).map(Outcome::Removed);
            show(caller, session, env, (site, reward), removed.unwrap_or_default()).await
        }
        Way::Table(reward) => table(env, site, reward, caller.query.get("given") == "yes").await,
    }
}

/// Codes added or removed.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, way): (&SiteId, &Way),
    form: &Form,
) -> Result<Response, Fail> {
    let Way::Codes(reward) = way else { return Err(Fail::method()) };
    match form.get("do") {
        "remove" => {
            let removed = ledger::remove_codes(env, site, reward, None).await?;
            reply::see_other(&format!("/dashboard/s/{site}/loyalty/rewards/{reward}?removed={}", removed.removed))
        }
        "add" => {
            let outcome = add(env, site, reward, form).await?;
            show(caller, session, env, (site, reward), outcome).await
        }
        _ => Err(Fail::method()),
    }
}

/// 1. What was pasted and what is in the file are one list.
/// 2. Where a line cannot be a code, nothing is added.
/// 3. Everything goes in at one go.
async fn add(env: &Env, site: &SiteId, reward: &Name, form: &Form) -> Result<Outcome, Fail> {
    // 1.
    let text = format!("{}\n{}", form.get("text"), form.get("file"));
    let list = texts::list(&text);
    // 2.
    if !list.bad.is_empty() {
        return Ok(Outcome::Bad(list.bad));
    }
    if list.codes.is_empty() {
        return Ok(Outcome::Empty);
    }
    // 3.
    match ledger::add_codes(env, site, reward, list.codes).await {
        Ok(added) => Ok(Outcome::Added { added: added.added, known: added.duplicates, twice: list.twice }),
        Err(fail) => Ok(Outcome::Refused(problems(fail)?)),
    }
}

async fn list(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let stock = ledger::stock(env, site).await?;
    let wanted = Wanted { state: Some(State::Held), limit: 200, ..Wanted::default() };
    let held = ledger::redemptions(env, site, wanted).await?.items;
    caller.page(list::page(&caller.frame(Some(&session.csrf)), &config, &record, &stock, &held), 200)
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, reward): (&SiteId, &Name),
    outcome: Outcome,
) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let stock = ledger::stock(env, site).await?.into_iter().find(|stock| stock.reward == reward.as_str());
    let known = [record.newest(), record.live.as_ref().map(|live| &live.program)];
    let known = known.into_iter().flatten().find_map(|program| program.reward(reward));
    if known.is_none() && stock.is_none() {
        return Err(Fail::not_found());
    }
    let given = caller.query.get("given") == "yes";
    let after = caller.query.find("after").map(str::to_owned);
    let codes: Codes = ledger::codes(env, site, reward, Some(given), after.clone(), SHOWN).await?;
    let stock = stock.unwrap_or_else(|| Stock { reward: reward.to_string(), ..Stock::default() });
    let code = if outcome.is_refusal() { 422 } else { 200 };
    let model = Model {
        config: &config,
        record: &record,
        name: reward,
        reward: known,
        stock: &stock,
        codes: &codes,
        given,
        after,
        outcome: &outcome,
    };
    caller.page(codes::page(&caller.frame(Some(&session.csrf)), &model), code)
}

/// All codes of a kind, with the redemptions that they went to.
async fn table(env: &Env, site: &SiteId, reward: &Name, given: bool) -> Result<Response, Fail> {
    let mut out = String::new();
    csv::write(&mut out, ["code", "redemption"].into_iter());
    let mut after = None;
    for _ in 0..MOST / CODES as u32 {
        let page = ledger::codes(env, site, reward, Some(given), after, CODES as u32).await?;
        for (code, act) in &page.codes {
            csv::write(&mut out, [code.as_str(), act.as_deref().unwrap_or_default()].into_iter());
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    download(out, &format!("{site}-{reward}-codes"))
}

/// A table to be kept.
pub fn download(text: String, name: &str) -> Result<Response, Fail> {
    let mut response = reply::typed(text, "text/csv; charset=utf-8", "no-store")?;
    response.headers_mut().set("content-disposition", &format!("attachment; filename=\"{name}.csv\""))?;
    Ok(response)
}

/// The address of a reward's codes.
fn address(site: &rapport_core::model::site::Site, reward: &str) -> String {
    format!("{}/{reward}", path(site, Section::Rewards))
}

/// What a form may bring at once, for its hint.
const _: () = assert!(ADDED == 10_000, "the words say 10,000");
