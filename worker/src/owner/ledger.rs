//! What the owner does with members' accounts: acts on their behalf, redemptions, codes.

use rapport_core::limits::LADDER_DAYS;
use rapport_core::loyalty::action::Action;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;
use worker::Env;

use crate::clock::now;
use crate::command::Command;
use crate::command::ledger::Compared;
use crate::command::loyalty::{
    self, Act, Added, Codes, Done, History, Outcome, Pool, Redemptions, Removed, Shown, Stock, Wanted, Who,
};
use crate::link;
use crate::problem::Fail;

/// How far the clock of the owner's server may be ahead.
const SKEW_MS: i64 = 300_000;
/// Pages of KV's lists that one comparison looks at: 40,000 members and pages of ledgers.
const LISTS: usize = 40;

/// Does something to a member's account, once under its id.
///
/// # Errors
/// 404 without site or published programme, 409 where a rule stands in the way, 422 for what only the site itself may do.
pub async fn act(env: &Env, site: &SiteId, who: Who, id: String, action: Action) -> Result<Done, Fail> {
    told(env, site, Act { id, who, action, at: None, by: String::new() }).await
}

/// The same for what may have happened earlier.
///
/// # Errors
/// Also 422 for a moment that is not [within reach](happened).
pub async fn told(env: &Env, site: &SiteId, act: Act) -> Result<Done, Fail> {
    happened(act.at)?;
    if matches!(
        act.action,
        Action::Response { .. }
            | Action::Birthday
            | Action::Profile
            | Action::Ticket { .. }
            | Action::Win { .. }
            | Action::Refer { .. }
            | Action::Expire
    ) {
        return Err(Problem::conflict("action.type", "this happens by itself and is not told from outside").into());
    }
    let act = Act { by: super::log::who(env), ..act };
    match ask(env, site, loyalty::Command::Act(Box::new(act))).await? {
        Outcome::Done(done) => Ok(*done),
        Outcome::Denied(denied) => Err(Fail::rule(denied.code(), &denied.to_string())),
    }
}

/// Orders of before the programme may be told, as far back as tiers look; nothing of the future.
///
/// # Errors
/// 422 for any other moment.
pub fn happened(at: Option<Timestamp>) -> Result<(), Problem> {
    let now = now();
    let oldest = now.plus_ms(-i64::from(LADDER_DAYS) * 86_400_000);
    match at {
        Some(at) if at > now.plus_ms(SKEW_MS) || at < oldest => {
            Err(Problem::malformed("at", "a moment of the last 731 days, in milliseconds since 1970"))
        }
        _ => Ok(()),
    }
}

/// A member and how they stand.
///
/// # Errors
/// 404 without site, programme or member.
pub async fn standing(env: &Env, site: &SiteId, who: Who) -> Result<Shown, Fail> {
    let shown: Option<Shown> = ask(env, site, loyalty::Command::Standing { who }).await?;
    shown.ok_or_else(Fail::not_found)
}

/// Lines of a member's ledger, newest first.
///
/// # Errors
/// 404 without site or member.
pub async fn history(env: &Env, site: &SiteId, who: Who, before: Option<u32>, limit: u32) -> Result<History, Fail> {
    let history: Option<History> = ask(env, site, loyalty::Command::History { who, before, limit }).await?;
    history.ok_or_else(Fail::not_found)
}

/// Redemptions, newest first.
///
/// # Errors
/// 404 without the site.
pub async fn redemptions(env: &Env, site: &SiteId, wanted: Wanted) -> Result<Redemptions, Fail> {
    ask(env, site, loyalty::Command::Redemptions(wanted)).await
}

/// Ticks a redemption off as handed over, or takes that back.
///
/// # Errors
/// 404 without the site, and where there is no such redemption that was handed out.
pub async fn hand(env: &Env, site: &SiteId, id: &str, done: bool) -> Result<(), Fail> {
    let command = loyalty::Command::Hand { id: id.to_owned(), done, by: super::log::who(env) };
    let known: bool = ask(env, site, command).await?;
    if !known {
        return Err(Fail::not_found());
    }
    let what = if done { "a redemption ticked off as handed over" } else { "a redemption is to be handed over again" };
    super::note(env, format!("{site}: {what}")).await
}

