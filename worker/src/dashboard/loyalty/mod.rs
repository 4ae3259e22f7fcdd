//! Loyalty: the programme and what belongs to it. Who is a member, what they hold and what they win are pages of their own.

pub mod frame;
mod start;

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
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Programme),
            _ => None,
        }
    }
}

/// A page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Programme => start::read(caller, session, env, site).await,
    }
}

/// What a form does.
pub async fn change(
    _caller: &Caller,
    _session: &Session,
    env: &Env,
    site: &SiteId,
    (way, form): (Way, &Form),
) -> Result<Response, Fail> {
    match way {
        Way::Programme => start::step(env, site, form.get("do")).await,
    }
}
