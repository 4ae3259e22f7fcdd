//! Where a widget appears and how it looks, and its words around the questions.

use maud::{Markup, html};
use rapport_core::theme::{Color, LIGHT};

use super::sheet::{Line, Sheet, fold};
use crate::dashboard::strings::editor::{Editor, fill};

const PLACES: [&str; 5] = ["inline", "popover", "tab", "modal", "bar"];

/// The name of a placement.
pub fn place(word: &str, s: &Editor) -> &'static str {
    match word {
        "popover" => s.popover,
        "tab" => s.tab,
        "modal" => s.modal,
        "bar" => s.bar,
        _ => s.inline,
    }
}

/// The name of a place's side, corner or edge.
fn spot(sheet: &Sheet<'_>) -> Option<&'static str> {
    let s = sheet.words();
    let given = |key: &str, usual: &'static str| match sheet.get(&format!("placement.{key}")) {
        "" => usual.to_owned(),
        word => word.to_owned(),
    };
    let spot = match sheet.get("placement.type") {
        "popover" => given("corner", "bottom_end"),
        "tab" => given("side", "end"),
        "bar" => given("edge", "bottom"),
        _ => return None,
    };
    Some(match spot.as_str() {
        "top_start" => s.top_start,
        "top_end" => s.top_end,
        "bottom_start" => s.bottom_start,
        "bottom_end" => s.bottom_end,
        "start" => s.start,
        "end" => s.end,
        "top" => s.top,
        _ => s.bottom,
    })
}

/// Placement and appearance.
pub fn section(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    let badge = matches!(sheet.get("kind"), "loyalty" | "leaderboard");
    let kind = match sheet.get("placement.type") {
        "" => "inline",
        kind => kind,
    };
    let about = match spot(sheet) {
        Some(spot) => format!("{} · {spot}", place(kind, s)),
        None => place(kind, s).to_owned(),
    };
    let body = html! {
        fieldset.places {
            legend { (s.place) }
            div {
                @for word in PLACES.into_iter().filter(|word| !badge || !matches!(*word, "modal" | "bar")) {
                    label {
                        input type="radio" name=(sheet.note("placement.type")) value=(word) checked[word == kind] data-redraw;
                        (drawing(word))
                        span { (if badge && word == "popover" { sheet.lang.strings().badge.pill } else { place(word, s) }) }
                    }
                }
            }
            noscript { (sheet.button("redraw", "button", s.apply, "")) }
        }
        @match kind {
            "popover" => (sheet.select("placement.corner", s.corner, &[("bottom_end", s.bottom_end), ("bottom_start", s.bottom_start), ("top_end", s.top_end), ("top_start", s.top_start)], false)),
            "bar" => (sheet.select("placement.edge", s.edge, &[("bottom", s.bottom), ("top", s.top)], false)),
            "tab" => div.pair {
                (sheet.text("placement.label", s.tab_label, ""))
                (sheet.select("placement.side", s.side, &[("end", s.end), ("start", s.start)], false))
            },
            _ => {}
        }
        div.pair {
            div.colour {
                (sheet.line("appearance.accent", s.accent, s.accent_hint, Line::Code))
                @let colour = Color::parse(sheet.get("appearance.accent"));
                input.well type="color" data-for=(sheet.id("appearance.accent")) value=(colour.unwrap_or(rapport_core::theme::ACCENT)) hidden aria-label=(s.accent);
                @if let Some(colour) = colour { p.small.soft { (contrast(colour, s)) } }
            }
            (sheet.line("appearance.radius", s.radius, "", Line::Number))
        }
        div.pair {
            (sheet.select("appearance.scheme", s.scheme, &[("", s.as_site), ("auto", s.auto), ("light", s.light), ("dark", s.dark)], false))
            (sheet.select("appearance.inherit_font", s.font, &[("", s.as_site), ("no", s.own_font), ("yes", s.page_font)], false))
            (sheet.select("appearance.density", s.density, &[("", s.as_site), ("comfortable", s.comfortable), ("compact", s.compact)], false))
        }
    };
    fold("look", s.look, &about, sheet.troubled("placement") || sheet.troubled("appearance"), &body)
}

/// Heading, button and thanks.
pub fn wording(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    let body = html! {
        (sheet.text("title", s.heading, ""))
        @if !matches!(sheet.get("kind"), "news" | "loyalty" | "leaderboard") {
            (sheet.text("submit", s.submit, s.usual))
            (sheet.text("thanks", s.thanks, s.usual))
        }
        (sheet.line("label", s.label, s.label_hint, Line::Text))
    };
    let troubled = ["title", "submit", "thanks", "label"].iter().any(|path| sheet.troubled(path));
    fold("words", s.words, sheet.reads("title"), troubled, &body)
}

/// How well words on the colour can be read.
fn contrast(colour: Color, s: &Editor) -> String {
    let text = colour.text_on();
    let word = if text == LIGHT { s.white } else { s.black };
    let told = fill(s.contrast, &[word, &format!("{:.1}", colour.contrast(text))]);
    if colour.readable_on(LIGHT) == colour { told } else { told + s.adapted }
}

/// A small window with the widget in its place.
fn drawing(word: &str) -> Markup {
    let (x, y, width, height) = match word {
        "popover" => (34, 20, 24, 18),
        "tab" => (56, 14, 6, 16),
        "modal" => (18, 12, 28, 20),
        "bar" => (2, 32, 60, 9),
        _ => (8, 18, 48, 12),
    };
    html! {
        svg width="64" height="44" viewBox="0 0 64 44" aria-hidden="true" {
            rect.window x="1" y="1" width="62" height="42" rx="4" {}
            path.lines d="M8 9h30M8 14h44M8 34h38" {}
            @if word == "modal" { rect.veil x="1" y="1" width="62" height="42" rx="4" {} }
            rect.widget x=(x) y=(y) width=(width) height=(height) rx="3" {}
        }
    }
}
