//! Posting to an address of the owner's. Redirects are not followed, an answer is waited for ten seconds, and of its body only the
//! beginning is read.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use worker::web_sys::Response;

use crate::binding::{invoke, message, options, promised};

/// How long an answer may take.
const PATIENCE_MS: u32 = 10_000;
/// Bytes of an answer that are read.
const MOST: usize = 2_048;

/// What came back.
pub struct Answer {
    pub status: u16,
    /// Seconds after which another try is welcome.
    pub asked: Option<i64>,
    /// The beginning of the body.
    pub told: String,
}

/// Why nothing came back.
pub enum Miss {
    Late,
    Lost(String),
}

/// Posts `body`.
pub async fn post(address: &str, headers: &[(&'static str, String)], body: &str) -> Result<Answer, Miss> {
    fetch(address, headers, body).await.map_err(|thrown| {
        let name = Reflect::get(&thrown, &"name".into()).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("TimeoutError" | "AbortError") => Miss::Late,
            _ => Miss::Lost(message(&thrown)),
        }
    })
}

async fn fetch(address: &str, headers: &[(&'static str, String)], body: &str) -> Result<Answer, JsValue> {
    let global: JsValue = js_sys::global().into();
    let sent = Object::new();
    for (name, value) in headers {
        Reflect::set(&sent, &(*name).into(), &value.into())?;
    }
    let patience = invoke(&Reflect::get(&global, &"AbortSignal".into())?, "timeout", &[PATIENCE_MS.into()])?;
    let request = options([
        ("method", "POST".into()),
        ("redirect", "manual".into()),
        ("headers", sent.into()),
        ("body", body.into()),
        ("signal", patience),
    ]);
    let response: Response = promised(invoke(&global, "fetch", &[address.into(), request])?).await?.unchecked_into();
    let asked = response.headers().get("retry-after")?.and_then(|seconds| seconds.trim().parse().ok());
    Ok(Answer { status: response.status(), asked, told: beginning(&response).await? })
}

async fn beginning(response: &Response) -> Result<String, JsValue> {
    let Some(body) = response.body() else { return Ok(String::new()) };
    let reader = invoke(&body, "getReader", &[])?;
    let mut bytes = Vec::new();
    while bytes.len() < MOST {
        let step = promised(invoke(&reader, "read", &[])?).await?;
        let Ok(chunk) = Reflect::get(&step, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        let room = u32::try_from(MOST - bytes.len()).unwrap_or(0);
        bytes.extend(chunk.subarray(0, chunk.length().min(room)).to_vec());
    }
    // Whether the rest is given up nicely does not matter.
    let _ = promised(invoke(&reader, "cancel", &[])?).await;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
