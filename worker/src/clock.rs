//! The Worker's clock and dice: the only place that asks the runtime for either.

use js_sys::{Function, Reflect, Uint8Array};
use rapport_core::time::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use worker::{Error, Result};

/// Now. Within one event the runtime's clock moves only after I/O.
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// `N` bytes that nobody can predict.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let crypto = Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"))?;
    let fill: Function = Reflect::get(&crypto, &JsValue::from_str("getRandomValues"))?
        .dyn_into()
        .map_err(|_| Error::RustError("this runtime has no getRandomValues".to_owned()))?;
    let array = Uint8Array::new_with_length(u32::try_from(N).unwrap_or(0));
    fill.call1(&crypto, &array)?;
    let mut bytes = [0; N];
    array.copy_to(&mut bytes);
    Ok(bytes)
}
