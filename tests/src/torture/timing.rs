//! What time tells to those who guess: pairs of requests that are refused in the same words, one of them about something that
//! there is. Asked in turns, many times, their medians must be as good as equal. A difference of the program stays however often
//! it is measured; one of the machine does not, so only what shows each time counts.

use crate::product::OWNER_KEY;
use crate::{Product, widgets};
use anyhow::{Context, Result, ensure};
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::time::Timestamp;
use rapport_local::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Rounds of one measurement, after some that warm up.
const ROUNDS: usize = 400;
const WARM: usize = 40;
/// Far below what a line between two machines varies by.
const BOUND: Duration = Duration::from_micros(500);
/// How often a difference has to show.
const TRIES: usize = 3;

/// One request.
#[derive(Clone)]
struct Ask {
    method: Method,
    path: String,
    bearer: Option<String>,
    body: Value,
}

/// What is to be told apart.
struct Pair {
    what: &'static str,
    there: Ask,
    absent: Ask,
}

/// What was measured: of each pair the medians, where something is there and where nothing is.
pub async fn refusals(seed: u64) -> Result<Vec<(&'static str, Duration, Duration)>> {
    let product = Product::start().await?;
    let mut rng = Rng::new(seed);
    let mut medians = Vec::new();
    for pair in pairs(&product, &mut rng).await? {
        let mut least = None::<(Duration, Duration)>;
        for _ in 0..TRIES {
            let found = measure(&product, &pair, &mut rng).await.context(pair.what)?;
            if least.is_none_or(|least| found.0.abs_diff(found.1) < least.0.abs_diff(least.1)) {
                least = Some(found);
            }
            if found.0.abs_diff(found.1) <= BOUND {
                break;
            }
        }
        let (there, absent) = least.context("no measurement")?;
        ensure!(there.abs_diff(absent) <= BOUND, "{}: {there:?} where there is one, {absent:?} where not", pair.what);
        medians.push((pair.what, there, absent));
    }
    Ok(medians)
}

async fn pairs(product: &Product, rng: &mut Rng) -> Result<Vec<Pair>> {
    let (site, other) = (product.site(&[widgets::nps()]).await?, product.site(&[widgets::nps()]).await?);
    super::ledger::publish(product, &site.id).await?;
    let now = Clock::default().now();
    let mut fresh = || id::make(Timestamp(now), rng.bytes());
    let (elsewhere, erased) = (fresh(), fresh());
    // As a device makes one.
    let mut device = || format!("{}{}", fresh(), fresh()).replace('-', "")[..43].to_owned();
    let (secret, unknown) = (device(), device());
    for (site, id) in [(&other, &elsewhere), (&site, &erased)] {
        let response = json!({
            "id": id, "revision": 1, "widget": "nps", "version": 1, "complete": true, "answers": [["nps", "9"]],
            "moments": [], "active_ms": 9_000,
        });
        let body = json!({ "v": 1, "response": response }).to_string();
        let request = product.client().post(format!("{}/e/{}", product.url(), site.id)).body(body);
        request.send().await?.error_for_status()?;
    }
    let body = json!({ "ids": [erased], "at_once": true });
    product.api(Method::POST, &format!("sites/{}/responses/erase", site.id), Some(&body)).await?;
    // A member of one device.
    let act = json!({ "id": fresh(), "secret": secret });
    let request = product.client().post(format!("{}/me/{}/check-in", product.url(), site.id));
    let request = request.header("origin", product.host.origin()).header("content-type", "text/plain");
    request.body(act.to_string()).send().await?.error_for_status().context("a check-in")?;
    let new = json!({ "name": "timing", "scopes": ["read"], "sites": [] });
    let made = product.api(Method::POST, "tokens", Some(&new)).await?;
    let token = made["secret"].as_str().context("a secret")?.to_owned();

    let ask = |method: Method, path: String, body: Value| Ask { method, path, bearer: None, body };
    let say = |id: &str| ask(Method::GET, format!("/me/{}/{id}", site.id), Value::Null);
    let from_elsewhere = |site: &str| ask(Method::POST, format!("/e/{site}"), json!({ "v": 1, "views": [] }));
    let redeem = |secret: &str| {
        let body = json!({ "id": id::make(Timestamp(now), [3; 10]), "secret": secret, "reward": "mug" });
        ask(Method::POST, format!("/me/{}/redeem", site.id), body)
    };
    let api =
        |bearer: String| Ask { bearer: Some(bearer), ..ask(Method::GET, "/api/v1/sites".to_owned(), Value::Null) };
    // As far as the middle it is right.
    let half = |key: &str| {
        let (right, wrong) = key.split_at(key.len() / 2);
        format!("{right}{}", wrong.chars().rev().collect::<String>())
    };
    let wrong = |key: &str| key.chars().rev().collect::<String>();
    Ok(vec![
        Pair {
            what: "a site, to another's page",
            there: from_elsewhere(&site.id),
            absent: from_elsewhere("no-such-site"),
        },
        Pair { what: "an answer to another site", there: say(&elsewhere), absent: say(&fresh()) },
        Pair { what: "an answer that was erased", there: say(&erased), absent: say(&fresh()) },
        Pair {
            what: "a member, by half of a device's secret",
            there: redeem(&half(&secret)),
            absent: redeem(&unknown),
        },
        Pair { what: "the owner's key, by its first half", there: api(half(OWNER_KEY)), absent: api(wrong(OWNER_KEY)) },
        Pair { what: "a token, by its first half", there: api(half(&token)), absent: api(wrong(&token)) },
    ])
}

/// Both medians, measured in turns, each pair in an order drawn by lot.
async fn measure(product: &Product, pair: &Pair, rng: &mut Rng) -> Result<(Duration, Duration)> {
    let (mut there, mut absent) = (Vec::new(), Vec::new());
    let mut told = [None, None];
    for round in 0..WARM + ROUNDS {
        let first = rng.chance(500);
        for which in [first, !first] {
            let (ask, times) = if which { (&pair.there, &mut there) } else { (&pair.absent, &mut absent) };
            let (took, said) = send(product, ask).await?;
            let known = told[usize::from(which)].get_or_insert(said);
            ensure!(*known == said, "{known:?} at first, and then {said:?}");
            if round >= WARM {
                times.push(took);
            }
        }
    }
    ensure!(told[0] == told[1], "{told:?} tell them apart without a clock");
    Ok((median(there), median(absent)))
}

/// How long it took, and the status and size of what came back.
async fn send(product: &Product, ask: &Ask) -> Result<(Duration, (u16, usize))> {
    let mut request = product.client().request(ask.method.clone(), format!("{}{}", product.url(), ask.path));
    if let Some(bearer) = &ask.bearer {
        request = request.bearer_auth(bearer);
    }
    if !ask.body.is_null() {
        let origin =
            if ask.path.starts_with("/e/") { "https://elsewhere.example".to_owned() } else { product.host.origin() };
        request = request.header("origin", origin).header("content-type", "text/plain").body(ask.body.to_string());
    }
    let since = Instant::now();
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    let size = answer.bytes().await?.len();
    Ok((since.elapsed(), (status, size)))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
