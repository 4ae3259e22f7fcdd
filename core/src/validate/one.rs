//! One question's fields.

use crate::answer::{Answer, Field, part};
use crate::decimal::Decimal;
use crate::limits::{EMAIL_CHARS, TEXT_CHARS};
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::rule::{Rule, Shape};
use crate::scan::whole;
use crate::time::Day;
use crate::validate::text::{clean, is_email, length};

type Read = Result<Option<Answer>, Vec<Problem>>;

/// Reads the answer to one question out of the form's fields, if there is one. With `complete` it must be whole: enough
/// options, a full ranking, and any at all where the question is required.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_one(rule: &Rule, fields: &[Field], complete: bool) -> Read {
    let answer = match &rule.shape {
        Shape::Info => return Ok(None),
        Shape::Choice { .. } => choice(rule, fields, complete)?,
        Shape::Ranking { options } => ranking(&rule.name, options, fields, complete)?,
        Shape::Matrix { .. } => matrix(rule, fields, complete)?,
        shape => match only(rule.name.as_str(), fields)? {
            Some(text) => Some(single(shape, text).map_err(|fault| wrong(rule.name.as_str(), fault))?),
            None if complete && rule.shape == Shape::Consent => Some(Answer::Consent(false)),
            None => None,
        },
    };
    if complete && rule.required && matches!(answer, None | Some(Answer::Consent(false))) {
        return Err(wrong(rule.name.as_str(), Fault::Required));
    }
    Ok(answer)
}

/// Whether `field` is one of the question's.
pub(super) fn owns(rule: &Rule, field: &str) -> bool {
    let Some(rest) = field.strip_prefix(rule.name.as_str()) else {
        return false;
    };
    let part = rest.strip_prefix('.');
    let among = |names: &[Name]| part.is_some_and(|part| names.iter().any(|name| name.as_str() == part));
    match &rule.shape {
        Shape::Info => false,
        Shape::Ranking { options } => among(options),
        Shape::Matrix { rows, .. } => among(rows),
        Shape::Choice { other: true, .. } => rest.is_empty() || part == Some("other"),
        _ => rest.is_empty(),
    }
}

fn wrong(field: &str, fault: Fault) -> Vec<Problem> {
    vec![Problem::new(field, fault)]
}

/// The one value given under `name`, cleaned; an empty one is not given.
fn only(name: &str, fields: &[Field]) -> Result<Option<String>, Vec<Problem>> {
    let mut only = None;
    for (field, value) in fields {
        if field == name {
            let value = clean(value);
            if !value.is_empty() {
                if only.is_some() {
                    return Err(wrong(name, Fault::Twice));
                }
                only = Some(value);
            }
        }
    }
    Ok(only)
}

/// An answer that is one value.
fn single(shape: &Shape, text: String) -> Result<Answer, Fault> {
    let malformed = |expected: &'static str| Err(Fault::Malformed { expected: expected.into() });
    match shape {
        Shape::Scale { min, max } => {
            let point = bounded(&text, Some(Decimal::from(*min)), Some(Decimal::from(*max)))?;
            match point.whole() {
                Some(point) => Ok(Answer::Scale(point as i32)),
                None => malformed("a whole number"),
            }
        }
        Shape::Number { min, max } => bounded(&text, *min, *max).map(Answer::Number),
        Shape::Date { min, max } => match Day::parse(&text) {
            None => malformed("a day of the form 2026-11-22"),
            Some(day) => match (*min, *max) {
                (Some(min), _) if day < min => Err(Fault::TooEarly { min }),
                (_, Some(max)) if day > max => Err(Fault::TooLate { max }),
                _ => Ok(Answer::Date(day)),
            },
        },
        Shape::Consent => match text.as_str() {
            "yes" => Ok(Answer::Consent(true)),
            "no" => Ok(Answer::Consent(false)),
            _ => Err(Fault::NotAnOption),
        },
        Shape::Email if !is_email(&text) => malformed("an e-mail address"),
        Shape::Text { max } => short_enough(text, (*max).min(TEXT_CHARS)).map(Answer::Text),
        _ => short_enough(text, EMAIL_CHARS).map(Answer::Text),
    }
}

fn short_enough(text: String, max: u32) -> Result<String, Fault> {
    if length(&text) > max as usize { Err(Fault::TooLong { max }) } else { Ok(text) }
}

