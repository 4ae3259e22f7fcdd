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
use std::path::Path;

/// A running site; it ends when dropped.
pub struct Demo {
    server: Server,
}

impl Demo {
    /// Serves `folder` on `port` (0: a free one). In its text files, `_headers` included,
    /// `{{WORKER}}` reads the origin given and `{{DEMO}}` the site's own. With `reload` its pages
    /// reload when told to.
    pub async fn start(folder: &Path, port: u16, worker: &str, reload: Option<Reload>) -> Result<Self> {
        let listener = Server::bind(port).await?;
        let own = origin(listener.local_addr()?.port());
        let folder = Folder::new(folder).substitute("WORKER", worker).substitute("DEMO", &own);
        let routes = Router::new().fallback(serve).with_state(folder);
        let routes = match reload {
            Some(reload) => reload.on(routes),
            None => routes,
        };
        Ok(Self { server: Server::serve(listener, routes)? })
    }

    /// Its origin: another site than `localhost`, so that browsers keep the two apart.
    pub fn url(&self) -> String {
        origin(self.server.port())
    }
}

fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

async fn serve(State(folder): State<Folder>, request: Request) -> Response<Body> {
    match folder.serve(request.method(), request.uri().path(), request.headers()).await {
        Some(response) => response,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
