//! The questions: one card each, which folds, moves, is copied and deleted.

use maud::{Markup, html};

use super::condition;
use super::input;
use super::sheet::{Line, Sheet, nothing};
use crate::dashboard::parts::signs;
use crate::dashboard::strings::editor::{Editor, fill};

/// The types in the order in which they are offered.
pub const KINDS: [&str; 10] =
    ["scale", "choice", "text", "email", "number", "date", "ranking", "matrix", "consent", "info"];

/// The name of a type.
pub fn kind(word: &str, s: &Editor) -> &'static str {
    match word {
        "scale" => s.scale,
        "choice" => s.choice,
        "text" => s.text,
        "email" => s.email,
        "number" => s.number,
        "date" => s.date,
        "ranking" => s.ranking,
        "matrix" => s.matrix,
        "consent" => s.consent,
        _ => s.info,
    }
}

/// All questions, and the ways to add one. The question called `fresh` was just added.
pub fn section(sheet: &Sheet<'_>, fresh: &str) -> Markup {
    let s = sheet.words();
    let all = sheet.draft.0.list("questions");
    let news = sheet.get("kind") == "news";
    if matches!(sheet.get("kind"), "loyalty" | "leaderboard") {
        return html! { p.notice #questions { (sheet.lang.strings().badge.about) } };
    }
    html! {
        section.section aria-labelledby="questions" {
            h2 #questions { (s.questions) }
            @for wrong in sheet.wrong("questions") { p.wrong { (wrong) } }
            ol.cards data-list="questions" {
                @for (index, _) in all.iter().enumerate() { (card(sheet, index, all.len(), fresh)) }
            }
            div.adding role="group" aria-label=(s.add) {
                @for word in KINDS.into_iter().filter(|word| !news || *word == "info") {
                    (sheet.button(&format!("add:{word}"), "button small", &format!("+ {}", kind(word, s)), &format!("{}: {}", s.add, kind(word, s))))
                }
            }
        }
    }
}

fn card(sheet: &Sheet<'_>, index: usize, of: usize, fresh: &str) -> Markup {
    let s = sheet.words();
    let at = format!("questions[{index}]");
    let path = |rest: &str| format!("{at}.{rest}");
    let name = sheet.get(&path("name"));
    let number = (index + 1).to_string();
    let spoken = fill(s.question_n, &[&number]);
    let title = sheet.reads(&path("title"));
    let word = sheet.get(&path("input.type"));
    let open = of == 1 || name == fresh || sheet.troubled(&at);
    let said = |what: &str| format!("{what}: {spoken}");
    html! {
        li.question id={ "q-" (name) } data-item=(at) {
            div.handles {
                button.icon.grip type="button" hidden data-grip aria-label=(fill(s.grip, &[&spoken])) { (crate::dashboard::parts::sign(super::words::GRIP)) }
                (sheet.sign(&format!("up:{at}"), signs::UP, &said(s.up), index == 0))
                (sheet.sign(&format!("down:{at}"), signs::DOWN, &said(s.down), index + 1 == of))
                (sheet.sign(&format!("copy:{at}"), super::words::COPY, &said(s.copy), false))
                (sheet.sign(&format!("drop:{at}"), super::words::DROP, &said(s.drop), false))
            }
            details id={ "q-" (name) "-card" } open[open] {
                summary {
                    span.number { (number) }
                    span.title { (title) }
                    span.chips {
                    span.chip { (kind(word, s)) }
                    @if sheet.draft.0.at(&path("when")).is_some() || !sheet.get(&path("show_if")).is_empty() { span.chip.on { (s.only_if) "…" } }
                    @if sheet.troubled(&at) { span.chip.bad { "!" } }
                    }
                }
                div.stack.inside { (body(sheet, index, &at)) }
            }
        }
    }
}

fn body(sheet: &Sheet<'_>, index: usize, at: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("{at}.{rest}");
    let kinds: Vec<(&str, &str)> = KINDS.iter().map(|word| (*word, kind(word, s))).collect();
    let word = sheet.get(&path("input.type"));
    let earlier: Vec<&str> = (0..index).map(|index| sheet.get(&format!("questions[{index}].name"))).collect();
    let pipe = match earlier.last() {
        Some(name) => fill(s.pipe, &[&format!("{{{name}}}")]),
        None => String::new(),
    };
    let piped = |rest: &str| if sheet.get("kind") == "news" { "" } else { rest }.to_owned();
    html! {
        (sheet.text(&path("title"), s.wording, &piped(&pipe)))
        (sheet.text(&path("hint"), s.hint, ""))
        div.pair {
            div.with {
                (sheet.select(&path("input.type"), s.kind, &kinds, true))
                noscript { (sheet.button("redraw", "button", s.apply, "")) }
            }
            @if word != "info" { div.aside { (sheet.tick(&path("required"), s.required, false)) } }
        }
        input type="hidden" name=(sheet.note(&path("input.was"))) value=(word);
        (input::settings(sheet, &path("input"), word))
        @for wrong in sheet.wrong(&path("input")) { p.wrong { (wrong) } }
        @if index > 0 { (condition::builder(sheet, index, at)) } @else { (nothing()) }
        details.more-of {
            summary { (s.more) }
            (sheet.line(&path("name"), s.name, "", Line::Code))
        }
    }
}
