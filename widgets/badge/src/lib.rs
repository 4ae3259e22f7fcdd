//! The brain of the loyalty badge: whether the history that was shown is the one that was written, and what becomes of what
//! the member asked for. The hands are `www/loader/badge/`. It is a module of its own, so that pages without a badge do not
//! pay for it, and it keeps nothing: each call brings along all that it needs.

mod act;
mod ledger;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_family = "wasm")]
#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Between the parts of what is passed.
const PART: u8 = 0x1f;
/// Between the lines of a ledger.
const ITEM: u8 = 0x1e;

/// The only door. `www/loader/badge/brain.js` has the same numbers.
#[wasm_bindgen]
pub fn wake(kind: u8, text: &str) -> String {
    match kind {
        0 => ledger::verify(text),
        1 => act::make(text),
        2 => act::judge(text),
        _ => act::wait(text),
    }
    .unwrap_or_default()
}
