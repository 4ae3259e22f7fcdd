//! The protocol between workerd's KV binding and the service behind it, with Cloudflare's limits.

use super::fault::{Effect, Operation};
use super::store::Entry;
use super::{Shared, store::Store};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const KEY_BYTES: usize = 512;
const VALUE_BYTES: usize = 25 * 1024 * 1024;
const METADATA_BYTES: usize = 1024;
const BULK_KEYS: usize = 100;
const PAGE_KEYS: usize = 1000;
const SHORTEST_LIFE: u64 = 60;
const METADATA: &str = "cf-kv-metadata";

/// As a place sees the namespace.
pub(super) fn routes(shared: Shared, place: usize) -> Router {
    Router::new().fallback(serve).with_state((shared, place))
}

/// A refusal as the binding shows it: `KV PUT failed: 429 …`.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

fn refuse<T>(status: StatusCode, why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(status, why.into()))
}

#[derive(Default, Deserialize)]
struct Options {
    prefix: Option<String>,
    cursor: Option<String>,
    key_count_limit: Option<usize>,
    expiration: Option<u64>,
    expiration_ttl: Option<u64>,
}

async fn serve(
    State((shared, place)): State<(Shared, usize)>,
    Query(options): Query<Options>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let path = percent_decode_str(parts.uri.path().trim_start_matches('/')).decode_utf8().map(|path| path.into_owned());
    let Ok(key) = path else {
        return refuse(StatusCode::BAD_REQUEST, "the key is not UTF-8");
    };
    let body = read(body).await?;
    let (operation, about) = match parts.method {
        Method::POST if key == "bulk/get" => (Operation::Read, String::new()),
        Method::GET if key.is_empty() => (Operation::List, options.prefix.clone().unwrap_or_default()),
        Method::GET => (Operation::Read, key.clone()),
        Method::PUT => (Operation::Write, key.clone()),
        Method::DELETE => (Operation::Delete, key.clone()),
        _ => return refuse(StatusCode::METHOD_NOT_ALLOWED, "not an operation of KV"),
    };
    let effect = shared.lock().meet(operation, &about);
    match effect {
        Some(Effect::Status(status)) => return refuse(code(status), "injected fault"),
        Some(Effect::Delay(time)) => tokio::time::sleep(time).await,
        Some(Effect::Stall) => {
            shared.stall().await;
            return refuse(StatusCode::SERVICE_UNAVAILABLE, "injected stall");
        }
        Some(Effect::ApplyThenStatus(_) | Effect::ApplyThenStall) | None => {}
    }
    let answer = {
        let mut store = shared.lock();
        if store.overspent(operation) {
            return Ok(spent(operation));
        }
        match operation {
            Operation::List => list(&store, &options),
            Operation::Read if parts.method == Method::POST => bulk(&mut store, place, &body),
            Operation::Read => one(&mut store, place, &key),
            Operation::Write => write(&mut store, place, &key, &options, &parts.headers, body),
            Operation::Delete => {
                store.remove(Some(place), &key).map(|()| StatusCode::OK.into_response()).map_err(broken)
            }
        }
    };
    match effect {
        Some(Effect::ApplyThenStatus(status)) => refuse(code(status), "injected fault after the fact"),
        Some(Effect::ApplyThenStall) => {
            shared.stall().await;
            refuse(StatusCode::SERVICE_UNAVAILABLE, "injected stall after the fact")
        }
        _ => answer,
    }
}

async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    match to_bytes(body, VALUE_BYTES).await {
        Ok(bytes) => Ok(bytes.into()),
        Err(_) => refuse(StatusCode::PAYLOAD_TOO_LARGE, format!("a value has at most {VALUE_BYTES} bytes")),
    }
}

/// The binding makes `KV PUT failed: 429` and the reason of it; what the reason says is what counts.
fn spent(operation: Operation) -> Response {
    let reason: &[u8] = match operation {
        Operation::Delete => b"KV delete() limit exceeded for the day.",
        _ => b"KV put() limit exceeded for the day.",
    };
    let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
    if let Ok(reason) = hyper::ext::ReasonPhrase::try_from(reason) {
        response.extensions_mut().insert(reason);
    }
    response
}

