//! What the owner waits for on a site with many responses: the Worker's time for each page, rows that the object looks at, and
//! what the page weighs.

use super::fill::multiply;
use crate::delivery::id_at;
use crate::product::OWNER_KEY;
use crate::wait::wait_within;
use crate::{Product, Site, widgets};
use anyhow::{Context, Result, ensure};
use rapport_local::Settings;
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Times that each page is asked for, and that an object is made anew.
pub const RUNS: usize = 15;
const STARTS: usize = 5;
/// Responses of one import, and days over which all of them are spread.
const PIECE: usize = 500;
pub(super) const DAYS: u64 = 90;
pub(super) const DAY_MS: u64 = 86_400_000;
/// Responses of the smallest site, and of the one whose responses are copied, once and once more.
const FEW: usize = 1_000;
const SOME: usize = 10_000;
/// From one to the next of these.
pub(super) const APART_MS: u64 = DAYS * DAY_MS / SOME as u64;

/// One page.
pub struct Row {
    pub what: &'static str,
    pub median: f64,
    pub slowest: f64,
    pub rows: u64,
    pub bytes: usize,
}

impl Row {
    fn of(what: &'static str, mut times: Vec<f64>, rows: u64, bytes: usize) -> Self {
        times.sort_by(f64::total_cmp);
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        Self { what, median, slowest, rows, bytes }
    }
}

/// What the table means.
pub const MEANING: &str = "Of 90 days. The thousand, and the first ten thousand of the others, came through the door for imports and \
went to KV; the others are copies of them, made by SQL in the object's own database, with moments, ids and visitors of their own, in \
index, counts and words alike, but not in KV, which no page reads. Slowest is of the largest site. The last line is of workerd started \
anew, five times.\n";

/// What people say.
pub(super) const WORDS: [&str; 6] = [
    "Delivery took too long, and nobody answered my letters.",
    "我要退款，谢谢",
    "Très bon café, comme toujours",
    "The paper is wonderful. Refund of the duplicate order came at once.",
    "",
    "Lieferung war schnell, Verpackung gut",
];

/// A site's name and what its pages took.
pub struct Size {
    pub responses: usize,
    pub rows: Vec<Row>,
}

/// The same pages on a site with a thousand responses, and on one with a hundred thousand and then a million: the first ten thousand of
/// it come through the door for imports, the others are copies ([`multiply`]).
pub async fn sizes() -> Result<Vec<Size>> {
    let module = include_str!("many.js").to_owned();
    let around = Some(module.clone());
    let mut product = Product::start_with(|settings| Settings { around, ..settings }).await?;
    let mut sizes = Vec::new();
    let few = filled(&product, FEW).await?;
    let some = filled(&product, SOME).await?;
    // All copies lie as far from one another in the end.
    let (first, rest): (Vec<u32>, Vec<u32>) = (1..100).partition(|copy| copy % 10 == 0);
    for (site, copies, responses) in [(&few, &[][..], FEW), (&some, &first, 10 * SOME), (&some, &rest, 100 * SOME)] {
        let began = Instant::now();
        if !copies.is_empty() {
            product.cloud.workerd.set_around(Some(module.clone()));
            product.cloud.workerd.restart().await?;
            multiply(&product, &product.known_site(site), copies, 10).await?;
        }
        // Measured is what is shipped.
        product.cloud.workerd.set_around(None);
        product.cloud.workerd.restart().await?;
        let there = product.known_site(site).status().await?["responses"].as_u64();
        ensure!(there == Some(responses as u64), "{there:?} responses instead of {responses}");
        eprintln!("  {responses} responses ({:.0} s)", began.elapsed().as_secs_f64());
        sizes.push(Size { responses, rows: measure(&mut product, site).await? });
    }
    Ok(sizes)
}

/// A site with so many responses, all of them taken in.
pub async fn filled(product: &Product, responses: usize) -> Result<String> {
    let site = product.site(&[widgets::nps()]).await?;
    seed(&site, responses).await?;
    Ok(site.id)
}

