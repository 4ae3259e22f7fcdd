//! From the tag to the first control that takes a click.

use super::handwritten::Handwritten;
use crate::browser::Line;
use crate::{Browser, Page, Site, wait_for};
use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

/// Runs of each contender on each line.
pub const RUNS: usize = 15;

/// Looks for the nine, and notes when a click on it chose it: it has a place on the page, nothing covers it, and it reacts.
const PROBE: &str = "
const find = (root) => {
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) {
    const inner = element.shadowRoot.querySelector(\"input[value='9']\") ?? find(element.shadowRoot);
    if (inner) return inner;
  }
};
const look = () => {
  const nine = document.body && find(document);
  const box = nine?.closest('label').getBoundingClientRect();
  if (box?.width) {
    let top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    while (top?.shadowRoot) top = top.shadowRoot.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (top && nine.closest('label').contains(top)) top.click();
    if (nine.checked) { window.__answerable = performance.now() - window.begun; return live(nine.form); }
  }
  setTimeout(look, 2);
};
const live = (form) => {
  if (form.classList.contains('live')) window.__alive = performance.now() - window.begun;
  else setTimeout(() => live(form), 2);
};
look();";

/// One contender on one line.
pub struct Row {
    pub contender: &'static str,
    pub line: &'static str,
    pub median: f64,
    /// Quartiles.
    pub low: f64,
    pub high: f64,
    /// Until the module runs, where there is one.
    pub alive: Option<f64>,
    /// The greatest of all runs.
    pub shift: f64,
    /// Of all runs.
    pub long: Vec<f64>,
}

#[derive(Deserialize)]
struct Run {
    answerable: f64,
    alive: Option<f64>,
}

/// Both contenders on both lines, taking turns so that whatever else the machine does hits both.
pub async fn measure(site: &Site<'_>, hand: &Handwritten) -> Result<Vec<Row>> {
    let page = Page::new(&format!(
        "<script>window.begun = performance.now()</script>{}
         <p>Words.</p><div style=\"min-height: 260px\"><rapport-widget name=nps></rapport-widget></div><p>More words.</p>",
        site.tag()
    ));
    let contenders = [("Rapport", site.page_at("/measure", page)), ("by hand", hand.page.clone())];
    let lines = [("plain", Line::Fast, 1.0), ("slow 4G, 4× slower processor", Line::Slow4g, 4.0)];
    let browser = Browser::start(&[]).await?;
    browser.before_page(PROBE).await?;
    let mut rows = Vec::new();
    for (name, line, slowness) in lines {
        let mut runs = [Vec::new(), Vec::new()];
        let mut feels = [Vec::new(), Vec::new()];
        // The first round warms up and does not count.
        for round in 0..=RUNS {
            for (index, (contender, address)) in contenders.iter().enumerate() {
                browser.line(Line::Fast).await?;
                browser.open("about:blank").await?;
                browser.devtools("Network.clearBrowserCache", json!({})).await?;
                browser.line(line).await?;
                browser.slow_processor(slowness).await?;
                browser.open(address).await?;
                let run = wait_for("an answerable control", async || {
                    let wanted = if *contender == "Rapport" { "__alive" } else { "__answerable" };
                    let body = format!("return window.{wanted} ? {{ answerable: window.__answerable, alive: window.__alive ?? null }} : null;");
                    browser.script::<Option<Run>>(&body, &[]).await
                })
                .await?;
                let feel = browser.feel().await?;
                if round > 0 {
                    runs[index].push(run);
                    feels[index].push(feel);
                }
            }
        }
        for (index, (contender, _)) in contenders.iter().enumerate() {
            let mut times: Vec<f64> = runs[index].iter().map(|run| run.answerable).collect();
            let mut alive: Vec<f64> = runs[index].iter().filter_map(|run| run.alive).collect();
            times.sort_by(f64::total_cmp);
            alive.sort_by(f64::total_cmp);
            rows.push(Row {
                contender,
                line: name,
                median: times[RUNS / 2],
                low: times[RUNS / 4],
                high: times[RUNS * 3 / 4],
                alive: alive.get(RUNS / 2).copied(),
                shift: feels[index].iter().map(|feel| feel.shift).fold(0.0, f64::max),
                long: feels[index].iter().flat_map(|feel| feel.long.clone()).collect(),
            });
        }
    }
    browser.close().await?;
    Ok(rows)
}