fn one(store: &mut Store, place: usize, key: &str) -> Result<Response, Refusal> {
    check_key(key)?;
    store.counts.keys_read += 1;
    let Some(entry) = store.read(place, key) else {
        return refuse(StatusCode::NOT_FOUND, "Not Found");
    };
    let mut headers = HeaderMap::new();
    if let Some(metadata) = &entry.metadata
        && let Ok(value) = HeaderValue::from_str(&metadata.to_string())
    {
        headers.insert(METADATA, value);
    }
    Ok((headers, entry.value).into_response())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bulk {
    keys: Vec<String>,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    with_metadata: bool,
}

fn bulk(store: &mut Store, place: usize, body: &[u8]) -> Result<Response, Refusal> {
    let Ok(wanted) = serde_json::from_slice::<Bulk>(body) else {
        return refuse(StatusCode::BAD_REQUEST, "not a bulk read");
    };
    if wanted.keys.is_empty() || wanted.keys.len() > BULK_KEYS {
        return refuse(StatusCode::BAD_REQUEST, format!("You can request a maximum of {BULK_KEYS} keys"));
    }
    let mut found = Map::new();
    let mut bytes = 0;
    for key in wanted.keys {
        check_key(&key)?;
        store.counts.keys_read += 1;
        let entry = store.read(place, &key);
        bytes += entry.as_ref().map_or(0, |entry| entry.value.len());
        if bytes > VALUE_BYTES {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "the values are larger than 25 MiB together");
        }
        let metadata = entry.as_ref().and_then(|entry| entry.metadata.clone());
        let value = match (entry, wanted.r#type.as_deref()) {
            (None, _) => Value::Null,
            (Some(entry), Some("json")) => match serde_json::from_str(&entry.value) {
                Ok(value) => value,
                Err(_) => return refuse(StatusCode::BAD_REQUEST, "a value is not JSON"),
            },
            (Some(entry), _) => Value::String(entry.value),
        };
        let shown = if wanted.with_metadata { json!({ "value": value, "metadata": metadata }) } else { value };
        found.insert(key, shown);
    }
    Ok(Value::Object(found).to_string().into_response())
}

fn write(
    store: &mut Store,
    place: usize,
    key: &str,
    options: &Options,
    headers: &HeaderMap,
    body: Vec<u8>,
) -> Result<Response, Refusal> {
    check_key(key)?;
    let metadata = match headers.get(METADATA).map(HeaderValue::as_bytes) {
        None => None,
        Some(text) if text.len() > METADATA_BYTES => {
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, format!("metadata has at most {METADATA_BYTES} bytes"));
        }
        Some(text) => match serde_json::from_slice(text) {
            Ok(metadata) => Some(metadata),
            Err(_) => return refuse(StatusCode::BAD_REQUEST, "metadata is not JSON"),
        },
    };
    let Ok(value) = String::from_utf8(body) else {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "this stand-in keeps text only");
    };
    let now = store.seconds();
    let expiration = match (options.expiration, options.expiration_ttl) {
        (Some(at), _) if at < now.saturating_add(SHORTEST_LIFE) => {
            return refuse(StatusCode::BAD_REQUEST, "expiration must be at least 60 seconds ahead");
        }
        (_, Some(ttl)) if ttl < SHORTEST_LIFE => {
            return refuse(StatusCode::BAD_REQUEST, "Invalid expiration_ttl: it must be at least 60");
        }
        (Some(at), _) => Some(at),
        (None, Some(ttl)) => Some(now.saturating_add(ttl)),
        (None, None) => None,
    };
    if store.busy(key) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests");
    }
    store.insert(Some(place), key, Entry { value, metadata, expiration }).map_err(broken)?;
    Ok(StatusCode::OK.into_response())
}

#[derive(Serialize)]
struct Page {
    keys: Vec<Listed>,
    list_complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Listed {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Value>,
}

fn list(store: &Store, options: &Options) -> Result<Response, Refusal> {
    let limit = options.key_count_limit.unwrap_or(PAGE_KEYS).clamp(1, PAGE_KEYS);
    let (prefix, cursor) = (options.prefix.as_deref(), options.cursor.as_deref());
    let (page, cursor) = store.page(prefix.unwrap_or_default(), cursor.unwrap_or_default(), limit);
    let listed =
        |(name, entry): (String, Entry)| Listed { name, expiration: entry.expiration, metadata: entry.metadata };
    let page = Page { keys: page.into_iter().map(listed).collect(), list_complete: cursor.is_none(), cursor };
    let text = serde_json::to_string(&page).map_err(|error| broken(error.into()))?;
    Ok(text.into_response())
}

fn check_key(key: &str) -> Result<(), Refusal> {
    match key {
        "" | "." | ".." => refuse(StatusCode::BAD_REQUEST, format!("{key:?} cannot be a key")),
        _ if key.len() > KEY_BYTES => refuse(StatusCode::URI_TOO_LONG, format!("a key has at most {KEY_BYTES} bytes")),
        _ => Ok(()),
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn broken(error: anyhow::Error) -> Refusal {
    Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}