/// Answers as people give them: most in words, in several languages, a few rare.
pub(super) fn stored(site: &str, n: usize, at: u64) -> Value {
    let point = (n * 7 + n / 11) % 11;
    let (question, mood) = match point {
        0..=6 => ("missing", "bad"),
        7 | 8 => ("better", "mild"),
        _ => ("best", "good"),
    };
    let score = point.to_string();
    let mut answers = vec![["nps", score.as_str()]];
    if !WORDS[n % 6].is_empty() {
        answers.push([question, WORDS[n % 6]]);
    }
    let mut keys = vec!["seen".to_owned(), "started".to_owned(), "answered".to_owned(), "completed".to_owned()];
    keys.extend(["q/nps".to_owned(), format!("q/nps/{score}")]);
    json!({
        "v": 1, "id": id_at(at), "site": site, "widget": "nps", "version": 1, "revision": 1, "complete": true,
        "answers": answers, "keys": keys, "active_ms": 5000 + n % 9000, "received": at, "group": format!("nps/{mood}"),
        "page": format!("https://shop.example/{}", ["", "pricing", "cart", "blog/one", "help"][n % 5]),
        "locale": (["en", "zh-CN", "fr", "en-GB", "en", "de"][n % 6]), "device": (["phone", "desktop"][n % 2]),
        // One of the earliest is alone in its country.
        "country": if n == 7 { "AQ" } else { ["DE", "CN", "FR", "US"][n % 4] },
        "visitor": format!("{:016x}", n / 2), "traits": [["plan", (["free", "pro"][n % 2])]],
        "doubts": if n.is_multiple_of(50) { vec!["fast"] } else { Vec::new() },
    })
}

/// Imports them, handles some, and waits until all can be found by their words.
async fn seed(site: &Site<'_>, responses: usize) -> Result<()> {
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let apart = DAYS * DAY_MS / responses.max(1) as u64;
    let ask = async |path: &str, body: &Value| {
        site.product().api(Method::POST, &format!("sites/{}/{path}", site.id), Some(body)).await
    };
    for first in (0..responses).step_by(PIECE) {
        let piece =
            (first..responses.min(first + PIECE)).map(|n| stored(&site.id, n, now - (responses - n) as u64 * apart));
        ask("import", &json!({ "responses": piece.collect::<Vec<_>>() })).await?;
    }
    // A part of it has been handled.
    let found = find(site, "limit=200").await?;
    let ids: Vec<&Value> =
        found["items"].as_array().into_iter().flatten().map(|item| &item["response"]["id"]).collect();
    let (some, others) = ids.split_at(ids.len() / 2);
    ask("responses/change", &json!({ "ids": some, "changes": [{ "status": "done" }, { "tag": "shipping" }] })).await?;
    ask("responses/change", &json!({ "ids": others, "changes": [{ "note": "to be called" }] })).await?;
    wait_within(Duration::from_secs(900), "all words to be indexed", async || {
        Ok((find(site, "q=nothing&limit=1").await?["unindexed"] == 0).then_some(()))
    })
    .await?;
    wait_within(Duration::from_secs(900), "the outbox to drain", async || {
        Ok((site.status().await?["pending"] == 0).then_some(()))
    })
    .await
}

async fn find(site: &Site<'_>, query: &str) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/inbox?{query}", site.id), None).await
}

/// Asks for each page several times; and for the overview of an object that has just been made anew.
pub async fn measure(product: &mut Product, id: &str) -> Result<Vec<Row>> {
    let mut rows = pages(&product.known_site(id)).await?;
    let (mut times, mut read, mut body) = (Vec::new(), 0, Vec::new());
    for _ in 0..STARTS {
        product.cloud.workerd.restart().await?;
        let site = product.known_site(id);
        let url = product.cloud.workerd.url()?;
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let cookie = sign_in(&client, &url).await?;
        let began = Instant::now();
        body = get(&client, &format!("{url}/dashboard/s/{id}"), &cookie).await?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        let all = rows_read(&site).await?;
        read = all.saturating_sub(rows_read(&site).await? - all);
    }
    rows.push(Row::of("overview, of an object made anew", times, read, super::bytes::brotli(&body)));
    Ok(rows)
}

