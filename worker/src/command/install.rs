//! Where a site's tag was seen.

use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is asked of a site's object.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Notes that a page was seen. Reply: nothing.
    Seen(Seen),
    /// The newest first. Reply: `Vec<Sighting>`.
    Sightings,
}

/// A page that carries the tag, as a request told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub origin: String,
    #[serde(default)]
    pub page: String,
    #[serde(default)]
    pub what: What,
}

/// What the page did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It asked for the script.
    #[default]
    Script,
    /// It sent views or an answer, which were taken.
    Delivery,
    /// What it sent was refused, as its origin is not on the list.
    Origin,
    /// What it sent was refused, as it is about a widget or version that is not known.
    Widget,
}

/// All that is known of one origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sighting {
    pub origin: String,
    /// The page that was seen last, as far as the browser tells it.
    pub page: String,
    /// When its page last asked for the script, and last sent something that was taken.
    pub script: Option<Timestamp>,
    pub delivery: Option<Timestamp>,
    /// What was refused last, and when.
    pub refused: Option<(What, Timestamp)>,
}

impl Sighting {
    /// When anything was last seen of it.
    pub fn last(&self) -> Option<Timestamp> {
        [self.script, self.delivery, self.refused.map(|(_, at)| at)].into_iter().flatten().max()
    }
}
