//! Two releases and one disk: an older Worker takes over from a newer one and the other way round, under load; and both run at the
//! same time at two places over the same objects, as while Cloudflare rolls a release out.

use super::around;
use super::check;
use super::crash::{finish, members, visitors};
use super::ledger;
use super::plan::RATE;
use super::storms::answer;
use super::world::{self, Ground};
use crate::Product;
use crate::product::{OWNER_KEY, root};
use crate::wait::{linger, while_so};
use anyhow::{Context, Result, ensure};
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::time::Timestamp;
use rapport_local::Clock;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long people come in each phase.
const LOAD: Duration = Duration::from_secs(4);
/// Answers that a phase has to take at least: else nothing was tried.
const FEWEST: usize = 10;

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixed {
    /// Changes of the release.
    pub changes: u32,
    /// Answers that were acknowledged and found.
    pub answers: usize,
    /// Acts of members that were.
    pub acts: usize,
}

/// Which release has the objects, and which the other place.
#[derive(Clone, Copy, Debug)]
enum Release {
    Old,
    New,
}

/// The phases: forward, back and forward again, then side by side in both ways, and at last the new one alone.
const PHASES: [(Release, Release); 6] = [
    (Release::Old, Release::Old),
    (Release::New, Release::New),
    (Release::Old, Release::Old),
    (Release::Old, Release::New),
    (Release::New, Release::Old),
    (Release::New, Release::New),
];

/// Runs the release that is built at `old` and the one that is built here over one disk.
pub async fn mixed(seed: u64, old: &Path) -> Result<Mixed> {
    let clock = Clock::starting(Clock::default().now(), RATE);
    let module = around::module(clock, None, None);
    let product = Product::start_as(
        |plan| rapport_local::Plan { places: 2, ..plan },
        |settings| rapport_local::Settings { around: Some(module), root: old.to_owned(), ..settings },
    );
    let mut product = product.await.context("the old release does not start")?;
    let ground = world::without_programme(&product, clock, Instant::now()).await?;
    // There are releases that know of no programme.
    let loyal = ledger::publish(&product, &ground.site).await.is_ok();
    let (mut rng, mut done) = (Rng::new(seed), Mixed::default());
    for (number, (objects, place)) in PHASES.into_iter().enumerate() {
        let what = format!("objects {objects:?}, other place {place:?}");
        phase(&mut product, &ground, old, (objects, place), loyal, &mut rng).await.with_context(|| {
            format!("phase {} ({what})\n  {}", number + 1, product.cloud.workerd.log().join("\n  "))
        })?;
        let record = ground.record();
        println!("  {what}: all of {} answers and {} acts so far are there", record.kept.len(), record.acts.len());
        (done.answers, done.acts, done.changes) = (record.kept.len(), record.acts.len(), number as u32);
    }
    check::site(&product, &ground).await.context("at last, on the new release alone")?;
    Ok(done)
}

async fn phase(
    product: &mut Product,
    ground: &Arc<Ground>,
    old: &Path,
    (objects, place): (Release, Release),
    loyal: bool,
    rng: &mut Rng,
) -> Result<()> {
    let new = root();
    let of = |release| match release {
        Release::Old => old,
        Release::New => new.as_path(),
    };
    let before = ground.record().kept.len();
    let mut people = JoinSet::new();
    for _ in 0..3 {
        people.spawn(visitors(Arc::clone(ground), rng.next()));
    }
    if loyal {
        people.spawn(members(Arc::clone(ground), rng.next()));
    }
    // In the midst of the load.
    linger(Duration::from_millis(300)).await;
    product.cloud.workerd.kill().await?;
    product.cloud.workerd.set_root(of(objects));
    product.cloud.workerd.set_elsewhere(Some(of(place)));
    product.cloud.workerd.launch().await?;
    ground.note(|record| record.cuts += 1);
    let since = Instant::now();
    while_so(Duration::from_secs(60), async || since.elapsed() < LOAD || ground.record().kept.len() < before + FEWEST)
        .await;
    // What is newer than the objects they do not know, and say so.
    let apart = matches!((objects, place), (Release::Old, Release::New));
    owner(product, ground, loyal, apart).await?;
    late(ground, apart).await?;
    people.abort_all();
    while people.join_next().await.is_some() {}
    ground.quiet().await;
    finish(ground).await;
    let taken = ground.record().kept.len() - before;
    ensure!(taken >= FEWEST, "only {taken} answers were taken");
    check::delivered(product, ground).await
}

/// What the owner's pages ask for, at the place that may run another release than the objects: answered, or asked to come again.
async fn owner(product: &Product, ground: &Ground, loyal: bool, apart: bool) -> Result<()> {
    let today = Timestamp(ground.now()).day();
    let overview = format!("overview?from={today}&to={today}");
    let mut paths = vec![overview.as_str(), "status", "responses?limit=20"];
    if loyal {
        paths.extend(["members/m0/ledger?limit=20", "rewards"]);
    }
    for path in paths {
        for url in &ground.urls {
            let address = format!("{url}/api/v1/sites/{}/{path}", ground.site);
            let answer = product.client().get(address).bearer_auth(OWNER_KEY).send().await?;
            let (status, text) = (answer.status(), answer.text().await?);
            let again = apart && status == 503 && text.contains("\"retry_after\"");
            ensure!(status.is_success() || again, "{status} for {path} at {url}: {text}");
        }
    }
    Ok(())
}

/// An answer that is too old is refused with the time, or, where the releases do not understand each other, with a plain "try again":
/// never with anything on which a device gives it up.
async fn late(ground: &Arc<Ground>, apart: bool) -> Result<()> {
    let name = id::make(Timestamp(ground.now() - 8 * 86_400_000), [9; 10]);
    for url in &ground.urls {
        let body = json!({ "v": 1, "response": {
            "id": name, "revision": 1, "widget": "nps", "version": 1, "complete": true,
            "answers": [["nps", "3"], ["missing", "too old"]], "moments": [], "active_ms": 9_000,
        } });
        let request = ground.client.post(format!("{url}/e/{}", ground.site)).body(body.to_string());
        let answer = request.send().await?;
        let (status, text) = (answer.status().as_u16(), answer.text().await?);
        let told = status == 422 && text.contains("\"too_old\"") && text.contains("\"now\"");
        ensure!(told || apart && status == 503, "{status} for an answer that is too old: {text}");
        if told {
            ground.note(|record| *record.refused.entry("too_old".to_owned()).or_default() += 1);
        }
    }
    // And one that is in time goes through at either place.
    let name = id::make(Timestamp(ground.now()), Rng::new(ground.now() as u64).bytes());
    answer(ground, &name, &format!("answer {name}"), 1, 5).await;
    Ok(())
}
