//! Brakes against floods: Cloudflare's rate limiter, per visitor and site and per site. It counts in each of its places
//! for itself and lets some more through than it says, so it protects quotas and decides nothing else.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use wasm_bindgen::JsValue;
use worker::Env;

use crate::binding::{self, options};
use crate::digest::sha256;
use crate::problem::Fail;

/// The window of both limits, in seconds.
const WINDOW: u32 = 60;

/// Lets the request pass, or answers 429. Without the bindings everything passes: they are optional.
pub async fn check(env: &Env, site: &SiteId, address: &str) -> Result<(), Fail> {
    let visitor = sha256(&format!("{site}/{address}"));
    for (binding, key) in [("RATE_VISITOR", visitor.as_str()), ("RATE_SITE", site.as_str())] {
        if !binding::is_there(env, binding) {
            continue;
        }
        // A limiter that fails must not stop anybody.
        let outcome = binding::call(env, binding, "limit", &[options([("key", key.into())])]).await;
        let success = outcome.and_then(|outcome| Reflect::get(&outcome, &"success".into()));
        if success.is_ok_and(|success| success == JsValue::FALSE) {
            return Err(Fail::busy(WINDOW));
        }
    }
    Ok(())
}
