//! Screenshots, for people to look at.

use super::Browser;
use anyhow::Result;
use std::path::Path;

impl Browser {
    /// Saves what the window shows as `target/screenshots/{name}.png`.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
        std::fs::create_dir_all(&folder)?;
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await?;
        Ok(())
    }
}
