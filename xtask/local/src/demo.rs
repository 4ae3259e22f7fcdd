//! A folder of pages on an origin of its own, as the sites of Rapport's users are.

use crate::files::Folder;
use crate::listen::Server;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::Path;
use tokio::sync::watch;

/// Reloads the page when the site says so, and when it is back after a pause.
const RELOAD: &str = "const later = () => setTimeout(wait, 1000);
const wait = () => fetch('/@reload').then((reply) => (reply.ok ? location.reload() : later()), later);
wait();
";

/// A running site; it ends when dropped.
pub struct Demo {
    server: Server,
    changes: watch::Sender<()>,
}

impl Demo {
    /// Serves `folder` on `port` (0: a free one). In its text files, `_headers` included,
    /// `{{WORKER}}` reads the origin given and `{{DEMO}}` the site's own.
    pub async fn start(folder: &Path, port: u16, worker: &str) -> Result<Self> {
        Self::serve(folder, port, worker, "").await
    }

    /// The same for somebody who is working on it: its pages reload at each `reload`.
    pub async fn start_live(folder: &Path, port: u16, worker: &str) -> Result<Self> {
        Self::serve(
            folder,
            port,
            worker,
            "<script src=\"/@reload.js\"></script>
",
        )
        .await
    }

    /// Reloads the open pages.
    pub fn reload(&self) {
        self.changes.send_replace(());
    }

    async fn serve(folder: &Path, port: u16, worker: &str, script: &str) -> Result<Self> {
        let listener = Server::bind(port).await?;
        let own = origin(listener.local_addr()?.port());
        let folder = Folder::new(folder).substitute("WORKER", worker).substitute("DEMO", &own).end_pages_with(script);
        let changes = watch::Sender::new(());
        let routes = Router::new().fallback(serve).with_state(Site { folder, changes: changes.subscribe() });
        Ok(Self { server: Server::serve(listener, routes)?, changes })
    }

    /// Its origin: another site than `localhost`, so that browsers keep the two apart.
    pub fn url(&self) -> String {
        origin(self.server.port())
    }
}

fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[derive(Clone)]
struct Site {
    folder: Folder,
    changes: watch::Receiver<()>,
}

async fn serve(State(mut site): State<Site>, request: Request) -> Response<Body> {
    match request.uri().path() {
        "/@reload.js" => ([(header::CONTENT_TYPE, "text/javascript")], RELOAD).into_response(),
        "/@reload" => {
            // Answers when something changes; that the site ends meanwhile is a change too.
            let _ = site.changes.changed().await;
            StatusCode::OK.into_response()
        }
        path => match site.folder.serve(request.method(), path, request.headers()).await {
            Some(response) => response,
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}
