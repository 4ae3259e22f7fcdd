//! What stands before the Worker at Cloudflare: static assets, compression, and what is known about
//! the visitor.

use crate::files::Folder;
use crate::kv::{Effect, Fault};
use crate::listen::Server;
use crate::reload::Reload;
use crate::workerd::CF_HEADER;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::uri::{PathAndQuery, Scheme, Uri};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// About what Cloudflare uses.
const BROTLI_QUALITY: i32 = 4;
const COUNTRY: &str = "XX";

/// A running edge; it ends when dropped.
pub struct Edge {
    server: Server,
    faults: Arc<Mutex<Vec<Fault>>>,
}

impl Edge {
    /// Serves the assets in `folder` and, for everything else, the Worker at `upstream`, on `port`
    /// (0: a free one). With `reload` the pages reload when told to.
    pub async fn start(
        folder: &Path,
        port: u16,
        upstream: watch::Receiver<Option<SocketAddr>>,
        reload: Option<Reload>,
    ) -> Result<Self> {
        let listener = Server::bind(port).await?;
        let faults = Arc::default();
        let inside = Inside {
            assets: Folder::new(folder),
            upstream,
            client: Client::builder(TokioExecutor::new()).build_http(),
            faults: Arc::clone(&faults),
        };
        let compression = CompressionLayer::new().quality(CompressionLevel::Precise(BROTLI_QUALITY));
        let routes = Router::new().fallback(serve).with_state(inside);
        let routes = match reload {
            Some(reload) => reload.on(routes),
            None => routes,
        };
        let routes = routes.layer(compression).layer(map_response(weaken));
        let server = Server::serve(listener, routes)?;
        Ok(Self { server, faults })
    }

    /// The Worker's public origin.
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.server.port())
    }

    /// From now on requests whose path starts with the fault's prefix fare so. `ApplyThenStatus` is
    /// the network that loses the reply.
    pub fn fail(&self, fault: Fault) {
        lock(&self.faults).push(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        lock(&self.faults).clear();
    }
}

#[derive(Clone)]
struct Inside {
    assets: Folder,
    upstream: watch::Receiver<Option<SocketAddr>>,
    client: Client<HttpConnector, Body>,
    faults: Arc<Mutex<Vec<Fault>>>,
}

async fn serve(
    State(inside): State<Inside>,
    ConnectInfo(visitor): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let effect = {
        let path = request.uri().path();
        let mut faults = lock(&inside.faults);
        faults.iter_mut().find_map(|fault| fault.meet(None, path))
    };
    match effect {
        Some(Effect::Status(status)) => return code(status).into_response(),
        Some(Effect::Delay(time)) => tokio::time::sleep(time).await,
        Some(Effect::Stall) => std::future::pending().await,
        Some(Effect::ApplyThenStatus(_) | Effect::ApplyThenStall) | None => {}
    }
    let path = request.uri().path();
    let asset = inside.assets.serve(request.method(), path, request.headers());
    let response = match asset.await {
        Some(response) => response,
        None => forward(&inside, visitor, request).await,
    };
    match effect {
        Some(Effect::ApplyThenStatus(status)) => code(status).into_response(),
        Some(Effect::ApplyThenStall) => std::future::pending().await,
        _ => response,
    }
}

async fn forward(inside: &Inside, visitor: SocketAddr, mut request: Request) -> Response {
    let Some(upstream) = *inside.upstream.borrow() else {
        return (StatusCode::BAD_GATEWAY, "the Worker is not running").into_response();
    };
    let path = request.uri().path_and_query().cloned();
    let target = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(upstream.to_string())
        .path_and_query(path.unwrap_or(PathAndQuery::from_static("/")))
        .build();
    let Ok(target) = target else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = target;
    // The Worker sees the Host header as sent, and so its public origin.
    describe(visitor, request.headers_mut());
    match inside.client.request(request).await {
        Ok(response) => response.map(Body::new),
        Err(_) => (StatusCode::BAD_GATEWAY, "the Worker did not answer").into_response(),
    }
}

/// Adds what Cloudflare tells about the visitor. Unlike there, an address or country already in the
/// request stays, so that one machine can play many visitors.
fn describe(visitor: SocketAddr, headers: &mut HeaderMap) {
    let address = HeaderValue::from_str(&visitor.ip().to_string());
    if let Ok(address) = address {
        headers.entry("cf-connecting-ip").or_insert(address);
    }
    let country = headers.entry("cf-ipcountry").or_insert(HeaderValue::from_static(COUNTRY));
    let country = country.to_str().unwrap_or(COUNTRY);
    let details = serde_json::json!({ "country": country, "colo": "LOC" });
    if let Ok(details) = details.to_string().parse() {
        headers.insert(CF_HEADER, details);
    }
}

/// A compressed body is another sequence of bytes, so its tag only means "equivalent".
async fn weaken(mut response: Response) -> Response {
    if response.headers().contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = response.headers().get(header::ETAG)
        && !tag.as_bytes().starts_with(b"W/")
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat())
    {
        response.headers_mut().insert(header::ETAG, weak);
    }
    response
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn lock(faults: &Mutex<Vec<Fault>>) -> std::sync::MutexGuard<'_, Vec<Fault>> {
    faults.lock().unwrap_or_else(PoisonError::into_inner)
}
