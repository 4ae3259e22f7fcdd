//! The page: the tag, whether it was seen, and everything else that can be pasted.

use maud::{Markup, PreEscaped, html};
use rapport_core::model::config::{Config, Record, State};
use rapport_core::model::widget::Widget;
use rapport_core::time::Timestamp;

use super::{Asked, checked, qr, snippets};
use crate::command::install::{Sighting, What};
use crate::dashboard::layout::{self, Place, Tab, new_widget_path, site_path};
use crate::dashboard::page::Frame;
use crate::dashboard::{embed, faults, format};

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    /// The widget that the second half is about.
    pub chosen: Option<&'a Record>,
    pub sightings: &'a [Sighting],
    pub asked: &'a Asked,
    /// An origin has just been added.
    pub allowed: bool,
    /// Where this Worker answers.
    pub origin: &'a str,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().install;
    let site = &model.config.site;
    let tag = snippets::tag(model.origin, site);
    let body = html! {
        div.stack { h1 { (s.title) } p.soft { (s.lead) } }
        @if model.allowed { p.notice.good role="status" { (s.allowed) } }
        section.section aria-labelledby="tag" {
            h2 #tag { (s.tag) }
            div.card.stack {
                p { (s.tag_words) }
                (embed::line(&tag, "embed-tag", frame.lang))
                @if model.config.live().next().is_none() {
                    p.notice { (s.nothing_live) " " a href=(new_widget_path(site)) { (s.add_widget) } }
                }
            }
        }
        (seen(frame, model))
        @match model.chosen.and_then(|record| record.versions.last()) {
            Some(version) => (widget(frame, model, &version.widget)),
            None => section.section aria-labelledby="places" {
                h2 #places { (s.places) }
                div.card.empty { p { (s.no_widget) } a.button href=(new_widget_path(site)) { (s.add_widget) } }
            },
        }
        (systems(frame, model, &tag))
        section.section aria-labelledby="policy" {
            h2 #policy { (s.policy) }
            div.card.stack {
                p { (s.policy_words) }
                @let lines = snippets::policy(model.origin).map(|(name, value)| format!("{name} {value};"));
                (embed::line(&lines.join("\n"), "embed-policy", frame.lang))
                p.small.soft { (s.policy_more) }
            }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Install), s.title, &body)
}

/// Where it was seen, and a look at a page on demand.
fn seen(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().install;
    let site = &model.config.site;
    let path = site_path(site, Tab::Install);
    let listed = |origin: &String| model.sightings.iter().find(|sighting| sighting.origin == **origin);
    let strangers: Vec<&Sighting> =
        model.sightings.iter().filter(|sighting| !site.origins.contains(&sighting.origin)).collect();
    let waiting = !site.origins.iter().any(|origin| listed(origin).is_some_and(|known| known.last().is_some()));
    let own = site.origins.first().map_or("", String::as_str);
    let typed = if model.asked.typed.is_empty() { own } else { model.asked.typed.as_str() };
    html! {
        section.section aria-labelledby="seen" {
            header { h2 #seen { (s.seen) } }
            // Until it is seen for the first time the list looks for itself.
            div.card.flush #sightings hx-get=[waiting.then_some(&path)] hx-trigger=[waiting.then_some("every 5s")] hx-select=[waiting.then_some("#sightings")] hx-swap=[waiting.then_some("outerHTML")] {
                @if site.origins.is_empty() && strangers.is_empty() {
                    p.pad { (s.no_origins) " " a href=(site_path(site, Tab::Settings)) { (s.settings) } }
                } @else {
                    ul.rows {
                        @for origin in &site.origins {
                            li { (row(frame, origin, listed(origin))) }
                        }
                        @for stranger in &strangers {
                            li {
                                (strange(frame, stranger))
                                (layout::form(frame, &path, "", &html! {
                                    input type="hidden" name="allow" value=(stranger.origin);
                                    button.button type="submit" { (s.allow) span.sr { " " (stranger.origin) } }
                                }))
                            }
                        }
                    }
                }
            }
            div.card.stack {
                h3 { (s.check) }
                p.soft { (s.check_words) }
                (faults::list(&model.asked.problems, frame.lang))
                (layout::form(frame, &format!("{path}#check"), "inline", &html! {
                    label.sr for="check" { (s.check_label) }
                    input #check name="page" type="text" inputmode="url" value=(typed) required maxlength="1000" autocapitalize="none" spellcheck="false" placeholder="https://example.com/";
                    button.button type="submit" { (s.check_button) }
                }))
                @if let Some(look) = &model.asked.look { (checked::findings(frame, look, &path)) }
            }
        }
    }
}

/// One origin of the list.
fn row(frame: &Frame<'_>, origin: &str, known: Option<&Sighting>) -> Markup {
    let s = &frame.lang.strings().install;
    html! {
        div.stack.tight {
            p { code { (origin) } }
            @match known {
                None => p.pulse.off { (s.never) },
                Some(known) => {
                    @match (known.delivery, known.script) {
                        (Some(at), _) => p.pulse { ((s.delivered)(&ago(frame, at))) },
                        (None, Some(at)) => p.pulse { ((s.loaded)(&ago(frame, at))) },
                        (None, None) => p.pulse.off { (s.never) },
                    }
                    @if let Some((what, at)) = known.refused {
                        p.small.warn { ((if what == What::Widget { s.refused_widget } else { s.refused_before })(&ago(frame, at))) }
                    }
                    @if !known.page.is_empty() && known.page != origin { p.small.soft { (s.page) " " code { (known.page) } } }
                }
            }
        }
    }
}

