//! What a type cannot do without. Changing a question's type, a scale's look or a placement leaves nothing to be told off
//! for; a definition that was in order stays as it is.

use super::change::{fresh, item};
use super::condition::tests_of;
use super::{Node, Words};

pub(super) fn fit(root: &mut Node, words: &Words<'_>) {
    inputs(root, words);
    for index in 0..root.list("questions").len() {
        for row in 0..root.list(&format!("questions[{index}].when.tests")).len() {
            let at = format!("questions[{index}].when.tests[{row}]");
            let known = tests_of(root, root.text(&format!("{at}.question")));
            if let (Some(first), Some(test)) = (known.first(), root.at_mut(&at))
                && !known.contains(&test.text("is"))
            {
                test.set_text("is", *first);
                test.set_text("value", "");
            }
        }
    }
    if let Some(placement) = root.at_mut("placement")
        && placement.text("type") == "tab"
    {
        needs(placement, "label", words.tab);
    }
    if let Some(targeting) = root.at_mut("targeting")
        && targeting.text("frequency") == "every_days"
    {
        needs(targeting, "every_days", "30");
    }
}

fn inputs(root: &mut Node, words: &Words<'_>) {
    if let Some(Node::List(questions)) = root.at_mut("questions") {
        for question in questions {
            if let Some(input) = question.at_mut("input") {
                // The form tells which type it showed; its bounds mean nothing for another.
                if input.take("was").is_some_and(|was| was.text("") != input.text("type")) {
                    input.take("min");
                    input.take("max");
                }
                match input.text("type") {
                    "scale" => scale(input),
                    "choice" => {
                        choices(input, "options", if input.text("other") == "yes" { 1 } else { 2 }, words.option);
                        several(input);
                    }
                    "ranking" => choices(input, "options", 2, words.option),
                    "matrix" => {
                        choices(input, "rows", 1, words.row);
                        choices(input, "columns", 2, words.column);
                    }
                    "consent" => needs(input, "label", words.agree),
                    _ => {}
                }
            }
        }
    }
}

/// A number of a choice's own: how many may be chosen is first of all one or several.
fn several(input: &mut Node) {
    let most = input.list("options").len() + usize::from(input.text("other") == "yes");
    match input.text("several") {
        "yes" if matches!(input.text("max").trim(), "" | "1") => input.set_text("max", most.to_string()),
        "no" => {
            input.set_text("max", "1");
            if input.text("min").parse::<u32>().is_ok_and(|min| min > 1) {
                input.set_text("min", "1");
            }
        }
        _ => {}
    }
    // Options that are gone cannot be chosen.
    if input.text("max").parse::<usize>().is_ok_and(|max| max > most && most > 0) {
        input.set_text("max", most.to_string());
    }
    input.take("several");
}

fn scale(input: &mut Node) {
    let (measures, look) = (input.text("measures").to_owned(), input.text("look").to_owned());
    let points = |input: &Node| {
        let whole = |key| input.text(key).trim().parse::<i32>().ok();
        Some((whole("min")?, whole("max")?))
    };
    let wanted = match (measures.as_str(), look.as_str(), points(input)) {
        ("nps", ..) => Some((0, 10)),
        ("ces", ..) => Some((1, 7)),
        (_, "smileys", Some((min, max))) if max.saturating_sub(min) == 4 => None,
        (_, "smileys", _) => Some((1, 5)),
        (_, "thumbs", Some((min, max))) if max.saturating_sub(min) == 1 => None,
        (_, "thumbs", _) => Some((0, 1)),
        (_, "stars", Some((min, max))) if min != 1 => Some((1, max.clamp(2, 10))),
        // Left over from another type.
        (_, _, Some((min, max))) if max <= min => Some((min.clamp(-5, 1), min.clamp(-5, 1) + 4)),
        (_, _, None) if input.text("min").is_empty() && input.text("max").is_empty() => Some((1, 5)),
        _ => None,
    };
    if let Some((min, max)) = wanted {
        input.set_text("min", min.to_string());
        input.set_text("max", max.to_string());
    }
    if measures == "csat"
        && let Some((min, max)) = points(input)
    {
        let from = input.text("satisfied_from").trim();
        if from.is_empty() || from.parse::<i32>().is_ok_and(|from| from <= min || from > max) {
            let from = if max - min > 1 { max - 1 } else { max };
            input.set_text("satisfied_from", from.to_string());
        }
    }
}

fn choices(input: &mut Node, key: &str, least: usize, word: &str) {
    if input.at(key).is_some() {
        return;
    }
    let mut items = Vec::new();
    while items.len() < least.max(2) {
        let name = fresh(&items, "option");
        items.push(item(&name, &format!("{word} {}", items.len() + 1)));
    }
    input.set(key, Node::List(items));
}

fn needs(node: &mut Node, key: &str, words: &str) {
    if node.at(key).is_none() {
        node.set_text(key, words);
    }
}
