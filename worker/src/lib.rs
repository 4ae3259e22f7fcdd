//! Rapport's Worker: accepts answers, keeps them, and shows them to the owner.
//!
//! `edge` has what visitors ask for, one file each; `owner` what the owner may do, with `dashboard` as its pages; `object`
//! the index and referee of each site; `store` alone names KV.

mod route;
mod edge;
mod owner;
mod dashboard;
mod object;
mod hook;
mod command;
mod link;
mod sites;
mod binding;
mod store;
mod usage;
mod accept;
mod edit;
mod limits;
mod body;
mod json;
mod problem;
mod url;
mod reply;
mod digest;
mod clock;
mod assets;

use problem::Fail;
use route::{Route, route};
use worker::{Context, Env, Method, Request, Response, Result, ScheduleContext, ScheduledEvent, event};

/// Answers one HTTP request.
#[event(fetch)]
pub async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    usage::request();
    let (method, path) = (request.method(), request.path());
    let public = ["/s/", "/m/", "/e/", "/badge/"].iter().any(|prefix| path.starts_with(prefix))
        // Scripts on any page may ask; only a person looks at the page of a response.
        || (path.starts_with("/me/") && method != Method::Get);
    // The crate takes methods that it does not know for GET.
    let known = method != Method::Get || request.inner().method() == "GET";
    let outcome = match route(&method, &path) {
        _ if !known => Err(Fail::method()),
        Ok(route) => handle(route, request, &env, &context).await,
        Err(fail) => Err(fail),
    };
    let mut response = match outcome {
        Ok(response) => response,
        Err(fail) => fail.into_document().respond()?,
    };
    let refused = response.status_code() == 405;
    let headers = response.headers_mut();
    if refused {
        headers.set("allow", &allowed(&method, known, &path))?;
    }
    let headed = if public { reply::for_everybody(headers) } else { Ok(()) };
    match headed.and_then(|()| reply::harden(headers)) {
        Ok(()) => Ok(response),
        Err(fail) => fail.into_document().respond(),
    }
}

/// The methods that an address takes, for whoever came with another one (RFC 9110, 15.5.6).
fn allowed(asked: &Method, known: bool, path: &str) -> String {
    let reading = |method: &Method| matches!(method, Method::Get | Method::Head);
    let takes = |method: &Method| match route(method, path) {
        Ok(Route::Api) => owner::api::takes(method, path),
        // Its pages are read, or changed by POST, or both; what was refused is not the one that works.
        Ok(Route::Dashboard) => {
            let page = reading(method) || *method == Method::Post;
            page && !(known && (asked == method || reading(asked) && reading(method)))
        }
        found => found.is_ok(),
    };
    Method::all().iter().filter(|method| takes(method)).map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
}

/// Looks after what nobody asked for.
#[event(scheduled)]
pub async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    usage::request();
    edge::lane::feed(&env, None).await;
}

async fn handle(route: Route, request: Request, env: &Env, context: &Context) -> std::result::Result<Response, Fail> {
    match route {
        Route::Script(site) => edge::script::get(&site, &request, env, context).await,
        Route::Manifest(site) => edge::manifest::get(&site, &request, env).await,
        Route::Ingest(site) => edge::ingest::post(&site, request, env, context).await,
        Route::Preflight => edge::ingest::preflight(),
        Route::Form(site, widget) => edge::hosted::get(&site, &widget, &request, env).await,
        Route::Post(site, widget) => edge::hosted::post(&site, &widget, request, env, context).await,
        Route::Style(site, widget) => edge::hosted::style(&site, &widget, &request, env).await,
        Route::Me(site, way) => edge::me::handle(&site, way, request, env).await,
        Route::Board(site) => edge::board::get(&site, &request, env).await,
        Route::Draw(site, way) => edge::draw::get(&site, &way, &request, env).await,
        Route::Badge(site, widget, picture) => edge::badge::get(&site, &widget, picture, &request, env).await,
        Route::Health => edge::healthz::get(&request, env).await,
        Route::Home => reply::see_other("/dashboard"),
        Route::Dashboard => dashboard::handle(request, env).await,
        Route::Api => owner::api::handle(request, env).await,
    }
}
