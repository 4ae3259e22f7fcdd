//! The brain of the widgets: which question comes next, what is wrong with an answer, who is invited when, what is sent,
//! kept and reported. The hands, which touch the page, are `www/loader/module/`: in JavaScript a chore of the DOM takes an
//! eighth of the bytes that it takes here, so nothing in here knows what a DOM is. Names and words go back and forth as
//! text, forms by index.
//!
//! There is one door in, [`wake`], and the hands guard it: they let in one call at a time, so that the state needs no
//! lock, and when a call traps they leave the forms to the loader, so that the page never notices.

mod call;
mod app;
mod api;

mod widget;
mod survey_walk;
mod placement;
mod invite;

mod response;
mod draft;
mod outbox;
mod impression;
mod page;

mod json;
mod pack;
mod hands;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::app::App;
use crate::call::Call;

#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static APP: RefCell<App> = const { RefCell::new(App::new()) };
}

/// Something happened: `kind` says what, as [`Call`] numbers it, `index` to which widget or delivery, and `text` is what
/// came with it.
#[wasm_bindgen]
pub fn wake(kind: u8, index: usize, text: &str) {
    if let Some(call) = Call::of(kind) {
        APP.with_borrow_mut(|app| app.handle(call, index, text));
    }
}
