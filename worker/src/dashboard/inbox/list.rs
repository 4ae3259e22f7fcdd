//! The list, and the page around it.

use maud::{Markup, html};
use rapport_core::case::Status;
use rapport_core::inbox::{Desk, Facets};
use rapport_core::model::config::Config;

use super::asked::{Asked, link};
use super::change::Wrong;
use super::{chips, pane, toast};
use crate::command::inbox::{COUNTED, Counts, Found, Item};
use crate::dashboard::answers;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Place, Section, Tab, section_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::parts::{self, signs};
use crate::dashboard::strings::Inbox;

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub asked: &'a Asked,
    pub found: &'a Found,
    pub counts: &'a Counts,
    pub desk: &'a Desk,
    pub facets: &'a Facets,
    /// The response that is read, and others of its visitor.
    pub one: Option<&'a (Item, Vec<Item>)>,
    /// The state of today, where the newest are shown.
    pub pulse: Option<&'a str>,
    pub query: &'a Form,
    pub problem: Option<&'a Wrong>,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let speech = Speech::new(frame.lang, &site.locale);
    let here = html! {
        input type="hidden" name="query" value=(model.asked.query());
        @if let Some((item, _)) = model.one { input type="hidden" name="open" value=(item.response.id); }
    };
    let body = html! {
        div.inbox data-reading[model.one.is_some()] {
            div.side {
                div.head {
                    // The page is about what is read, where something is.
                    @if model.one.is_some() { p.title { (s.responses.title) } } @else { h1 { (s.responses.title) } }
                    button.button.quiet type="button" data-shortcuts data-key="?" hidden { (s.inbox.shortcuts) }
                }
                (chips::offers("tags", &model.facets.tags))
                (statuses(model, &s.inbox))
                (chips::bar(frame, model))
                @if let (None, Some(wrong)) = (model.one, model.problem) { (faults::list(&wrong.problems, frame.lang)) }
                @let (pulse, tag) = model.pulse.map(|tag| layout::pulse(site, tag)).unzip();
                div #live data-pulse=[pulse] data-tag=[tag] { (rows(frame, model, &speech, &here)) }
            }
            @if let Some((item, others)) = model.one {
                (pane::pane(frame, model, item, others, &speech, &here))
            }
        }
        (toast::toast(frame, &site.id, model.query, &here))
        (keys(&s.inbox))
    };
    layout::page(frame, Place::Site(site, Tab::Responses), s.responses.title, &body)
}

fn statuses(model: &Model<'_>, s: &Inbox) -> Markup {
    let counts = model.counts;
    let of = |status: Status| match status {
        Status::New => counts.new,
        Status::Read => counts.read,
        Status::Planned => counts.planned,
        Status::Done => counts.done,
        Status::Wont => counts.wont,
        Status::Spam => counts.spam,
    };
    let path = link(&model.config.site.id, None);
    html! {
        nav.segments.statuses aria-label=(s.by_status) {
            ul {
                @for status in Status::ALL {
                    li {
                        a href={ (path) "?" (model.asked.with(|filter| filter.status = Some(status))) }
                            aria-current=[(model.asked.filter.status == Some(status)).then_some("page")] {
                            (s.status(status)) " " span.soft { (format::up_to(of(status), COUNTED)) }
                        }
                    }
                }
                li {
                    a href={ (path) "?" (model.asked.with(|filter| filter.status = None)) }
                        aria-current=[model.asked.filter.status.is_none().then_some("page")] { (s.all) }
                }
            }
        }
    }
}

