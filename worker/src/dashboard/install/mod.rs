//! Putting it on the site: what to paste where, and whether it is there.

mod page;
mod checked;
mod snippets;
pub mod qr;

use rapport_core::model::config::Record;
use rapport_core::name::{Name, SiteId};
use rapport_core::origin::normalise;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::layout::{Tab, site_path};
use crate::dashboard::{embed, problems};
use crate::owner::{self, install};
use crate::problem::Fail;
use crate::reply;

/// Below `/dashboard/s/{site}/install`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The page, and what its forms change.
    Page,
    /// `{widget}.svg`: the QR code of the hosted page, to be kept.
    Code(Name),
}

impl Way {
    /// Reads the rest of a path.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Page),
            [file] => Some(Self::Code(Name::parse(file.strip_suffix(".svg")?).ok()?)),
            _ => None,
        }
    }
}

/// The page, or the code as a file.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    match way {
        Way::Page => show(caller, session, env, site, Asked::default(), 200).await,
        Way::Code(widget) => {
            let config = owner::config(env, site).await?;
            config.record(widget.as_str()).ok_or_else(Fail::not_found)?;
            let address = embed::hosted(&caller.origin, &config.site, widget.as_str());
            let mut response =
                reply::typed(qr::svg(&address).ok_or_else(Fail::not_found)?, "image/svg+xml", "no-store")?;
            let name = format!("attachment; filename=\"{site}-{widget}.svg\"");
            response.headers_mut().set("content-disposition", &name)?;
            Ok(response)
        }
    }
}

/// Looks at a page, or adds an origin to the list.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    if let Some(origin) = form.find("allow") {
        let allowed = match normalise(origin) {
            Ok(origin) => install::allow(env, config.clone(), origin).await,
            Err(_) => Err(Problem::malformed("origins", "an address such as https://example.com").into()),
        };
        return match allowed {
            Ok(_) => reply::see_other(&format!("{}?allowed", site_path(&config.site, Tab::Install))),
            Err(fail) => {
                let asked = Asked { problems: problems(fail)?, ..Asked::default() };
                show(caller, session, env, site, asked, 422).await
            }
        };
    }
    let typed = form.get("page").trim().to_owned();
    let (look, problems) = match install::look(&config, &caller.origin, &typed).await {
        Ok(look) => (Some(look), Vec::new()),
        Err(fail) => (None, problems(fail)?),
    };
    let status = if problems.is_empty() { 200 } else { 422 };
    show(caller, session, env, site, Asked { typed, look, problems }, status).await
}

/// What was asked of the page, and what came of it.
#[derive(Debug, Default)]
struct Asked {
    typed: String,
    look: Option<install::Look>,
    problems: Vec<Problem>,
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    asked: Asked,
    status: u16,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let sightings = install::sightings(env, site).await?;
    // The one that was chosen, else one that visitors can see.
    let published = |record: &&Record| !record.versions.is_empty();
    let chosen = config.record(caller.query.get("widget")).filter(published);
    let live = || config.live().next().and_then(|version| config.record(version.widget.name.as_str()));
    let model = page::Model {
        config: &config,
        chosen: chosen.or_else(live),
        sightings: &sightings,
        asked: &asked,
        allowed: caller.query.find("allowed").is_some(),
        origin: &caller.origin,
    };
    caller.page(page::page(&caller.frame(Some(&session.csrf)), &model), status)
}
