//! Responses as the owner reads them: scores at a glance, words in full, the rest as question and answer.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::question::{Choice, Input, Measure, Question};
use rapport_core::model::text::Text;
use rapport_core::response::{Mood, Response};
use rapport_core::time::Timestamp;

use crate::dashboard::format;
use crate::dashboard::inbox::link;
use crate::dashboard::layout::widget_path;
use crate::dashboard::page::Speech;
use crate::dashboard::strings::Strings;

/// A list of responses, newest first.
pub fn list(responses: &[Response], config: &Config, speech: &Speech<'_>, now: Timestamp) -> Markup {
    html! {
        ol.answers { @for response in responses { (entry(response, config, speech, now)) } }
    }
}

/// The gist of a response, for a line of a list.
pub struct Brief {
    pub title: String,
    /// Class and text of each score.
    pub scores: Vec<(&'static str, String)>,
    pub words: Option<String>,
}

/// The gist of a response.
pub fn brief(response: &Response, config: &Config, speech: &Speech<'_>) -> Brief {
    let said = Said::of(response, config, speech);
    let words = said.words.into_iter().map(|(_, words)| words);
    let rest = said.rest.into_iter().map(|(question, answer)| format!("{question} – {answer}"));
    Brief {
        title: label_of(response, config).to_owned(),
        scores: said.scores.into_iter().map(|(class, score, _)| (class, score)).collect(),
        words: words.chain(rest).next(),
    }
}

/// Every question and its answer.
pub fn whole(response: &Response, config: &Config, speech: &Speech<'_>) -> Markup {
    let said = Said::of(response, config, speech);
    html! {
        dl.said {
            @for (class, score, question) in &said.scores { div { dt { (question) } dd { span class=(class) { (score) } } } }
            @for (question, words) in said.words.iter().chain(&said.rest) { div { dt { (question) } dd { (words) } } }
        }
    }
}

/// What the owner calls the widget.
fn label_of<'a>(response: &'a Response, config: &'a Config) -> &'a str {
    let widget = response.widget.as_str();
    config.record(widget).and_then(|record| record.versions.last()).map_or(widget, |v| v.widget.label.as_str())
}

fn entry(response: &Response, config: &Config, speech: &Speech<'_>, now: Timestamp) -> Markup {
    let s = speech.strings();
    let widget = response.widget.as_str();
    let label = label_of(response, config);
    let questions = config.version(widget, response.version).map_or(&[][..], |widget| &widget.questions);
    let several = questions.iter().filter(|question| matches!(question.input, Input::Text { .. })).count() > 1;
    let said = Said::of(response, config, speech);
    html! {
        li id={ "r-" (response.id) } {
            div.line {
                a href=(widget_path(&config.site, widget)) { (label) }
                @for (class, score, _) in &said.scores { span class=(class) { (score) } }
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
                a href={ (link(&config.site.id, Some(&response.id))) "?status=all#reply" } {
                    @if response.complete { (s.inbox.reply) } @else { (s.inbox.open) }
                }
            }
        }
    }
}

/// Only pages of the site itself become links: the address comes from the visitor's browser, and could be anything.
pub fn page(address: &str, config: &Config) -> Markup {
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
    /// Class and text of each score, and what it answers.
    scores: Vec<(&'static str, String, String)>,
    words: Vec<(String, String)>,
    rest: Vec<(String, String)>,
}

impl Said {
    fn of(response: &Response, config: &Config, speech: &Speech<'_>) -> Self {
        let version = config.version(response.widget.as_str(), response.version);
        let mut said = Self::default();
        for question in version.map_or(&[][..], |widget| &widget.questions) {
            said.take(question, response, speech);
        }
        if version.is_none() {
            said.rest.extend(response.answers.iter().map(|(field, value)| (field.clone(), value.clone())));
        }
        said
    }

    fn take(&mut self, question: &Question, response: &Response, speech: &Speech<'_>) {
        let s = speech.strings();
        let name = question.name.as_str();
        let values: Vec<&str> = fields(response, name).collect();
        let title = || speech.title(question);
        match (&question.input, values.as_slice()) {
            (Input::Scale { max, measures, satisfied_from, .. }, [value, ..]) => {
                let point = value.parse::<i32>().ok();
                let score = (s.responses.score)(value, &max.to_string());
                self.scores.push((tone(point, *measures, *satisfied_from), score, title()));
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
    let mood = point.zip(measures).and_then(|(point, measure)| Mood::of(point, measure, satisfied_from));
    match mood {
        Some(Mood::Good) => "chip good",
        Some(Mood::Mild) => "chip mild",
        Some(Mood::Bad) => "chip bad",
        None => "chip on",
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

/// A device in words.
pub fn device<'a>(device: &'a str, s: &'static Strings) -> &'a str {
    match device {
        "phone" => s.responses.phone,
        "tablet" => s.responses.tablet,
        "desktop" => s.responses.desktop,
        other => other,
    }
}
