//! A response in words: what was asked, and what was said to it.

use crate::model::question::{Choice, Input, Question};
use crate::model::text::{Locale, Text};
use crate::model::widget::Widget;
use crate::response::Response;

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub question: String,
    pub answer: String,
    /// The visitor's own words.
    pub words: bool,
}

/// Every answer, in the order of the questions. `agreed` are the words for a consent, given and not.
pub fn said(response: &Response, widget: &Widget, locale: &Locale, agreed: [&str; 2]) -> Vec<Said> {
    widget.questions.iter().filter_map(|question| one(question, response, locale, agreed)).collect()
}

fn one(question: &Question, response: &Response, locale: &Locale, agreed: [&str; 2]) -> Option<Said> {
    let name = question.name.as_str();
    let values: Vec<&str> = of(response, name).collect();
    let first = values.first().copied();
    let words = matches!(question.input, Input::Text { .. });
    let answer = match &question.input {
        Input::Scale { max, .. } => format!("{} / {max}", first?),
        Input::Choice { options, .. } => {
            let mut chosen: Vec<&str> = values.iter().map(|value| label(options, value, locale)).collect();
            chosen.extend(of(response, &format!("{name}.other")));
            chosen.join(", ")
        }
        Input::Ranking { options } => {
            let mut places: Vec<(u32, &str)> = below(response, name)
                .filter_map(|(option, place)| Some((place.parse().ok()?, label(options, option, locale))))
                .collect();
            places.sort_unstable();
            places.iter().map(|(place, option)| format!("{place}. {option}")).collect::<Vec<_>>().join(", ")
        }
        Input::Matrix { rows, columns } => {
            let cells = below(response, name)
                .map(|(row, column)| format!("{}: {}", label(rows, row, locale), label(columns, column, locale)));
            cells.collect::<Vec<_>>().join(", ")
        }
        Input::Consent { .. } => agreed.into_iter().nth(usize::from(first? != "yes"))?.to_owned(),
        Input::Info { .. } => return None,
        _ => first?.to_owned(),
    };
    let title = if let Input::Consent { label } = &question.input { label } else { &question.title };
    (!answer.is_empty()).then(|| Said { question: text(title, locale).to_owned(), answer, words })
}

fn text<'a>(text: &'a Text, locale: &Locale) -> &'a str {
    text.get(locale)
}

fn of<'a>(response: &'a Response, name: &str) -> impl Iterator<Item = &'a str> {
    response.answers.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn below<'a>(response: &'a Response, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let part = move |field: &'a str| field.strip_prefix(name)?.strip_prefix('.');
    response.answers.iter().filter_map(move |(field, value)| Some((part(field)?, value.as_str())))
}

fn label<'a>(choices: &'a [Choice], name: &'a str, locale: &Locale) -> &'a str {
    choices.iter().find(|choice| choice.name.as_str() == name).map_or(name, |choice| text(&choice.label, locale))
}
