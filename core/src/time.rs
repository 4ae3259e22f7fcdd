//! Moments and days. Nothing here knows what time it is.

use core::fmt;

use crate::scan::{integer, push_digits};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Timestamp(pub i64);

/// Days since 1970-01-01, in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The UTC day that this moment falls on.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(DAY_MS)).unwrap_or(i32::MAX))
    }

    /// The moment `ms` milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl Day {
    /// The day's first moment.
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0) * DAY_MS)
    }

    /// The day `days` later.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Reads `2026-11-22`, from year 0001 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes() else {
            return None;
        };
        let part = |from: usize, to: usize| integer(text.get(from..to)?).filter(|part| *part >= 0);
        let (year, month, day) = (part(0, 4)? as i32, part(5, 7)? as u32, part(8, 10)? as u32);
        let parsed = Self::from_civil(year, month, day);
        // A date that does not exist, such as 02-30, comes back as another one.
        (year >= 1 && parsed.civil() == (year, month, day)).then_some(parsed)
    }

    /// As [`Day::parse`] reads it.
    pub fn to_text(self) -> String {
        let (year, month, day) = self.civil();
        let mut text = String::new();
        push_digits(&mut text, i64::from(year), 4);
        for part in [month, day] {
            text.push('-');
            push_digits(&mut text, i64::from(part), 2);
        }
        text
    }

    /// Year, month 1–12, day of month 1–31 (proleptic Gregorian). Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `civil_from_days`.
    pub const fn civil(self) -> (i32, u32, u32) {
        let z = self.0 as i64 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + if month <= 2 { 1 } else { 0 };
        (year as i32, month as u32, day as u32)
    }

    /// The day of a civil date; Hinnant's `days_from_civil`.
    pub const fn from_civil(year: i32, month: u32, day: u32) -> Self {
        let y = year as i64 - if month <= 2 { 1 } else { 0 };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let mp = (month as i64 + 9) % 12;
        let doy = (153 * mp + 2) / 5 + day as i64 - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Self((era * 146_097 + doe - 719_468) as i32)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

#[cfg(feature = "server")]
impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "server")]
impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date of the form 2026-11-22"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        for (text, days) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-22", 20_779), ("1969-12-31", -1)] {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
            assert_eq!(Day(days).to_string(), text);
        }
        for text in ["2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01 ", "0000-01-01", "x"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Timestamp(-1).day(), Day(-1));
        assert_eq!(Day(1).start(), Timestamp(86_400_000));
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(days in -719_162..2_932_896i32) {
            prop_assert_eq!(Day::parse(&Day(days).to_string()), Some(Day(days)));
        }
    }
}
