//! The list of a site's widgets.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::report::Overview;

use crate::dashboard::layout::{self, Place, Tab, new_widget_path};
use crate::dashboard::overview;
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};
use crate::dashboard::{discarded, format};

/// All widgets with their last 28 days; the draft of one may be `gone` just now.
pub fn list(frame: &Frame<'_>, config: &Config, report: &Overview<'_>, pulse: &str, gone: Option<&Widget>) -> Markup {
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
        @if let Some(draft) = gone { (discarded::notice(frame, config, draft)) }
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
