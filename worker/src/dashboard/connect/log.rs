//! What was sent through a connection.

use maud::{Markup, html};

use super::words;
use crate::command::hook::Delivery;
use crate::dashboard::page::Frame;
use crate::dashboard::{format, layout};

/// The table; every settled line can be sent again.
pub fn table(frame: &Frame<'_>, log: &[Delivery], path: &str) -> Markup {
    let c = &frame.lang.strings().connect;
    if log.is_empty() {
        return html! { div.card { p.soft { (c.log_none) } } };
    }
    html! {
        div.card.flush {
            div.scroll tabindex="0" role="group" aria-label=(c.log) {
                table.deliveries {
                    thead { tr {
                        th scope="col" { (c.time) }
                        th scope="col" { (c.event) }
                        th scope="col" { (c.outcome) }
                        th scope="col" { (c.told) }
                        th scope="col" { span.sr { (c.again) } }
                    } }
                    tbody { @for line in log { (row(frame, line, path)) } }
                }
            }
        }
    }
}

fn row(frame: &Frame<'_>, line: &Delivery, path: &str) -> Markup {
    let c = &frame.lang.strings().connect;
    html! {
        tr {
            td.nowrap {
                time datetime=(format::machine_moment(line.at)) title=(format::moment(line.at)) { (format::ago(line.at, frame.now, frame.lang)) }
            }
            td { code { (line.event) } }
            td {
                (words::outcome(line, frame.lang))
                @if line.attempts > 1 { small { ((c.attempts)(&line.attempts.to_string())) } }
                @if let (Some(due), Some(false)) = (line.due, line.ok) { small { ((c.retry_at)(&format::moment(due))) } }
            }
            td { @if !line.told.is_empty() { code { (line.told) } } }
            td {
                @if line.due.is_none() {
                    (layout::form(frame, path, "", &html! {
                        input type="hidden" name="delivery" value=(line.id);
                        button.button.quiet type="submit" name="do" value="again" { (c.again) }
                    }))
                }
            }
        }
    }
}
