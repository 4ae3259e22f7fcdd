//! Pages that reload themselves, for somebody who is working on what they show.

use axum::Router;
use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// Given to servers, it has every page of theirs reload at each change.
#[derive(Clone, Debug)]
pub struct Reload(watch::Sender<u128>);

/// Asks until there is something newer than what the page shows. Only the tab in front does: browsers open no more than
/// six connections to a server, and each that waits takes one.
const SCRIPT: &str = "let asked = new AbortController();
const ask = async () => {
  asked.abort();
  if (document.hidden) return;
  asked = new AbortController();
  try {
    if ((await fetch('/@reload?SHOWN', { signal: asked.signal })).ok) return location.reload();
  } catch (error) {
    if (error.name === 'AbortError') return;
  }
  setTimeout(ask, 1000);
};
document.addEventListener('visibilitychange', ask);
ask();
";

impl Reload {
    /// The state of things: a time, so that a page that outlived its server learns of the next one's changes.
    pub fn new() -> Self {
        Self(watch::Sender::new(now()))
    }

    /// Reloads the open pages.
    pub fn reload(&self) {
        self.0.send_modify(|state| *state = now().max(*state + 1));
    }

    /// The same routes, where every page reloads and nothing is taken from a cache without asking.
    pub(crate) fn on(self, routes: Router) -> Router {
        let script = self.0.clone();
        let script = move || async move {
            let script = SCRIPT.replace("SHOWN", &script.borrow().to_string());
            ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-store")], script)
        };
        let wait = move |RawQuery(shown): RawQuery| async move {
            let shown = shown.unwrap_or_default();
            match self.0.subscribe().wait_for(|state| state.to_string() != shown).await {
                Ok(_) => StatusCode::NO_CONTENT,
                Err(_) => StatusCode::SERVICE_UNAVAILABLE,
            }
        };
        routes.layer(map_response(extend)).route("/@reload.js", get(script)).route("/@reload", get(wait))
    }
}

impl Default for Reload {
    fn default() -> Self {
        Self::new()
    }
}

async fn extend(mut response: Response) -> Response {
    let unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let cached = headers.get(header::CACHE_CONTROL).and_then(|rule| rule.to_str().ok()).unwrap_or_default();
    if !cached.contains("no-store") && !cached.contains("immutable") {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    let page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !page || unchanged {
        return response;
    }
    headers.remove(header::CONTENT_LENGTH);
    let (head, body) = response.into_parts();
    match axum::body::to_bytes(body, usize::MAX).await {
        Ok(page) => {
            let script: &[u8] = b"<script src=\"/@reload.js\"></script>\n";
            Response::from_parts(head, Body::from([&page, script].concat()))
        }
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis())
}
