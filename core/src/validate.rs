//! Reads form fields into answers, or says everything that is wrong with them. The widget asks before it sends, the Worker
//! asks again: same code, same verdict.

mod one;
mod text;

use crate::answer::{Answers, Field};
use crate::limits::FIELDS;
use crate::problem::{Fault, Problem};
use crate::rule::Rule;
use crate::walk;

pub use one::read_one;
pub use text::{clean, is_email, length};

/// Fields of the form that are no answers. No question can be called so.
pub const RESERVED: [&str; 12] = [
    "id", "revision", "version", "variant", "site", "widget", "page", "lang", "started", "trap", "complete", "receipt",
];

/// Reads a form. With `complete` every required question on the path must be answered, and a consent that was not
/// given is a no; without it, what is not finished yet is passed over.
///
/// Answers to questions off the path are dropped, however wrong they are: a form without scripts sends every field.
///
/// # Errors
/// Every problem, in the order of the questions.
pub fn read(rules: &[Rule], fields: &[Field], complete: bool) -> Result<Answers, Vec<Problem>> {
    if fields.len() > FIELDS {
        return Err(vec![Problem::new("", Fault::TooMany { max: FIELDS as u32 })]);
    }
    let mut problems = Vec::new();
    for (field, _) in fields {
        if !RESERVED.contains(&field.as_str()) && !rules.iter().any(|rule| one::owns(rule, field)) {
            // The name may be anything, so only so much of it is repeated.
            problems.push(Problem::new(field.chars().take(66).collect::<String>(), Fault::Unknown));
        }
    }
    let mut answers = Answers::default();
    let mut path = Vec::with_capacity(rules.len());
    for rule in rules {
        let asked = walk::asks(rule, rules, &path, &answers);
        path.push(asked);
        if !asked {
            continue;
        }
        match read_one(rule, fields, complete) {
            Ok(Some(answer)) => answers.set(rule.name.clone(), answer),
            Ok(None) => {}
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

#[cfg(test)]
mod tests;
