//! From the tag to the first control that takes a click.

use super::contender::Contender;
use crate::browser::Line;
use crate::{Browser, wait_for};
use anyhow::Result;
use serde::Deserialize;
use serde_json::json;
use std::time::Instant;

/// Runs of each contender on each line.
pub const RUNS: usize = 15;

/// Looks for the page's control, and notes when a click on it took: it has a place on the page, nothing covers it, and it
/// reacts by being checked, by another look, or by taking the focus.
const PROBE: &str = "
const find = (root) => {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(window.control)) return element;
    const inner = element.shadowRoot && find(element.shadowRoot);
    if (inner) return inner;
  }
};
const looks = new WeakMap();
const look = () => {
  const control = document.body && window.control && find(document);
  const target = control?.closest('label') ?? control;
  const box = target?.getBoundingClientRect();
  if (box?.width) {
    const at = [box.left + box.width / 2, box.top + box.height / 2];
    let top = document.elementFromPoint(...at);
    while (top?.shadowRoot) top = top.shadowRoot.elementFromPoint(...at);
    if (top && target.contains(top)) {
      if (!looks.has(control)) looks.set(control, control.className);
      if (control.matches('textarea')) control.focus();
      else top.click();
    }
    const focused = control.matches('textarea') && control.getRootNode().activeElement == control;
    if (control.checked || focused || (looks.has(control) && looks.get(control) != control.className)) {
      window.__answerable = performance.now() - window.begun;
      return live(control.form);
    }
  }
  setTimeout(look, 2);
};
const live = (form) => {
  if (form?.classList.contains('live')) window.__alive = performance.now() - window.begun;
  else setTimeout(() => live(form), 2);
};
new PerformanceObserver((list) => { for (const task of list.getEntries()) {
  window.__busy = Math.max(window.__busy ?? 0, task.startTime + task.duration - window.begun);
} }).observe({ type: 'longtask' });
look();";

/// Null until everything is there and nothing has been fetched or busy for half a second.
const AT_REST: &str = "
const first = window.__answerable;
const alive = arguments[0] ? window.__alive : first;
if (!alive) return null;
const interactive = Math.max(first, alive, window.__busy ?? 0);
const fetched = performance.getEntriesByType('resource').map((entry) => entry.responseEnd - window.begun);
if (performance.now() - window.begun - Math.max(interactive, ...fetched) < 500) return null;
return { answerable: first, alive: window.__alive ?? null, interactive, heap: performance.memory.usedJSHeapSize / 1024 };";

/// The lines that are tried: a name, the network, and how many times slower the processor is.
pub const LINES: [(&str, Line, f64); 2] =
    [("plain", Line::Fast, 1.0), ("slow 4G, 4× slower processor", Line::Slow4g, 4.0)];

/// One contender on one line.
pub struct Row {
    pub contender: String,
    pub line: &'static str,
    pub median: f64,
    /// Quartiles.
    pub low: f64,
    pub high: f64,
    /// Until the module runs, where there is one.
    pub alive: Option<f64>,
    /// Until all of that is there and the last long task is over.
    pub interactive: f64,
    /// The greatest of all runs.
    pub shift: f64,
    /// Milliseconds of long tasks in one run, the median.
    pub long: f64,
    /// KB of JavaScript's heap, the median.
    pub heap: f64,
}

#[derive(Deserialize)]
struct Run {
    answerable: f64,
    alive: Option<f64>,
    interactive: f64,
    heap: f64,
}

/// All contenders on both lines, taking turns so that whatever else the machine does hits all.
pub async fn measure(contenders: &[Contender]) -> Result<Vec<Row>> {
    let browser = Browser::start(&["--enable-precise-memory-info"]).await?;
    browser.before_page(PROBE).await?;
    let mut rows = Vec::new();
    for (name, line, slowness) in LINES {
        let begun = Instant::now();
        let mut runs: Vec<Vec<(Run, f64, f64)>> = contenders.iter().map(|_| Vec::new()).collect();
        // The first round warms up and does not count.
        for round in 0..=RUNS {
            for (contender, runs) in contenders.iter().zip(&mut runs) {
                browser.line(Line::Fast).await?;
                browser.open("about:blank").await?;
                first_visit(&browser, contender).await?;
                browser.line(line).await?;
                browser.slow_processor(slowness).await?;
                browser.open(&contender.page).await?;
                let what = format!("{} to be answerable", contender.name);
                let alive = [json!(contender.alive)];
                let run = wait_for(&what, async || browser.script::<Option<Run>>(AT_REST, &alive).await).await?;
                let feel = browser.feel().await?;
                if round > 0 {
                    runs.push((run, feel.shift, feel.long.iter().fold(0.0, |sum, task| sum + task)));
                }
            }
        }
        eprintln!("✓ {name}: {} contenders, {RUNS} runs each ({} s)", contenders.len(), begun.elapsed().as_secs());
        for (contender, runs) in contenders.iter().zip(&runs) {
            let times = sorted(runs.iter().map(|(run, ..)| run.answerable));
            rows.push(Row {
                contender: contender.name.clone(),
                line: name,
                median: times[RUNS / 2],
                low: times[RUNS / 4],
                high: times[RUNS * 3 / 4],
                alive: sorted(runs.iter().filter_map(|(run, ..)| run.alive)).get(RUNS / 2).copied(),
                interactive: sorted(runs.iter().map(|(run, ..)| run.interactive))[RUNS / 2],
                shift: runs.iter().map(|(_, shift, _)| *shift).fold(0.0, f64::max),
                long: sorted(runs.iter().map(|(.., long)| *long))[RUNS / 2],
                heap: sorted(runs.iter().map(|(run, ..)| run.heap))[RUNS / 2],
            });
        }
    }
    browser.close().await?;
    Ok(rows)
}

/// Nothing is left of the last visit.
pub(super) async fn first_visit(browser: &Browser, contender: &Contender) -> Result<()> {
    browser.devtools("Network.clearBrowserCache", json!({})).await?;
    let origin = contender.page.split("/measure").next().unwrap_or_default();
    browser.devtools("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })).await?;
    Ok(())
}

pub(super) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}
