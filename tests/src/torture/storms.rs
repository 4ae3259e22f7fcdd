//! Trials of their own: panics, a KV that fails for half an hour, a day whose quota is used up, a value that KV never takes, and
//! a long day with every answer twice.

use super::plan::RATE;
use super::world::{self, Ground};
use super::{around, check, device};
use crate::{Product, eventually, wait, wait_for};
use anyhow::{Context, Result, ensure};
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::time::Timestamp;
use rapport_local::{Clock, Effect, Fault, Operation, Pace, Quota};
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const DAY_MS: i64 = 86_400_000;

/// One object panics in the midst of its transactions; others on the same isolate, and what the stormy one had acknowledged, are
/// unharmed. Returns how many panics there were at least, and how many of 200 answers had no receipt at once.
pub async fn panics(seed: u64) -> Result<(u64, u64)> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let mut product = world::product(clock).await?;
    let stormy = world::ground(&product, clock, Instant::now()).await?;
    let calm = world::ground(&product, clock, Instant::now()).await?;
    product.cloud.workerd.kill().await?;
    product.cloud.workerd.set_around(Some(around::module(clock, None, Some((&stormy.site, 20)))));
    product.cloud.workerd.launch().await?;
    answers(&stormy, seed, 200).await;
    answers(&calm, seed + 1, 200).await;
    let record = calm.record();
    ensure!(record.unknown == 0 && record.kept.len() == 200, "a storm elsewhere cost {} answers", record.unknown);
    check::site(&product, &calm).await.context("the calm site")?;
    // Of 500 lines that are kept.
    let panics = product.cloud.workerd.log().iter().filter(|line| line.contains("a panic of the storm")).count() as u64;
    ensure!(panics > 0, "there was no storm");
    product.cloud.workerd.kill().await?;
    product.cloud.workerd.set_around(Some(around::module(clock, None, None)));
    product.cloud.workerd.launch().await?;
    stormy.note(|record| record.cuts = 1);
    check::site(&product, &stormy).await.context("the stormy site")?;
    Ok((panics, stormy.record().unknown))
}

/// KV fails for 35 minutes of the world, while answers come. Returns the writes that were tried meanwhile, and how long it took
/// afterwards until KV had everything, in time of the world.
pub async fn outage() -> Result<(u64, Duration)> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let product = world::product(clock).await?;
    let ground = world::ground(&product, clock, Instant::now()).await?;
    check::settled(&product, &ground).await?;
    product.cloud.kv.fail(Fault::new(Effect::Status(503)));
    product.cloud.kv.reset_counts();
    let end = ground.now() + 35 * 60_000;
    let mut seed = 0;
    wait::wait_within(Duration::from_secs(60), "the end of the outage", async || {
        seed += 1;
        answers(&ground, seed, 2).await;
        Ok((ground.now() >= end).then_some(()))
    })
    .await?;
    let tried = product.cloud.kv.counts().writes;
    ensure!(product.cloud.kv.keys(&format!("r/{}/", ground.site)).is_empty(), "something got through");
    let since = ground.now();
    product.cloud.kv.heal();
    check::settled(&product, &ground).await?;
    let took = Duration::from_millis(u64::try_from(ground.now() - since).unwrap_or(0));
    check::site(&product, &ground).await?;
    Ok((tried, took))
}

/// A day's quota is used up: what is left waits for midnight, and then goes. Returns the writes that were tried in vain.
pub async fn quota() -> Result<u64> {
    let now = Clock::default().now();
    let midnight = now - now.rem_euclid(DAY_MS) + DAY_MS;
    let clock = Clock::starting(midnight - 25 * 60_000, RATE);
    let product = world::product(clock).await?;
    let ground = world::ground(&product, clock, Instant::now()).await?;
    check::settled(&product, &ground).await?;
    let quota = Some(Quota { writes: 30, deletes: 30 });
    product.cloud.kv.set_pace(Pace { quota, clock, ..Pace::default() });
    product.cloud.kv.reset_counts();
    answers(&ground, 1, 50).await;
    let held = async || Ok(product.known_site(&ground.site).status().await?["hold"].as_i64());
    let until = wait_for("a hold until midnight", held).await?;
    ensure!(until == midnight, "KV is left alone until {until}, and midnight is {midnight}");
    let kept = product.cloud.kv.keys(&format!("r/{}/", ground.site)).len();
    ensure!(kept == 30, "{kept} values in KV with a quota of 30");
    let vain = product.cloud.kv.counts().writes - 30;
    let quota = Some(Quota { writes: 1_000, deletes: 1_000 });
    product.cloud.kv.set_pace(Pace { quota, clock, ..Pace::default() });
    eventually("midnight", async || Ok(ground.now() >= midnight)).await?;
    check::site(&product, &ground).await?;
    Ok(vain)
}

