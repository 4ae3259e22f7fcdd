//! What a visitor's device asks of its account, and how much of it is taken.

use serde::Deserialize;

use super::member::{Proof, is_secret};
use super::profile::Change;
use super::token::TOKEN_CHARS;
use crate::id;
use crate::json;
use crate::limits::TALKS;
use crate::name::Name;
use crate::problem::{Fault, Problem};

/// Characters of what somebody types for a recovery phrase: 24 digits, with room for whatever stands between them.
const PHRASE_CHARS: u32 = 200;
/// Responses that are claimed at once.
const CLAIMS: usize = 10;
/// Characters of a referral code: eight, with room for what is around them.
const CODE_CHARS: u32 = 40;

/// `POST /me/{site}/{act}`: all that any act may carry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asked {
    /// UUIDv7 of the act, made once on the device, so that asking twice does it once.
    pub id: String,
    pub secret: String,
    pub token: String,
    /// The language of the page.
    pub lang: String,
    /// Of the history: older than this line.
    pub before: Option<u32>,
    pub reward: Option<Name>,
    /// Responses of the device's own, for which it wants points.
    pub responses: Vec<String>,
    /// The device's own responses, about which the owner may have said something.
    pub mine: Vec<String>,
    pub draw: Option<Name>,
    /// Of the link by which somebody came.
    pub code: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub birthday: Option<String>,
    pub board: Option<bool>,
    pub phrase: String,
    /// Asks for a recovery phrase; of a look, for a picture of the member's link.
    pub make: bool,
    /// The address of the page, for a link to it.
    pub page: String,
}

impl Asked {
    /// Whether nothing says who asks.
    pub const fn is_nobody(&self) -> bool {
        self.secret.is_empty() && self.token.is_empty()
    }

    /// Reads and checks it. Acts that change an account need an `id`.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(body: &[u8], changes: bool) -> Result<Self, Problem> {
        let asked: Self = json::strict(body)?;
        if changes && id::moment(&asked.id).is_none() {
            return Err(Problem::malformed("id", "a UUIDv7 in lower case"));
        }
        if !asked.secret.is_empty() && !is_secret(&asked.secret) {
            return Err(Problem::malformed("secret", "43 characters of base64url"));
        }
        if asked.token.len() > TOKEN_CHARS {
            return Err(Problem::new("token", Fault::TooLong { max: TOKEN_CHARS as u32 }));
        }
        if asked.phrase.chars().count() > PHRASE_CHARS as usize {
            return Err(Problem::new("phrase", Fault::TooLong { max: PHRASE_CHARS }));
        }
        if asked.responses.len() > CLAIMS {
            return Err(Problem::new("responses", Fault::TooMany { max: CLAIMS as u32 }));
        }
        if asked.mine.len() > TALKS {
            return Err(Problem::new("mine", Fault::TooMany { max: TALKS as u32 }));
        }
        if asked.mine.iter().any(|response| id::moment(response).is_none()) {
            return Err(Problem::malformed("mine", "UUIDv7s in lower case"));
        }
        if asked.responses.iter().any(|response| id::moment(response).is_none()) {
            return Err(Problem::malformed("responses", "UUIDv7s in lower case"));
        }
        if asked.code.chars().count() > CODE_CHARS as usize {
            return Err(Problem::new("code", Fault::TooLong { max: CODE_CHARS }));
        }
        // Only looking asks for nobody's account: then the programme is shown, and how to join.
        if asked.is_nobody() && (changes || !asked.id.is_empty()) {
            return Err(Problem::new("secret", Fault::Required));
        }
        Ok(asked)
    }

    /// How its sender shows who they are.
    pub fn proof(&self) -> Proof {
        Proof { secret: self.secret.clone(), token: self.token.clone() }
    }

    /// What it changes of the profile.
    pub fn change(&self) -> Change {
        let Self { name, email, birthday, board, .. } = self;
        Change { name: name.clone(), email: email.clone(), birthday: birthday.clone(), board: *board }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const ID: &str = "0199a6e2-5c00-7abc-8def-0123456789ab";

    #[test]
    fn what_is_asked_is_bounded() {
        let told = |body: serde_json::Value, changes: bool| {
            let outcome = Asked::parse(body.to_string().as_bytes(), changes);
            outcome.map_or_else(|problem| format!("{} {}", problem.field, problem.fault.code()), |_| "fine".to_owned())
        };
        let secret = "a".repeat(43);
        assert_eq!(told(json!({ "secret": secret }), false), "fine");
        assert_eq!(told(json!({ "secret": secret }), true), "id malformed");
        assert_eq!(told(json!({ "id": "o:1", "secret": secret }), true), "id malformed");
        assert_eq!(told(json!({ "id": ID, "secret": secret }), true), "fine");
        assert_eq!(told(json!({ "id": ID, "token": "x.y.z" }), true), "fine");
        assert_eq!(told(json!({ "id": ID }), true), "secret required");
        assert_eq!(told(json!({ "id": ID }), false), "secret required");
        assert_eq!(told(json!({ "lang": "de" }), false), "fine", "whoever only looks");
        assert_eq!(told(json!({ "secret": "short" }), false), "secret malformed");
        assert_eq!(told(json!({ "token": "x".repeat(2_049) }), false), "token too_long");
        assert_eq!(told(json!({ "secret": secret, "phrase": "1".repeat(201) }), false), "phrase too_long");
        assert_eq!(told(json!({ "secret": secret, "responses": vec![ID; 11] }), false), "responses too_many");
        assert_eq!(told(json!({ "secret": secret, "responses": ["1"] }), false), "responses malformed");
        assert_eq!(told(json!({ "secret": secret, "mine": vec![ID; 11] }), false), "mine too_many");
        assert_eq!(told(json!({ "secret": secret, "mine": ["1"] }), false), "mine malformed");
        assert_eq!(told(json!({ "secret": secret, "code": "1".repeat(41) }), false), "code too_long");
        assert_eq!(told(json!({ "secret": secret, "points": 1_000 }), false), "points unknown");
        assert_eq!(told(json!({ "secret": secret, "reward": "No Name" }), false), "reward malformed");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(body in any::<Vec<u8>>(), text in "\\PC*") {
            let _ = (Asked::parse(&body, true), Asked::parse(text.as_bytes(), false));
        }
    }
}
