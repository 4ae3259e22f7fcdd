//! The whole product on free ports: KV, the runtime with the built Worker, the edge, the demo sites, and a site of
//! somebody else for pages that tests make up.

use crate::outside::Outside;
use crate::{Host, stage};
use anyhow::{Context, Result, bail};
use rapport_local::{Cloud, Demo, Plan, Settings};
use reqwest::{Client, Method};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;

/// The key that opens the dashboard and the owner's API.
pub const OWNER_KEY: &str = "the-owner-of-these-tests-0123456789";

/// All of it, running.
pub struct Product {
    /// What runs at Cloudflare.
    pub cloud: Cloud,
    /// The demo sites, on another origin.
    pub demo: Demo,
    /// A web site of somebody else, on a third origin.
    pub host: Host,
    /// Whatever the Worker itself asks for.
    pub outside: Outside,
    client: Client,
    sites: AtomicU32,
}

impl Product {
    /// Starts one for a test that breaks things. Most tests want [`Product::shared`].
    pub async fn start() -> Result<Self> {
        Self::start_with(|settings| settings).await
    }

    /// The same with the runtime's settings changed by `adjust`.
    pub async fn start_with(adjust: impl FnOnce(Settings) -> Settings) -> Result<Self> {
        Self::start_as(|plan| plan, adjust).await
    }

    /// The same, put together in another way.
    pub async fn start_as(plan: impl FnOnce(Plan) -> Plan, adjust: impl FnOnce(Settings) -> Settings) -> Result<Self> {
        stage::temporary()?;
        let root = root();
        let outside = Outside::start().await?;
        let inside = |settings: Settings| adjust(settings.outside(outside.address()));
        let cloud = plan(Plan::temporary(&root, OWNER_KEY)).start_with(inside).await?;
        let demo = Demo::start(&root.join("www/demo"), 0, &cloud.url(), None).await?;
        let host = Host::start().await?;
        Ok(Self { cloud, demo, host, outside, client: Client::new(), sites: AtomicU32::new(0) })
    }

    /// The one that the tests of a binary share. Each works on sites of its own.
    pub async fn shared() -> Result<&'static Self> {
        static PRODUCT: OnceCell<Product> = OnceCell::const_new();
        // On the runtime's own thread: the kernel ends workerd with the thread that started it.
        PRODUCT.get_or_try_init(|| stage::on_runtime(Self::start())).await
    }

    /// The Worker's public origin.
    pub fn url(&self) -> String {
        self.cloud.url()
    }

    /// Asks the owner's API; `path` follows `/api/v1/`. Fails on any status but 2xx.
    pub async fn api(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let mut request = self.client.request(method, format!("{}/api/v1/{path}", self.url())).bearer_auth(OWNER_KEY);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status();
        let text = response.text().await?;
        if !status.is_success() {
            bail!("the owner's API answered {status} to {path}: {text}");
        }
        if text.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).with_context(|| format!("no JSON from {path}: {text}"))
    }

    /// An HTTP client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A site id that no other test has.
    pub(crate) fn fresh_id(&self) -> String {
        format!("site-{:04}", self.sites.fetch_add(1, Ordering::Relaxed))
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    above.map_or_else(PathBuf::new, Path::to_owned)
}
