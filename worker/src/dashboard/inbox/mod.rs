//! The inbox: the list of responses on the left, the one that is read on the right; on a phone one after the other.

mod asked;
mod list;
mod chips;
mod pane;
mod change;
mod toast;
mod ways;

use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::owner::{self, inbox};
use crate::problem::Fail;

pub use asked::link;
pub use change::change;
pub use ways::ways;

use asked::Asked;

/// Below `/dashboard/s/{site}/responses`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The list.
    List,
    /// One response beside it.
    One(String),
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::List),
            [id] => rapport_core::id::moment(id).map(|_| Self::One((*id).to_owned())),
            _ => None,
        }
    }
}

/// Responses on one page, and of one visitor beside a response.
const PAGE: u32 = 50;
const OTHERS: u32 = 6;

/// The page. `problem` is what was wrong with a change.
pub async fn read(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    way: &Way,
    problem: Option<change::Wrong>,
) -> Result<Response, Fail> {
    let asked = Asked::of(&caller.query);
    let config = owner::config(env, site).await?;
    let found = inbox::find(env, site, asked.filter.clone(), asked.before, PAGE).await?;
    let (counts, desk) = futures_util::future::try_join(inbox::counts(env, site), inbox::desk(env, site)).await?;
    let one = match way {
        Way::List => None,
        Way::One(id) => {
            let item = inbox::get(env, site, id).await?;
            let others = if item.response.visitor.is_empty() {
                Vec::new()
            } else {
                let filter = rapport_core::inbox::Filter {
                    visitor: item.response.visitor.clone(),
                    ..rapport_core::inbox::Filter::default()
                };
                inbox::find(env, site, filter, None, OTHERS).await?.items
            };
            Some((item, others))
        }
    };
    let pulse = if asked.before.is_none() && one.is_none() { Some(owner::pulse(env, site).await?) } else { None };
    let model = list::Model {
        config: &config,
        asked: &asked,
        found: &found,
        counts: &counts,
        desk: &desk,
        one: one.as_ref(),
        pulse: pulse.as_deref(),
        query: &caller.query,
        problem: problem.as_ref(),
    };
    let status = if problem.is_some() { 422 } else { 200 };
    caller.page(list::page(&caller.frame(Some(&session.csrf)), &model), status)
}
