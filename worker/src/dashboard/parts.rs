//! Small pictures: intervals, bars, trends, signs. All are SVG with attributes only, because the pages' policy allows
//! no inline styles, and all say in words elsewhere what they show.

use maud::{Markup, html};
use rapport_core::report::{Estimate, Figure, Sample, Unit};

/// The interval as a bar on the whole scale, the value as a tick on it, and the period before as an outline.
pub fn whisker(unit: Unit, now: &Estimate, before: Option<&Estimate>) -> Markup {
    let at = |value: f64| number(along(value, unit) * 1_000.0);
    html! {
        svg.whisker viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" {
            line.track x1="0" x2="1000" y1="6" y2="6" {}
            @if unit == Unit::Score { line.zero x1="500" x2="500" y1="1" y2="11" {} }
            line.interval x1=(at(now.low)) x2=(at(now.high)) y1="6" y2="6" {}
            @if let Some(before) = before { line.was x1=(at(before.value)) x2=(at(before.value)) y1="0" y2="12" {} }
            line.at x1=(at(now.value)) x2=(at(now.value)) y1="0" y2="12" {}
        }
    }
}

/// A share as a bar, with its interval as a line at the bar's end.
pub fn bar(sample: &Sample) -> Markup {
    let estimate = sample.estimate();
    let at = |value: f64| number(value * 1_000.0);
    html! {
        svg.bar viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true" {
            rect.track width="1000" height="18" {}
            @if let Some(estimate) = estimate {
                rect.fill width=(at(estimate.value)) height="18" {}
                line.reach x1=(at(estimate.low)) x2=(at(estimate.high)) y1="9" y2="9" {}
            }
        }
    }
}

/// Parts of a whole side by side; each class colours its part.
pub fn split(parts: &[(&str, u64)]) -> Markup {
    let whole = parts.iter().map(|(_, count)| count).sum::<u64>().max(1) as f64;
    let placed = parts.iter().scan(0.0, |from, (class, count)| {
        let (start, width) = (*from, *count as f64 / whole * 1_000.0);
        *from += width;
        Some((*class, start, width))
    });
    html! {
        svg.split viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            @for (class, start, width) in placed {
                g class=(class) { rect.fill x=(number(start)) width=(number(width)) height="10" {} }
            }
        }
    }
}

/// From where to where the trend of a figure is drawn: all its values, and the intervals of all points but those with
/// far less data than the best, as today has in the morning. They would press the others flat.
pub fn reach(figure: &Figure) -> (f64, f64) {
    let most = figure.trend.iter().map(|point| point.sample.of()).max().unwrap_or(0);
    let points = figure.trend.iter().filter_map(|point| Some((point.sample.of(), point.sample.estimate()?)));
    let ends = points.map(|(of, at)| if of * 4 >= most { (at.low, at.high) } else { (at.value, at.value) });
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at.0), high.max(at.1)));
    (low, if high > low { high } else { low + 0.01 })
}

/// The trend of a figure, as it is before the script draws its own from the table below it.
pub fn trend(figure: &Figure, low: f64, high: f64) -> Markup {
    let estimates: Vec<Option<Estimate>> = figure.trend.iter().map(|point| point.sample.estimate()).collect();
    let y = |value: f64| number((high - value.clamp(low, high)) / (high - low) * 100.0);
    html! {
        svg viewBox={ "0 0 " (estimates.len().saturating_sub(1).max(1) * 10) " 100" } preserveAspectRatio="none" aria-hidden="true" {
            @for run in runs(&estimates) {
                @let upper = run.iter().map(|(x, e)| format!("{},{}", x * 10, y(e.high)));
                @let lower = run.iter().rev().map(|(x, e)| format!("{},{}", x * 10, y(e.low)));
                polygon.area points=(upper.chain(lower).collect::<Vec<_>>().join(" ")) {}
                // A line to itself has round ends, so that a lone point shows as a dot.
                @let line = run.iter().chain(run.last()).map(|(x, e)| format!("{},{}", x * 10, y(e.value)));
                polyline.line points=(line.collect::<Vec<_>>().join(" ")) {}
            }
        }
    }
}

/// Counts over time as columns.
pub fn columns(counts: &[u64]) -> Markup {
    let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    html! {
        svg viewBox={ "0 0 " (counts.len().max(1) * 10) " 100" } preserveAspectRatio="none" aria-hidden="true" {
            @for (index, count) in counts.iter().enumerate() {
                @let height = *count as f64 / most * 100.0;
                rect.bars x=(index * 10 + 1) width="8" y=(number(100.0 - height)) height=(number(height)) {}
            }
        }
    }
}

/// A sign of 16 by 16 pixels.
pub fn sign(path: &str) -> Markup {
    html! {
        svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
            path d=(path) {}
        }
    }
}

/// Paths for [`sign`].
pub mod signs {
    pub const UP: &str = "M8 13V3M4 7l4-4 4 4";
    pub const DOWN: &str = "M8 3v10M4 9l4 4 4-4";
    pub const LEVEL: &str = "M3 6h10M3 10h10";
    pub const WAIT: &str = "M4 2h8M4 14h8M5 2c0 3 3 4 3 6s-3 3-3 6M11 2c0 3-3 4-3 6s3 3 3 6";
    pub const CROSS: &str = "M4 4l8 8M12 4l-8 8";
    pub const FINE: &str = "M3 8.5 6.5 12 13 4.5";
    pub const NEXT: &str = "M3 8h10M9 4l4 4-4 4";
    pub const INBOX: &str = "M2 9.5h3.5L7 11.5h2l1.5-2H14M2 9.5V13h12V9.5L12 3H4L2 9.5Z";
    pub const CHART: &str = "M2 14h12M4 11V8M8 11V3M12 11V6";
}

/// The product's mark.
pub fn mark() -> Markup {
    html! {
        svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true" {
            path d="M4 3h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z" fill="currentColor" {}
            path.cut d="M7 11V9M11 11V6.5M15 11V8" stroke-width="1.8" stroke-linecap="round" {}
        }
    }
}

/// Where a value lies on its whole scale, from 0 to 1.
fn along(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Share => value.clamp(0.0, 1.0),
        Unit::Score => ((value + 100.0) / 200.0).clamp(0.0, 1.0),
    }
}

/// Short: pictures need no more than a decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Unbroken stretches of points with data.
fn runs(estimates: &[Option<Estimate>]) -> Vec<Vec<(usize, Estimate)>> {
    let mut runs: Vec<Vec<(usize, Estimate)>> = Vec::new();
    let mut open = false;
    for (x, estimate) in estimates.iter().enumerate() {
        match (estimate, runs.last_mut()) {
            (Some(estimate), Some(run)) if open => run.push((x, *estimate)),
            (Some(estimate), _) => runs.push(vec![(x, *estimate)]),
            (None, _) => {}
        }
        open = estimate.is_some();
    }
    runs
}
