//! Loyalty: the programme and what belongs to it. Who is a member, what they hold and what they win are pages of their own.

pub mod frame;
mod start;
pub mod connect;

use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::problem::Fail;

/// Below `/dashboard/s/{site}/loyalty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The programme, or how to begin one.
    Programme,
    /// `connect`: how the owner's server says who somebody is.
    Connect,
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Programme),
            ["connect"] => Some(Self::Connect),
            _ => None,
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Programme => start::read(caller, session, env, site).await,
        Way::Connect => connect::read(caller, session, env, site).await,
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
        Way::Programme => start::step(env, site, form.get("do")).await,
    }
}