/// How much of every reward is gone.
///
/// # Errors
/// 404 without the site.
pub async fn stock(env: &Env, site: &SiteId) -> Result<Vec<Stock>, Fail> {
    ask(env, site, loyalty::Command::Pool(Pool::Stock)).await
}

/// Adds codes to a reward's pool: all that are new, or none.
///
/// # Errors
/// 404 without the site, 422 for ill-formed codes or too many.
pub async fn add_codes(env: &Env, site: &SiteId, reward: &Name, codes: Vec<String>) -> Result<Added, Fail> {
    let added: Added = ask(env, site, loyalty::Command::Pool(Pool::Add { reward: reward.clone(), codes })).await?;
    super::note(env, format!("{site}: {} codes for {reward}", added.added)).await?;
    Ok(added)
}

/// Codes of a pool, in order.
///
/// # Errors
/// 404 without the site.
pub async fn codes(
    env: &Env,
    site: &SiteId,
    reward: &Name,
    given: Option<bool>,
    after: Option<String>,
    limit: u32,
) -> Result<Codes, Fail> {
    ask(env, site, loyalty::Command::Pool(Pool::List { reward: reward.clone(), given, after, limit })).await
}

/// Removes codes that nobody has: these, or all.
///
/// # Errors
/// 404 without the site, 422 for too many at once.
pub async fn remove_codes(
    env: &Env,
    site: &SiteId,
    reward: &Name,
    codes: Option<Vec<String>>,
) -> Result<Removed, Fail> {
    let removed: Removed =
        ask(env, site, loyalty::Command::Pool(Pool::Remove { reward: reward.clone(), codes })).await?;
    super::note(env, format!("{site}: {} codes of {reward} removed", removed.removed)).await?;
    Ok(removed)
}

/// Forgets a member: profile, ledger and all.
///
/// # Errors
/// 404 without site or member.
pub async fn erase(env: &Env, site: &SiteId, member: &str) -> Result<(), Fail> {
    let known: bool = ask(env, site, loyalty::Command::Erase { member: member.to_owned() }).await?;
    if !known {
        return Err(Fail::not_found());
    }
    super::note(env, format!("{site}: a member erased")).await
}

/// The ids of members who are `text` as a whole: by our id, the owner's own, or e-mail address.
///
/// # Errors
/// 404 without the site.
pub async fn named(env: &Env, site: &SiteId, text: &str) -> Result<Vec<String>, Fail> {
    ask(env, site, loyalty::Command::Named { text: text.to_owned() }).await
}

/// Erases every member who is `text`, as [`erase`] does; tells how many there were.
///
/// # Errors
/// 404 without the site.
pub async fn erase_named(env: &Env, site: &SiteId, text: &str) -> Result<u32, Fail> {
    let members = named(env, site, text).await?;
    for member in &members {
        ask::<bool>(env, site, loyalty::Command::Erase { member: member.clone() }).await?;
    }
    Ok(u32::try_from(members.len()).unwrap_or(u32::MAX))
}

/// Compares all ledgers and codes with KV, and repairs either from the other.
///
/// # Errors
/// 404 without the site.
pub async fn compare(env: &Env, site: &SiteId) -> Result<Compared, Fail> {
    let mut so_far = Box::new(Compared::default());
    for _ in 0..LISTS {
        so_far = ask(env, site, loyalty::Command::Compare { so_far }).await?;
        if so_far.next.is_none() {
            break;
        }
    }
    super::note(env, format!("{site}: ledgers compared with KV")).await?;
    Ok(*so_far)
}

async fn ask<T: serde::de::DeserializeOwned>(env: &Env, site: &SiteId, command: loyalty::Command) -> Result<T, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::Loyalty(command)).await
}
