//! From what a visitor's device sent to what is kept.

use super::{Response, keys};
use crate::answer::{Answer, Answers};
use crate::delivery::{Context, Submission};
use crate::id;
use crate::limits::{AHEAD_MS, OLDEST_MS, PAGE_CHARS};
use crate::model::widget::Widget;
use crate::name::{Name, SiteId};
use crate::problem::{Fault, Problem};
use crate::quiz;
use crate::time::Timestamp;
use crate::validate;

/// What the Worker knows of an arrival without being told.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    pub site: &'a SiteId,
    /// The version that the submission names.
    pub widget: &'a Widget,
    pub now: Timestamp,
    /// ISO 3166-1, empty where unknown.
    pub country: &'a str,
    /// The visitor's id under the site's privacy mode.
    pub visitor: &'a str,
    /// Whether the sender measures active time; a form without scripts cannot.
    pub timed: bool,
}

/// The least time in which a person answers one question, in milliseconds: reading a scale of faces and hitting one.
const FASTEST_MS: u32 = 350;

impl Response {
    /// Validates a submission against the widget's rules.
    ///
    /// # Errors
    /// Every problem: `answers.{field}` for the visitor's, `response.{field}` for the envelope's.
    pub fn accept(context: &Context, sent: &Submission, arrival: &Arrival<'_>) -> Result<Self, Vec<Problem>> {
        let mut problems = envelope(sent, arrival);
        if !arrival.widget.kind.asks() {
            problems.push(Problem::conflict("response.widget", "only tells: there is nothing to answer"));
        }
        let answers = validate::read(&arrival.widget.rules(), &sent.answers, sent.complete).unwrap_or_else(|found| {
            problems.extend(found.into_iter().map(|problem| problem.within("answers")));
            Answers::default()
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let doubts = doubts(sent, &answers, arrival.timed);
        let mut keys = keys(&answers, sent.complete, &sent.moments, sent.active_ms, !doubts.is_empty());
        if let Some(score) = quiz::score(arrival.widget, &answers).filter(|_| sent.complete) {
            if !doubts.is_empty() {
                keys.push(format!("~{}", score.key()));
            }
            keys.push(score.key());
        }
        let mut response = Self {
            v: 1,
            id: sent.id.clone(),
            site: arrival.site.clone(),
            widget: arrival.widget.name.clone(),
            version: sent.version,
            variant: sent.variant.clone(),
            revision: sent.revision,
            complete: sent.complete,
            keys,
            answers: answers.fields(),
            active_ms: sent.active_ms,
            page: bare_page(&context.page),
            locale: context.locale.clone(),
            device: context.device.clone(),
            country: arrival.country.to_owned(),
            visitor: arrival.visitor.to_owned(),
            traits: context.traits.clone(),
            doubts,
            group: String::new(),
            received: arrival.now,
        };
        response.group = response.group_by(arrival.widget);
        Ok(response)
    }
}

fn envelope(sent: &Submission, arrival: &Arrival<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    match id::moment(&sent.id) {
        None => problems.push(Problem::malformed("response.id", "a UUIDv7 in lower case")),
        Some(made) if arrival.now.0 - made.0 > OLDEST_MS => problems.push(Problem::new("response.id", Fault::TooOld)),
        Some(made) if made.0 - arrival.now.0 > AHEAD_MS => problems.push(Problem::new("response.id", Fault::TooNew)),
        Some(_) => {}
    }
    if sent.widget != arrival.widget.name {
        problems.push(Problem::new("response.widget", Fault::NotAnOption));
    }
    let offered = |variant: &Name| arrival.widget.variants.iter().any(|offered| offered.name == *variant);
    if !sent.variant.as_ref().is_none_or(offered) {
        problems.push(Problem::new("response.variant", Fault::NotAnOption));
    }
    problems
}

fn doubts(sent: &Submission, answers: &Answers, timed: bool) -> Vec<String> {
    let mut doubts = Vec::new();
    if !sent.trap.is_empty() {
        doubts.push("trap".to_owned());
    }
    let given = answers.iter().filter(|(_, answer)| **answer != Answer::Consent(false)).count() as u32;
    if timed && sent.complete && sent.active_ms < given.saturating_mul(FASTEST_MS) {
        doubts.push("fast".to_owned());
    }
    doubts
}

/// A page's address without what may identify somebody: user, query and fragment. What is no http address is dropped,
/// and what is too long is cut: it is context, and no reason to refuse an answer.
pub fn bare_page(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return String::new();
    };
    if !matches!(scheme, "http" | "https") {
        return String::new();
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let visible = host.chars().chain(path.chars()).filter(|char| !char.is_control());
    scheme.chars().chain("://".chars()).chain(visible).take(PAGE_CHARS).collect()
}
