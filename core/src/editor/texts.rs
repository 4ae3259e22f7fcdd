//! The texts of a form in their languages.

use super::write::SPOKEN;
use super::{Draft, Node};

/// One text in all its languages.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'a> {
    pub node: &'a Node,
    /// The last word of its path: `title`, `hint` …
    pub key: &'a str,
}

impl Spoken<'_> {
    /// The text in a language; a text of one language is in `main`.
    pub fn get(&self, locale: &str, main: &str) -> &str {
        match self.node {
            Node::Text(text) if locale == main => text,
            Node::Object(_) => self.node.text(locale),
            _ => "",
        }
    }
}

impl Draft {
    /// Every text that visitors may read, with its path.
    pub fn spoken(&self) -> Vec<(String, Spoken<'_>)> {
        let mut found = Vec::new();
        collect(&self.0, "", &mut found);
        found
    }
}

fn collect<'a>(node: &'a Node, path: &str, found: &mut Vec<(String, Spoken<'a>)>) {
    match node {
        Node::Text(_) => {}
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), found);
            }
        }
        Node::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| !own(path, key)) {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{key}");
                if SPOKEN.contains(&key.as_str()) && !matches!(value, Node::List(_)) {
                    found.push((path, Spoken { node: value, key }));
                } else {
                    collect(value, &path, found);
                }
            }
        }
    }
}

/// The name that the owner knows the widget by is for the owner; conditions name questions.
fn own(path: &str, key: &str) -> bool {
    matches!(key, "when" | "undo") || (path.is_empty() && key == "label")
}

/// Makes every text one of several languages.
pub(super) fn in_many(root: &mut Node, main: &str) {
    let paths: Vec<String> = Draft(root.clone()).spoken().into_iter().map(|(path, _)| path).collect();
    for path in paths {
        if let Some(node) = root.at_mut(&path)
            && let Node::Text(text) = node
        {
            let text = core::mem::take(text);
            let mut many = Node::object();
            many.set_text(main, text);
            *node = many;
        }
    }
}

/// Takes a language out of every text, and keeps what it said.
pub(super) fn without(root: &mut Node, locale: &str, kept: &mut Vec<Node>) {
    let paths: Vec<String> = Draft(root.clone()).spoken().into_iter().map(|(path, _)| path).collect();
    for path in paths {
        if let Some(node) = root.at_mut(&path)
            && let Some(Node::Text(text)) = node.take(locale)
            && !text.is_empty()
        {
            let mut one = Node::object();
            one.set_text("at", path);
            one.set_text("text", text);
            kept.push(one);
        }
    }
}
