//! What the deployment uses of the free plan, and what happens when that is not enough.

use maud::{Markup, html};
use rapport_core::model::site::Site;
use rapport_core::usage::{Level, Meter, Outlook};

use crate::dashboard::layout::{self, Section};
use crate::dashboard::page::Frame;
use crate::dashboard::{format, parts};
use crate::owner::usage::Usage;

/// The page.
pub fn page(frame: &Frame<'_>, site: &Site, usage: &Usage) -> Markup {
    let s = &frame.lang.strings().usage;
    let all = usage.outlooks(frame.now);
    let share = |outlook: &Outlook| outlook.by_midnight as f64 / outlook.meter.quota() as f64;
    let first = all.iter().max_by(|one, other| share(one).total_cmp(&share(other)));
    let worst = all.iter().map(|outlook| outlook.level).max().unwrap_or(Level::Calm);
    let body = html! {
        @match worst {
            Level::Calm => p.notice.good { (s.calm) },
            Level::Near => p.notice role="status" { (s.near) },
            Level::Spent => p.notice.bad role="alert" { (s.spent) },
        }
        section.section aria-labelledby="meters" {
            header { h2 #meters { (s.title) } p.small.soft { (s.reset) } }
            div.grid {
                @for outlook in &all { (card(frame, usage, outlook)) }
            }
            p.small.soft { (s.counted) }
            @if usage.left_out > 0 { p.small.soft { ((s.left_out)(usage.left_out)) } }
        }
        section.section aria-labelledby="first" {
            h2 #first { (s.first) }
            div.card.stack {
                @if let Some(first) = first.filter(|first| first.by_midnight > 0) {
                    p { ((s.first_words)(name(frame, first.meter), &format::percent(share(first)))) }
                }
                dl.pairs {
                    @for meter in Meter::ALL {
                        @let words = fate(frame, meter);
                        @if !words.is_empty() { div { dt { b { (name(frame, meter)) } } dd.soft { (words) } } }
                    }
                }
                p { b { (s.never_lost) } }
            }
        }
    };
    layout::settings(frame, site, Section::Usage, &body)
}

/// One line where something comes near to what is free, for pages that are about something else.
pub fn warning(frame: &Frame<'_>, site: &Site, nearest: Option<&Outlook>) -> Markup {
    let s = &frame.lang.strings().usage;
    html! {
        @if let Some(outlook) = nearest {
            @let most = outlook.today.max(outlook.by_midnight).max(outlook.in_a_month);
            @let share = format::percent(most as f64 / outlook.meter.quota() as f64);
            p class=(if outlook.level == Level::Spent { "notice bad" } else { "notice" }) {
                @match outlook.level {
                    Level::Spent => ((s.warn_spent)(name(frame, outlook.meter))),
                    _ => ((s.warn_near)(name(frame, outlook.meter), &share)),
                }
                " " a href=(layout::section_path(site, Section::Usage)) { (s.warn_more) }
            }
        }
    }
}

fn card(frame: &Frame<'_>, usage: &Usage, outlook: &Outlook) -> Markup {
    let s = &frame.lang.strings().usage;
    let quota = outlook.meter.quota();
    let (class, word) = match outlook.level {
        Level::Calm => ("chip good", s.level_calm),
        Level::Near => ("chip mild", s.level_near),
        Level::Spent => ("chip bad", s.level_spent),
    };
    let fill = outlook.today.min(quota);
    let rest = outlook.by_midnight.min(quota).saturating_sub(fill);
    let days: Vec<u64> = usage.days.iter().map(|(_, counts)| counts.of(outlook.meter)).collect();
    let title = name(frame, outlook.meter);
    html! {
        div.card.figure {
            header { h3 { (title) } span class=(class) { (word) } }
            p.value { (format::count(outlook.today)) small { ((s.of)(&format::count(quota))) } }
            svg.split viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                rect.track width="1000" height="10" {}
                rect.used width=(fill.saturating_mul(1_000) / quota) height="10" {}
                rect.coming x=(fill.saturating_mul(1_000) / quota) width=(rest.saturating_mul(1_000) / quota) height="10" {}
            }
            p.words { ((s.forecast)(&format::count(outlook.by_midnight), &format::count(outlook.in_a_month))) }
            @if usage.days.len() > 1 {
                details.numbers {
                    summary { ((s.days)(days.len())) }
                    div.chart.still { (parts::columns(&days)) }
                    div.scroll tabindex="0" role="group" aria-label=(title) {
                        table {
                            thead { tr { th scope="col" { (frame.lang.strings().columns.days) } th.num scope="col" { (frame.lang.strings().columns.value) } } }
                            tbody {
                                @for (day, counts) in usage.days.iter().rev() {
                                    tr { th scope="row" { (format::full_day(*day, frame.lang)) } td.num { (format::count(counts.of(outlook.meter))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

const fn name(frame: &Frame<'_>, meter: Meter) -> &'static str {
    let s = &frame.lang.strings().usage;
    match meter {
        Meter::Requests => s.requests,
        Meter::Objects => s.objects,
        Meter::RowsWritten => s.rows_written,
        Meter::RowsRead => s.rows_read,
        Meter::KvWrites => s.kv_writes,
        Meter::KvReads => s.kv_reads,
        Meter::KvDeletes => s.kv_deletes,
        Meter::KvLists => s.kv_lists,
    }
}

/// What happens when it is used up.
const fn fate(frame: &Frame<'_>, meter: Meter) -> &'static str {
    let s = &frame.lang.strings().usage;
    match meter {
        Meter::Requests => s.without_requests,
        Meter::Objects | Meter::RowsWritten => s.without_objects,
        Meter::RowsRead => s.without_reads,
        Meter::KvWrites => s.without_kv_writes,
        Meter::KvReads => s.without_kv_reads,
        Meter::KvDeletes => s.without_kv_deletes,
        Meter::KvLists => s.without_kv_lists,
    }
}
