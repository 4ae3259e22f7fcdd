//! What a widget sends, made by hand.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use rapport_tests::{Product, Site, wait};
use reqwest::Response;
use serde_json::{Value, json};

/// Milliseconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

/// A UUIDv7 made now.
pub fn id() -> String {
    id_at(now())
}

/// A response as an import has it, a minute and `n` seconds old, of a visitor of its own.
pub fn past(site: &Site<'_>, n: i64) -> Value {
    let at = now() - 60_000 - n * 1_000;
    json!({
        "v": 1, "id": id_at(at), "site": site.id, "widget": "nps", "version": 1, "revision": 1, "complete": true,
        "answers": [["nps", "9"]], "keys": ["seen", "answered", "completed", "q/nps", "q/nps/9"], "active_ms": 5000,
        "page": "", "locale": "en", "device": "phone", "visitor": format!("visitor-{n}"), "received": at,
    })
}

/// A UUIDv7 made at `ms`. The rest counts up, so ids of one process are never the same.
pub fn id_at(ms: i64) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed) ^ (u64::from(std::process::id()) << 24);
    let time = format!("{ms:012x}");
    format!("{}-{}-7000-8000-{n:012x}", &time[..8], &time[8..])
}

/// A complete response to the NPS widget.
pub fn nps(id: &str, point: u8) -> Value {
    response(id, 1, "nps", true, json!([["nps", point.to_string()]]))
}

/// Any response.
pub fn response(id: &str, revision: u32, widget: &str, complete: bool, answers: Value) -> Value {
    json!({
        "v": 1,
        "context": { "page": "https://shop.example/cart?secret=1", "locale": "en", "device": "desktop" },
        "response": {
            "id": id, "revision": revision, "widget": widget, "version": 1, "complete": complete, "answers": answers,
            "moments": ["seen", "started"], "active_ms": 4000,
        },
    })
}

/// Posts a delivery as a page of an allowed origin does.
pub async fn post(site: &Site<'_>, delivery: &Value) -> Result<Response> {
    let product = site.product();
    let request = product.client().post(format!("{}/e/{}", product.url(), site.id));
    Ok(request.header("origin", product.host.origin()).body(delivery.to_string()).send().await?)
}

/// Posts a delivery and expects a receipt.
pub async fn deliver(site: &Site<'_>, delivery: &Value) -> Result<Value> {
    let response = post(site, delivery).await?;
    let status = response.status();
    let text = response.text().await?;
    anyhow::ensure!(status == 200, "{status}: {text}");
    serde_json::from_str(&text).with_context(|| text)
}

/// The sum of a count over all days, from the owner's overview.
pub async fn count(site: &Site<'_>, key: &str) -> Result<i64> {
    let overview = site.overview().await?;
    let rows = overview["counts"].as_array().context("no counts")?;
    Ok(rows.iter().filter_map(|row| row["keys"][key].as_i64()).sum())
}

/// Every count of the site: by widget, version, variant and key.
pub async fn counts(site: &Site<'_>) -> Result<Value> {
    Ok(site.overview().await?["counts"].clone())
}

/// Waits until KV has everything: a backlog after failures takes its holds' time.
pub async fn settled(site: &Site<'_>) -> Result<()> {
    wait::wait_within(Duration::from_secs(60), "an empty outbox", async || {
        Ok((site.status().await?["pending"] == 0).then_some(()))
    })
    .await
}

/// The product's KV.
pub fn kv(product: &Product) -> &rapport_local::Kv {
    &product.cloud.kv
}
