//! One question: its wording, its controls, its error.

use maud::{Markup, html};

use super::{ViewContext, choice, field, matrix, ranking, say, scale};
use crate::expr::Expr;
use crate::i18n::Strings;
use crate::model::question::{Input, Question};
use crate::name::Name;
use crate::validate;
use crate::walk::{self, Piece};

/// A question to be drawn.
pub(super) struct Ask<'a> {
    pub question: &'a Question,
    pub context: &'a ViewContext<'a>,
    pub strings: &'static Strings,
    /// `{widget}-{question}`: unique in the form.
    pub id: String,
    pub title: &'a str,
    /// The questions before it, whose answers its wording may repeat.
    pub earlier: &'a [Question],
    /// "required" or "optional", where it needs to be said.
    pub mark: Option<&'static str>,
}

/// The question as a group of controls, or as one labelled control.
pub(super) fn question(ask: &Ask<'_>) -> Markup {
    let controls = match &ask.question.input {
        Input::Scale { min, max, low, high, look, .. } => {
            scale::points(ask, *min, *max, *look, low.as_ref(), high.as_ref())
        }
        Input::Choice { options, other, shuffle, max, .. } => choice::options(ask, options, *other, *shuffle, *max > 1),
        Input::Text { long: true, placeholder, .. } => field::area(ask, placeholder.as_ref()),
        Input::Text { placeholder, .. } => field::line(ask, placeholder.as_ref()),
        Input::Email => field::email(ask),
        Input::Number { min, max } => field::number(ask, *min, *max),
        Input::Date { min, max } => field::date(ask, *min, *max),
        Input::Ranking { options } => ranking::rows(ask, options),
        Input::Matrix { rows, columns } => matrix::rows(ask, rows, columns),
        Input::Consent { label } => choice::consent(ask, label),
        Input::Info { day } => html! { @if let Some(day) = day { time class="hint" datetime=(day) { (day) } } },
    };
    let shape = ask.question.input.shape().to_string();
    let condition = ask.question.show_if.as_ref().map(Expr::to_postfix);
    let required = ask.question.required;
    html! {
        @match ask.question.input {
            Input::Text { .. } | Input::Email | Input::Number { .. } | Input::Date { .. } => {
                div class="q" part="question" data-q=(ask.question.name) data-shape=(shape) data-if=[condition] data-required[required] {
                    label class="title" for=(ask.id) { (ask.wording()) }
                    (ask.hint()) (controls) (ask.error())
                }
            }
            Input::Info { .. } => {
                div class="q" part="question" data-q=(ask.question.name) data-shape=(shape) data-if=[condition] {
                    p class="title" { (ask.wording()) }
                    (ask.hint()) (controls)
                }
            }
            _ => {
                fieldset class="q" part="question" data-q=(ask.question.name) data-shape=(shape) data-if=[condition] data-required[required]
                    aria-describedby=(ask.described())
                {
                    legend class="title" { (ask.wording()) }
                    (ask.hint()) (controls) (ask.error())
                }
            }
        }
    }
}

impl Ask<'_> {
    /// The title with places for earlier answers, and the mark.
    fn wording(&self) -> Markup {
        html! {
            (self.piped())
            @if let Some(mark) = self.mark { " " span class="mark" { "(" (mark) ")" } }
        }
    }

    fn piped(&self) -> Markup {
        html! {
            @for piece in walk::pieces(self.title) {
                @match piece {
                    Piece::Words(words) => (words),
                    Piece::Pipe(name) => @match self.earlier.iter().find(|question| question.name.as_str() == name) {
                        Some(question) => span data-pipe=(name) { (self.answered(question).unwrap_or_else(|| "…".to_owned())) },
                        // A name in braces that is no earlier question's is what the owner wrote.
                        None => { "{" (name) "}" }
                    }
                }
            }
        }
    }

    /// The answer to an earlier question in words, where the sheet has one.
    fn answered(&self, question: &Question) -> Option<String> {
        let answer = validate::read_one(&question.rule(), self.context.sheet?.values, false).ok()??;
        let label = |name: &Name| match &question.input {
            Input::Choice { options, .. } | Input::Ranking { options } => {
                let option = options.iter().find(|option| option.name == *name);
                option.map_or_else(|| name.to_string(), |option| option.label.get(self.context.locale).to_owned())
            }
            _ => name.to_string(),
        };
        Some(walk::words(&answer, &label)).filter(|words| !words.is_empty())
    }

    /// What there is to say below the title: the owner's hint, then how many to choose.
    fn hint(&self) -> Markup {
        let hint = self.question.hint.as_ref().map(|hint| hint.get(self.context.locale));
        let rule = self.rule();
        html! {
            @if hint.is_some() || rule.is_some() {
                p class="hint" id={ (self.id) "-hint" } {
                    @if let Some(hint) = hint { (hint) @if rule.is_some() { " " } }
                    @if let Some(rule) = rule { (rule) }
                }
            }
        }
    }

    fn rule(&self) -> Option<String> {
        match &self.question.input {
            Input::Choice { options, other, min, max, .. } if *max > 1 => {
                Some(choice::how_many(self.strings, *min, *max, options.len() + usize::from(*other)))
            }
            Input::Ranking { .. } => Some(self.strings.ranking.hint.to_owned()),
            _ => None,
        }
    }

    fn has_hint(&self) -> bool {
        self.question.hint.is_some() || self.rule().is_some()
    }

    /// The ids of hint and error, for `aria-describedby`.
    pub fn described(&self) -> String {
        let error = format!("{}-error", self.id);
        if self.has_hint() { format!("{}-hint {error}", self.id) } else { error }
    }

    /// Where scripts, or the Worker, say what is wrong.
    fn error(&self) -> Markup {
        let message = self.fault().map(|fault| say::fault(fault, &self.question.input, self.strings));
        html! { p class="error" part="error" id={ (self.id) "-error" } hidden[message.is_none()] { @if let Some(message) = message { (message) } } }
    }

    /// What the Worker found wrong.
    fn fault(&self) -> Option<&crate::problem::Fault> {
        let name = self.question.name.as_str();
        let problems = self.context.sheet?.problems;
        problems
            .iter()
            .find(|problem| {
                problem.field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .map(|problem| &problem.fault)
    }

    /// `aria-invalid`, where something is wrong.
    pub fn invalid(&self) -> Option<&'static str> {
        self.fault().map(|_| "true")
    }

    /// The value given for `field`.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.context.sheet?.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Whether `value` was among those given for `field`.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.context.sheet.is_some_and(|sheet| sheet.values.iter().any(|(name, given)| name == field && given == value))
    }

    /// The question's name, which its form fields begin with.
    pub fn name(&self) -> &str {
        self.question.name.as_str()
    }
}
