//! Responses and the headers that all of them carry.

use maud::Markup;
use serde::Serialize;
use worker::{Headers, Response};

use crate::problem::Fail;

/// The policy of whatever is no page: it may load nothing and nobody may frame it.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// JSON that no cache keeps.
pub fn json(value: &impl Serialize) -> Result<Response, Fail> {
    typed(serde_json::to_string(value)?, "application/json", "no-store")
}

/// A page that no cache keeps, under `policy`.
pub fn page(markup: Markup, status: u16, policy: &str) -> Result<Response, Fail> {
    let mut response = typed(markup.into_string(), "text/html; charset=utf-8", "no-store")?.with_status(status);
    response.headers_mut().set("content-security-policy", policy)?;
    Ok(response)
}

/// Text of a type, with what caches may do.
pub fn typed(text: impl Into<String>, kind: &str, cache: &str) -> Result<Response, Fail> {
    let mut response = Response::ok(text)?;
    let headers = response.headers_mut();
    headers.set("content-type", kind)?;
    headers.set("cache-control", cache)?;
    Ok(response)
}

/// Nothing, successfully.
pub fn nothing() -> Result<Response, Fail> {
    let mut response = Response::empty()?.with_status(204);
    response.headers_mut().set("cache-control", "no-store")?;
    Ok(response)
}

/// Sends the browser elsewhere on this origin, with GET.
pub fn see_other(path: &str) -> Result<Response, Fail> {
    let mut response = Response::empty()?.with_status(303);
    let headers = response.headers_mut();
    headers.set("location", path)?;
    headers.set("cache-control", "no-store")?;
    Ok(response)
}

/// Whether the response with `etag` would tell the caller nothing new.
pub fn unchanged(asked: &Headers, etag: &str) -> Result<bool, Fail> {
    // Weak comparison (RFC 9110, 8.8.3.2): compressing on the way makes a tag weak.
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = asked.get("if-none-match")?.unwrap_or_default();
    Ok(known.split(',').any(|tag| tag.trim() == "*" || bare(tag) == bare(etag)))
}

/// Lets pages of any origin read the response. No cookie is ever looked at where this is used.
pub fn for_everybody(headers: &Headers) -> Result<(), Fail> {
    headers.set("access-control-allow-origin", "*")?;
    headers.set("cross-origin-resource-policy", "cross-origin")?;
    headers.set("timing-allow-origin", "*")?;
    Ok(())
}

/// What every response says, unless its handler said otherwise.
pub fn harden(headers: &Headers) -> Result<(), Fail> {
    for (name, value) in [
        ("content-security-policy", NOTHING),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("strict-transport-security", "max-age=31536000"),
        ("x-content-type-options", "nosniff"),
    ] {
        if !headers.has(name)? {
            headers.set(name, value)?;
        }
    }
    Ok(())
}