async fn pages(site: &Site<'_>) -> Result<Vec<Row>> {
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let url = site.product().cloud.workerd.url()?;
    let cookie = sign_in(&client, &url).await?;
    let newest = find(site, "limit=1").await?;
    let one = newest["items"][0]["response"]["id"].as_str().context("a response")?.to_owned();
    // The middle of all of them.
    let deep = newest["next"].as_i64().context("a cursor")? - (DAYS * DAY_MS / 2 * 2_048) as i64;
    let api = format!("/api/v1/sites/{}", site.id);
    let inbox = format!("{api}/inbox");
    let mut rows = Vec::new();
    for (what, path) in [
        ("overview, the page", format!("/dashboard/s/{}", site.id)),
        ("… of 90 days", format!("/dashboard/s/{}?days=90", site.id)),
        ("inbox, the page", format!("/dashboard/s/{}/responses", site.id)),
        ("found: what is new", format!("{inbox}?status=new")),
        ("… all", format!("{inbox}?status=all")),
        ("… all, 200 at once", format!("{inbox}?limit=200")),
        ("… from the middle on", format!("{inbox}?before={deep}")),
        ("… detractors", format!("{inbox}?group=nps/bad")),
        ("… a tag", format!("{inbox}?tag=shipping")),
        ("… a tag that is nowhere", format!("{inbox}?tag=nowhere")),
        ("… a country of one early response", format!("{inbox}?country=AQ")),
        ("… the same of what is new", format!("{inbox}?status=new&country=AQ")),
        ("… done", format!("{inbox}?status=done")),
        ("searched: in a sixth of all", format!("{inbox}?q=refund")),
        ("… 退款", format!("{inbox}?q=%E9%80%80%E6%AC%BE")),
        ("… 退", format!("{inbox}?q=%E9%80%80")),
        ("… a word that is nowhere", format!("{inbox}?q=zzzz")),
        ("… two words that never meet", format!("{inbox}?q=refund%20Lieferung")),
        ("… words that begin with a letter", format!("{inbox}?q=t")),
        ("… and are of one early country", format!("{inbox}?q=t&country=AQ")),
        ("… a note", format!("{inbox}?q=called")),
        ("one response", format!("{api}/responses/{one}")),
        ("counts by status", format!("{api}/inbox/counts")),
        ("status, all of them counted", format!("{api}/status")),
    ] {
        let (mut times, mut body, mut read) = (Vec::new(), Vec::new(), 0);
        for _ in 0..RUNS {
            let before = rows_read(site).await?;
            let began = Instant::now();
            body = get(&client, &format!("{url}{path}"), &cookie).await?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
            read = rows_read(site).await?.saturating_sub(before);
        }
        rows.push(Row::of(what, times, read, super::bytes::brotli(&body)));
    }
    // What asking for the number costs itself.
    let before = rows_read(site).await?;
    let own = rows_read(site).await?.saturating_sub(before);
    rows.iter_mut().for_each(|row| row.rows = row.rows.saturating_sub(own));
    Ok(rows)
}

async fn get(client: &Client, address: &str, cookie: &str) -> Result<Vec<u8>> {
    let answer = client.get(address).header("cookie", cookie).send().await?;
    let status = answer.status();
    let body = answer.bytes().await?;
    ensure!(status.is_success(), "{address} answered {status}");
    Ok(body.to_vec())
}

async fn rows_read(site: &Site<'_>) -> Result<u64> {
    site.status().await?["rows_read"].as_u64().context("the status tells no rows read")
}

/// The session of the owner who signs in.
pub(super) async fn sign_in(client: &Client, url: &str) -> Result<String> {
    let request = client.post(format!("{url}/dashboard/sign-in"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(format!("key={OWNER_KEY}&next=")).send().await?;
    let cookie = answer.headers().get("set-cookie").context("no session")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}
