//! Loyalty: the programme and what belongs to it. Who is a member, what they hold and what they win are pages of their own.

pub mod badge;
pub mod frame;
mod editor;
mod publish;
mod ending;
mod simulation;
mod advice;
mod names;
pub mod rewards;
pub mod redemptions;
mod say;
mod start;
pub mod connect;
pub mod play;
pub mod people;

use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::owner::program;
use crate::problem::Fail;

/// Below `/dashboard/s/{site}/loyalty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The programme, or how to begin one.
    Programme,
    /// `connect`: how the owner's server says who somebody is.
    Connect,
    /// `preview`, by POST only: the badge with the form's programme.
    Preview,
    /// `publish`: what would change by it.
    Publish,
    /// `simulation`: what it would have cost.
    Simulation,
    /// `rewards…`: stock and codes.
    Rewards(rewards::Way),
    /// `redemptions…`: who took what.
    Redemptions(redemptions::Way),
    /// `draws`, `referrals`, `leaderboard`.
    Play(play::Way),
    /// Members and figures.
    People(people::Way),
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Programme),
            ["connect"] => Some(Self::Connect),
            ["preview"] => Some(Self::Preview),
            ["publish"] => Some(Self::Publish),
            ["simulation"] => Some(Self::Simulation),
            ["rewards", rest @ ..] => Some(Self::Rewards(rewards::Way::parse(rest)?)),
            ["redemptions", rest @ ..] => Some(Self::Redemptions(redemptions::Way::parse(rest)?)),
            rest => play::Way::parse(rest).map(Self::Play).or_else(|| people::Way::parse(rest).map(Self::People)),
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Connect => connect::read(caller, session, env, site).await,
        Way::Programme => {
            let (config, record) = program::read(env, site).await?;
            match record.newest() {
                None => start::show(caller, session, &config),
                Some(_) => editor::read(caller, session, &config, &record),
            }
        }
        Way::Preview => Err(Fail::method()),
        Way::Publish => publish::read(caller, session, env, site).await,
        Way::Simulation => simulation::read(caller, session, env, site).await,
        Way::Rewards(way) => rewards::read(caller, session, env, site, &way).await,
        Way::Redemptions(way) => redemptions::read(caller, session, env, site, way).await,
        Way::Play(way) => play::read(caller, session, env, site, way).await,
        Way::People(way) => people::read(caller, session, env, site, way).await,
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
        Way::Connect => connect::change(caller, session, env, site, form).await,
        Way::Programme => match start::Step::parse(form.get("do")) {
            Some(step) => step.take(env, site).await,
            None => editor::post(caller, session, env, site, form).await,
        },
        Way::Preview => editor::preview(caller, env, site, form).await,
        Way::Publish => publish::publish(caller, session, env, site, form).await,
        Way::Simulation => Err(Fail::method()),
        Way::Rewards(way) => rewards::change(caller, session, env, (site, &way), form).await,
        Way::Redemptions(way) => redemptions::change(caller, session, env, site, (way, form)).await,
        Way::Play(way) => play::change(caller, session, env, site, (way, form)).await,
        Way::People(way) => people::change(caller, session, env, site, (way, form)).await,
    }
}
