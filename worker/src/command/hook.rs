//! What a site's object is asked about hooks.

use rapport_core::hook::Hook;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Making, changing, trying and reading hooks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one at a time")]
pub enum Command {
    /// Reply: `Vec<Shown>`.
    List,
    /// A new hook, or the change of a known one, as long as that is what the form was `based_on`. `origin` is where the
    /// dashboard answers. Reply: [`Saved`].
    Save {
        id: Option<String>,
        hook: Hook,
        origin: String,
        #[serde(default)]
        based_on: Option<String>,
    },
    /// Sends nothing more, and forgets it once that can no longer be taken back. Reply: the hook that is gone, [`Shown`].
    Delete { id: String },
    /// Takes that back. Reply: [`Shown`].
    Restore { id: String },
    /// Stops sending, or goes on, also after it was stopped for failing. Reply: [`Shown`].
    Pause { id: String, paused: bool },
    /// A new secret; the old one signs too for a day. Reply: [`Saved`].
    Rotate { id: String },
    /// What was sent, newest first. Reply: `Vec<Delivery>`.
    Log { id: String },
    /// Sends something to try it, and waits for the outcome. Reply: [`Delivery`].
    Try { id: String, what: Trial },
}

/// What is sent on demand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trial {
    /// A word that it works.
    Test,
    /// The digest of the last seven days.
    Digest,
    /// A delivery of the log again.
    Again { delivery: String },
}

/// A hook as it is kept, in the object and under `h/{site}` in KV: with its secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub id: String,
    pub hook: Hook,
    /// The newest first.
    #[serde(default)]
    pub secrets: Vec<Secret>,
    /// Where the dashboard answers, for links.
    #[serde(default)]
    pub origin: String,
    pub created: Timestamp,
    #[serde(default)]
    pub paused: bool,
    /// Why it was stopped, if it was: a word of [`Delivery::why`].
    #[serde(default)]
    pub stopped: Option<String>,
    /// Since when it is deleted. KV keeps none of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Timestamp>,
}

/// A secret that signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// `whsec_` and Base64.
    pub value: String,
    /// Until then, where a newer one has taken its place.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

/// A hook as it is shown, without secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "KnownHook"))]
pub struct Shown {
    pub id: String,
    /// Its address is masked where it is as good as a password.
    pub hook: Hook,
    /// Whether a signing secret for Feishu is known.
    pub signs: bool,
    pub created: Timestamp,
    pub paused: bool,
    /// Why it was stopped, if it was.
    pub stopped: Option<String>,
    /// Since when every delivery has failed.
    pub failing: Option<Timestamp>,
    pub last: Option<Delivery>,
}

/// A hook that was saved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SavedHook"))]
pub struct Saved {
    pub hook: Shown,
    /// Told once, where it is new and the hook is a signed webhook.
    pub secret: Option<String>,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Delivery {
    /// The event's id, which the receiver gets as `webhook-id`.
    pub id: String,
    /// `response.completed` and so on; `test`.
    pub event: String,
    pub at: Timestamp,
    pub attempts: u32,
    /// When it is tried again, if ever.
    pub due: Option<Timestamp>,
    /// Nothing before the first attempt.
    pub ok: Option<bool>,
    pub status: Option<u16>,
    /// Milliseconds that the last attempt took.
    pub ms: Option<u32>,
    /// Why it failed: `status`, `redirect`, `timeout`, `network`, `refused`, `gone`, `erased`, `stopped`.
    pub why: Option<String>,
    /// What the receiver answered first.
    pub told: String,
}
