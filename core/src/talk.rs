//! What a visitor's device sends about its own answers: which of them it asks replies for, and what it says back. The ids
//! are the proof of authorship: nobody else knows them, and they cannot be guessed.

use serde::Deserialize;

use crate::id;
use crate::json;
use crate::limits::{MESSAGE_CHARS, TALKS};
use crate::problem::{Fault, Problem};
use crate::time::Timestamp;

/// `POST /me/{site}`: is there anything new about these?
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub ids: Vec<String>,
    /// The language of the page.
    #[serde(default)]
    pub lang: String,
}

/// `POST /me/{site}/{id}`: a message, or that everything up to a moment was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sent {
    /// UUIDv7 of the message, made once, so that sending it twice says it once.
    pub message: String,
    pub text: String,
    pub seen: Option<Timestamp>,
    pub lang: String,
}

impl Asked {
    /// Reads and checks it.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        let asked: Self = json::strict(body)?;
        if asked.ids.len() > TALKS {
            return Err(Problem::new("ids", Fault::TooMany { max: TALKS as u32 }));
        }
        match asked.ids.iter().position(|id| id::moment(id).is_none()) {
            Some(index) => Err(Problem::malformed(format!("ids[{index}]"), "a UUIDv7 in lower case")),
            None => Ok(asked),
        }
    }
}

impl Sent {
    /// Reads and checks it.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        let sent: Self = json::strict(body)?;
        if sent.seen.is_some() && sent.message.is_empty() && sent.text.is_empty() { Ok(sent) } else { sent.checked() }
    }

    /// With a text that can be kept: line ends as everywhere else, nothing around it.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn checked(mut self) -> Result<Self, Problem> {
        self.text = self.text.replace("\r\n", "\n").trim().to_owned();
        if self.text.is_empty() {
            return Err(Problem::new("text", Fault::Required));
        }
        if self.text.chars().count() > MESSAGE_CHARS as usize {
            return Err(Problem::new("text", Fault::TooLong { max: MESSAGE_CHARS }));
        }
        if id::moment(&self.message).is_none() {
            return Err(Problem::malformed("message", "a UUIDv7 in lower case"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "0199a6e2-5c00-7abc-8def-0123456789ab";

    fn told<T>(outcome: Result<T, Problem>) -> String {
        outcome.map_or_else(|problem| format!("{} {}", problem.field, problem.fault.code()), |_| "fine".to_owned())
    }

    #[test]
    fn what_is_asked_is_bounded() {
        let ids =
            |ids: &[&str]| told(Asked::parse(serde_json::json!({ "ids": ids, "lang": "de" }).to_string().as_bytes()));
        assert_eq!(ids(&[ID]), "fine");
        assert_eq!(ids(&[]), "fine");
        assert_eq!(ids(&[ID; 10]), "fine");
        assert_eq!(ids(&[ID; 11]), "ids too_many");
        assert_eq!(ids(&[ID, "1"]), "ids[1] malformed");
        assert_eq!(told(Asked::parse(br#"{"ids":[],"who":1}"#)), "who unknown");
    }

    #[test]
    fn what_is_said_is_bounded() {
        let said = |text: &str, id: &str| {
            told(Sent::parse(serde_json::json!({ "message": id, "text": text }).to_string().as_bytes()))
        };
        assert_eq!(said("Thank you.", ID), "fine");
        assert_eq!(said(&"字".repeat(2_000), ID), "fine");
        assert_eq!(said(&"字".repeat(2_001), ID), "text too_long");
        assert_eq!(said(" \r\n ", ID), "text required");
        assert_eq!(said("Thank you.", "7"), "message malformed");
        assert_eq!(told(Sent::parse(br#"{"seen":5}"#)), "fine");
        assert_eq!(told(Sent::parse(br"{}")), "text required");
        let sent = Sent { message: ID.to_owned(), text: " a\r\nb \n".to_owned(), ..Sent::default() };
        assert_eq!(sent.checked().unwrap().text, "a\nb");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(body in any::<Vec<u8>>(), text in "\\PC*") {
            let _ = (Asked::parse(&body), Sent::parse(&body), Asked::parse(text.as_bytes()), Sent::parse(text.as_bytes()));
        }
    }
}
