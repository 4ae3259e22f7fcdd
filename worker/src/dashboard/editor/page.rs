//! The editor as a page: the form with its sections, and beside it the preview.

use maud::{Markup, html};
use rapport_core::editor::Draft;
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::problem::Problem;

use super::sheet::Sheet;
use super::{languages, look, questions, summary, variants, who};
use crate::dashboard::faults;
use crate::dashboard::layout::{self, Place, Tab, widget_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::review;
use crate::dashboard::state;
use crate::dashboard::strings::editor::fill;
use crate::edit::BASED_ON;

/// How the form stands to what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// As it is live.
    Live,
    /// As the draft is.
    Same,
    /// Saved just now.
    Saved,
    /// Not saved; nothing is wrong with it.
    Not,
    /// Not saved, because something is wrong.
    Refused,
    /// Not saved, because somebody else was faster.
    Overtaken,
    /// It arrived without its end.
    Cut,
}

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub name: &'a str,
    pub draft: &'a Draft,
    pub widget: Option<&'a Widget>,
    pub based_on: &'a str,
    pub stored: Stored,
    pub problems: &'a [Problem],
    /// The question that was just added.
    pub fresh: &'a str,
    /// What was just done, for those who do not see it.
    pub said: &'a str,
    pub preview: Preview<'a>,
}

/// How the preview looks, as its own controls say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Preview<'a> {
    pub scheme: &'a str,
    pub width: &'a str,
    pub locale: &'a str,
    pub variant: &'a str,
    /// Of a badge: `stranger`, or a member.
    pub who: &'a str,
    /// What that member has done in it so far.
    pub acts: &'a str,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let site = &model.config.site;
    let s = &frame.lang.strings().editor;
    let path = widget_path(site, model.name);
    let label = model.config.record(model.name).map_or(model.name, state::label);
    let sheet = Sheet::new(model.draft, site, frame.lang, model.problems);
    let content = content(&sheet, model);
    let body = html! {
        div.head {
            div.stack {
                p.small { a href=(path) { (frame.lang.strings().back) } }
                h1 { (label) }
                @if let Some(record) = model.config.record(model.name) { p.actions { (state::chip(record, frame.lang)) code.soft { (model.name) } } }
            }
            div.actions.saving {
                button.button type="submit" form="editor" name="do" value="draft" { (s.save) }
                button.button.main type="submit" form="editor" name="do" value="publish" { (s.publish) }
            }
        }
        nav.panes aria-label=(s.parts) { a href="#write" { (s.write) } a href="#preview" { (s.look_at) } }
        div.editing {
            div #write {
                form #editor method="post" action={ (path) "/edit" } novalidate data-preview={ (path) "/preview" } data-saving=(s.saving)
                    data-unsaved=(s.unsaved) data-offline=(s.offline) data-lifted=(s.lifted) data-moved=(s.moved) data-put=(s.put) data-cancelled=(s.cancelled) {
                    // Enter in a field saves, and does not press the first button that it finds.
                    button.sr type="submit" name="do" value="draft" tabindex="-1" aria-hidden="true" { (s.save) }
                    @if let Some(csrf) = frame.csrf { input type="hidden" name="csrf" value=(csrf); }
                    input #based-on type="hidden" name=(BASED_ON) value=(model.based_on);
                    (status(frame, model))
                    div #editor-body { (content) }
                    // Whatever was cut off on the way lacks this.
                    input type="hidden" name="end" value="yes";
                }
                p.small.soft { a href={ (path) "/json" } { (s.json) } " – " (s.json_hint) }
            }
            (preview(frame, model, &sheet))
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), s.title, &body)
}

/// Whether it is saved, and what is wrong; replaced alone while somebody types.
fn status(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().editor;
    let (class, words) = match model.stored {
        Stored::Live => ("", s.same),
        Stored::Same => ("", s.same_draft),
        Stored::Saved => ("good", s.saved),
        Stored::Not => ("", s.unsaved),
        Stored::Refused => ("bad", s.refused),
        Stored::Overtaken => ("bad", s.overtaken),
        Stored::Cut => ("bad", s.too_large),
    };
    let sheet = Sheet::new(model.draft, &model.config.site, frame.lang, model.problems);
    html! {
        div #state data-stored=(if matches!(model.stored, Stored::Overtaken) { "overtaken" } else { "" }) {
            div class={ "notice " (class) } role=[(class == "bad").then_some("alert")] {
                p #saved { (words) }
                @if model.stored == Stored::Overtaken {
                    p { (s.overwrite) " " a href={ (widget_path(&model.config.site, model.name)) "/edit" } target="_blank" { (frame.lang.strings().edit.saved_now) } }
                }
                @if !model.problems.is_empty() {
                    ul { @for problem in model.problems { li { (place(&sheet, &problem.field)) " " (faults::words(&problem.fault, frame.lang)) } } }
                }
            }
            @if let Some(widget) = model.widget { p.summary { (summary::of(widget, frame.lang)) } }
        }
    }
}

