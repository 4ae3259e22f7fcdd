//! The show-if language: `nps <= 6 and (answered(why) or includes(topics, price))`.
//!
//! | form | meaning |
//! |---|---|
//! | `a or b`, `a and b`, `not a`, `( )` | as usual; `not` binds tightest, then `and`, then `or` |
//! | `= != < <= > >=` | compares; **with a missing answer, or answers of different kinds, every comparison is false** |
//! | `+ - * /` | on scores and numbers; with a missing answer, or out of range, the result is missing |
//! | `answered(q)`, `answered(q.row)` | whether there is an answer |
//! | `includes(q, option)` | whether the option is among those chosen; `other` stands for the visitor's own words |
//! | `q` | the answer: a number for a scale or number, the option of a single choice, the text, the day |
//! | `q.part` | the column chosen for a matrix row, the position of a ranked option, or `q.other`, the own words |
//! | `7`, `-0.5` | a number |
//! | `'price'`, `"price"` | an option, text or day (`'2026-11-22'`); there are no escapes, hence two kinds of quotes |
//!
//! Right of `=` and `!=`, and in `includes`, a name by itself is an option: `reason = price`. Everywhere else it is a
//! question; in parentheses or a calculation it is one there too: `second = (first)`, `second = first + 1`. A consent is a condition by itself: `newsletter and nps > 8`.
//!
//! An expression is kept in postfix order: it evaluates in one loop, without recursion, on the small stack of a
//! browser's module.

mod parse;
mod lex;

use crate::answer::{Answer, Answers};
use crate::decimal::Decimal;
use crate::name::Name;
use crate::time::Day;

pub use parse::{Syntax, WORDS};

/// A parsed expression. It keeps its text, so that the owner gets back what they wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    text: String,
    ops: Vec<Op>,
}

/// One step: takes its operands from the stack and leaves its result there.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// A literal number.
    Number(Decimal),
    /// A literal option, text or day.
    Word(String),
    /// The answer to a question, or a part of it.
    Answer(Name, Option<Name>),
    /// Whether a question, or a part of it, has an answer.
    Answered(Name, Option<Name>),
    /// Whether an option of a question is chosen.
    Includes(Name, Name),
    /// Two numbers to one.
    Calculate(Arithmetic),
    /// Two values to a truth.
    Compare(Comparison),
    /// A truth to its opposite.
    Not,
    /// Two truths to one.
    And,
    /// Two truths to one.
    Or,
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy)]
enum Value<'a> {
    Missing,
    Number(Decimal),
    Word(&'a str),
    Day(Day),
    Truth(bool),
}

impl Expr {
    /// Whether the expression holds for these answers. What is no truth, such as a missing consent, does not hold.
    pub fn holds(&self, answers: &Answers) -> bool {
        self.holds_for(&|question| answers.get(question))
    }

    /// Whether the expression holds where `answer` tells the answer to a question.
    pub fn holds_for<'a>(&'a self, answer: &dyn Fn(&str) -> Option<&'a Answer>) -> bool {
        let mut stack: Vec<Value<'_>> = Vec::new();
        for op in &self.ops {
            let value = match op {
                Op::Number(number) => Value::Number(*number),
                Op::Word(word) => Value::Word(word),
                Op::Answer(question, part) => value(answer(question.as_str()), part.as_ref()),
                Op::Answered(question, part) => Value::Truth(answered(answer(question.as_str()), part.as_ref())),
                Op::Includes(question, option) => Value::Truth(includes(answer(question.as_str()), option)),
                Op::Calculate(operator) => {
                    let right = stack.pop();
                    operator.apply(stack.pop(), right)
                }
                Op::Compare(comparison) => {
                    let right = stack.pop();
                    Value::Truth(comparison.holds(stack.pop(), right))
                }
                Op::Not => Value::Truth(!truth(stack.pop())),
                Op::And => Value::Truth(truth(stack.pop()) & truth(stack.pop())),
                Op::Or => Value::Truth(truth(stack.pop()) | truth(stack.pop())),
            };
            stack.push(value);
        }
        truth(stack.pop())
    }

    /// The text that was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its steps, in postfix order.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// The questions it looks at, with the part where it looks at one, in order of appearance.
    pub fn references(&self) -> impl Iterator<Item = (&Name, Option<&Name>)> {
        self.ops.iter().filter_map(|op| match op {
            Op::Answer(question, part) | Op::Answered(question, part) => Some((question, part.as_ref())),
            Op::Includes(question, option) => Some((question, Some(option))),
            _ => None,
        })
    }
}

