//! Answering requests below `/dashboard`.

use worker::{Env, Method, Request, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::connect::{self, tokens};
use crate::dashboard::fail::{self, Why};
use crate::dashboard::form::Form;
use crate::dashboard::route::Route;
use crate::dashboard::{
    account, change, data, door, editor, inbox, install, loyalty, new_site, read, settings, sign_in,
};
use crate::owner::access::{self, Owner};
use crate::owner::log;
use crate::problem::Fail;

/// A definition with every limit used up, as a form encodes it.
const FORM_BYTES: usize = 512 * 1_024;

/// A page, a redirect, or a page that says what went wrong.
pub async fn handle(request: Request, env: &Env) -> Result<Response, Fail> {
    let caller = Caller::of(&request)?;
    let mut csrf = None;
    match answer(&caller, request, env, &mut csrf).await {
        Err(fail) => failed(&caller, fail, csrf.as_deref()),
        response => response,
    }
}

/// 1. A language that was chosen is kept.
/// 2. The door is open to all.
/// 3. Everything else needs the owner.
/// 4. Reading needs no more.
/// 5. A change has to come from a page of ours.
async fn answer(caller: &Caller, mut request: Request, env: &Env, csrf: &mut Option<String>) -> Result<Response, Fail> {
    let post = match request.method() {
        Method::Post => true,
        Method::Get | Method::Head => false,
        _ => return Err(Fail::method()),
    };
    let route = Route::parse(&caller.path).ok_or_else(Fail::not_found)?;
    if let (Some(lang), false) = (caller.chosen, post) {
        return caller.keep(lang);
    }
    if route == Route::SignIn {
        return if post { door::enter(caller, request, env).await } else { door::show(caller, None, 200) };
    }
    let owner = match access::owner(env, &request).await {
        Err(Fail::Refused(document)) if document.status == 401 => return signed_out(caller, &route, post),
        owner => owner?,
    };
    // Programs have the API; pages are for sessions.
    let Owner::Session(session) = &owner else { return Err(Fail::not_found()) };
    *csrf = Some(session.csrf.clone());
    let env = &log::acting(env, &owner);
    if !post {
        return read(caller, session, &request, env, route).await;
    }
    let form = Form::read(&mut request, FORM_BYTES).await?;
    access::own_page(&request, &owner, Some(form.get("csrf")))?;
    let address = access::address(request.headers())?;
    let response = change(caller, session, env, route, &form, &address).await?;
    // Forms that changed something lead on; the others come back with what is wrong, or with what was looked for.
    if response.status_code() == 303 {
        let path = caller.path.strip_prefix("/dashboard/").unwrap_or_default();
        log::note_unless_done(env, || format!("changed {path}")).await?;
    }
    Ok(response)
}

async fn read(
    caller: &Caller,
    session: &Session,
    request: &Request,
    env: &Env,
    route: Route,
) -> Result<Response, Fail> {
    match route {
        Route::Sites => read::sites(caller, session, env).await,
        Route::NewSite => new_site::read(caller, session),
        Route::Account(way) => account::read(caller, session, env, way).await,
        Route::Overview(site) => read::overview(caller, session, env, &site).await,
        Route::Pulse(site) => read::pulse(request.headers(), env, &site).await,
        Route::Widgets(site) => read::widgets(caller, session, env, &site, None).await,
        Route::NewWidget(site) if caller.query.find("definition").is_some() => {
            read::bring(caller, session, env, &site).await
        }
        Route::NewWidget(site) => super::gallery::show(caller, session, env, &site).await,
        Route::Versions(site, widget) => super::versions::show(caller, session, env, &site, &widget).await,
        Route::Visitor(site, widget) => super::visitor::show(caller, session, env, &site, &widget).await,
        Route::Pictures(site) => super::gallery::style(env, &site).await,
        Route::Widget(site, widget) => read::widget(caller, session, env, (&site, &widget), &[], None).await,
        Route::Inbox(site, way) => inbox::read(caller, session, env, &site, &way, None).await,
        Route::Edit(site, widget, way) => editor::read(caller, session, env, (&site, &widget), way).await,
        Route::Settings(site, way) => settings::read(caller, session, env, &site, way).await,
        Route::Tokens => tokens::read(caller, session, env).await,
        Route::Connect(site, way) => connect::read(caller, session, env, &site, way).await,
        Route::Data(site, way) => data::read(caller, session, env, &site, way).await,
        Route::Loyalty(site, way) => loyalty::read(caller, session, env, &site, way).await,
        Route::Install(site, way) => install::read(caller, session, env, &site, way).await,
        Route::SignIn | Route::SignOut | Route::Step(..) => Err(Fail::method()),
    }
}

async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    route: Route,
    form: &Form,
    address: &str,
) -> Result<Response, Fail> {
    match route {
        Route::SignOut => door::leave(session, env).await,
        Route::Account(account::Way::Page) => account::change(caller, session, env, form, address).await,
        Route::NewSite => new_site::change(caller, session, env, form).await,
        Route::Settings(site, way) => settings::change(caller, session, env, &site, way, form).await,
        Route::Tokens => tokens::change(caller, session, env, form).await,
        Route::Connect(site, way) => connect::change(caller, session, env, &site, (way, form)).await,
        Route::Data(site, way) => data::change(caller, session, env, &site, way, form).await,
        Route::Loyalty(site, way) => loyalty::change(caller, session, env, &site, (way, form)).await,
        Route::Install(site, install::Way::Page) => install::change(caller, session, env, &site, form).await,
        Route::Inbox(site, way) => inbox::change(caller, session, env, &site, &way, form).await,
        Route::NewWidget(site) if form.find(super::gallery::TEMPLATE).is_some() => {
            super::gallery::start(env, &site, form.get(super::gallery::TEMPLATE)).await
        }
        Route::Versions(site, widget) => super::versions::restore(caller, session, env, (&site, &widget), form).await,
        Route::NewWidget(site) => change::definition(caller, session, env, (&site, None), form).await,
        Route::Edit(site, widget, way) => editor::post(caller, session, env, (&site, &widget), way, form).await,
        Route::Step(site, widget, step) => change::step(caller, session, env, (&site, widget), (step, form)).await,
        _ => Err(Fail::method()),
    }
}

/// Readers go to the door. A form that was sent too late, or a page's own question, is told so.
fn signed_out(caller: &Caller, route: &Route, post: bool) -> Result<Response, Fail> {
    match route {
        Route::Pulse(_) => Ok(Response::empty()?.with_status(401)),
        _ if post => door::show(caller, Some(sign_in::Refusal::Expired), 401),
        _ => door::ask(caller),
    }
}

fn failed(caller: &Caller, fail: Fail, csrf: Option<&str>) -> Result<Response, Fail> {
    let document = fail.into_document();
    let why = match document.status {
        404 | 405 => Why::NotFound,
        403 => Why::Forged,
        503 if document.code == "unavailable" => Why::Unreachable,
        500 => Why::Broken,
        _ => Why::Refused(&document.detail),
    };
    let mut response = caller.page(fail::page(&caller.frame(csrf), why), document.status)?;
    if let Some(seconds) = document.retry_after {
        response.headers_mut().set("retry-after", &seconds.to_string())?;
    }
    Ok(response)
}
