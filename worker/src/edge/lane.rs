//! The lane beside: where a site's object cannot be reached, its deliveries wait in KV, and are fed to it later through
//! the same door. Feeding twice is harmless, as every delivery is.

use std::cell::Cell;

use rapport_core::delivery::Receipt;
use rapport_core::name::SiteId;
use worker::{Env, console_error};

use crate::command::{Accepted, Command, Ingest, Who};
use crate::json;
use crate::link;
use crate::problem::Fail;
use crate::store::{self, Key};

/// Deliveries fed at one go.
const MOST: u32 = 50;
/// Revisions before the one at hand that are looked for.
const REVISIONS: u32 = 4;

thread_local! {
    /// Whether this isolate put something into the lane that may still be there.
    static USED: Cell<bool> = const { Cell::new(false) };
}

/// Whether feeding is worth a try.
pub fn used() -> bool {
    USED.get()
}

/// Puts `delivery` aside; without what tells the visitor, as addresses are never stored.
///
/// # Errors
/// Where KV fails too: then it is the device's turn to keep it.
pub async fn put(env: &Env, site: &SiteId, delivery: Ingest) -> Result<Accepted, Fail> {
    let Some(response) = &delivery.response else {
        // Views are best effort.
        return Ok(Accepted { aside: true, ..Accepted::default() });
    };
    let receipt = Receipt {
        id: response.id.clone(),
        revision: response.revision,
        duplicate: false,
        result: None,
        told: Vec::new(),
    };
    let key = store::lane_key(site, &response.id, response.revision);
    let kept = Ingest {
        who: Who { device: delivery.who.device.clone(), privacy: delivery.who.privacy, ..Who::default() },
        ..delivery
    };
    store::write(env, &key, &serde_json::to_string(&kept)?, None).await?;
    USED.set(true);
    Ok(Accepted { receipt: Some(receipt), aside: true, ..Accepted::default() })
}

/// Feeds what waits, of one site or of all, to its objects. What cannot be fed stays for the next time.
pub async fn feed(env: &Env, site: Option<&SiteId>) {
    USED.set(false);
    let keys = match store::list(env, &store::lane_prefix(site), None, MOST).await {
        Ok(page) => page.keys,
        Err(setback) => {
            console_error!("lane: {setback}");
            USED.set(true);
            return;
        }
    };
    for Key { name: key, .. } in keys {
        // One site's trouble is not another's.
        if let Err(fail) = feed_one(env, &key).await {
            console_error!("lane: {key}: {fail}");
            USED.set(true);
        }
    }
}

/// Feeds what waits of one answer, so that the object knows of it. Read by its keys: lists lag, and are few a day.
///
/// # Errors
/// Where it cannot be told whether there is anything, or the object cannot be reached.
pub async fn feed_of(env: &Env, site: &SiteId, delivery: &Ingest) -> Result<(), Fail> {
    let Some(response) = &delivery.response else { return Ok(()) };
    let earliest = response.revision.saturating_sub(REVISIONS).max(1);
    let keys: Vec<String> =
        (earliest..=response.revision).map(|revision| store::lane_key(site, &response.id, revision)).collect();
    for (key, text) in keys.iter().zip(store::read_many(env, &keys).await?) {
        if let Some(text) = text {
            hand_in(env, site, key, &text).await?;
        }
    }
    Ok(())
}

/// 1. Read it.
/// 2. Hand it to the object.
/// 3. Only then remove it. What could not be removed is fed again, and is a duplicate then.
async fn feed_one(env: &Env, key: &str) -> Result<(), Fail> {
    let site = key.split('/').nth(1).and_then(|id| SiteId::parse(id).ok());
    let (Some(site), Some(text)) = (site, store::read(env, key).await?) else { return Ok(()) };
    hand_in(env, &site, key, &text).await
}

async fn hand_in(env: &Env, site: &SiteId, key: &str, text: &str) -> Result<(), Fail> {
    let delivery = Ingest { acknowledged: true, ..json::read(text)? };
    link::site::<Accepted>(env, site, &Command::Ingest(Box::new(delivery))).await?;
    Ok(store::remove(env, key).await?)
}
