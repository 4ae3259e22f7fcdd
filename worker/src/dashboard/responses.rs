//! All responses of a site, newest first, a page at a time.

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::response::Response;

use crate::dashboard::answers;
use crate::dashboard::layout::{self, Place, Tab, site_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::parts::{self, signs};

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    pub config: &'a Config,
    pub responses: &'a [Response],
    /// Only those of this widget.
    pub widget: Option<&'a str>,
    /// Whether these are the newest.
    pub first: bool,
    /// Whether there are older ones.
    pub more: bool,
    /// The state of today that this shows, where it shows the newest.
    pub pulse: Option<&'a str>,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let speech = Speech::new(frame.lang, &site.locale);
    let path = site_path(site, Tab::Responses);
    let body = html! {
        div.head {
            h1 { (s.responses.title) }
            form.actions method="get" action=(path) {
                label for="widget" { (s.responses.of_widget) }
                select #widget name="widget" {
                    option value="" selected[model.widget.is_none()] { (s.responses.all_widgets) }
                    @for record in &model.config.widgets {
                        @if let (Some(name), Some(version)) = (record.name(), record.versions.last()) {
                            option value=(name) selected[model.widget == Some(name)] { (version.widget.label) }
                        }
                    }
                }
                button.button type="submit" { (s.show) }
            }
        }
        @let (pulse, tag) = model.pulse.map(|tag| layout::pulse(site, tag)).unzip();
        div #live data-pulse=[pulse] data-tag=[tag] {
            div.card {
                @if model.responses.is_empty() {
                    div.empty {
                        (parts::sign(signs::INBOX))
                        h2 { (s.responses.none) }
                        p { (s.responses.none_hint) }
                    }
                } @else {
                    (answers::list(model.responses, model.config, &speech, frame.now))
                }
            }
        }
        @if !model.first || model.more {
            nav.actions aria-label=(s.responses.pages) {
                @if !model.first { a.button href=(query(&path, model.widget, None)) { (s.responses.newest) } }
                @if let Some(last) = model.responses.last().filter(|_| model.more) {
                    a.button href=(query(&path, model.widget, Some(&last.id))) { (s.responses.older) }
                }
            }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Responses), s.responses.title, &body)
}

/// Widget names and response ids are of characters that need no escaping.
fn query(path: &str, widget: Option<&str>, before: Option<&str>) -> String {
    let pairs = [("widget", widget), ("before", before)];
    let pairs: Vec<String> = pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}
