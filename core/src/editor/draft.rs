//! The form as a whole: from a definition, from what was posted, and back to a definition.

use super::condition;
use super::write::{self, LINES, SPOKEN};
use super::{Node, Words, fit};
use crate::expr::Expr;
use crate::json;
use crate::model::text::Locale;
use crate::model::widget::Widget;
use crate::problem::Problem;

/// What stands in the editor. It may be incomplete, and wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft(pub Node);

impl Draft {
    /// A definition, to be edited.
    ///
    /// # Errors
    /// Never for a definition that was ever read.
    pub fn of(widget: &Widget) -> Result<Self, Problem> {
        let text = serde_json::to_string(widget).map_err(|error| Problem::malformed("", error.to_string()))?;
        let mut root: Node = json::own(&text)?;
        lines(&mut root);
        if let Some(targeting) = root.at_mut("targeting")
            && let Some(days) = targeting.at("frequency.every_days").cloned()
        {
            targeting.set_text("frequency", "every_days");
            targeting.set("every_days", days);
        }
        for index in 0..root.list("questions").len() {
            let at = format!("questions[{index}]");
            let expr = Expr::parse(root.text(&format!("{at}.show_if"))).ok();
            let when = expr.filter(|expr| !expr.as_str().is_empty()).and_then(|expr| condition::rows(&expr, &root));
            if let (Some(when), Some(question)) = (when, root.at_mut(&at)) {
                question.set("when", when);
            }
        }
        Ok(Self(root))
    }

    /// What was posted. What a new type of question or placement cannot do without gets a value.
    pub fn read<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>, words: &Words<'_>) -> Self {
        let mut root = Node::read(fields);
        fit::fit(&mut root, words);
        Self(root)
    }

    /// Its fields, in order.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.0.fields()
    }

    /// The definition that it is.
    ///
    /// # Errors
    /// What stopped the reader.
    pub fn widget(&self) -> Result<Widget, Vec<Problem>> {
        let mut found = Vec::new();
        write::misread(&self.0, "", &mut found);
        if !found.is_empty() {
            return Err(found);
        }
        let mut root = self.0.clone();
        for index in 0..root.list("questions").len() {
            let at = format!("questions[{index}]");
            let Some(when) = root.at(&format!("{at}.when")) else { continue };
            if when.text("join") == "text" {
                continue;
            }
            let said = condition::expression(when, &root);
            let ops = |text: &str| Expr::parse(text).ok().map(|expr| expr.ops());
            if let Some(question) = root.at_mut(&at) {
                match said {
                    // The owner's own spaces and quotes are kept while they say the same.
                    Some(said) if ops(&said).is_some() && ops(&said) == ops(question.text("show_if")) => {}
                    Some(said) => question.set_text("show_if", said),
                    None => drop(question.take("show_if")),
                }
            }
        }
        json::strict(write::json(&root).as_bytes()).map_err(|problem| vec![problem])
    }

    /// The definition, checked.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn checked(&self) -> Result<Widget, Vec<Problem>> {
        let widget = self.widget()?;
        let problems = widget.check();
        if problems.is_empty() { Ok(widget) } else { Err(problems) }
    }

    /// Its languages, `main` first: those that texts are in, and those that were added and have none yet.
    pub fn locales(&self, main: &Locale) -> Vec<Locale> {
        let mut locales = Vec::new();
        tags(&self.0, &mut locales);
        locales.extend(self.0.text("locales").split_whitespace().filter_map(|tag| Locale::parse(tag).ok()));
        locales.sort();
        locales.dedup();
        let first = locales.iter().position(|locale| locale == main);
        match first {
            Some(at) => locales.get_mut(..=at).unwrap_or_default().rotate_right(1),
            None if locales.is_empty() => locales.push(main.clone()),
            None => {}
        }
        locales
    }
}

/// Lists of plain texts become lines, unless a line could not be told from two.
fn lines(node: &mut Node) {
    match node {
        Node::Text(_) => {}
        Node::List(items) => items.iter_mut().for_each(lines),
        Node::Object(entries) => {
            for (key, value) in entries {
                if LINES.contains(&key.as_str())
                    && let Node::List(items) = value
                {
                    let texts: Vec<&str> = items.iter().map(|item| item.text("")).collect();
                    if texts.iter().all(|text| !text.is_empty() && text.trim() == *text && !text.contains(['\n', '\r']))
                    {
                        *value = Node::Text(texts.join("\n"));
                    }
                } else {
                    lines(value);
                }
            }
        }
    }
}

fn tags(node: &Node, found: &mut Vec<Locale>) {
    match node {
        Node::Text(_) => {}
        Node::List(items) => items.iter().for_each(|item| tags(item, found)),
        Node::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| key != "undo") {
                match value {
                    Node::Object(texts) if SPOKEN.contains(&key.as_str()) => {
                        found.extend(texts.iter().filter_map(|(tag, _)| Locale::parse(tag).ok()));
                    }
                    other => tags(other, found),
                }
            }
        }
    }
}
