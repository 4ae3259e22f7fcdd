//! Everything that can go wrong at the Worker's edge, and the one table that turns it into a response: RFC 9457 problem
//! JSON, or for people a page with the same words.

mod item;

use core::fmt;

use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use worker::{Error, Response, console_error};

use item::number;
pub use item::{Item, Limit};

/// Why a request was not done.
#[derive(Debug)]
pub enum Fail {
    /// The caller can be told why.
    Refused(Box<Document>),
    /// The site's object did not answer, or gave up half-way: the same request may work later.
    Unreachable(String),
    /// Something that must not happen. The detail is logged; the caller gets a constant.
    Broken(String),
}

/// A problem document (RFC 9457).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Document {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// A stable word for programs.
    pub code: String,
    /// Where in the request: `answers.nps`, `widgets[0].questions[1].show_if`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// The limit that was broken: a number, or a day.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "number")]
    pub limit: Option<Limit>,
    pub detail: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The Worker's clock in milliseconds, where the device's was too far off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Timestamp>,
    /// Seconds after which another try is welcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// All of several problems; the fields above tell the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Item>,
}

impl Fail {
    /// 404. Unknown site, unknown widget and foreign origin look alike, so that nobody learns which sites there are.
    pub fn not_found() -> Self {
        Self::document(404, "not_found", "There is nothing here, or not for this origin")
            .hint("check the site's id, the widget's name and the site's list of origins")
    }

    /// 405.
    pub fn method() -> Self {
        Self::document(405, "method", "This address does not take that method")
    }

    /// 422: the first of `problems` as the problem, and all of them in a list.
    pub fn invalid(problems: &[Problem]) -> Self {
        let items: Vec<Item> = problems.iter().map(Item::from).collect();
        let first = items.first().cloned().unwrap_or_default();
        let mut document = Document::new(422, &first.code, &first.detail);
        document.field = first.field;
        document.limit = first.limit;
        document.problems = if items.len() > 1 { items } else { Vec::new() };
        Self::Refused(Box::new(document))
    }

    /// 413.
    pub fn too_large(limit: usize) -> Self {
        let mut document = Document::new(413, "too_large", "The body is too large");
        document.limit = u32::try_from(limit).ok().map(|limit| Limit::Number(limit.into()));
        Self::Refused(Box::new(document))
    }

    /// 415.
    pub fn media(expected: &'static str) -> Self {
        Self::document(415, "media_type", "The body is of a type that is not taken here").hint(expected)
    }

    /// The same, with the Worker's clock for a device whose own is wrong: it may stamp the answer anew, once.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        if let Self::Refused(document) = &mut self
            && matches!(document.code.as_str(), "too_old" | "too_new")
        {
            document.now = Some(now);
            "a device whose clock is wrong may stamp the answer anew, once, by `now`".clone_into(&mut document.hint);
        }
        self
    }

    /// 429.
    pub fn busy(retry_after: u32) -> Self {
        let mut document = Document::new(429, "busy", "Too many requests from here for now");
        document.retry_after = Some(retry_after);
        Self::Refused(Box::new(document))
    }

    /// 401.
    pub fn signed_out() -> Self {
        Self::document(401, "signed_out", "The owner's access key or a session is needed")
    }

    /// 401: a word of the owner's server that is not valid. Why, only the owner is told.
    pub fn not_valid() -> Self {
        Self::document(401, "not_valid", "This token is not valid")
    }

    /// 403: a session, but not from the owner's own page.
    pub fn forged() -> Self {
        Self::document(403, "forged", "This did not come from the dashboard's own page")
            .hint("reload the page and try again")
    }

    /// 403: a token without the scope that is needed.
    pub fn scope(scope: &str) -> Self {
        let mut fail =
            Self::document(403, "scope", "This token may not do that").hint("make a token that has this scope");
        if let Self::Refused(document) = &mut fail {
            scope.clone_into(&mut document.field);
        }
        fail
    }

    /// 403: a token for some sites, and something that concerns all.
    pub fn limited() -> Self {
        Self::document(403, "sites", "This token is for some sites only, and this is about all of them")
    }

    /// 412.
    pub fn precondition() -> Self {
        Self::document(412, "changed", "It was changed by somebody else meanwhile")
            .hint("read it again and repeat the change")
    }

    /// 409.
    pub fn conflict(detail: &str) -> Self {
        Self::document(409, "conflict", detail)
    }

    /// 409: a rule of the loyalty programme.
    pub fn rule(code: &str, detail: &str) -> Self {
        Self::document(409, code, detail)
    }

    /// 425: what it is about has not come yet; whoever asks shall ask again.
    pub fn early() -> Self {
        Self::document(425, "early", "The response has not arrived yet")
    }

    /// The same in words for the visitor; the programmer finds ours in the hint.
    #[must_use]
    pub fn said(mut self, words: String) -> Self {
        if let Self::Refused(document) = &mut self {
            let ours = std::mem::replace(&mut document.detail, words);
            if document.hint.is_empty() {
                document.hint = ours;
            }
        }
        self
    }

    /// 503: the deployment lacks something.
    pub fn unfinished(detail: &'static str, hint: &'static str) -> Self {
        Self::document(503, "unfinished", detail).hint(hint)
    }

    /// The document that is sent for it.
    pub fn into_document(self) -> Document {
        match self {
            Self::Refused(document) => *document,
            Self::Unreachable(why) => {
                console_error!("object unreachable: {why}");
                let mut document = Document::new(503, "unavailable", "This cannot be kept right now; please try again");
                document.retry_after = Some(5);
                document
            }
            Self::Broken(why) => {
                console_error!("broken: {why}");
                Document::new(500, "broken", "Something went wrong here; it has been logged")
            }
        }
    }

    /// The stable word for it, where the caller is told.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(document) => &document.code,
            Self::Unreachable(_) => "unavailable",
            Self::Broken(_) => "broken",
        }
    }

    fn document(status: u16, code: &str, detail: &str) -> Self {
        Self::Refused(Box::new(Document::new(status, code, detail)))
    }

    fn hint(mut self, hint: &str) -> Self {
        if let Self::Refused(document) = &mut self {
            hint.clone_into(&mut document.hint);
        }
        self
    }
}

