//! What Rapport costs: bytes and time in the visitor's browser, processor time and KV writes in the Worker.

mod bytes;
mod handwritten;
mod answerable;
mod ingest;
mod many;

pub use bytes::{Bytes, bytes};

use crate::{Product, widgets};
use anyhow::Result;
use std::fmt::Write;

/// Measures all of it, which takes about two minutes, and writes it as tables in Markdown.
pub async fn report() -> Result<String> {
    let product = Product::shared().await?;
    let site = product.site(&[widgets::nps()]).await?;
    let mut text = String::new();

    let Bytes { script, loader, wasm, glue } = bytes(&site).await?;
    let hand = handwritten::publish(product)?;
    writeln!(text, "| bytes, brotli 11 | |\n|---|---|")?;
    writeln!(text, "| until answerable: the script with one live NPS widget | {script} |")?;
    writeln!(text, "| of it the loader | {loader} |")?;
    writeln!(text, "| until alive: WASM + glue, fetched meanwhile | {wasm} + {glue} |")?;
    writeln!(text, "| the same function by hand, JavaScript only | {} |\n", hand.brotli)?;

    writeln!(
        text,
        "| medians of {} runs | line and processor | answerable, ms | alive, ms | layout shift | long tasks, ms |",
        answerable::RUNS
    )?;
    writeln!(text, "|---|---|---|---|---|---|")?;
    for row in answerable::measure(&site, &hand).await? {
        let alive = row.alive.map_or_else(|| "–".to_owned(), |time| format!("{time:.0}"));
        let long = if row.long.is_empty() {
            "none".to_owned()
        } else {
            row.long.iter().map(|time| format!("{time:.0}")).collect::<Vec<_>>().join(", ")
        };
        writeln!(
            text,
            "| {} | {} | {:.0} (quartiles {:.0}–{:.0}) | {alive} | {} | {long} |",
            row.contender, row.line, row.median, row.low, row.high, row.shift
        )?;
    }

    // A site of its own: the clicks above left half-answered forms, which wait a while before they go to KV.
    let cost = ingest::measure(&product.site(&[widgets::nps()]).await?).await?;
    writeln!(text, "\n| the Worker | |\n|---|---|")?;
    writeln!(text, "| processor time per ingest, everything in workerd included | {:.2} ms |", cost.response_ms)?;
    writeln!(text, "| processor time per view beacon | {:.2} ms |", cost.view_ms)?;
    writeln!(text, "| KV writes per response | {} |", cost.response_writes)?;
    writeln!(text, "| KV writes per view | {} |", cost.view_writes)?;
    writeln!(text, "| rows written in the object per response | {:.1} |", cost.response_rows)?;
    writeln!(text, "| rows written in the object per view beacon | {:.1} |", cost.view_rows)?;
    writeln!(text, "\n{}", many(many::RESPONSES).await?)?;
    Ok(text)
}

/// What the owner waits for on a site with so many responses, as a table.
pub async fn many(responses: usize) -> Result<String> {
    let product = Product::start().await?;
    let site = product.site(&[widgets::nps()]).await?;
    many::seed(&site, responses).await?;
    let mut text = String::new();
    writeln!(
        text,
        "| with {responses} responses | ms, median | ms, slowest | rows read | KB, brotli |\n|---|---|---|---|---|"
    )?;
    for row in many::measure(&site).await? {
        writeln!(
            text,
            "| {} | {:.0} | {:.0} | {} | {:.1} |",
            row.what,
            row.median,
            row.slowest,
            row.rows,
            row.bytes as f64 / 1024.0
        )?;
    }
    Ok(text)
}
