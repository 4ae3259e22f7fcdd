//! The list of a site's widgets, and the gallery to start a new one from.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Kind;
use rapport_core::report::Overview;

use crate::dashboard::format;
use crate::dashboard::layout::{self, Place, Tab, new_widget_path};
use crate::dashboard::overview;
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};
use crate::dashboard::starters;

/// All widgets with their last 28 days.
pub fn list(frame: &Frame<'_>, config: &Config, report: &Overview<'_>, pulse: &str) -> Markup {
    let s = frame.lang.strings();
    let site = &config.site;
    let new = new_widget_path(site);
    let body = html! {
        div.head {
            div.stack {
                h1 { (s.widgets.title) }
                @if !config.widgets.is_empty() { p.soft { (format::days(report.period.first(), report.period.last(), frame.lang)) } }
            }
            a.button.main href=(new) { (s.widgets.add) }
        }
        @if config.widgets.is_empty() {
            div.card.empty {
                (parts::sign(signs::CHART))
                h2 { (s.widgets.none) }
                p { (s.widgets.none_hint) }
                a.button.main href=(new) { (s.widgets.add) }
            }
        } @else {
            @let (pulse, tag) = layout::pulse(site, pulse);
            div #live data-pulse=(pulse) data-tag=(tag) { (overview::widgets(&report.widgets, config, frame.lang)) }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), s.widgets.title, &body)
}

/// One starter of each kind.
pub fn gallery(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = frame.lang.strings();
    let site = &config.site;
    let body = html! {
        div.stack {
            h1 { (s.widgets.add) }
            p.soft { (s.widgets.gallery_hint) }
        }
        ul.grid {
            @for kind in Kind::ALL {
                li.card.stack {
                    h2 { (s.kind(kind).name) }
                    p.soft { (s.kind(kind).about) }
                    p.actions {
                        a.button href={ (new_widget_path(site)) "?kind=" (kind.as_str()) } {
                            (s.widgets.start) span.sr { " – " (s.kind(kind).name) }
                        }
                    }
                }
            }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), s.widgets.add, &body)
}

/// The definition to start from, under a name that the site does not use yet.
pub fn starter(kind: Kind, config: &Config) -> String {
    let taken = |name: &str| config.record(name).is_some();
    let plain = kind.as_str().to_owned();
    let name = if taken(&plain) {
        (2..=u32::MAX).map(|number| format!("{plain}{number}")).find(|name| !taken(name)).unwrap_or(plain)
    } else {
        plain
    };
    starters::definition(kind, &name, &config.site.locale)
}
