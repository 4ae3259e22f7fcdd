//! What the survey walk and the validation must know of a question, whoever describes it: the owner's JSON in the
//! Worker, the form's own attributes in the browser. Same rules, same code, same verdict.

use core::fmt;

use crate::decimal::Decimal;
use crate::expr::Expr;
use crate::name::Name;
use crate::problem::Problem;
use crate::scan::{take, whole};
use crate::time::Day;

/// One question, as far as logic goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The question's name: its form field, its key in counts, its name in expressions.
    pub name: Name,
    /// What counts as an answer.
    pub shape: Shape,
    /// Whether the walk may end without one.
    pub required: bool,
    /// Asked only where this holds.
    pub show_if: Option<Expr>,
}

/// What counts as an answer. [`fmt::Display`] and [`Shape::parse`] carry it through a form attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One whole number of a range.
    Scale { min: i32, max: i32 },
    /// `min..=max` of the options, or one of the visitor's own where `other` allows it.
    Choice { options: Vec<Name>, other: bool, min: u32, max: u32 },
    /// At most `max` characters.
    Text { max: u32 },
    /// An address that mail could be sent to.
    Email,
    /// A number, perhaps bounded.
    Number { min: Option<Decimal>, max: Option<Decimal> },
    /// A day, perhaps bounded.
    Date { min: Option<Day>, max: Option<Day> },
    /// All options, in the visitor's order.
    Ranking { options: Vec<Name> },
    /// One column for each row.
    Matrix { rows: Vec<Name>, columns: Vec<Name> },
    /// Agreement; where required, only yes will do.
    Consent,
    /// Nothing to answer.
    Info,
}

impl Shape {
    /// Reads what [`fmt::Display`] wrote.
    ///
    /// # Errors
    /// [`Fault::Malformed`](crate::problem::Fault::Malformed) with an empty field.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::read(text).ok_or_else(|| Problem::malformed("", "a question's shape"))
    }

    fn read(text: &str) -> Option<Self> {
        let rest = &mut Some(text);
        let shape = match take(rest, b' ')? {
            "scale" => Self::Scale { min: next_whole(rest)?, max: next_whole(rest)? },
            "choice" => Self::Choice {
                min: next_whole(rest)?,
                max: next_whole(rest)?,
                other: take(rest, b' ')? == "+",
                options: names(rest)?,
            },
            "text" => Self::Text { max: next_whole(rest)? },
            "email" => Self::Email,
            "number" => Self::Number { min: bound(rest, number)?, max: bound(rest, number)? },
            "date" => Self::Date { min: bound(rest, Day::parse)?, max: bound(rest, Day::parse)? },
            "ranking" => Self::Ranking { options: names(rest)? },
            "matrix" => Self::Matrix { rows: names(rest)?, columns: names(rest)? },
            "consent" => Self::Consent,
            "info" => Self::Info,
            _ => return None,
        };
        rest.is_none().then_some(shape)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scale { min, max } => write!(f, "scale {min} {max}"),
            Self::Choice { options, other, min, max } => {
                write!(f, "choice {min} {max} {}", if *other { "+" } else { "-" })?;
                list(f, options)
            }
            Self::Text { max } => write!(f, "text {max}"),
            Self::Email => f.write_str("email"),
            Self::Number { min, max } => {
                f.write_str("number")?;
                open(f, min.as_ref())?;
                open(f, max.as_ref())
            }
            Self::Date { min, max } => {
                f.write_str("date")?;
                open(f, min.as_ref())?;
                open(f, max.as_ref())
            }
            Self::Ranking { options } => {
                f.write_str("ranking")?;
                list(f, options)
            }
            Self::Matrix { rows, columns } => {
                f.write_str("matrix")?;
                list(f, rows)?;
                f.write_str(" /")?;
                list(f, columns)
            }
            Self::Consent => f.write_str("consent"),
            Self::Info => f.write_str("info"),
        }
    }
}

/// All names up to the end, or up to a slash.
fn names(rest: &mut Option<&str>) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    while let Some(word) = take(rest, b' ') {
        if word == "/" {
            break;
        }
        names.push(Name::of(word)?);
    }
    Some(names)
}

fn next_whole<T: TryFrom<i64>>(rest: &mut Option<&str>) -> Option<T> {
    whole(take(rest, b' ')?)
}

fn number(word: &str) -> Option<Decimal> {
    word.parse().ok()
}

/// A bound, or `-` where there is none.
fn bound<T>(rest: &mut Option<&str>, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
    let word = take(rest, b' ')?;
    if word == "-" { Some(None) } else { read(word).map(Some) }
}

fn list(f: &mut fmt::Formatter<'_>, names: &[Name]) -> fmt::Result {
    names.iter().try_for_each(|name| write!(f, " {name}"))
}

fn open(f: &mut fmt::Formatter<'_>, bound: Option<&impl fmt::Display>) -> fmt::Result {
    match bound {
        Some(bound) => write!(f, " {bound}"),
        None => f.write_str(" -"),
    }
}
