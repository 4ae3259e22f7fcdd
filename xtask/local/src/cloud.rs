//! Everything that Rapport needs of Cloudflare, put together.

use crate::{Edge, Kv, Place, Reload, Settings, Workerd};
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// KV, the runtime with the Worker, and the edge before them. All end when this is dropped.
pub struct Cloud {
    /// The public side. First, so that it ends first.
    pub edge: Edge,
    /// The public sides of further places.
    pub places: Vec<Edge>,
    /// The runtime.
    pub workerd: Workerd,
    /// The namespace bound as `KV`.
    pub kv: Kv,
    _temporary: Option<TempDir>,
}

/// How to put it together.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The root of the repository.
    pub root: PathBuf,
    /// Where KV and the objects persist; `None` for a folder that goes away.
    pub folder: Option<PathBuf>,
    /// The key that opens the dashboard. The Worker only learns its digest.
    pub owner_key: String,
    /// The port of the public side; 0 for a free one.
    pub port: u16,
    /// Whether the Worker's log goes to the terminal as well.
    pub echo: bool,
    /// Has the Worker's pages reload when told to.
    pub reload: Option<Reload>,
    /// Places of Cloudflare's that run the Worker, each with its own cache of KV; the objects are at the first one.
    pub places: usize,
}

impl Plan {
    /// For tests: nothing persists, any port.
    pub fn temporary(root: &Path, owner_key: &str) -> Self {
        Self {
            root: root.to_owned(),
            folder: None,
            owner_key: owner_key.to_owned(),
            port: 0,
            echo: false,
            reload: None,
            places: 1,
        }
    }

    /// Starts it all as planned.
    pub async fn start(self) -> Result<Cloud> {
        self.start_with(|settings| settings).await
    }

    /// Starts it all, with the runtime's settings changed by `adjust`.
    pub async fn start_with(self, adjust: impl FnOnce(Settings) -> Settings) -> Result<Cloud> {
        let (folder, temporary) = match self.folder {
            Some(folder) => (folder, None),
            None => {
                let temporary = tempfile::Builder::new().prefix("rapport-").tempdir()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let kv = Kv::start_at(Place::Folder(folder.join("kv")), self.places).await?;
        let mut settings = Settings::new(&self.root, &folder.join("objects"), kv.address())
            .text("OWNER_KEY_SHA256", &digest(&self.owner_key));
        settings.echo = self.echo;
        settings.places = kv.addresses().split_off(1);
        // Before the runtime, so that a port that is taken is found out at once.
        let runtime = Workerd::new(adjust(settings));
        let assets = self.root.join("www/pkg/public");
        let edge = Edge::start(&assets, self.port, runtime.watch(), self.reload).await?;
        let mut places = Vec::new();
        for upstream in runtime.watch_places() {
            places.push(Edge::start(&assets, 0, upstream, None).await?);
        }
        let mut workerd = runtime;
        workerd.launch().await?;
        Ok(Cloud { edge, places, workerd, kv, _temporary: temporary })
    }
}

impl Cloud {
    /// The Worker's public origin.
    pub fn url(&self) -> String {
        self.edge.url()
    }
}

/// The SHA-256 of a text in hexadecimal digits: what the Worker is told about the owner's key.
pub fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
