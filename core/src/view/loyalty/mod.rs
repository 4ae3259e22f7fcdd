//! The badge of the loyalty programme: what a member has, what earns and what it buys.

use maud::{Markup, html};

use crate::i18n::Strings;

/// What stands in the form until the panel has come.
pub(super) fn empty(s: &'static Strings) -> Markup {
    html! {
        div class="panel" data-panel {
            p class="hint" { (s.badge.loading) }
            noscript { p class="hint" { (s.badge.script) } }
        }
    }
}
