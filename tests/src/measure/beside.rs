//! The Worker beside the same service in TypeScript with Hono (`tests/measure/hono`): in the same workerd with the same KV, under
//! the same load, taking turns. Of an answer the service keeps less than Rapport; once more with all that Rapport keeps, it
//! tells what is the language's share and what the work's.

use super::contender::install;
use super::load::{Load, load, quantile, spent_ms};
use crate::delivery::response;
use crate::product::{OWNER_KEY, root};
use crate::wait::wait_within;
use crate::{Product, widgets};
use anyhow::{Context, Result, ensure};
use rapport_local::{Cloud, Plan};
use reqwest::{Client, Request, redirect};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;

const AT_ONCE: usize = 8;
/// Turns of each, and requests of one turn.
const TURNS: usize = 7;
const REQUESTS: usize = 400;
/// So many times as long is the first turn, which does not count: until then V8 compiles, and compiles again what is called often.
const WARM: usize = 10;
/// The same of pages, which take longer.
const PAGES: usize = 60;
const PATIENCE: Duration = Duration::from_secs(120);
/// What either side listens to.
const ORIGIN: &str = "https://shop.example";

/// What the table means, and what the other service does not do.
pub const WORDS: &str = "Either service runs in a workerd of its own with a KV of its own on this machine, 8 requests at a time, \
taking turns after a first one that is ten times as long and not counted, in which V8 compiles; requests/s is the median of the turns, processor time is all of workerd's, every answer is of another visitor, and \
ingest counts until the last response is in KV and, where they are indexed, its words can be searched for. The service in TypeScript (`tests/measure/hono`, Hono 4.13.19) has the same limits, \
tables, transaction, receipts, outbox, alarm, brakes, headers and figures, and validates by hand instead of by a library. It leaves \
out: conditions but ranges, any kind of question but scale and text, variants, quiz and poll, keys given twice in JSON, search, \
filters and cases of the inbox, hooks, erasure and retention, imports, audit and rebuild, blocked visitors, usage, languages, \
sightings of the tag, audiences that need no look at each visitor, hints, loyalty and parked values. Rapport does all of that for \
each answer and page that is counted here. With Rapport's rows, the service in TypeScript keeps of an answer what Rapport does, in the same \
tables: the inbox with its index, the index of words, audiences by gap, a look at what was erased or blocked, usage \
(`tests/measure/hono/all.ts`). What separates it from the lean one is the work, and what separates Rapport from it is the language and \
the rest of the list; the goals are held against the lean one.\n";

/// One of those that take turns.
struct Side<'a> {
    name: &'static str,
    cloud: &'a Cloud,
    url: String,
    site: String,
    cookie: String,
    /// Answers can be searched for.
    searches: bool,
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Manifest,
    Unchanged,
    View,
    Ingest,
    Overview,
}

impl What {
    const ALL: [Self; 5] = [Self::Manifest, Self::Unchanged, Self::View, Self::Ingest, Self::Overview];

    const fn words(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Unchanged => "manifest, unchanged (304)",
            Self::View => "view beacon",
            Self::Ingest => "ingest, until it is in KV",
            Self::Overview => "overview, the page",
        }
    }

    const fn requests(self) -> usize {
        if matches!(self, Self::Overview) { PAGES } else { REQUESTS }
    }
}

/// What all turns of one side showed.
#[derive(Default)]
struct Shown {
    rates: Vec<f64>,
    all: Load,
    cpu: Vec<f64>,
    rows: u64,
    writes: u64,
}

