//! Where the torture happens: the shipped Worker at two places over one KV that lags, with sites on it whose plans run at the same
//! time, and a clock of its own.

use super::around;
use super::plan::RATE;
use super::record::Record;
use crate::{Product, widgets};
use anyhow::{Context, Result};
use rapport_local::{Clock, Pace};
use reqwest::{Client, Method};
use serde_json::json;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// What all of a site's clients share.
pub struct Ground {
    /// The site.
    pub site: String,
    /// The Worker at each place.
    pub urls: [String; 2],
    /// The time.
    pub clock: Clock,
    /// For all requests.
    pub client: Client,
    /// Milliseconds since 1970 at which the site was made, as the Worker had them.
    pub began: i64,
    start: Instant,
    record: Mutex<Record>,
    version: AtomicU32,
    late: Mutex<JoinSet<()>>,
}

impl Ground {
    /// Milliseconds since 1970, as the Worker has them.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Waits until so long after the start.
    pub async fn until(&self, at: Duration) {
        tokio::time::sleep_until((self.start + at).into()).await;
    }

    /// Writes into the record.
    pub fn note<T>(&self, write: impl FnOnce(&mut Record) -> T) -> T {
        write(&mut self.record.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The record so far.
    pub fn record(&self) -> Record {
        self.note(|record| record.clone())
    }

    /// The version of the nps widget that devices have.
    pub fn version(&self) -> u32 {
        self.version.load(Ordering::Relaxed)
    }

    /// From now on devices have this version.
    pub fn published(&self, version: u32) {
        self.version.store(version, Ordering::Relaxed);
    }

    /// Does something that nobody waits for until the very end.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.late.lock().unwrap_or_else(PoisonError::into_inner).spawn(task);
    }

    /// Waits for all of that.
    pub async fn quiet(&self) {
        loop {
            let mut late = std::mem::take(&mut *self.late.lock().unwrap_or_else(PoisonError::into_inner));
            if late.is_empty() {
                return;
            }
            while late.join_next().await.is_some() {}
        }
    }
}

/// How KV lags while it is tortured, in time of the world: lists by a minute, reads by half a minute at each place, one write a
/// key in twenty seconds, and each third page of a list is empty.
pub fn lagging(clock: Clock) -> Pace {
    let real = |seconds| Some(clock.real(Duration::from_secs(seconds)));
    Pace { write_interval: real(20), list_lag: real(60), read_lag: real(30), empty_pages: Some(3), quota: None, clock }
}

/// A product for torture: two places, and a clock that runs `rate` times as fast, from `told` on or from now.
pub async fn product(clock: Clock) -> Result<Product> {
    let module = around::module(clock, None, None);
    let product = Product::start_as(
        |plan| rapport_local::Plan { places: 2, ..plan },
        |settings| rapport_local::Settings { around: Some(module), ..settings },
    );
    let product = product.await?;
    product.cloud.kv.set_pace(Pace { clock, ..Pace::default() });
    Ok(product)
}

/// A clock for the world of `seed`: one in three worlds begins half an hour or less before midnight.
pub fn clock(seed: u64) -> Clock {
    const DAY_MS: i64 = 86_400_000;
    let now = Clock::default().now();
    let told =
        if seed.is_multiple_of(3) { now - now.rem_euclid(DAY_MS) + DAY_MS - (seed % 30) as i64 * 60_000 } else { now };
    Clock::starting(told, RATE)
}

/// A site with a loyalty programme, made while nothing is wrong yet.
pub async fn ground(product: &Product, clock: Clock, start: Instant) -> Result<Arc<Ground>> {
    let ground = without_programme(product, clock, start).await?;
    super::ledger::publish(product, &ground.site).await?;
    Ok(ground)
}

/// A site at two places without a programme, as releases have it that know of none.
pub async fn without_programme(product: &Product, clock: Clock, start: Instant) -> Result<Arc<Ground>> {
    let site = product.site(&[widgets::nps(), widgets::csat(), widgets::ces()]).await?;
    let other = product.cloud.places.first().context("there is one place only")?.url();
    make(site.id, [product.url(), other], clock, start)
}

/// A site on a product with one place, and no programme.
pub async fn one_place(product: &Product, clock: Clock) -> Result<Arc<Ground>> {
    let site = product.site(&[widgets::nps()]).await?;
    make(site.id, [product.url(), product.url()], clock, Instant::now())
}

/// A site that is there already.
pub fn known(product: &Product, site: &str, clock: Clock) -> Result<Arc<Ground>> {
    make(site.to_owned(), [product.url(), product.url()], clock, Instant::now())
}

fn make(site: String, urls: [String; 2], clock: Clock, start: Instant) -> Result<Arc<Ground>> {
    Ok(Arc::new(Ground {
        site,
        urls,
        clock,
        began: clock.now(),
        client: Client::builder().timeout(Duration::from_secs(20)).build()?,
        start,
        record: Mutex::default(),
        version: AtomicU32::new(1),
        late: Mutex::default(),
    }))
}

/// Publishes another version of the nps widget.
pub async fn publish_again(product: &Product, ground: &Ground) -> Result<()> {
    let mut widget = widgets::nps();
    widget["label"] = json!("Recommendation, reworded");
    let path = format!("sites/{}/widgets/nps", ground.site);
    product.api(Method::PUT, &path, Some(&widget)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    ground.published(2);
    Ok(())
}
