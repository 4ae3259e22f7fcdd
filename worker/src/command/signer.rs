//! What a site's object is asked about the secrets that sign who somebody is.

use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Making, listing and ending secrets, and trying a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Reply: [`Signers`].
    List,
    /// A new secret; the one before signs too for a week. Reply: [`Made`].
    Make,
    /// Ends a secret at once. Reply: [`Signers`].
    End { id: String },
    /// Whether a token would be taken, and if not, why. Reply: [`Checked`].
    Check { token: String },
}

/// The secrets, without themselves, and what was refused lately.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Signers {
    /// The newest first; two at most.
    pub secrets: Vec<Known>,
    /// Of visitors' tokens, in the last seven days, the latest first.
    pub refused: Vec<Refused>,
}

/// A secret that signs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "KnownSecret"))]
pub struct Known {
    pub id: String,
    pub created: Timestamp,
    /// Until then, where a newer one has taken its place.
    pub until: Option<Timestamp>,
}

/// Tokens that were refused for one reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "RefusedToken"))]
pub struct Refused {
    /// `no_secret`, `too_long`, `malformed`, `algorithm`, `signature`, `claims`, `site`, `member`, `early`, `expired` or `life`.
    pub why: String,
    /// The last time.
    pub at: Timestamp,
}

/// A new secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MadeSecret"))]
pub struct Made {
    /// Told this once.
    pub secret: String,
    pub signers: Signers,
}

/// What a token is good for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CheckedToken"))]
pub struct Checked {
    /// Why it is not valid, as in `refused`; nothing where it is.
    pub why: Option<String>,
    /// Whom it names.
    pub member: String,
    pub until: Option<Timestamp>,
}
