//! Words that scripts say on the form's behalf, as attributes in the visitor's language: only those that this form can
//! come to need.

use crate::i18n::{Strings, fill};
use crate::model::question::Input;
use crate::model::widget::{Kind, Widget};
use crate::problem::Fault;

/// `data-say-…` attributes.
pub(super) fn runtime(widget: &Widget, s: &'static Strings) -> Vec<(&'static str, &'static str)> {
    let any = |wanted: fn(&Input) -> bool| widget.questions.iter().any(|question| wanted(&question.input));
    let many = widget.questions.len() > 1;
    let multiple = any(|input| matches!(input, Input::Choice { max, min, .. } if *max > 1 || *min > 1));
    let number = any(|input| matches!(input, Input::Number { .. }));
    let date = any(|input| matches!(input, Input::Date { .. }));
    let text = any(|input| matches!(input, Input::Text { .. } | Input::Choice { other: true, .. } | Input::Email));
    let ranking = any(|input| matches!(input, Input::Ranking { .. }));
    let poll = widget.kind == Kind::Poll;
    [
        (true, "data-say-sending", s.status.sending),
        (true, "data-say-saved", s.status.saved),
        (true, "data-say-refused", s.status.refused),
        (true, "data-say-closed", s.status.reason_closed),
        (true, "data-say-too_old", s.status.reason_old),
        (true, "data-say-too_new", s.status.reason_clock),
        (true, "data-say-invalid", s.status.reason_other),
        (true, "data-say-receipt", s.status.receipt),
        (many, "data-say-next", s.form.next),
        (many, "data-say-skip", s.form.skip),
        (many, "data-say-step", s.form.step),
        (many, "data-say-resumed", s.form.resumed),
        (many, "data-say-start_over", s.form.start_over),
        (widget.questions.iter().any(|question| question.required), "data-say-required", s.invalid.required),
        (text, "data-say-too_long", s.invalid.too_long),
        (multiple, "data-say-too_many", s.invalid.too_many),
        (multiple, "data-say-too_few", s.invalid.too_few),
        (number, "data-say-too_low", s.invalid.too_low),
        (number, "data-say-too_high", s.invalid.too_high),
        (date, "data-say-too_early", s.invalid.too_early),
        (date, "data-say-too_late", s.invalid.too_late),
        (true, "data-say-malformed", s.invalid.malformed),
        (any(|input| *input == Input::Email), "data-say-malformed_email", s.invalid.malformed_email),
        (number, "data-say-malformed_number", s.invalid.malformed_number),
        (date, "data-say-malformed_date", s.invalid.malformed_date),
        (any(|input| matches!(input, Input::Consent { .. })), "data-say-consent", s.invalid.consent),
        (ranking, "data-say-twice", s.invalid.twice),
        (ranking, "data-say-up", s.ranking.up),
        (ranking, "data-say-down", s.ranking.down),
        (ranking, "data-say-moved", s.ranking.moved),
        (poll, "data-say-percent", s.number.percent),
        (poll, "data-say-votes-zero", s.status.votes.zero),
        (poll, "data-say-votes-one", s.status.votes.one),
        (poll, "data-say-votes-two", s.status.votes.two),
        (poll, "data-say-votes-few", s.status.votes.few),
        (poll, "data-say-votes-many", s.status.votes.many),
        (poll, "data-say-votes-other", s.status.votes.other),
    ]
    .into_iter()
    // Languages have no words for the kinds of numbers that they do not know.
    .filter_map(|(needed, key, text)| (needed && !text.is_empty()).then_some((key, text)))
    .collect()
}

/// What is wrong, for the visitor: what the browser says from the attributes above, the Worker says with this.
pub(super) fn fault(fault: &Fault, input: &Input, s: &'static Strings) -> String {
    let words = &s.invalid;
    let wording = match fault {
        Fault::Required if matches!(input, Input::Consent { .. }) => words.consent,
        Fault::Required => words.required,
        Fault::TooLong { .. } => words.too_long,
        Fault::TooMany { .. } => words.too_many,
        Fault::TooFew { .. } => words.too_few,
        Fault::TooLow { .. } => words.too_low,
        Fault::TooHigh { .. } => words.too_high,
        Fault::TooEarly { .. } => words.too_early,
        Fault::TooLate { .. } => words.too_late,
        Fault::NotAnOption => words.not_an_option,
        Fault::Malformed { .. } => match input {
            Input::Email => words.malformed_email,
            Input::Number { .. } => words.malformed_number,
            Input::Date { .. } => words.malformed_date,
            _ => words.malformed,
        },
        Fault::Unknown => words.unknown,
        Fault::Twice => words.twice,
        Fault::Conflict { .. } | Fault::TooOld | Fault::TooNew => words.conflict,
    };
    let limit = fault.limit().unwrap_or_default();
    fill(wording, &[("min", &limit), ("max", &limit)])
}
