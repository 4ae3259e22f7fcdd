//! A condition as a tree that can be put into a sentence.

use crate::decimal::Decimal;
use crate::expr::{Arithmetic, Comparison, Expr, Op};
use crate::name::Name;

/// A condition or a part of one, and the expression that tests it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub says: Condition,
    pub(super) test: Expr,
    pub(super) about: Vec<Name>,
}

/// What a part says.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
    /// The question, or that part of it, has an answer.
    Answered(Subject),
    /// The option is among those chosen.
    Includes(Name, Name),
    /// The consent was given.
    Agreed(Name),
    Compare(Term, Comparison, Term),
}

/// A question, or a row, option or `other` of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub question: Name,
    pub part: Option<Name>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Number(Decimal),
    /// An option, text or day.
    Word(String),
    Answer(Subject),
    Calculation(Box<Term>, Arithmetic, Box<Term>),
}

/// What stands on the stack while the steps are read.
enum Item {
    Term(Term),
    Part(Condition),
}

impl Part {
    /// The tree of `expr`; none of what is no whole expression.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        let ops = expr.ops();
        // Each item with where its steps begin: in postfix order a part's steps are neighbours.
        let mut stack: Vec<(Item, usize)> = Vec::new();
        for (at, op) in ops.iter().enumerate() {
            let item = match op {
                Op::Number(number) => (Item::Term(Term::Number(*number)), at),
                Op::Word(word) => (Item::Term(Term::Word(word.clone())), at),
                Op::Answer(question, part) => (Item::Term(Term::Answer(Subject::of(question, part.as_ref()))), at),
                Op::Answered(question, part) => {
                    (Item::Part(Condition::Answered(Subject::of(question, part.as_ref()))), at)
                }
                Op::Includes(question, option) => {
                    (Item::Part(Condition::Includes(question.clone(), option.clone())), at)
                }
                Op::Calculate(operator) => {
                    let ((right, _), (left, from)) = (stack.pop()?, stack.pop()?);
                    let calculation = Term::Calculation(Box::new(left.term()?), *operator, Box::new(right.term()?));
                    (Item::Term(calculation), from)
                }
                Op::Compare(comparison) => {
                    let ((right, _), (left, from)) = (stack.pop()?, stack.pop()?);
                    (Item::Part(Condition::Compare(left.term()?, *comparison, right.term()?)), from)
                }
                Op::Not => {
                    let (inner, from) = stack.pop()?;
                    (Item::Part(Condition::Not(Box::new(part(inner.says()?, ops.get(from..at)?)))), from)
                }
                Op::And | Op::Or => {
                    let ((right, middle), (left, from)) = (stack.pop()?, stack.pop()?);
                    let (left, right) = (left.says()?, right.says()?);
                    let right = part(right, ops.get(middle..at)?);
                    let left = part(left, ops.get(from..middle)?);
                    (Item::Part(joined(*op == Op::And, left, right)), from)
                }
            };
            stack.push(item);
        }
        let (item, _) = stack.pop()?;
        Some(part(item.says()?, &ops))
    }
}

impl Subject {
    fn of(question: &Name, part: Option<&Name>) -> Self {
        Self { question: question.clone(), part: part.cloned() }
    }
}

impl Item {
    fn term(self) -> Option<Term> {
        match self {
            Self::Term(term) => Some(term),
            Self::Part(_) => None,
        }
    }

    /// An answer that stands for itself is a consent.
    fn says(self) -> Option<Condition> {
        match self {
            Self::Part(condition) => Some(condition),
            Self::Term(Term::Answer(subject)) => Some(Condition::Agreed(subject.question)),
            Self::Term(_) => None,
        }
    }
}

fn part(says: Condition, ops: &[Op]) -> Part {
    let mut about: Vec<Name> = Vec::new();
    for op in ops {
        if let Op::Answer(question, _) | Op::Answered(question, _) | Op::Includes(question, _) = op
            && !about.contains(question)
        {
            about.push(question.clone());
        }
    }
    let words: Vec<String> = ops.iter().map(Op::word).collect();
    Part { says, test: Expr::from_postfix(&words.join(" ")), about }
}

/// `a and b and c` is one list and not a tower.
fn joined(all: bool, left: Part, right: Part) -> Condition {
    let mut parts = Vec::new();
    for part in [left, right] {
        match part.says {
            Condition::All(inner) if all => parts.extend(inner),
            Condition::Any(inner) if !all => parts.extend(inner),
            _ => parts.push(part),
        }
    }
    if all { Condition::All(parts) } else { Condition::Any(parts) }
}
