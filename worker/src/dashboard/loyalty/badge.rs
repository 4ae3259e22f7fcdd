//! The programme and the badge that shows it: each says what it lacks of the other, and leads there.

use maud::{Markup, html};
use rapport_core::loyalty::program::{Program, Record as Programme};
use rapport_core::loyalty::{money, template};
use rapport_core::model::config::{Config, Record, State};
use rapport_core::model::text::Locale;
use rapport_core::model::widget::Kind;
use rapport_core::time::Timestamp;
use rapport_core::view::loyalty::{self as view, Example, Shown};

use crate::dashboard::gallery::TEMPLATE;
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

/// The badge's panel with somebody in it who does not exist: by the site's own programme, or by the ready-made one.
pub fn picture(config: &Config, now: Timestamp) -> Option<Markup> {
    let site = &config.site;
    let own = config.loyalty.as_ref().and_then(Programme::newest).cloned();
    let program = own.or_else(|| template::ready(money::usual(site.locale.as_str())).ok())?;
    let account = Example::new(&program, now).shown(now);
    Some(view::still(&of(config, &program, &site.locale, now, Some(&account))))
}

/// What a panel is drawn from.
pub fn of<'a>(
    config: &'a Config,
    program: &'a Program,
    locale: &'a Locale,
    now: Timestamp,
    account: Option<&'a view::Account>,
) -> Shown<'a> {
    Shown { site: &config.site, program, locale, origin: "", now, paused: false, account }
}
