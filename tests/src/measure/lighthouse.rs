//! Lighthouse on the demo's pages, with the tag and without it.

use super::contender::{install, rivals};
use crate::product::root;
use crate::{Product, demo};
use anyhow::{Context, Result, bail};
use rapport_local::Demo;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A page each with tabs and pop-ups, with an inline widget, with an article's vote, and with a whole survey.
const PAGES: [&str; 4] = ["/", "/notebook/", "/journal/sewn-spines/", "/survey/"];
/// Runs of each page, of which the median counts.
const RUNS: usize = 3;
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
const TIMES: [&str; 4] =
    ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

/// A page in one of its two forms.
pub struct Row {
    pub page: &'static str,
    pub tag: bool,
    /// Of 100.
    pub scores: [f64; 4],
    /// First and largest paint and blocked time in milliseconds, and the shift of the layout.
    pub times: [f64; 4],
    /// The largest paint as it was seen, before the phone was simulated.
    pub seen: f64,
}

/// Both forms of every page, taking turns.
pub async fn measure() -> Result<Vec<Row>> {
    let folder = rivals();
    install(&folder)?;
    let product = Product::shared().await?;
    let bare = tempfile::tempdir()?;
    without_tag(&root().join("www/demo"), bare.path())?;
    let bare = Demo::start(bare.path(), 0, &product.url(), None).await?;
    // Only the widgets are told apart: their tag leads to the same site in both.
    let _site = demo::published(product, &[bare.url()]).await?;
    let mut lighthouse = Lighthouse::start(&folder)?;
    let mut rows = Vec::new();
    for page in PAGES {
        let mut runs: [Vec<[f64; 9]>; 2] = Default::default();
        for round in 0..RUNS {
            // What is not about time is the same each time.
            let categories = if round == 0 { CATEGORIES.as_slice() } else { CATEGORIES.split_at(1).0 };
            for (host, runs) in [bare.url(), product.demo.url()].iter().zip(&mut runs) {
                runs.push(lighthouse.look(&format!("{host}{page}"), categories).await?);
            }
        }
        for (tag, runs) in [false, true].into_iter().zip(&runs) {
            let median = |at: usize| {
                let mut values: Vec<f64> = runs.iter().map(|run| run[at]).filter(|value| !value.is_nan()).collect();
                values.sort_by(f64::total_cmp);
                values[values.len() / 2]
            };
            rows.push(Row {
                page,
                tag,
                scores: std::array::from_fn(median),
                times: std::array::from_fn(|at| median(at + 4)),
                seen: median(8),
            });
        }
    }
    lighthouse.end().await?;
    Ok(rows)
}

/// The pages as they were before their owner pasted the tag.
fn without_tag(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            without_tag(&entry.path(), &to)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "html") {
            let page = fs::read_to_string(entry.path())?;
            let lines = page.lines().filter(|line| !line.contains("{{WORKER}}/s/"));
            fs::write(to, lines.collect::<Vec<_>>().join("\n"))?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Lighthouse with the one Chromium that it looks with.
struct Lighthouse {
    child: Child,
    asks: ChildStdin,
    tells: Lines<BufReader<ChildStdout>>,
}

impl Lighthouse {
    fn start(folder: &Path) -> Result<Self> {
        let mut child = Command::new("node")
            .arg(folder.join("lighthouse.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("Node.js is missing")?;
        let asks = child.stdin.take().context("nobody to ask")?;
        let tells = BufReader::new(child.stdout.take().context("nobody who tells")?).lines();
        Ok(Self { child, asks, tells })
    }

    /// The scores and times of one run, on a phone as Lighthouse simulates it; no number for a category that was not asked for.
    async fn look(&mut self, address: &str, categories: &[&str]) -> Result<[f64; 9]> {
        let question = format!("{}\n", json!([address, categories]));
        self.asks.write_all(question.as_bytes()).await?;
        let Some(line) = self.tells.next_line().await? else {
            bail!("Lighthouse on {address} ended with {}", self.child.wait().await?);
        };
        let report: Value = serde_json::from_str(&line)?;
        let mut values = [f64::NAN; 9];
        for (value, name) in values.iter_mut().zip(CATEGORIES.iter().chain(&TIMES)) {
            if CATEGORIES.contains(name) && !categories.contains(name) {
                continue;
            }
            let found = report["categories"][name]["score"].as_f64().map(|score| score * 100.0);
            let found = found.or_else(|| report["audits"][name]["numericValue"].as_f64());
            *value = found.with_context(|| format!("Lighthouse says nothing of {name} on {address}"))?;
        }
        let metrics = &report["audits"]["metrics"]["details"]["items"][0];
        values[8] = metrics["observedLargestContentfulPaint"].as_f64().context("Lighthouse saw no largest paint")?;
        Ok(values)
    }

    /// Ends it, and its Chromium.
    async fn end(self) -> Result<()> {
        let Self { mut child, asks, .. } = self;
        drop(asks);
        child.wait().await?;
        Ok(())
    }
}
