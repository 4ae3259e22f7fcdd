//! The inbox: the list of responses on the left, the one that is read on the right; on a phone one after the other.

mod asked;
mod list;
mod chips;
mod pane;
mod change;
mod toast;
mod ways;

use rapport_core::case::Status;
use rapport_core::inbox::Filter;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::command::Session;
use crate::command::inbox::{Found, Item};
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

/// What is being read keeps its place among what is new, though it no longer is: the way on from it is the next one.
fn stay(found: &mut Found, asked: &Asked, item: &Item) {
    let apart = Filter { status: None, ..asked.filter.clone() };
    let read = asked.filter.status == Some(Status::New) && item.case.status == Status::Read;
    let at = found.items.partition_point(|known| known.response.id > item.response.id);
    let here = (at > 0 || asked.before.is_none()) && (at < found.items.len() || found.next.is_none());
    if read && here && apart.matches(&item.response, Some(&item.case)) {
        found.items.insert(at, item.clone());
    }
}

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
    let mut found = inbox::find(env, site, asked.filter.clone(), asked.before, PAGE).await?;
    let (counts, desk, facets) =
        futures_util::future::try_join3(inbox::counts(env, site), inbox::desk(env, site), inbox::facets(env, site))
            .await?;
    let one = match way {
        Way::List => None,
        Way::One(id) => {
            let item = inbox::get(env, site, id).await?;
            let others = inbox::others(env, site, &item.response, config.site.privacy, OTHERS).await?;
            stay(&mut found, &asked, &item);
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
        facets: &facets,
        one: one.as_ref(),
        pulse: pulse.as_deref(),
        query: &caller.query,
        problem: problem.as_ref(),
    };
    let status = if problem.is_some() { 422 } else { 200 };
    caller.page(list::page(&caller.frame(Some(&session.csrf)), &model), status)
}
