//! Fills a local Worker with the demo site and its history, the way an owner would: through the owner's API.

pub mod points;

use crate::say;
use anyhow::{Context, Error, Result, anyhow, bail};
use rapport_core::history::{History, WIDGETS, history, shop};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::problem::Problem;
use rapport_core::response::Response;
use rapport_core::summary::Summary;
use rapport_core::time::{Day, Timestamp};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The demo site's id.
pub const SITE: &str = "larkfold";

/// What the whole history is drawn from.
const SEED: u64 = 2_026;
/// Responses of one import: the Worker takes at most 500.
const BATCH: usize = 400;

/// Where it comes from and where it goes.
pub struct Target<'a> {
    /// The folder of the site's configuration: `www/demo/config`.
    pub config: &'a Path,
    /// The Worker's origin.
    pub worker: &'a str,
    /// The demo's origin, from which answers are allowed.
    pub demo: &'a str,
    pub owner_key: &'a str,
}

/// Creates the demo site, or brings it up to date with its files.
pub async fn configure(target: &Target<'_>) -> Result<()> {
    let api = Api::new(target);
    let mut wanted = demo(target.config, now()?)?;
    wanted.site.origins.push(target.demo.to_owned());
    let site = format!("sites/{SITE}");
    let current: Option<Config> = match api.ask(Method::GET, &site, None).await? {
        (StatusCode::NOT_FOUND, _) => None,
        reply => Some(serde_json::from_value(fine(reply)?)?),
    };
    match &current {
        None => drop(api.done(Method::POST, "sites", serde_json::to_value(&wanted.site)?).await?),
        Some(config) if config.site == wanted.site => {}
        Some(_) => drop(api.done(Method::PUT, &site, serde_json::to_value(&wanted.site)?).await?),
    }
    for version in wanted.live() {
        publish(&api, current.as_ref(), &version.widget).await?;
    }
    points::configure(&api, target, current.as_ref()).await
}

/// Publishes a widget, if it is not live as it is.
async fn publish(api: &Api<'_>, current: Option<&Config>, widget: &Widget) -> Result<()> {
    let record = current.and_then(|config| config.record(widget.name.as_str()));
    if record.and_then(|record| record.versions.last()).is_some_and(|newest| newest.widget == *widget) {
        return Ok(());
    }
    let address = format!("sites/{SITE}/widgets/{}", widget.name);
    api.done(Method::PUT, &address, serde_json::to_value(widget)?).await?;
    api.done(Method::POST, &format!("{address}/publish"), json!({})).await?;
    Ok(())
}

/// Loads the history. Ids make it safe to begin again after an interruption.
pub async fn load(target: &Target<'_>, signer: &str) -> Result<()> {
    let api = Api::new(target);
    let now = now()?;
    let History { responses, views, .. } = history(&demo(target.config, now)?, SEED, now).map_err(odds)?;
    let status = api.ask(Method::GET, &format!("sites/{SITE}/status"), None).await.and_then(fine)?;
    // View counts have no ids: they go with the first batch, in its transaction, and so exactly once.
    let mut views = if status.get("responses").is_some_and(|stored| *stored == 0) { days(&views) } else { Vec::new() };
    let address = format!("sites/{SITE}/import");
    let mut sent = 0;
    for batch in responses.chunks(BATCH) {
        api.done(Method::POST, &address, import(batch, std::mem::take(&mut views))?).await?;
        sent += batch.len();
        say::note(&format!("{sent} of {} responses", responses.len()));
    }
    points::load(&api, signer).await
}

fn demo(folder: &Path, published: Timestamp) -> Result<Config> {
    let read = |file: String| {
        fs::read_to_string(folder.join(&file)).with_context(|| format!("could not read {file} of the demo"))
    };
    let widgets = WIDGETS.iter().map(|name| read(format!("widgets/{name}.json"))).collect::<Result<Vec<_>>>()?;
    shop(published, &read("site.json".to_owned())?, &widgets).map_err(odds)
}

/// A mistake in the files of the demo.
fn odds(problems: Vec<Problem>) -> Error {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    anyhow!("the demo is at odds with itself: {}", problems.join("; "))
}

fn import(responses: &[Response], views: Vec<Value>) -> Result<Value> {
    Ok(json!({ "responses": serde_json::to_value(responses)?, "views": views }))
}

/// View counts as the import takes them: by day, then by version, one member for each moment.
fn days(views: &Summary) -> Vec<Value> {
    let mut days: BTreeMap<Day, BTreeMap<_, serde_json::Map<String, Value>>> = BTreeMap::new();
    for (slot, count) in views.iter() {
        let row = (&slot.widget, slot.version, &slot.variant);
        days.entry(slot.day).or_default().entry(row).or_default().insert(slot.key.clone(), count.into());
    }
    let row = |((widget, version, variant), mut counts): ((_, u32, _), serde_json::Map<String, Value>)| {
        counts.insert("widget".to_owned(), json!(widget));
        counts.insert("version".to_owned(), json!(version));
        counts.insert("variant".to_owned(), json!(variant));
        Value::Object(counts)
    };
    days.into_iter()
        .map(|(day, rows)| json!({ "v": 1, "day": day, "counts": rows.into_iter().map(row).collect::<Vec<_>>() }))
        .collect()
}

fn now() -> Result<Timestamp> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).context("the clock is before 1970")?;
    Ok(Timestamp(i64::try_from(since.as_millis())?))
}

/// The owner's API.
struct Api<'a> {
    client: Client,
    target: &'a Target<'a>,
}

impl<'a> Api<'a> {
    fn new(target: &'a Target<'a>) -> Self {
        Self { client: Client::new(), target }
    }

    /// Sends something that must succeed.
    async fn done(&self, method: Method, address: &str, body: Value) -> Result<Value> {
        let reply = self.ask(method, address, Some(body)).await?;
        fine(reply).with_context(|| format!("{address} was refused"))
    }

    async fn ask(&self, method: Method, address: &str, body: Option<Value>) -> Result<(StatusCode, Value)> {
        let url = format!("{}/api/v1/{address}", self.target.worker);
        let mut request = self.client.request(method, url).bearer_auth(self.target.owner_key);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let reply = request.send().await?;
        let status = reply.status();
        let text = reply.text().await?;
        let value = serde_json::from_str(&text).with_context(|| format!("the Worker answered {status}: {text}"))?;
        Ok((status, value))
    }
}

fn fine((status, value): (StatusCode, Value)) -> Result<Value> {
    if status.is_success() {
        return Ok(value);
    }
    bail!("the Worker answered {status}: {value}")
}
