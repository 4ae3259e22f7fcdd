//! `GET /board/{site}`: the leaderboard's places as markup, for the widget that shows them. Whoever is on it has asked to be.

use rapport_core::loyalty::board::Place;
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::view::loyalty as view;
use worker::{Env, Request, Response};

use crate::command::Command;
use crate::command::play::Command as Play;
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// Places change with every act; nobody minds a minute.
const CACHE: &str = "public, max-age=60";

/// 1. The site, and a brake: every look asks the site's object.
/// 2. The places, in the language of the page.
pub async fn get(site: &SiteId, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    brake::check(env, site, &address(request.headers())?).await?;
    let lang = url::fields(&url::query(request)).find(|(name, _)| name == "lang").map(|(_, tag)| tag);
    let locale = Locale::parse(&lang.unwrap_or_default()).unwrap_or_else(|_| config.site.locale.clone());
    let places = places(&config, env).await?.ok_or_else(Fail::not_found)?;
    let response = reply::typed(view::board(&places, &locale).into_string(), "text/html; charset=utf-8", CACHE)?;
    reply::for_everybody(response.headers())?;
    Ok(response)
}

/// Nothing where the programme has no leaderboard.
pub async fn places(config: &Config, env: &Env) -> Result<Option<Vec<Place>>, Fail> {
    let live = config.loyalty.as_ref().and_then(|record| record.live.as_ref());
    match live.filter(|live| live.program.leaderboard) {
        Some(_) => link::site(env, &config.site.id, &Command::Play(Play::Board)).await,
        None => Ok(None),
    }
}
