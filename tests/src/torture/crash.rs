//! The crash matrix: the power is cut at every point that has a name, and at random, again and again on one disk; what was
//! acknowledged before each cut is there at the end.

use super::around::{self, Cut, Point};
use super::check;
use super::device;
use super::plan::{Act, RATE};
use super::record::Outcome;
use super::world::{self, Ground};
use crate::Product;
use crate::wait::{linger, while_so};
use anyhow::{Context, Result, ensure};
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::time::Timestamp;
use rapport_local::{Clock, Effect, Fault, Operation};
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Cuts between two checks.
const ROUND: u32 = 20;
/// How long a point may take to be reached; then the power is cut wherever it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    /// Cuts by the point at which they came; `anywhere` where they came by the clock.
    pub at: BTreeMap<String, u32>,
    /// Answers that were acknowledged and found.
    pub answers: u64,
    /// Acts of members that were acknowledged and found.
    pub acts: u64,
}

/// Cuts the power so many times.
pub async fn matrix(seed: u64, cuts: u32) -> Result<Cuts> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let mut product = world::product(clock).await?;
    let mut rng = Rng::new(seed);
    let mut done = Cuts::default();
    let mut ground = world::ground(&product, clock, Instant::now()).await?;
    // The first points are those of an object that makes its tables: the power goes before, and after they are committed.
    for number in 0..cuts {
        let point = Point::ALL.get(rng.below(Point::ALL.len() as u32 + 1) as usize).copied();
        let after = rng.below(match point {
            Some(Point::BeforeCommit | Point::AfterCommit) => 40,
            Some(Point::BeforeReceipt | Point::KvWritten) => 12,
            _ => 2,
        });
        let reached = cut(&mut product, &ground, clock, point, (after, number), &mut rng).await?;
        let name = point.filter(|_| reached).map_or("Anywhere".to_owned(), |point| format!("{point:?}"));
        *done.at.entry(name).or_default() += 1;
        if (number + 1) % ROUND == 0 || number + 1 == cuts {
            product.cloud.workerd.set_around(Some(around::module(clock, None, None)));
            product.cloud.workerd.launch().await?;
            ground.note(|record| record.cuts = number + 1);
            finish(&ground).await;
            check::site(&product, &ground).await.with_context(|| {
                format!("after {} cuts: {:?}\n  {}", number + 1, done.at, product.cloud.workerd.log().join("\n  "))
            })?;
            let record = ground.record();
            done.answers += record.kept.len() as u64;
            done.acts += record.acts.len() as u64;
            println!("  after {} cuts: all of {} answers and {} acts are there", number + 1, done.answers, done.acts);
            // Each round on a site of its own, so that tables are made and lists stay short.
            ground = world::ground(&product, clock, Instant::now()).await?;
            product.cloud.workerd.kill().await?;
        }
    }
    Ok(done)
}

/// Launches, lets people in, and cuts the power at `point` when it has been reached `after` times; whether it was.
async fn cut(
    product: &mut Product,
    ground: &Arc<Ground>,
    clock: Clock,
    point: Option<Point>,
    (after, number): (u32, u32),
    rng: &mut Rng,
) -> Result<bool> {
    product.cloud.workerd.kill().await?;
    let operation = match point {
        Some(Point::KvWritten) => Some(Operation::Write),
        Some(Point::KvDeleted) => Some(Operation::Delete),
        Some(Point::KvListed) => Some(Operation::List),
        _ => None,
    };
    if let Some(operation) = operation {
        product.cloud.kv.fail(Fault::new(Effect::ApplyThenStall).on(operation).after(after));
    }
    let mut stalled = product.cloud.kv.stalled();
    stalled.mark_unchanged();
    let planned = point.map(|point| Cut { point, after, number });
    product.cloud.workerd.set_around(Some(around::module(clock, planned, None)));
    product.cloud.workerd.launch().await?;
    let mut people = JoinSet::new();
    for _ in 0..4 {
        people.spawn(visitors(Arc::clone(ground), rng.next()));
    }
    people.spawn(members(Arc::clone(ground), rng.next()));
    // Not before there are answers to erase and to list.
    let (erase, rebuild) = (point == Some(Point::KvDeleted), point == Some(Point::KvListed) || rng.chance(200));
    if erase {
        while_so(Duration::from_secs(2), async || ground.record().kept.is_empty()).await;
        erased(product, ground).await;
    }
    if rebuild {
        let path = format!("sites/{}/rebuild", ground.site);
        // It may be cut off itself.
        let _ = tokio::time::timeout(Duration::from_secs(1), product.api(Method::POST, &path, None)).await;
    }
    let patience = if point.is_some() { PATIENCE } else { Duration::from_millis(u64::from(rng.below(600))) };
    let mut reached = false;
    while_so(patience, async || {
        reached = stalled.has_changed().unwrap_or(false) || planned.is_some_and(|cut| said(product, cut));
        !reached
    })
    .await;
    product.cloud.workerd.kill().await?;
    product.cloud.kv.heal();
    people.abort_all();
    while people.join_next().await.is_some() {}
    ground.quiet().await;
    Ok(reached && point.is_some())
}

