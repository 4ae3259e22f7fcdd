//! What the editor's buttons do to the form. Every one is a value of the button that posts it, so that the editor works
//! without scripts, and dragging is the same change as a press of a key.

use super::{Draft, Node, Words, fit, texts};
use crate::expr::WORDS;
use crate::limits::{LOCALES, OPTIONS, QUESTIONS, VARIANTS};
use crate::model::text::Locale;
use crate::validate::RESERVED;

/// A change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A question of this type, at the end.
    Add(String),
    /// A new item at the end of a list.
    Insert(String),
    Up(String),
    Down(String),
    /// To that place of its list.
    Move(String, usize),
    Copy(String),
    /// Out of the list; [`Change::Restore`] brings it back.
    Drop(String),
    /// Undoes the last thing that was dropped.
    Restore,
    AddLanguage(Locale),
    DropLanguage(Locale),
}

impl Change {
    /// Reads a button's value.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(':').unwrap_or((text, ""));
        let path = || rest.to_owned();
        Some(match word {
            "add" => Self::Add(path()),
            "insert" => Self::Insert(path()),
            "up" => Self::Up(path()),
            "down" => Self::Down(path()),
            "copy" => Self::Copy(path()),
            "drop" => Self::Drop(path()),
            "move" => {
                let (path, to) = rest.rsplit_once(':')?;
                Self::Move(path.to_owned(), to.parse().ok()?)
            }
            "restore" => Self::Restore,
            "language" => Self::AddLanguage(Locale::parse(rest).ok()?),
            "unlanguage" => Self::DropLanguage(Locale::parse(rest).ok()?),
            _ => return None,
        })
    }

    /// Makes the change. What does not fit – a place that is not there, a list that is full – changes nothing.
    pub fn make(&self, draft: &mut Draft, main: &Locale, words: &Words<'_>) {
        let root = &mut draft.0;
        match self {
            Self::Add(kind) => add(root, kind, words),
            Self::Insert(path) => insert(root, path, words),
            Self::Up(path) => step(root, path, |at| at.checked_sub(1)),
            Self::Down(path) => step(root, path, |at| at.checked_add(1)),
            Self::Move(path, to) => step(root, path, |_| Some(*to)),
            Self::Copy(path) => copy(root, path),
            Self::Drop(path) => remove(root, path),
            Self::Restore => restore(root),
            Self::AddLanguage(locale) => {
                let known = draft.locales(main);
                if known.len() < LOCALES && !known.contains(locale) {
                    texts::in_many(&mut draft.0, main.as_str());
                    let all = known.iter().chain([locale]).map(Locale::as_str).collect::<Vec<_>>().join(" ");
                    draft.0.set_text("locales", all);
                }
            }
            Self::DropLanguage(locale) => {
                let rest: Vec<Locale> = draft.locales(main).into_iter().filter(|other| other != locale).collect();
                if !rest.is_empty() {
                    let mut kept = Vec::new();
                    texts::without(&mut draft.0, locale.as_str(), &mut kept);
                    draft.0.set_text("locales", rest.iter().map(Locale::as_str).collect::<Vec<_>>().join(" "));
                    let mut undo = Node::object();
                    undo.set_text("language", locale.as_str());
                    undo.set("texts", Node::List(kept));
                    draft.0.set("undo", undo);
                }
            }
        }
    }
}

fn add(root: &mut Node, kind: &str, words: &Words<'_>) {
    const KINDS: [&str; 10] =
        ["scale", "choice", "text", "email", "number", "date", "ranking", "matrix", "consent", "info"];
    if !KINDS.contains(&kind) {
        return;
    }
    if let Some(questions) = root.list_mut("questions")
        && questions.len() < QUESTIONS
    {
        let mut question = item(&fresh(questions, kind), words.question);
        if let Some(label) = question.take("label") {
            question.set("title", label);
        }
        let mut input = Node::object();
        input.set_text("type", kind);
        question.set("input", input);
        questions.push(question);
        fit::fit(root, words);
    }
}

