//! `GET /s/{site}.js`: the loader with the site's manifest in it, so that the first question is one request away.

use rapport_core::name::SiteId;
use worker::{Env, Request, Response};

use super::manifest::{CACHE, json, key, remembered, send};
use crate::assets::LOADER;
use crate::problem::Fail;
use crate::reply;
use crate::sites;

const TYPE: &str = "text/javascript; charset=utf-8";
/// What stands for the manifest in the loader's text.
const TOKEN: &str = "\"__MANIFEST__\"";

/// 1. The configuration.
/// 2. The language asked for, or the site's.
/// 3. Loader and manifest, or that they are unchanged.
pub async fn get(site: &SiteId, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = match sites::config(env, site).await {
        Ok(config) => config,
        // A page with a mistyped tag must not get an error into its console for every visitor; and what is not there
        // looks like a site without live widgets.
        Err(Fail::Refused(_)) => {
            return reply::typed("/* Rapport: nothing is live here. */\n", TYPE, "public, max-age=60");
        }
        Err(fail) => return Err(fail),
    };
    let rendered = remembered(key("script", &config, request)?, |key| {
        if config.live().next().is_none() {
            return Ok("/* Rapport: nothing is live here. */\n".to_owned());
        }
        Ok(LOADER.replacen(TOKEN, &json(&config, &key.locale, &key.origin)?, 1))
    })?;
    send(request, &rendered, TYPE, CACHE)
}
