//! Where things are.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The root of the repository, and the paths that more than one command needs.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The repository that this tool was built from.
    pub fn here() -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is not inside a repository")?.to_owned();
        Ok(Self { root })
    }

    /// A path below the root.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the Worker and the browser tests need from the browser side of the build:
    /// `assets.json`, `loader.js`, and `public/`, the folder that is uploaded.
    pub fn pkg(&self) -> PathBuf {
        self.path("www/pkg")
    }

    /// The finished Worker: `index.js` and `index_bg.wasm`.
    pub fn worker_output(&self) -> PathBuf {
        self.path("build")
    }

    /// Intermediate results and stamps of this tool.
    pub fn scratch(&self) -> PathBuf {
        self.path("target/xtask")
    }
}
