//! The walk through a survey: which questions are asked, given what was answered so far.
//!
//! Questions come in their written order. One with a `show_if` is asked only where that holds, and it sees only earlier
//! answers that are on the path themselves: what was answered before going back and choosing another branch does not
//! count. One pass decides, so every walk ends, and the same answers always give the same path.

use crate::answer::{Answer, Answers};
use crate::name::Name;
use crate::rule::Rule;

/// For each rule whether it is on the path.
pub fn path(rules: &[Rule], answers: &Answers) -> Vec<bool> {
    let mut path = Vec::with_capacity(rules.len());
    for rule in rules {
        let asked = asks(rule, rules, &path, answers);
        path.push(asked);
    }
    path
}

/// The first question after `from` that is asked, or the first of all; none at the end.
pub fn next(rules: &[Rule], answers: &Answers, from: Option<usize>) -> Option<usize> {
    let start = from.map_or(0, |from| from + 1);
    path(rules, answers).iter().enumerate().skip(start).find(|(_, asked)| **asked).map(|(index, _)| index)
}

/// The last question before `from` that is asked; none at the beginning.
pub fn back(rules: &[Rule], answers: &Answers, from: usize) -> Option<usize> {
    path(rules, answers).iter().enumerate().take(from).rev().find(|(_, asked)| **asked).map(|(index, _)| index)
}

/// How far the question `at` is: its place on the path, counted from 1, and the length of the path as it is known so far.
pub fn progress(rules: &[Rule], answers: &Answers, at: usize) -> (usize, usize) {
    let path = path(rules, answers);
    let count = |path: &mut dyn Iterator<Item = &bool>| path.filter(|asked| **asked).count();
    (count(&mut path.iter().take(at + 1)), count(&mut path.iter()))
}

/// Whether `rule` is asked, where `path` is known for all rules before it.
pub(crate) fn asks(rule: &Rule, rules: &[Rule], path: &[bool], answers: &Answers) -> bool {
    let on_path = |name: &str| {
        let index = rules.iter().position(|rule| rule.name.as_str() == name)?;
        path.get(index).copied().unwrap_or(false).then(|| answers.get(name)).flatten()
    };
    rule.show_if.as_ref().is_none_or(|expr| expr.holds_for(&on_path))
}

/// A piece of a text that pipes answers in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// `{question}`: the answer to that question.
    Pipe(&'a str),
}

/// Takes a text apart at its `{question}`s. A brace that is not of that form stands for itself.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest.get(from..).and_then(|tail| tail.find('{')).map(|at| at + from) {
        let name =
            rest.get(open + 1..).and_then(|tail| tail.split('}').next()).filter(|name| Name::parse(name).is_ok());
        let after = name.and_then(|name| rest.get(open + 1 + name.len()..)?.strip_prefix('}'));
        match (name, after) {
            (Some(name), Some(after)) => {
                if open > 0 {
                    pieces.push(Piece::Words(rest.get(..open).unwrap_or_default()));
                }
                pieces.push(Piece::Pipe(name));
                (rest, from) = (after, 0);
            }
            _ => from = open + 1,
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// An answer in words, for piping; `label` gives the wording of an option.
pub fn words(answer: &Answer, label: &dyn Fn(&Name) -> String) -> String {
    let list = |names: &[Name], other: Option<&String>| {
        let mut text = String::new();
        for item in names.iter().map(label).chain(other.cloned()).filter(|item| !item.is_empty()) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&item);
        }
        text
    };
    match answer {
        Answer::Scale(point) => point.to_string(),
        Answer::Number(number) => number.to_string(),
        Answer::Text(text) => text.clone(),
        Answer::Date(day) => day.to_string(),
        Answer::Choice { chosen, other } => list(chosen, other.as_ref()),
        Answer::Ranking(order) => list(order, None),
        Answer::Matrix(_) | Answer::Consent(_) => String::new(),
    }
}

#[cfg(test)]
mod tests;
