//! `POST /e/{site}`: views, a response, or both.

use rapport_core::answer::Field;
use rapport_core::delivery::{Delivery, Moment, View};
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::quiz;
use worker::{Context, Env, Request, Response, console_error};

use super::{crowd, lane, sighting};
use crate::accept::{Caller, accept, may_be_stale, mistimed};
use crate::body::{self, Media};
use crate::clock::now;
use crate::command::install::What;
use crate::command::{Accepted, Command, Ingest, Who};
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// Calls after an answer: an invocation may make fifty.
const CALLS: usize = 20;

/// 1. The site.
/// 2. Brakes.
/// 3. The body, no more of it than allowed.
/// 4. The page's origin.
/// 5. Every rule of the model.
/// 6. The site's object, or the lane where it cannot be reached. Whether an id that is too old or too new is refused is for the
///    object to say: it may have arrived.
/// 7. The receipt.
pub async fn post(site: &SiteId, mut request: Request, env: &Env, context: &Context) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let address = address(request.headers())?;
    brake::check(env, site, &address).await?;
    let delivery = match read(&mut request).await {
        Ok(delivery) => delivery,
        Err(fail) => return Err(refused(env, context, site, fail)),
    };
    let response = delivery.response.is_some();
    let outcome = match check_origin(&config, &request) {
        Ok(()) => checked(env, &config, &delivery, &request, &address, true).await,
        Err(fail) => Err(fail),
    };
    let page = delivery.context.page.as_str();
    let what = match &outcome {
        Ok(_) => None,
        Err(fail) if fail.code() == "not_found" => Some(What::Origin),
        Err(fail) => (fail.code() == "unknown").then_some(What::Widget),
    };
    if let Some(what) = what {
        sighting::refused(env, context, site, &request, page, what);
    }
    match outcome {
        Ok(Checked { ingest, late }) => {
            let seen = sighting::of_delivery(site, &request, page, What::Delivery)?;
            let told = told(&config, &ingest);
            let mut accepted = send(env, context, site, Checked { ingest: Ingest { seen, ..ingest }, late }).await?;
            if let Some(receipt) = &mut accepted.receipt {
                receipt.told = told;
            }
            answer(&accepted)
        }
        Err(fail) if response => Err(refused(env, context, site, fail)),
        Err(fail) => Err(fail),
    }
}

/// What a quiz tells whoever has finished it.
fn told(config: &Config, ingest: &Ingest) -> Vec<Field> {
    let Some(response) = ingest.response.as_ref().filter(|response| response.complete) else { return Vec::new() };
    let Some(widget) = config.version(response.widget.as_str(), response.version) else { return Vec::new() };
    let locale = Locale::parse(&response.locale).unwrap_or_else(|_| config.site.locale.clone());
    quiz::told(widget, &response.answers, &locale)
}

/// What a browser asks before it posts JSON from another origin.
pub fn preflight() -> Result<Response, Fail> {
    let mut response = reply::nothing()?;
    let headers = response.headers_mut();
    headers.set("access-control-allow-methods", "POST")?;
    headers.set("access-control-allow-headers", "content-type")?;
    headers.set("access-control-max-age", "86400")?;
    Ok(response)
}

/// A delivery that keeps every rule, but perhaps that of time.
pub struct Checked {
    pub ingest: Ingest,
    /// `too_old` or `too_new`.
    pub late: Option<&'static str>,
}

/// Hands a checked delivery to the site's object; puts it aside where that cannot be reached.
pub async fn send(env: &Env, context: &Context, site: &SiteId, checked: Checked) -> Result<Accepted, Fail> {
    let Checked { ingest, late } = checked;
    let accepted = match late {
        // Where nobody can say whether it has arrived, it is neither taken nor refused: its device tries again.
        Some(reason) => {
            lane::feed_of(env, site, &ingest).await?;
            link::site(env, site, &Command::Late { ingest: Box::new(ingest), reason: reason.to_owned() }).await?
        }
        None => hand_over(env, context, site, ingest).await?,
    };
    match accepted.refused.as_deref() {
        Some(reason) => {
            let fault = if reason == "too_new" { Fault::TooNew } else { Fault::TooOld };
            Err(Fail::from(Problem::new("response.id", fault)).at(now()))
        }
        None => Ok(accepted),
    }
}

