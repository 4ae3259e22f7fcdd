//! The part of the API below `/api/v1/sites/{site}/` that is about data.

use rapport_core::json;
use rapport_core::name::SiteId;
use serde::Deserialize;
use worker::{Env, Method, Request, Response};

use crate::body::{self, Media};
use crate::problem::Fail;
use crate::reply;

/// 500 ids, with room.
const IDS_BYTES: usize = 64 * 1_024;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// `POST responses/erase`: `{"ids": […], "at_once": false}`.
    Erase,
    /// `POST responses/restore`: the same, within ten minutes.
    Restore,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ids {
    ids: Vec<String>,
    #[serde(default)]
    at_once: bool,
}

impl Data {
    /// Reads method and path.
    pub fn parse(method: &Method, parts: &[&str]) -> Option<Self> {
        match (method, parts) {
            (Method::Post, ["responses", "erase"]) => Some(Self::Erase),
            (Method::Post, ["responses", "restore"]) => Some(Self::Restore),
            _ => None,
        }
    }
}

/// Does it. The caller has made sure of the owner.
pub async fn handle(site: &SiteId, data: Data, mut request: Request, env: &Env) -> Result<Response, Fail> {
    match data {
        Data::Erase => {
            let Ids { ids, at_once } = ids(&mut request).await?;
            reply::json(&super::erase(env, site, ids, at_once).await?)
        }
        Data::Restore => reply::json(&super::restore(env, site, ids(&mut request).await?.ids).await?),
    }
}

async fn ids(request: &mut Request) -> Result<Ids, Fail> {
    Ok(json::strict::<Ids>(body::text(request, &[Media::Json], IDS_BYTES).await?.as_bytes())?)
}
