//! Seeds against the product: some plans at a time share a world, and each is judged by itself.

use super::plan::{Plan, TROUBLED};
use super::record::Outcome;
use super::world::{self, Ground};
use super::{check, device, ledger};
use crate::Product;
use anyhow::{Context, Result};
use rapport_core::history::rng::Rng;
use rapport_local::Pace;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What came of some seeds.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Seeds that held.
    pub held: u32,
    /// Those that did not, and why.
    pub failed: Vec<(u64, String)>,
    /// Answers acknowledged.
    pub acknowledged: u64,
    /// Requests made.
    pub requests: u64,
    /// Of them those whose end nobody knows.
    pub unknown: u64,
    /// Acts of members with a verdict.
    pub acts: u64,
    /// Power cuts.
    pub cuts: u32,
    /// The longest that KV took to have everything, after the last trouble.
    pub slowest: Duration,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.held += other.held;
        self.failed.extend(other.failed);
        self.acknowledged += other.acknowledged;
        self.requests += other.requests;
        self.unknown += other.unknown;
        self.acts += other.acts;
        self.cuts += other.cuts;
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// Runs these seeds in one world. The first one names the clock.
pub async fn world(seeds: &[u64]) -> Result<Tally> {
    let clock = world::clock(seeds.first().copied().unwrap_or(0));
    let mut product = world::product(clock).await?;
    // Long enough for all sites to be made.
    let start = Instant::now() + Duration::from_millis(200 * seeds.len() as u64);
    let mut grounds = Vec::new();
    for seed in seeds {
        let plan = Plan::of(*seed);
        grounds.push((world::ground(&product, clock, start).await?, plan));
    }
    product.cloud.kv.set_pace(world::lagging(clock));
    let mut cuts: Vec<Duration> = grounds.iter().flat_map(|(_, plan)| plan.cuts.clone()).collect();
    cuts.sort();
    let mut tasks = JoinSet::new();
    for (ground, plan) in &grounds {
        people(&mut tasks, ground, plan);
    }
    troubles(&mut product, &grounds, &cuts, start).await?;
    // From here on nothing goes wrong any more, but lists still have empty pages.
    product.cloud.kv.heal();
    while let Some(ended) = tasks.join_next().await {
        ended?;
    }
    let mut tally = Tally { cuts: cuts.len() as u32, ..Tally::default() };
    product.cloud.kv.set_pace(Pace { empty_pages: Some(3), clock, ..Pace::default() });
    for (ground, plan) in &grounds {
        ground.quiet().await;
        ground.note(|record| record.cuts = cuts.len() as u32);
        let outcome = check::site(&product, ground).await;
        let record = ground.record();
        tally.acknowledged += record.kept.len() as u64;
        tally.unknown += record.unknown;
        tally.requests += record.accepted + record.duplicates + record.unknown + record.refused.values().sum::<u64>();
        tally.acts += record.acts.values().filter(|(.., outcome)| *outcome != Outcome::Unknown).count() as u64;
        match outcome {
            Ok(took) => {
                tally.held += 1;
                tally.slowest = tally.slowest.max(took);
            }
            Err(error) => {
                let log = product.cloud.workerd.log();
                let log = log.iter().rev().take(12).rev().cloned().collect::<Vec<_>>().join("\n  ");
                tally.failed.push((plan.seed, format!("site {}: {error:#}\n  {log}", ground.site)));
            }
        }
    }
    Ok(tally)
}

/// Everybody who does something on a site.
fn people(tasks: &mut JoinSet<()>, ground: &Arc<Ground>, plan: &Plan) {
    for (index, visitor) in plan.visitors.iter().enumerate() {
        let mark = format!("answer {index} of seed {}", plan.seed);
        tasks.spawn(device::live(Arc::clone(ground), visitor.clone(), mark));
    }
    for (number, (at, member, act)) in plan.acts.iter().enumerate() {
        tasks.spawn(ledger::act(Arc::clone(ground), *at, *member, number, *act));
    }
    for at in &plan.junk {
        let (ground, at) = (Arc::clone(ground), *at);
        tasks.spawn(async move {
            ground.until(at).await;
            device::post(ground, 0, "junk".to_owned(), "{\"v\":1,\"response\":{".to_owned()).await;
        });
    }
    for at in &plan.views {
        let (ground, at) = (Arc::clone(ground), *at);
        tasks.spawn(async move {
            ground.until(at).await;
            let beacon = json!({ "v": 1, "views": [{ "widget": "ces", "version": 1, "moments": ["seen"] }] });
            let request = ground.client.post(format!("{}/e/{}", ground.urls[1], ground.site)).body(beacon.to_string());
            let kept = request.send().await.is_ok_and(|answer| answer.status().as_u16() == 204);
            ground.note(|record| if kept { record.views.0 += 1 } else { record.views.1 += 1 });
        });
    }
}

/// Something that happens to a site, or to all.
enum Event {
    Fault(usize, super::plan::Trouble),
    Cut,
    Rebuild(usize),
    Publish(usize),
    Erase(usize),
}

/// Lets KV fail, cuts the power, and has the owner do what they do, each at its time.
async fn troubles(
    product: &mut Product,
    grounds: &[(Arc<Ground>, Plan)],
    cuts: &[Duration],
    start: Instant,
) -> Result<()> {
    let mut events: Vec<(Duration, Event)> = cuts.iter().map(|at| (*at, Event::Cut)).collect();
    for (index, (_, plan)) in grounds.iter().enumerate() {
        events.extend(plan.faults.iter().map(|(at, trouble)| (*at, Event::Fault(index, *trouble))));
        events.extend(plan.rebuild.iter().map(|at| (*at, Event::Rebuild(index))));
        events.extend(plan.erase.iter().map(|at| (*at, Event::Erase(index))));
        events.push((plan.publish, Event::Publish(index)));
    }
    events.sort_by_key(|(at, _)| *at);
    for (at, event) in events {
        tokio::time::sleep_until((start + at).into()).await;
        match event {
            Event::Fault(index, trouble) => {
                for fault in trouble.faults(&grounds[index].0.site) {
                    product.cloud.kv.fail(fault);
                }
            }
            Event::Cut => {
                product.cloud.workerd.kill().await?;
                product.cloud.workerd.launch().await.context("after a power cut")?;
            }
            // What the owner asks for may fail like everything else.
            Event::Rebuild(index) => {
                let path = format!("sites/{}/rebuild", grounds[index].0.site);
                let asked = product.api(Method::POST, &path, None).await;
                grounds[index].0.note(|record| record.rebuilds += u32::from(asked.is_ok()));
            }
            Event::Publish(index) => drop(world::publish_again(product, &grounds[index].0).await),
            Event::Erase(index) => erase(product, &grounds[index]).await,
        }
    }
    tokio::time::sleep_until((start + TROUBLED).into()).await;
    Ok(())
}

/// Erases one of the responses that have been acknowledged.
async fn erase(product: &Product, (ground, plan): &(Arc<Ground>, Plan)) {
    let record = ground.record();
    let ids: Vec<&String> = record.kept.keys().collect();
    let Some(id) = Rng::new(plan.seed).pick(&ids).map(|id| (*id).clone()) else { return };
    let body = json!({ "ids": [id], "at_once": true });
    let path = format!("sites/{}/responses/erase", ground.site);
    let erased = product.api(Method::POST, &path, Some(&body)).await;
    let told = erased.is_ok_and(|reply| reply["ids"] == json!([id]));
    ground.note(|record| if told { record.erased.insert(id) } else { record.perhaps_erased.insert(id) });
}
