//! Brakes against floods: Cloudflare's rate limiter, per visitor and site and per site. It counts in each of its places
//! for itself and lets some more through than it says, so it protects quotas and decides nothing else.

use rapport_core::name::SiteId;
use worker::Env;

use crate::digest::sha256;
use crate::problem::Fail;

/// The window of both limits, in seconds.
const WINDOW: u32 = 60;

/// Lets the request pass, or answers 429. Without the bindings everything passes: they are optional.
pub async fn check(env: &Env, site: &SiteId, address: &str) -> Result<(), Fail> {
    let visitor = sha256(&format!("{site}/{address}"));
    for (binding, key) in [("RATE_VISITOR", visitor.as_str()), ("RATE_SITE", site.as_str())] {
        let Ok(limiter) = env.rate_limiter(binding) else { continue };
        // A limiter that fails must not stop anybody.
        if limiter.limit(key.to_owned()).await.is_ok_and(|outcome| !outcome.success) {
            return Err(Fail::busy(WINDOW));
        }
    }
    Ok(())
}
