//! What the hands do when told to; `www/loader/module/` is their side.

use rapport_core::time::Timestamp;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::call::Call;

#[wasm_bindgen(raw_module = "hands")]
extern "C" {
    /// A form of another version than this module's: leaves all to the loader.
    pub fn give_up(widget: usize);
    /// The form fields of a widget, packed.
    pub fn fields(widget: usize) -> String;
    /// Puts packed fields into the form; none empties it.
    pub fn restore(widget: usize, fields: &str);
    /// Shows the questions marked `1`, hides those marked `0`, and updates what their wording repeats of earlier answers.
    pub fn show(widget: usize, questions: &str);
    /// The foot of a form whose questions come one by one: whether there is a way back, how far the visitor is, and the
    /// key of the word on the button, none for the owner's own.
    pub fn foot(widget: usize, back: bool, done: usize, of: usize, word: &str);
    /// Says below a question what is wrong with it; an empty key takes that away.
    pub fn complain(widget: usize, question: usize, key: &str, limit: &str);
    /// Says something in the live region.
    pub fn say(widget: usize, key: &str, n: usize, total: usize);
    /// Moves the focus to a question.
    pub fn focus(widget: usize, question: usize);
    /// Shows the thanks, with the receipt; without one, takes them away.
    pub fn thank(widget: usize, receipt: &str);
    /// Puts the form on the screen, or takes it off.
    pub fn put_up(widget: usize, up: bool);
    /// Opens the panel of a tab, or closes it.
    pub fn unfold(widget: usize, open: bool);
    /// Calls [`Call::Seen`] once half of the form has been in view for half a second; `false` stops looking.
    pub fn watch(widget: usize, on: bool);
    /// Calls when the triggers of a widget may have fired.
    pub fn listen(widget: usize, scroll: bool, exit: bool, click: &str);
    /// Lets the page know, by an event with this detail.
    pub fn tell(widget: usize, event: &str, detail: &str);
    /// Answers a call of the page.
    pub fn answer(call: usize, json: &str);

    /// Sends a delivery and calls [`Call::Verdict`].
    pub fn post(slot: usize, body: &str);
    /// Sends view counts, even while the page goes away.
    pub fn beacon(body: &str);
    #[wasm_bindgen(js_name = after)]
    fn after_kind(ms: i32, kind: u8, index: usize);

    /// What localStorage keeps for this site under a key.
    pub fn recall(key: &str) -> Option<String>;
    /// Keeps it; says whether that worked.
    pub fn keep(key: &str, text: &str) -> bool;
    pub fn forget(key: &str);
    /// Remembers the id of an answer of this device's own, to ask for replies by.
    pub fn mine(id: &str);
    /// All keys, packed.
    pub fn kept() -> String;

    /// Packed: path and fragment, address, width of the window, language, whether it wants no tracking.
    pub fn here() -> String;
    #[wasm_bindgen(js_name = now)]
    fn milliseconds() -> f64;
    /// Even random numbers, good enough for ids.
    pub fn random(bytes: &mut [u8]);
}

/// Makes `call` in `ms` milliseconds, instead of any such call that was to come.
pub fn after(ms: i64, call: Call, index: usize) {
    after_kind(i32::try_from(ms).unwrap_or(i32::MAX), call as u8, index);
}

/// Calls off such a call.
pub fn never(call: Call, index: usize) {
    after_kind(-1, call as u8, index);
}

/// The device's clock.
pub fn now() -> Timestamp {
    Timestamp(milliseconds() as i64)
}

/// Random numbers.
pub fn lots() -> [u8; 16] {
    let mut bytes = [0; 16];
    random(&mut bytes);
    bytes
}

/// A random number.
pub fn lot() -> u32 {
    let [a, b, c, d, ..] = lots();
    u32::from_le_bytes([a, b, c, d])
}
