//! One widget of each kind, as an owner would write them.

use serde_json::{Value, json};

/// 0–10, with a follow-up for each group.
pub fn nps() -> Value {
    json!({
        "name": "nps", "kind": "nps", "label": "Recommendation",
        "questions": [
            { "name": "nps", "title": "How likely are you to recommend us?", "required": true,
              "input": { "type": "scale", "min": 0, "max": 10, "low": "Not likely", "high": "Very likely", "measures": "nps" } },
            { "name": "missing", "title": "What is missing?", "show_if": "nps <= 6", "input": { "type": "text", "long": true } },
            { "name": "better", "title": "What would make it a ten?", "show_if": "nps = 7 or nps = 8", "input": { "type": "text", "long": true } },
            { "name": "best", "title": "What do you like best?", "show_if": "nps >= 9", "input": { "type": "text", "long": true } },
        ],
        "thanks": "Thank you for your score.",
    })
}

/// Five points from bad to good.
pub fn csat() -> Value {
    json!({
        "name": "csat", "kind": "csat", "label": "Satisfaction",
        "questions": [
            { "name": "csat", "title": "How satisfied are you?", "required": true,
              "input": { "type": "scale", "min": 1, "max": 5, "measures": "csat", "satisfied_from": 4 } },
            { "name": "why", "title": "Why?", "input": { "type": "text", "long": true } },
        ],
    })
}

/// Seven points of agreement.
pub fn ces() -> Value {
    json!({
        "name": "ces", "kind": "ces", "label": "Effort",
        "questions": [
            { "name": "ces", "title": "They made it easy to solve my problem.", "required": true,
              "input": { "type": "scale", "min": 1, "max": 7, "low": "Disagree", "high": "Agree", "measures": "ces" } },
        ],
    })
}

/// `look` is `stars`, `smileys` or `thumbs`.
pub fn rating(look: &str) -> Value {
    let (min, max, from) = if look == "thumbs" { (0, 1, 1) } else { (1, 5, 4) };
    json!({
        "name": look, "kind": "rating", "label": "Rating",
        "questions": [
            { "name": "rating", "title": "Did this help?", "required": true,
              "input": { "type": "scale", "min": min, "max": max, "look": look, "measures": "csat", "satisfied_from": from } },
        ],
    })
}

/// One choice, whose result is shown after the vote.
pub fn poll() -> Value {
    json!({
        "name": "poll", "kind": "poll", "label": "Poll",
        "questions": [
            { "name": "next", "title": "What shall we build next?", "required": true,
              "input": { "type": "choice", "options": options(&["paper", "ink", "pens"]) } },
        ],
    })
}

/// Two choices with right answers; the first says why.
pub fn quiz() -> Value {
    json!({
        "name": "quiz", "kind": "quiz", "label": "Quiz",
        "questions": [
            { "name": "sleep", "title": "How long does a cat sleep?",
              "input": { "type": "choice", "correct": ["fourteen"], "explanation": "It is fourteen hours.",
                "options": [{ "name": "nine", "label": "About 9" }, { "name": "fourteen", "label": "About 14" }] } },
            { "name": "legs", "title": "Which have eight legs?",
              "input": { "type": "choice", "max": 3, "correct": ["spider", "scorpion"], "options": options(&["spider", "ant", "scorpion"]) } },
        ],
    })
}

/// Category, words, and an address for a reply.
pub fn feedback() -> Value {
    json!({
        "name": "feedback", "kind": "feedback", "label": "Feedback",
        "questions": [
            { "name": "category", "title": "What is it about?", "input": { "type": "choice", "options": options(&["idea", "problem", "praise"]) } },
            { "name": "words", "title": "Your feedback", "required": true, "input": { "type": "text", "long": true } },
            { "name": "reply", "title": "Your e-mail, if you want a reply", "input": { "type": "email" } },
        ],
    })
}

/// Every type of question, with branching and piping.
pub fn survey() -> Value {
    json!({
        "name": "survey", "kind": "survey", "label": "Everything", "title": "A few questions",
        "questions": [
            { "name": "welcome", "title": "Five minutes, and we listen.", "input": { "type": "info" } },
            { "name": "role", "title": "What do you do?", "required": true,
              "input": { "type": "choice", "options": options(&["writer", "painter"]), "other": true } },
            { "name": "tools", "title": "What do you use?", "hint": "Up to two.",
              "input": { "type": "choice", "options": options(&["pen", "brush", "keyboard"]), "max": 2, "other": true } },
            { "name": "brush", "title": "Which brush?", "show_if": "includes(tools, brush)", "input": { "type": "text" } },
            { "name": "years", "title": "For how many years?", "input": { "type": "number", "min": "0", "max": "80" } },
            { "name": "since", "title": "Since when do you know us?", "input": { "type": "date", "min": "2020-01-01" } },
            { "name": "order", "title": "What matters most?", "input": { "type": "ranking", "options": options(&["price", "look", "feel"]) } },
            { "name": "parts", "title": "How good are they?", "input": { "type": "matrix",
              "rows": options(&["paper", "cover"]), "columns": options(&["bad", "fine", "great"]) } },
            { "name": "mail", "title": "Your e-mail", "input": { "type": "email" } },
            { "name": "story", "title": "A story, {role}?", "input": { "type": "text", "long": true, "max": 300 } },
            { "name": "agree", "title": "One more thing", "required": true, "input": { "type": "consent", "label": "You may quote me." } },
        ],
        "thanks": "Thank you, that helps.",
    })
}

/// One of each kind.
pub fn every_kind() -> Vec<Value> {
    vec![nps(), csat(), ces(), rating("stars"), rating("smileys"), rating("thumbs"), survey(), poll(), feedback()]
}

/// The same widget with another placement, such as `{"type": "modal"}`.
pub fn placed(mut widget: Value, placement: Value) -> Value {
    widget["placement"] = placement;
    widget
}

/// The same widget with targeting.
pub fn targeted(mut widget: Value, targeting: Value) -> Value {
    widget["targeting"] = targeting;
    widget
}

/// The same widget under another name.
pub fn named(mut widget: Value, name: &str) -> Value {
    widget["name"] = name.into();
    widget
}

fn options(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "name": name, "label": capitalised(name) })).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
