//! The form being rendered: what stands in it, what is wrong with it, and its controls. Each control notes the field that
//! it is for; fields without one travel hidden.

use std::cell::RefCell;
use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use rapport_core::editor::{Draft, Node};
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::problem::Problem;

use crate::dashboard::faults;
use crate::dashboard::lang::Lang;
use crate::dashboard::strings::editor::Editor;

/// A form to be rendered.
pub struct Sheet<'a> {
    pub draft: &'a Draft,

    pub lang: Lang,
    pub problems: &'a [Problem],
    /// The languages, the one that the sections are written in first.
    pub locales: Vec<Locale>,
    shown: RefCell<BTreeSet<String>>,
}

/// What kind of control a line of text needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Text,
    /// Names, patterns: nothing to be spelled or capitalised.
    Code,
    Number,
    Day,
    /// Several lines of code.
    Lines,
}

impl<'a> Sheet<'a> {
    pub fn new(draft: &'a Draft, site: &'a Site, lang: Lang, problems: &'a [Problem]) -> Self {
        Self { draft, lang, problems, locales: draft.locales(&site.locale), shown: RefCell::default() }
    }

    /// The words.
    pub const fn words(&self) -> &'static Editor {
        &self.lang.strings().editor
    }

    /// The language that the sections are written in.
    pub fn main(&self) -> &str {
        self.locales.first().map_or("en", Locale::as_str)
    }

    /// What stands in a field.
    pub fn get(&self, path: &str) -> &'a str {
        self.draft.0.text(path)
    }

    /// The name of a text's field in the main language, and what stands in it.
    fn spoken(&self, path: &str) -> (String, &'a str) {
        match self.draft.0.at(path) {
            Some(Node::Object(_)) => {
                (format!("{path}.{}", self.main()), self.draft.0.text(&format!("{path}.{}", self.main())))
            }
            _ if self.locales.len() > 1 => (format!("{path}.{}", self.main()), self.get(path)),
            _ => (path.to_owned(), self.get(path)),
        }
    }

    /// A text as it reads in the main language.
    pub fn reads(&self, path: &str) -> &'a str {
        self.spoken(path).1
    }

    /// An id that stays with a question when it moves.
    pub fn id(&self, path: &str) -> String {
        let inside = path.strip_prefix("questions[").and_then(|rest| rest.split_once(']'));
        let stem = match inside {
            Some((index, rest)) => format!("q-{}{rest}", self.get(&format!("questions[{index}].name"))),
            None => path.to_owned(),
        };
        stem.replace(['[', '.'], "-").replace(']', "")
    }

    /// Notes that a field has a control, and gives its name.
    pub fn note<'n>(&self, name: &'n str) -> &'n str {
        self.shown.borrow_mut().insert(name.to_owned());
        name
    }

    /// What is wrong with a field, or with a text in its main language.
    pub fn wrong(&self, path: &str) -> Vec<String> {
        let about = |field: &str| {
            field == path || field.strip_prefix(path).is_some_and(|rest| rest == format!(".{}", self.main()))
        };
        self.problems
            .iter()
            .filter(|problem| about(&problem.field))
            .map(|problem| faults::words(&problem.fault, self.lang))
            .collect()
    }

    /// Whether anything within a part of the form is wrong.
    pub fn troubled(&self, path: &str) -> bool {
        self.problems.iter().any(|problem| {
            problem.field.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// A field with its label, hint and complaints around a control.
    pub fn field(&self, path: &str, label: &str, hint: &str, control: impl FnOnce(&Attributes) -> Markup) -> Markup {
        let (id, wrong) = (self.id(path), self.wrong(path));
        let described =
            [(!hint.is_empty()).then(|| format!("{id}-hint")), (!wrong.is_empty()).then(|| format!("{id}-wrong"))];
        let described: Vec<String> = described.into_iter().flatten().collect();
        let attributes = Attributes {
            id: id.clone(),
            described: described.join(" "),
            invalid: !wrong.is_empty(),
            ..Attributes::default()
        };
        html! {
            div.field {
                label for=(id) { (label) }
                (control(&attributes))
                @if !hint.is_empty() { p.hint id={ (id) "-hint" } { (hint) } }
                @if !wrong.is_empty() { p.wrong id={ (id) "-wrong" } { (wrong.join(" ")) } }
            }
        }
    }

    /// A line of text, a number, a day, or lines of code.
    pub fn line(&self, path: &str, label: &str, hint: &str, line: Line) -> Markup {
        let value = self.get(self.note(path));
        self.field(path, label, hint, |at| control(path, value, line, at))
    }

    /// A text that visitors read, in the main language; it grows with what is typed.
    pub fn text(&self, path: &str, label: &str, hint: &str) -> Markup {
        let (name, value) = self.spoken(path);
        self.note(&name);
        self.field(path, label, hint, |at| self.area(&name, value, self.main(), "", at))
    }

    /// A text of one language.
    pub fn area(&self, name: &str, value: &str, lang: &str, placeholder: &str, at: &Attributes) -> Markup {
        html! {
            // A line break right after the tag is not part of the text, so that one of the text's own is kept.
            textarea.grows id=(at.id) name=(name) rows="1" maxlength="2000" lang=(lang) placeholder=[(!placeholder.is_empty()).then_some(placeholder)]
                aria-describedby=[at.described()] aria-invalid=[at.invalid()] aria-label=[at.label()] { "\n" (value) }
        }
    }

    /// A text in the main language without a label beside it.
    pub fn bare(&self, path: &str, at: &Attributes) -> Markup {
        let (name, value) = self.spoken(path);
        self.area(self.note(&name), value, self.main(), "", at)
    }

    /// One of several words. `redraw`: the form looks different afterwards.
    pub fn select(&self, path: &str, label: &str, options: &[(&str, &str)], redraw: bool) -> Markup {
        let value = self.get(self.note(path));
        self.field(path, label, "", |at| self.choose(path, value, options, redraw, at))
    }

    /// The same without a label of its own.
    pub fn choose(&self, name: &str, value: &str, options: &[(&str, &str)], redraw: bool, at: &Attributes) -> Markup {
        let known = options.iter().any(|(word, _)| *word == value);
        html! {
            select id=(at.id) name=(self.note(name)) data-redraw[redraw] aria-describedby=[at.described()] aria-invalid=[at.invalid()] aria-label=[at.label()] {
                @if !known { option value=(value) selected { (value) } }
                @for (word, name) in options { option value=(word) selected[*word == value] { (name) } }
            }
        }
    }

    /// A box to tick.
    pub fn tick(&self, path: &str, label: &str, redraw: bool) -> Markup {
        let on = self.get(self.note(path)) == "yes";
        html! {
            label.check { input type="checkbox" id=(self.id(path)) name=(path) value="yes" checked[on] data-redraw[redraw]; (label) }
            @for wrong in self.wrong(path) { p.wrong { (wrong) } }
        }
    }

    /// A button that posts the form to have it changed.
    pub fn button(&self, change: &str, class: &str, label: &str, spoken: &str) -> Markup {
        html! {
            button class=(class) type="submit" name="do" value=(change) formnovalidate aria-label=[(!spoken.is_empty()).then_some(spoken)] { (label) }
        }
    }

    /// The same with a sign instead of words.
    pub fn sign(&self, change: &str, path: &str, spoken: &str, off: bool) -> Markup {
        html! {
            button.icon type="submit" name="do" value=(change) formnovalidate aria-label=(spoken) title=(spoken) disabled[off] { (crate::dashboard::parts::sign(path)) }
        }
    }

    /// The fields without a control, hidden, once all controls have been noted.
    pub fn rest(&self) -> Markup {
        let shown = self.shown.borrow();
        html! {
            @for (name, value) in self.draft.fields().iter().filter(|(name, _)| !shown.contains(name)) {
                // In a hidden input browsers keep line breaks.
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// What a control says of itself.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    pub id: String,
    pub described: String,
    pub invalid: bool,
    /// A name that only screen readers are told, where no label stands beside it.
    pub label: String,
}

impl Attributes {
    /// For a control without a label beside it.
    pub fn named(id: impl Into<String>, label: &str) -> Self {
        Self { id: id.into(), label: label.to_owned(), ..Self::default() }
    }

    fn described(&self) -> Option<&str> {
        (!self.described.is_empty()).then_some(self.described.as_str())
    }

    fn label(&self) -> Option<&str> {
        (!self.label.is_empty()).then_some(self.label.as_str())
    }

    fn invalid(&self) -> Option<&'static str> {
        self.invalid.then_some("true")
    }
}

/// The control of a line.
pub fn control(name: &str, value: &str, line: Line, at: &Attributes) -> Markup {
    let (kind, mode, code) = match line {
        Line::Lines => {
            return html! {
                textarea.code.grows id=(at.id) name=(name) rows="2" spellcheck="false" autocapitalize="none" aria-label=[at.label()]
                    aria-describedby=[at.described()] aria-invalid=[at.invalid()] { "\n" (value) }
            };
        }
        Line::Text => ("text", None, false),
        Line::Code => ("text", None, true),
        Line::Number => ("text", Some("decimal"), false),
        Line::Day => ("date", None, false),
    };
    html! {
        input type=(kind) id=(at.id) name=(name) value=(value) inputmode=[mode] autocomplete="off" aria-label=[at.label()]
            spellcheck=[code.then_some("false")] autocapitalize=[code.then_some("none")]
            aria-describedby=[at.described()] aria-invalid=[at.invalid()];
    }
}

/// A part of the editor that folds.
pub fn fold(id: &str, title: &str, about: &str, open: bool, body: &Markup) -> Markup {
    html! {
        details.chapter.card id=(id) open[open] {
            summary { h2 { (title) } span.soft.small { (about) } }
            div.stack.inside { (body) }
        }
    }
}

/// Nothing.
pub const fn nothing() -> Markup {
    PreEscaped(String::new())
}
