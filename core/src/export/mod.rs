//! Responses as tables and lines, for the owner to take away: with or without words, addresses and identities.

mod table;

use serde::{Deserialize, Serialize};

use crate::model::config::Config;
use crate::model::question::{Input, Question};
use crate::model::widget::Widget;
use crate::response::Response;
use crate::time::Timestamp;

pub use table::Table;

/// What is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Redaction {
    /// Free text, the visitor's own words beside options included.
    pub text: bool,
    /// E-mail addresses and consents.
    pub contact: bool,
    /// Visitor, country, page and traits.
    pub identity: bool,
}

impl Redaction {
    /// Whether the answer to `input` is left out as a whole.
    const fn hides(self, input: &Input) -> bool {
        match input {
            Input::Text { .. } => self.text,
            Input::Email | Input::Consent { .. } => self.contact,
            _ => false,
        }
    }

    /// Takes out of `response` what is to be left out. What no version of the widget explains may be anything, so it goes as
    /// soon as anything does.
    pub fn apply(self, response: &mut Response, config: &Config) {
        if self.text || self.contact {
            let widget = config.version(response.widget.as_str(), response.version);
            response.answers.retain(|(field, _)| widget.is_some_and(|widget| self.shows(widget, field)));
        }
        if self.identity {
            for field in [&mut response.visitor, &mut response.country, &mut response.page] {
                field.clear();
            }
            response.traits.clear();
        }
    }

    fn shows(self, widget: &Widget, field: &str) -> bool {
        let (name, part) = field.split_once('.').map_or((field, ""), |(name, part)| (name, part));
        let own_words = |input: &Input| part == "other" && matches!(input, Input::Choice { .. });
        let asked: Option<&Question> = widget.questions.iter().find(|question| question.name.as_str() == name);
        asked.is_some_and(|asked| !(self.hides(&asked.input) || self.text && own_words(&asked.input)))
    }
}

/// A response as one line of JSON, its end included.
///
/// # Errors
/// None but what writing JSON may meet.
pub fn line(out: &mut String, mut response: Response, redaction: Redaction, config: &Config) -> serde_json::Result<()> {
    redaction.apply(&mut response, config);
    out.push_str(&serde_json::to_string(&response)?);
    out.push('\n');
    Ok(())
}

/// `2026-11-22T15:04:05Z`.
pub fn moment(at: Timestamp) -> String {
    let day = at.day();
    let seconds = (at.0 - day.start().0) / 1_000;
    format!("{day}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests;