impl Document {
    fn new(status: u16, code: &str, detail: &str) -> Self {
        let title = match status {
            401 => "Signed out",
            403 => "Forbidden",
            404 => "Not found",
            405 => "Method not allowed",
            409 => "Conflict",
            412 => "Precondition failed",
            413 => "Too large",
            415 => "Unsupported media type",
            422 => "Not accepted",
            425 => "Too early",
            429 => "Too many requests",
            503 => "Unavailable",
            _ => "Internal error",
        };
        Self {
            kind: format!("urn:rapport:problem:{code}"),
            title: title.to_owned(),
            status,
            code: code.to_owned(),
            detail: detail.to_owned(),
            ..Self::default()
        }
    }

    /// What is wrong, rule by rule, for whoever words it for another reader.
    pub fn problems(self) -> Vec<Problem> {
        if !self.problems.is_empty() {
            return self.problems.into_iter().map(Item::problem).collect();
        }
        vec![Item { field: self.field, code: self.code, limit: self.limit, detail: self.detail }.problem()]
    }

    /// As an HTTP response.
    pub fn respond(&self) -> Result<Response, Error> {
        let body = serde_json::to_vec(self)?;
        let mut response = Response::from_bytes(body)?.with_status(self.status);
        let headers = response.headers_mut();
        headers.set("content-type", "application/problem+json")?;
        headers.set("cache-control", "no-store")?;
        if let Some(seconds) = self.retry_after {
            headers.set("retry-after", &seconds.to_string())?;
        }
        Ok(response)
    }
}

/// For the log: the whole of it, which callers are not told.
impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(document) => write!(f, "refused, {}: {}", document.code, document.detail),
            Self::Unreachable(why) => write!(f, "unreachable: {why}"),
            Self::Broken(why) => write!(f, "broken: {why}"),
        }
    }
}

impl From<Problem> for Fail {
    fn from(problem: Problem) -> Self {
        Self::invalid(&[problem])
    }
}

impl From<Vec<Problem>> for Fail {
    fn from(problems: Vec<Problem>) -> Self {
        Self::invalid(&problems)
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<serde_json::Error> for Fail {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("JSON: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::problem::Fault;

    #[test]
    fn a_problem_tells_field_limit_and_code() {
        let document = Fail::invalid(&[Problem::new("answers.why", Fault::TooLong { max: 5_000 })]).into_document();
        assert_eq!(
            (document.status, document.code.as_str(), document.field.as_str()),
            (422, "too_long", "answers.why")
        );
        assert_eq!(document.limit, Some(Limit::Number(5_000.into())));
        assert!(document.problems.is_empty());
    }

    #[test]
    fn unexpected_errors_stay_inside() {
        let text =
            serde_json::to_string(&Document::new(500, "broken", "Something went wrong here; it has been logged"))
                .unwrap();
        assert!(!text.contains("SQL"));
    }
}