/// Whether the Worker has said that it reached its point.
fn said(product: &Product, cut: Cut) -> bool {
    product.cloud.workerd.log().iter().any(|line| line.contains(&cut.sign()))
}

/// New answers without end, some of them in two revisions.
pub(super) async fn visitors(ground: Arc<Ground>, seed: u64) {
    let mut rng = Rng::new(seed);
    loop {
        let name = id::make(Timestamp(ground.now()), rng.bytes());
        let mark = format!("answer {name}");
        for revision in 1..=1 + rng.below(2) {
            ground.note(|record| {
                let sent = record.sent.entry(name.clone()).or_insert_with(|| (Default::default(), mark.clone()));
                sent.0.insert(revision)
            });
            let body = json!({
                "v": 1,
                "response": {
                    "id": name, "revision": revision, "widget": "nps", "version": 1, "complete": revision == 2,
                    "answers": [["nps", rng.below(7).to_string()], ["missing", mark]], "moments": [], "active_ms": 9_000,
                },
            });
            // On a task of its own: who is cut off here may still get through there.
            let request = device::post(Arc::clone(&ground), rng.below(2) as usize, name.clone(), body.to_string());
            let (outcome, _) = request.await;
            if outcome == Outcome::Unknown {
                // The Worker is gone.
                linger(Duration::from_millis(20)).await;
            }
        }
    }
}

/// Acts of members without end; those that are cut off are asked for again at the end.
pub(super) async fn members(ground: Arc<Ground>, seed: u64) {
    let mut rng = Rng::new(seed);
    loop {
        let number = ground.note(|record| record.acts.len());
        let act = match rng.below(8) {
            0 => Act::Mug,
            1 => Act::Coupon,
            _ => Act::Adjust(1 + i64::from(rng.below(9))),
        };
        super::ledger::act(Arc::clone(&ground), Duration::ZERO, rng.below(3), number, act).await;
    }
}

/// Asks for what was cut off once more, as devices do.
pub(super) async fn finish(ground: &Arc<Ground>) {
    let open: Vec<(String, String)> = ground.note(|record| {
        let open = record.acts.iter().filter(|(_, (.., outcome))| *outcome == Outcome::Unknown);
        open.map(|(id, (member, ..))| (id.clone(), member.clone())).collect()
    });
    for (id, member) in open {
        let number = id.rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let member = member.trim_start_matches('m').parse().unwrap_or(0);
        super::ledger::act(Arc::clone(ground), Duration::ZERO, member, number, Act::Adjust(3)).await;
    }
}

/// Erases one of the answers that have arrived.
async fn erased(product: &Product, ground: &Ground) {
    let known = ground.record();
    let Some(id) = known.kept.keys().find(|id| !known.erased.contains(*id) && !known.perhaps_erased.contains(*id))
    else {
        return;
    };
    let body = json!({ "ids": [id], "at_once": true });
    let path = format!("sites/{}/responses/erase", ground.site);
    ground.note(|record| record.perhaps_erased.insert(id.clone()));
    let told = tokio::time::timeout(Duration::from_secs(2), product.api(Method::POST, &path, Some(&body))).await;
    if told.is_ok_and(|told| told.is_ok_and(|reply| reply["ids"] == json!([id]))) {
        ground.note(|record| {
            record.perhaps_erased.remove(id);
            record.erased.insert(id.clone())
        });
    }
}

/// The power goes while an object makes its tables, before and after they are there.
pub async fn tables() -> Result<u32> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let mut product = world::product(clock).await?;
    let mut cuts = 0;
    for (point, after) in
        [(Point::BeforeCommit, 0), (Point::AfterCommit, 0), (Point::BeforeCommit, 1), (Point::AfterCommit, 1)]
    {
        product.cloud.workerd.kill().await?;
        let cut = Cut { point, after, number: cuts };
        product.cloud.workerd.set_around(Some(around::module(clock, Some(cut), None)));
        product.cloud.workerd.launch().await?;
        // Neither the registry nor a site has tables at first.
        let asked = tokio::time::timeout(PATIENCE, world::ground(&product, clock, Instant::now())).await;
        ensure!(!matches!(asked, Ok(Ok(_))), "a site was made while the power was cut");
        ensure!(said(&product, cut), "{point:?} was not reached");
        cuts += 1;
    }
    product.cloud.workerd.kill().await?;
    product.cloud.workerd.set_around(Some(around::module(clock, None, None)));
    product.cloud.workerd.launch().await?;
    let ground = world::ground(&product, clock, Instant::now()).await?;
    check::site(&product, &ground).await?;
    Ok(cuts)
}
