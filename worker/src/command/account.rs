//! What the registry is asked about the owner's own access: sessions, and the key.

use rapport_core::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// Sessions and the key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Those that are open, the one used last first. Reply: `Vec<Open>`.
    Sessions,
    /// What was counted from a day on. Reply: `Vec<DayUse>`.
    Usage { from: Day },
    /// Ends the session of this id. Reply: nothing.
    End { id: String },
    /// Ends all but the session of this token. Reply: nothing.
    EndOthers { token: String },
    /// The key that was made on the dashboard, where there is one. Reply: `Option<Replaced>`.
    Key,
    /// Puts a new key in the place of the present one, if that was known, and ends all other sessions. Reply: nothing.
    Replace { right: bool, source: String, digest: String, over: String, token: String },
}

/// An open session, as far as it can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The beginning of the token's hash; the token cannot be told from it.
    pub id: String,
    pub opened: Timestamp,
    /// To within ten minutes.
    pub used: Timestamp,
    /// Such as `Firefox, Linux`.
    #[serde(default)]
    pub browser: String,
}

/// A key that was made on the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Its SHA-256.
    pub digest: String,
    /// The deployment's secret at that time: another one means that the deployment got a newer key.
    pub over: String,
    pub at: Timestamp,
}
