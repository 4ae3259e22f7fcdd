//! Noticing where the tag stands, for the owner's page of that name. Nothing of a visitor is in it but the page.

use std::cell::RefCell;

use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use rapport_core::origin::is_origin;
use worker::{Context, Env, Headers, Request};

use crate::clock::now;
use crate::command::Command;
use crate::command::install::{self, Seen, What};
use crate::digest::short;
use crate::link;
use crate::problem::Fail;
use crate::url;

/// Sightings that one isolate passes on in an hour. Whoever makes origins up gets no further.
const MOST: usize = 64;

thread_local! {
    /// The hour, and what was passed on in it: hashes of site, origin and sort.
    static PASSED: RefCell<(i64, Vec<u64>)> = const { RefCell::new((0, Vec::new())) };
}

/// What a delivery tells, where that is news to this isolate.
pub fn of_delivery(site: &SiteId, request: &Request, page: &str, what: What) -> Result<Option<Seen>, Fail> {
    let origin = request.headers().get("origin")?.unwrap_or_default();
    Ok(news(site, request, origin, page, what))
}

/// A page asked for the script: browsers tell its origin, by default.
pub fn script(env: &Env, context: &Context, config: &Config, request: &Request) -> Result<(), Fail> {
    let referrer = header(request.headers(), "referer")?;
    let origin = rapport_core::install::origin(&referrer).to_owned();
    if let Some(seen) = news(&config.site.id, request, origin, &referrer, What::Script) {
        pass_on(env, context, &config.site.id, seen);
    }
    Ok(())
}

/// Something was refused.
pub fn refused(env: &Env, context: &Context, site: &SiteId, request: &Request, page: &str, what: What) {
    if let Ok(Some(seen)) = of_delivery(site, request, page, what) {
        pass_on(env, context, site, seen);
    }
}

fn pass_on(env: &Env, context: &Context, site: &SiteId, seen: Seen) {
    let (env, site) = (env.clone(), site.clone());
    context.wait_until(async move {
        // Best effort: the page will be seen again.
        let _ = link::site::<()>(&env, &site, &Command::Install(install::Command::Seen(seen))).await;
    });
}

fn news(site: &SiteId, request: &Request, origin: String, page: &str, what: What) -> Option<Seen> {
    if origin.len() > 200 || !is_origin(&origin) || origin == url::origin(request) {
        return None;
    }
    // The page is what the browser says or the owner's script: it is shown only if it fits its origin.
    let page = if page.starts_with(&origin) { page.split(['?', '#']).next().unwrap_or_default() } else { "" };
    let page = page.chars().take(300).collect();
    let word = match what {
        What::Script => "script",
        What::Delivery => "delivery",
        What::Origin | What::Widget => "refused",
    };
    let hash = short(&format!("{site} {origin} {word}"));
    let hour = now().0 / (60 * 60 * 1_000);
    let fresh = PASSED.with_borrow_mut(|(last, passed)| {
        if *last != hour {
            *last = hour;
            passed.clear();
        }
        let fresh = passed.len() < MOST && !passed.contains(&hash);
        if fresh {
            passed.push(hash);
        }
        fresh
    });
    fresh.then_some(Seen { origin, page, what })
}

fn header(headers: &Headers, name: &str) -> Result<String, Fail> {
    Ok(headers.get(name)?.unwrap_or_default())
}
