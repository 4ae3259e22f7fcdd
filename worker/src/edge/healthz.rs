//! `GET /healthz`: whether the parts answer. For the owner's uptime monitor; tells nothing about any site.

use serde::Serialize;
use worker::{Env, Request, Response};

use crate::command::{Command, Listed};
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::store;

#[derive(Serialize)]
struct Health {
    ok: bool,
    objects: bool,
    kv: bool,
    key: bool,
}

/// 200 where everything answers, 503 where something does not.
pub async fn get(request: &Request, env: &Env) -> Result<Response, Fail> {
    brake::health(env, &address(request.headers())?).await?;
    let objects = link::registry::<Vec<Listed>>(env, &Command::Sites).await.is_ok();
    let kv = store::read(env, "c/healthz").await.is_ok();
    let key = env.secret("OWNER_KEY_SHA256").is_ok_and(|hash| hash.to_string().len() == 64);
    let health = Health { ok: objects && kv && key, objects, kv, key };
    let status = if health.ok { 200 } else { 503 };
    Ok(reply::json(&health)?.with_status(status))
}
