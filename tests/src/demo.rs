//! The demo's own site, as its configuration says.

use crate::product::root;
use crate::{Product, Site};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The demo's site on a product, but allowed on the origins that serve it here: the product's own demo, and `others`.
pub async fn published<'product>(product: &'product Product, others: &[String]) -> Result<Site<'product>> {
    let mut settings = read(&config().join("site.json"))?;
    let settings_map = settings.as_object_mut().context("settings are an object")?;
    let mut origins = vec![product.demo.url()];
    origins.extend_from_slice(others);
    settings_map.insert("origins".into(), json!(origins));
    product.site_with(&settings, &widgets()?).await
}

/// The demo's widgets, as their owner wrote them.
pub fn widgets() -> Result<Vec<Value>> {
    fs::read_dir(config().join("widgets"))?.map(|entry| read(&entry?.path())).collect()
}

fn config() -> PathBuf {
    root().join("www/demo/config")
}

fn read(path: &Path) -> Result<Value> {
    Ok(serde_json::from_slice(&fs::read(path).with_context(|| path.display().to_string())?)?)
}