fn rows(frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>, here: &Markup) -> Markup {
    let s = &frame.lang.strings().inbox;
    let path = link(&model.config.site.id, None);
    let form = html! {
        (here)
        div.bulk role="group" aria-label=(s.with_chosen) {
            label.check { input type="checkbox" data-all hidden; span.sr { (s.choose_all) } }
            span.small.soft { (s.with_chosen) }
            @for (status, key) in [(Status::Read, "m"), (Status::Planned, "p"), (Status::Done, "e"), (Status::Wont, "w"), (Status::Spam, "!")] {
                button.button.small type="submit" name="do" value={ "status:" (status.as_str()) } data-key=[model.one.is_none().then_some(key)] { (s.status(status)) }
            }
            details.more-actions {
                summary { (s.more) }
                div.actions {
                    button.button.small type="submit" name="do" value="status:new" { (s.status(Status::New)) }
                    button.button.small type="submit" name="do" value="test:yes" { (s.mark_test) }
                    button.button.small.risk type="submit" name="do" value="erase" { (s.erase) }
                    label.sr for="bulk-tag" { (s.tag) }
                    input #bulk-tag name="tag" maxlength="40" list="tags" placeholder=(s.tag);
                    button.button.small type="submit" name="do" value="tag" { (s.add_tag) }
                }
            }
        }
        ol.entries.answers {
            @for item in &model.found.items { (row(item, frame, model, speech)) }
        }
    };
    html! {
        div.card {
            @if model.found.items.is_empty() { (empty(frame, model)) } @else { (layout::form(frame, &path, "choose", &form)) }
        }
        @if model.found.unindexed > 0 && !model.asked.filter.text.is_empty() {
            p.small.soft { ((s.unindexed)(&format::up_to(model.found.unindexed, COUNTED))) }
        }
        @if let Some(day) = model.found.until { p.small.soft { ((s.looked_until)(&format::full_day(day, frame.lang))) } }
        @if !model.found.items.is_empty() {
            // Exactly what the filter finds, beyond this page as well.
            p.small { a href={ (section_path(&model.config.site, Section::Data)) "/export?form=table&labels=yes&excel=yes&partial=yes&" (model.asked.filter.to_query()) } download { (s.export_these) } }
        }
        @if model.asked.before.is_some() || model.found.next.is_some() {
            nav.actions aria-label=(frame.lang.strings().responses.pages) {
                @if model.asked.before.is_some() {
                    a.button href={ (path) "?" (model.asked.filter.to_query()) } { (frame.lang.strings().responses.newest) }
                }
                @if let Some(next) = model.found.next {
                    a.button href={ (path) "?" (model.asked.filter.to_query()) "&before=" (next) } { (frame.lang.strings().responses.older) }
                }
            }
        }
    }
}

fn row(item: &Item, frame: &Frame<'_>, model: &Model<'_>, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().inbox;
    let (response, case) = (&item.response, &item.case);
    let open = model.one.is_some_and(|(one, _)| one.response.id == response.id);
    let address = format!("{}?{}", link(&model.config.site.id, Some(&response.id)), model.asked.query());
    let brief = answers::brief(response, model.config, speech);
    html! {
        li id={ "r-" (response.id) } aria-current=[open.then_some("true")] {
            label.check { input type="checkbox" name="id" value=(response.id); span.sr { ((s.choose)(&brief.title)) } }
            a data-row href=(address) {
                span.line {
                    @for (class, score) in &brief.scores { span class=(class) { (score) } }
                    b { (brief.title) }
                    @if case.waits() { span.chip.on { (s.waits) } }
                    @if model.asked.filter.status.is_none() && case.status != Status::New { span.chip { (s.status(case.status)) } }
                    @if case.test { span.chip { (s.test) } }
                    @for tag in &case.tags { span.chip.tag { (tag) } }
                }
                @if let Some(words) = &brief.words { span.excerpt { (words) } }
                span.meta {
                    time datetime=(format::machine_moment(response.received)) { (format::ago(response.received, frame.now, frame.lang)) }
                    @if !response.complete { span { (frame.lang.strings().responses.partial) } }
                    @if !response.country.is_empty() { span { (response.country) } }
                }
            }
        }
    }
}

fn empty(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let counts = model.counts;
    let any = counts.new + counts.read + counts.planned + counts.done + counts.wont + counts.spam > 0;
    let fresh = model.asked.filter.to_query() == "status=new";
    html! {
        div.empty {
            (parts::sign(signs::INBOX))
            @if !any {
                h2 { (s.responses.none) }
                p { (s.responses.none_hint) }
            } @else if fresh {
                h2 { (s.inbox.all_done) }
                p { (s.inbox.all_done_hint) }
            } @else {
                h2 { (s.inbox.none) }
                p { (s.inbox.none_hint) }
            }
            @if any { a.button href={ (link(&model.config.site.id, None)) "?status=all" } { (s.all_responses) } }
        }
    }
}

/// The list of shortcuts, which the script opens, and the way to do without them.
fn keys(s: &Inbox) -> Markup {
    html! {
        dialog #shortcuts aria-labelledby="shortcuts-title" {
            h2 #shortcuts-title { (s.shortcuts) }
            dl { @for (key, words) in s.keys { div { dt { kbd { (key) } } dd { (words) } } } }
            label.check { input type="checkbox" data-keys-on checked; (s.keys_on) }
            form method="dialog" { button.button type="submit" { (s.close) } }
        }
    }
}
