//! `GET /s/{site}.js`: the loader with the site's manifest in it, so that the first question is one request away.

use rapport_core::name::SiteId;
use worker::{Context, Env, Request, Response};

use super::manifest::{CACHE, empty, json, key, remembered, send};
use super::sighting;
use crate::assets::LOADER;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

const TYPE: &str = "text/javascript; charset=utf-8";
/// What stands for the manifest in the loader's text.
const TOKEN: &str = "\"__MANIFEST__\"";

/// 1. The configuration.
/// 2. Which page asked, for the owner.
/// 3. The language asked for, or the site's.
/// 4. Loader and manifest, or that they are unchanged.
pub async fn get(site: &SiteId, request: &Request, env: &Env, context: &Context) -> Result<Response, Fail> {
    let known = sites::config(env, site).await;
    if let Ok(config) = &known {
        sighting::script(env, context, config, request)?;
    }
    let config = match known {
        Ok(config) if config.live().next().is_some() => config,
        // The page's own calls must find `window.rapport` whatever is live, and a mistyped tag must not be an error on
        // every page of somebody's site; so what is not there looks like a site where nothing is live.
        Ok(_) | Err(Fail::Refused(_)) => {
            return reply::typed(filled(&empty(site, &url::origin(request))?), TYPE, CACHE);
        }
        Err(fail) => return Err(fail),
    };
    let rendered =
        remembered(key("script", &config, request)?, |key| Ok(filled(&json(&config, &key.locale, &key.origin)?)))?;
    send(request, &rendered, TYPE, CACHE)
}

fn filled(manifest: &str) -> String {
    LOADER.replacen(TOKEN, manifest, 1)
}
