//! Who is asked, where and when. An empty targeting lets everybody in at once.
//!
//! Pages are matched by path, without query, percent-decoded, with or without a closing slash. In a pattern `*` stands for
//! anything within one segment, `**` for anything at all, and a closing `/**` for the page itself and everything below it. A
//! pattern with `#` is matched against path and fragment (`/app#/settings/*`), for pages that route by fragment.

mod codec;
mod decide;
mod glob;

pub use codec::Garbled;
pub use decide::{Decision, Event, Gate, Outcome, Situation, decide, lot};
pub use glob::matches;

use crate::decimal::Decimal;
use crate::name::Name;
use crate::time::Day;

/// Every gate between a visitor and a widget. All of them must open; of the triggers (`delay_seconds`, `scroll_percent`,
/// `exit_intent`, `click`, `event`) any one suffices, and with none the widget is shown at once.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Targeting {
    /// Only on these pages, where any are named.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Vec::is_empty"))]
    pub pages: Vec<String>,
    /// Never on these pages.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Vec::is_empty"))]
    pub not_pages: Vec<String>,
    /// Trigger: so long after the page came up.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub delay_seconds: Option<u32>,
    /// Trigger: so much of the page scrolled through, 1 to 100.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub scroll_percent: Option<u8>,
    /// Trigger: the pointer leaves for the tabs, or a phone's user scrolls back up fast.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "is_false"))]
    pub exit_intent: bool,
    /// Trigger: a click on what this CSS selector names.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub click: Option<String>,
    /// Trigger: the page reports this with `rapport.track`.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub event: Option<EventFilter>,
    /// Only on these, where any are named.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Vec::is_empty"))]
    pub devices: Vec<Device>,
    /// Only in these languages, where any are named; `pt` includes `pt-BR`.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Vec::is_empty"))]
    pub languages: Vec<String>,
    /// Only people who are here for the first time, or only those who are not.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub visitors: Option<Visitors>,
    /// Only from this visit on, counting the present one.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub min_visits: Option<u32>,
    /// Only people of whom all this is true.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Vec::is_empty"))]
    pub traits: Vec<Filter>,
    /// Only this share of people, drawn once for each, 1 to 100.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub sample_percent: Option<u8>,
    /// How often one person sees it. Left open, what interrupts is shown until answered, and what is part of the page always.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub frequency: Option<Frequency>,
    /// Shown even while the site's attention budget is spent.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "is_false"))]
    pub ignore_budget: bool,
    /// First day, in UTC.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub from: Option<Day>,
    /// Last day, in UTC.
    #[cfg_attr(feature = "server", serde(skip_serializing_if = "Option::is_none"))]
    pub until: Option<Day>,
}

/// An event that the page reports, and what must be true of its properties.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct EventFilter {
    /// What the page calls it.
    pub name: Name,
    /// What must be true of its properties.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub filters: Vec<Filter>,
}

/// A test of one trait or property. Whatever is set must hold; with nothing set, it must merely be there.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Filter {
    /// The trait or property.
    pub name: Name,
    /// Its value is one of these, where any are given.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub is: Vec<String>,
    /// Its value is none of these; a missing one passes.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub is_not: Vec<String>,
    /// It is a number and at least this.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub at_least: Option<Decimal>,
    /// It is a number and at most this.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "Option::is_none"))]
    pub at_most: Option<Decimal>,
    /// It is not there at all.
    #[cfg_attr(feature = "server", serde(default, skip_serializing_if = "is_false"))]
    pub missing: bool,
}

/// What somebody browses on, by the width of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Device {
    /// Narrower than 600 CSS pixels.
    Phone,
    /// Narrower than 1,024.
    Tablet,
    /// Anything wider.
    Desktop,
}

/// Whether somebody has been here before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Visitors {
    /// On their first visit.
    New,
    /// On a later one.
    Returning,
}

/// How often one person sees a widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Frequency {
    /// Whenever the other gates open.
    Always,
    /// One time, answered or not.
    Once,
    /// Until they answered.
    UntilAnswered,
    /// Again so many days after they last saw or answered it.
    EveryDays(u16),
}

impl Targeting {
    /// Whether it lets everybody in at once.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Device {
    /// Every device, narrowest first.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Desktop];

    /// The device whose window is `width` CSS pixels wide.
    pub const fn of_width(width: u32) -> Self {
        match width {
            0..600 => Self::Phone,
            600..1024 => Self::Tablet,
            _ => Self::Desktop,
        }
    }

    /// Its word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
        }
    }

    /// The device of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|device| device.as_str() == word)
    }
}

#[cfg(feature = "server")]
fn is_false(value: &bool) -> bool {
    !value
}
