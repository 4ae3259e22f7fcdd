//! From what a browser sent to what the site's object takes: `core` checks it, with the same code that the widget asked
//! before it sent; here it only meets the site's configuration. Pure.

use rapport_core::delivery::{Delivery, Submission, View};
use rapport_core::model::config::Config;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::{Arrival, Response};
use rapport_core::time::Timestamp;

use crate::command::{Ingest, Who};

/// What the Worker knows of the request beside its body.
pub struct Caller<'a> {
    pub address: &'a str,
    pub agent: &'a str,
    /// ISO 3166-1, empty where unknown.
    pub country: &'a str,
    pub now: Timestamp,
    /// Whether the sender measures active time; a form without scripts cannot.
    pub timed: bool,
}

/// Checks `delivery` against the configuration.
///
/// # Errors
/// Everything that is wrong with it.
pub fn accept(config: &Config, delivery: &Delivery, caller: &Caller<'_>) -> Result<Ingest, Vec<Problem>> {
    check_views(config, &delivery.views)?;
    let who = Who {
        privacy: config.site.privacy,
        address: caller.address.to_owned(),
        agent: caller.agent.to_owned(),
        device: delivery.context.visitor.clone(),
    };
    let mut ingest = Ingest { response: None, views: delivery.views.clone(), who, votes: None, stop_after: None };
    match &delivery.response {
        Some(sent) => {
            let widget = widget(config, sent)?;
            let arrival = Arrival {
                site: &config.site.id,
                widget,
                now: caller.now,
                country: caller.country,
                // Only the object can tell.
                visitor: "",
                timed: caller.timed,
            };
            ingest.response = Some(Response::accept(&delivery.context, sent, &arrival)?);
            ingest.votes = vote(widget);
            ingest.stop_after = widget.stop_after;
        }
        None if delivery.views.is_empty() => return Err(vec![Problem::new("response", Fault::Required)]),
        None => {}
    }
    Ok(ingest)
}

/// Whether the configuration at hand may be too old for these problems: then the newest is worth asking for.
pub fn may_be_stale(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| {
        problem.fault == Fault::Unknown && (problem.field.starts_with("response.") || problem.field.starts_with("views["))
    })
}

/// The question whose votes a poll tells after voting.
pub fn vote(widget: &Widget) -> Option<Name> {
    (widget.kind == Kind::Poll).then(|| widget.questions.first().map(|question| question.name.clone())).flatten()
}

fn widget<'a>(config: &'a Config, sent: &Submission) -> Result<&'a Widget, Vec<Problem>> {
    let name = sent.widget.as_str();
    if config.record(name).is_none_or(|record| record.versions.is_empty()) {
        return Err(vec![Problem::new("response.widget", Fault::Unknown)]);
    }
    config.version(name, sent.version).ok_or_else(|| vec![Problem::new("response.version", Fault::Unknown)])
}

fn check_views(config: &Config, views: &[View]) -> Result<(), Vec<Problem>> {
    for (index, view) in views.iter().enumerate() {
        let unknown = |name: &str| vec![Problem::new(format!("views[{index}].{name}"), Fault::Unknown)];
        let widget = config.version(view.widget.as_str(), view.version).ok_or_else(|| unknown("widget"))?;
        if view.variant.as_ref().is_some_and(|name| widget.variants.iter().all(|variant| variant.name != *name)) {
            return Err(unknown("variant"));
        }
    }
    Ok(())
}
