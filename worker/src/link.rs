//! Calling objects.

use js_sys::Reflect;
use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::web_sys::Response;
use worker::{Env, ResponseBody};

use crate::binding::{self, invoke, options, promised};
use crate::command::Command;
use crate::command::data::Export;
use crate::json;
use crate::problem::{Document, Fail};
use crate::usage;

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

/// What the object of `site` takes out, as a stream that is only passed on.
///
/// # Errors
/// As [`site`].
pub async fn export(env: &Env, site: &SiteId, export: &Export) -> Result<worker::Response, Fail> {
    let body = serde_json::to_string(export)?;
    let thrown = |thrown: JsValue| Fail::Unreachable(binding::message(&thrown));
    let response = fetch(env, site.as_str(), "https://object/export", &body).await.map_err(thrown)?;
    match response.status() {
        // A response of our own around the body: the headers of one that was fetched cannot be changed.
        200 => Ok(match response.body() {
            Some(body) => worker::Response::from_body(ResponseBody::Stream(body))?,
            None => worker::Response::empty()?,
        }),
        status => {
            let text = promised(response.text().map_err(thrown)?.into()).await.map_err(thrown)?;
            Err(refusal(status, &text.as_string().unwrap_or_default()))
        }
    }
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
        (status, text) => Err(refusal(status, &text)),
    }
}

/// What the object said instead of yes.
fn refusal(status: u16, text: &str) -> Fail {
    match status {
        400..500 => json::read::<Document>(text)
            .map_or_else(|fail| Fail::Unreachable(fail.to_string()), |document| Fail::Refused(Box::new(document))),
        status => Fail::Unreachable(format!("status {status}")),
    }
}

/// Status and text of what the object answers.
async fn post(env: &Env, object: &str, body: &str) -> Result<(u16, String), JsValue> {
    let response = fetch(env, object, "https://object/", body).await?;
    let text = promised(response.text()?.into()).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}

async fn fetch(env: &Env, object: &str, address: &str, body: &str) -> Result<Response, JsValue> {
    // A stub is useless after an error, so each attempt makes its own.
    let stub = invoke(&Reflect::get(env, &"SITE".into())?, "getByName", &[object.into()])?;
    let (counts, header) = usage::handed_over();
    let headers = header.map_or_else(|| options([]), |text| options([(usage::HEADER, text.into())]));
    let request = options([("method", "POST".into()), ("body", body.into()), ("headers", headers)]);
    let response = match invoke(&stub, "fetch", &[address.into(), request]) {
        Ok(promise) => promised(promise).await,
        Err(thrown) => Err(thrown),
    };
    // What did not arrive is counted by the next.
    Ok(response.inspect_err(|_| usage::add(counts))?.into())
}

fn retryable(thrown: &JsValue) -> bool {
    let flag = |name: &str| Reflect::get(thrown, &name.into()).is_ok_and(|flag| flag.is_truthy());
    flag("retryable") && !flag("overloaded")
}
