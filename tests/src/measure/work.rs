//! How long a page's main thread is busy for a widget, by the browser's own counters. In runs of their own, as the probe that
//! looks for the first answerable control is busy itself.

use super::answerable::{RUNS, first_visit, sorted};
use super::contender::Contender;
use crate::{Browser, wait_for};
use anyhow::{Context, Result};
use serde_json::json;
use std::time::Instant;

/// Medians for one contender, in milliseconds at four times slower.
pub struct Row {
    pub script: f64,
    /// Scripts, styles, layout, painting and everything else of the main thread.
    pub task: f64,
}

/// How many times slower the processor is.
pub const SLOWNESS: f64 = 4.0;

/// There and at rest: null until nothing has been fetched for half a second.
const AT_REST: &str = "
const [control, module] = arguments;
const find = (root) => {
  for (const element of root.querySelectorAll('*')) {
    const found = element.matches(control) ? element : element.shadowRoot && find(element.shadowRoot);
    if (found) return found;
  }
};
const found = find(document);
if (!found || (module && !found.form.classList.contains('live'))) return null;
const fetched = performance.getEntriesByType('resource').map((entry) => entry.responseEnd);
return performance.now() - Math.max(0, ...fetched) < 500 ? null : true;";

/// All contenders, taking turns.
pub async fn measure(contenders: &[Contender]) -> Result<Vec<Row>> {
    let begun = Instant::now();
    let browser = Browser::start(&[]).await?;
    browser.devtools("Performance.enable", json!({})).await?;
    let mut runs: Vec<Vec<(f64, f64)>> = contenders.iter().map(|_| Vec::new()).collect();
    // The first round warms up and does not count.
    for round in 0..=RUNS {
        for (contender, runs) in contenders.iter().zip(&mut runs) {
            // Of the same origin: counters are a process's own.
            let empty =
                contender.page.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/empty"));
            browser.open(&empty).await?;
            first_visit(&browser, contender).await?;
            browser.slow_processor(SLOWNESS).await?;
            let before = counters(&browser).await?;
            browser.open(&contender.page).await?;
            let arguments = [json!(contender.control), json!(contender.alive)];
            let what = format!("{} to be at rest", contender.name);
            wait_for(&what, async || browser.script::<Option<bool>>(AT_REST, &arguments).await).await?;
            let after = counters(&browser).await?;
            browser.slow_processor(1.0).await?;
            if round > 0 {
                // A process of its own has counted from nothing.
                let before = if after.1 < before.1 { (0.0, 0.0) } else { before };
                runs.push((after.0 - before.0, after.1 - before.1));
            }
        }
    }
    browser.close().await?;
    eprintln!("✓ main thread: {} contenders, {RUNS} runs each ({} s)", contenders.len(), begun.elapsed().as_secs());
    let rows = runs.iter().map(|runs| Row {
        script: sorted(runs.iter().map(|(script, _)| *script))[RUNS / 2],
        task: sorted(runs.iter().map(|(_, task)| *task))[RUNS / 2],
    });
    Ok(rows.collect())
}

/// Milliseconds of scripts and of all tasks, so far.
async fn counters(browser: &Browser) -> Result<(f64, f64)> {
    let told = browser.devtools("Performance.getMetrics", json!({})).await?;
    let all = told["metrics"].as_array().context("no metrics")?;
    let of = |name: &str| -> Result<f64> {
        let one = all.iter().find(|one| one["name"] == name).with_context(|| format!("no {name}"))?;
        Ok(one["value"].as_f64().context("a number")? * 1000.0)
    };
    Ok((of("ScriptDuration")?, of("TaskDuration")?))
}
