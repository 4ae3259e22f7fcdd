//! What an answer and a view cost the Worker: processor time of the whole of workerd, and KV writes.

use super::load::{load, spent_ms};
use crate::Site;
use crate::delivery::{response, view};
use crate::wait::wait_within;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::time::Duration;

/// Enough for clock ticks of 10 ms not to matter.
const COUNT: usize = 1000;
const AT_ONCE: usize = 8;
/// Ticks a second in `/proc/PID/stat`; fixed on Linux.
const TICK_MS: f64 = 10.0;

/// Means over many.
pub struct Cost {
    pub response_ms: f64,
    pub view_ms: f64,
    /// The script of a page, as it is cached.
    pub script_ms: f64,
    pub response_writes: f64,
    pub view_writes: f64,
    pub response_rows: f64,
    pub view_rows: f64,
}

/// Sends many responses, then many views, all of them different.
pub async fn measure(site: &Site<'_>) -> Result<Cost> {
    // The first ones start the isolate and the object.
    send(site, 50, || response("nps", &[("nps", "9")])).await?;
    let (response_ms, response_writes, response_rows) =
        spent(site, || response("nps", &[("nps", "9"), ("best", "The paper.")])).await?;
    let (view_ms, view_writes, view_rows) = spent(site, || view("nps", &["seen"])).await?;
    let script_ms = scripts(site).await?;
    Ok(Cost { response_ms, view_ms, script_ms, response_writes, view_writes, response_rows, view_rows })
}

/// Milliseconds of processor, KV writes and rows written for each delivery.
async fn spent(site: &Site<'_>, make: impl Fn() -> Value) -> Result<(f64, f64, f64)> {
    drained(site).await?;
    let cloud = &site.product().cloud;
    let pid = cloud.workerd.pid().context("workerd is not running")?;
    let (ticks, writes, rows) = (ticks(pid)?, cloud.kv.counts().writes, rows(site).await?);
    send(site, COUNT, make).await?;
    drained(site).await?;
    let each = |total: f64| total / COUNT as f64;
    let (spent, written) = (self::ticks(pid)? - ticks, cloud.kv.counts().writes - writes);
    Ok((each(spent * TICK_MS), each(written as f64), each((self::rows(site).await? - rows) as f64)))
}

/// Milliseconds of processor for each script, which the isolate remembers.
async fn scripts(site: &Site<'_>) -> Result<f64> {
    let workerd = &site.product().cloud.workerd;
    let (pid, address) =
        (workerd.pid().context("workerd is not running")?, format!("{}/s/{}.js", workerd.url()?, site.id));
    let client = site.product().client();
    let one = {
        let client = client.clone();
        move || Ok(client.get(&address).build()?)
    };
    let before = spent_ms(pid)?;
    load(client, COUNT, AT_ONCE, one).await?;
    Ok((spent_ms(pid)? - before) / COUNT as f64)
}

/// Rows written by the object so far.
async fn rows(site: &Site<'_>) -> Result<u64> {
    site.status().await?["rows_written"].as_u64().context("the status tells no rows written")
}

async fn send(site: &Site<'_>, count: usize, make: impl Fn() -> Value) -> Result<()> {
    let address = format!("{}/e/{}", site.product().cloud.workerd.url()?, site.id);
    let origin = site.product().host.origin();
    let mut left = count;
    while left > 0 {
        let batch = left.min(AT_ONCE);
        left -= batch;
        let requests: Vec<_> = (0..batch)
            .map(|_| site.product().client().post(&address).header("origin", &origin).body(make().to_string()).send())
            .map(tokio::spawn)
            .collect();
        for request in requests {
            let response = request.await??;
            ensure!(
                response.status().is_success(),
                "ingest answered {}: {}",
                response.status(),
                response.text().await?
            );
        }
    }
    Ok(())
}

/// Waits until everything accepted is in KV.
async fn drained(site: &Site<'_>) -> Result<()> {
    wait_within(Duration::from_secs(120), "the outbox to drain", async || {
        let status = site.status().await?;
        Ok((status["pending"] == 0).then_some(()))
    })
    .await
}

/// Processor time so far, user and system.
fn ticks(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold spaces; fields are counted after it.
    let (_, rest) = stat.rsplit_once(')').context("an unknown format of /proc")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    Ok(fields[11].parse::<f64>()? + fields[12].parse::<f64>()?)
}