fn truth(value: Option<Value<'_>>) -> bool {
    matches!(value, Some(Value::Truth(true)))
}

fn value<'a>(answer: Option<&'a Answer>, part: Option<&Name>) -> Value<'a> {
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
        (Some(Answer::Choice { other: Some(words), .. }), Some(part)) if part.as_str() == "other" => Value::Word(words),
        (Some(Answer::Matrix(cells)), Some(part)) => {
            cells.iter().find(|(row, _)| row == part).map_or(Value::Missing, |(_, column)| Value::Word(column.as_str()))
        }
        (Some(Answer::Ranking(order)), Some(part)) => match order.iter().position(|option| option == part) {
            Some(index) => Value::Number(Decimal::from(index as u32 + 1)),
            None => Value::Missing,
        },
        _ => Value::Missing,
    }
}

fn answered(answer: Option<&Answer>, part: Option<&Name>) -> bool {
    match part {
        None => answer.is_some(),
        Some(_) => !matches!(value(answer, part), Value::Missing),
    }
}

fn includes(answer: Option<&Answer>, option: &Name) -> bool {
    match answer {
        Some(Answer::Choice { chosen, other }) => {
            chosen.contains(option) || (option.as_str() == "other" && other.is_some())
        }
        Some(Answer::Ranking(order)) => order.contains(option),
        _ => false,
    }
}

impl Arithmetic {
    fn apply<'a>(self, left: Option<Value<'a>>, right: Option<Value<'a>>) -> Value<'a> {
        let (Some(Value::Number(left)), Some(Value::Number(right))) = (left, right) else {
            return Value::Missing;
        };
        let result = match self {
            Self::Add => left.checked_add(right),
            Self::Sub => left.checked_sub(right),
            Self::Mul => left.checked_mul(right),
            Self::Div => left.checked_div(right),
        };
        result.map_or(Value::Missing, Value::Number)
    }

    /// Its sign.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }
}

impl Comparison {
    fn holds(self, left: Option<Value<'_>>, right: Option<Value<'_>>) -> bool {
        use core::cmp::Ordering::{Equal, Greater, Less};
        let order = match (left, right) {
            (Some(Value::Number(left)), Some(Value::Number(right))) => left.cmp(&right),
            (Some(Value::Day(left)), Some(Value::Day(right))) => left.cmp(&right),
            (Some(Value::Day(left)), Some(Value::Word(right))) => match Day::parse(right) {
                Some(right) => left.cmp(&right),
                None => return false,
            },
            (Some(Value::Word(left)), Some(Value::Day(right))) => match Day::parse(left) {
                Some(left) => left.cmp(&right),
                None => return false,
            },
            // Words have no order that the same expression would mean in two languages.
            (Some(Value::Word(left)), Some(Value::Word(right))) => {
                return match self {
                    Self::Equal => left == right,
                    Self::Unequal => left != right,
                    _ => false,
                };
            }
            _ => return false,
        };
        match self {
            Self::Equal => order == Equal,
            Self::Unequal => order != Equal,
            Self::Less => order == Less,
            Self::LessOrEqual => order != Greater,
            Self::Greater => order == Greater,
            Self::GreaterOrEqual => order != Less,
        }
    }

    /// Its sign.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl core::fmt::Display for Expr {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(feature = "server")]
impl serde::Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "server")]
impl<'de> serde::Deserialize<'de> for Expr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|wrong| serde::de::Error::custom(format_args!("not an expression: {wrong}")))
    }
}

#[cfg(test)]
mod tests;
