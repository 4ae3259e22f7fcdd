//! Prize draws, referrals and the leaderboard, as the owner looks at them.

mod board;
mod draws;
mod winners;
mod referrals;

use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::rewards::download;
use crate::command::Session;
use crate::command::play::Side;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::strings::play::Play;
use crate::owner::play::winners_table;
use crate::problem::Fail;

/// Below `/dashboard/s/{site}/loyalty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// `draws`.
    Draws,
    /// `draws/{draw}/winners.csv`: a download.
    Winners(Name),
    /// `referrals`: those that wait for the owner, or those at another stage.
    Referrals,
    /// `leaderboard`.
    Board,
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            ["draws"] => Some(Self::Draws),
            ["draws", draw, "winners.csv"] => Some(Self::Winners(Name::parse(draw).ok()?)),
            ["referrals"] => Some(Self::Referrals),
            ["leaderboard"] => Some(Self::Board),
            _ => None,
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Draws => draws::read(caller, session, env, site).await,
        Way::Winners(draw) => download(winners_table(env, site, &draw).await?, &format!("{site}-{draw}-winners")),
        Way::Referrals => referrals::read(caller, session, env, site).await,
        Way::Board => board::read(caller, session, env, site).await,
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
    match way {
        Way::Draws => draws::change(env, site, form).await,
        Way::Winners(_) => Err(Fail::method()),
        Way::Referrals => referrals::judge(caller, session, env, site, form).await,
        Way::Board => board::list(env, site, form).await,
    }
}

/// What somebody is called: by their name, the owner's own id, else by the beginning of ours.
fn called(side: &Side, words: &Play) -> String {
    match (side.name.as_str(), side.external.as_str()) {
        ("", "") => format!("{} {}", words.anonymous, side.id.get(..8).unwrap_or(&side.id)),
        ("", external) => external.to_owned(),
        (name, "") => name.to_owned(),
        (name, external) => format!("{name} ({external})"),
    }
}