async fn hand_over(env: &Env, context: &Context, site: &SiteId, mut ingest: Ingest) -> Result<Accepted, Fail> {
    // Who has begun to answer counts as somebody who was here, and goes alone.
    let began = |view: &View| view.moments.contains(&Moment::Started);
    let crowd = ingest.response.is_none() && ingest.seen.is_none() && !ingest.views.iter().any(began);
    if crowd && crowd::waits(site, &mut ingest.views) {
        return Ok(Accepted { aside: true, ..Accepted::default() });
    }
    let command = Command::Ingest(Box::new(ingest));
    let outcome = link::site::<Accepted>(env, site, &command).await;
    let views = if crowd { crowd::next(site, true) } else { Vec::new() };
    let feeds = outcome.is_ok() && lane::used();
    if feeds || !views.is_empty() {
        context.wait_until(afterwards(env.clone(), site.clone(), views, feeds));
    }
    match (outcome, command) {
        (Err(Fail::Unreachable(why) | Fail::Broken(why)), Command::Ingest(ingest)) => {
            console_error!("object of {site}: {why}");
            lane::put(env, site, *ingest).await
        }
        (outcome, _) => outcome,
    }
}

/// What is done once the answer is out: views that came meanwhile are sent, and what waits in the lane.
async fn afterwards(env: Env, site: SiteId, mut views: Vec<View>, feeds: bool) {
    for call in 1..=CALLS {
        if views.is_empty() {
            break;
        }
        let ingest = Ingest {
            response: None,
            views,
            who: Who::default(),
            votes: None,
            stop_after: None,
            seen: None,
            acknowledged: false,
        };
        // Best effort: these visitors have their answer.
        if let Err(fail) = link::site::<Accepted>(&env, &site, &Command::Ingest(Box::new(ingest))).await {
            console_error!("views of {site} are lost: {fail}");
        }
        views = crowd::next(&site, call < CALLS);
    }
    if feeds {
        lane::feed(&env, Some(&site)).await;
    }
}

/// Checks a delivery; before it is refused for a widget or version that is not known, the object is asked, which may
/// know more than the configuration at hand. What is wrong for nothing but its time is looked at as if it had come in time.
pub async fn checked(
    env: &Env,
    config: &Config,
    delivery: &Delivery,
    request: &Request,
    address: &str,
    timed: bool,
) -> Result<Checked, Fail> {
    let headers = request.headers();
    let agent = headers.get("user-agent")?.unwrap_or_default();
    let country = request.cf().and_then(worker::Cf::country).unwrap_or_default();
    let caller = Caller { address, agent: &agent, country: &country, now: now(), timed };
    let outcome = match in_time(config, delivery, &caller) {
        Err(problems) if may_be_stale(&problems) => {
            let newest = sites::newest(env, &config.site.id).await?;
            in_time(&newest, delivery, &caller)
        }
        outcome => outcome,
    };
    outcome.map_err(|problems| Fail::from(problems).at(caller.now))
}

fn in_time(config: &Config, delivery: &Delivery, caller: &Caller<'_>) -> Result<Checked, Vec<Problem>> {
    let problems = match accept(config, delivery, caller) {
        Ok(ingest) => return Ok(Checked { ingest, late: None }),
        Err(problems) => problems,
    };
    let Some((made, reason)) = mistimed(delivery, &problems) else { return Err(problems) };
    let ingest = accept(config, delivery, &Caller { now: made, ..*caller })?;
    Ok(Checked { ingest, late: Some(reason) })
}

/// Counts a refusal, best effort, so that the owner sees it.
pub fn refused(env: &Env, context: &Context, site: &SiteId, fail: Fail) -> Fail {
    let (env, site, reason) = (env.clone(), site.clone(), fail.code().to_owned());
    context.wait_until(async move {
        let _ = link::site::<()>(&env, &site, &Command::Refused { reason }).await;
    });
    fail
}

/// Pages of the listed origins may send; so may pages of this Worker, and programs, which send no origin.
pub fn check_origin(config: &Config, request: &Request) -> Result<(), Fail> {
    let Some(origin) = request.headers().get("origin")? else { return Ok(()) };
    let fine = origin == url::origin(request) || config.site.origins.contains(&origin);
    if fine { Ok(()) } else { Err(Fail::not_found()) }
}

async fn read(request: &mut Request) -> Result<Delivery, Fail> {
    Ok(Delivery::parse(body::small(request, &[Media::Json, Media::Plain]).await?.as_bytes())?)
}

fn answer(accepted: &Accepted) -> Result<Response, Fail> {
    match &accepted.receipt {
        Some(receipt) => reply::json(receipt),
        // Taken, and not counted yet.
        None if accepted.aside => Ok(reply::nothing()?.with_status(202)),
        None => reply::nothing(),
    }
}
