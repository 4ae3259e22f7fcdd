//! Names that travel: in KV keys, object names, form fields, counts and expressions.

use core::fmt;

use crate::problem::Problem;

/// The name of a widget, question, option, row, column, variant, trait or event: `[a-z][a-z0-9_]{0,31}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// The id of a site: `[a-z0-9-]{3,32}`. It becomes part of KV keys and the name of the site's object, so no other
/// character may ever get through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(String);

impl Name {
    /// Checks the form.
    ///
    /// # Errors
    /// [`Fault::Malformed`] with an empty field, for the caller to name.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::of(text).ok_or_else(|| Problem::malformed("", "a name: a-z, then a-z, 0-9 or _, 32 at most"))
    }

    /// The same without a reason, for where nobody reads it.
    pub fn of(text: &str) -> Option<Self> {
        let inside = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let first = matches!(text.as_bytes(), [b'a'..=b'z', ..]);
        (first && text.len() <= 32 && text.as_bytes().iter().all(inside)).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SiteId {
    /// Checks the form.
    ///
    /// # Errors
    /// [`Fault::Malformed`] with an empty field, for the caller to name.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let bytes = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if bytes && (3..=32).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::malformed("", "a site id: a-z, 0-9 and -, 3 to 32 characters"))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_like {
    ($type:ty) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl std::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        #[cfg(feature = "server")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "server")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|problem| match problem.fault {
                    crate::problem::Fault::Malformed { expected } => {
                        serde::de::Error::custom(format_args!("not {expected}"))
                    }
                    _ => serde::de::Error::custom(problem),
                })
            }
        }
    };
}

text_like!(Name);
text_like!(SiteId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_characters_pass() {
        for good in ["nps", "a", "after_purchase", "q1", &"x".repeat(32)] {
            assert!(Name::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "1a", "_a", "A", "a-b", "a/b", "a b", "é", &"x".repeat(33)] {
            assert!(Name::parse(bad).is_err(), "{bad}");
        }
        for good in ["acme", "a-1", "123", &"x".repeat(32)] {
            assert!(SiteId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "ab", "Acme", "a/b", "../x", "a_b", "a.b", "a%2f", &"x".repeat(33)] {
            assert!(SiteId::parse(bad).is_err(), "{bad}");
        }
    }
}
