//! The yardstick: the same NPS widget written by hand in JavaScript, on a third origin as Rapport's script is.

use super::bytes::brotli;
use crate::product::root;
use crate::{Page, Product};
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// The yardstick, published.
pub struct Handwritten {
    /// A page with it.
    pub page: String,
    /// Its length after brotli at its best.
    pub brotli: usize,
}

/// Minifies and publishes it.
pub fn publish(product: &Product) -> Result<Handwritten> {
    let root = root();
    let output = Command::new(root.join("node_modules/.bin/esbuild"))
        .arg(root.join("tests/measure/handwritten.js"))
        .args(["--minify", "--format=iife", "--log-level=warning"])
        .output()
        .context("esbuild is missing: run `cargo xtask setup`")?;
    ensure!(output.status.success(), "esbuild: {}", String::from_utf8_lossy(&output.stderr));
    let script = String::from_utf8(output.stdout)?;
    let brotli = brotli(script.as_bytes());
    product.host.put("/handwritten.js", Page::raw(&script).header("content-type", "text/javascript"));
    let other = product.host.other_origin();
    let page = Page::new(&format!(
        "<script>window.begun = performance.now()</script><script async src=\"{other}/handwritten.js\" data-endpoint=\"{other}/handwritten.js\"></script>
         <p>Words.</p><div style=\"min-height: 260px\"><handwritten-nps></handwritten-nps></div><p>More words.</p>"
    ));
    Ok(Handwritten { page: product.host.put("/handwritten", page), brotli })
}
