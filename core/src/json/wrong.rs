//! A type's complaints about a tree, as problems. serde words them for programmers; these are for who wrote the JSON.

use core::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::tree::short;
use crate::problem::{Fault, Problem};

/// Boxed, because every reader of every type returns one.
#[derive(Debug)]
pub(super) struct Wrong(Box<Problem>);

impl Wrong {
    pub(super) fn within(self, place: &str) -> Self {
        Self(Box::new(self.0.within(place)))
    }

    fn malformed(expected: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        Self(Box::new(Problem::malformed("", expected)))
    }
}

impl From<Wrong> for Problem {
    fn from(wrong: Wrong) -> Self {
        *wrong.0
    }
}

impl Error for Wrong {
    /// Our own types say "not a name: …".
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        Self::malformed(message.strip_prefix("not ").unwrap_or(&message).to_owned())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Self::malformed(match expected.as_str() {
            "u8" => "a whole number from 0 to 255",
            "u16" => "a whole number from 0 to 65535",
            "u32" => "a whole number from 0 to 4294967295",
            "u64" => "a whole number, not negative",
            "i32" | "i64" => "a whole number",
            "a string" => "a text",
            "a boolean" => "true or false",
            "a sequence" => "a list",
            "a map" => "an object",
            other if other.starts_with("struct ") || other.starts_with("internally tagged enum") => "an object",
            other if other.ends_with("size 2") => "a pair of texts",
            _ => return Self::malformed(expected),
        })
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::invalid_type(Unexpected::Unsigned(length as u64), expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::malformed(format!("one of `{}`", expected.join("`, `")))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self(Box::new(Problem::new(short(field), Fault::Unknown)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Box::new(Problem::new(field, Fault::Required)))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(Box::new(Problem::new(field, Fault::Twice)))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Wrong {}
