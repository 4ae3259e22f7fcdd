//! What goes wrong in the page without anybody noticing: errors, layout shifts, long tasks.

use super::{Browser, Kind};
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

/// What Chromium says of a failed request, and how Firefox puts it.
const SYNONYMS: [(&str, &str); 4] = [
    ("CORS policy", "Cross-Origin Request Blocked"),
    ("Failed to load resource", "Cross-Origin Request Blocked"),
    ("Failed to load resource", "Loading module from"),
    ("Content Security Policy", "Content-Security-Policy"),
];

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
        match self.kind {
            Kind::Chromium => self.devtools("Page.enable", json!({})).await.map(drop)?,
            Kind::Firefox => {}
            // It has no log; this is what can be had of the pages that allow it.
            Kind::Webkit => {
                self.before_page("addEventListener('error', (event) => window.__watch?.errors.push(event.message));")
                    .await?
            }
        }
        self.before_page(OBSERVER).await
    }

    /// Errors whose text contains `part` are part of this test.
    pub fn expect_complaint(&self, part: &str) {
        let others = SYNONYMS.iter().filter(|(ours, _)| *ours == part).map(|(_, theirs)| (*theirs).to_owned());
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.expected.push(part.to_owned());
        watch.expected.extend(others);
    }

    /// Layout shifts and long tasks of the page that is open.
    pub async fn feel(&self) -> Result<Feel> {
        self.script("return window.__watch;", &[]).await
    }

    /// Everything that the console complained about so far and no test expects.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let severe = match self.kind {
            Kind::Chromium => {
                let entries = self.driver.browser_log().await?;
                entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect()
            }
            Kind::Firefox => match &self.bidi {
                Some(bidi) => bidi.errors().await?,
                None => Vec::new(),
            },
            Kind::Webkit => Vec::new(),
        };
        let feel: Option<Feel> = self.script("return window.__watch ?? null;", &[]).await.unwrap_or_default();
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.complaints.extend(severe);
        let rejections = feel.unwrap_or_default().errors;
        let all = watch.complaints.iter().chain(&rejections);
        // A page without an icon is no defect of anybody, and what Chromium's own first tab says when it is left is Chromium's.
        let ours = |text: &String| !text.contains("favicon.ico") && !text.starts_with("chrome://");
        let expected = |text: &String| !ours(text) || watch.expected.iter().any(|part| text.contains(part));
        Ok(all.filter(|text| !expected(text)).cloned().collect())
    }

    /// Fails if there are complaints.
    pub async fn assert_quiet(&self) -> Result<()> {
        let complaints = self.complaints().await?;
        if complaints.is_empty() { Ok(()) } else { bail!("the page complained:\n{}", complaints.join("\n")) }
    }
}
