//! What the owner configures: a site, its widgets, their versions. Read strictly: a field that nobody knows is an
//! error, so a typing mistake never silently switches something off.

pub mod site;
pub mod widget;
pub mod question;
pub mod text;
mod texts;
pub mod appearance;
pub mod placement;
pub mod config;
mod check;

use serde::{Deserialize, Deserializer};

/// For variants without fields: serde's `deny_unknown_fields` overlooks these.
fn nothing_else<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}

    Nothing::deserialize(deserializer).map(|Nothing {}| ())
}
