//! A widget's versions: what each one changed, how many answered it, and going back to one.

mod words;

use maud::{Markup, html};
use rapport_core::json::compare::compare;
use rapport_core::model::config::{Config, Record};
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use crate::command::versions::VersionCount;
use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Place, Tab, widget_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::state;
use crate::edit::{self, BASED_ON, mark};
use crate::owner;
use crate::problem::Fail;
use crate::reply;

/// One side of a comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Version(u32),
    Draft,
}

impl Side {
    fn parse(text: &str) -> Option<Self> {
        if text == "draft" { Some(Self::Draft) } else { text.parse().ok().map(Self::Version) }
    }

    fn of(self, record: &Record) -> Option<&Widget> {
        match self {
            Self::Draft => record.draft.as_ref(),
            Self::Version(number) => {
                record.versions.iter().find(|version| version.number == number).map(|version| &version.widget)
            }
        }
    }

    fn value(self) -> String {
        match self {
            Self::Draft => "draft".to_owned(),
            Self::Version(number) => number.to_string(),
        }
    }

    fn name(self, frame: &Frame<'_>) -> String {
        let w = &frame.lang.strings().versions;
        match self {
            Self::Draft => w.draft.to_owned(),
            Self::Version(number) => (w.version)(&number.to_string()),
        }
    }
}

/// What differs between two of them: the newest against the draft, or against the one before, where nothing else is asked.
pub async fn show(caller: &Caller, session: &Session, env: &Env, site: &SiteId, name: &Name) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let asked = |field: &str| Side::parse(caller.query.get(field)).filter(|side| side.of(record).is_some());
    let (from, to) = match (asked("from"), asked("to"), usual(record)) {
        (Some(from), Some(to), _) => (from, to),
        (_, _, Some(usual)) => usual,
        // There is but one.
        _ => return reply::see_other(&format!("/dashboard/s/{site}/widgets/{name}")),
    };
    let restored = caller.query.find("restored").and_then(|number| number.parse().ok());
    let frame = caller.frame(Some(&session.csrf));
    caller.page(page(&frame, &config, record, name, (from, to), restored), 200)
}

/// Makes a version the draft again. One that would be lost by it is shown first.
pub async fn restore(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, &Name),
    form: &Form,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let number: u32 = form.get("restore").parse().map_err(|_| Fail::not_found())?;
    let widget = Side::Version(number).of(record).ok_or_else(Fail::not_found)?;
    let lost = record.draft.as_ref().is_some_and(|draft| draft != widget);
    if lost && form.find("sure").is_none() {
        return caller.page(sure(&caller.frame(Some(&session.csrf)), &config, record, name, number), 200);
    }
    let based_on = form.find(BASED_ON).map_or_else(|| mark(edit::newest(record)), str::to_owned);
    owner::edit(env, site, Edit::Draft { widget: widget.clone(), based_on: Some(based_on) }).await?;
    let newest = record.versions.last().map_or(number, |version| version.number);
    let path = widget_path(&config.site, name.as_str());
    reply::see_other(&format!("{path}/versions?from={newest}&to=draft&restored={number}"))
}

