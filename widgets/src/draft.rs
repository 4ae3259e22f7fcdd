//! What has been answered but not finished, kept on the device, so that a reload loses nothing.

use rapport_core::answer::Field;
use rapport_core::id;
use rapport_core::limits::OLDEST_MS;
use rapport_core::scan::digits;

use crate::hands;
use crate::pack::{PART, Parts, number, pack};
use crate::page::Page;
use crate::widget::{Phase, Widget};

/// Ends what is kept besides the fields.
const HEAD: u8 = 0x1d;

/// Keeps the form as it is.
pub fn keep(widget: &Widget, fields: &[Field]) {
    let response = &widget.response;
    let mut text = response.id.clone();
    let sent = if widget.phase == Phase::Sending { "1" } else { "" };
    for part in [&digits(response.revision.into()), &digits(response.moments.into()), sent, &widget.version] {
        text.push(char::from(PART));
        text.push_str(part);
    }
    text.push(char::from(HEAD));
    text.push_str(&pack(fields));
    hands::keep(&key(widget), &text);
}

/// Brings back what was kept, if it belongs to this version of the widget and is not too old to be sent.
pub fn restore(widget: &mut Widget, page: &Page) -> bool {
    read(widget, page).is_some()
}

/// Forgets what was kept.
pub fn forget(widget: &Widget) {
    hands::forget(&key(widget));
}

fn read(widget: &mut Widget, page: &Page) -> Option<()> {
    let text = hands::recall(&key(widget))?;
    let mut halves = Parts::of(&text);
    let mut parts = Parts::of(halves.next(HEAD)?);
    let mut part = || parts.next(PART);
    let (id, revision, moments, sent, version) = (part()?, part()?, part()?, part()?, part()?);
    let age = hands::now().0 - id::moment(id)?.0;
    if version != widget.version || age > OLDEST_MS {
        return None;
    }
    hands::restore(widget.index, halves.rest());
    let response = &mut widget.response;
    response.id = id.to_owned();
    response.revision = number(revision) as u32;
    response.moments = number(moments) as u8;
    response.since_ms = page.active_ms();
    // Finished, but the receipt has not come yet.
    if sent == "1" && page.outbox.knows(id) {
        widget.phase = Phase::Sending;
    }
    Some(())
}

fn key(widget: &Widget) -> String {
    ["draft:", widget.name.as_str()].concat()
}
