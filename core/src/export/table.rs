//! One row for each response, one column for each question – or, where a question has several values, one for each option
//! or row.

use crate::csv;
use crate::export::{Redaction, moment};
use crate::model::config::Config;
use crate::model::question::{Choice, Input, Question};
use crate::model::text::{Locale, Text};
use crate::model::widget::Widget;
use crate::name::Name;
use crate::response::Response;

/// The columns of an export.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    redaction: Redaction,
}

#[derive(Clone, Debug)]
struct Column {
    title: String,
    /// The widget whose answer it holds.
    widget: Option<Name>,
    holds: Holds,
}

#[derive(Clone, Debug)]
enum Holds {
    /// What every response has.
    Fact(Fact),
    /// The value of a field; the words that stand for some values.
    Value { field: String, words: Vec<(String, String)> },
    /// `yes` where the field has this value.
    Has { field: String, value: String },
}

type Fact = fn(&Response) -> String;

/// What every response has, and whether it tells who it is from.
const FACTS: [(&str, bool, Fact); 14] = [
    ("id", false, |response| response.id.clone()),
    ("received", false, |response| moment(response.received)),
    ("widget", false, |response| response.widget.to_string()),
    ("version", false, |response| response.version.to_string()),
    ("variant", false, |response| response.variant.as_ref().map_or_else(String::new, Name::to_string)),
    ("complete", false, |response| yes(response.complete)),
    ("active_seconds", false, |response| (response.active_ms / 1_000).to_string()),
    ("locale", false, |response| response.locale.clone()),
    ("device", false, |response| response.device.clone()),
    ("doubts", false, |response| response.doubts.join(" ")),
    ("country", true, |response| response.country.clone()),
    ("page", true, |response| response.page.clone()),
    ("visitor", true, |response| response.visitor.clone()),
    ("traits", true, |response| {
        response.traits.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }),
];

impl Table {
    /// The columns for `widget`, or for all. With `labels`, options and headings are in the words of `locale` rather than by
    /// name. A question that any version asked has its column, in the wording of the newest that asked it.
    pub fn new(config: &Config, widget: Option<&Name>, redaction: Redaction, labels: Option<&Locale>) -> Self {
        let facts = FACTS.iter().filter(|(_, identity, _)| !(redaction.identity && *identity));
        let mut columns: Vec<Column> = facts
            .map(|(title, _, fact)| Column { title: (*title).to_owned(), widget: None, holds: Holds::Fact(*fact) })
            .collect();
        let wanted = |name: &str| widget.is_none_or(|widget| widget.as_str() == name);
        for record in config.widgets.iter().filter(|record| record.name().is_some_and(wanted)) {
            let Some(newest) = record.versions.last().map(|version| &version.widget) else { continue };
            let versions: Vec<&Widget> = record.versions.iter().rev().map(|version| &version.widget).collect();
            let outer = match (widget, labels) {
                (Some(_), _) => String::new(),
                (None, Some(_)) => format!("{}: ", newest.label),
                (None, None) => format!("{}.", newest.name),
            };
            for question in asked(&versions) {
                let shown = Shown { question, labels, outer: &outer, widget: &newest.name };
                shown.columns(redaction, &mut columns);
            }
        }
        Self { columns, redaction }
    }

    /// The heading.
    pub fn head(&self, out: &mut String) {
        csv::write(out, self.columns.iter().map(|column| column.title.as_str()));
    }

    /// One response. What is left out is decided by the version that it answered: a choice may have been free text once.
    pub fn row(&self, out: &mut String, mut response: Response, config: &Config) {
        self.redaction.apply(&mut response, config);
        let cells: Vec<String> = self.columns.iter().map(|column| column.cell(&response)).collect();
        csv::write(out, cells.iter().map(String::as_str));
    }
}