/// Both, as a table in Markdown; with `quick` two turns only, and with the beginning of its name, only that request.
pub async fn table(quick: bool, only: &str) -> Result<String> {
    let product = Product::start().await?;
    let ours = product.site_with(&json!({ "origins": [ORIGIN] }), &[widgets::nps()]).await?;
    let (_lean, lean) = hono(false).await?;
    let (_same, same) = hono(true).await?;
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let rapport = Side { searches: true, ..Side::new(&client, "Rapport", &product.cloud, &ours.id).await? };
    let sides = [
        rapport,
        Side::new(&client, "Hono", &lean, "acme").await?,
        Side::new(&client, "Hono, with Rapport's rows", &same, "acme").await?,
    ];
    for hono in &sides[1..] {
        let configured = client.put(format!("{}/api/v1/sites/acme", hono.url)).bearer_auth(OWNER_KEY);
        configured.json(&configuration()).send().await?.error_for_status()?;
    }

    let mut goals = String::new();
    let turns = if quick { 2 } else { TURNS };
    let mut text = String::from(
        "| what | service | requests/s | × Hono | p50, ms | p99, ms | CPU per request, ms | × Hono | rows written | KV writes |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for what in What::ALL.into_iter().filter(|what| what.words().starts_with(only)) {
        eprintln!("  {}", what.words());
        // The third differs in what it keeps of an answer, and in nothing else.
        let sides = if what == What::Ingest { &sides[..] } else { &sides[..2] };
        let mut shown: Vec<Shown> = sides.iter().map(|_| Shown::default()).collect();
        for turn in 0..=turns {
            // Who begins changes, and the first turn warms all of them up.
            for index in (0..sides.len()).map(|place| (place + turn) % sides.len()) {
                let mut own = if turn == 0 { Shown::default() } else { std::mem::take(&mut shown[index]) };
                let count = what.requests() * if turn == 0 { WARM } else { 1 };
                sides[index].turn(&client, what, count, &mut own).await?;
                if turn > 0 {
                    shown[index] = own;
                }
            }
        }
        for (side, own) in sides.iter().zip(&shown) {
            let yardstick = &shown[1];
            let count = own.all.times.len() as f64;
            let rate = median(&own.rates);
            writeln!(
                text,
                "| {} | {} | {rate:.0} | {:.2} | {:.1} | {:.1} | {:.2} | {:.2} | {:.1} | {:.1} |",
                what.words(),
                side.name,
                rate / median(&yardstick.rates),
                quantile(&own.all.times, 0.5),
                quantile(&own.all.times, 0.99),
                median(&own.cpu),
                median(&own.cpu) / median(&yardstick.cpu),
                own.rows as f64 / count,
                own.writes as f64 / count,
            )?;
        }
        if what == What::Ingest {
            let [ours, theirs] = [&shown[0], &shown[1]];
            goals = super::goal("as many answers a second as Hono", median(&ours.rates) >= median(&theirs.rates));
            goals += &super::goal("no more processor time for each", median(&ours.cpu) <= median(&theirs.cpu));
        }
    }
    if !goals.is_empty() {
        write!(text, "\n{goals}")?;
    }
    Ok(text)
}

impl<'a> Side<'a> {
    async fn new(client: &Client, name: &'static str, cloud: &'a Cloud, site: &str) -> Result<Self> {
        let url = cloud.workerd.url()?;
        let request = client.post(format!("{url}/dashboard/sign-in"));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(format!("key={OWNER_KEY}&next=")).send().await?;
        let cookie = answer.headers().get("set-cookie").context("no session")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Self { name, cloud, url, site: site.to_owned(), cookie, searches: false })
    }

    /// One turn: the load, and for what goes to KV the wait until it is there, and can be found. Asking the service again and again
    /// would be charged to it, so it is KV that is looked at for as long as anything is missing.
    async fn turn(&self, client: &Client, what: What, count: usize, shown: &mut Shown) -> Result<()> {
        let etag = if what == What::Unchanged { self.etag(client).await? } else { String::new() };
        self.drained(client).await?;
        let pid = self.cloud.workerd.pid().context("workerd is not running")?;
        let (cpu, writes, rows) = (spent_ms(pid)?, self.cloud.kv.counts().writes, self.status(client).await?.1);
        let make = self.requests(client, what, etag);
        let load = load(client, count, AT_ONCE, make).await?;
        let owed = if what == What::Ingest { count as u64 } else { 0 };
        wait_within(PATIENCE, "all answers in KV", async || {
            Ok((self.cloud.kv.counts().writes >= writes + owed).then_some(()))
        })
        .await?;
        self.drained(client).await?;
        shown.cpu.push((spent_ms(pid)? - cpu) / count as f64);
        shown.writes += self.cloud.kv.counts().writes - writes;
        shown.rows += self.status(client).await?.1 - rows;
        shown.rates.push(load.rate());
        shown.all.times.extend(load.times);
        Ok(())
    }

    fn requests(
        &self,
        client: &Client,
        what: What,
        etag: String,
    ) -> impl Fn() -> Result<Request> + Send + Sync + 'static {
        let (client, url, site, cookie) = (client.clone(), self.url.clone(), self.site.clone(), self.cookie.clone());
        move || {
            let manifest = format!("{url}/m/{site}");
            let ingest = client.post(format!("{url}/e/{site}")).header("origin", ORIGIN);
            // Everybody is somebody else.
            let ingest = ingest.header("cf-connecting-ip", address()).header("user-agent", AGENT);
            Ok(match what {
                What::Manifest => client.get(manifest),
                What::Unchanged => client.get(manifest).header("if-none-match", &etag),
                What::View => ingest.body(crate::delivery::view("nps", &["seen"]).to_string()),
                What::Ingest => ingest.body(response("nps", &[("nps", "9"), ("best", "The paper.")]).to_string()),
                What::Overview => client.get(format!("{url}/dashboard/s/{site}")).header("cookie", &cookie),
            }
            .build()?)
        }
    }

    async fn etag(&self, client: &Client) -> Result<String> {
        let answer = client.get(format!("{}/m/{}", self.url, self.site)).send().await?;
        Ok(answer.headers().get("etag").context("no etag")?.to_str()?.to_owned())
    }

    /// What waits for KV, and the rows written so far.
    async fn status(&self, client: &Client) -> Result<(u64, u64)> {
        let request = client.get(format!("{}/api/v1/sites/{}/status", self.url, self.site)).bearer_auth(OWNER_KEY);
        let status: Value = serde_json::from_slice(&request.send().await?.error_for_status()?.bytes().await?)?;
        Ok((status["pending"].as_u64().unwrap_or(0), status["rows_written"].as_u64().unwrap_or(0)))
    }

    async fn drained(&self, client: &Client) -> Result<()> {
        wait_within(PATIENCE, "the outbox to drain", async || Ok((self.status(client).await?.0 == 0).then_some(())))
            .await?;
        if !self.searches {
            return Ok(());
        }
        let inbox = format!("{}/api/v1/sites/{}/inbox?limit=1", self.url, self.site);
        wait_within(PATIENCE, "the words to be indexed", async || {
            let answer = client.get(&inbox).bearer_auth(OWNER_KEY).send().await?.error_for_status()?;
            let found: Value = serde_json::from_slice(&answer.bytes().await?)?;
            Ok((found["unindexed"] == 0).then_some(()))
        })
        .await
    }
}

