//! The list of sites, a new site, and a site's settings.

use maud::{Markup, html};
use rapport_core::model::site::{Privacy, Site};
use rapport_core::problem::Problem;

use crate::dashboard::embed;
use crate::dashboard::faults;
use crate::dashboard::layout::{self, Place, Section, section_path};
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};
use crate::edit::{self, BASED_ON};

/// A site in the list.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

/// The settings form as it was filled in: kept as text, so that nothing typed is lost over a mistake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub id: String,
    /// The mark of the settings that this was made from.
    pub based_on: String,
    pub name: String,
    /// One to a line.
    pub origins: String,
    pub locale: String,
    /// Whether visitors keep an id on their device.
    pub device: bool,
    pub cooldown_days: String,
    pub per_visit: String,
    pub public_badge: bool,
}

/// All sites.
pub fn list(frame: &Frame<'_>, sites: &[Listed<'_>]) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        div.head {
            h1 { (s.sites.title) }
            a.button.main href="/dashboard/new" { (s.sites.new) }
        }
        @if sites.is_empty() {
            div.card.empty {
                (parts::sign(signs::CHART))
                h2 { (s.sites.none) }
                p { (s.sites.none_hint) }
                a.button.main href="/dashboard/new" { (s.sites.new) }
            }
        } @else {
            ul.grid {
                @for site in sites {
                    li.card.stack {
                        h2 { a href={ "/dashboard/s/" (site.id) } { (site.name) } }
                        p.small.soft { code { (site.id) } }
                    }
                }
            }
        }
    };
    layout::page(frame, Place::Sites, s.sites.title, &body)
}

/// The form for a new site.
pub fn new(frame: &Frame<'_>, filled: &Filled, problems: &[Problem]) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        div.narrow.stack.loose {
            h1 { (s.sites.new) }
            (faults::list(problems, frame.lang))
            div.card {
                (layout::form(frame, "/dashboard/new", "stack loose", &html! {
                    (field("id", s.sites.id, s.sites.id_hint, &html! {
                        input #id name="id" value=(filled.id) required minlength="3" maxlength="32" pattern="[a-z0-9\\-]+"
                            autocapitalize="none" spellcheck="false" aria-describedby="id-hint" aria-invalid=[wrong(problems, "id")];
                    }))
                    (common(frame, filled, problems))
                    button.button.main type="submit" { (s.sites.create) }
                }))
            }
        }
    };
    layout::page(frame, Place::Sites, s.sites.new, &body)
}

/// A site's settings.
pub fn settings(
    frame: &Frame<'_>,
    site: &Site,
    filled: &Filled,
    problems: &[Problem],
    origin: &str,
    saved: bool,
) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        @if saved { p.notice.good role="status" { (s.saved) } }
        (faults::list(problems, frame.lang))
        section.section aria-labelledby="tag" {
            h2 #tag { (s.embed.title) }
            div.card.stack {
                p { (s.embed.tag_words) }
                (embed::line(&embed::tag(origin, site), "embed-tag", frame.lang))
            }
        }
        section.section aria-labelledby="site" {
            h2 #site { (s.sites.about) }
            div.card {
                (layout::form(frame, &section_path(site, Section::General), "stack loose", &html! {
                    input type="hidden" name=(BASED_ON) value=(filled.based_on);
                    (common(frame, filled, problems))
                    (fine(frame, filled, problems))
                    div.actions { button.button.main type="submit" { (s.save) } }
                }))
            }
        }
    };
    layout::settings(frame, site, Section::General, &body)
}

/// What a new site needs as well.
fn common(frame: &Frame<'_>, filled: &Filled, problems: &[Problem]) -> Markup {
    let s = &frame.lang.strings().sites;
    html! {
        (field("name", s.name, s.name_hint, &html! {
            input #name name="name" value=(filled.name) required maxlength="100" aria-describedby="name-hint" aria-invalid=[wrong(problems, "name")];
        }))
        (field("origins", s.origins, s.origins_hint, &html! {
            textarea #origins name="origins" rows="3" spellcheck="false" autocapitalize="none" aria-describedby="origins-hint" aria-invalid=[wrong(problems, "origins")] { "\n" (filled.origins) }
        }))
        (field("locale", s.locale, s.locale_hint, &html! {
            input #locale name="locale" value=(filled.locale) required maxlength="16" autocapitalize="none" spellcheck="false" aria-describedby="locale-hint" aria-invalid=[wrong(problems, "locale")];
        }))
    }
}

/// What has good defaults.
fn fine(frame: &Frame<'_>, filled: &Filled, problems: &[Problem]) -> Markup {
    let s = &frame.lang.strings().sites;
    html! {
        fieldset.stack {
            legend { b { (s.privacy) } }
            label.check { input type="radio" name="privacy" value="daily" checked[!filled.device]; (s.privacy_daily) }
            label.check { input type="radio" name="privacy" value="device" checked[filled.device]; (s.privacy_device) }
        }
        (field("cooldown_days", s.cooldown, s.cooldown_hint, &html! {
            input #cooldown_days type="number" inputmode="numeric" min="0" max="365" name="cooldown_days" value=(filled.cooldown_days) required aria-describedby="cooldown_days-hint" aria-invalid=[wrong(problems, "attention.cooldown_days")];
        }))
        (field("per_visit", s.per_visit, s.per_visit_hint, &html! {
            input #per_visit type="number" inputmode="numeric" min="0" max="20" name="per_visit" value=(filled.per_visit) required aria-describedby="per_visit-hint" aria-invalid=[wrong(problems, "attention.per_visit")];
        }))
        label.check { input type="checkbox" name="public_badge" value="yes" checked[filled.public_badge]; (s.public_badge) }
    }
}

fn field(id: &str, label: &str, hint: &str, control: &Markup) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            (control)
            p.hint id={ (id) "-hint" } { (hint) }
        }
    }
}

fn wrong(problems: &[Problem], field: &str) -> Option<&'static str> {
    let below =
        |name: &str| name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    problems.iter().any(|problem| below(&problem.field)).then_some("true")
}

impl Filled {
    /// A new site's form before anything was typed.
    pub fn empty(locale: &str) -> Self {
        Self { locale: locale.to_owned(), cooldown_days: "7".to_owned(), per_visit: "1".to_owned(), ..Self::default() }
    }

    /// The settings as they are.
    pub fn of(site: &Site) -> Self {
        Self {
            id: site.id.as_str().to_owned(),
            based_on: edit::mark(Some(site)),
            name: site.name.clone(),
            origins: site.origins.join("\n"),
            locale: site.locale.as_str().to_owned(),
            device: site.privacy == Privacy::Device,
            cooldown_days: site.attention.cooldown_days.to_string(),
            per_visit: site.attention.per_visit.to_string(),
            public_badge: site.public_badge,
        }
    }
}
