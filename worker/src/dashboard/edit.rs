//! A widget's definition as JSON: what was typed stays, whatever is wrong with it, and every problem is told at once.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::problem::Problem;

use crate::dashboard::faults;
use crate::dashboard::layout::{self, Place, Tab, new_widget_path, widget_path};
use crate::dashboard::page::Frame;
use crate::edit::BASED_ON;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    pub config: &'a Config,
    /// `None` for a widget that does not exist yet.
    pub name: Option<&'a str>,
    pub text: &'a str,
    /// The mark of the definition that the text was made from; empty where there was none.
    pub based_on: &'a str,
    /// Whether somebody else saved another one meanwhile.
    pub overtaken: bool,
    pub problems: &'a [Problem],
}

impl<'a> Model<'a> {
    /// For a widget that does not exist yet.
    pub const fn new(config: &'a Config, text: &'a str) -> Self {
        Self { config, name: None, text, based_on: "", overtaken: false, problems: &[] }
    }
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let (title, back) = match model.name {
        Some(name) => (s.edit.title, widget_path(site, name)),
        None => (s.widgets.add, new_widget_path(site)),
    };
    let action = model.name.map_or_else(|| back.clone(), |_| format!("{back}/json"));
    let invalid = !model.problems.is_empty();
    let body = html! {
        div.stack {
            p.small { @if model.name.is_some() { a href={ (back) "/edit" } { (s.editor.visual) } } @else { a href=(back) { (s.back) } } }
            h1 { (title) @if let Some(name) = model.name { " " code.soft { (name) } } }
            p.soft { (s.edit.hint) }
        }
        (faults::list(model.problems, frame.lang))
        @if model.overtaken { p { a href=(action) target="_blank" { (s.edit.saved_now) } } }
        div.card {
            (layout::form(frame, &action, "stack", &html! {
                input type="hidden" name=(BASED_ON) value=(model.based_on);
                div.field {
                    label for="definition" { (s.edit.definition) }
                    // A line break right after the tag is not part of the text, so that one of the text's own is kept.
                    textarea.code #definition name="definition" required spellcheck="false" autocapitalize="none" autocomplete="off"
                        maxlength="65536" aria-describedby=(if invalid { "problems definition-hint" } else { "definition-hint" })
                        aria-invalid=[invalid.then_some("true")] { "\n" (model.text) }
                    p.hint #definition-hint { (s.edit.keys) }
                }
                div.actions {
                    button.button.main type="submit" name="then" value="publish" { (s.edit.save_publish) }
                    button.button type="submit" name="then" value="draft" { (s.edit.save_draft) }
                }
            }))
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), title, &body)
}
