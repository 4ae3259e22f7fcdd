//! The programme's editor as a page: one form, which saves itself, and what publishing leads to.

use maud::{Markup, html};
use rapport_core::editor::Draft;
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::model::config::Config;
use rapport_core::problem::Problem;

use super::part::Part;
use super::{play, preview, rules, spending};
use crate::dashboard::editor::languages;
use crate::dashboard::editor::sheet::{Sheet, nothing};
use crate::dashboard::faults;
use crate::dashboard::layout;
use crate::dashboard::loyalty::advice;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::loyalty::{badge, start};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::edit::BASED_ON;

/// How the form stands to what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// As it is in force, or as the draft is.
    Same,
    Saved,
    Published,
    Not,
    Refused,
    /// Somebody else was faster.
    Overtaken,
    /// It arrived without its end.
    Cut,
}

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub record: &'a Record,
    pub draft: &'a Draft,
    pub program: Option<&'a Program>,
    pub based_on: &'a str,
    pub stored: Stored,
    pub problems: &'a [Problem],
    /// What was just done, for those who do not see it.
    pub said: &'a str,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().loyalty;
    let e = &frame.lang.strings().editor;
    let site = &model.config.site;
    let here = path(site, Section::Programme);
    let sheet = Sheet::new(model.draft, site, frame.lang, model.problems);
    let part = Part { sheet: &sheet, config: model.config, program: model.program };
    let body = html! {
        div.head {
            div.stack { h1 { (s.programme) } p.actions { (start::chips(frame, model.record)) } }
            div.actions.saving {
                button.button type="submit" form="editor" name="do" value="draft" { (s.save) }
                button.button.main type="submit" form="editor" name="do" value="publish" { (s.publish) }
            }
        }
        (badge::shown_by(frame, model.config, model.stored == Stored::Published))
        nav.panes aria-label=(e.parts) { a href="#write" { (e.write) } a href="#preview" { (e.look_at) } }
        div.editing {
        div #write {
        form #editor.program method="post" action=(here) novalidate data-preview={ (here) "/preview" } data-saving=(e.saving) data-unsaved=(e.unsaved)
            data-offline=(e.offline) data-lifted=(e.lifted) data-moved=(e.moved) data-put=(e.put) data-cancelled=(e.cancelled) {
            // Enter in a field saves, and does not press the first button that it finds.
            button.sr type="submit" name="do" value="draft" tabindex="-1" aria-hidden="true" { (s.save) }
            @if let Some(csrf) = frame.csrf { input type="hidden" name="csrf" value=(csrf); }
            input #based-on type="hidden" name=(BASED_ON) value=(model.based_on);
            (status(frame, model))
            div #editor-body {
                p.sr #editor-said { (model.said) }
                (undo(&sheet))
                (play::about(&part))
                (rules::section(&part))
                (spending::tiers(&part))
                (spending::rewards(&part))
                (spending::expiry(&part))
                (play::referral(&part))
                (play::draws(&part))
                (languages::section(&sheet))
                (sheet.rest())
            }
            div #reviewed {
                @if let Some(program) = model.program {
                    (advice::panel(program, frame.now.day(), &Speech::new(frame.lang, &site.locale), ""))
                    p { a href={ (here) "/simulation" } { (frame.lang.strings().simulation.title) } }
                }
            }
            // Whatever was cut off on the way lacks this.
            input type="hidden" name="end" value="yes";
        }
        (life(frame, model, &here))
        }
        (preview::section(frame, &here, &sheet))
        }
    };
    frame::page(frame, site, Section::Programme, &body)
}

/// Whether it is saved, and what is wrong; replaced alone while somebody types.
fn status(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let (s, e) = (&frame.lang.strings().loyalty, &frame.lang.strings().editor);
    let (class, words) = match model.stored {
        Stored::Same if model.record.draft.is_some() => ("", e.same_draft),
        Stored::Same => ("", s.same),
        Stored::Saved => ("good", s.saved),
        Stored::Published => ("good", s.published),
        Stored::Not => ("", e.unsaved),
        Stored::Refused => ("bad", e.refused),
        Stored::Overtaken => ("bad", s.overtaken),
        Stored::Cut => ("bad", s.cut),
    };
    html! {
        div #state data-stored=(if model.stored == Stored::Overtaken { "overtaken" } else { "" }) {
            div class={ "notice " (class) } role=[(class == "bad").then_some("alert")] {
                p #saved { (words) }
                @if model.stored == Stored::Overtaken { p { (e.overwrite) } }
                @if !model.problems.is_empty() {
                    ul { @for problem in model.problems { li { code { (problem.field) } " " (faults::words(&problem.fault, frame.lang)) } } }
                }
            }
        }
    }
}

/// What was removed last can come back.
fn undo(sheet: &Sheet<'_>) -> Markup {
    let e = sheet.words();
    if sheet.draft.0.at("undo").is_none() {
        return nothing();
    }
    let language = sheet.get("undo.language");
    let words = if language.is_empty() {
        let label = sheet.reads("undo.item.label");
        fill(e.dropped, &[if label.is_empty() { sheet.get("undo.item.name") } else { label }])
    } else {
        fill(e.dropped_language, &[language])
    };
    html! { div.notice.undo { p { (words) } (sheet.button("restore", "button small", e.undo, "")) } }
}

/// Pausing, resuming, throwing the draft away: each says what it does.
fn life(frame: &Frame<'_>, model: &Model<'_>, here: &str) -> Markup {
    let s = &frame.lang.strings().loyalty;
    let button = |word: &str, class: &str, words: &str| html! { button class=(class) type="submit" name="do" value=(word) { (words) } };
    html! {
        details.card #life {
            summary { (s.life) }
            (layout::form(frame, here, "stack", &html! {
                @if model.record.live.is_some() {
                    p { (s.pause_words) }
                    div.actions {
                        @if model.record.paused { (button("resume", "button", s.resume)) } @else { (button("pause", "button", s.pause)) }
                    }
                }
                @if model.record.draft.is_some() {
                    p { (if model.record.live.is_some() { s.discard_words } else { s.discard_all }) }
                    div.actions { (button("discard", "button risk", s.discard)) }
                }
            }))
        }
    }
}
