//! What the owner does to a member: adjust, note, sign out, hand out and erase data.

use maud::{Markup, html};

use super::super::frame::{Section, path};
use super::one::Model;
use super::words;
use crate::dashboard::format::count;
use crate::dashboard::layout;
use crate::dashboard::page::Frame;
use crate::dashboard::strings::editor::fill;
use crate::owner::people::LINES;

/// What was just done, and the way back where there is one.
pub fn done(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    match model.query.get("done") {
        "note" => html! { p.notice.good role="status" { (frame.lang.strings().saved) } },
        "sign-out" => html! { p.notice.good role="status" { (s.signed_out) } },
        "adjust" => adjusted(frame, model),
        _ => html! {},
    }
}

fn adjusted(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let act = model.query.get("act");
    let find = |id: &str| model.history.entries.iter().find(|entry| entry.id == id);
    let Some(entry) = find(act) else { return html! {} };
    if act.ends_with(".u") {
        return html! { p.notice.good role="status" { (s.undone) } };
    }
    let words = if entry.delta < 0 { s.taken } else { s.given };
    let words = fill(words, &[&words::points(entry.delta.saturating_abs())]);
    let open = find(&format!("{act}.u")).is_none();
    html! {
        div.notice.good.row role="status" {
            p { (words) }
            @if open {
                (layout::form(frame, &here(model), "", &html! {
                    input type="hidden" name="id" value=(act);
                    input type="hidden" name="delta" value=(entry.delta);
                    input type="hidden" name="why" value=(entry.note);
                    button.button.quiet type="submit" name="do" value="undo" { (s.undo) }
                }))
            }
        }
    }
}

/// The form that gives or takes points.
pub fn adjust(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let wrong = |field: &str| model.said.problems.iter().any(|problem| problem.field == field).then_some("true");
    layout::form(
        frame,
        &here(model),
        "card stack",
        &html! {
            input type="hidden" name="id" value=(model.fresh);
            div.pair {
                div.field {
                    label for="delta" { (s.delta) }
                    input #delta name="delta" value=(model.said.delta) required maxlength="20" autocomplete="off"
                        aria-describedby="delta-hint" aria-invalid=[wrong("delta")];
                    p.hint #delta-hint { (s.delta_hint) }
                }
                div.field {
                    label for="why" { (s.why) }
                    input #why name="why" value=(model.said.why) required maxlength="200" autocomplete="off"
                        aria-describedby="why-hint" aria-invalid=[wrong("why")];
                    p.hint #why-hint { (s.why_hint) }
                }
            }
            div.actions { button.button.main type="submit" name="do" value="adjust" { (s.do_adjust) } }
        },
    )
}

/// Note, devices and data.
pub fn rest(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let member = &model.one.shown.member;
    let note = model.said.note.as_deref().unwrap_or(&member.note);
    html! {
        section.section aria-labelledby="note-title" {
            h2 #note-title { (s.note) }
            (layout::form(frame, &here(model), "card stack", &html! {
                div.field {
                    label.sr for="note" { (s.note) }
                    textarea #note name="note" rows="3" maxlength="2000" aria-describedby="note-hint" { (note) }
                    p.hint #note-hint { (s.note_hint) }
                }
                div.actions { button.button type="submit" name="do" value="note" { (frame.lang.strings().save) } }
            }))
        }
        section.section aria-labelledby="devices" {
            h2 #devices { (s.devices) }
            div.card.stack {
                @if member.devices.is_empty() { p { (s.devices_none) } }
                @else { p { (fill(s.devices_some, &[&member.devices.len().to_string()])) } }
                @if !member.phrase.is_empty() { p { (s.phrase) } }
                @if !member.devices.is_empty() || !member.phrase.is_empty() {
                    (confirmed(frame, model, ("sign-out", s.sign_out), s.sign_out_words, s.sign_out))
                }
            }
        }
        section.section aria-labelledby="data" {
            h2 #data { (s.data) }
            div.card.stack {
                p.small.soft { (s.export_words) }
                @let lines = model.one.shown.lines;
                div.actions {
                    a.button href={ (here(model)) "/export" } download { (s.export) }
                    @for before in (1..lines).rev().step_by(LINES).skip(1) {
                        a.button href={ (here(model)) "/export?before=" (before + 1) } download { (fill(s.export_older, &[&count(before.into())])) }
                    }
                }
                (confirmed(frame, model, ("erase", s.erase), s.erase_words, s.erase_yes))
            }
        }
    }
}

/// What cannot be taken back is one step away, and says what it will do.
fn confirmed(frame: &Frame<'_>, model: &Model<'_>, (what, title): (&str, &str), words: &str, yes: &str) -> Markup {
    html! {
        details {
            summary { (title) "…" }
            (layout::form(frame, &here(model), "stack", &html! {
                p { (words) }
                div.actions { button.button.risk type="submit" name="do" value=(what) { (yes) } }
            }))
        }
    }
}

fn here(model: &Model<'_>) -> String {
    format!("{}/{}", path(&model.config.site, Section::Members), model.one.shown.member.id)
}
