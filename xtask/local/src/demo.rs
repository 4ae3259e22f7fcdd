//! A folder of pages on an origin of its own, as the sites of Rapport's users are.

use crate::files::Folder;
use crate::listen::Server;
use crate::reload::Reload;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

/// A running site; it ends when dropped.
pub struct Demo {
    server: Server,
    account: Account,
}

/// What the shop's server says of who is signed in, and what it tells Rapport of an order; nothing where there are no accounts.
#[derive(Default)]
struct Accounts {
    token: OnceLock<Box<dyn Fn() -> String + Send + Sync>>,
    order: OnceLock<Box<dyn Fn(Order) -> Told + Send + Sync>>,
}

type Account = Arc<Accounts>;
type Told = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// What somebody who is signed in has bought.
#[derive(Clone, Debug, Deserialize)]
pub struct Order {
    pub order: String,
    /// In pence.
    pub amount: u32,
}

impl Demo {
    /// Serves `folder` on `port` (0: a free one). In its text files, `_headers` included,
    /// `{{WORKER}}` reads the origin given and `{{DEMO}}` the site's own. With `reload` its pages
    /// reload when told to.
    pub async fn start(folder: &Path, port: u16, worker: &str, reload: Option<Reload>) -> Result<Self> {
        let listener = Server::bind(port).await?;
        let own = origin(listener.local_addr()?.port());
        let folder = Folder::new(folder).substitute("WORKER", worker).substitute("DEMO", &own);
        let account = Account::default();
        let routes = Router::new()
            .route("/account/token", get(token))
            .route("/account/order", post(order))
            .with_state(Arc::clone(&account));
        let routes = routes.fallback(serve).with_state(folder);
        let routes = match reload {
            Some(reload) => reload.on(routes),
            None => routes,
        };
        Ok(Self { server: Server::serve(listener, routes)?, account })
    }

    /// From now on its visitors can sign in: what `token` makes is what the shop's server says of them.
    pub fn sign_in(&self, token: impl Fn() -> String + Send + Sync + 'static) {
        drop(self.account.token.set(Box::new(token)));
    }

    /// From now on what its customer buys is told to Rapport: `tell` is what the shop's server does then.
    pub fn orders(&self, tell: impl Fn(Order) -> Told + Send + Sync + 'static) {
        drop(self.account.order.set(Box::new(tell)));
    }

    /// Its origin: another site than `localhost`, so that browsers keep the two apart.
    pub fn url(&self) -> String {
        origin(self.server.port())
    }
}

fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

async fn token(State(account): State<Account>) -> Response<Body> {
    match account.token.get() {
        Some(token) => ([("cache-control", "no-store")], token()).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn order(State(account): State<Account>, Query(order): Query<Order>) -> StatusCode {
    match account.order.get() {
        Some(tell) if tell(order).await.is_ok() => StatusCode::NO_CONTENT,
        Some(_) => StatusCode::BAD_GATEWAY,
        None => StatusCode::NOT_FOUND,
    }
}

async fn serve(State(folder): State<Folder>, request: Request) -> Response<Body> {
    match folder.serve(request.method(), request.uri().path(), request.headers()).await {
        Some(response) => response,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
