//! Members as the owner looks at them: finding them, one of them, and what all of them come to.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::people::figures::Figures;
use rapport_core::loyalty::people::insight::Insight;
use rapport_core::loyalty::program::Program;
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use worker::Env;

use super::{ledger, members};
use crate::command::Command;
use crate::command::loyalty::{Act, Command as Loyalty, Outcome, PAGE, Who};
use crate::command::people::{Chain, Command as Of, Found, Merged, One, Refusal, Wanted};
use crate::link;
use crate::problem::Fail;

/// Characters of a reason.
const WHY: usize = 200;
/// Lines of a ledger that one download holds; a longer one comes in several.
pub const LINES: usize = 20_000;

/// A member with everything that is known of them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "WholeMember"))]
pub struct Whole {
    #[serde(flatten)]
    pub known: members::Known,
    /// Your own note.
    pub note: String,
    /// What rules stood in their way, the newest first.
    pub refusals: Vec<Refusal>,
    /// Ids of the responses that they were given points for, the newest first.
    pub responses: Vec<String>,
    /// What following the hashes of the ledger has shown. `responses` are those that lines from `from` on are about.
    pub chain: Chain,
    /// Since when refusals are known, in milliseconds since 1970, where a rebuild has begun their log anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusals_since: Option<Timestamp>,
    /// Accounts that have gone up in this one, the newest first.
    pub merged: Vec<Merged>,
}

/// Everything of one member, to take away: what a member has a right to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberExport"))]
pub struct Export {
    /// Devices and recovery phrase are digests, of use to nobody.
    pub member: Member,
    /// The ledger, oldest first: all of it, or what is older than `before` asked for.
    pub entries: Vec<Entry>,
    /// Ask for what is older with `before` set to this: one export has 20,000 lines. Nothing where there is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
    pub refusals: Vec<Refusal>,
    #[cfg_attr(test, schemars(with = "Vec<serde_json::Value>"))]
    pub responses: Vec<Response>,
    /// The ledgers of accounts that have gone up in this one.
    #[serde(default)]
    pub merged: Vec<MergedExport>,
}

/// An account that has gone up in another one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MergedExport {
    pub member: String,
    pub entries: Vec<Entry>,
    /// As with the account itself: ask for what is older with this account's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

/// A page of members.
///
/// # Errors
/// 404 without site or published programme, 422 for words to search that are too long.
pub async fn find(env: &Env, site: &SiteId, wanted: Wanted) -> Result<Found, Fail> {
    ask(env, site, Of::Find(wanted)).await
}

/// One of them, by our id.
///
/// # Errors
/// 404 without them.
pub async fn one(env: &Env, site: &SiteId, member: &str) -> Result<One, Fail> {
    let one: Option<One> = ask(env, site, Of::One { who: Who::Member(member.to_owned()) }).await?;
    one.ok_or_else(Fail::not_found)
}

/// The figures of all; nothing where no programme is in force.
pub async fn figures(env: &Env, site: &SiteId, config: &Config) -> Result<Option<Figures>, Fail> {
    let Some(program) = program(config) else { return Ok(None) };
    let census = ask(env, site, Of::Census).await?;
    Ok(Some(Figures::of(&census, program)))
}

/// The programme that holds, or held until it was paused.
pub fn program(config: &Config) -> Option<&Program> {
    config.loyalty.as_ref()?.live.as_ref().map(|live| &live.program)
}

/// Gives or takes points, once under the id.
///
/// # Errors
/// 404 without the member, 422 for no points, and without a reason or with one that is too long.
pub async fn adjust(
    env: &Env,
    site: &SiteId,
    member: &str,
    id: String,
    delta: i64,
    why: &str,
) -> Result<Outcome, Fail> {
    let why = why.trim();
    if delta == 0 {
        return Err(Problem::malformed("delta", "a number of points, above or below 0").into());
    }
    if why.is_empty() {
        return Err(Problem::new("why", Fault::Required).into());
    }
    if why.chars().count() > WHY {
        return Err(Problem::new("why", Fault::TooLong { max: WHY as u32 }).into());
    }
    let action = Action::Adjust { delta, why: why.to_owned() };
    let act = Act { id, who: Who::Member(member.to_owned()), action, at: None, by: String::new() };
    super::known(env, site).await?;
    link::site(env, site, &Command::Loyalty(Loyalty::Act(Box::new(act)))).await
}

/// Writes the owner's note.
///
/// # Errors
/// 404 without the member, 422 for one that is too long.
pub async fn note(env: &Env, site: &SiteId, member: &str, text: &str) -> Result<(), Fail> {
    there(ask(env, site, Of::Note { member: member.to_owned(), text: text.to_owned() }).await?)
}

/// Signs all of a member's devices out.
///
/// # Errors
/// 404 without the member.
pub async fn sign_out(env: &Env, site: &SiteId, member: &str) -> Result<(), Fail> {
    there(ask(env, site, Of::SignOut { member: member.to_owned() }).await?)
}

/// Everything of one member, lines older than `before`.
///
/// # Errors
/// 404 without the member.
pub async fn export(env: &Env, site: &SiteId, member: &str, before: Option<u32>) -> Result<Export, Fail> {
    let one = one(env, site, member).await?;
    let (entries, next) = lines(env, site, member, before).await?;
    let mut merged = Vec::new();
    // With the newest part, so that it comes once.
    for older in one.merged.iter().filter(|_| before.is_none()) {
        let (entries, next) = lines(env, site, &older.member, None).await?;
        merged.push(MergedExport { member: older.member.clone(), entries, next });
    }
    Ok(Export { member: one.shown.member, entries, next, refusals: one.refusals, responses: one.responses, merged })
}

/// Lines older than one, oldest first, and before which to go on.
async fn lines(
    env: &Env,
    site: &SiteId,
    member: &str,
    mut before: Option<u32>,
) -> Result<(Vec<Entry>, Option<u32>), Fail> {
    let mut entries = Vec::new();
    let more = loop {
        let page = ledger::history(env, site, Who::Member(member.to_owned()), before, PAGE).await?;
        before = page.entries.last().map(|entry| entry.seq);
        entries.extend(page.entries);
        if !page.more || entries.len() >= LINES {
            break page.more;
        }
    };
    entries.reverse();
    Ok((entries, before.filter(|_| more)))
}

impl Whole {
    /// What the object has told, at `now`.
    pub fn of(one: One, now: Timestamp) -> Self {
        let One { shown, person, census, refusals, responses, chain, refusals_since, merged } = one;
        let note = shown.member.note.clone();
        let insight = Some(Insight::of(&person, &census, now));
        Self {
            known: members::Known { insight, ..members::Known::of(shown) },
            note,
            refusals,
            responses: responses.into_iter().map(|response| response.id).collect(),
            chain,
            refusals_since,
            merged,
        }
    }
}

fn there(known: bool) -> Result<(), Fail> {
    if known { Ok(()) } else { Err(Fail::not_found()) }
}

async fn ask<T: DeserializeOwned>(env: &Env, site: &SiteId, command: Of) -> Result<T, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::People(command)).await
}
