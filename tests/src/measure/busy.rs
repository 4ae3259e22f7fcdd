//! One site that very many look at: views and answers at a rate that does not wait for them, and the owner looking meanwhile.

use super::load::{quantile, spent_ms};
use super::many;
use crate::delivery::{response, view};
use crate::wait::wait_within;
use crate::{Product, Site, widgets};
use anyhow::{Context, Result, ensure};
use reqwest::{Client, redirect};
use std::fmt::Write;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::interval;

/// Views a second, one after the other, and for how long each.
const RATES: [u64; 4] = [250, 500, 750, 1_000];
const LASTS: Duration = Duration::from_secs(20);
/// One answer for so many views.
const VIEWS: u64 = 50;
/// Requests that wait for their answers; what is due beyond that is not sent.
const MOST: usize = 2_000;

/// What the table means.
const WORDS: &str = "Views of one site arrive at a fixed rate for 20 seconds, whether those before them have been answered or not, with an \
answer for every 50 and the owner's overview once a second; sender, KV and workerd share this machine. Counted is what the owner is \
shown afterwards; nothing is sampled. While a view is on its way to the site's object, those that follow it wait in the isolate and go \
together, so above a few hundred a second a row is written for several.\n";

/// What became of what was sent.
#[derive(Default)]
struct Sent {
    times: Vec<Duration>,
    refused: u64,
    failed: u64,
}

/// Each rate as a line.
pub async fn table() -> Result<String> {
    let product = Product::start().await?;
    let site = product.site(&[widgets::nps()]).await?;
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let pid = product.cloud.workerd.pid().context("workerd is not running")?;
    let mut text = format!(
        "## One busy site\n\n{WORDS}\n| offered, views/s | accepted | refused, failed | counted | p50, ms | p99, ms "
    );
    text +=
        "| CPU per view, ms | rows written per view | answers accepted | in KV | overview p50, ms | slowest, ms |\n";
    text += "|---|---|---|---|---|---|---|---|---|---|---|---|\n";
    // The isolate and its object start, and V8 compiles.
    offer(&site, &client, 200, Duration::from_secs(5)).await?;
    let mut whole = true;
    for rate in RATES {
        drained(&site).await?;
        let before = seen(&site).await?;
        let (rows, kept, cpu) = (rows(&site).await?, site.responses()?.len(), spent_ms(pid)?);
        let (views, answers, looks) = offer(&site, &client, rate, LASTS).await?;
        let accepted = (views.times.len() + answers.times.len()) as u64;
        // What waits in the isolate is counted a moment later.
        let counted = wait_within(Duration::from_secs(20), "all views to be counted", async || {
            let counted = seen(&site).await? - before;
            Ok((counted >= accepted).then_some(counted))
        })
        .await;
        let counted = counted.or(seen(&site).await.map(|seen| seen - before))?;
        drained(&site).await?;
        whole &= views.refused + views.failed == 0 && counted == accepted;
        let each = views.times.len().max(1) as f64;
        writeln!(
            text,
            "| {rate} | {} | {} | {} | {:.1} | {:.1} | {:.2} | {:.2} | {} | {} | {:.0} | {:.0} |",
            views.times.len(),
            views.refused + views.failed,
            counted - answers.times.len() as u64,
            quantile(&views.times, 0.5),
            quantile(&views.times, 0.99),
            (spent_ms(pid)? - cpu) / each,
            (self::rows(&site).await? - rows) as f64 / each,
            answers.times.len(),
            site.responses()?.len() - kept,
            quantile(&looks.times, 0.5),
            quantile(&looks.times, 1.0),
        )?;
    }
    text += "\n";
    text += &super::goal("all of it is taken and counted", whole);
    Ok(text)
}

/// Views, answers and looks of a while.
async fn offer(site: &Site<'_>, client: &Client, rate: u64, lasts: Duration) -> Result<(Sent, Sent, Sent)> {
    let url = site.product().cloud.workerd.url()?;
    let (address, page) = (format!("{url}/e/{}", site.id), format!("{url}/dashboard/s/{}", site.id));
    let cookie = many::sign_in(client, &url).await?;
    let mut requests: JoinSet<(usize, Result<(u16, Duration)>)> = JoinSet::new();
    let mut all: [Sent; 3] = Default::default();
    let (began, mut sent, mut looked) = (Instant::now(), 0, 0);
    let mut ticks = interval(Duration::from_millis(5));
    while began.elapsed() < lasts {
        ticks.tick().await;
        while sent < began.elapsed().as_millis() as u64 * rate / 1_000 {
            let due = began + Duration::from_micros(sent * 1_000_000 / rate);
            sent += 1;
            let request = client.post(&address).header("origin", site.product().host.origin());
            let [_, a, b, c] = u32::try_from(sent)?.to_be_bytes();
            let request = request.header("cf-connecting-ip", format!("10.{a}.{b}.{c}"));
            if requests.len() >= MOST {
                all[0].failed += 1;
                continue;
            }
            let (kind, body) = match sent % VIEWS {
                0 => (1, response("nps", &[("nps", "9"), ("best", "The paper.")])),
                _ => (0, view("nps", &["seen"])),
            };
            let request = request.body(body.to_string());
            requests.spawn(async move { (kind, answered(request, due).await) });
        }
        if began.elapsed().as_secs() >= looked {
            looked += 1;
            let request = client.get(&page).header("cookie", &cookie);
            requests.spawn(async move { (2, answered(request, Instant::now()).await) });
        }
        while let Some(done) = requests.try_join_next() {
            note(&mut all, done?);
        }
    }
    while let Some(done) = requests.join_next().await {
        note(&mut all, done?);
    }
    let [views, answers, looks] = all;
    ensure!(!looks.times.is_empty(), "no overview was shown");
    Ok((views, answers, looks))
}

fn note(all: &mut [Sent; 3], (kind, outcome): (usize, Result<(u16, Duration)>)) {
    match outcome {
        Ok((200..300, time)) => all[kind].times.push(time),
        Ok(_) => all[kind].refused += 1,
        Err(_) => all[kind].failed += 1,
    }
}

/// The status, and the time since the request was due.
async fn answered(request: reqwest::RequestBuilder, due: Instant) -> Result<(u16, Duration)> {
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    answer.bytes().await?;
    Ok((status, due.elapsed()))
}

async fn seen(site: &Site<'_>) -> Result<u64> {
    let overview = site.overview().await?;
    let rows = overview["counts"].as_array().context("no counts")?;
    Ok(rows.iter().filter_map(|row| row["keys"]["seen"].as_u64()).sum())
}

async fn rows(site: &Site<'_>) -> Result<u64> {
    site.status().await?["rows_written"].as_u64().context("the status tells no rows written")
}

async fn drained(site: &Site<'_>) -> Result<()> {
    wait_within(Duration::from_secs(180), "the outbox to drain", async || {
        Ok((site.status().await?["pending"] == 0).then_some(()))
    })
    .await
}
