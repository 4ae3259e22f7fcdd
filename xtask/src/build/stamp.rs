//! Skips a step whose inputs are what they were when its output was made.

use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// The fingerprint of a step's inputs.
pub struct Stamp {
    file: PathBuf,
    digest: Sha256,
}

impl Stamp {
    /// A fingerprint kept in `file`. This tool itself is the first input.
    pub fn new(file: PathBuf) -> Self {
        let mut digest = Sha256::new();
        let tool = std::env::current_exe().and_then(fs::metadata);
        let changed = tool.and_then(|tool| tool.modified());
        let since = changed.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        digest.update(since.unwrap_or_default().as_nanos().to_le_bytes());
        Self { file, digest }
    }

    /// Adds an input.
    pub fn input(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.digest.update(bytes.len().to_le_bytes());
        self.digest.update(bytes);
        self
    }

    /// Whether nothing changed and every one of `outputs` is there.
    pub fn fresh(&self, outputs: &[PathBuf]) -> bool {
        outputs.iter().all(|output| output.exists())
            && fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.text())
    }

    /// Remembers the inputs, once the output is in place.
    pub fn keep(&self) -> Result<()> {
        Ok(fs::write(&self.file, self.text())?)
    }

    fn text(&self) -> String {
        hex(&self.digest.clone().finalize())
    }
}

/// The first eight hexadecimal digits of the SHA-256 of `bytes`: enough to name a file after its
/// contents.
pub fn short_hash(bytes: &[u8]) -> String {
    let mut text = hex(&Sha256::digest(bytes));
    text.truncate(8);
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
