//! A show-if expression against the questions it speaks of. At run time a comparison that makes no sense is merely false;
//! here it is an error, because nobody means it.

use super::Found;
use crate::expr::{Comparison, Expr, Op};
use crate::model::question::Question;
use crate::name::Name;
use crate::problem::Problem;
use crate::rule::Shape;
use crate::time::Day;

/// What a value is, as far as the questions tell. Nothing is wrong with `Unknown`: something else was, and has been told.
#[derive(Clone, Debug)]
enum Type {
    Unknown,
    Number,
    Day,
    Truth,
    Text,
    Literal(String),
    /// One of these options.
    Option(Vec<Name>),
}

/// Everything that is wrong with the expression of the question at `index` of `all`.
pub(super) fn check(expr: &Expr, index: usize, all: &[Question]) -> Vec<Problem> {
    let mut checker = Checker { earlier: all.get(..index).unwrap_or_default(), all, found: Found::default() };
    let mut stack: Vec<Type> = Vec::new();
    for op in &expr.ops() {
        let result = match op {
            Op::Number(_) => Type::Number,
            Op::Word(word) => Type::Literal(word.clone()),
            Op::Answer(question, part) => checker.answer(question, part.as_ref()),
            Op::Answered(question, part) => {
                if part.is_some() {
                    checker.answer(question, part.as_ref());
                } else if matches!(checker.shape(question), Some(Shape::Info)) {
                    checker.wrong(format!("`{question}` asks nothing"));
                }
                Type::Truth
            }
            Op::Includes(question, option) => {
                checker.includes(question, option);
                Type::Truth
            }
            Op::Calculate(_) => {
                for operand in [stack.pop(), stack.pop()].into_iter().flatten() {
                    if !matches!(operand, Type::Number | Type::Unknown) {
                        checker.wrong(format!("calculates with {}", describe(&operand)));
                    }
                }
                Type::Number
            }
            Op::Compare(comparison) => {
                if let (Some(right), Some(left)) = (stack.pop(), stack.pop()) {
                    checker.compare(&left, *comparison, &right);
                }
                Type::Truth
            }
            Op::Not | Op::And | Op::Or => {
                for _ in 0..if *op == Op::Not { 1 } else { 2 } {
                    checker.condition(stack.pop());
                }
                Type::Truth
            }
        };
        stack.push(result);
    }
    checker.condition(stack.pop());
    checker.found.0
}

struct Checker<'a> {
    earlier: &'a [Question],
    all: &'a [Question],
    found: Found,
}

impl Checker<'_> {
    fn wrong(&mut self, why: String) {
        self.found.conflict("", why);
    }

    fn shape(&mut self, name: &Name) -> Option<Shape> {
        let shape = self.earlier.iter().find(|question| question.name == *name).map(|question| question.input.shape());
        if shape.is_none() {
            let exists = self.all.iter().any(|question| question.name == *name);
            self.wrong(if exists {
                format!("`{name}` is not asked before this question")
            } else {
                format!("there is no question `{name}`")
            });
        }
        shape
    }

    fn answer(&mut self, question: &Name, part: Option<&Name>) -> Type {
        let Some(shape) = self.shape(question) else {
            return Type::Unknown;
        };
        let why = match (shape, part) {
            (Shape::Scale { .. } | Shape::Number { .. }, None) => return Type::Number,
            (Shape::Text { .. } | Shape::Email, None) => return Type::Text,
            (Shape::Date { .. }, None) => return Type::Day,
            (Shape::Consent, None) => return Type::Truth,
            (Shape::Choice { options, other, max: 1, .. }, None) => return Type::Option(with_other(options, other)),
            (Shape::Choice { .. }, None) => {
                format!("`{question}` may have several answers: write includes({question}, …)")
            }
            (Shape::Choice { other: true, .. }, Some(part)) if part.as_str() == "other" => return Type::Text,
            (Shape::Ranking { options }, Some(part)) if options.contains(part) => return Type::Number,
            (Shape::Matrix { rows, columns }, Some(part)) if rows.contains(part) => return Type::Option(columns),
            (Shape::Ranking { .. }, None) => format!("`{question}` is a ranking: write `{question}.` and an option"),
            (Shape::Matrix { .. }, None) => format!("`{question}` is a matrix: write `{question}.` and a row"),
            (Shape::Info, None) => format!("`{question}` asks nothing"),
            (_, Some(part)) => format!("`{question}` has no part `{part}`"),
        };
        self.wrong(why);
        Type::Unknown
    }

    fn includes(&mut self, question: &Name, option: &Name) {
        match self.shape(question) {
            None => {}
            Some(Shape::Choice { options, other, .. }) if with_other(options.clone(), other).contains(option) => {}
            Some(Shape::Choice { .. }) => self.wrong(format!("`{question}` has no option `{option}`")),
            Some(_) => self.wrong(format!("`{question}` is no choice, so it includes nothing")),
        }
    }

    fn compare(&mut self, left: &Type, comparison: Comparison, right: &Type) {
        use Type::{Literal, Number, Text, Unknown};
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        match (left, right) {
            (Unknown, _) | (_, Unknown) | (Number, Number) | (Type::Day, Type::Day) => {}
            (Type::Day, Literal(text)) | (Literal(text), Type::Day) => {
                if Day::parse(text).is_none() {
                    self.wrong(format!("'{text}' is no day such as '2026-11-22'"));
                }
            }
            (Type::Option(options), Literal(text)) | (Literal(text), Type::Option(options)) if equality => {
                if !options.iter().any(|option| option.as_str() == text) {
                    self.wrong(format!("'{text}' is none of the options"));
                }
            }
            (Type::Option(_), Type::Option(_)) | (Text, Text) | (Text, Literal(_)) | (Literal(_), Text) if equality => {
            }
            (Type::Option(_) | Text | Literal(_), Type::Option(_) | Text | Literal(_)) if !equality => {
                self.wrong("texts and options have no order: only = and != compare them".to_owned());
            }
            (Number, Literal(text)) if self.earlier.iter().any(|question| question.name.as_str() == text) => {
                self.wrong(format!("right of = a name is an option; if the question is meant, write ({text})"));
            }
            _ => self.wrong(format!("compares {} with {}", describe(left), describe(right))),
        }
    }

    fn condition(&mut self, value: Option<Type>) {
        if let Some(value) = value.filter(|value| !matches!(value, Type::Truth | Type::Unknown)) {
            self.wrong(format!("{} is no condition: compare it, or write answered(…)", describe(&value)));
        }
    }
}

fn with_other(mut options: Vec<Name>, other: bool) -> Vec<Name> {
    if other {
        options.extend(Name::parse("other"));
    }
    options
}

fn describe(value: &Type) -> String {
    match value {
        Type::Unknown => "something".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Day => "a day".to_owned(),
        Type::Truth => "a condition".to_owned(),
        Type::Text => "a text".to_owned(),
        Type::Literal(text) => format!("the text '{text}'"),
        Type::Option(_) => "an option".to_owned(),
    }
}
