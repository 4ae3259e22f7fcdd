//! What arrives at `POST /e/{site}`: one beacon of view counts, one response, or both. One response a delivery, so that
//! the HTTP status is the verdict on it.

use serde::{Deserialize, Serialize};

use crate::answer::Field;
use crate::id;
use crate::json;
use crate::limits::{BEACON_WIDGETS, FIELDS, TRAIT_CHARS, TRAITS};
use crate::model::text::Locale;
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::targeting::Device;

/// One delivery, as sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The wire format: 1.
    pub v: u8,
    /// Where the visitor is and who.
    #[serde(default)]
    pub context: Context,
    /// Impressions that led to no response, or not yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Submission>,
}

/// The page and the visitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The page's address without query and fragment, unless the owner's page says otherwise.
    pub page: String,
    /// The language that the widget spoke.
    pub locale: String,
    /// Of the window's width: `phone`, `tablet`, `desktop`.
    pub device: String,
    /// The random id of this browser, where the site's privacy mode keeps one: 32 hex digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub visitor: String,
    /// What the page told of the visitor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Field>,
}

/// What was newly seen of one widget since the last report: each impression is reported once, either here or with its
/// response, never twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    /// Which moments, each at most once.
    pub moments: Vec<Moment>,
}

/// A moment in the life of an impression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At least half visible for 500 ms.
    Seen,
    /// First deliberate action of any kind: opened, chose, typed, sent.
    Started,
    /// Closed without completing.
    Dismissed,
}

/// One response, whole or partial, as sent. A later revision carries everything that earlier ones did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// UUIDv7, made once on the device: names the response through all retries and revisions, and tells its day.
    pub id: String,
    /// Rises with every change; the highest wins.
    pub revision: u32,
    pub widget: Name,
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Name>,
    /// Whether the visitor finished.
    pub complete: bool,
    /// The form's fields.
    pub answers: Vec<Field>,
    /// The moments of its impression that no beacon reported.
    #[serde(default)]
    pub moments: Vec<Moment>,
    /// Time spent with the page visible, in milliseconds.
    #[serde(default)]
    pub active_ms: u32,
    /// The field that people do not see and robots fill in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trap: String,
}

/// What the Worker says once the response is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub id: String,
    pub revision: u32,
    /// Whether this very revision, or a higher one, had already arrived.
    pub duplicate: bool,
    /// For a poll, the votes so far by option, and the number of voters under the empty name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Vec<(String, u64)>>,
    /// For a quiz, what to tell by question, and the score under the empty name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Field>,
}

impl Delivery {
    /// Reads a request body, whose size the caller has bounded. What is in the response's answers is checked later,
    /// by [`Response::accept`](crate::response::Response::accept), which knows the questions.
    ///
    /// # Errors
    /// The one problem that stopped the reader, or everything that is wrong with what it read.
    pub fn parse(body: &[u8]) -> Result<Self, Vec<Problem>> {
        let delivery: Self = json::strict(body).map_err(|problem| vec![problem])?;
        let problems = delivery.check();
        if problems.is_empty() { Ok(delivery) } else { Err(problems) }
    }

    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.v != 1 {
            problems.push(Problem::malformed("v", "1, the only wire format there is"));
        }
        problems.extend(self.context.check().into_iter().map(|problem| problem.within("context")));
        if self.views.len() > BEACON_WIDGETS {
            problems.push(Problem::new("views", Fault::TooMany { max: BEACON_WIDGETS as u32 }));
        }
        for (index, view) in self.views.iter().enumerate() {
            problems.extend(once(&view.moments).map(|problem| problem.within(&format!("views[{index}].moments"))));
        }
        if let Some(response) = &self.response {
            problems.extend(response.check().into_iter().map(|problem| problem.within("response")));
        }
        problems
    }
}

impl Context {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.locale.is_empty() {
            problems.extend(Locale::parse(&self.locale).err().map(|problem| problem.within("locale")));
        }
        if !self.device.is_empty() && Device::parse(&self.device).is_none() {
            problems.push(Problem::new("device", Fault::NotAnOption));
        }
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let well_formed = self.visitor.len() == 32 && self.visitor.bytes().all(hex);
        if !self.visitor.is_empty() && !well_formed {
            problems.push(Problem::malformed("visitor", "32 digits of 0-9 and a-f"));
        }
        if self.traits.len() > TRAITS {
            problems.push(Problem::new("traits", Fault::TooMany { max: TRAITS as u32 }));
        }
        for (index, (name, value)) in self.traits.iter().enumerate().take(TRAITS) {
            let field = format!("traits[{index}]");
            problems.extend(Name::parse(name).err().map(|problem| problem.within(&field)));
            if self.traits.iter().take(index).any(|(earlier, _)| earlier == name) {
                problems.push(Problem::new(field.as_str(), Fault::Twice));
            }
            if value.chars().count() > TRAIT_CHARS {
                problems.push(Problem::new(field, Fault::TooLong { max: TRAIT_CHARS as u32 }));
            }
        }
        problems
    }
}

impl Submission {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if id::moment(&self.id).is_none() {
            problems.push(Problem::malformed("id", "a UUIDv7 in lower case"));
        }
        if self.revision == 0 {
            problems.push(Problem::new("revision", Fault::TooLow { min: 1.into() }));
        }
        if self.answers.len() > FIELDS {
            problems.push(Problem::new("answers", Fault::TooMany { max: FIELDS as u32 }));
        }
        problems.extend(once(&self.moments).map(|problem| problem.within("moments")));
        problems
    }
}

impl Moment {
    /// Its key in counts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Started => "started",
            Self::Dismissed => "dismissed",
        }
    }
}

/// An impression has each of its moments at most once.
fn once(moments: &[Moment]) -> Option<Problem> {
    let index = (0..moments.len()).find(|index| moments.iter().take(*index).any(|m| Some(m) == moments.get(*index)))?;
    Some(Problem::new(format!("[{index}]"), Fault::Twice))
}
