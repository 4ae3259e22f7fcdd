//! The site as the owner describes it.

use serde::{Deserialize, Serialize};

use crate::attention::Attention;
use crate::model::appearance::Appearance;
use crate::model::text::Locale;
use crate::name::SiteId;
use crate::time::Timestamp;

/// One site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    pub id: SiteId,
    pub name: String,
    /// Where its widgets may be embedded: `https://example.com`, no path. The hosted pages always work.
    pub origins: Vec<String>,
    /// The language of texts given in one language, and of visitors whose own is not offered.
    pub locale: Locale,
    #[serde(default)]
    pub appearance: Appearance,
    #[serde(default)]
    pub privacy: Privacy,
    #[serde(default)]
    pub attention: Attention,
    /// Whether anybody may see the badge with the satisfaction rate.
    #[serde(default)]
    pub public_badge: bool,
    /// After how many days responses are deleted; their counts stay. Nothing: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// When everything of it goes for good, once it was deleted; until then that can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
}

impl Site {
    /// A new one: everything that was not asked for is as most want it.
    pub fn new(id: SiteId, name: String, origins: Vec<String>, locale: Locale) -> Self {
        Self {
            id,
            name,
            origins,
            locale,
            appearance: Appearance::default(),
            privacy: Privacy::default(),
            attention: Attention::default(),
            public_badge: false,
            retention_days: None,
            ends: None,
        }
    }

    /// Whether it is gone for good: what it had is being deleted, and nothing brings it back.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends.is_some_and(|ends| ends <= now)
    }
}

/// How visitors are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Privacy {
    /// By an HMAC of address and agent under a salt that is drawn daily and deleted within 48 hours. Nothing is kept
    /// on the device but unsent answers and what was asked when.
    #[default]
    Daily,
    /// By a random id in the page's localStorage, so that returning visitors are known on that site.
    Device,
}