fn insert(root: &mut Node, path: &str, words: &Words<'_>) {
    let key = path.rsplit('.').next().unwrap_or_default();
    let earlier = root.list("questions").first().map(|first| first.text("name").to_owned()).unwrap_or_default();
    if key == "tests"
        && root.at(path).is_none()
        && let Some((question, _)) = path.rsplit_once(".when")
        && let Some(question) = root.at_mut(question)
        && question.at("when").is_none()
    {
        question.set("when", Node::object());
    }
    let Some(items) = root.list_mut(path) else { return };
    let most = if key == "variants" { VARIANTS } else { OPTIONS };
    if items.len() >= most {
        return;
    }
    let number = items.len() + 1;
    match key {
        "options" | "rows" | "columns" => {
            let word = match key {
                "rows" => words.row,
                "columns" => words.column,
                _ => words.option,
            };
            let name = fresh(items, key.trim_end_matches('s'));
            items.push(item(&name, &format!("{word} {number}")));
        }
        "variants" => {
            // One alternative alone is none.
            for _ in 0..if items.is_empty() { 2 } else { 1 } {
                let mut variant = item(&fresh(items, "variant"), "");
                variant.take("label");
                variant.set_text("weight", "1");
                items.push(variant);
            }
        }
        "tests" => {
            let mut test = Node::object();
            test.set_text("question", earlier);
            test.set_text("is", "answered");
            test.set_text("value", "");
            items.push(test);
        }
        "traits" | "filters" => {
            let mut filter = Node::object();
            filter.set_text("name", "");
            items.push(filter);
        }
        _ => {}
    }
}

fn step(root: &mut Node, path: &str, to: impl Fn(usize) -> Option<usize>) {
    let Some((list, at)) = place(path) else { return };
    if let (Some(Node::List(items)), Some(to)) = (root.at_mut(list), to(at))
        && at < items.len()
        && to < items.len()
    {
        let moved = items.remove(at);
        items.insert(to, moved);
    }
}

fn copy(root: &mut Node, path: &str) {
    let Some((list, at)) = place(path) else { return };
    if let Some(Node::List(items)) = root.at_mut(list)
        && items.len() < if list == "questions" { QUESTIONS } else { OPTIONS }
        && let Some(mut twin) = items.get(at).cloned()
    {
        let stem =
            twin.text("name").trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_').to_owned();
        twin.set_text("name", fresh(items, &stem));
        items.insert(at + 1, twin);
    }
}

fn remove(root: &mut Node, path: &str) {
    let Some((list, at)) = place(path) else { return };
    let Some(Node::List(items)) = root.at_mut(list) else { return };
    if at >= items.len() {
        return;
    }
    let mut undo = Node::object();
    undo.set_text("at", path);
    undo.set("item", items.remove(at));
    // A lone alternative is none, and both come back together.
    if list == "variants" && items.len() == 1 {
        undo.set("other", items.remove(0));
    }
    root.set("undo", undo);
}

fn restore(root: &mut Node) {
    let Some(mut undo) = root.take("undo") else { return };
    let language = undo.text("language").to_owned();
    if !language.is_empty() {
        for kept in undo.list("texts") {
            if let Some(texts) = root.at_mut(kept.text("at")) {
                texts.set_text(&language, kept.text("text"));
            }
        }
        let locales = format!("{} {language}", root.text("locales"));
        return root.set_text("locales", locales);
    }
    let path = undo.text("at").to_owned();
    let (Some((list, at)), Some(item)) = (place(&path), undo.take("item")) else { return };
    if let Some(items) = root.list_mut(list) {
        items.extend(undo.take("other"));
        items.insert(at.min(items.len()), item);
    }
}

/// `questions[2]` as `questions` and 2.
fn place(path: &str) -> Option<(&str, usize)> {
    let (list, at) = path.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, at.parse().ok()?))
}

/// A named and labelled item.
pub(super) fn item(name: &str, label: &str) -> Node {
    let mut node = Node::object();
    node.set_text("name", name);
    node.set_text("label", label);
    node
}

/// A name beginning with `stem` that no item has, and that is no word of the form or of conditions.
pub(super) fn fresh(items: &[Node], stem: &str) -> String {
    let stem: String = stem.chars().take(24).collect();
    let stem = if stem.is_empty() { "item".to_owned() } else { stem };
    let taken = |name: &str| items.iter().any(|item| item.text("name") == name);
    let free = |name: &String| !taken(name) && !RESERVED.contains(&name.as_str()) && !WORDS.contains(&name.as_str());
    // Options are numbered from the first; a question of a kind needs a number only beside another.
    let numbered = matches!(stem.as_str(), "option" | "row" | "column" | "variant");
    let plain = (!numbered).then(|| stem.clone());
    let numbers = (if numbered { 1 } else { 2 }..).map(|number: u32| format!("{stem}_{number}"));
    plain.into_iter().chain(numbers).find(free).unwrap_or(stem)
}
