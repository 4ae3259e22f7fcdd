//! What goes wrong in the page without anybody noticing: errors, layout shifts, long tasks.

use super::Browser;
use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;
use std::sync::PoisonError;

/// Counts what the browser reports, from before the page's first script.
const OBSERVER: &str = "
if (!window.__watch) {
  const seen = { shift: 0, shifts: [], long: [], errors: [] };
  Object.defineProperty(window, '__watch', { value: seen });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    seen.shift += entry.value;
    seen.shifts.push(entry.sources.map((source) => source.node?.localName ?? source.node?.nodeName ?? '?').join());
  } }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.long.push(entry.duration); })
    .observe({ type: 'longtask', buffered: true });
  addEventListener('unhandledrejection', (event) => seen.errors.push('unhandled rejection: ' + String(event.reason?.stack ?? event.reason)));
}";

/// Complaints so far, and those that the test expects.
#[derive(Default)]
pub(super) struct Watch {
    complaints: Vec<String>,
    expected: Vec<String>,
}

/// What the page felt like, as the browser measured it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Feel {
    /// Cumulative layout shift without recent input.
    pub shift: f64,
    /// What moved, once per shift.
    pub shifts: Vec<String>,
    /// Tasks over 50 ms, in milliseconds.
    pub long: Vec<f64>,
    errors: Vec<String>,
}

impl Browser {
    pub(super) async fn observe_page(&self) -> Result<()> {
        self.devtools("Page.enable", json!({})).await?;
        self.before_page(OBSERVER).await
    }

    /// Errors whose text contains `part` are part of this test.
    pub fn expect_complaint(&self, part: &str) {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner).expected.push(part.to_owned());
    }

    /// Layout shifts and long tasks of the page that is open.
    pub async fn feel(&self) -> Result<Feel> {
        self.script("return window.__watch;", &[]).await
    }

    /// Everything that the console complained about so far and no test expects.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let feel: Option<Feel> = self.script("return window.__watch ?? null;", &[]).await.unwrap_or_default();
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in entries {
            if entry.level == "SEVERE" {
                watch.complaints.push(entry.message);
            }
        }
        let rejections = feel.unwrap_or_default().errors;
        let all = watch.complaints.iter().chain(&rejections);
        // A page without an icon is no defect of anybody.
        let expected =
            |text: &String| text.contains("favicon.ico") || watch.expected.iter().any(|part| text.contains(part));
        Ok(all.filter(|text| !expected(text)).cloned().collect())
    }

    /// Fails if there are complaints.
    pub async fn assert_quiet(&self) -> Result<()> {
        let complaints = self.complaints().await?;
        if complaints.is_empty() { Ok(()) } else { bail!("the page complained:\n{}", complaints.join("\n")) }
    }
}
