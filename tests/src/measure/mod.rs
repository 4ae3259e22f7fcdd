//! What Rapport costs: bytes and time in the visitor's browser, processor time and KV writes in the Worker.

mod bytes;
mod contender;
mod answerable;
mod work;
mod lighthouse;
mod ingest;
mod many;
mod fill;
mod busy;
mod load;
mod beside;
mod scale;
mod parts;

pub use busy::table as busy;
pub use bytes::{Bytes, bytes, compressed};
pub use parts::all;
pub use scale::{Lived, alone as scale, lived};

use crate::{Product, widgets};
use anyhow::{Context, Result};
use std::fmt::Write;

/// A line that tells whether something was reached.
fn goal(what: &str, met: bool) -> String {
    format!("- Goal: {what}: {}\n", if met { "met" } else { "**missed**" })
}

/// What an answer, a view and a script cost, and with that what a month of many sites does.
pub async fn worker() -> Result<String> {
    let product = Product::shared().await?;
    let cost = ingest::measure(&product.site(&[widgets::nps()]).await?).await?;
    let mut text = String::new();
    writeln!(text, "## The Worker\n\n| for each | |\n|---|---|")?;
    writeln!(text, "| processor time per ingest, everything in workerd included | {:.2} ms |", cost.response_ms)?;
    writeln!(text, "| processor time per view beacon | {:.2} ms |", cost.view_ms)?;
    writeln!(text, "| processor time per script, from the isolate's memory | {:.2} ms |", cost.script_ms)?;
    writeln!(text, "| KV writes per response | {} |", cost.response_writes)?;
    writeln!(text, "| KV writes per view | {} |", cost.view_writes)?;
    writeln!(text, "| rows written in the object per response | {:.1} |", cost.response_rows)?;
    writeln!(text, "| rows written in the object per view beacon | {:.1} |", cost.view_rows)?;
    writeln!(text)?;
    text += &scale::report(&cost).await?;
    Ok(text)
}

/// What the owner waits for, on a site with few responses and on one with very many.
pub async fn owner() -> Result<String> {
    let sizes = many::sizes().await?;
    let mut text = format!("## What the owner waits for\n\n{}\n", many::MEANING);
    let each =
        |heading: &str| sizes.iter().map(|size| format!(" {heading} with {} |", size.responses)).collect::<String>();
    writeln!(text, "| medians of {} |{}{} slowest, ms | KB, brotli |", many::RUNS, each("ms"), each("rows read"))?;
    writeln!(text, "|---|{}---|---|", "---|".repeat(2 * sizes.len()))?;
    let most = sizes.last().context("no sizes")?;
    for (at, last) in most.rows.iter().enumerate() {
        let rows = || sizes.iter().filter_map(move |size| size.rows.get(at));
        let times: String = rows().map(|row| format!(" {:.0} |", row.median)).collect();
        let read: String = rows().map(|row| format!(" {} |", row.rows)).collect();
        writeln!(text, "| {} |{times}{read} {:.0} | {:.1} |", last.what, last.slowest, last.bytes as f64 / 1024.0)?;
    }
    text += "\n";
    text += &goal("every page within 300 ms, however many there are", most.rows.iter().all(|row| row.median < 300.0));
    let flat = |at: usize| sizes.iter().all(|size| size.rows[at].rows < sizes[0].rows[at].rows * 6 / 5);
    text += &goal("overview and inbox look at no more rows", (0..3).all(flat));
    Ok(text)
}

/// The Worker beside the same service in TypeScript; with `quick` a few requests only, with the beginning of a name only
/// that request.
pub async fn service(quick: bool, only: &str) -> Result<String> {
    Ok(format!(
        "## The Worker beside the same service in TypeScript\n\n{}\n{}",
        beside::table(quick, only).await?,
        beside::WORDS
    ))
}

