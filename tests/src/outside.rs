//! The internet, as far as the Worker's own requests go: whatever host they name, they arrive here, are remembered, and get the
//! answer that a test wants. Nothing that a test does leaves this machine.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

/// One request of the Worker's.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The whole address, as the runtime names it to a proxy.
    pub url: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

/// What a host answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Status, headers and body.
    Now(u16, Vec<(&'static str, String)>, String),
    /// Nothing, ever.
    Never,
}

/// The double.
pub struct Outside {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    sent: HashMap<String, Vec<Sent>>,
    /// What comes next from a host; the last one stays.
    answers: HashMap<String, VecDeque<Answer>>,
}

impl Answer {
    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self::Now(status, Vec::new(), String::new())
    }

    /// A body with status 200.
    pub fn body(body: &str) -> Self {
        Self::Now(200, Vec::new(), body.to_owned())
    }
}

impl Outside {
    /// Starts it on a free port.
    pub async fn start() -> Result<Self> {
        let shared = Arc::<Mutex<Shared>>::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for the outside")?;
        let address = listener.local_addr()?;
        let routes = Router::new().fallback(serve).with_state(Arc::clone(&shared));
        tokio::spawn(async move {
            // Serving only ends with the process.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { address, shared })
    }

    /// Where the runtime finds it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on `host` answers so, one after the other; the last answer stays.
    pub fn answer(&self, host: &str, answers: impl IntoIterator<Item = Answer>) {
        lock(&self.shared).answers.insert(host.to_owned(), answers.into_iter().collect());
    }

    /// What was sent to `host` so far.
    pub fn sent(&self, host: &str) -> Vec<Sent> {
        lock(&self.shared).sent.get(host).cloned().unwrap_or_default()
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(State(shared): State<Arc<Mutex<Shared>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let host = parts.uri.host().map(str::to_owned);
    let named = parts.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let host = host.unwrap_or(named);
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let sent =
        Sent { url: parts.uri.to_string(), headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() };
    let answer = {
        let mut shared = lock(&shared);
        shared.sent.entry(host.clone()).or_default().push(sent);
        match shared.answers.get_mut(&host) {
            Some(answers) if answers.len() > 1 => answers.pop_front(),
            Some(answers) => answers.front().cloned(),
            None => None,
        }
    };
    match answer.unwrap_or_else(|| Answer::status(204)) {
        Answer::Now(status, headers, body) => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            response.body(Body::from(body)).expect("a response")
        }
        Answer::Never => std::future::pending().await,
    }
}