/// A value that KV refuses for good is parked and told to the owner, and everything else goes; once KV takes it, an audit brings
/// it there.
pub async fn poison() -> Result<()> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let product = world::product(clock).await?;
    let ground = world::ground(&product, clock, Instant::now()).await?;
    answers(&ground, 1, 1).await;
    let name = ground.record().kept.keys().next().context("no answer")?.clone();
    check::settled(&product, &ground).await?;
    // From now on KV refuses this very value, which comes again in a higher revision.
    let key = product.cloud.kv.keys(&format!("r/{}/", ground.site)).remove(0);
    product.cloud.kv.fail(Fault::new(Effect::Status(413)).on(Operation::Write).prefix(&key));
    let mark = ground.record().sent[&name].1.clone();
    answer(&ground, &name, &mark, 2, 3).await;
    answers(&ground, 2, 20).await;
    let site = product.known_site(&ground.site);
    eventually("the poisoned value parked and all others in KV", async || {
        let status = site.status().await?;
        Ok(status["parked"] == 1
            && status["pending"] == 0
            && status["fault"].as_str().is_some_and(|why| why.contains("413")))
    })
    .await?;
    product.cloud.kv.heal();
    let day = Timestamp(ground.now()).day();
    for day in [day, day.plus(-1)] {
        product.api(Method::POST, &format!("sites/{}/audit?day={day}", ground.site), Some(&json!({}))).await?;
    }
    check::site(&product, &ground).await.map(drop)
}

/// What a soak came to.
#[derive(Clone, Copy, Debug)]
pub struct Soak {
    /// Answers, each of which came twice.
    pub answers: u64,
    /// The runtime's resident memory after a fifth of them, and at the end, in KB.
    pub memory: (u64, u64),
    /// The object's bytes for each answer.
    pub bytes: u64,
    /// Rows written for all of the second deliveries.
    pub again: u64,
}

/// So many answers, and each of them once more: memory stays, and what is known already leaves nothing behind.
pub async fn soak(many: u64) -> Result<Soak> {
    let product = Product::start().await?;
    let clock = Clock::default();
    let ground = world::one_place(&product, clock).await?;
    let site = product.known_site(&ground.site);
    answers(&ground, 1, many / 5).await;
    let early = memory(&product)?;
    answers(&ground, 2, many - many / 5).await;
    wait::wait_within(Duration::from_secs(600), "everything in KV", async || {
        Ok((site.status().await?["pending"] == 0).then_some(()))
    })
    .await?;
    let before = site.status().await?;
    // The same two seeds are the same answers.
    answers(&ground, 1, many / 5).await;
    answers(&ground, 2, many - many / 5).await;
    let after = site.status().await?;
    let record = ground.record();
    ensure!(record.kept.len() as u64 == many && record.duplicates >= many, "{} answers", record.kept.len());
    ensure!(before["responses"] == after["responses"], "{before} before, {after} after");
    let rows = |status: &serde_json::Value| status["rows_written"].as_u64().unwrap_or(0);
    let again = rows(&after) - rows(&before);
    let bytes = after["bytes"].as_u64().context("no size")? / many;
    let soak = Soak { answers: many, memory: (early, memory(&product)?), bytes, again };
    // Both the tally's row and the visitor's are counted up, and the meter now and then.
    ensure!(again <= many * 2 + many / 10 + 20, "{again} rows for {many} duplicates");
    ensure!(soak.memory.1 <= early * 3 / 2 + 40_000, "{} KB, and {early} KB early on", soak.memory.1);
    Ok(soak)
}

/// Resident memory of the runtime in KB.
fn memory(product: &Product) -> Result<u64> {
    let pid = product.cloud.workerd.pid().context("the runtime is not running")?;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    line.split_whitespace().next().and_then(|number| number.parse().ok()).context("VmRSS is no number")
}

/// So many complete answers, eight at a time; those that fail are sent again twice.
pub(super) async fn answers(ground: &Arc<Ground>, seed: u64, many: u64) {
    let mut people = JoinSet::new();
    for lane in 0..8.min(many) {
        let (ground, mut rng) = (Arc::clone(ground), Rng::new(seed.wrapping_mul(8) + lane));
        let share = many / 8 + u64::from(lane < many % 8);
        // The same seed makes the same ids, of the moment at which the world began.
        let began = ground.began;
        people.spawn(async move {
            for _ in 0..share {
                let name = id::make(Timestamp(began), rng.bytes());
                let mark = format!("answer {name}");
                let score = rng.below(7) as u8;
                for _ in 0..3 {
                    if answer(&ground, &name, &mark, 1, score).await != super::record::Outcome::Unknown {
                        break;
                    }
                }
            }
        });
    }
    while people.join_next().await.is_some() {}
}

pub(super) async fn answer(
    ground: &Arc<Ground>,
    name: &str,
    mark: &str,
    revision: u32,
    score: u8,
) -> super::record::Outcome {
    ground.note(|record| {
        let sent = record.sent.entry(name.to_owned()).or_insert_with(|| (Default::default(), mark.to_owned()));
        sent.0.insert(revision)
    });
    let body = json!({
        "v": 1,
        "response": {
            "id": name, "revision": revision, "widget": "nps", "version": 1, "complete": true,
            "answers": [["nps", score.to_string()], ["missing", mark]], "moments": [], "active_ms": 9_000,
        },
    });
    device::post(Arc::clone(ground), 0, name.to_owned(), body.to_string()).await.0
}