/// The widget beside the field's: bytes, times and work, as tables.
pub async fn widgets() -> Result<String> {
    let product = Product::shared().await?;
    let site = product.site(&[widgets::nps()]).await?;
    let mut text = String::new();

    let Bytes { script, loader, wasm, glue } = bytes(&site).await?;
    let mut contenders = contender::publish(&site).await?;
    writeln!(text, "## A score can be given\n")?;
    writeln!(text, "Until a score can be given, everything that has to be fetched for it; KB are 1,024 bytes.\n")?;
    writeln!(text, "| contender | bytes, brotli 11 | × Rapport |\n|---|---|---|")?;
    for one in &contenders {
        writeln!(text, "| {} | {} | {:.1} |", one.name, one.brotli, one.brotli as f64 / script as f64)?;
    }
    writeln!(
        text,
        "\nOf Rapport's bytes {loader} are the loader; meanwhile it fetches {wasm} + {glue}: WASM and glue, that is"
    )?;
    writeln!(text, "targeting, branching, validation and every kind of question.\n")?;
    writeln!(
        text,
        "| medians of {} runs, taking turns | line and processor | answerable, ms | × Rapport | alive, ms | fully interactive, ms | layout shift | long tasks, ms | heap, KB |",
        answerable::RUNS
    )?;
    writeln!(text, "|---|---|---|---|---|---|---|---|---|")?;
    let times = answerable::measure(&contenders).await?;
    for row in &times {
        let ours = times.iter().find(|ours| ours.line == row.line).map_or(row.median, |ours| ours.median);
        let alive = row.alive.map_or_else(|| "–".to_owned(), |time| format!("{time:.0}"));
        writeln!(
            text,
            "| {} | {} | {:.0} (quartiles {:.0}–{:.0}) | {:.2} | {alive} | {:.0} | {:.3} | {:.0} | {:.0} |",
            row.contender,
            row.line,
            row.median,
            row.low,
            row.high,
            row.median / ours,
            row.interactive,
            row.shift,
            row.long,
            row.heap
        )?;
    }

    writeln!(
        text,
        "\nAlive is when the module runs that branches, validates and keeps. Fully interactive is when that is there and the last"
    )?;
    writeln!(
        text,
        "task of more than 50 ms is over, looked at until nothing was fetched or busy for half a second.\n"
    )?;
    writeln!(
        text,
        "| the main thread until then, processor {}× slower | scripts, ms | × Rapport | all tasks, ms | × Rapport |\n|---|---|---|---|---|",
        work::SLOWNESS
    )?;
    contenders.push(contender::alone(site.product()));
    let rows = work::measure(&contenders).await?;
    for (one, row) in contenders.iter().zip(&rows) {
        let ours = rows.first().unwrap_or(row);
        let (script, task) = (row.script / ours.script, row.task / ours.task);
        writeln!(text, "| {} | {:.0} | {script:.2} | {:.0} | {task:.2} |", one.name, row.script, row.task)?;
    }
    text += "\n";
    // The first one is ours, the second one is by hand, and the last is the page alone.
    let products = 2..contenders.len() - 1;
    text += &goal("fewer bytes than every product", contenders[products.clone()].iter().all(|one| one.brotli > script));
    let times = |line: &str| times.iter().filter(move |row| row.line == line).map(|row| row.median).collect::<Vec<_>>();
    for line in answerable::LINES.map(|(line, ..)| line) {
        let times = times(line);
        text +=
            &goal(&format!("answerable before every product, {line}"), times[2..].iter().all(|time| *time > times[0]));
        text += &goal(&format!("answerable at most a tenth after the one by hand, {line}"), times[0] <= 1.1 * times[1]);
    }
    let busier = rows[products].iter().all(|row| row.task > rows[0].task);
    text += &goal("a main thread less busy than with every product", busier);
    Ok(text)
}

/// Lighthouse's judgement on the demo's pages, as a table.
pub async fn pages() -> Result<String> {
    let mut text =
        "## Lighthouse on the demo's pages\n\nOn its simulated phone, medians of three runs. Seen is the largest paint here, before the simulation.\n\n"
            .to_owned();
    text += "| page | tag | performance | accessibility | best practices | SEO | first paint, ms | largest, ms | blocked, ms | shift | seen, ms |\n";
    text += "|---|---|---|---|---|---|---|---|---|---|---|\n";
    let rows = lighthouse::measure().await?;
    for lighthouse::Row { page, tag, scores, times, seen } in &rows {
        let [performance, accessibility, practices, seo] = scores;
        let [first, largest, blocked, shift] = times;
        let tag = if *tag { "with" } else { "without" };
        writeln!(
            text,
            "| {page} | {tag} | {performance:.0} | {accessibility:.0} | {practices:.0} | {seo:.0} | {first:.0} | {largest:.0} | {blocked:.0} | {shift:.3} | {seen:.0} |"
        )?;
    }
    let unchanged =
        rows.chunks(2).all(|both| both[1].scores.iter().zip(both[0].scores).all(|(with, without)| *with >= without));
    text += "\n";
    text += &goal("no score falls with the tag", unchanged);
    Ok(text)
}

/// What the owner waits for on a site with so many responses, as a table.
pub async fn many(responses: usize) -> Result<String> {
    let mut product = Product::start().await?;
    let site = many::filled(&product, responses).await?;
    let mut text = String::new();
    writeln!(
        text,
        "| with {responses} responses | ms, median | ms, slowest | rows read | KB, brotli |\n|---|---|---|---|---|"
    )?;
    for row in many::measure(&mut product, &site).await? {
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
