//! One widget: its state and what can be done with it, where it goes, how it fares, and its versions.

use maud::{Markup, html};
use rapport_core::loyalty::people::figures::Figures;
use rapport_core::model::config::{Config, Record, State};
use rapport_core::model::widget::Widget;
use rapport_core::problem::Problem;
use rapport_core::report::Overview;
use rapport_core::response::Response;

use crate::command::versions::VersionCount;
use crate::dashboard::behind::Behind;
use crate::dashboard::layout::{self, Place, Tab, site_path, widget_path};
use crate::dashboard::loyalty::badge;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::period::{self, Choice};
use crate::dashboard::{answers, discarded, embed, faults, figure, overview, question, review, state, versions};
use crate::edit::{self, BASED_ON};

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    pub config: &'a Config,
    pub record: &'a Record,
    pub name: &'a str,
    pub overview: &'a Overview<'a>,
    pub latest: &'a [Response],
    pub choice: Choice,
    /// Answers by version.
    pub counts: &'a [VersionCount],
    /// Of a badge: how its programme fares.
    pub loyalty: Option<&'a Figures>,
    pub origin: &'a str,
    /// The state of today that this shows.
    pub pulse: &'a str,
    /// Why the last step was refused.
    pub problems: &'a [Problem],
    /// A draft that is gone just now.
    pub discarded: Option<&'a Widget>,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let label = state::label(model.record);
    let body = html! {
        div.head {
            div.stack {
                p.small { a href=(site_path(site, Tab::Widgets)) { (s.widgets.title) } }
                h1 { (label) }
                p.actions { (state::chip(model.record, frame.lang)) code.soft { (model.name) } }
            }
            (steps(frame, model))
        }
        (faults::list(model.problems, frame.lang))
        @if let Some(draft) = model.discarded { (discarded::notice(frame, model.config, draft)) }
        @let badge = badge::is_badge(model.record);
        @if badge { (badge::programme(frame, model.config)) }
        @if model.record.state == State::Draft {
            p.notice { (s.widgets.draft_notice) }
        } @else {
            // What is not seen yet has to be placed first; later the figures are why one comes here.
            @let seen = model.overview.widgets.iter().any(|row| row.funnel.seen > 0);
            @if !seen { (placing(frame, model)) }
            section.section aria-labelledby="figures" {
                header {
                    div { h2 #figures { (s.figures) } p.small.soft { (period::words(model.overview.period, frame.lang)) } }
                    (period::form(&widget_path(site, model.name), model.choice, model.overview.period, true, frame.lang))
                }
            }
            (live(frame, model))
            @if seen { (placing(frame, model)) }
        }
        @if let Some(newest) = edit::newest(model.record).filter(|newest| !newest.kind.bare()) {
            @let speech = Speech::new(frame.lang, &site.locale);
            (review::linked(newest, &speech, &format!("{}/edit", widget_path(site, model.name))))
        }
        (versions::section(frame, model.config, model.record, model.name, model.counts))
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), label, &body)
}

/// What can be done now.
fn steps(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let path = widget_path(&model.config.site, model.name);
    let step = |word: &str, class: &str, text: &str| {
        layout::form(
            frame,
            &format!("{path}/{word}"),
            "",
            &html! {
                // What is published is what stands here.
                @if word == "publish" { input type="hidden" name=(BASED_ON) value=(edit::mark(edit::newest(model.record))); }
                button class=(class) type="submit" { (text) }
            },
        )
    };
    html! {
        div.actions {
            a.button href={ (path) "/edit" } { (s.widgets.edit) }
            a.button href={ (path) "/visitor" } { (s.visitor.link) }
            @if model.record.draft.is_some() { (step("publish", "button main", s.widgets.publish)) }
            @if model.record.draft.is_some() && !model.record.versions.is_empty() { (step("discard", "button", s.widgets.discard)) }
            @match model.record.state {
                State::Live => { (step("pause", "button", s.widgets.pause)) (step("end", "button risk", s.widgets.end)) }
                State::Paused => { (step("resume", "button main", s.widgets.resume)) (step("end", "button risk", s.widgets.end)) }
                State::Ended => (step("resume", "button", s.widgets.resume)),
                State::Draft => {}
            }
        }
    }
}

/// Where it goes: its place on a page where it has one, and its hosted page.
fn placing(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let hosted = embed::hosted(model.origin, site, model.name);
    let inline = model.record.versions.last().is_some_and(|version| embed::needs_place(&version.widget.placement));
    html! {
        section.section aria-labelledby="placing" {
            h2 #placing { (s.embed.title) }
            div.card.stack {
                p { (if inline { s.embed.inline_words } else { s.embed.placed_words }) }
                (embed::line(&embed::tag(model.origin, site), "embed-tag", frame.lang))
                @if inline { (embed::line(&embed::place(model.name), "embed-place", frame.lang)) }
                p { (s.embed.hosted_words) " " a href=(hosted) target="_blank" rel="noopener" { (hosted) } }
            }
        }
    }
}

fn live(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let speech = Speech::new(frame.lang, &model.config.site.locale);
    let behind =
        Behind { config: model.config, widget: Some(model.name), period: model.overview.period, doubted: true };
    html! {
        @let (pulse, tag) = layout::pulse(&model.config.site, model.pulse);
        div #live data-pulse=(pulse) data-tag=(tag) {
            @match model.loyalty {
                Some(figures) => (badge::fares(frame, model.config, figures)),
                // Nobody answers what asks nothing.
                None if model.record.only_tells() => {}
                None => div.grid { (figure::cards(model.overview, &behind, frame.lang)) },
            }
            @if !model.overview.questions.is_empty() {
                section.section aria-labelledby="questions" {
                    h2 #questions { (s.questions) }
                    (question::cards(&model.overview.questions.iter().collect::<Vec<_>>(), question::Level::Third, &behind, &speech))
                }
            }
            @for scores in &model.overview.scores {
                section.section { (question::scores(scores, &speech)) }
            }
            (overview::widgets(&model.overview.widgets, model.config, frame.lang))
            @if !model.latest.is_empty() {
                section.section aria-labelledby="latest" {
                    h2 #latest { (s.latest) }
                    div.card { (answers::list(model.latest, model.config, &speech, frame.now)) }
                }
            }
        }
    }
}
