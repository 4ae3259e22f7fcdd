//! `/api/v1/…`: the owner's functions for programs. By `Authorization: Bearer {access key}`, or from a page of ours by
//! the session's cookie.

use rapport_core::answer::Field;
use rapport_core::json;
use rapport_core::model::site::Site;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response as Stored;
use rapport_core::time::Day;
use serde::{Deserialize, Serialize};
use worker::{Env, Method, Request, Response};

use super::access;
use super::period::Period;
use crate::body::{self, Media};
use crate::clock::now;
use crate::command::{Activity, Counts, DayViews, Edit, Page, Status, Tally};
use crate::problem::Fail;
use crate::reply;
use crate::route::{Api, Step};
use crate::url;

/// An import may be long: 500 responses.
const IMPORT_BYTES: usize = 4 * 1_024 * 1_024;
/// A widget with every limit used up.
const WIDGET_BYTES: usize = 512 * 1_024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Import {
    #[serde(default)]
    responses: Vec<Stored>,
    #[serde(default)]
    views: Vec<DayViews>,
}

/// What a program gets of an overview.
#[derive(Serialize)]
struct Shown {
    counts: Vec<Counts>,
    previous: Vec<Counts>,
    tally: Tally,
    activity: Activity,
    latest: Vec<Stored>,
    status: Status,
}

/// 1. Know the owner.
/// 2. For a change by cookie, know the page.
/// 3. Do it.
pub async fn handle(api: Api, mut request: Request, env: &Env) -> Result<Response, Fail> {
    let owner = access::owner(env, &request).await?;
    if request.method() != Method::Get {
        access::own_page(&request, &owner, None)?;
    }
    match api {
        Api::Sites => reply::json(&super::sites(env).await?),
        Api::NewSite => {
            let site = Site::parse(&text(&mut request, WIDGET_BYTES).await?)?;
            reply::json(&super::create_site(env, site).await?)
        }
        Api::Config(site) => reply::json(&super::config(env, &site).await?),
        Api::Site(site) => {
            let settings = Site::parse(&text(&mut request, WIDGET_BYTES).await?)?;
            reply::json(&super::edit(env, &site, Edit::Site { site: settings, based_on: None }).await?)
        }
        Api::Draft(site, name) => {
            let widget = Widget::parse(&text(&mut request, WIDGET_BYTES).await?)?;
            if widget.name != name {
                return Err(Problem::conflict("name", "it differs from the one in the address").into());
            }
            reply::json(&super::edit(env, &site, Edit::Draft { widget, based_on: None }).await?)
        }
        Api::Step(site, widget, step) => reply::json(&super::edit(env, &site, step.of(widget)).await?),
        Api::Overview(site) => overview(env, &site, &request).await,
        Api::Responses(site) => reply::json(&super::responses(env, &site, page(&query(&request))?).await?),
        Api::Import(site) => {
            let import = json::strict::<Import>(text(&mut request, IMPORT_BYTES).await?.as_bytes())?;
            reply::json(&super::import(env, &site, import.responses, import.views).await?)
        }
        Api::Data(site, data) => super::data::api::handle(&site, data, request, env).await,
        Api::Status(site) => reply::json(&super::status(env, &site).await?),
        Api::Audit(site) => {
            let day = day(&query(&request), "day")?.unwrap_or_else(|| now().day());
            reply::json(&super::audit(env, &site, day).await?)
        }
        Api::Rebuild(site) => reply::json(&super::rebuild(env, &site).await?),
    }
}

async fn overview(env: &Env, site: &SiteId, request: &Request) -> Result<Response, Fail> {
    let query = query(request);
    let to = day(&query, "to")?.unwrap_or_else(|| now().day());
    let from = day(&query, "from")?.unwrap_or_else(|| to.plus(-27));
    let overview = super::overview(env, site, Period::between(from, to)?).await?;
    reply::json(&Shown {
        counts: Counts::of(&overview.summary),
        previous: Counts::of(&overview.previous),
        tally: overview.tally,
        activity: overview.activity,
        latest: overview.latest,
        status: overview.status,
    })
}

impl Step {
    /// The change that it is for `widget`.
    pub fn of(self, widget: Name) -> Edit {
        match self {
            Self::Publish => Edit::Publish { widget },
            Self::Pause => Edit::Pause { widget },
            Self::Resume => Edit::Resume { widget },
            Self::End => Edit::End { widget },
            Self::Discard => Edit::Discard { widget },
        }
    }
}

fn page(query: &[Field]) -> Result<Page, Fail> {
    let limit = match find(query, "limit") {
        Some(limit) => limit.parse().map_err(|_| Problem::malformed("limit", "a number from 1 to 200"))?,
        None => 50,
    };
    let widget =
        find(query, "widget").map(|name| Name::parse(name).map_err(|problem| problem.within("widget"))).transpose()?;
    Ok(Page {
        limit,
        before: find(query, "before").map(str::to_owned),
        widget,
        partial: find(query, "partial").is_some(),
    })
}

fn day(query: &[Field], name: &str) -> Result<Option<Day>, Fail> {
    let Some(text) = find(query, name) else { return Ok(None) };
    let malformed = || Problem::new(name, Fault::Malformed { expected: "a day such as 2026-11-22".into() });
    Ok(Some(Day::parse(text).ok_or_else(malformed)?))
}

fn query(request: &Request) -> Vec<Field> {
    url::fields(&url::query(request)).collect()
}

fn find<'a>(query: &'a [Field], name: &str) -> Option<&'a str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

async fn text(request: &mut Request, limit: usize) -> Result<String, Fail> {
    body::text(request, &[Media::Json], limit).await
}