fn bounded(text: &str, min: Option<Decimal>, max: Option<Decimal>) -> Result<Decimal, Fault> {
    let Ok(number) = text.parse::<Decimal>() else {
        return Err(Fault::Malformed { expected: "a number with at most four decimals".into() });
    };
    match (min, max) {
        (Some(min), _) if number < min => Err(Fault::TooLow { min }),
        (_, Some(max)) if number > max => Err(Fault::TooHigh { max }),
        _ => Ok(number),
    }
}

fn choice(rule: &Rule, fields: &[Field], complete: bool) -> Read {
    let Shape::Choice { options, other, min, max } = &rule.shape else {
        return Ok(None);
    };
    let name = rule.name.as_str();
    let mut taken = vec![false; options.len()];
    let mut boxed = false;
    let mut count = 0;
    for (field, value) in fields {
        let value = if field == name { clean(value) } else { continue };
        if value.is_empty() {
            continue;
        }
        let slot = match place(options, &value) {
            Some(index) => taken.get_mut(index),
            None if *other && value == "other" => Some(&mut boxed),
            None => None,
        };
        match slot {
            None => return Err(wrong(name, Fault::NotAnOption)),
            Some(true) => return Err(wrong(name, Fault::Twice)),
            Some(slot) => *slot = true,
        }
        count += 1;
    }
    let mut own = None;
    if *other {
        let field = part(&rule.name, "other");
        let words = match only(&field, fields)? {
            Some(words) => Some(short_enough(words, TEXT_CHARS).map_err(|fault| wrong(&field, fault))?),
            None => None,
        };
        let left_behind = *max == 1 && !boxed && count > 0;
        if !left_behind && (boxed || words.is_some()) {
            count += u32::from(!boxed);
            own = Some(words.unwrap_or_default());
        }
    }
    if count == 0 {
        return Ok(None);
    }
    if complete && count < *min {
        return Err(wrong(name, Fault::TooFew { min: *min }));
    }
    if count > *max {
        return Err(wrong(name, Fault::TooMany { max: *max }));
    }
    let mut chosen = Vec::new();
    for (option, taken) in options.iter().zip(taken) {
        if taken {
            chosen.push(option.clone());
        }
    }
    Ok(Some(Answer::Choice { chosen, other: own }))
}

fn ranking(name: &Name, options: &[Name], fields: &[Field], complete: bool) -> Read {
    // For each place the option that has it.
    let mut order: Vec<Option<&Name>> = vec![None; options.len()];
    let mut problems = Vec::new();
    let mut placed = 0;
    for option in options {
        let field = part(name, option.as_str());
        let text = match only(&field, fields) {
            Ok(Some(text)) => text,
            Ok(None) => continue,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        let place = whole::<usize>(&text).unwrap_or(0).wrapping_sub(1);
        match order.get_mut(place) {
            None => problems.push(Problem::new(field, Fault::NotAnOption)),
            Some(Some(_)) => problems.push(Problem::new(field, Fault::Twice)),
            Some(slot) => {
                *slot = Some(option);
                placed += 1;
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if placed == options.len() && placed > 0 {
        let mut ranked = Vec::new();
        for option in order {
            ranked.extend(option.cloned());
        }
        return Ok(Some(Answer::Ranking(ranked)));
    }
    if complete && placed > 0 {
        return Err(wrong(name.as_str(), Fault::TooFew { min: options.len() as u32 }));
    }
    Ok(None)
}

fn matrix(rule: &Rule, fields: &[Field], complete: bool) -> Read {
    let Shape::Matrix { rows, columns } = &rule.shape else {
        return Ok(None);
    };
    let mut cells = Vec::new();
    let mut problems = Vec::new();
    for row in rows {
        let field = part(&rule.name, row.as_str());
        match only(&field, fields) {
            Ok(Some(value)) => match place(columns, &value).and_then(|index| columns.get(index)) {
                Some(column) => cells.push((row.clone(), column.clone())),
                None => problems.push(Problem::new(field, Fault::NotAnOption)),
            },
            Ok(None) if complete && rule.required => problems.push(Problem::new(field, Fault::Required)),
            Ok(None) => {}
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(if cells.is_empty() { None } else { Some(Answer::Matrix(cells)) })
}

fn place(names: &[Name], name: &str) -> Option<usize> {
    names.iter().position(|known| known.as_str() == name)
}