impl Column {
    fn cell(&self, response: &Response) -> String {
        if self.widget.as_ref().is_some_and(|widget| *widget != response.widget) {
            return String::new();
        }
        let values = |wanted: &str| {
            let wanted = wanted.to_owned();
            response.answers.iter().filter(move |(field, _)| *field == wanted).map(|(_, value)| value)
        };
        match &self.holds {
            Holds::Fact(fact) => fact(response),
            Holds::Value { field, words } => {
                let in_words = |value: &String| {
                    words
                        .iter()
                        .find(|(name, _)| name == value)
                        .map_or_else(|| value.clone(), |(_, words)| words.clone())
                };
                values(field).map(in_words).collect::<Vec<_>>().join("; ")
            }
            Holds::Has { field, value } => yes(values(field).any(|found| found == value)),
        }
    }
}

/// One question on its way into columns.
struct Shown<'a> {
    question: Question,
    labels: Option<&'a Locale>,
    outer: &'a str,
    widget: &'a Name,
}

impl Shown<'_> {
    fn columns(&self, redaction: Redaction, columns: &mut Vec<Column>) {
        let input = &self.question.input;
        if redaction.hides(input) {
            return;
        }
        let name = self.question.name.as_str();
        let mut put = |part: Option<(&str, &str)>, holds| {
            columns.push(Column { title: self.title(part), widget: Some(self.widget.clone()), holds });
        };
        let value = |field: String, choices: &[Choice]| {
            let words = choices.iter().filter_map(|choice| Some((choice.name.to_string(), self.words(&choice.label)?)));
            Holds::Value { field, words: words.collect() }
        };
        match input {
            Input::Info { .. } => {}
            Input::Choice { options, other, max, .. } => {
                if *max == 1 {
                    put(None, value(name.to_owned(), options));
                } else {
                    for option in options {
                        let holds = Holds::Has { field: name.to_owned(), value: option.name.to_string() };
                        put(Some(self.part(option)), holds);
                    }
                }
                if *other && !redaction.text {
                    put(Some(("other", "…")), value(format!("{name}.other"), &[]));
                }
            }
            Input::Ranking { options } => {
                for option in options {
                    put(Some(self.part(option)), value(format!("{name}.{}", option.name), &[]));
                }
            }
            Input::Matrix { rows, columns } => {
                for row in rows {
                    put(Some(self.part(row)), value(format!("{name}.{}", row.name), columns));
                }
            }
            _ => put(None, value(name.to_owned(), &[])),
        }
    }

    fn title(&self, part: Option<(&str, &str)>) -> String {
        let outer = self.outer;
        match (self.words(&self.question.title), part) {
            (Some(title), Some((_, words))) => format!("{outer}{title} – {words}"),
            (Some(title), None) => format!("{outer}{title}"),
            (None, Some((part, _))) => format!("{outer}{}.{part}", self.question.name),
            (None, None) => format!("{outer}{}", self.question.name),
        }
    }

    fn part<'b>(&self, choice: &'b Choice) -> (&'b str, &'b str) {
        (choice.name.as_str(), self.labels.map_or("", |locale| choice.label.get(locale)))
    }

    fn words(&self, text: &Text) -> Option<String> {
        self.labels.map(|locale| text.get(locale).to_owned())
    }
}

/// The questions of all versions, newest first, each once, with every option that any version offered.
fn asked(versions: &[&Widget]) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    for question in versions.iter().flat_map(|widget| &widget.questions) {
        match all.iter_mut().find(|known| known.name == question.name) {
            None => all.push(question.clone()),
            Some(known) => match (&mut known.input, &question.input) {
                (Input::Choice { options, other, max, .. }, Input::Choice { options: more, other: o, max: m, .. }) => {
                    (*other, *max) = (*other || *o, (*max).max(*m));
                    add(options, more);
                }
                (Input::Ranking { options }, Input::Ranking { options: more }) => add(options, more),
                (Input::Matrix { rows, columns }, Input::Matrix { rows: r, columns: c }) => {
                    add(rows, r);
                    add(columns, c);
                }
                _ => {}
            },
        }
    }
    all
}

fn add(known: &mut Vec<Choice>, more: &[Choice]) {
    for choice in more {
        if known.iter().all(|one| one.name != choice.name) {
            known.push(choice.clone());
        }
    }
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "" }.to_owned()
}
