//! Responses as the owner reads them: scores at a glance, words in full, the rest as question and answer.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::question::{Choice, Input, Measure, Question};
use rapport_core::model::text::Text;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use crate::dashboard::format;
use crate::dashboard::layout::widget_path;
use crate::dashboard::page::Speech;
use crate::dashboard::strings::Strings;

/// A list of responses, newest first.
pub fn list(responses: &[Response], config: &Config, speech: &Speech<'_>, now: Timestamp) -> Markup {
    html! {
        ol.answers { @for response in responses { (entry(response, config, speech, now)) } }
    }
}

fn entry(response: &Response, config: &Config, speech: &Speech<'_>, now: Timestamp) -> Markup {
    let s = speech.strings();
    let widget = response.widget.as_str();
    let version = config.version(widget, response.version);
    let label =
        config.record(widget).and_then(|record| record.versions.last()).map_or(widget, |v| v.widget.label.as_str());
    let questions = version.map_or(&[][..], |widget| &widget.questions);
    let several = questions.iter().filter(|question| matches!(question.input, Input::Text { .. })).count() > 1;
    let mut said = Said::default();
    for question in questions {
        said.take(question, response, speech);
    }
    if version.is_none() {
        said.rest.extend(response.answers.iter().map(|(field, value)| (field.clone(), value.clone())));
    }
    html! {
        li id={ "r-" (response.id) } {
            div.line {
                a href=(widget_path(&config.site, widget)) { (label) }
                @for (class, score) in &said.scores { span class=(class) { (score) } }
                @if !response.complete { span.chip { (s.responses.partial) } }
                @for doubt in &response.doubts { span.chip.mild { (doubt_word(doubt, s)) } }
            }
            @for (title, words) in &said.words {
                // With one question in words alone, everybody knows which it was.
                @if several { p.small.soft { (title) } }
                blockquote { (words) }
            }
            @if !said.rest.is_empty() {
                dl { @for (question, answer) in &said.rest { div { dt { (question) } dd { (answer) } } } }
            }
            p.meta {
                time datetime=(format::machine_moment(response.received)) title=(format::moment(response.received)) {
                    (format::ago(response.received, now, speech.lang))
                }
                @if !response.page.is_empty() { (page(&response.page, config)) }
                @if !response.device.is_empty() { span { (device(&response.device, s)) } }
                @if !response.country.is_empty() { span { (response.country) } }
                @if let Some(variant) = &response.variant { span { ((s.responses.variant)(variant.as_str())) } }
            }
        }
    }
}

/// Only pages of the site itself become links: the address comes from the visitor's browser, and could be anything.
fn page(address: &str, config: &Config) -> Markup {
    let own = config.site.origins.iter().find_map(|origin| {
        address.strip_prefix(origin.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    html! {
        @match own {
            Some(path) => a href=(address) rel="noopener noreferrer" { (if path.is_empty() { "/" } else { path }) },
            None => span { (address) },
        }
    }
}

/// What a response says, sorted by how it is read.
#[derive(Default)]
struct Said {
    /// Class and text of each score.
    scores: Vec<(&'static str, String)>,
    words: Vec<(String, String)>,
    rest: Vec<(String, String)>,
}

impl Said {
    fn take(&mut self, question: &Question, response: &Response, speech: &Speech<'_>) {
        let s = speech.strings();
        let name = question.name.as_str();
        let values: Vec<&str> = fields(response, name).collect();
        let title = || speech.title(question);
        match (&question.input, values.as_slice()) {
            (Input::Scale { max, measures, satisfied_from, .. }, [value, ..]) => {
                let point = value.parse::<i32>().ok();
                self.scores
                    .push((tone(point, *measures, *satisfied_from), (s.responses.score)(value, &max.to_string())));
            }
            (Input::Text { .. }, [value, ..]) => self.words.push((title(), (*value).to_owned())),
            (Input::Choice { options, .. }, _) => {
                let mut chosen: Vec<&str> = values.iter().map(|value| label(options, value, speech)).collect();
                chosen.extend(fields(response, &format!("{name}.other")));
                if !chosen.is_empty() {
                    self.rest.push((title(), chosen.join(s.list_comma)));
                }
            }
            (Input::Ranking { options }, _) => {
                let mut places: Vec<(u32, &str)> = below(response, name)
                    .filter_map(|(option, place)| Some((place.parse().ok()?, label(options, option, speech))))
                    .collect();
                places.sort_unstable();
                if !places.is_empty() {
                    let order: Vec<String> =
                        places.iter().map(|(place, option)| format!("{place}. {option}")).collect();
                    self.rest.push((title(), order.join("\n")));
                }
            }
            (Input::Matrix { rows, columns }, _) => {
                let cells: Vec<String> = below(response, name)
                    .map(|(row, column)| {
                        format!("{}{}{}", label(rows, row, speech), s.colon, label(columns, column, speech))
                    })
                    .collect();
                if !cells.is_empty() {
                    self.rest.push((title(), cells.join("\n")));
                }
            }
            (Input::Consent { label }, [value, ..]) => {
                let answer = if *value == "yes" { s.distribution.agreed } else { s.responses.not_agreed };
                self.rest.push((speech.text(label).to_owned(), answer.to_owned()));
            }
            (Input::Info { .. }, _) | (_, []) => {}
            (_, [value, ..]) => self.rest.push((title(), (*value).to_owned())),
        }
    }
}

/// How a score is coloured. Its number says the same.
fn tone(point: Option<i32>, measures: Option<Measure>, satisfied_from: Option<i32>) -> &'static str {
    match (point, measures) {
        (Some(..=6), Some(Measure::Nps)) => "chip bad",
        (Some(7..=8), Some(Measure::Nps)) => "chip mild",
        (Some(_), Some(Measure::Nps)) => "chip good",
        (Some(point), Some(Measure::Ces)) => {
            if point >= 5 {
                "chip good"
            } else {
                "chip bad"
            }
        }
        (Some(point), Some(Measure::Csat)) => match satisfied_from {
            Some(from) if point >= from => "chip good",
            Some(_) => "chip bad",
            None => "chip on",
        },
        _ => "chip on",
    }
}

fn fields<'a>(response: &'a Response, name: &str) -> impl Iterator<Item = &'a str> {
    response.answers.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn below<'a>(response: &'a Response, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    response
        .answers
        .iter()
        .filter_map(move |(field, value)| Some((field.strip_prefix(name)?.strip_prefix('.')?, value.as_str())))
}

fn label<'a>(choices: &'a [Choice], name: &'a str, speech: &Speech<'_>) -> &'a str {
    let text = |text: &'a Text| speech.text(text);
    choices.iter().find(|choice| choice.name.as_str() == name).map_or(name, |choice| text(&choice.label))
}

fn doubt_word<'a>(doubt: &'a str, s: &'static Strings) -> &'a str {
    match doubt {
        "trap" => s.responses.doubt_trap,
        "fast" => s.responses.doubt_fast,
        "burst" => s.responses.doubt_burst,
        other => other,
    }
}

fn device<'a>(device: &'a str, s: &'static Strings) -> &'a str {
    match device {
        "phone" => s.responses.phone,
        "tablet" => s.responses.tablet,
        "desktop" => s.responses.desktop,
        other => other,
    }
}
