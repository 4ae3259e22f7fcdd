//! Where a widget appears.

use serde::{Deserialize, Serialize};

use crate::model::nothing_else;
use crate::model::text::Text;

/// Where a widget appears on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Placement {
    /// Where the page says `<rapport-widget name="…">`.
    #[serde(deserialize_with = "nothing_else")]
    Inline,
    /// A card in a corner.
    Popover {
        #[serde(default)]
        corner: Corner,
    },
    /// A tab at the edge that opens a panel.
    Tab {
        /// The tab's own words.
        label: Text,
        #[serde(default)]
        side: Side,
    },
    /// A dialog in the middle, above everything.
    #[serde(deserialize_with = "nothing_else")]
    Modal,
    /// A bar across the page.
    Bar {
        #[serde(default)]
        edge: Edge,
    },
}

/// A corner of the window; start and end follow the direction of the script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    TopStart,
    TopEnd,
    BottomStart,
    #[default]
    BottomEnd,
}

/// A side of the window; start and end follow the direction of the script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Start,
    #[default]
    End,
}

/// Top or bottom of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    Top,
    #[default]
    Bottom,
}
