//! A programme as the fields of a form, for the owner's editor; the ways are those of the widget editor ([`crate::editor`]).
//!
//! A field is named as problems name it: `rewards[2].cost`. Three things are written as people say them and not as they are
//! kept: the programme's name is `title`, as `name` is no text elsewhere; amounts are in whole units of the currency, `12.50`;
//! a tier's multiplier is a factor, `1.5`.

mod change;
mod read;

use core::fmt::Write as _;

pub use change::{Change, Words};

use super::money;
use super::program::{Measure, Program};
use crate::editor::{Draft, Node};
use crate::json;
use crate::problem::Problem;

/// Units of a cooldown, in minutes, the longest first.
const UNITS: [(&str, u32); 3] = [("days", 1_440), ("hours", 60), ("minutes", 1)];

/// A programme, to be edited.
///
/// # Errors
/// Never for a programme that was ever read.
pub fn of(program: &Program) -> Result<Draft, Problem> {
    let text = serde_json::to_string(program).map_err(|error| Problem::malformed("", error.to_string()))?;
    let mut root: Node = json::own(&text)?;
    if let Some(name) = root.take("name") {
        root.set("title", name);
    }
    for (index, rule) in program.rules.iter().enumerate() {
        let at = format!("rules[{index}]");
        amounts(&mut root, &format!("{at}.when"), &["per", "at_least"], &program.currency);
        if let (Some(node), true) = (root.at_mut(&at), rule.cooldown > 0) {
            let fits = |(_, minutes): &&(&str, u32)| rule.cooldown.is_multiple_of(*minutes);
            let (unit, minutes) = UNITS.iter().find(fits).copied().unwrap_or(("minutes", 1));
            node.set_text("cooldown", (rule.cooldown / minutes).to_string());
            node.set_text("cooldown_unit", unit);
        }
    }
    for (index, tier) in program.tiers.iter().enumerate() {
        let at = format!("tiers[{index}]");
        if program.ladder.by == Measure::Spend {
            amounts(&mut root, &at, &["from"], &program.currency);
        }
        if let Some(node) = root.at_mut(&at) {
            node.set_text("multiplier", factor(tier.multiplier));
        }
    }
    for index in 0..program.rewards.len() {
        amounts(&mut root, &format!("rewards[{index}].gives"), &["amount"], &program.currency);
    }
    amounts(&mut root, "", &["cost_of_100"], &program.currency);
    root.set_text("referral_on", if program.referral.is_some() { "yes" } else { "no" });
    Ok(Draft(root))
}

/// What was posted. What was just chosen and cannot do without more gets what is usual.
pub fn posted<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Draft {
    let mut root = Node::read(fields);
    fit(&mut root);
    Draft(root)
}

/// The programme that it is.
///
/// # Errors
/// Every field that cannot be read.
pub fn program(draft: &Draft) -> Result<Program, Vec<Problem>> {
    read::program(&draft.0)
}

/// The programme, checked.
///
/// # Errors
/// Everything that is wrong with it, under the names of the form's fields.
pub fn checked(draft: &Draft) -> Result<Program, Vec<Problem>> {
    let program = program(draft)?;
    let problems: Vec<Problem> = super::check(&program).into_iter().map(named).collect();
    if problems.is_empty() { Ok(program) } else { Err(problems) }
}

/// A problem of the programme under the form's name for the field.
pub fn named(mut problem: Problem) -> Problem {
    if let Some(rest) = problem.field.strip_prefix("name").filter(|rest| rest.is_empty() || rest.starts_with('.')) {
        problem.field = format!("title{rest}");
    }
    problem
}

/// 150 as `1.5`.
pub fn factor(percent: u32) -> String {
    let mut text = (percent / 100).to_string();
    if !percent.is_multiple_of(100) {
        let _ = write!(text, ".{:02}", percent % 100);
        text.truncate(text.trim_end_matches('0').len());
    }
    text
}

fn amounts(root: &mut Node, at: &str, keys: &[&str], currency: &str) {
    let Some(node) = (if at.is_empty() { Some(root) } else { root.at_mut(at) }) else { return };
    for key in keys {
        if let Ok(amount) = node.text(key).parse() {
            node.set_text(key, money::plain(amount, currency));
        }
    }
}

fn fit(root: &mut Node) {
    if root.text("referral_on") == "yes" && root.at("referral").is_none() {
        let mut qualifies = Node::object();
        qualifies.set_text("type", "purchase");
        let mut referral = Node::object();
        referral.set("qualifies", qualifies);
        root.set("referral", referral);
    }
    for (at, key, words) in [
        ("expiry", "days", "365"),
        ("ladder.fall", "days", "30"),
        ("referral", "welcome", "100"),
        ("referral", "window", "30"),
        ("referral", "hold", "14"),
        ("referral", "velocity", "5"),
        ("referral.qualifies", "n", "3"),
    ] {
        usual(root, at, key, words);
    }
    for index in 0..root.list("rules").len() {
        let when = format!("rules[{index}].when");
        let key = match root.text(&format!("{when}.type")) {
            "purchase" => ("per", "1"),
            "quiz" => ("pass", "70"),
            _ => continue,
        };
        usual(root, &when, key.0, key.1);
    }
}

/// What a part of the form that is there lacks.
fn usual(root: &mut Node, at: &str, key: &str, words: &str) {
    if let Some(part) = root.at_mut(at).filter(|part| part.at(key).is_none()) {
        part.set_text(key, words);
    }
}

#[cfg(test)]
mod tests;
