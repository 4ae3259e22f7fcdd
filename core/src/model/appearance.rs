//! How a widget looks.

use serde::{Deserialize, Serialize};

use crate::theme::Color;

/// How a widget looks. What is not set follows the site's, then the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Appearance {
    /// The one colour of buttons and chosen options; readable text on it is computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Color>,
    /// Roundness of corners in pixels, 0 to 32.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<u8>,
    /// Use the page's own font.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherit_font: Option<bool>,
    /// Light, dark, or whatever the page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Scheme>,
    /// How much room things take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<Density>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// The page's `color-scheme`, else the system's wish.
    #[default]
    Auto,
    Light,
    Dark,
}

/// How much room things take; targets stay 44 pixels either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

impl Appearance {
    /// This appearance, with what it leaves open taken from `site`.
    #[must_use]
    pub fn over(&self, site: &Self) -> Self {
        Self {
            accent: self.accent.or(site.accent),
            radius: self.radius.or(site.radius),
            inherit_font: self.inherit_font.or(site.inherit_font),
            scheme: self.scheme.or(site.scheme),
            density: self.density.or(site.density),
        }
    }
}
