//! Answers, read from form fields. A field is a pair of texts, named as the form's controls are; that one form is what
//! a browser's `FormData` gives, what a plain `<form>` posts, what the wire carries and what KV keeps:
//!
//! | shape | fields |
//! |---|---|
//! | scale, number, date, text, e-mail | `name` = value |
//! | choice | `name` = option, once for each option chosen; `name.other` = the visitor's own words; `name` = `other` = the box beside those words |
//! | ranking | `name.option` = position, counted from 1 |
//! | matrix | `name.row` = column |
//! | consent | `name` = `yes`, or `no` |
//!
//! An empty value is no answer: a form sends its empty fields too. Words in `name.other` that were left behind when another
//! of several exclusive options was chosen do not count.

use crate::decimal::Decimal;
use crate::name::Name;
use crate::time::Day;

/// One form field.
pub type Field = (String, String);

/// One valid answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A point on a scale.
    Scale(i32),
    /// A number.
    Number(Decimal),
    /// Options in the question's order, and the visitor's own words; empty words if only the box was ticked.
    Choice { chosen: Vec<Name>, other: Option<String> },
    /// Text or an e-mail address, trimmed, never empty.
    Text(String),
    /// A day.
    Date(Day),
    /// All options, best first.
    Ranking(Vec<Name>),
    /// Row and column, in the question's order of rows; rows left open are absent.
    Matrix(Vec<(Name, Name)>),
    /// Whether the visitor agreed.
    Consent(bool),
}

/// Valid answers by question, in the order of the walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(Name, Answer)>);

impl Answers {
    /// The answer to `question`.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.iter().find(|(name, _)| name.as_str() == question).map(|(_, answer)| answer)
    }

    /// Adds or replaces an answer.
    pub fn set(&mut self, question: Name, answer: Answer) {
        match self.0.iter_mut().find(|(name, _)| *name == question) {
            Some(slot) => slot.1 = answer,
            None => self.0.push((question, answer)),
        }
    }

    /// Question by question.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Answer)> {
        self.0.iter().map(|(name, answer)| (name, answer))
    }

    /// The form's fields, from which [`crate::validate::read`] reads the same answers.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for (question, answer) in &self.0 {
            let mut put = |value: &str| fields.push((question.as_str().to_owned(), value.to_owned()));
            match answer {
                Answer::Scale(point) => put(&point.to_string()),
                Answer::Number(number) => put(&number.to_string()),
                Answer::Text(text) => put(text),
                Answer::Date(day) => put(&day.to_string()),
                Answer::Consent(agreed) => put(if *agreed { "yes" } else { "no" }),
                Answer::Choice { chosen, other } => {
                    chosen.iter().for_each(|option| put(option.as_str()));
                    match other.as_deref() {
                        None => {}
                        Some("") => put("other"),
                        Some(words) => fields.push((part(question, "other"), words.to_owned())),
                    }
                }
                Answer::Ranking(order) => {
                    for (index, option) in order.iter().enumerate() {
                        fields.push((part(question, option.as_str()), (index + 1).to_string()));
                    }
                }
                Answer::Matrix(cells) => {
                    for (row, column) in cells {
                        fields.push((part(question, row.as_str()), column.as_str().to_owned()));
                    }
                }
            }
        }
        fields
    }

    /// Whether the visitor told anything; an unticked box tells nothing.
    pub fn tell(&self) -> bool {
        self.0.iter().any(|(_, answer)| *answer != Answer::Consent(false))
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name of a field that is one part of a question.
pub fn part(question: &Name, part: &str) -> String {
    let mut field = String::from(question.as_str());
    field.push('.');
    field.push_str(part);
    field
}
