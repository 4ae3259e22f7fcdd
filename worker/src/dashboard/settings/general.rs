//! The first page of the settings.

use maud::{Markup, html};
use rapport_core::i18n;
use rapport_core::model::site::Site;
use rapport_core::problem::Problem;

use super::delete;
use super::filled::Filled;
use crate::dashboard::faults;
use crate::dashboard::layout::{self, Section, Tab, section_path, site_path};
use crate::dashboard::page::Frame;
use crate::edit::BASED_ON;

/// What is shown.
pub struct Model<'a> {
    pub site: &'a Site,
    pub filled: &'a Filled,
    /// What is wrong with the form, and with the origin that was typed.
    pub problems: &'a [Problem],
    pub refused: &'a [Problem],
    pub origin: &'a str,
    pub saved: bool,
    /// An origin that has just been taken off the list.
    pub removed: Option<String>,
}

impl<'a> Model<'a> {
    /// As it is.
    pub const fn new(site: &'a Site, filled: &'a Filled) -> Self {
        Self { site, filled, problems: &[], refused: &[], origin: "", saved: false, removed: None }
    }
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        @if model.saved { p.notice.good role="status" { (s.saved) } }
        (origins(frame, model))
        section.section aria-labelledby="site" {
            h2 #site { (s.sites.about) }
            (faults::list(model.problems, frame.lang))
            div.card { (form(frame, model)) }
        }
        @if model.site.ends.is_none() {
            section.section aria-labelledby="ending" {
                h2 #ending { (s.ending.title) }
                p.soft { (s.ending.lead) " " a href=(delete::path(model.site)) { (s.ending.to_page) } }
            }
        }
    };
    layout::settings(frame, model.site, Section::General, &body)
}

/// Where the widgets may stand, one row each.
fn origins(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().settings;
    let path = section_path(model.site, Section::General);
    let hidden = |what: &str, origin: &str| {
        html! { input type="hidden" name="do" value=(what); input type="hidden" name="origin" value=(origin); }
    };
    html! {
        section.section aria-labelledby="origins" {
            h2 #origins { (s.origins) }
            p.soft { (s.origins_words) " " a href=(site_path(model.site, Tab::Install)) { (s.to_install) } }
            @if let Some(removed) = &model.removed {
                div.notice role="status" {
                    p { ((s.removed)(removed)) }
                    (layout::form(frame, &path, "", &html! { (hidden("add", removed)) button.button type="submit" { (s.undo) } }))
                }
            }
            (faults::list(model.refused, frame.lang))
            div.card.flush {
                ul.rows {
                    @for origin in &model.site.origins {
                        li {
                            code { (origin) }
                            (layout::form(frame, &path, "", &html! {
                                (hidden("remove", origin))
                                button.button type="submit" { (s.remove) span.sr { " " (origin) } }
                            }))
                        }
                    }
                    @if model.site.origins.is_empty() { li { p { (s.no_origin) } } }
                    li {
                        (layout::form(frame, &format!("{path}#origins"), "inline grow", &html! {
                            input type="hidden" name="do" value="add";
                            label.sr for="origin" { (s.origin) }
                            input #origin name="origin" type="text" inputmode="url" value=(model.origin) required maxlength="300" autocapitalize="none" spellcheck="false" placeholder="example.com"
                                aria-invalid=[(!model.refused.is_empty()).then_some("true")] aria-describedby="origin-hint";
                            button.button type="submit" { (s.add) }
                        }))
                    }
                }
            }
            p.small.soft #origin-hint { (s.origin_hint) }
        }
    }
}

fn form(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let (all, filled, problems) = (frame.lang.strings(), model.filled, model.problems);
    let s = &all.settings;
    let wrong = |field| wrong(problems, field);
    layout::form(
        frame,
        &section_path(model.site, Section::General),
        "stack loose",
        &html! {
            input type="hidden" name=(BASED_ON) value=(filled.based_on);
            (field("name", all.sites.name, all.sites.name_hint, &html! {
                input #name name="name" value=(filled.name) required maxlength="100" aria-describedby="name-hint" aria-invalid=[wrong("name")];
            }))
            (field("locale", all.sites.locale, s.locale_hint, &html! { (languages("locale", &filled.locale)) }))
            fieldset.stack {
                legend { h3 { (s.attention) } }
                p.soft { (s.attention_words) }
                (field("cooldown_days", s.cooldown, s.cooldown_hint, &html! {
                    input #cooldown_days type="number" inputmode="numeric" min="0" max="365" name="cooldown_days" value=(filled.cooldown_days) required aria-describedby="cooldown_days-hint" aria-invalid=[wrong("attention.cooldown_days")];
                }))
                (field("per_visit", s.per_visit, s.per_visit_hint, &html! {
                    input #per_visit type="number" inputmode="numeric" min="0" max="20" name="per_visit" value=(filled.per_visit) required aria-describedby="per_visit-hint" aria-invalid=[wrong("attention.per_visit")];
                }))
            }
            fieldset.stack {
                legend { h3 { (s.look) } }
                p.soft { (s.look_words) }
                (field("accent", s.accent, s.accent_hint, &html! {
                    input #accent name="accent" value=(filled.accent) maxlength="7" placeholder="#4549c4" autocapitalize="none" spellcheck="false" aria-describedby="accent-hint" aria-invalid=[wrong("appearance.accent")];
                }))
                (field("radius", s.radius, s.radius_hint, &html! {
                    input #radius type="number" inputmode="numeric" min="0" max="32" name="radius" value=(filled.radius) aria-describedby="radius-hint" aria-invalid=[wrong("appearance.radius")];
                }))
                (choice("scheme", s.scheme, &filled.scheme, &[("auto", s.scheme_auto), ("light", s.scheme_light), ("dark", s.scheme_dark)]))
                (choice("density", s.density, &filled.density, &[("comfortable", s.comfortable), ("compact", s.compact)]))
                label.check { input type="checkbox" name="inherit_font" value="yes" checked[filled.inherit_font]; (s.inherit_font) }
            }
            label.check { input type="checkbox" name="public_badge" value="yes" checked[filled.public_badge]; (all.sites.public_badge) }
            div.actions { button.button.main type="submit" { (all.save) } }
        },
    )
}

/// The languages that widgets speak, and whatever is set.
pub fn languages(id: &str, chosen: &str) -> Markup {
    let known = i18n::ALL.iter().any(|strings| strings.tag == chosen);
    html! {
        select id=(id) name=(id) aria-describedby={ (id) "-hint" } {
            @if !known { option value=(chosen) selected { (chosen) } }
            @for strings in i18n::ALL { option value=(strings.tag) selected[strings.tag == chosen] { (name_of(strings.tag)) } }
        }
    }
}

/// A language's name in itself.
fn name_of(tag: &str) -> &str {
    match tag {
        "ar" => "العربية",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "hi" => "हिन्दी",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "pt-BR" => "Português (Brasil)",
        "ru" => "Русский",
        "zh-CN" => "简体中文",
        "zh-TW" => "繁體中文",
        other => other,
    }
}

fn choice(id: &str, label: &str, chosen: &str, options: &[(&str, &str)]) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(id) {
                @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
            }
        }
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
    problems.iter().any(|problem| problem.field == field).then_some("true")
}