/// A link to where something is wrong.
fn place(sheet: &Sheet<'_>, field: &str) -> Markup {
    let s = sheet.words();
    let question = field.strip_prefix("questions[").and_then(|rest| rest.split_once(']'));
    let section = |names: &[&str]| names.iter().any(|name| field.starts_with(name));
    let (to, words) = match question {
        Some((index, _)) => {
            let number = index.parse::<usize>().map_or(0, |index| index + 1);
            (
                format!("q-{}", sheet.get(&format!("questions[{index}].name"))),
                fill(s.question_n, &[&number.to_string()]),
            )
        }
        None if section(&["targeting", "stop_after"]) => ("who".to_owned(), s.who.to_owned()),
        None if section(&["placement", "appearance"]) => ("look".to_owned(), s.look.to_owned()),
        None if section(&["variants"]) => ("variants".to_owned(), s.variants.to_owned()),
        None if section(&["questions"]) => ("questions".to_owned(), s.questions.to_owned()),
        None => ("words".to_owned(), s.words.to_owned()),
    };
    html! { a href={ "#" (to) } { (words) } @if !field.is_empty() { " " code { (field) } } }
}

/// The sections. What has no control comes last, hidden.
fn content(sheet: &Sheet<'_>, model: &Model<'_>) -> Markup {
    let about = model.widget.map(|widget| summary::of(widget, sheet.lang)).unwrap_or_default();
    html! {
        p.sr #editor-said { (model.said) }
        (undo(sheet))
        (questions::section(sheet, model.fresh))
        (look::wording(sheet))
        (look::section(sheet))
        (who::section(sheet, &about))
        (variants::section(sheet))
        (languages::section(sheet))
        (reviewed(sheet, model))
        (sheet.rest())
    }
}

/// What could be worded better, and the branching in sentences; replaced alone while somebody types.
fn reviewed(sheet: &Sheet<'_>, model: &Model<'_>) -> Markup {
    let speech = Speech::new(sheet.lang, &model.config.site.locale);
    html! { div #reviewed { @if let Some(widget) = model.widget { (review::panel(widget, &speech)) } } }
}

/// What was removed last can come back.
fn undo(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    if sheet.draft.0.at("undo").is_none() {
        return super::sheet::nothing();
    }
    let language = sheet.get("undo.language");
    let words = if language.is_empty() {
        let what = ["title", "label", "name", "question"]
            .iter()
            .map(|key| sheet.reads(&format!("undo.item.{key}")))
            .find(|text| !text.is_empty());
        fill(s.dropped, &[what.unwrap_or("…")])
    } else {
        fill(s.dropped_language, &[language])
    };
    html! { div.notice.undo { p { (words) } (sheet.button("restore", "button small", s.undo, "")) } }
}

fn preview(frame: &Frame<'_>, model: &Model<'_>, sheet: &Sheet<'_>) -> Markup {
    let s = &frame.lang.strings().editor;
    let path = widget_path(&model.config.site, model.name);
    let shown = model.preview;
    let locales: Vec<&str> = sheet.locales.iter().map(|locale| locale.as_str()).collect();
    let variants: Vec<&str> = model.draft.0.list("variants").iter().map(|variant| variant.text("name")).collect();
    html! {
        section #preview aria-labelledby="preview-title" {
            h2 #preview-title { (s.preview) }
            p.small.soft { (s.preview_hint) }
            div.tools {
                (switches(frame, shown))
                @if sheet.get("kind") == "loyalty" { (seen_by(frame, shown)) }
                @if locales.len() > 1 {
                    select form="editor" name="preview.locale" aria-label=(s.language) { @for tag in &locales { option value=(tag) selected[*tag == shown.locale] { (tag) } } }
                }
                @if !variants.is_empty() {
                    select form="editor" name="preview.variant" aria-label=(s.variant) { @for name in &variants { option value=(name) selected[*name == shown.variant] { (name) } } }
                }
                button.button.small type="submit" form="editor" formaction={ (path) "/preview" } formtarget="preview" formnovalidate data-show { (s.preview_show) }
            }
            div.stage data-title=(s.preview) {
                iframe name="preview" title=(s.preview) sandbox="allow-scripts" {}
            }
        }
    }
}

/// How wide the page in the preview is, and whether it is light or dark.
pub fn switches(frame: &Frame<'_>, shown: Preview<'_>) -> Markup {
    let s = &frame.lang.strings().editor;
    html! {
        div.switch role="radiogroup" aria-label=(s.preview) {
            (radio("preview.width", "desktop", s.as_desktop, shown.width != "phone"))
            (radio("preview.width", "phone", s.as_phone, shown.width == "phone"))
        }
        div.switch role="radiogroup" aria-label=(s.page_is) {
            (radio("preview.scheme", "light", s.light, shown.scheme != "dark"))
            (radio("preview.scheme", "dark", s.dark, shown.scheme == "dark"))
        }
    }
}

/// Whose badge it is.
pub fn seen_by(frame: &Frame<'_>, shown: Preview<'_>) -> Markup {
    let b = &frame.lang.strings().badge;
    html! {
        div.switch role="radiogroup" aria-label=(b.who) {
            (radio("preview.who", "member", b.member, shown.who != "stranger"))
            (radio("preview.who", "stranger", b.stranger, shown.who == "stranger"))
        }
    }
}

fn radio(name: &str, value: &str, words: &str, on: bool) -> Markup {
    html! { label { input type="radio" form="editor" name=(name) value=(value) checked[on]; span { (words) } } }
}
