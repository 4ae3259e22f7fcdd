//! `GET /draw/{site}/{draw}`: what was promised of a prize draw and what came of it, as a page and as JSON, for anybody who
//! wants to check. Looking changes nothing.

use rapport_core::i18n;
use rapport_core::loyalty::draw::State;
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::{Name, SiteId};
use rapport_core::view::{self, Hosted, ViewContext};
use worker::{Env, Request, Response};

use super::manifest::{self, remembered};
use crate::clock::now;
use crate::command::Command;
use crate::command::play::{Command as Of, Told};
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// A draw goes on while somebody looks, and afterwards it never changes.
const CACHE: &str = "public, max-age=15";

/// What can be asked for below `/draw/{site}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// `/draw/{site}/{draw}`.
    Page(Name),
    /// `/draw/{site}/{draw}.json`: what the programs on the page read.
    Data(Name),
    /// `/draw/{site}.css`.
    Style,
}

/// 1. The site, and a brake: every look asks the site's object.
/// 2. The draw.
/// 3. The page in the language of the address, else of the browser, else of the site; or the data.
pub async fn get(site: &SiteId, way: &Way, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let (name, page) = match way {
        Way::Style => {
            let key = manifest::key("draw", &config, request)?;
            let rendered = remembered(key, |_| Ok(view::draw_css(&config.site)))?;
            return manifest::send(request, &rendered, "text/css; charset=utf-8", "public, max-age=3600");
        }
        Way::Page(name) => (name, true),
        Way::Data(name) => (name, false),
    };
    brake::check(env, site, &address(request.headers())?).await?;
    let told: Option<Told> = match config.loyalty {
        Some(_) => link::site(env, site, &Command::Play(Of::Draw { draw: name.clone() })).await?,
        None => None,
    };
    let locale = language(&config, request)?;
    match (told, page) {
        (Some(told), false) => {
            let json = told.public.to_json(site, &locale).to_string();
            let response = reply::typed(json, "application/json", CACHE)?;
            reply::for_everybody(response.headers())?;
            Ok(response)
        }
        (None, false) => Err(Fail::not_found()),
        (told, true) => send(&config, &locale, told.as_ref(), &url::origin(request)),
    }
}

fn send(config: &Config, locale: &Locale, told: Option<&Told>, origin: &str) -> Result<Response, Fail> {
    let site = &config.site;
    let stylesheet = format!("/draw/{}.css?{}", site.id, config.revision);
    let context = ViewContext { site, version: 0, variant: None, locale, origin, sheet: None };
    let hosted = Hosted { context, stylesheet: &stylesheet, script: None };
    let policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
                  frame-ancestors 'none'";
    match told {
        Some(told) => {
            let left: u32 = told.public.left().iter().sum();
            let state = if told.over {
                State::Over
            } else {
                rapport_core::loyalty::draw::state(&told.public.draw, left, now())
            };
            reply::page(view::draw_page(&told.public, &hosted, state), 200, policy)
        }
        None => reply::page(view::no_draw(&hosted), 404, policy),
    }
}

fn language(config: &Config, request: &Request) -> Result<Locale, Fail> {
    let asked = url::fields(&url::query(request)).find(|(name, _)| name == "lang").map(|(_, tag)| tag);
    let header = request.headers().get("accept-language")?.unwrap_or_default();
    let tag =
        asked.unwrap_or_else(|| i18n::accepted(&header).map_or_else(String::new, |strings| strings.tag.to_owned()));
    Ok(Locale::parse(&tag).unwrap_or_else(|_| config.site.locale.clone()))
}
