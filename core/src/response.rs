//! A response as it is kept: the JSON value under `r/{site}/{day}/{id}` in KV. It carries its own count keys, so the
//! counts can be rebuilt from KV without knowing any widget's definition.

mod accept;
mod keys;
mod metadata;
mod score;

use serde::{Deserialize, Serialize};

use crate::answer::Field;
use crate::name::{Name, SiteId};
use crate::summary::Counted;
use crate::time::{Day, Timestamp};

pub use accept::{Arrival, bare_page};
pub use keys::keys;
pub use metadata::Metadata;
pub use score::{Mood, measure_word};

/// One stored response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Response {
    /// The format of this value: 1.
    pub v: u8,
    pub id: String,
    pub site: SiteId,
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    pub revision: u32,
    pub complete: bool,
    /// The valid answers on the walked path, as form fields.
    pub answers: Vec<Field>,
    /// What it adds to the counts: `seen`, `started`, `answered`, `completed`, `q/nps/9`, …
    pub keys: Vec<String>,
    pub active_ms: u32,
    pub page: String,
    pub locale: String,
    pub device: String,
    /// ISO 3166-1, as Cloudflare sees the address; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// The visitor's id under the site's privacy mode.
    pub visitor: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Field>,
    /// Reasons for doubt: `trap`, `fast`, `burst`. Tagged, never dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// `nps/bad` and the like, by what was measured; empty where nothing was, or where it was accepted before this was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// When the first revision arrived.
    pub received: Timestamp,
}

impl Response {
    /// The UTC day in its id: the same for every retry and revision, whenever they arrive.
    pub fn day(&self) -> Option<Day> {
        crate::id::moment(&self.id).map(Timestamp::day)
    }

    /// The part of it that counts.
    pub fn counted(&self) -> Option<Counted> {
        Some(Counted {
            day: self.day()?,
            widget: self.widget.clone(),
            version: self.version,
            variant: self.variant.clone(),
            revision: self.revision,
            complete: self.complete,
            keys: self.keys.clone(),
        })
    }
}

#[cfg(test)]
pub mod tests;
