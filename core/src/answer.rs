//! Answers, read from form fields. A field is a pair of texts, named as the form's controls are; that one form is what
//! a browser's `FormData` gives, what a plain `<form>` posts, what the wire carries and what KV keeps:
//!
//! | shape | fields |
//! |---|---|
//! | scale, number, date, text, e-mail | `name` = value |
//! | choice | `name` = option, once for each option chosen; `name.other` = the visitor's own words |
//! | ranking | `name.option` = position, counted from 1 |
//! | matrix | `name.row` = column |
//! | consent | `name` = `yes` |

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
    /// Options in the question's order, and the visitor's own words.
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

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
