//! A folder of pages on an origin of its own, as the sites of Rapport's users are.

use crate::files::Folder;
use crate::listen::Server;
use crate::reload::Reload;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// A running site; it ends when dropped.
pub struct Demo {
    server: Server,
    account: Account,
}

/// What the shop's server says of who is signed in; nothing where there are no accounts.
type Account = Arc<OnceLock<Box<dyn Fn() -> String + Send + Sync>>>;

impl Demo {
    /// Serves `folder` on `port` (0: a free one). In its text files, `_headers` included,
    /// `{{WORKER}}` reads the origin given and `{{DEMO}}` the site's own. With `reload` its pages
    /// reload when told to.
    pub async fn start(folder: &Path, port: u16, worker: &str, reload: Option<Reload>) -> Result<Self> {
        let listener = Server::bind(port).await?;
        let own = origin(listener.local_addr()?.port());
        let folder = Folder::new(folder).substitute("WORKER", worker).substitute("DEMO", &own);
        let account = Account::default();
        let routes = Router::new().route("/account/token", get(token).with_state(Arc::clone(&account)));
        let routes = routes.fallback(serve).with_state(folder);
        let routes = match reload {
            Some(reload) => reload.on(routes),
            None => routes,
        };
        Ok(Self { server: Server::serve(listener, routes)?, account })
    }

    /// From now on its visitors can sign in: what `token` makes is what the shop's server says of them.
    pub fn sign_in(&self, token: impl Fn() -> String + Send + Sync + 'static) {
        drop(self.account.set(Box::new(token)));
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
    match account.get() {
        Some(token) => ([("cache-control", "no-store")], token()).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn serve(State(folder): State<Folder>, request: Request) -> Response<Body> {
    match folder.serve(request.method(), request.uri().path(), request.headers()).await {
        Some(response) => response,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
