//! A widget's state in a word.

use maud::{Markup, html};
use rapport_core::model::config::{Record, State};

use crate::dashboard::lang::Lang;

/// What the owner calls the widget.
pub fn label(record: &Record) -> &str {
    let widget = record.versions.last().map(|version| &version.widget).or(record.draft.as_ref());
    widget.map_or("", |widget| widget.label.as_str())
}

/// Its state, and whether changes wait to be published.
pub fn chip(record: &Record, lang: Lang) -> Markup {
    let s = &lang.strings().state;
    let (class, word) = match record.state {
        State::Draft => ("chip", s.draft),
        State::Live => ("chip good", s.live),
        State::Paused => ("chip mild", s.paused),
        State::Ended => ("chip", s.ended),
    };
    html! {
        span class=(class) { (word) }
        @if record.draft.is_some() && record.state != State::Draft { " " span.chip.on { (s.changed) } }
    }
}
