//! Brings the forms that the core renders to life.

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the widgets on this page.
#[wasm_bindgen]
pub fn start() {
    web_sys::console::log_1(&"rapport".into());
}
