//! Calling objects.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{Env, Error, Headers, Method, Request, RequestInit};

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

/// Every command may be repeated without harm, so one lost on the way is sent once more.
async fn call<T: DeserializeOwned>(env: &Env, object: &str, command: &impl Serialize) -> Result<T, Fail> {
    let body = serde_json::to_string(command)?;
    let mut response = match post(env, object, &body).await {
        Err(error) if retryable(&error) => post(env, object, &body).await,
        outcome => outcome,
    }
    .map_err(|error| Fail::Unreachable(error.to_string()))?;
    let text = response.text().await.map_err(|error| Fail::Unreachable(error.to_string()))?;
    match response.status_code() {
        200 => Ok(json::read(&text)?),
        400..500 => Err(json::read::<Document>(&text).map_or_else(
            |error| Fail::Unreachable(format!("{error:?}")),
            |document| Fail::Refused(Box::new(document)),
        )),
        status => Err(Fail::Unreachable(format!("status {status}"))),
    }
}

async fn post(env: &Env, object: &str, body: &str) -> Result<worker::Response, Error> {
    // A stub is useless after an error, so each attempt makes its own.
    let stub = env.durable_object("SITE")?.get_by_name(object)?;
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    let init =
        RequestInit { method: Method::Post, headers, body: Some(JsValue::from_str(body)), ..RequestInit::default() };
    stub.fetch_with_request(Request::new_with_init("https://object/", &init)?).await
}

fn retryable(error: &Error) -> bool {
    let value = error.to_js_value();
    let flag = |name| Reflect::get(&value, &JsValue::from_str(name)).is_ok_and(|flag| flag.is_truthy());
    flag("retryable") && !flag("overloaded")
}
