//! Bytes of what a visitor's browser fetches.

use crate::Site;
use crate::product::root;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;

/// Sizes after brotli at its best.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Bytes {
    pub script: usize,
    pub loader: usize,
    pub wasm: usize,
    pub glue: usize,
}

/// The sizes for `site` as it is.
pub async fn bytes(site: &Site<'_>) -> Result<Bytes> {
    let script = site.product().client().get(site.script()).send().await?.error_for_status()?.bytes().await?;
    let package = root().join("www/pkg");
    let assets: Value = serde_json::from_slice(&fs::read(package.join("assets.json"))?)?;
    let asset = |name: &str| -> Result<usize> {
        let path = assets[name].as_str().with_context(|| format!("no asset {name}"))?;
        Ok(brotli(&fs::read(package.join("public").join(path.trim_start_matches('/')))?))
    };
    Ok(Bytes {
        script: brotli(&script),
        loader: brotli(&fs::read(package.join("loader.js"))?),
        wasm: asset("widgets.wasm")?,
        glue: asset("widgets.js")?,
    })
}

/// The length of `bytes` after brotli at its best.
pub(super) fn brotli(bytes: &[u8]) -> usize {
    compressed(bytes).len()
}

/// `bytes` after brotli at its best.
pub fn compressed(bytes: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let mut output = Vec::new();
    // Writing into memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut output, &parameters);
    output
}
