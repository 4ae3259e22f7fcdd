//! From what a browser sent to what the site's object takes: `core` checks it, with the same code that the widget asked
//! before it sent; here it only meets the site's configuration. Pure.

use rapport_core::delivery::{Delivery, Submission, View};
use rapport_core::id;
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
    let mut ingest = Ingest {
        response: None,
        views: delivery.views.clone(),
        who,
        votes: None,
        stop_after: None,
        seen: None,
        acknowledged: false,
    };
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
        problem.fault == Fault::Unknown
            && (problem.field.starts_with("response.") || problem.field.starts_with("views["))
    })
}

/// The moment of an id that is wrong for nothing but its time, and the word for it.
pub fn mistimed(delivery: &Delivery, problems: &[Problem]) -> Option<(Timestamp, &'static str)> {
    let [Problem { fault: fault @ (Fault::TooOld | Fault::TooNew), field, .. }] = problems else { return None };
    let sent = delivery.response.as_ref().filter(|_| field == "response.id")?;
    Some((id::moment(&sent.id)?, fault.code()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Edit;
    use rapport_core::model::site::Site;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn config() -> Config {
        let site = r#"{"id":"acme","name":"Acme","origins":[],"locale":"en","privacy":"device"}"#;
        let poll = r#"{"name":"next","kind":"poll","label":"Next","stop_after":9,"questions":[{"name":"next","title":"Next?",
            "required":true,"input":{"type":"choice","options":[{"name":"ink","label":"Ink"},{"name":"pens","label":"Pens"}]}}]}"#;
        let edits = [
            Edit::Create { site: Site::parse(site).unwrap() },
            Edit::Draft { widget: Widget::parse(poll).unwrap(), based_on: None },
            Edit::Publish { widget: Name::parse("next").unwrap(), based_on: None },
        ];
        let mut config = None;
        for edit in &edits {
            config = Some(crate::edit::apply(config, edit, NOW).unwrap());
        }
        config.unwrap()
    }

    fn accepted(body: &str) -> Result<Ingest, Vec<Problem>> {
        let body = body.replace("ID", &id::make(NOW, [7; 10]));
        let caller = Caller { address: "192.0.2.7", agent: "A browser", country: "NZ", now: NOW, timed: true };
        accept(&config(), &Delivery::parse(body.as_bytes()).unwrap(), &caller)
    }

    #[test]
    fn what_the_object_gets() {
        let ingest = accepted(
            r#"{"v":1,"context":{"visitor":"0123456789abcdef0123456789abcdef"},"response":{"id":"ID","revision":1,
            "widget":"next","version":1,"complete":true,"answers":[["next","ink"]],"active_ms":2000}}"#,
        )
        .unwrap();
        let response = ingest.response.unwrap();
        assert_eq!((response.country.as_str(), response.visitor.as_str(), response.received), ("NZ", "", NOW));
        assert_eq!(response.answers, [("next".to_owned(), "ink".to_owned())]);
        assert_eq!(ingest.votes.as_ref().map(Name::as_str), Some("next"));
        assert_eq!(ingest.stop_after, Some(9));
        assert_eq!(ingest.who.device, "0123456789abcdef0123456789abcdef");
        assert!(!serde_json::to_string(&response).unwrap().contains("192.0.2.7"));
    }

    #[test]
    fn only_the_unknown_may_be_stale() {
        let unknown = accepted(
            r#"{"v":1,"response":{"id":"ID","revision":1,"widget":"next","version":2,"complete":true,"answers":[]}}"#,
        );
        assert!(may_be_stale(&unknown.unwrap_err()));
        let views = accepted(r#"{"v":1,"views":[{"widget":"other","version":1,"moments":["seen"]}]}"#);
        assert!(may_be_stale(&views.unwrap_err()));
        let wrong = accepted(
            r#"{"v":1,"response":{"id":"ID","revision":1,"widget":"next","version":1,"complete":true,"answers":[["x","y"]]}}"#,
        );
        assert!(!may_be_stale(&wrong.unwrap_err()));
        assert!(!may_be_stale(&accepted(r#"{"v":1}"#).unwrap_err()));
    }
}
