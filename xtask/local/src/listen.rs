//! Ports.

use anyhow::{Context, Result};
use axum::Router;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server that ends when dropped.
pub(crate) struct Server {
    port: u16,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on `port` of this machine, or on a free one if that is 0.
    pub(crate) async fn bind(port: u16) -> Result<TcpListener> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
            format!("port {port} is taken: stop the program that uses it, or choose another with --port")
        })
    }

    /// Serves until dropped.
    pub(crate) fn serve(listener: TcpListener, routes: Router) -> Result<Self> {
        let port = listener.local_addr()?.port();
        let service = routes.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            // It only ends with the task.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { port, task })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
