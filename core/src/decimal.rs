//! Numbers as people type them: at most four decimals, held as an integer. Floating point would cost a widget 14 KB of
//! parsing and printing, and would make 0.1 + 0.2 a question.

use core::fmt;
use core::str::FromStr;

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

    /// `self + other`, within bounds.
    pub fn add(self, other: Self) -> Option<Self> {
        Self::from_ten_thousandths(self.0.checked_add(other.0)?)
    }

    /// `self − other`, within bounds.
    pub fn sub(self, other: Self) -> Option<Self> {
        Self::from_ten_thousandths(self.0.checked_sub(other.0)?)
    }

    /// `self × other`, rounded towards zero, within bounds.
    pub fn mul(self, other: Self) -> Option<Self> {
        let raw = i128::from(self.0) * i128::from(other.0) / i128::from(ONE);
        Self::from_ten_thousandths(i64::try_from(raw).ok()?)
    }

    /// `self ÷ other`, rounded towards zero; nothing is divisible by zero.
    pub fn div(self, other: Self) -> Option<Self> {
        let raw = (i128::from(self.0) * i128::from(ONE)).checked_div(i128::from(other.0))?;
        Self::from_ten_thousandths(i64::try_from(raw).ok()?)
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
                    raw = raw.checked_mul(10).and_then(|r| r.checked_add(i64::from(byte - b'0'))).ok_or(NotADecimal)?;
                }
                b'.' if decimals.is_none() && any => decimals = Some(0),
                _ => return Err(NotADecimal),
            }
        }
        if !any || decimals == Some(0) {
            return Err(NotADecimal);
        }
        for _ in decimals.unwrap_or(0)..4 {
            raw = raw.checked_mul(10).ok_or(NotADecimal)?;
        }
        Self::from_ten_thousandths(if negative { -raw } else { raw }).ok_or(NotADecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let raw = self.0.unsigned_abs();
        let one = ONE.unsigned_abs();
        write!(f, "{}", raw / one)?;
        let mut rest = raw % one;
        if rest > 0 {
            f.write_str(".")?;
            let mut unit = one / 10;
            while rest > 0 && unit > 0 {
                write!(f, "{}", rest / unit)?;
                rest %= unit;
                unit /= 10;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, raw) in [("0", 0), ("-0", 0), ("7", 70_000), ("-1.5", -15_000), ("0.0001", 1), ("1000000000000", MAX)] {
            assert_eq!(text.parse::<Decimal>().map(Decimal::ten_thousandths), Ok(raw), "{text}");
        }
        for text in ["", "-", ".", ".5", "5.", "1e3", "0.00001", "+1", "1 ", "1,5", "1000000000001", "99999999999999999999", "１"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(raw in -MAX..=MAX) {
            let number = Decimal(raw);
            prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
        }

        #[test]
        fn arithmetic_never_panics(a in -MAX..=MAX, b in -MAX..=MAX) {
            let (a, b) = (Decimal(a), Decimal(b));
            let _ = (a.add(b), a.sub(b), a.mul(b), a.div(b));
        }
    }
}
