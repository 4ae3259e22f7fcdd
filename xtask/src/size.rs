//! What is shipped, in bytes, against the budgets of DESIGN.md.

use crate::project::Project;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

const KB: usize = 1024;

/// How a visitor or Cloudflare receives it.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Brotli,
}

/// Files that arrive together, and how large they may be, packed one by one.
struct Budget {
    what: &'static str,
    files: &'static [&'static str],
    packing: Packing,
    /// The promise of DESIGN.md.
    limit: usize,
    /// What fails. Above `limit` it is a debt: printed each time, and not allowed to grow.
    ceiling: usize,
}

const BUDGETS: [Budget; 6] = [
    Budget { what: "loader", files: &["loader.js"], packing: Packing::Brotli, limit: 2 * KB, ceiling: 2 * KB },
    Budget {
        what: "widgets",
        files: &["widgets.js", "widgets.wasm"],
        packing: Packing::Brotli,
        limit: 16 * KB,
        ceiling: 29 * KB,
    },
    // Only where the site has a loyalty badge.
    Budget {
        what: "badge",
        files: &["badge.js", "badge.wasm"],
        packing: Packing::Brotli,
        limit: 16 * KB,
        ceiling: 16 * KB,
    },
    // Only for who has answered in words.
    Budget { what: "replies", files: &["me.js"], packing: Packing::Brotli, limit: 2 * KB, ceiling: 2 * KB },
    Budget {
        what: "dashboard",
        files: &["dashboard.js", "dashboard.css"],
        packing: Packing::Brotli,
        limit: 48 * KB,
        ceiling: 48 * KB,
    },
    Budget {
        what: "worker",
        files: &["index.js", "index_bg.wasm"],
        packing: Packing::Gzip,
        limit: 300 * KB,
        ceiling: 1_895 * KB,
    },
];

/// One line of the verdict.
pub struct Verdict {
    pub what: &'static str,
    pub size: usize,
    pub limit: usize,
    ceiling: usize,
}

impl Verdict {
    pub fn kept(&self) -> bool {
        self.size <= self.ceiling
    }
}

/// Prints every shipped file, and returns how each budget fares.
pub fn measure(project: &Project) -> Result<Vec<Verdict>> {
    let assets = fs::read_to_string(project.pkg().join("assets.json")).context("run `cargo xtask build` first")?;
    let assets: serde_json::Value = serde_json::from_str(&assets)?;
    println!("{:<24}{:>10}{:>10}{:>10}", "file", "raw", "gzip", "brotli");
    let mut verdicts = Vec::new();
    for budget in BUDGETS {
        let mut size = 0;
        for name in budget.files {
            let asset = assets.get(name).and_then(serde_json::Value::as_str);
            let bytes = fs::read(path(project, name, asset))
                .with_context(|| format!("{name} is missing: run `cargo xtask build`"))?;
            let gzip = gzip(&bytes)?;
            size += match budget.packing {
                // Nobody sends the Worker as brotli, and of megabytes that takes most of a minute.
                Packing::Gzip => {
                    println!("{name:<24}{:>10}{gzip:>10}{:>10}", bytes.len(), "–");
                    gzip
                }
                Packing::Brotli => {
                    let brotli = brotli(&bytes)?;
                    println!("{name:<24}{:>10}{gzip:>10}{brotli:>10}", bytes.len());
                    brotli
                }
            };
        }
        verdicts.push(Verdict { what: budget.what, size, limit: budget.limit, ceiling: budget.ceiling });
    }
    println!("\n{:<24}{:>10}{:>10}", "budget", "used", "of");
    for verdict in &verdicts {
        let mark = match verdict.size {
            size if size > verdict.ceiling => "  too large",
            size if size > verdict.limit => "  over the budget, and may not grow",
            _ => "",
        };
        println!("{:<24}{:>10}{:>10}{mark}", verdict.what, verdict.size, verdict.limit);
    }
    Ok(verdicts)
}

/// Where a shipped file lies: uploaded as an asset, or part of the Worker.
fn path(project: &Project, name: &str, asset: Option<&str>) -> PathBuf {
    match (asset, name) {
        (Some(public), _) => project.pkg().join("public").join(public.trim_start_matches('/')),
        (None, "loader.js") => project.pkg().join(name),
        (None, _) => project.worker_output().join(name),
    }
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let (quality, window) = (11, 22);
    brotli::CompressorWriter::new(&mut packed, 4096, quality, window).write_all(bytes)?;
    Ok(packed.len())
}
