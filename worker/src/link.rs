//! Calling objects.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{Env, Error, web_sys};

use crate::command::Command;
use crate::json;
use crate::problem::{Document, Fail};

/// Asks the object of `site`.
///
/// # Errors
/// What the object refuses, passed on; [`Fail::Unreachable`] where it did not answer.
pub async fn site<T: DeserializeOwned>(env: &Env, site: &SiteId, command: &Command) -> Result<T, Fail> {
    call(env, site.as_str(), command).await
}

/// Asks the registry. Its name has a character that no site id may have.
///
/// # Errors
/// As [`site`].
pub async fn registry<T: DeserializeOwned>(env: &Env, command: &Command) -> Result<T, Fail> {
    call(env, "@owner", command).await
}

async fn call<T: DeserializeOwned>(env: &Env, object: &str, command: &Command) -> Result<T, Fail> {
    json::read(&ask(env, object, command).await?)
}

/// Every command may be repeated without harm, so one lost on the way is sent once more.
async fn ask(env: &Env, object: &str, command: &Command) -> Result<String, Fail> {
    let body = serde_json::to_string(command)?;
    let mut response = match post(env, object, &body).await {
        Err(error) if retryable(&error) => post(env, object, &body).await,
        outcome => outcome,
    }
    .map_err(|error| Fail::Unreachable(error.to_string()))?;
    let text = response.text().await.map_err(|error| Fail::Unreachable(error.to_string()))?;
    match response.status_code() {
        200 => Ok(text),
        400..500 => Err(json::read::<Document>(&text)
            .map_or_else(|fail| Fail::Unreachable(fail.to_string()), |document| Fail::Refused(Box::new(document)))),
        status => Err(Fail::Unreachable(format!("status {status}"))),
    }
}

async fn post(env: &Env, object: &str, body: &str) -> Result<worker::Response, Error> {
    // A stub is useless after an error, so each attempt makes its own.
    let stub = env.durable_object("SITE")?.get_by_name(object)?;
    // The crate's own `RequestInit` brings every option of Cloudflare's image service along.
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    stub.fetch_with_request(web_sys::Request::new_with_str_and_init("https://object/", &init)?.into()).await
}

fn retryable(error: &Error) -> bool {
    let value = error.to_js_value();
    let flag = |name| Reflect::get(&value, &JsValue::from_str(name)).is_ok_and(|flag| flag.is_truthy());
    flag("retryable") && !flag("overloaded")
}
