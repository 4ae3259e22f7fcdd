//! Calling objects.

use js_sys::futures::spawn_local;
use js_sys::{Array, Function, Reflect};
use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use worker::web_sys::Response;
use worker::{Env, ResponseBody, console_error};

use crate::binding::{self, invoke, options, promised};
use crate::command::Command;
use crate::command::data::{Export, NEXT};
use crate::json;
use crate::problem::{Document, Fail};
use crate::usage;

const EXPORT: &str = "https://object/export";

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

/// What the object of `site` takes out, piece by piece. The runtime joins the pieces: none of their bytes passes through here,
/// however many there are.
///
/// # Errors
/// As [`site`]. Where a later piece fails, the stream breaks off.
pub async fn export(env: &Env, site: &SiteId, export: &Export) -> Result<worker::Response, Fail> {
    let thrown = |thrown: JsValue| Fail::Unreachable(binding::message(&thrown));
    let (first, next) = piece(env, site, export).await?;
    let body = match (first.body(), next) {
        (None, None) => return Ok(worker::Response::empty()?),
        // A response of our own around the body: the headers of one that was fetched cannot be changed.
        (Some(body), None) => body,
        (_, Some(next)) => {
            let (readable, writable) = pipe().map_err(thrown)?;
            let (env, site, rest) = (env.clone(), site.clone(), Export { place: Some(next), ..export.clone() });
            // The runtime keeps this request for as long as its answer is being read.
            spawn_local(async move {
                if let Err(fail) = join(&env, &site, first, rest, &writable).await {
                    console_error!("export of {site}: {fail}");
                    // The reader sees the stream break off, and a whole site its missing end.
                    let _ = invoke(&writable, "abort", &[fail.to_string().into()]);
                }
            });
            readable.unchecked_into()
        }
    };
    Ok(worker::Response::from_body(ResponseBody::Stream(body))?)
}

/// One piece, and where the next one begins.
async fn piece(env: &Env, site: &SiteId, export: &Export) -> Result<(Response, Option<String>), Fail> {
    let body = serde_json::to_string(export)?;
    let thrown = |thrown: JsValue| Fail::Unreachable(binding::message(&thrown));
    let answer = match fetch(env, site.as_str(), EXPORT, &body).await {
        Err(thrown) if retryable(&thrown) => fetch(env, site.as_str(), EXPORT, &body).await,
        outcome => outcome,
    };
    let response = answer.map_err(thrown)?;
    match response.status() {
        200 => {
            let next = response.headers().get(NEXT).map_err(thrown)?;
            Ok((response, next))
        }
        status => {
            let text = promised(response.text().map_err(thrown)?.into()).await.map_err(thrown)?;
            Err(refusal(status, &text.as_string().unwrap_or_default()))
        }
    }
}

/// Sends the pieces on, one behind the other.
async fn join(env: &Env, site: &SiteId, first: Response, mut rest: Export, writable: &JsValue) -> Result<(), Fail> {
    let thrown = |thrown: JsValue| Fail::Unreachable(binding::message(&thrown));
    let mut response = first;
    loop {
        if let Some(body) = response.body() {
            let to = options([("preventClose", true.into())]);
            let sent = invoke(&body, "pipeTo", &[writable.clone(), to]).map_err(thrown)?;
            promised(sent).await.map_err(thrown)?;
        }
        if rest.place.is_none() {
            break;
        }
        (response, rest.place) = piece(env, site, &rest).await?;
    }
    promised(invoke(writable, "close", &[]).map_err(thrown)?).await.map_err(thrown)?;
    Ok(())
}

/// Both ends of a pipe that the runtime itself moves bytes through.
fn pipe() -> Result<(JsValue, JsValue), JsValue> {
    let make: Function = Reflect::get(&js_sys::global(), &"IdentityTransformStream".into())?.dyn_into()?;
    let pipe = Reflect::construct(&make, &Array::new())?;
    Ok((Reflect::get(&pipe, &"readable".into())?, Reflect::get(&pipe, &"writable".into())?))
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