/// A browser's, as long as they are.
const AGENT: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

fn address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let [_, a, b, c] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    format!("10.{a}.{b}.{c}")
}

/// The other service, lean or with the same rows as ours, in a folder that looks like a repository to what starts workerd.
async fn hono(all: bool) -> Result<(TempDir, Cloud)> {
    let source = root().join("tests/measure/hono");
    install(&source)?;
    let folder = tempfile::Builder::new().prefix("rapport-hono-").tempdir()?;
    let path = folder.path();
    for sub in ["build", "www/pkg/public"] {
        fs::create_dir_all(path.join(sub))?;
    }
    bundle(&source.join("index.ts"), &path.join("build/index.js"), all)?;
    // Its configuration names a module of WASM; this is the empty one.
    fs::write(path.join("build/index_bg.wasm"), b"\0asm\x01\0\0\0")?;
    fs::copy(root().join("wrangler.toml"), path.join("wrangler.toml"))?;
    std::os::unix::fs::symlink(root().join("node_modules"), path.join("node_modules"))?;
    let cloud = Plan::temporary(path, OWNER_KEY).start().await?;
    Ok((folder, cloud))
}

fn bundle(entry: &Path, outfile: &Path, all: bool) -> Result<()> {
    let output = Command::new(root().join("node_modules/.bin/esbuild"))
        .arg(entry)
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error"])
        .arg("--external:cloudflare:workers")
        .arg(format!("--define:ALL={all}"))
        .arg(format!("--outfile={}", outfile.display()))
        .output()
        .context("esbuild is missing: run `cargo xtask setup`")?;
    ensure!(output.status.success(), "esbuild: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// The same widget in its own terms.
fn configuration() -> Value {
    let text = |name: &str, title: &str, from: u32, to: u32| json!({ "name": name, "title": title, "asked": { "of": "nps", "from": from, "to": to }, "input": { "type": "text" } });
    json!({
        "name": "Acme", "origins": [ORIGIN], "locale": "en",
        "widgets": [{ "name": "nps", "label": "Recommendation", "version": 1, "questions": [
            { "name": "nps", "title": "How likely are you to recommend us?", "required": true,
              "input": { "type": "scale", "min": 0, "max": 10 } },
            text("missing", "What is missing?", 0, 6),
            text("better", "What would make it a ten?", 7, 8),
            text("best", "What do you like best?", 9, 10),
        ] }],
    })
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}
