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
        return Ok(Accepted::default());
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
    Ok(Accepted { receipt: Some(receipt), aside: true })
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

/// 1. Read it.
/// 2. Hand it to the object.
/// 3. Only then remove it. What could not be removed is fed again, and is a duplicate then.
async fn feed_one(env: &Env, key: &str) -> Result<(), Fail> {
    let site = key.split('/').nth(1).and_then(|id| SiteId::parse(id).ok());
    let (Some(site), Some(text)) = (site, store::read(env, key).await?) else { return Ok(()) };
    let delivery: Ingest = json::read(&text)?;
    link::site::<Accepted>(env, &site, &Command::Ingest(Box::new(delivery))).await?;
    Ok(store::remove(env, key).await?)
}
