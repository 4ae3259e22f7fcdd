//! The frame of every page.

use maud::{DOCTYPE, Markup, html};
use rapport_core::model::site::Site;

use crate::dashboard::lang::Lang;
use crate::dashboard::page::Frame;
use crate::dashboard::parts;
use crate::dashboard::settings::delete;
use crate::dashboard::strings::Tabs;

/// Where a page stands.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// Before sign-in.
    Door,
    /// The list of sites.
    Sites,
    /// Within a site.
    Site(&'a Site, Tab),
}

/// The pages of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Widgets,
    Responses,
    Loyalty,
    Install,
    Settings,
}

/// The pages of a site's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    General,
    Privacy,
    Connect,
    Data,
    Usage,
}

impl Section {
    /// All of them, in the order in which they are offered.
    const ALL: [Self; 5] = [Self::General, Self::Privacy, Self::Connect, Self::Data, Self::Usage];

    const fn name(self, tabs: &Tabs) -> &'static str {
        match self {
            Self::General => tabs.general,
            Self::Privacy => tabs.privacy,
            Self::Connect => tabs.connect,
            Self::Data => tabs.data,
            Self::Usage => tabs.usage,
        }
    }
}

/// htmx without the style element that it would otherwise add; what readers opened stays open through an update, and
/// charts are left to the script that draws them.
const HTMX: &str = r#"{"includeIndicatorCSS":false,"history":false,"morphIgnore":["data-htmx-powered","open"],"morphSkip":".chart","mode":"same-origin"}"#;

/// A whole page.
pub fn page(frame: &Frame<'_>, place: Place<'_>, title: &str, body: &Markup) -> Markup {
    let s = frame.lang.strings();
    html! {
        (DOCTYPE)
        html lang=(frame.lang.tag()) {
            head {
                meta charset="utf-8";
                title { (title) " · Rapport" }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                meta name="htmx-config" content=(HTMX);
                link rel="icon" href=(ICON);
                link rel="stylesheet" href=(frame.css);
                script type="module" src=(frame.js) {}
            }
            body {
                a.skip href="#main" { (s.skip) }
                (top(frame, place))
                main id="main" tabindex="-1" {
                    @if let Place::Site(site, _) = place { (delete::notice(frame, site)) }
                    (body)
                }
                p.sr id="said" role="status" data-arrived=(s.arrived) {}
            }
        }
    }
}

/// A form that changes something: by POST, with the session's token.
pub fn form(frame: &Frame<'_>, action: &str, class: &str, body: &Markup) -> Markup {
    html! {
        form class=[(!class.is_empty()).then_some(class)] method="post" action=(action) {
            @if let Some(csrf) = frame.csrf { input type="hidden" name="csrf" value=(csrf); }
            (body)
        }
    }
}

/// The same mark as in the head, as an icon of its own.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 22 22'%3E%3Cpath d='M4 3h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z' fill='%236468e0'/%3E%3Cpath d='M7 11V9M11 11V6.5M15 11V8' stroke='%23fff' stroke-width='1.8' stroke-linecap='round'/%3E%3C/svg%3E";

fn top(frame: &Frame<'_>, place: Place<'_>) -> Markup {
    let s = frame.lang.strings();
    html! {
        header.top {
            div {
                a.brand href="/dashboard" { (parts::mark()) "Rapport" }
                @if let Place::Site(site, _) = place {
                    p.crumb { span aria-hidden="true" { "/" } a href=(site_path(site, Tab::Overview)) { (site.name) } }
                }
                div.tools {
                    @for lang in Lang::ALL.into_iter().filter(|lang| *lang != frame.lang) {
                        a href=(switch(frame.here, lang)) lang=(lang.tag()) hreflang=(lang.tag()) { (lang.name()) }
                    }
                    @if frame.csrf.is_some() && !matches!(place, Place::Door) {
                        a href="/dashboard/account" { (s.account.title) }
                        (form(frame, "/dashboard/sign-out", "", &html! { button type="submit" { (s.sign_out) } }))
                    }
                }
                @if let Place::Site(site, current) = place {
                    nav.tabs aria-label=(s.tabs.label) {
                        ul {
                            @for (tab, name) in [
                                (Tab::Overview, s.tabs.overview),
                                (Tab::Widgets, s.tabs.widgets),
                                (Tab::Responses, s.tabs.responses),
                                (Tab::Loyalty, s.loyalty.title),
                                (Tab::Install, s.tabs.install),
                                (Tab::Settings, s.tabs.settings),
                            ] {
                                li { a href=(site_path(site, tab)) aria-current=[(tab == current).then_some("page")] { (name) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The address of a page of a site.
pub fn site_path(site: &Site, tab: Tab) -> String {
    let id = &site.id;
    match tab {
        Tab::Overview => format!("/dashboard/s/{id}"),
        Tab::Widgets => format!("/dashboard/s/{id}/widgets"),
        Tab::Responses => format!("/dashboard/s/{id}/responses"),
        Tab::Loyalty => format!("/dashboard/s/{id}/loyalty"),
        Tab::Install => format!("/dashboard/s/{id}/install"),
        Tab::Settings => format!("/dashboard/s/{id}/settings"),
    }
}

/// The address of a page of a site's settings.
pub fn section_path(site: &Site, section: Section) -> String {
    let id = &site.id;
    match section {
        Section::General => format!("/dashboard/s/{id}/settings"),
        Section::Privacy => format!("/dashboard/s/{id}/settings/privacy"),
        Section::Connect => format!("/dashboard/s/{id}/settings/connect"),
        Section::Data => format!("/dashboard/s/{id}/settings/data"),
        Section::Usage => format!("/dashboard/s/{id}/settings/usage"),
    }
}

/// A page of a site's settings, below the way to the others.
pub fn settings(frame: &Frame<'_>, site: &Site, current: Section, body: &Markup) -> Markup {
    let tabs = &frame.lang.strings().tabs;
    let body = html! {
        h1 { (tabs.settings) }
        nav.sections aria-label=(tabs.settings) {
            ul {
                @for section in Section::ALL {
                    li { a href=(section_path(site, section)) aria-current=[(section == current).then_some("page")] { (section.name(tabs)) } }
                }
            }
        }
        (body)
    };
    page(frame, Place::Site(site, Tab::Settings), tabs.settings, &body)
}

/// The address of the gallery.
pub fn new_widget_path(site: &Site) -> String {
    format!("/dashboard/s/{}/new", site.id)
}

/// Of the live part of a page: what to ask whether anything changed, and the state that the page shows.
pub fn pulse(site: &Site, tag: &str) -> (String, String) {
    (format!("/dashboard/s/{}/pulse", site.id), format!("\"{tag}\""))
}

/// The address of one widget's page.
pub fn widget_path(site: &Site, widget: &str) -> String {
    format!("/dashboard/s/{}/widgets/{widget}", site.id)
}

/// This page in another language.
fn switch(here: &str, lang: Lang) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let query: Vec<&str> = kept.collect();
    let and = if query.is_empty() { "" } else { "&" };
    format!("{path}?{}{and}lang={}", query.join("&"), lang.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_keeps_the_rest_of_the_address() {
        assert_eq!(switch("/dashboard/s/acme", Lang::ZhCn), "/dashboard/s/acme?lang=zh-CN");
        assert_eq!(switch("/x?days=7&lang=en", Lang::ZhCn), "/x?days=7&lang=zh-CN");
    }
}
