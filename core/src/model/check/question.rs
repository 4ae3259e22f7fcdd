//! One question.

use super::{Found, expression};
use crate::expr::WORDS;
use crate::limits::{LABEL_CHARS, OPTIONS, TEXT_CHARS};
use crate::model::question::{Choice, Input, Look, Measure, Question};
use crate::model::text::Text;
use crate::problem::{Fault, Problem};
use crate::validate::RESERVED;
use crate::walk::{Piece, pieces};

/// Everything that is wrong with the question at `index` of `all`.
pub(super) fn check(question: &Question, index: usize, all: &[Question]) -> Vec<Problem> {
    let mut found = Found::default();
    let name = question.name.as_str();
    if RESERVED.contains(&name) || WORDS.contains(&name) {
        found
            .conflict("name", format!("`{name}` is a word of the form or of show_if, so no question can be called so"));
    }
    found.text("title", Some(&question.title));
    found.text("hint", question.hint.as_ref());
    let earlier = all.get(..index).unwrap_or_default();
    pipes("title", &question.title, earlier, &mut found);
    if let Some(hint) = &question.hint {
        pipes("hint", hint, earlier, &mut found);
    }
    if let Some(expr) = &question.show_if {
        found.within("show_if", expression::check(expr, index, all));
    }
    let mut inner = Found::default();
    input(&question.input, &mut inner);
    found.within("input", inner.0);
    found.0
}

/// `{question}` in a text must name an earlier one; otherwise a typing mistake would be shown to visitors.
fn pipes(field: &str, text: &Text, earlier: &[Question], found: &mut Found) {
    let texts: Vec<&str> = match text {
        Text::One(text) => vec![text],
        Text::Many(texts) => texts.values().map(String::as_str).collect(),
    };
    for piece in texts.into_iter().flat_map(pieces) {
        if let Piece::Pipe(name) = piece {
            let known = |question: &Question| {
                question.name.as_str() == name
                    && !matches!(question.input, Input::Info { .. } | Input::Consent { .. } | Input::Matrix { .. })
            };
            if !earlier.iter().any(known) {
                found.conflict(
                    field,
                    format!("`{{{name}}}` is no earlier question whose answer could stand in a sentence"),
                );
            }
        }
    }
}

fn input(input: &Input, found: &mut Found) {
    match input {
        Input::Scale { low, high, .. } => {
            found.text("low", low.as_ref());
            found.text("high", high.as_ref());
            scale(input, found);
        }
        Input::Choice { options, other, min, max, correct, explanation, .. } => {
            found.text("explanation", explanation.as_ref());
            found.count("correct", correct.len(), 0, *max as usize);
            found.unique(|index| format!("correct[{index}]"), correct.iter());
            for (index, right) in correct.iter().enumerate().take(OPTIONS) {
                if !options.iter().any(|option| option.name == *right) {
                    found.put(&format!("correct[{index}]"), Fault::NotAnOption);
                }
            }
            choices("options", options, if *other { 1 } else { 2 }, found);
            if let Some(index) = options.iter().position(|option| option.name.as_str() == "other") {
                found.conflict(&format!("options[{index}].name"), "`other` stands for the visitor's own words");
            }
            let most = options.len() as u32 + u32::from(*other);
            found.range("max", *max, 1, most.max(1));
            if min > max {
                found.conflict("min", "is greater than max");
            }
        }
        Input::Text { long, max, placeholder } => {
            found.range("max", max.unwrap_or(1), 1, if *long { TEXT_CHARS } else { LABEL_CHARS });
            found.text("placeholder", placeholder.as_ref());
        }
        Input::Number { min: Some(min), max: Some(max) } if min > max => found.conflict("min", "is greater than max"),
        Input::Date { min: Some(min), max: Some(max) } if min > max => found.conflict("min", "is later than max"),
        Input::Ranking { options } => choices("options", options, 2, found),
        Input::Matrix { rows, columns } => {
            choices("rows", rows, 1, found);
            choices("columns", columns, 2, found);
        }
        Input::Consent { label } => found.text("label", Some(label)),
        Input::Email | Input::Number { .. } | Input::Date { .. } | Input::Info { .. } => {}
    }
}

fn scale(input: &Input, found: &mut Found) {
    let Input::Scale { min, max, look, measures, satisfied_from, .. } = input else {
        return;
    };
    let points = i64::from(*max) - i64::from(*min) + 1;
    if points < 2 {
        return found.conflict("max", "a scale needs at least two points");
    }
    if points > 11 {
        return found.put("max", Fault::TooHigh { max: (*min + 10).into() });
    }
    match look {
        Look::Smileys if points != 5 => found.conflict("look", "there are five smileys; the scale has other points"),
        Look::Thumbs if points != 2 => found.conflict("look", "there are two thumbs; the scale has other points"),
        Look::Stars if *min != 1 => found.conflict("look", "stars count from 1"),
        _ => {}
    }
    match measures {
        Some(Measure::Nps) if (*min, *max) != (0, 10) => found.conflict("measures", "an nps scale runs from 0 to 10"),
        Some(Measure::Ces) if (*min, *max) != (1, 7) => found.conflict("measures", "a ces scale runs from 1 to 7"),
        Some(Measure::Csat) if satisfied_from.is_none() => found.put("satisfied_from", Fault::Required),
        _ => {}
    }
    match satisfied_from {
        Some(from) if *from <= *min => found.put("satisfied_from", Fault::TooLow { min: (*min + 1).into() }),
        Some(from) if from > max => found.put("satisfied_from", Fault::TooHigh { max: (*max).into() }),
        _ => {}
    }
}

fn choices(field: &str, choices: &[Choice], min: usize, found: &mut Found) {
    found.count(field, choices.len(), min, OPTIONS);
    found.unique(|index| format!("{field}[{index}].name"), choices.iter().map(|choice| &choice.name));
    for (index, choice) in choices.iter().enumerate().take(OPTIONS) {
        found.text(&format!("{field}[{index}].label"), Some(&choice.label));
    }
}
