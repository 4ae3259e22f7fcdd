//! One question's fields.

use crate::answer::{Answer, Field, part};
use crate::decimal::Decimal;
use crate::limits::{EMAIL_CHARS, TEXT_CHARS};
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::rule::{Rule, Shape};
use crate::time::Day;
use crate::validate::text::{clean, is_email};

type Read = Result<Option<Answer>, Vec<Problem>>;

/// Reads the answer to one question out of the form's fields, if there is one. With `complete` it must be whole: enough
/// options, a full ranking, and any at all where the question is required.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_one(rule: &Rule, fields: &[Field], complete: bool) -> Read {
    let name = rule.name.as_str();
    let answer = match &rule.shape {
        Shape::Info => return Ok(None),
        Shape::Scale { min, max } => single(name, fields, |text| scale(text, *min, *max)),
        Shape::Number { min, max } => single(name, fields, |text| number(text, *min, *max)),
        Shape::Date { min, max } => single(name, fields, |text| date(text, *min, *max)),
        Shape::Text { max } => single(name, fields, |text| short_enough(text, (*max).min(TEXT_CHARS))),
        Shape::Email => single(name, fields, |text| {
            if is_email(&text) { short_enough(text, EMAIL_CHARS) } else { Err(malformed("an e-mail address")) }
        }),
        Shape::Consent => single(name, fields, |text| match text.as_str() {
            "yes" => Ok(Answer::Consent(true)),
            "no" => Ok(Answer::Consent(false)),
            _ => Err(Fault::NotAnOption),
        }),
        Shape::Choice { options, other, min, max } => {
            let fewest = if complete { *min } else { 0 };
            choice(&rule.name, fields, options, *other, fewest, *max)
        }
        Shape::Ranking { options } => ranking(&rule.name, fields, options, complete),
        Shape::Matrix { rows, columns } => matrix(rule, fields, rows, columns, complete),
    }?;
    let agreed = !matches!(answer, None | Some(Answer::Consent(false)));
    if complete && rule.required && !agreed {
        return Err(vec![Problem::new(name, Fault::Required)]);
    }
    if complete && rule.shape == Shape::Consent {
        return Ok(answer.or(Some(Answer::Consent(false))));
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

/// The values given under `name`, cleaned; empty ones are not given.
fn values<'a>(name: &'a str, fields: &'a [Field]) -> impl Iterator<Item = String> + 'a {
    fields
        .iter()
        .filter(move |(field, _)| field == name)
        .map(|(_, value)| clean(value))
        .filter(|value| !value.is_empty())
}

/// The one value given under `name`.
fn only(name: &str, fields: &[Field]) -> Result<Option<String>, Problem> {
    let mut values = values(name, fields);
    let first = values.next();
    if values.next().is_some() { Err(Problem::new(name, Fault::Twice)) } else { Ok(first) }
}

fn single(name: &str, fields: &[Field], read: impl FnOnce(String) -> Result<Answer, Fault>) -> Read {
    match only(name, fields).map_err(|problem| vec![problem])? {
        None => Ok(None),
        Some(text) => read(text).map(Some).map_err(|fault| vec![Problem::new(name, fault)]),
    }
}

fn malformed(expected: &'static str) -> Fault {
    Fault::Malformed { expected: expected.into() }
}

fn short_enough(text: String, max: u32) -> Result<Answer, Fault> {
    if text.chars().count() > max as usize { Err(Fault::TooLong { max }) } else { Ok(Answer::Text(text)) }
}

fn scale(text: String, min: i32, max: i32) -> Result<Answer, Fault> {
    match bounded(&text, Some(Decimal::from(min)), Some(Decimal::from(max)))?.whole().map(i32::try_from) {
        Some(Ok(point)) => Ok(Answer::Scale(point)),
        _ => Err(malformed("a whole number")),
    }
}

fn number(text: String, min: Option<Decimal>, max: Option<Decimal>) -> Result<Answer, Fault> {
    bounded(&text, min, max).map(Answer::Number)
}

fn bounded(text: &str, min: Option<Decimal>, max: Option<Decimal>) -> Result<Decimal, Fault> {
    let Ok(number) = text.parse::<Decimal>() else {
        return Err(malformed("a number with at most four decimals"));
    };
    match (min, max) {
        (Some(min), _) if number < min => Err(Fault::TooLow { min }),
        (_, Some(max)) if number > max => Err(Fault::TooHigh { max }),
        _ => Ok(number),
    }
}

fn date(text: String, min: Option<Day>, max: Option<Day>) -> Result<Answer, Fault> {
    let Some(day) = Day::parse(&text) else {
        return Err(malformed("a day of the form 2026-11-22"));
    };
    match (min, max) {
        (Some(min), _) if day < min => Err(Fault::TooEarly { min }),
        (_, Some(max)) if day > max => Err(Fault::TooLate { max }),
        _ => Ok(Answer::Date(day)),
    }
}

fn choice(name: &Name, fields: &[Field], options: &[Name], other: bool, min: u32, max: u32) -> Read {
    let fault = |fault| Err(vec![Problem::new(name.as_str(), fault)]);
    let mut picked: Vec<String> = Vec::new();
    for value in values(name.as_str(), fields) {
        let offered = options.iter().any(|option| option.as_str() == value) || (other && value == "other");
        if !offered {
            return fault(Fault::NotAnOption);
        }
        if picked.contains(&value) {
            return fault(Fault::Twice);
        }
        picked.push(value);
    }
    let chosen: Vec<Name> =
        options.iter().filter(|option| picked.iter().any(|value| value == option.as_str())).cloned().collect();
    let boxed = picked.len() > chosen.len();
    let mut own = None;
    if other {
        let field = part(name, "other");
        let words = only(&field, fields).map_err(|problem| vec![problem])?;
        if words.as_ref().is_some_and(|words| words.chars().count() > TEXT_CHARS as usize) {
            return Err(vec![Problem::new(field, Fault::TooLong { max: TEXT_CHARS })]);
        }
        let left_behind = max == 1 && !boxed && !chosen.is_empty();
        if !left_behind && (boxed || words.is_some()) {
            own = Some(words.unwrap_or_default());
        }
    }
    let count = chosen.len() as u32 + u32::from(own.is_some());
    match count {
        0 => Ok(None),
        _ if count < min => fault(Fault::TooFew { min }),
        _ if count > max => fault(Fault::TooMany { max }),
        _ => Ok(Some(Answer::Choice { chosen, other: own })),
    }
}

fn ranking(name: &Name, fields: &[Field], options: &[Name], complete: bool) -> Read {
    let mut order: Vec<Option<Name>> = vec![None; options.len()];
    let mut problems = Vec::new();
    let mut placed = 0;
    for option in options {
        let field = part(name, option.as_str());
        let slot = match only(&field, fields) {
            Ok(None) => continue,
            Ok(Some(text)) => text.parse::<usize>().ok().and_then(|place| order.get_mut(place.checked_sub(1)?)),
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        match slot {
            None => problems.push(Problem::new(field, Fault::NotAnOption)),
            Some(Some(_)) => problems.push(Problem::new(field, Fault::Twice)),
            Some(slot) => {
                *slot = Some(option.clone());
                placed += 1;
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let missing = placed > 0 && placed < options.len();
    if missing && complete {
        return Err(vec![Problem::new(name.as_str(), Fault::TooFew { min: options.len() as u32 })]);
    }
    Ok(if missing || placed == 0 { None } else { Some(Answer::Ranking(order.into_iter().flatten().collect())) })
}

fn matrix(rule: &Rule, fields: &[Field], rows: &[Name], columns: &[Name], complete: bool) -> Read {
    let mut cells = Vec::new();
    let mut problems = Vec::new();
    for row in rows {
        let field = part(&rule.name, row.as_str());
        match only(&field, fields) {
            Ok(Some(value)) => match columns.iter().find(|column| column.as_str() == value) {
                Some(column) => cells.push((row.clone(), column.clone())),
                None => problems.push(Problem::new(field, Fault::NotAnOption)),
            },
            Ok(None) if complete && rule.required => problems.push(Problem::new(field, Fault::Required)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    match (problems.is_empty(), cells.is_empty()) {
        (false, _) => Err(problems),
        (true, true) => Ok(None),
        (true, false) => Ok(Some(Answer::Matrix(cells))),
    }
}
