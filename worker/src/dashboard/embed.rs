//! The code to paste into a page.

use maud::{Markup, html};
use rapport_core::model::placement::Placement;
use rapport_core::model::site::Site;

use crate::dashboard::lang::Lang;

/// The one tag that a site needs.
pub fn tag(origin: &str, site: &Site) -> String {
    format!(r#"<script async src="{origin}/s/{}.js"></script>"#, site.id)
}

/// The place of an inline widget.
pub fn place(name: &str) -> String {
    format!(r#"<rapport-widget name="{name}"></rapport-widget>"#)
}

/// The hosted page of a widget, for links, mail and QR codes.
pub fn hosted(origin: &str, site: &Site, name: &str) -> String {
    format!("{origin}/f/{}/{name}", site.id)
}

/// Whether the page says where it goes.
pub const fn needs_place(placement: &Placement) -> bool {
    matches!(placement, Placement::Inline)
}

/// Words with a button that copies them.
pub fn text(words: &str, id: &str, lang: Lang) -> Markup {
    let s = &lang.strings().embed;
    html! {
        div.stack {
            div.words id=(id) { (words) }
            p { button.button type="button" data-copy=(id) data-done=(s.copied) hidden lang=(lang.tag()) { (s.copy) } }
        }
    }
}

/// A line of code with a button that copies it. Without scripts there is no button, and the line can be selected.
pub fn line(code: &str, id: &str, lang: Lang) -> Markup {
    let s = &lang.strings().embed;
    html! {
        div.code-line {
            pre tabindex="0" { code id=(id) { (code) } }
            button.button type="button" data-copy=(id) data-done=(s.copied) hidden { (s.copy) }
        }
    }
}
