//! An expression step by step, for those who check it. The evaluator works on the words of the attribute instead.

use crate::decimal::Decimal;
use crate::expr::Expr;
use crate::name::Name;

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

impl Expr {
    /// The questions it looks at, with the part where it looks at one, in order of appearance.
    pub fn references(&self) -> Vec<(Name, Option<Name>)> {
        let references = self.ops().into_iter().filter_map(|op| match op {
            Op::Answer(question, part) | Op::Answered(question, part) => Some((question, part)),
            Op::Includes(question, option) => Some((question, Some(option))),
            _ => None,
        });
        references.collect()
    }
}

impl Op {
    /// The step as a word of the attribute.
    pub(crate) fn word(&self) -> String {
        let path = |question: &Name, part: Option<&Name>| match part {
            Some(part) => format!("{question}.{part}"),
            None => question.to_string(),
        };
        match self {
            Op::Number(number) => number.to_string(),
            Op::Word(word) => {
                // A literal never holds the quotes that it was written in, so it holds one kind at most.
                let quote = if word.contains('\'') { '"' } else { '\'' };
                format!("{quote}{word}{quote}")
            }
            Op::Answer(question, part) => path(question, part.as_ref()),
            Op::Answered(question, part) => format!("?{}", path(question, part.as_ref())),
            Op::Includes(question, option) => format!("~{question}.{option}"),
            Op::Calculate(operator) => operator.as_str().to_owned(),
            Op::Compare(comparison) => comparison.as_str().to_owned(),
            Op::Not => "!".to_owned(),
            Op::And => "&".to_owned(),
            Op::Or => "|".to_owned(),
        }
    }
}

impl Arithmetic {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }
}

impl Comparison {
    pub(super) const fn as_str(self) -> &'static str {
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
