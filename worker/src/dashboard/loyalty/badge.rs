//! The programme and the badge that shows it: each says what it lacks of the other, and leads there.

use maud::{Markup, html};
use rapport_core::loyalty::people::figures::Figures;
use rapport_core::loyalty::program::{Program, Record as Programme};
use rapport_core::loyalty::{money, template};
use rapport_core::model::config::{Config, Record, State};
use rapport_core::model::placement::Placement;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::time::Timestamp;
use rapport_core::view::loyalty::{self as view, Example, Shown};

use super::frame::{Section, path};
use super::people::cards;
use crate::dashboard::format;
use crate::dashboard::gallery::{TEMPLATE, Template};
use crate::dashboard::layout::{self, Tab, new_widget_path, site_path, widget_path};
use crate::dashboard::page::Frame;
use crate::edit;

/// Whether there is a programme that a badge can show.
pub fn in_force(config: &Config) -> bool {
    config.loyalty.as_ref().is_some_and(|record| record.live.is_some())
}

/// Whether this widget is a badge.
pub fn is_badge(record: &Record) -> bool {
    edit::newest(record).is_some_and(|widget| widget.kind == Kind::Loyalty)
}

/// On the page of a badge: where its programme stands.
pub fn programme(frame: &Frame<'_>, config: &Config) -> Markup {
    let b = &frame.lang.strings().badge;
    let paused = config.loyalty.as_ref().is_some_and(|record| record.paused);
    let words = if in_force(config) { b.paused } else { b.unseen };
    html! {
        @if paused || !in_force(config) {
            p.notice { (words) " " a href=(site_path(&config.site, Tab::Loyalty)) { (b.to_programme) } }
        }
    }
}

/// On the page of a programme in force: how members get to see it. Where they already do, that is said only after publishing.
pub fn shown_by(frame: &Frame<'_>, config: &Config, published: bool) -> Markup {
    let b = &frame.lang.strings().badge;
    let site = &config.site;
    let badges = || config.widgets.iter().filter(|record| is_badge(record));
    let link = |record: &Record| widget_path(site, record.name().unwrap_or_default());
    if !in_force(config) {
        return html! {};
    }
    match (badges().find(|record| record.state == State::Live), badges().next()) {
        (Some(_), _) if !published => html! {},
        (Some(live), _) => html! { p.notice.good { (b.shown) " " a href=(link(live)) { (b.open) } } },
        (None, Some(draft)) => html! { p.notice { (b.drafted) " " a href=(link(draft)) { (b.open) } } },
        (None, None) => html! {
            div.notice {
                p { (b.add_words) }
                (layout::form(frame, &new_widget_path(site), "actions", &html! {
                    button.button.main type="submit" name=(TEMPLATE) value="badge" { (b.add) }
                }))
            }
        },
    }
}

/// On the page of a badge: who has joined by it, and what they did.
pub fn fares(frame: &Frame<'_>, config: &Config, figures: &Figures) -> Markup {
    let p = &frame.lang.strings().people;
    let list = path(&config.site, Section::Members);
    html! {
        p { a href=(list) { (p.count) ": " (format::count(figures.members)) } " · " (p.new) ": " (format::count(figures.stages.new)) " · " (p.active) ": " (format::count(figures.stages.active)) }
        (cards::section(frame, config, figures))
    }
}

/// The badge's panel with somebody in it who does not exist: by the site's own programme, or by the ready-made one.
pub fn picture(config: &Config, now: Timestamp) -> Option<Markup> {
    let site = &config.site;
    let program = newest(config)?;
    let account = Example::new(&program, now).shown(now);
    let (program, account) = (&program, Some(&account));
    Some(view::still(&Shown {
        site,
        program,
        locale: &site.locale,
        origin: "",
        now,
        paused: false,
        draws: &[],
        account,
    }))
}

/// The site's programme as it is being edited, else as it is in force, else the ready-made one.
pub fn newest(config: &Config) -> Option<Program> {
    let own = config.loyalty.as_ref().and_then(Programme::newest).cloned();
    own.or_else(|| template::ready(money::usual(config.site.locale.as_str())).ok())
}

/// The badge that a site has, else the one from the gallery, as part of the page, where all of it is seen.
pub fn inline(config: &Config) -> Option<Widget> {
    let own = config.widgets.iter().filter_map(edit::newest).find(|widget| widget.kind == Kind::Loyalty).cloned();
    let widget = own.or_else(|| Template::of("points")?.widget("badge", &config.site.locale))?;
    Some(Widget { placement: Placement::Inline, ..widget })
}
