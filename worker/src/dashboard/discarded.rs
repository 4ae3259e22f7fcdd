//! A draft that was just discarded. The page is all that still holds it, so that it can be brought back from there.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;

use crate::dashboard::layout::{self, new_widget_path, widget_path};
use crate::dashboard::page::Frame;
use crate::edit::{self, BASED_ON};

/// What says so, and brings it back.
pub fn notice(frame: &Frame<'_>, config: &Config, draft: &Widget) -> Markup {
    let s = frame.lang.strings();
    let left = config.record(draft.name.as_str()).and_then(edit::newest);
    let path = match left {
        Some(_) => format!("{}/json", widget_path(&config.site, draft.name.as_str())),
        None => new_widget_path(&config.site),
    };
    html! {
        div.notice role="status" {
            p { (s.widgets.discarded) }
            (layout::form(frame, &path, "", &html! {
                input type="hidden" name="definition" value=(serde_json::to_string(draft).unwrap_or_default());
                input type="hidden" name=(BASED_ON) value=(edit::mark(left));
                button.button type="submit" { (s.settings.undo) }
            }))
        }
    }
}
