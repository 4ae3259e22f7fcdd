//! A page for what could not be shown.

use maud::{Markup, html};

use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// No such page, site or widget.
    NotFound,
    /// The form did not come from this dashboard, or its session ended meanwhile.
    Forged,
    /// The site's object did not answer.
    Unreachable,
    /// The Worker's own words.
    Refused(&'a str),
    Broken,
}

/// The page.
pub fn page(frame: &Frame<'_>, why: Why<'_>) -> Markup {
    let s = &frame.lang.strings().fail;
    let (title, words) = match why {
        Why::NotFound => (s.not_found, s.not_found_words),
        Why::Forged => (s.forged, s.forged_words),
        Why::Unreachable => (s.unreachable, s.unreachable_words),
        Why::Refused(words) => (s.refused, words),
        Why::Broken => (s.broken, s.broken_words),
    };
    let body = html! {
        div.card.empty {
            h1 { (title) }
            p { (words) }
            a.button href="/dashboard" { (s.home) }
        }
    };
    layout::page(frame, if frame.csrf.is_some() { Place::Sites } else { Place::Door }, title, &body)
}
