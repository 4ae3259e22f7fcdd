//! Bindings, called by name. The `worker` crate has types for them, which bring readers and writers of their own for the
//! sake of an option or two.

use js_sys::futures::JsFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::Env;

/// Calls `method` of `binding` and waits for what it promises.
///
/// # Errors
/// What it throws; something that is no function where there is no such binding.
pub async fn call(env: &Env, binding: &str, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    promised(invoke(&Reflect::get(env, &binding.into())?, method, arguments)?).await
}

/// Calls `method` of `this`.
///
/// # Errors
/// As [`call`].
pub fn invoke(this: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(this, &method.into())?.dyn_into()?;
    method.apply(this, &arguments.iter().collect::<Array>())
}

/// What `promise` is kept with, of whatever make it is.
///
/// # Errors
/// What it is broken with.
pub async fn promised(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&promise)).await
}

/// What an error that was thrown says.
pub fn message(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_else(|| "it failed without a word".to_owned())
}

/// An object of options.
pub fn options<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let options = Object::new();
    for (name, value) in entries {
        // Only a frozen object refuses.
        let _ = Reflect::set(&options, &name.into(), &value);
    }
    options.into()
}
