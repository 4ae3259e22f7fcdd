//! Who visits.

use super::rng::Rng;

/// A visitor. Some come back, under the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// 32 hex digits, as the browser keeps them.
    pub id: String,
    /// What they write in.
    pub language: &'static str,
    /// What the widget says it in: the closest of the languages that the shop offers.
    pub locale: &'static str,
    pub country: &'static str,
    pub device: &'static str,
}

/// People who write one language.
struct Group {
    share: u32,
    language: &'static str,
    locale: &'static str,
    countries: &'static [&'static str],
}

const GROUPS: [Group; 7] = [
    Group {
        share: 600,
        language: "en",
        locale: "en",
        countries: &["GB", "GB", "GB", "GB", "US", "US", "US", "IE", "CA", "AU", "NL", "SE", "IN"],
    },
    Group { share: 130, language: "de", locale: "de", countries: &["DE", "DE", "DE", "AT", "CH"] },
    Group { share: 130, language: "zh", locale: "zh-CN", countries: &["CN", "CN", "SG", "MY", "GB"] },
    Group { share: 50, language: "fr", locale: "en", countries: &["FR", "FR", "BE", "CA"] },
    Group { share: 40, language: "ja", locale: "en", countries: &["JP"] },
    Group { share: 30, language: "ar", locale: "ar", countries: &["AE", "JO", "EG", "MA"] },
    Group { share: 20, language: "es", locale: "en", countries: &["ES", "MX"] },
];

impl Person {
    pub fn new(rng: &mut Rng) -> Self {
        let shares = GROUPS.each_ref().map(|group| group.share);
        let chosen = rng.weighted(&shares);
        let [first, ..] = &GROUPS;
        let group = GROUPS.get(chosen).unwrap_or(first);
        let device = match rng.below(100) {
            0..52 => "phone",
            52..60 => "tablet",
            _ => "desktop",
        };
        Self {
            id: rng.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect(),
            language: group.language,
            locale: group.locale,
            country: rng.pick(group.countries).copied().unwrap_or("GB"),
            device,
        }
    }
}
