//! Calling objects.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::Env;
use worker::web_sys::Response;

use crate::binding::{self, invoke, options, promised};
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
    let answer = match post(env, object, &body).await {
        Err(thrown) if retryable(&thrown) => post(env, object, &body).await,
        outcome => outcome,
    };
    match answer.map_err(|thrown| Fail::Unreachable(binding::message(&thrown)))? {
        (200, text) => Ok(text),
        (400..500, text) => Err(json::read::<Document>(&text)
            .map_or_else(|fail| Fail::Unreachable(fail.to_string()), |document| Fail::Refused(Box::new(document)))),
        (status, _) => Err(Fail::Unreachable(format!("status {status}"))),
    }
}

/// Status and text of what the object answers.
async fn post(env: &Env, object: &str, body: &str) -> Result<(u16, String), JsValue> {
    // A stub is useless after an error, so each attempt makes its own.
    let stub = invoke(&Reflect::get(env, &"SITE".into())?, "getByName", &[object.into()])?;
    let request = options([("method", "POST".into()), ("body", body.into())]);
    let response: Response = promised(invoke(&stub, "fetch", &["https://object/".into(), request])?).await?.into();
    let text = promised(response.text()?.into()).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

fn retryable(thrown: &JsValue) -> bool {
    let flag = |name: &str| Reflect::get(thrown, &name.into()).is_ok_and(|flag| flag.is_truthy());
    flag("retryable") && !flag("overloaded")
}
