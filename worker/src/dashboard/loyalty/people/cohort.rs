//! The table of cohorts: months by months.

use maud::{Markup, html};
use rapport_core::loyalty::people::figures::{Figures, Month};
use rapport_core::loyalty::people::rfm::Basis;
use rapport_core::report::{Estimate, Unit};

use crate::dashboard::format;
use crate::dashboard::page::Frame;

/// The table, and what it says.
pub fn section(frame: &Frame<'_>, figures: &Figures) -> Markup {
    let s = &frame.lang.strings().people;
    let columns = figures.cohorts.iter().map(|month| month.back.len()).max().unwrap_or(0);
    html! {
        section.section aria-labelledby="cohorts" {
            h2 #cohorts { (s.cohorts) }
            @if columns == 0 && figures.cohorts.iter().all(|month| month.members == 0) {
                div.card { p.soft { (s.cohorts_none) } }
            } @else {
                p.soft { @if figures.basis == Basis::Orders { (s.cohorts_orders) } @else { (s.cohorts_days) } " " (s.cohorts_running) }
                div.card.flush {
                    div.scroll tabindex="0" role="group" aria-label=(s.cohorts) {
                        table.cohorts {
                            thead { tr {
                                th scope="col" { (s.month) }
                                th.num scope="col" { (s.count) }
                                @for n in 1..=columns { th.num scope="col" { "+" (n) } }
                            } }
                            tbody { @for month in &figures.cohorts { (row(month, columns)) } }
                        }
                    }
                }
            }
        }
    }
}

fn row(month: &Month, columns: usize) -> Markup {
    html! {
        tr {
            th scope="row" { (month.month) }
            td.num { (format::count(month.members)) }
            @for n in 0..columns {
                @match month.back.get(n) {
                    Some(figure) => (cell(figure, n + 1 == month.back.len())),
                    None => td {},
                }
            }
        }
    }
}

/// Shaded in fifths, so that the eye finds the way; the words say the same.
fn cell(figure: &Estimate, running: bool) -> Markup {
    let (low, high) = format::ends(figure, Unit::Share);
    let shade = match figure.value {
        value if value <= 0.0 => "h0",
        value if value < 0.2 => "h1",
        value if value < 0.4 => "h2",
        value if value < 0.6 => "h3",
        value if value < 0.8 => "h4",
        _ => "h5",
    };
    html! {
        td class={ "num " (shade) } data-running[running] { (format::value(figure, Unit::Share)) small { (low) "–" (high) } }
    }
}
