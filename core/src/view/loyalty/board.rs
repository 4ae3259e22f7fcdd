//! The leaderboard, for everybody.

use maud::{Markup, html};

use crate::i18n::{self, Strings, play};
use crate::loyalty::board::Place;
use crate::model::text::Locale;

/// What stands there until the places have come.
pub(in crate::view) fn no_board(s: &'static Strings) -> Markup {
    html! { div class="board" data-board data-failed=(s.badge.failed) { p class="hint" { (s.badge.loading) } noscript { p class="hint" { (s.badge.script) } } } }
}

/// The places.
pub fn board(places: &[Place], locale: &Locale) -> Markup {
    let s = i18n::strings(locale);
    html! {
        @if places.is_empty() { p class="hint" { (play(locale).board_none) } }
        @else {
            // A style without marks takes a list's role away in one browser.
            ol class="board" role="list" tabindex="0" aria-label=(play(locale).board) {
                @for place in places {
                    li { span dir="auto" { (place.name) } b { (s.count(&s.badge.points, place.points.unsigned_abs())) } }
                }
            }
        }
    }
}
