//! Numbers as people type them: at most four decimals, held as an integer. Floating point would cost a widget 14 KB of
//! parsing and printing, and would make 0.1 + 0.2 a question.

use core::fmt;
use core::str::FromStr;

use crate::scan::push_digits;

/// A number in ten-thousandths, within ±10¹².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

const ONE: i64 = 10_000;
const MAX: i64 = 1_000_000_000_000 * ONE;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// From ten-thousandths, if within ±10¹².
    pub const fn from_ten_thousandths(raw: i64) -> Option<Self> {
        if raw >= -MAX && raw <= MAX { Some(Self(raw)) } else { None }
    }

    /// In ten-thousandths.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// The whole number, where it is one.
    pub const fn whole(self) -> Option<i64> {
        if self.0 % ONE == 0 { Some(self.0 / ONE) } else { None }
    }

    /// Its first two digits, the rest as zeros: 1,234 as 1,200.
    #[cfg(feature = "server")]
    #[must_use]
    pub const fn two_digits(self) -> Self {
        Self(self.0 - self.0 % Self::precision(self.0))
    }

    /// What the second digit of `raw` counts, in ten-thousandths.
    #[cfg(feature = "server")]
    pub(crate) const fn precision(raw: i64) -> i64 {
        let mut precision = 1;
        while (raw / precision).abs() >= 100 {
            precision *= 10;
        }
        precision
    }

    /// `self + other`, within bounds.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_ten_thousandths(self.0 + other.0)
    }

    /// `self − other`, within bounds.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::from_ten_thousandths(self.0 - other.0)
    }

    /// `self × other`, rounded towards zero, within bounds.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // In halves, because a product of two numbers of ours takes more than 64 bits and a division of 128 bits takes a
        // kilobyte. All three terms have the sign of the product, so each may be rounded by itself.
        let (whole, part) = (self.0 / ONE, self.0 % ONE);
        let (other_whole, other_part) = (other.0 / ONE, other.0 % ONE);
        let parts = part * other_whole + part * other_part / ONE;
        // Twice what is allowed is still far from what 64 bits hold.
        let fits = whole as f64 * other.0 as f64;
        if fits.abs() > 2.0 * MAX as f64 { None } else { Self::from_ten_thousandths(whole * other.0 + parts) }
    }

    /// `self ÷ other`, rounded towards zero; nothing is divisible by zero.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        // By hand, digit for digit, for the same reason.
        let mut quotient = self.0.checked_div(other.0)?;
        let mut rest = self.0 % other.0;
        for _ in 0..4 {
            if quotient.abs() > MAX {
                return None;
            }
            rest *= 10;
            quotient = quotient * 10 + rest / other.0;
            rest %= other.0;
        }
        Self::from_ten_thousandths(quotient)
    }

    /// As people write it: `-12.5`.
    pub fn to_text(self) -> String {
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        let raw = self.0.abs();
        push_digits(&mut text, raw / ONE, 1);
        let mut rest = raw % ONE;
        if rest > 0 {
            let mut width = 4;
            while rest % 10 == 0 {
                rest /= 10;
                width -= 1;
            }
            text.push('.');
            push_digits(&mut text, rest, width);
        }
        text
    }
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self(i64::from(whole) * ONE)
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i64::from(whole) * ONE)
    }
}

/// The text is not a number of the form `-12.3456` within ±10¹².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut raw: i64 = 0;
        let mut decimals: Option<u32> = None;
        let mut any = false;
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    if let Some(count) = decimals.as_mut() {
                        *count += 1;
                        if *count > 4 {
                            return Err(NotADecimal);
                        }
                    }
                    if raw > MAX {
                        return Err(NotADecimal);
                    }
                    raw = raw * 10 + i64::from(byte - b'0');
                }
                b'.' if decimals.is_none() && any => decimals = Some(0),
                _ => return Err(NotADecimal),
            }
        }
        if !any || decimals == Some(0) {
            return Err(NotADecimal);
        }
        for _ in decimals.unwrap_or(0)..4 {
            if raw > MAX {
                return Err(NotADecimal);
            }
            raw *= 10;
        }
        Self::from_ten_thousandths(if negative { -raw } else { raw }).ok_or(NotADecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// A JSON number; a string for the few that a double cannot hold exactly.
#[cfg(feature = "server")]
impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: u64 = 1_000_000_000_000_000;
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None if self.0.unsigned_abs() < EXACT => serializer.serialize_f64(self.0 as f64 / ONE as f64),
            None => serializer.collect_str(self),
        }
    }
}

/// A JSON number or a string.
#[cfg(feature = "server")]
impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl serde::de::Visitor<'_> for Reader {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number with at most four decimals, within ±10¹²")
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Decimal, E> {
                self.visit_str(&value.to_string())
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Decimal, E> {
                self.visit_str(&value.to_string())
            }

            // What the owner typed is the one number of ours whose nearest double this is.
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Decimal, E> {
                let raw = (value * ONE as f64).round();
                let ours = Decimal::from_ten_thousandths(raw as i64).filter(|_| raw / ONE as f64 == value);
                ours.ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(value), &self))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse().map_err(|NotADecimal| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, raw) in
            [("0", 0), ("-0", 0), ("7", 70_000), ("-1.5", -15_000), ("0.0001", 1), ("1000000000000", MAX)]
        {
            assert_eq!(text.parse::<Decimal>().map(Decimal::ten_thousandths), Ok(raw), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "1e3",
            "0.00001",
            "+1",
            "1 ",
            "1,5",
            "1000000000001",
            "99999999999999999999",
            "１",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "server")]
    fn json_numbers_and_strings_are_read() {
        for (json, raw) in
            [("1", Some(10_000)), ("0.1", Some(1_000)), ("\"-2.5\"", Some(-25_000)), ("5.0", Some(50_000))]
        {
            assert_eq!(serde_json::from_str::<Decimal>(json).ok().map(Decimal::ten_thousandths), raw, "{json}");
        }
        for json in ["0.00001", "1e300", "1000000000001", "true", "null", "\"x\"", "[1]"] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
    }

    fn number() -> impl Strategy<Value = Decimal> {
        prop_oneof![-MAX..=MAX, -99_999..99_999i64, -99_999_999_999..99_999_999_999i64].prop_map(Decimal)
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(raw in -MAX..=MAX) {
            let number = Decimal(raw);
            prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
        }

        #[test]
        #[cfg(feature = "server")]
        fn json_keeps_every_digit(raw in -MAX..=MAX, small in -100_000_000..100_000_000i64) {
            for number in [Decimal(raw), Decimal(small)] {
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), number, "{}", json);
            }
        }

        #[test]
        fn arithmetic_is_exact(a in number(), b in number()) {
            let _ = (a.checked_add(b), a.checked_sub(b));
            let exact = |raw: Option<i128>| Decimal::from_ten_thousandths(i64::try_from(raw?).ok()?);
            let (x, y, one) = (i128::from(a.0), i128::from(b.0), i128::from(ONE));
            prop_assert_eq!(a.checked_mul(b), exact(Some(x * y / one)));
            prop_assert_eq!(a.checked_div(b), exact((x * one).checked_div(y)));
        }
    }
}
