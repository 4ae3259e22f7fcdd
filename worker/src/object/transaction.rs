//! The only door for writes to the object's storage.
//!
//! An `Err` or a panic does not undo earlier `sql.exec` calls by itself. The runtime's
//! `transactionSync` does, but the `worker` crate does not bind it, so it is reached by name here.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::ScopedClosure};
use worker::{Error, Result, Storage};

/// Runs `work` in one synchronous transaction: all of its writes are kept, or, after an `Err` or a
/// panic, none.
pub(super) fn transaction<T>(storage: &Storage, mut work: impl FnMut() -> Result<T>) -> Result<T> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let begin: Function = Reflect::get(raw, &JsValue::from_str("transactionSync"))?
        .dyn_into()
        .map_err(|_| Error::RustError("this runtime has no transactionSync".to_owned()))?;

    // The result stays on the Rust side: JavaScript only needs to see whether the closure threw,
    // because that is what rolls the transaction back.
    let mut outcome = None;
    let mut body = || -> std::result::Result<JsValue, JsValue> {
        match work() {
            Ok(value) => {
                outcome = Some(Ok(value));
                Ok(JsValue::UNDEFINED)
            }
            Err(error) => {
                outcome = Some(Err(error));
                Err(JsValue::from_str("rolled back"))
            }
        }
    };
    // Unwinding through the closure leaves nothing half-changed: `outcome` stays `None`, the
    // database is rolled back, and both are only looked at afterwards.
    let called = {
        let closure =
            ScopedClosure::<dyn FnMut() -> std::result::Result<JsValue, JsValue>>::borrow_mut_assert_unwind_safe(
                &mut body,
            );
        begin.call1(raw, closure.as_js_value())
    };
    match (called, outcome) {
        // The closure succeeded and the commit did too.
        (Ok(_), Some(result)) => result,
        // The closure failed; its own error says more than what was thrown.
        (Err(_), Some(Err(error))) => Err(error),
        // A panic inside the closure, or a commit that the storage refused.
        (Err(thrown), _) => Err(thrown.into()),
        (Ok(_), None) => Err(Error::RustError("the transaction did not run".to_owned())),
    }
}
