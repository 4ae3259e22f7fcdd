//! The tree as the JSON of a definition. What a form cannot tell – which texts are numbers, which are lists, what an empty
//! one means – is told by the field's name.

use super::Node;
use crate::decimal::Decimal;
use crate::problem::Problem;
use crate::time::Day;

/// Whole numbers. Decimals may be texts.
const NUMBERS: [&str; 10] = [
    "radius",
    "delay_seconds",
    "scroll_percent",
    "min_visits",
    "sample_percent",
    "stop_after",
    "pass_percent",
    "weight",
    "every_days",
    "satisfied_from",
];
const FLAGS: [&str; 8] =
    ["required", "other", "shuffle", "long", "exit_intent", "ignore_budget", "inherit_font", "missing"];
/// Lists of texts, one a line.
pub(super) const LINES: [&str; 5] = ["pages", "not_pages", "languages", "is", "is_not"];
/// What is kept when it is empty, so that it is told to be missing.
const NEEDED: [&str; 2] = ["name", "label"];
/// Texts in several languages.
pub(super) const SPOKEN: [&str; 13] = [
    "title",
    "hint",
    "low",
    "high",
    "label",
    "placeholder",
    "thanks",
    "submit",
    "question",
    "explanation",
    // Of a loyalty programme, whose form has this tree, too.
    "note",
    "perks",
    "text",
];
/// What the editor keeps for itself.
const OWN: [&str; 6] = ["when", "undo", "locales", "every_days", "was", "several"];

/// Which fields belong to which type; those of other types wait in the form, should the owner change their mind.
const OF_TYPES: [(&str, &[&str]); 13] = [
    ("scale", &["min", "max", "low", "high", "look", "measures", "satisfied_from"]),
    ("choice", &["options", "other", "shuffle", "min", "max", "correct", "explanation"]),
    ("text", &["long", "max", "placeholder"]),
    ("number", &["min", "max"]),
    ("date", &["min", "max"]),
    ("ranking", &["options"]),
    ("matrix", &["rows", "columns"]),
    ("consent", &["label"]),
    ("info", &["day"]),
    ("email", &[]),
    ("tab", &["label", "side"]),
    ("popover", &["corner"]),
    ("bar", &["edge"]),
];

/// The definition's JSON.
pub(super) fn json(root: &Node) -> String {
    let mut out = String::new();
    object(root, "", &mut out);
    out
}

/// What is no number or day where one must be. Told here, as the reader of a question's input knows no closer place.
pub(super) fn misread(node: &Node, path: &str, found: &mut Vec<Problem>) {
    match node {
        Node::Text(_) => {}
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                misread(item, &format!("{path}[{index}]"), found);
            }
        }
        Node::Object(entries) => {
            let kind = node.text("type");
            for (key, value) in
                entries.iter().filter(|(key, _)| !matches!(key.as_str(), "undo" | "when") && !foreign(key, kind))
            {
                let dot = if path.is_empty() { "" } else { "." };
                let place = format!("{path}{dot}{key}");
                let expected = match value {
                    Node::Text(words) if !words.is_empty() => unlike(words.trim(), key, kind),
                    _ => None,
                };
                match expected {
                    Some(expected) => found.push(Problem::malformed(place, expected)),
                    None => misread(value, &place, found),
                }
            }
        }
    }
}

/// What a value should look like and does not.
fn unlike(words: &str, key: &str, kind: &str) -> Option<&'static str> {
    match (key, kind) {
        ("min" | "max", "number") if words.parse::<Decimal>().is_err() => Some("a number with at most four decimals"),
        ("min" | "max", "date") | ("day", "info") | ("from" | "until", "") if Day::parse(words).is_none() => {
            Some("a day such as 2026-11-22")
        }
        ("min" | "max", "scale") if words.parse::<i32>().is_err() => Some("a whole number"),
        ("min" | "max", "choice" | "text") if words.parse::<u32>().is_err() => Some("a whole number, not negative"),
        _ if NUMBERS.contains(&key) && words.parse::<i32>().is_err() => Some("a whole number"),
        _ => None,
    }
}

fn object(node: &Node, name: &str, out: &mut String) {
    let Node::Object(entries) = node else { return out.push_str("{}") };
    let kind = node.text("type");
    out.push('{');
    let mut first = true;
    for (key, value) in entries {
        let mut written = String::new();
        if key == "frequency" && matches!(value, Node::Text(text) if text == "every_days") {
            written.push_str("{\"every_days\":");
            leaf(node.text("every_days"), "every_days", "", &mut written);
            written.push('}');
        } else if OWN.contains(&key.as_str()) || foreign(key, kind) || !value_of(value, key, kind, name, &mut written) {
            continue;
        }
        if !first {
            out.push(',');
        }
        first = false;
        text(key, out);
        out.push(':');
        out.push_str(&written);
    }
    out.push('}');
}

/// Writes a value; false where there is none.
fn value_of(value: &Node, key: &str, kind: &str, parent: &str, out: &mut String) -> bool {
    let needed = NEEDED.contains(&key) || (key == "title" && parent == "questions");
    match value {
        Node::Text(words) if LINES.contains(&key) => {
            let items: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            list(items.iter(), out, |item, out| text(item, out));
            true
        }
        Node::Text(words) if words.is_empty() && !needed => false,
        Node::Text(words) => {
            leaf(words, key, kind, out);
            true
        }
        Node::List(items) => {
            // A row that was added and not filled in yet means nothing.
            let blank = |item: &&Node| !(matches!(key, "traits" | "filters") && item.text("name").is_empty());
            list(items.iter().filter(blank), out, |item, out| match item {
                Node::Text(words) => text(words, out),
                Node::List(_) => out.push_str("[]"),
                Node::Object(_) => object(item, key, out),
            });
            true
        }
        Node::Object(texts) if SPOKEN.contains(&key) => {
            let given: Vec<_> = texts.iter().filter(|(_, text)| *text != Node::Text(String::new())).collect();
            match given.is_empty() {
                true if needed => out.push_str("\"\""),
                true => return false,
                false => {
                    out.push('{');
                    for (index, (locale, words)) in given.iter().enumerate() {
                        if index > 0 {
                            out.push(',');
                        }
                        text(locale, out);
                        out.push(':');
                        text(words.text(""), out);
                    }
                    out.push('}');
                }
            }
            true
        }
        Node::Object(_) if key == "event" && value.text("name").is_empty() => false,
        Node::Object(_) => {
            object(value, key, out);
            true
        }
    }
}

fn leaf(words: &str, key: &str, kind: &str, out: &mut String) {
    let bound = matches!(key, "min" | "max") && matches!(kind, "scale" | "choice" | "text");
    match words {
        "yes" | "no" if FLAGS.contains(&key) => out.push_str(if words == "yes" { "true" } else { "false" }),
        _ if bound || NUMBERS.contains(&key) => match words.trim().parse::<i64>() {
            Ok(number) => out.push_str(&number.to_string()),
            // As a text, of which the reader says that it is no number.
            Err(_) => text(words, out),
        },
        _ => text(words, out),
    }
}

/// Whether a field waits for its type to come back.
fn foreign(key: &str, kind: &str) -> bool {
    let own = OF_TYPES.iter().find(|(name, _)| *name == kind);
    let elsewhere = || OF_TYPES.iter().any(|(_, keys)| keys.contains(&key));
    !kind.is_empty() && key != "type" && !own.is_some_and(|(_, keys)| keys.contains(&key)) && elsewhere()
}

fn list<T>(items: impl Iterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

fn text(words: &str, out: &mut String) {
    out.push('"');
    for letter in words.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{0}'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
}
