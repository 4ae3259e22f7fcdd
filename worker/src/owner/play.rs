//! What the owner does with prize draws and referrals.

use rapport_core::csv;
use rapport_core::limits::NOTE_CHARS;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::referral::Bar;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::{Fault, Problem};
use serde::de::DeserializeOwned;
use worker::Env;

use super::redemptions;
use crate::command::Command;
use crate::command::loyalty::{Done, Outcome, Who};
use crate::command::play::{self, Came};
use crate::link;
use crate::problem::Fail;

/// Asks the site's object.
///
/// # Errors
/// 404 without site or published programme.
pub async fn ask<T: DeserializeOwned>(env: &Env, site: &SiteId, command: play::Command) -> Result<T, Fail> {
    link::site(env, site, &Command::Play(command)).await
}

/// Takes a ticket.
///
/// # Errors
/// As [`ask`]; 409 where a rule stands in the way.
pub async fn act(env: &Env, site: &SiteId, command: play::Command) -> Result<Done, Fail> {
    done(ask(env, site, command).await?)
}

/// Gives the points for a response.
///
/// # Errors
/// As [`act`].
pub async fn claim(env: &Env, site: &SiteId, who: Who, response: String) -> Result<Done, Fail> {
    let claimed: Vec<Outcome> = ask(env, site, play::Command::Claim { who, responses: vec![response] }).await?;
    done(claimed.into_iter().next().unwrap_or(Outcome::Denied(Denied::Unknown)))
}

fn done(outcome: Outcome) -> Result<Done, Fail> {
    match outcome {
        Outcome::Done(done) => Ok(*done),
        Outcome::Denied(denied) => Err(Fail::rule(denied.code(), &denied.to_string())),
    }
}

/// Notes that somebody came by a member's link.
///
/// # Errors
/// As [`act`].
pub async fn referred(env: &Env, site: &SiteId, command: play::Command) -> Result<Came, Fail> {
    match ask(env, site, command).await? {
        Came::Barred(bar) => Err(Fail::rule(bar.as_str(), barred(bar))),
        noted => Ok(noted),
    }
}

/// Ends a draw.
///
/// # Errors
/// As [`ask`]; 404 where there is none that could end.
pub async fn end(env: &Env, site: &SiteId, draw: Name) -> Result<(), Fail> {
    let ended: bool = ask(env, site, play::Command::End { draw }).await?;
    if ended { Ok(()) } else { Err(Fail::not_found()) }
}

/// Ticks a prize off as handed over, or takes that back.
///
/// # Errors
/// As [`ask`]; 404 where the ticket won nothing that the owner hands over.
pub async fn hand(env: &Env, site: &SiteId, draw: Name, number: u32, done: bool) -> Result<(), Fail> {
    let command = play::Command::Hand { draw, number, done, by: super::log::who(env) };
    let known: bool = ask(env, site, command).await?;
    if !known {
        return Err(Fail::not_found());
    }
    let what = if done { "a prize ticked off as handed over" } else { "a prize is to be handed over again" };
    super::note(env, format!("{site}: {what}")).await
}

/// All winners of a draw as a table.
///
/// # Errors
/// As [`ask`].
pub async fn winners_table(env: &Env, site: &SiteId, draw: &Name) -> Result<String, Fail> {
    let mut out = String::new();
    csv::write(&mut out, ["ticket", "prize", "member", "external", "name", "handed", "handed_by"].into_iter());
    let mut after = 0;
    loop {
        let command = play::Command::Winners { draw: draw.clone(), after, to_hand_over: false };
        let winners: Vec<play::Winner> = ask(env, site, command).await?;
        for play::Winner { number, prize, member, handed, .. } in &winners {
            let of = |part: fn(&play::Side) -> &String| member.as_ref().map_or("", |side| part(side).as_str());
            let (when, by) = redemptions::over(handed.as_ref());
            let number = number.to_string();
            let cells = [
                number.as_str(),
                prize,
                of(|side| &side.id),
                of(|side| &side.external),
                of(|side| &side.name),
                &when,
                by,
            ];
            csv::write(&mut out, cells.into_iter());
        }
        match winners.last() {
            Some(last) if winners.len() == play::WINNERS => after = last.number,
            _ => break,
        }
    }
    super::note(env, format!("{site}: winners of {draw} exported")).await?;
    Ok(out)
}

/// Takes a name off the leaderboard, or puts it back.
///
/// # Errors
/// As [`ask`]; 404 where there is no such member.
pub async fn list(env: &Env, site: &SiteId, member: String, listed: bool) -> Result<(), Fail> {
    let known: bool = ask(env, site, play::Command::List { member, listed }).await?;
    if known { Ok(()) } else { Err(Fail::not_found()) }
}

/// The owner's word on a referral that a rule stopped.
///
/// # Errors
/// As [`ask`]; 404 where there is none to decide; 422 for a refusal without a reason.
pub async fn judge(env: &Env, site: &SiteId, member: String, approved: bool, why: String) -> Result<(), Fail> {
    let why = why.trim().to_owned();
    if why.is_empty() && !approved {
        return Err(Problem::new("why", Fault::Required).into());
    }
    if why.chars().count() > NOTE_CHARS {
        return Err(Problem::new("why", Fault::TooLong { max: NOTE_CHARS as u32 }).into());
    }
    let judged: bool = ask(env, site, play::Command::Judge { member, approved, why }).await?;
    if judged { Ok(()) } else { Err(Fail::not_found()) }
}

const fn barred(bar: Bar) -> &'static str {
    match bar {
        Bar::Off => "the programme has no referrals",
        Bar::Unknown => "nobody has this code",
        Bar::Own => "it is the member's own link",
        Bar::Already => "somebody else brought this member before",
        Bar::NotNew => "they were a member before they came by the link",
    }
}
