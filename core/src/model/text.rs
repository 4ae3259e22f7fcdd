//! Words that the owner writes, in as many languages as they like.

use core::fmt;
use std::collections::BTreeMap;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::limits::{LABEL_CHARS, LOCALES};
use crate::problem::{Fault, Problem};

/// A BCP 47 tag as far as we use it: `en`, `zh-CN`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

/// A text: one string where one language is enough, or `{"en": "…", "zh-CN": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// In the site's language.
    One(String),
    /// By language.
    Many(BTreeMap<Locale, String>),
}

impl Locale {
    /// Checks the form: a language of 2–3 letters, then subtags of 2–8 letters or digits.
    ///
    /// # Errors
    /// [`Fault::Malformed`] with an empty field.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut tags = text.split('-');
        let language =
            tags.next().is_some_and(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase()));
        let rest = tags.all(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
        if language && rest && text.len() <= 16 {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::malformed("", "a language tag such as en or zh-CN"))
        }
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language: `zh` of `zh-CN`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl Text {
    /// The text for `locale`: exactly it, else its language, else English, else whatever there is.
    pub fn get(&self, locale: &Locale) -> &str {
        match self {
            Self::One(text) => text,
            Self::Many(texts) => texts
                .get(locale)
                .or_else(|| texts.iter().find(|(key, _)| key.language() == locale.language()).map(|(_, text)| text))
                .or_else(|| texts.iter().find(|(key, _)| key.language() == "en").map(|(_, text)| text))
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
        }
    }

    /// Breaches of the limits, with empty outer field.
    pub fn check(&self) -> Vec<Problem> {
        let too_long = |text: &str| text.chars().count() > LABEL_CHARS as usize;
        match self {
            Self::One(text) if text.trim().is_empty() => vec![Problem::new("", Fault::Required)],
            Self::One(text) if too_long(text) => vec![Problem::new("", Fault::TooLong { max: LABEL_CHARS })],
            Self::One(_) => Vec::new(),
            Self::Many(texts) if texts.is_empty() => vec![Problem::new("", Fault::Required)],
            Self::Many(texts) if texts.len() > LOCALES => {
                vec![Problem::new("", Fault::TooMany { max: LOCALES as u32 })]
            }
            Self::Many(texts) => texts
                .iter()
                .filter_map(|(locale, text)| {
                    if text.trim().is_empty() {
                        Some(Problem::new(locale.as_str(), Fault::Required))
                    } else if too_long(text) {
                        Some(Problem::new(locale.as_str(), Fault::TooLong { max: LABEL_CHARS }))
                    } else {
                        None
                    }
                })
                .collect(),
        }
    }
}

impl TryFrom<String> for Locale {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|_| "not a language tag such as en or zh-CN".to_owned())
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0
    }
}

/// By hand, so that what is wrong with one of the texts is told of that text.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or texts by language such as {\"en\": \"…\"}")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Text::Many)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}