/// An origin that carries the tag and is not on the list.
fn strange(frame: &Frame<'_>, known: &Sighting) -> Markup {
    let s = &frame.lang.strings().install;
    html! {
        div.stack.tight {
            p { code { (known.origin) } " " span.chip.mild { (s.not_listed) } }
            @if let Some(at) = known.last() { p.small.warn { ((s.stranger)(&ago(frame, at))) } }
            @if !known.page.is_empty() && known.page != known.origin { p.small.soft { (s.page) " " code { (known.page) } } }
        }
    }
}

/// Everything about one widget.
fn widget(frame: &Frame<'_>, model: &Model<'_>, widget: &Widget) -> Markup {
    let s = &frame.lang.strings().install;
    let (site, name) = (&model.config.site, widget.name.as_str());
    let path = site_path(site, Tab::Install);
    let hosted = embed::hosted(model.origin, site, name);
    let others: Vec<&Record> = model.config.widgets.iter().filter(|record| record.state == State::Live).collect();
    let inline = embed::needs_place(&widget.placement);
    html! {
        section.section aria-labelledby="places" {
            header {
                h2 #places { ((s.of_widget)(&widget.label)) }
                @if others.len() > 1 {
                    form.inline method="get" action={ (path) "#places" } {
                        label.sr for="widget" { (s.choose) }
                        select #widget name="widget" {
                            @for record in others {
                                @let other = record.name().unwrap_or_default();
                                option value=(other) selected[other == name] { (crate::dashboard::state::label(record)) }
                            }
                        }
                        button.button type="submit" { (frame.lang.strings().show) }
                    }
                }
            }
            div.pairs {
                div.card.stack {
                    h3 { (s.inline) }
                    p.soft { (if inline { s.inline_words } else { s.inline_other }) }
                    (embed::line(&snippets::place(&hosted, widget, &site.locale), "embed-place", frame.lang))
                }
                div.card.stack {
                    h3 { (s.link) }
                    p.soft { (s.link_words) " " a href=(hosted) target="_blank" rel="noopener" { (s.try_it) } }
                    (embed::line(&hosted, "embed-hosted", frame.lang))
                    (embed::line(&snippets::link(&hosted, widget, &site.locale), "embed-link", frame.lang))
                }
                div.card.stack {
                    h3 { (s.code) }
                    p.soft { (s.code_words) }
                    @if let Some(svg) = qr::svg(&hosted) {
                        figure.qr role="img" aria-label={ (s.code) ": " (hosted) } { (PreEscaped(svg)) }
                        p { a.button href={ (path) "/" (name) ".svg" } download={ (site.id) "-" (name) ".svg" } { (s.download) } }
                    }
                }
                div.card.stack {
                    h3 { (s.mail) }
                    @match snippets::mail(&hosted, widget, &site.locale) {
                        Some(row) => {
                            p.soft { (s.mail_words) }
                            (embed::line(&row, "embed-mail", frame.lang))
                            p.small.soft { (s.mail_safe) }
                        }
                        None => p.soft { (s.mail_none) },
                    }
                }
                div.card.stack {
                    h3 { (s.frame) }
                    p.soft { (s.frame_words) }
                    (embed::line(&snippets::frame(&hosted, widget, &site.locale), "embed-frame", frame.lang))
                }
            }
        }
    }
}

/// Notes for what sites are made with.
fn systems(frame: &Frame<'_>, model: &Model<'_>, tag: &str) -> Markup {
    let s = &frame.lang.strings().install;
    let name = model.chosen.and_then(Record::name).unwrap_or("nps");
    let place = embed::place(name);
    let note = |title: &str, words: &[&str], code: &[(&str, String)]| {
        html! {
            details.fold {
                summary { h3 { (title) } }
                div.stack {
                    ol.steps { @for word in words { li { (word) } } }
                    @for (id, code) in code { (embed::line(code, id, frame.lang)) }
                }
            }
        }
    };
    html! {
        section.section aria-labelledby="systems" {
            h2 #systems { (s.systems) }
            div.card.stack.tight {
                (note("WordPress", s.wordpress, &[("wp-tag", tag.to_owned()), ("wp-php", snippets::wordpress(tag)), ("wp-place", place.clone())]))
                (note("Shopify", s.shopify, &[("shopify-tag", tag.to_owned()), ("shopify-place", place.clone())]))
                (note("Ghost", s.ghost, &[("ghost-tag", tag.to_owned()), ("ghost-place", place.clone())]))
                (note("React", s.react, &[("react-tag", tag.to_owned()), ("react-place", snippets::react(name)), ("react-types", snippets::REACT_TYPES.to_owned())]))
                (note("Vue", s.vue, &[("vue-tag", tag.to_owned()), ("vue-place", place.clone()), ("vue-option", snippets::VUE.to_owned())]))
                (note("Svelte", s.svelte, &[("svelte-tag", tag.to_owned()), ("svelte-place", place)]))
                (note(s.manager_title, s.manager, &[("gtm-tag", tag.to_owned())]))
                (note(s.module_title, s.module, &[("module-load", snippets::module(model.origin, &model.config.site))]))
            }
        }
    }
}

fn ago(frame: &Frame<'_>, at: Timestamp) -> String {
    format::ago(at, frame.now, frame.lang)
}
