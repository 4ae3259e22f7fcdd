//! What was just done, and the way back.

use maud::{Markup, html};
use rapport_core::name::SiteId;

use super::asked::link;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::page::Frame;

/// What a change leaves in the address of the page that follows it.
pub fn left(done: &str, count: u64, undo: Option<&str>, erased: &[String]) -> String {
    let mut left = format!("done={done}&count={count}");
    if let Some(token) = undo {
        left.push_str("&undo=");
        left.push_str(token);
    }
    if !erased.is_empty() {
        left.push_str("&erased=");
        left.push_str(&erased.join("."));
    }
    left
}

/// The notice, where the address tells of a change.
pub fn toast(frame: &Frame<'_>, site: &SiteId, query: &Form, here: &Markup) -> Markup {
    let s = &frame.lang.strings().inbox;
    let Some((_, words)) = s.done.iter().find(|(code, _)| query.find("done") == Some(*code)) else { return html! {} };
    let count = query.get("count").parse::<u64>().unwrap_or(0);
    let hex = |text: &&str| {
        !text.is_empty() && text.len() <= 4_000 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-' || b == b'.')
    };
    let undo = query.find("undo").filter(hex);
    let erased = query.find("erased").filter(hex);
    html! {
        div.toast role="status" {
            p { (words) @if count > 1 { " (" (format::count(count)) ")" } }
            @if undo.is_some() || erased.is_some() {
                (layout::form(frame, &link(site, None), "", &html! {
                    (here)
                    @if let Some(token) = undo { input type="hidden" name="undo" value=(token); }
                    @if let Some(ids) = erased { input type="hidden" name="erased" value=(ids); }
                    button.button.quiet type="submit" name="do" value="undo" data-key="z" { (s.undo) }
                }))
            }
        }
    }
}
