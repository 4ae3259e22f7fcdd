//! A web site of somebody else, on an origin of its own, with whatever pages and headers a test needs.

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    body: Vec<u8>,
    headers: Vec<(String, String)>,
}

/// A running site; its pages live as long as the tests.
pub struct Host {
    address: SocketAddr,
    pages: Pages,
}

/// The pages by path, and how often each was asked for.
type Pages = Arc<Mutex<HashMap<String, (Page, usize)>>>;

impl Page {
    /// An HTML document with this body, in a language and with a title, as every good page.
    pub fn new(body: &str) -> Self {
        Self::raw(&format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>A page</title>\
             <meta name=viewport content='width=device-width, initial-scale=1'></head><body><main><h1>A page</h1>{body}</main></body></html>"
        ))
    }

    /// Exactly this document.
    pub fn raw(document: &str) -> Self {
        Self {
            body: document.as_bytes().to_vec(),
            headers: vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())],
        }
    }

    /// Compresses it, as every good host does.
    #[must_use]
    pub fn brotli(mut self) -> Self {
        self.body = crate::measure::compressed(&self.body);
        self.header("content-encoding", "br")
    }

    /// Bytes of its body as it is sent.
    pub fn size(&self) -> usize {
        self.body.len()
    }

    /// Sends another header, or another value of one.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl Host {
    /// Starts one on a free port.
    pub async fn start() -> Result<Self> {
        let pages = Pages::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for the host page")?;
        let address = listener.local_addr()?;
        let routes = Router::new().fallback(serve).with_state(Arc::clone(&pages));
        tokio::spawn(async move {
            // Serving only ends with the process.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { address, pages })
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same site under a name that browsers take for another site: `http://localhost:PORT`.
    pub fn other_origin(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// Publishes a page, and returns its address.
    pub fn put(&self, path: &str, page: Page) -> String {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), (page, 0));
        format!("{}{path}", self.origin())
    }

    /// How often the page was asked for, since it was published.
    pub fn visits(&self, path: &str) -> usize {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).map_or(0, |(_, visits)| *visits)
    }
}

async fn serve(State(pages): State<Pages>, request: Request) -> Response {
    let page =
        pages.lock().unwrap_or_else(PoisonError::into_inner).get_mut(request.uri().path()).map(|(page, visits)| {
            *visits += 1;
            page.clone()
        });
    let Some(page) = page else {
        return (StatusCode::NOT_FOUND, "no such page").into_response();
    };
    let mut response = page.body.into_response();
    for (name, value) in &page.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}
