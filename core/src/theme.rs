//! Colours: one accent from the owner, and everything readable around it computed.
//!
//! Contrast is that of WCAG 2.2: 4.5 : 1 for text (1.4.3), 3 : 1 for what must be told apart (1.4.11).

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::model::appearance::{Appearance, Density, Scheme};

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// Contrast that text needs.
pub const TEXT: f64 = 4.5;
/// Contrast of what must be told apart without reading.
pub const DISTINCT: f64 = 3.0;
/// The card in light surroundings.
pub const LIGHT: Color = Color::rgb(0xff, 0xff, 0xff);
/// The card in dark surroundings.
pub const DARK: Color = Color::rgb(0x1b, 0x1c, 0x20);
/// The accent where the owner chose none.
pub const ACCENT: Color = Color::rgb(0x2f, 0x5f, 0xe0);

const BLACK: Color = Color::rgb(0, 0, 0);

/// The custom properties of an appearance, as declarations without braces. What the appearance leaves open is left out:
/// the style sheet has a default for each.
///
/// `--accent` fills buttons, stars and chosen points, `--on-accent` is text on it, `--edge` is the accent as far moved towards
/// black or white as it takes to be read on the card: text, outlines, stars. The page may override the first two by
/// `--rapport-accent` and `--rapport-on-accent`.
pub fn variables(appearance: &Appearance) -> String {
    let mut css = String::new();
    if let Some(accent) = appearance.accent {
        let fills = [accent.fill_on(LIGHT), accent.fill_on(DARK)];
        let edges = [LIGHT, DARK].map(|card| accent.readable_on(card));
        css += &format!("--accent:var(--rapport-accent,{});", either(fills));
        css += &format!("--on-accent:var(--rapport-on-accent,{});", either(fills.map(Color::text_on)));
        css += &format!("--edge:var(--rapport-edge,{});", either(edges));
    }
    if let Some(radius) = appearance.radius {
        css += &format!("--radius:var(--rapport-radius,{}px);", radius.min(32));
    }
    if appearance.inherit_font == Some(true) {
        css += "font-family:inherit;";
    }
    match appearance.scheme {
        Some(Scheme::Light) => css += "color-scheme:light;",
        Some(Scheme::Dark) => css += "color-scheme:dark;",
        Some(Scheme::Auto) | None => {}
    }
    if appearance.density == Some(Density::Compact) {
        css += "--gap:.75rem;";
    }
    css
}

/// The one colour, or one for light and one for dark surroundings.
fn either([light, dark]: [Color; 2]) -> String {
    if light == dark { light.to_string() } else { format!("light-dark({light},{dark})") }
}

impl Color {
    const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#rrggbb`, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self { red, green, blue })
    }

    /// Relative luminance, 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio with `other`, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// White where it can be read on this colour, else black. One of them always can: the worst background leaves
    /// 4.58 : 1 for both.
    pub fn text_on(self) -> Self {
        if self.contrast(LIGHT) >= TEXT { LIGHT } else { BLACK }
    }

    /// This colour, moved towards black or white just as far as text of it on `background` needs.
    #[must_use]
    pub fn readable_on(self, background: Self) -> Self {
        self.moved(background, TEXT)
    }

    /// This colour as a fill on `background`, such as a button or a star. In light surroundings it stays what the owner
    /// chose, since its edge can be seen, unless it is next to nothing; dark ones need it lighter as a rule.
    fn fill_on(self, background: Self) -> Self {
        let least = if background.text_on() == LIGHT { DISTINCT } else { 1.25 };
        self.moved(background, least)
    }

    /// Moved towards black or white until its contrast with `background` is at least `least`.
    fn moved(self, background: Self, least: f64) -> Self {
        let towards = background.text_on();
        let mut mixes = (0..=100_u32).map(|step| self.mix(towards, step));
        mixes.find(|mixed| mixed.contrast(background) >= least).unwrap_or(towards)
    }

    /// `percent` of `other` mixed in.
    fn mix(self, other: Self, percent: u32) -> Self {
        let channel = |from: u8, to: u8| {
            let sum = u32::from(from) * (100 - percent.min(100)) + u32::from(to) * percent.min(100);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self::rgb(channel(self.red, other.red), channel(self.green, other.green), channel(self.blue, other.blue))
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl TryFrom<String> for Color {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a colour of the form #1a2b3c")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_read_and_written() {
        let color = Color { red: 0x1a, green: 0x2b, blue: 0xff };
        assert_eq!(Color::parse("#1A2Bff"), Some(color));
        assert_eq!(color.to_string(), "#1a2bff");
        for text in ["", "#fff", "1a2bff", "#1a2bfg", "#+a2bff", "#1a2bff00", "red"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(LIGHT) - 21.0).abs() < 1e-9);
        assert!((Color::rgb(0x76, 0x76, 0x76).contrast(LIGHT) - 4.54).abs() < 0.01);
        assert!((LIGHT.contrast(LIGHT) - 1.0).abs() < 1e-9);
    }

    /// Every accent on a lattice of 18 steps a channel, which holds the corners, and by the property test below any other.
    #[test]
    fn every_accent_is_readable() {
        let steps = || (0..=255_u8).step_by(15);
        for (red, green, blue) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            readable(Color::rgb(red, green, blue));
        }
    }

    fn readable(accent: Color) {
        assert!(accent.contrast(accent.text_on()) >= TEXT, "text on {accent}");
        for card in [LIGHT, DARK] {
            assert!(accent.readable_on(card).contrast(card) >= TEXT, "{accent} on {card}");
            let fill = accent.fill_on(card);
            assert!(fill.contrast(fill.text_on()) >= TEXT, "text on {fill}");
            assert!(card == LIGHT || fill.contrast(card) >= DISTINCT, "{fill} on {card}");
        }
    }

    #[test]
    fn an_accent_that_can_be_read_stays_as_it_is() {
        assert_eq!(ACCENT.readable_on(LIGHT), ACCENT);
        assert_eq!(ACCENT.text_on(), LIGHT);
        assert_eq!([ACCENT.fill_on(LIGHT), ACCENT.fill_on(DARK)], [ACCENT; 2]);
    }

    #[test]
    fn variables_name_only_what_the_owner_chose() {
        assert_eq!(variables(&Appearance::default()), "");
        let css =
            variables(&Appearance { accent: Color::parse("#ffd400"), radius: Some(200), ..Appearance::default() });
        assert!(
            css.contains("--accent:var(--rapport-accent,#ffd400);--on-accent:var(--rapport-on-accent,#000000);"),
            "{css}"
        );
        assert!(css.contains(",32px)"), "{css}");
    }

    proptest! {
        #[test]
        fn any_accent_is_readable(red: u8, green: u8, blue: u8) {
            readable(Color::rgb(red, green, blue));
        }
    }
}