/// On the widget's page: all versions with their answers, and the ways to compare and restore.
pub fn section(frame: &Frame<'_>, config: &Config, record: &Record, name: &str, counts: &[VersionCount]) -> Markup {
    let s = frame.lang.strings();
    let w = &s.versions;
    let path = format!("{}/versions", widget_path(&config.site, name));
    let newest = record.versions.last().map(|version| version.number);
    // What asks nothing has no answers.
    let asks = !record.only_tells();
    html! {
        @if let Some(newest) = newest {
            section.section aria-labelledby="versions" {
                header { h2 #versions { (s.widgets.versions) } @if usual(record).is_some() { a href=(path) { (w.compare) } } }
                div.card.flush {
                    div.scroll tabindex="0" role="group" aria-label=(s.widgets.versions) {
                        table {
                            thead { tr { th scope="col" { (s.widgets.version) } th scope="col" { (s.widgets.published) } @if asks { th.num scope="col" { (w.answers) } } th scope="col" { (w.changed) } th scope="col" { span.sr { (w.restore) } } } }
                            tbody {
                                @if let Some(draft) = &record.draft {
                                    tr {
                                        th scope="row" { (w.draft) }
                                        td { (w.unpublished) }
                                        @if asks { td.num { "–" } }
                                        td { (changed(frame, config, (Side::Version(newest), Side::Draft), record, draft, &path)) }
                                        td {}
                                    }
                                }
                                @for (index, version) in record.versions.iter().enumerate().rev() {
                                    @let count = counts.iter().find(|count| count.version == version.number);
                                    tr {
                                        th scope="row" { (version.number) }
                                        td { time datetime=(format::machine_moment(version.published)) { (format::moment(version.published)) } }
                                        @if asks { td.num { (format::count(count.map_or(0, |count| count.completed))) } }
                                        td {
                                            @match index.checked_sub(1).and_then(|before| record.versions.get(before)) {
                                                Some(before) => (changed(frame, config, (Side::Version(before.number), Side::Version(version.number)), record, &version.widget, &path)),
                                                None => span.soft { (w.first) },
                                            }
                                        }
                                        td { @if version.number != newest || record.draft.is_some() { (restoring(frame, &path, record, version.number, "button quiet")) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How much changed, as a link to what.
fn changed(
    frame: &Frame<'_>,
    config: &Config,
    (from, to): (Side, Side),
    record: &Record,
    after: &Widget,
    path: &str,
) -> Markup {
    let w = &frame.lang.strings().versions;
    let count = from.of(record).map_or(0, |before| compare(before, after, &config.site.locale).len());
    html! {
        @if count == 0 { span.soft { (w.same) } }
        @else { a href={ (path) "?from=" (from.value()) "&to=" (to.value()) } { ((w.changes)(&format::count(count as u64))) } }
    }
}

fn restoring(frame: &Frame<'_>, path: &str, record: &Record, number: u32, class: &str) -> Markup {
    let w = &frame.lang.strings().versions;
    let body = html! {
        input type="hidden" name=(BASED_ON) value=(mark(edit::newest(record)));
        button class=(class) type="submit" name="restore" value=(number) { (w.restore) span.sr { " " (number) } }
    };
    layout::form(frame, path, "", &body)
}

/// The newest version against the draft, or the one before it against it.
fn usual(record: &Record) -> Option<(Side, Side)> {
    let mut newest = record.versions.iter().rev().map(|version| Side::Version(version.number));
    match &record.draft {
        Some(_) => Some((newest.next()?, Side::Draft)),
        None => {
            let last = newest.next()?;
            Some((newest.next()?, last))
        }
    }
}

fn page(
    frame: &Frame<'_>,
    config: &Config,
    record: &Record,
    name: &Name,
    (from, to): (Side, Side),
    restored: Option<u32>,
) -> Markup {
    let s = frame.lang.strings();
    let w = &s.versions;
    let site = &config.site;
    let path = widget_path(site, name.as_str());
    let here = format!("{path}/versions");
    let step = |word: &str, class: &str, text: &str| {
        layout::form(frame, &format!("{path}/{word}"), "", &html! { button class=(class) type="submit" { (text) } })
    };
    let body = html! {
        div.stack {
            p.small { a href=(path) { (state::label(record)) } }
            h1 { (w.title) }
        }
        @if let (Some(number), true) = (restored, record.draft.is_some()) {
            div.notice.good role="status" {
                p { ((w.restored)(&number.to_string())) }
                div.actions {
                    (step("publish", "button main", s.widgets.publish))
                    (step("discard", "button", w.undo))
                }
            }
        }
        form.card.compare method="get" action=(here) {
            (side(frame, record, "from", w.from, from))
            (side(frame, record, "to", w.to, to))
            button.button type="submit" { (s.show) }
        }
        @if let (Some(before), Some(after)) = (from.of(record), to.of(record)) {
            section.section aria-labelledby="changes" {
                header {
                    h2 #changes { (from.name(frame)) " → " (to.name(frame)) }
                    @if let Side::Version(number) = from { @if restored.is_none() { (restoring(frame, &here, record, number, "button")) } }
                }
                (words::list(before, after, &Speech::new(frame.lang, &site.locale)))
            }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), w.title, &body)
}

/// Choosing one side.
fn side(frame: &Frame<'_>, record: &Record, field: &str, label: &str, chosen: Side) -> Markup {
    let draft = record.draft.as_ref().map(|_| Side::Draft);
    let sides = draft.into_iter().chain(record.versions.iter().rev().map(|version| Side::Version(version.number)));
    html! {
        div.field {
            label for=(field) { (label) }
            select id=(field) name=(field) {
                @for side in sides { option value=(side.value()) selected[side == chosen] { (side.name(frame)) } }
            }
        }
    }
}

/// What would be lost.
fn sure(frame: &Frame<'_>, config: &Config, record: &Record, name: &Name, number: u32) -> Markup {
    let w = &frame.lang.strings().versions;
    let path = format!("{}/versions", widget_path(&config.site, name.as_str()));
    let newest = record.versions.last().map(|version| &version.widget);
    let body = html! {
        div.stack { h1 { (w.sure) } p { ((w.sure_words)(&number.to_string())) } }
        (layout::form(frame, &path, "actions", &html! {
            input type="hidden" name="sure" value="yes";
            input type="hidden" name=(BASED_ON) value=(mark(edit::newest(record)));
            button.button.risk type="submit" name="restore" value=(number) { (w.replace) }
            a.button href={ (path) "?to=draft" } { (w.keep) }
        }))
        @if let (Some(newest), Some(draft)) = (newest, &record.draft) {
            section.section aria-labelledby="changes" {
                h2 #changes { (w.lost) }
                (words::list(newest, draft, &Speech::new(frame.lang, &config.site.locale)))
            }
        }
    };
    layout::page(frame, Place::Site(&config.site, Tab::Widgets), w.sure, &body)
}
