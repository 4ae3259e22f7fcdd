//! What has been answered but not finished, kept on the device, so that a reload loses nothing.

use rapport_core::answer::Field;
use rapport_core::id;
use rapport_core::limits::OLDEST_MS;
use rapport_core::scan::digits;

use crate::hands;
use crate::pack::{PART, Parts, number, pack};
use crate::widget::Widget;

/// Ends what is kept besides the fields.
const HEAD: u8 = 0x1d;

/// Keeps the form as it is.
pub fn keep(widget: &Widget, fields: &[Field]) {
    let response = &widget.response;
    let mut text = response.id.clone();
    for part in [&digits(response.revision.into()), &digits(response.moments.into()), &widget.version] {
        text.push(char::from(PART));
        text.push_str(part);
    }
    text.push(char::from(HEAD));
    text.push_str(&pack(fields));
    hands::keep(&key(widget), &text);
}

/// Brings back what was kept, if it belongs to this version of the widget and is not too old to be sent.
pub fn restore(widget: &mut Widget, active_ms: i64) -> bool {
    read(widget, active_ms).is_some()
}

/// Forgets what was kept.
pub fn forget(widget: &Widget) {
    hands::forget(&key(widget));
}

fn read(widget: &mut Widget, active_ms: i64) -> Option<()> {
    let text = hands::recall(&key(widget))?;
    let mut halves = Parts::of(&text);
    let mut parts = Parts::of(halves.next(HEAD)?);
    let (id, revision, moments, version) = (parts.next(PART)?, parts.next(PART)?, parts.next(PART)?, parts.next(PART)?);
    let age = hands::now().0 - id::moment(id)?.0;
    if version != widget.version || age > OLDEST_MS {
        return None;
    }
    hands::restore(widget.index, halves.rest());
    let response = &mut widget.response;
    response.id = id.to_owned();
    response.revision = number(revision) as u32;
    response.moments = number(moments) as u8;
    response.since_ms = active_ms;
    Some(())
}

fn key(widget: &Widget) -> String {
    ["draft:", widget.name.as_str()].concat()
}
