//! The few drawings: strokes on a grid of 24, in the colour of the text around them. They are part of the markup and not
//! of the style sheet, since an image in CSS would need the host's `img-src`.

use maud::{Markup, html};

pub(super) fn cross() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d="m7 7 10 10M7 17 17 7" {} } }
}

pub(super) fn check() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d="M12 3a9 9 0 1 0 9 9m-13-1 3 3 9-9" {} } }
}

pub(super) fn gift() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d="M4 12v8h16v-8M3 8h18v4H3zm9 0v12m0-12c-6 0-5-5-2.5-5S12 8 12 8s0-5 2.5-5S18 8 12 8" {} } }
}

pub(super) fn star() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d="m12 3 2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3-5.6 3 1.2-6.2L3 9.5l6.3-.8z" {} } }
}

/// A face whose mouth bends from −4 (a deep frown) to 4 (a broad smile).
pub(super) fn face(bend: i32) -> Markup {
    let bend = bend.clamp(-4, 4);
    // The mouth's ends move against its middle, so that the face stays centred.
    let mouth = format!("M8 {}q4 {} 8 0", 15 - bend / 2, bend * 2);
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { circle cx="12" cy="12" r="9.5" {} path d={"M9 9v.5m6-.5v.5" (mouth)} {} } }
}

pub(super) fn thumb(up: bool) -> Markup {
    let path = if up {
        "M7 11v9H4v-9zm0 0 4-8a2.5 2.5 0 0 1 2.5 2.5V9h5.5a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7"
    } else {
        "M17 13V4h3v9zm0 0-4 8a2.5 2.5 0 0 1-2.5-2.5V15H5a2 2 0 0 1-2-2.3l1.2-7A2 2 0 0 1 6.2 4H17"
    };
    html! { svg viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} } }
}
