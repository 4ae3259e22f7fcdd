//! What expressions calculate with.

use crate::answer::Answer;
use crate::decimal::Decimal;
use crate::name::Name;
use crate::time::Day;

#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Missing,
    Number(Decimal),
    Word(&'a str),
    Day(Day),
    Truth(bool),
}

impl Value<'_> {
    /// What is no truth does not hold.
    pub(super) fn holds(self) -> bool {
        matches!(self, Self::Truth(true))
    }
}

/// An answer, or a part of it.
pub(super) fn value<'a>(answer: Option<&'a Answer>, part: Option<&str>) -> Value<'a> {
    match (answer, part) {
        (Some(Answer::Scale(point)), None) => Value::Number(Decimal::from(*point)),
        (Some(Answer::Number(number)), None) => Value::Number(*number),
        (Some(Answer::Text(text)), None) => Value::Word(text),
        (Some(Answer::Date(day)), None) => Value::Day(*day),
        (Some(Answer::Consent(agreed)), None) => Value::Truth(*agreed),
        (Some(Answer::Choice { chosen, other }), None) => match (chosen.as_slice(), other) {
            ([option], None) => Value::Word(option.as_str()),
            ([], Some(_)) => Value::Word("other"),
            _ => Value::Missing,
        },
        (Some(Answer::Choice { other: Some(words), .. }), Some("other")) => Value::Word(words),
        (Some(Answer::Matrix(cells)), Some(part)) => {
            for (row, column) in cells {
                if row.as_str() == part {
                    return Value::Word(column.as_str());
                }
            }
            Value::Missing
        }
        (Some(Answer::Ranking(order)), Some(part)) => match place(order, part) {
            Some(index) => Value::Number(Decimal::from(index as u32 + 1)),
            None => Value::Missing,
        },
        _ => Value::Missing,
    }
}

/// Whether there is an answer, or that part of it.
pub(super) fn answered(answer: Option<&Answer>, part: Option<&str>) -> bool {
    match part {
        None => answer.is_some(),
        Some(_) => !matches!(value(answer, part), Value::Missing),
    }
}

/// Whether an option is among those chosen.
pub(super) fn includes(answer: Option<&Answer>, option: &str) -> bool {
    match answer {
        Some(Answer::Choice { chosen, other }) => {
            place(chosen, option).is_some() || (option == "other" && other.is_some())
        }
        Some(Answer::Ranking(order)) => place(order, option).is_some(),
        _ => false,
    }
}

/// Two values to one.
pub(super) fn operate<'a>(sign: &str, left: Value<'a>, right: Value<'a>) -> Value<'a> {
    let truth = match sign {
        "&" => left.holds() & right.holds(),
        "|" => left.holds() | right.holds(),
        "+" | "-" | "*" | "/" => return calculate(sign, left, right),
        _ => compare(sign, left, right),
    };
    Value::Truth(truth)
}

fn calculate<'a>(sign: &str, left: Value<'a>, right: Value<'a>) -> Value<'a> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return Value::Missing;
    };
    let result = match sign {
        "+" => left.checked_add(right),
        "-" => left.checked_sub(right),
        "*" => left.checked_mul(right),
        _ => left.checked_div(right),
    };
    result.map_or(Value::Missing, Value::Number)
}

fn compare(sign: &str, left: Value<'_>, right: Value<'_>) -> bool {
    let (left, right) = match (left, right) {
        (Value::Number(left), Value::Number(right)) => (left.ten_thousandths(), right.ten_thousandths()),
        // Words have no order that the same expression would mean in two languages.
        (Value::Word(left), Value::Word(right)) => {
            return match sign {
                "=" => left == right,
                "!=" => left != right,
                _ => false,
            };
        }
        (left, right) => match (day(left), day(right)) {
            (Some(left), Some(right)) => (i64::from(left.0), i64::from(right.0)),
            _ => return false,
        },
    };
    match sign {
        "=" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => false,
    }
}

fn day(value: Value<'_>) -> Option<Day> {
    match value {
        Value::Day(day) => Some(day),
        Value::Word(word) => Day::parse(word),
        _ => None,
    }
}

fn place(names: &[Name], name: &str) -> Option<usize> {
    names.iter().position(|known| known.as_str() == name)
}
