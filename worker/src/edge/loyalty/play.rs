//! Play at the door: points for answers, tickets of draws, and who came by whose link.

use rapport_core::id;
use rapport_core::loyalty::denied::Denied;
use rapport_core::problem::{Fault, Problem};

use super::page::Played;
use super::{Act, Ask};
use crate::clock::now;
use crate::command::Command;
use crate::command::loyalty::{Outcome, Who};
use crate::command::play::{Came, Command as Play};
use crate::link;
use crate::problem::Fail;

/// How long a response may be under way, in milliseconds: devices keep answers where there is no network.
const UNDER_WAY_MS: i64 = 86_400_000;

/// # Errors
/// 409 with the rule that stands in the way; 425 while a response that is claimed has not come yet.
pub async fn act(ask: &Ask<'_>, act: Act, address: &str) -> Result<Played, Fail> {
    let (asked, who) = (ask.asked, Who::Proof(ask.asked.proof()));
    match act {
        Act::Claim => claim(ask, who).await,
        Act::Draw => {
            let draw = asked.draw.clone().ok_or_else(|| Problem::new("draw", Fault::Required))?;
            let command = Command::Play(Play::Take { id: asked.id.clone(), who, draw });
            let outcome: Outcome = link::site(ask.env, ask.site, &command).await?;
            Ok(Played::Ticket(ask.done(outcome)?))
        }
        _ => {
            let (code, address) = (asked.code.clone(), address.to_owned());
            let came = link::site(ask.env, ask.site, &Command::Play(Play::Referred { who, code, address })).await?;
            match came {
                Came::Noted(step) => Ok(Played::Came(step)),
                Came::Barred(bar) => Err(ask.page.barred(bar)),
            }
        }
    }
}

/// What gives nothing is passed over in silence, but for a quiz that was not good enough: the device claims whatever was answered
/// on it.
async fn claim(ask: &Ask<'_>, who: Who) -> Result<Played, Fail> {
    let responses = ask.asked.responses.clone();
    if responses.is_empty() {
        return Err(Problem::new("responses", Fault::Required).into());
    }
    let command = Command::Play(Play::Claim { who, responses: responses.clone() });
    let outcomes: Vec<Outcome> = link::site(ask.env, ask.site, &command).await?;
    let since = now().plus_ms(-UNDER_WAY_MS);
    let under_way = |(id, outcome): (&String, &Outcome)| {
        matches!(outcome, Outcome::Denied(Denied::Unknown)) && id::moment(id).is_some_and(|made| made > since)
    };
    if responses.iter().zip(&outcomes).any(under_way) {
        return Err(Fail::early());
    }
    let short = outcomes.into_iter().find_map(|outcome| match outcome {
        Outcome::Denied(denied @ Denied::NotPassed { .. }) => Some(denied),
        _ => None,
    });
    Ok(short.map_or(Played::Nothing, Played::Short))
}
