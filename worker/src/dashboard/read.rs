//! Pages as they are read.

use futures_util::future::join;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use rapport_core::report::{Overview, Period};
use worker::{Env, Headers, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::gather::Gathered;
use crate::dashboard::loyalty::badge;
use crate::dashboard::period::Choice;
use crate::dashboard::sites::Listed;
use crate::dashboard::{edit as definition, overview, sites, widget, widgets};
use crate::edit;
use crate::json;
use crate::owner;
use crate::problem::Fail;
use crate::reply;

/// The list of sites.
pub async fn sites(caller: &Caller, session: &Session, env: &Env) -> Result<Response, Fail> {
    let all = owner::sites(env).await?;
    let listed: Vec<Listed<'_>> = all.iter().map(|site| Listed { id: site.site.as_str(), name: &site.name }).collect();
    caller.page(sites::list(&caller.frame(Some(&session.csrf)), &listed), 200)
}

/// The overview.
pub async fn overview(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let choice = choice(caller);
    let doubted = caller.query.get("doubt") != "out";
    let (gathered, nearest) =
        join(Gathered::of(env, site, choice.period(caller.now.day()), None), owner::usage::nearest(env)).await;
    let gathered = gathered?;
    let report = Overview::of_site(gathered.facts(doubted));
    let loyalty = owner::people::figures(env, site, &gathered.config).await?;
    let model = overview::Model {
        loyalty: loyalty.as_ref(),
        config: &gathered.config,
        overview: &report,
        latest: &gathered.latest,
        choice,
        doubted,
        origin: &caller.origin,
        pulse: &gathered.pulse,
        left_out: gathered.left_out(),
        nearest: nearest.as_ref(),
        torn: gathered.torn,
    };
    caller.page(overview::page(&caller.frame(Some(&session.csrf)), &model), 200)
}

/// Whether anything happened since `if-none-match`: 304 if not, 200 without a body if so.
pub async fn pulse(headers: &Headers, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let tag = format!("\"{}\"", owner::pulse(env, site).await?);
    let mut response = reply::typed("", "text/plain", "no-store")?;
    if reply::unchanged(headers, &tag)? {
        response = Response::empty()?.with_status(304);
    }
    response.headers_mut().set("etag", &tag)?;
    Ok(response)
}

/// The list of widgets, with their last four weeks. `discarded` is a draft that is gone just now.
pub async fn widgets(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    discarded: Option<&Widget>,
) -> Result<Response, Fail> {
    let gathered = Gathered::of(env, site, Period::ending(caller.now.day(), 28), None).await?;
    let report = Overview::of_site(gathered.facts(true));
    let frame = caller.frame(Some(&session.csrf));
    let markup = widgets::list(&frame, &gathered.config, &report, &gathered.pulse, discarded);
    caller.page(markup, 200)
}

/// A definition to paste, for those who bring one.
pub async fn bring(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    caller.page(definition::page(&frame, &definition::Model::new(&config, "")), 200)
}

/// One widget. `problems` tell why the last step was refused; `discarded` is a draft that is gone just now.
pub async fn widget(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, &Name),
    problems: &[Problem],
    discarded: Option<&Widget>,
) -> Result<Response, Fail> {
    let choice = choice(caller);
    let gathered = Gathered::of(env, site, choice.period(caller.now.day()), Some(name.clone())).await?;
    let record = gathered.config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let report = Overview::of_widget(gathered.facts(true), name.as_str());
    let counts = owner::versions(env, site, name).await?;
    let loyalty = match badge::is_badge(record) {
        true => owner::people::figures(env, site, &gathered.config).await?,
        false => None,
    };
    let model = widget::Model {
        loyalty: loyalty.as_ref(),
        config: &gathered.config,
        record,
        name: name.as_str(),
        overview: &report,
        latest: &gathered.latest,
        choice,
        counts: &counts,
        origin: &caller.origin,
        pulse: &gathered.pulse,
        problems,
        discarded,
    };
    caller.page(widget::page(&caller.frame(Some(&session.csrf)), &model), if problems.is_empty() { 200 } else { 409 })
}

/// The definition of a widget: its draft, else its newest version.
pub async fn edit(caller: &Caller, session: &Session, env: &Env, site: &SiteId, name: &Name) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let newest = edit::newest(record).ok_or_else(Fail::not_found)?;
    let (text, based_on) = (json::indented(&serde_json::to_string(newest)?), edit::mark(Some(newest)));
    let model =
        definition::Model { name: Some(name.as_str()), based_on: &based_on, ..definition::Model::new(&config, &text) };
    caller.page(definition::page(&caller.frame(Some(&session.csrf)), &model), 200)
}

fn choice(caller: &Caller) -> Choice {
    let query = &caller.query;
    Choice::parse(query.find("days"), query.find("from"), query.find("to"), caller.now.day())
}
