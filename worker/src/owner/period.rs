//! Spans of days, both ends included.

use rapport_core::decimal::Decimal;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Day;

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

/// The longest span, in days: two years, leap day included.
const LONGEST: i32 = 731;

impl Period {
    /// Checks a span given by hand.
    ///
    /// # Errors
    /// Where it ends before it begins, or is longer than two years.
    pub fn between(from: Day, to: Day) -> Result<Self, Problem> {
        let period = Self { from, to };
        if period.days() < 1 {
            Err(Problem::conflict("to", "it lies before `from`"))
        } else if period.days() > LONGEST {
            Err(Problem::new("to", Fault::TooHigh { max: Decimal::from(LONGEST) }))
        } else {
            Ok(period)
        }
    }

    /// How many days it has.
    pub const fn days(self) -> i32 {
        self.to.0.saturating_sub(self.from.0).saturating_add(1)
    }

    /// The span of the same length that ends where this one begins.
    pub const fn before(self) -> Self {
        Self { from: self.from.plus(-self.days()), to: self.from.plus(-1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let week = Period { from: Day(94), to: Day(100) };
        assert_eq!((week.from, week.to, week.days()), (Day(94), Day(100), 7));
        assert_eq!(week.before(), Period { from: Day(87), to: Day(93) });
        assert!(Period::between(Day(2), Day(1)).is_err());
        assert!(Period::between(Day(0), Day(731)).is_err());
        assert_eq!(Period::between(Day(1), Day(1)).map(Period::days), Ok(1));
    }
}
