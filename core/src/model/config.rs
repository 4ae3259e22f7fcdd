//! A site with all its widgets and their versions: what the object holds, and what KV keeps under `c/{site}`.

use serde::{Deserialize, Serialize};

use crate::loyalty::program;
use crate::model::site::Site;
use crate::model::widget::{Kind, Widget};
use crate::time::Timestamp;

/// Everything configured for a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Config {
    /// Rises with every change; the manifest's cache key.
    pub revision: u32,
    pub site: Site,
    pub widgets: Vec<Record>,
    /// The loyalty programme, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loyalty: Option<program::Record>,
}

/// One widget through its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    pub state: State,
    /// What is being edited and has not been published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Widget>,
    /// Oldest first.
    pub versions: Vec<Version>,
}

/// One published version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Version {
    /// From 1.
    pub number: u32,
    pub published: Timestamp,
    pub widget: Widget,
}

/// Whether a widget is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Never published.
    Draft,
    /// Shown, and answers are taken.
    Live,
    /// Not shown for now; late answers are still taken.
    Paused,
    /// Not shown any more; late answers are still taken.
    Ended,
}

impl Config {
    /// The record of the widget called `name`.
    pub fn record(&self, name: &str) -> Option<&Record> {
        self.widgets.iter().find(|record| record.name() == Some(name))
    }

    /// A published version of a widget.
    pub fn version(&self, name: &str, number: u32) -> Option<&Widget> {
        self.record(name)?.versions.iter().find(|version| version.number == number).map(|version| &version.widget)
    }

    /// What visitors see: the newest version of every live widget. A badge has nothing to show before there is a programme, nor a leaderboard where it has none.
    pub fn live(&self) -> impl Iterator<Item = &Version> {
        let program = self.loyalty.as_ref().and_then(|record| record.live.as_ref()).map(|live| &live.program);
        let live = self.widgets.iter().filter(|record| record.state == State::Live);
        live.filter_map(|record| record.versions.last()).filter(move |version| match version.widget.kind {
            Kind::Loyalty => program.is_some(),
            Kind::Leaderboard => program.is_some_and(|program| program.leaderboard),
            _ => true,
        })
    }
}

impl Record {
    /// The widget's name.
    pub fn name(&self) -> Option<&str> {
        let newest = self.versions.last().map(|version| &version.widget);
        self.draft.as_ref().or(newest).map(|widget| widget.name.as_str())
    }

    /// Whether it only tells: nobody answers it, so no rate of answers is about it.
    pub fn only_tells(&self) -> bool {
        let newest = self.versions.last().map(|version| &version.widget);
        newest.or(self.draft.as_ref()).is_some_and(|widget| !widget.kind.asks())
    }
}
