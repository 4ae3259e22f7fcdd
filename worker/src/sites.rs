//! Which site is configured how, as the edge knows it: from this isolate's memory for some seconds, else from KV, else
//! from the site's object, which alone is always right.

use std::cell::RefCell;
use std::rc::Rc;

use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use worker::Env;

use crate::clock::now;
use crate::command::{Command, MaybeConfig};
use crate::json;
use crate::link;
use crate::problem::Fail;
use crate::store;

/// How long memory is believed, in milliseconds. Together with KV's own copy this is how late a change can be seen.
const FRESH_MS: i64 = 3_000;
/// Configurations remembered, so that many sites cannot fill the isolate's memory.
const MOST: usize = 64;

struct Remembered {
    site: SiteId,
    config: Option<Rc<Config>>,
    until: Timestamp,
}

thread_local! {
    /// Newest last. Configurations are the same for every request; nothing of a request is ever kept here.
    static MEMORY: RefCell<Vec<Remembered>> = const { RefCell::new(Vec::new()) };
}

/// The configuration of `site`.
///
/// # Errors
/// 404 where there is no such site.
pub async fn config(env: &Env, site: &SiteId) -> Result<Rc<Config>, Fail> {
    if let Some(config) = recall(site, now()) {
        return shown(config);
    }
    // KV may fail, or hold a value of a newer release: the object knows then.
    let kept = match store::config(env, site).await {
        Ok(Some(text)) => json::read::<Config>(&text).ok(),
        _ => None,
    };
    match kept {
        Some(config) => shown(remember(site, Some(config))),
        None => newest(env, site).await,
    }
}

/// The configuration as the site's object has it now. Asked before anything is refused because it is not configured.
///
/// # Errors
/// As [`config`].
pub async fn newest(env: &Env, site: &SiteId) -> Result<Rc<Config>, Fail> {
    let known: bool = link::registry(env, &Command::Knows { site: site.clone() }).await?;
    let config: MaybeConfig = if known { link::site(env, site, &Command::Config).await? } else { None };
    shown(remember(site, config))
}

/// Visitors see nothing of a site that was deleted, also while that can be taken back.
fn shown(config: Option<Rc<Config>>) -> Result<Rc<Config>, Fail> {
    config.filter(|config| config.site.ends.is_none()).ok_or_else(Fail::not_found)
}

/// Takes note of a configuration that has just been changed from here.
pub fn changed(site: &SiteId, config: Config) {
    remember(site, Some(config));
}

fn recall(site: &SiteId, now: Timestamp) -> Option<Option<Rc<Config>>> {
    MEMORY.with_borrow(|memory| {
        memory.iter().find(|entry| entry.site == *site && entry.until > now).map(|entry| entry.config.clone())
    })
}

fn remember(site: &SiteId, config: Option<Config>) -> Option<Rc<Config>> {
    MEMORY.with_borrow_mut(|memory| {
        let known = memory.iter().position(|entry| entry.site == *site).map(|index| memory.remove(index));
        // A place may still hold an older value than the one already seen here.
        // After a site that is gone, one of the same id begins anew.
        let newer = known
            .and_then(|known| known.config)
            .filter(|known| !known.site.is_over(now()))
            .filter(|known| config.as_ref().is_some_and(|config| config.revision <= known.revision));
        let config = newer.or_else(|| config.map(Rc::new));
        if memory.len() >= MOST {
            memory.remove(0);
        }
        memory.push(Remembered { site: site.clone(), config: config.clone(), until: now().plus_ms(FRESH_MS) });
        config
    })
}
