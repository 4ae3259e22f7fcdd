//! What is wrong with an input: the field, and the rule that it breaks. One type for the browser, the Worker and the
//! owner's editor; each words it for its own reader.

use std::borrow::Cow;

use crate::decimal::Decimal;
use crate::scan::digits;
use crate::time::Day;

/// A field and the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `nps`, `answers.why`, `widgets[2].questions[0].show_if`.
    pub field: String,
    /// Which rule.
    pub fault: Fault,
}

/// The rule that was broken, with its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was given where something must be.
    Required,
    /// More characters than `max`.
    TooLong { max: u32 },
    /// More items than `max`.
    TooMany { max: u32 },
    /// Fewer items than `min`.
    TooFew { min: u32 },
    /// Below `min`.
    TooLow { min: Decimal },
    /// Above `max`.
    TooHigh { max: Decimal },
    /// A day before `min`.
    TooEarly { min: Day },
    /// A day after `max`.
    TooLate { max: Day },
    /// Made longer ago than answers are taken: seven days.
    TooOld,
    /// Made in the future by the Worker's clock.
    TooNew,
    /// Not among the options offered.
    NotAnOption,
    /// Not of the form that `expected` describes.
    Malformed { expected: Cow<'static, str> },
    /// A field that does not exist here.
    Unknown,
    /// Given twice where once is the rule.
    Twice,
    /// Well formed, but contradicts something else; `why` says what.
    Conflict { why: Cow<'static, str> },
}

impl Problem {
    /// `field` is not of the form that `expected` describes.
    pub fn malformed(field: impl Into<String>, expected: impl Into<Cow<'static, str>>) -> Self {
        Self::new(field, Fault::Malformed { expected: expected.into() })
    }

    /// `field` contradicts something else; `why` is a full clause.
    pub fn conflict(field: impl Into<String>, why: impl Into<Cow<'static, str>>) -> Self {
        Self::new(field, Fault::Conflict { why: why.into() })
    }

    /// A problem with `field`.
    pub fn new(field: impl Into<String>, fault: Fault) -> Self {
        Self { field: field.into(), fault }
    }

    /// The same problem seen from one level further out: `title` within `questions[0]` is `questions[0].title`.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        if self.field.is_empty() {
            self.field.push_str(outer);
        } else {
            let dot = if self.field.starts_with('[') { "" } else { "." };
            self.field.insert_str(0, dot);
            self.field.insert_str(0, outer);
        }
        self
    }
}

impl Fault {
    /// A stable word for programs: the `code` of the problem document and the key of the visitor's message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::TooMany { .. } => "too_many",
            Self::TooFew { .. } => "too_few",
            Self::TooLow { .. } => "too_low",
            Self::TooHigh { .. } => "too_high",
            Self::TooEarly { .. } => "too_early",
            Self::TooLate { .. } => "too_late",
            Self::TooOld => "too_old",
            Self::TooNew => "too_new",
            Self::NotAnOption => "not_an_option",
            Self::Malformed { .. } => "malformed",
            Self::Unknown => "unknown",
            Self::Twice => "twice",
            Self::Conflict { .. } => "conflict",
        }
    }

    /// The limit that was broken, where there is one: a number or a day.
    pub fn limit(&self) -> Option<String> {
        match *self {
            Self::TooLong { max: limit } | Self::TooMany { max: limit } | Self::TooFew { min: limit } => {
                Some(digits(i64::from(limit)))
            }
            Self::TooLow { min: limit } | Self::TooHigh { max: limit } => Some(limit.to_text()),
            Self::TooEarly { min: limit } | Self::TooLate { max: limit } => Some(limit.to_text()),
            _ => None,
        }
    }
}

#[cfg(feature = "server")]
impl core::fmt::Display for Problem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let field = &self.field;
        match &self.fault {
            Fault::Required => write!(f, "`{field}` is required"),
            Fault::TooLong { max } => write!(f, "`{field}` is longer than {max} characters"),
            Fault::TooMany { max } => write!(f, "`{field}` has more than {max} items"),
            Fault::TooFew { min } => write!(f, "`{field}` needs at least {min} items"),
            Fault::TooLow { min } => write!(f, "`{field}` is below {min}"),
            Fault::TooHigh { max } => write!(f, "`{field}` is above {max}"),
            Fault::TooEarly { min } => write!(f, "`{field}` is before {min}"),
            Fault::TooLate { max } => write!(f, "`{field}` is after {max}"),
            Fault::TooOld => write!(f, "`{field}` was made more than seven days ago"),
            Fault::TooNew => write!(f, "`{field}` lies in the future"),
            Fault::NotAnOption => write!(f, "`{field}` is not one of the options"),
            Fault::Malformed { expected } => write!(f, "`{field}` is not {expected}"),
            Fault::Unknown => write!(f, "`{field}` is not known here"),
            Fault::Twice => write!(f, "`{field}` is given twice"),
            Fault::Conflict { why } => write!(f, "`{field}`: {why}"),
        }
    }
}

#[cfg(feature = "server")]
impl std::error::Error for Problem {}
