//! Differences in words.

use maud::{Markup, html};
use rapport_core::expr::Expr;
use rapport_core::json::compare::{Change, What, compare};
use rapport_core::model::question::Question;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::name::Name;
use rapport_core::review::condition;

use crate::dashboard::page::Speech;
use crate::dashboard::review::sentence::Sentences;

/// Every difference, by question.
pub fn list(before: &Widget, after: &Widget, speech: &Speech<'_>) -> Markup {
    let changes = compare(before, after, speech.site());
    let w = &speech.strings().versions;
    let page = Page { before, after, speech };
    // Those of the widget as a whole first.
    let mut about: Vec<Option<&Name>> = Vec::new();
    for change in &changes {
        if !about.contains(&change.question.as_ref()) {
            about.push(change.question.as_ref());
        }
    }
    about.sort_by_key(|question| question.is_some());
    html! {
        @if changes.is_empty() { p.card { (w.same) } }
        @for question in about {
            div.card.stack {
                h3 { @match question { Some(name) => (page.title(name)), None => (w.whole) } }
                ul.changes {
                    @for change in changes.iter().filter(|change| change.question.as_ref() == question) { li { (page.change(change)) } }
                }
            }
        }
    }
}

struct Page<'a> {
    before: &'a Widget,
    after: &'a Widget,
    speech: &'a Speech<'a>,
}

impl Page<'_> {
    fn change(&self, change: &Change) -> Markup {
        let w = &self.speech.strings().versions;
        let what = self.what(change);
        html! {
            @match &change.what {
                What::Added if change.field.is_empty() => ins { (w.question_added) },
                What::Removed if change.field.is_empty() => del { (w.question_removed) },
                What::Added => { (what) " " ins { (w.added) } },
                What::Removed => { (what) " " del { (w.removed) } },
                What::Moved { from, to } => { @if !change.field.is_empty() { (what) " " } ((w.moved)(&from.to_string(), &to.to_string())) },
                What::Set { before, after } => {
                    (what)
                    p.values {
                        (self.value(change, before.as_deref(), self.before, false)) " → " (self.value(change, after.as_deref(), self.after, true))
                    }
                }
            }
        }
    }

    /// Which field it is, of which option, in which language.
    fn what(&self, change: &Change) -> Markup {
        let w = &self.speech.strings().versions;
        let key = if change.question.is_some() { format!("q.{}", change.field) } else { change.field.clone() };
        html! {
            b { (look_up(w.fields, &key).unwrap_or(&change.field)) }
            @if let Some(item) = &change.item { " " (self.item(change, item)) }
            @if let Some(locale) = &change.locale { " " span.chip { (locale.as_str()) } }
        }
    }

    /// An option by its wording, whichever side has it.
    fn item(&self, change: &Change, item: &str) -> String {
        let side = |widget| change.question.as_ref().and_then(|name| self.sentences(widget).known_option(name, item));
        let quote = self.speech.strings().review.quote;
        side(self.before).or_else(|| side(self.after)).map_or_else(|| quote(item), |label| quote(&label))
    }

    fn value(&self, change: &Change, value: Option<&str>, widget: &Widget, new: bool) -> Markup {
        let w = &self.speech.strings().versions;
        let text = value.map_or_else(|| w.nothing.to_owned(), |value| self.said(change, value, widget));
        html! {
            @if value.is_none() { span.soft { (text) } }
            @else if new { ins { (text) } }
            @else { del { (text) } }
        }
    }

    fn said(&self, change: &Change, value: &str, widget: &Widget) -> String {
        let s = self.speech.strings();
        let sentences = self.sentences(widget);
        match (change.field.as_str(), change.question.as_ref()) {
            ("show_if", Some(_)) => {
                let part = Expr::parse(value).ok().as_ref().and_then(condition);
                part.map_or_else(|| value.to_owned(), |part| (s.review.only_if)(&sentences.condition(&part)))
            }
            ("input.correct", Some(question)) => {
                let label = |name: &str| sentences.known_option(question, name).unwrap_or_else(|| name.to_owned());
                value.split(", ").map(label).collect::<Vec<_>>().join(s.list_comma)
            }
            ("kind", None) => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == value);
                kind.map_or(value, |kind| s.kind(kind)).to_owned()
            }
            // Words of the owner's may read like one of ours.
            ("title" | "hint" | "thanks" | "submit" | "label" | "input.label" | "input.low" | "input.high", _) => {
                value.to_owned()
            }
            (field, _) if field.ends_with("label") || field.ends_with("explanation") => value.to_owned(),
            _ => {
                let word = |value: &str| look_up(s.versions.values, value).unwrap_or(value).to_owned();
                value.split(", ").map(word).collect::<Vec<_>>().join(s.list_comma)
            }
        }
    }

    fn title(&self, name: &Name) -> String {
        let of = |widget: &Widget| -> Option<Question> {
            widget.questions.iter().find(|question| question.name == *name).cloned()
        };
        match of(self.after).or_else(|| of(self.before)) {
            Some(question) => self.sentences(self.after).title(&question),
            None => name.to_string(),
        }
    }

    fn sentences<'w>(&'w self, widget: &'w Widget) -> Sentences<'w> {
        Sentences { widget, speech: self.speech, words: &self.speech.strings().review }
    }
}

fn look_up(table: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    table.iter().find(|(code, _)| *code == key).map(|(_, word)| *word)
}
