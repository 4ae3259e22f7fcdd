//! Brakes against floods: Cloudflare's rate limiter, per visitor and site and per site. It counts in each of its places
//! for itself and lets some more through than it says, so it protects quotas and decides nothing else.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use wasm_bindgen::JsValue;
use worker::Env;

use crate::binding::{invoke, options, promised};
use crate::digest::sha256;
use crate::problem::Fail;

/// The window of all limits, in seconds.
const WINDOW: u32 = 60;

/// Lets the request pass, or answers 429. Without the bindings everything passes: they are optional.
pub async fn check(env: &Env, site: &SiteId, address: &str) -> Result<(), Fail> {
    let visitor = sha256(&format!("{site}/{address}"));
    // One after the other: who is refused alone does not use up what is everybody's.
    few(env, &visitor).await?;
    limit(env, "RATE_SITE", site.as_str()).await
}

/// Before whoever shows a key, a token or a cookie is looked for in the owner's object. A hundred a second from one address: no honest
/// program comes near, and nobody alone keeps the owner out.
pub async fn door(env: &Env, address: &str) -> Result<(), Fail> {
    limit(env, "RATE_OWNER", &sha256(&format!("@owner/{address}"))).await
}

/// Before `/healthz`, which asks an object and KV: a monitor does once a minute.
pub async fn health(env: &Env, address: &str) -> Result<(), Fail> {
    few(env, &sha256(&format!("@healthz/{address}"))).await
}

/// What one visitor may ask for.
async fn few(env: &Env, key: &str) -> Result<(), Fail> {
    limit(env, "RATE_VISITOR", key).await
}

async fn limit(env: &Env, binding: &str, key: &str) -> Result<(), Fail> {
    let limiter = Reflect::get(env, &binding.into()).unwrap_or_default();
    if !limiter.is_truthy() {
        return Ok(());
    }
    // A limiter that fails must not stop anybody.
    let outcome = match invoke(&limiter, "limit", &[options([("key", key.into())])]) {
        Ok(promise) => promised(promise).await,
        thrown => thrown,
    };
    let success = outcome.and_then(|outcome| Reflect::get(&outcome, &"success".into()));
    if success.is_ok_and(|success| success == JsValue::FALSE) { Err(Fail::busy(WINDOW)) } else { Ok(()) }
}
