//! What is looked for: the field for words, the parts of the filter as chips that take themselves away, further ones in a fold,
//! and the views that are kept.

use maud::{Markup, html};
use rapport_core::inbox::{Filter, Trust};
use rapport_core::model::config::Record;

use super::asked::link;
use super::list::Model;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::page::Frame;
use crate::dashboard::strings::Inbox;

/// The bar above the list.
pub fn bar(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().inbox;
    let site = &model.config.site.id;
    let path = link(site, None);
    let filter = &model.asked.filter;
    let chips = chips(frame, model);
    html! {
        form.search method="get" action=(path) role="search" {
            div.actions {
                label.sr for="q" { (s.search) }
                input #q type="search" name="q" value=(filter.text) maxlength="200" placeholder=(s.search) data-key="/";
                button.button type="submit" { (frame.lang.strings().show) }
            }
            details.fold open[model.query.find("filter").is_some()] {
                summary { (s.filter) }
                div.filters { (fields(model, s)) }
            }
        }
        @if !chips.is_empty() {
            p.chips {
                span.soft { (s.only) }
                @for (words, without) in &chips {
                    a.chip href={ (path) "?" (without) } { (words) span aria-hidden="true" { "×" } span.sr { (s.take_away) } }
                }
                a.small href={ (path) "?status=all" } { (s.no_filter) }
            }
        }
        @if !model.desk.views.is_empty() || !chips.is_empty() {
            div.views {
                @if !model.desk.views.is_empty() {
                    nav.sections aria-label=(s.views) {
                        ul {
                            @for view in &model.desk.views {
                                li { a href={ (path) "?" (view.query) } aria-current=[(view.query == filter.to_query()).then_some("page")] { (view.name) } }
                            }
                        }
                    }
                }
                @let known = model.desk.views.iter().find(|view| view.query == filter.to_query());
                @if let Some(view) = known {
                    (layout::form(frame, &path, "", &html! {
                        input type="hidden" name="query" value=(filter.to_query());
                        input type="hidden" name="name" value=(view.name);
                        button.button.quiet.small type="submit" name="do" value="drop" { (s.drop_view) }
                    }))
                } @else if !chips.is_empty() {
                    details.fold {
                        summary { (s.keep_view) }
                        (layout::form(frame, &path, "actions", &html! {
                            input type="hidden" name="query" value=(filter.to_query());
                            label.sr for="view-name" { (s.view_name) }
                            input #view-name name="name" required maxlength="500" placeholder=(s.view_name);
                            button.button type="submit" name="do" value="keep" { (frame.lang.strings().save) }
                        }))
                    }
                }
            }
        }
    }
}

/// Words, and the query without that part.
fn chips(frame: &Frame<'_>, model: &Model<'_>) -> Vec<(String, String)> {
    let s = &frame.lang.strings().inbox;
    let filter = &model.asked.filter;
    let mut chips = Vec::new();
    let mut add = |words: Option<String>, without: &dyn Fn(&mut Filter)| {
        if let Some(words) = words {
            chips.push((words, model.asked.with(|filter| without(filter))));
        }
    };
    let given =
        |label: &str, value: &str| (!value.is_empty()).then(|| format!("{label}{}{value}", frame.lang.strings().colon));
    add(given(s.words, &filter.text), &|f| f.text.clear());
    let widget = filter.widget.as_ref().map(|name| {
        let record = model.config.record(name.as_str());
        given(s.widget, record.and_then(|record| record.versions.last()).map_or(name.as_str(), |v| &v.widget.label))
            .unwrap_or_default()
    });
    add(widget, &|f| f.widget = None);
    add((!filter.group.is_empty()).then(|| s.group(&filter.group).to_owned()), &|f| f.group.clear());
    add(filter.from.and_then(|day| given(s.from, &format::full_day(day, frame.lang))), &|f| f.from = None);
    add(filter.to.and_then(|day| given(s.to, &format::full_day(day, frame.lang))), &|f| f.to = None);
    add(given(s.page, &filter.page), &|f| f.page.clear());
    add(given(s.language, &filter.language), &|f| f.language.clear());
    add(given(s.country, &filter.country), &|f| f.country.clear());
    add(given(s.device, &filter.device), &|f| f.device.clear());
    add(filter.segment.as_ref().and_then(|(name, value)| given(name, value)), &|f| f.segment = None);
    add(given(s.tag, &filter.tag), &|f| f.tag.clear());
    add(filter.trust.map(|trust| s.trust(trust).to_owned()), &|f| f.trust = None);
    let complete = |complete| if complete { s.finished } else { frame.lang.strings().responses.partial }.to_owned();
    add(filter.complete.map(complete), &|f| f.complete = None);
    add((!filter.visitor.is_empty()).then(|| s.of_visitor.to_owned()), &|f| f.visitor.clear());
    chips
}

/// Values to choose from, for fields in which others can be typed as well.
pub fn offers(id: &str, values: &[String]) -> Markup {
    html! { datalist id=(id) { @for value in values { option value=(value) {} } } }
}

fn fields(model: &Model<'_>, s: &Inbox) -> Markup {
    let filter = &model.asked.filter;
    let text = |name: &str, label: &str, value: &str, (hint, list): (&str, Option<&str>)| {
        html! { div.field { label for={ "f-" (name) } { (label) } input id={ "f-" (name) } name=(name) value=(value) placeholder=(hint) list=[list] autocomplete="off"; } }
    };
    let facets = model.facets;
    let choice = |name: &str, label: &str, value: &str, options: &[(&str, &str)]| {
        html! {
            div.field {
                label for={ "f-" (name) } { (label) }
                select id={ "f-" (name) } name=(name) {
                    option value="" selected[value.is_empty()] { (s.any) }
                    @for (option, words) in options { option value=(option) selected[value == *option] { (words) } }
                }
            }
        }
    };
    let named =
        |record: &Record| record.versions.last().map(|v| (v.widget.name.as_str().to_owned(), v.widget.label.clone()));
    let widgets: Vec<(String, String)> = model.config.widgets.iter().filter_map(named).collect();
    let widgets: Vec<(&str, &str)> = widgets.iter().map(|(name, label)| (name.as_str(), label.as_str())).collect();
    let trust: Vec<(&str, &str)> = Trust::ALL.iter().map(|trust| (trust.as_str(), s.trust(*trust))).collect();
    let segment = filter.segment.as_ref().map(|(name, value)| format!("{name}={value}")).unwrap_or_default();
    let day = |name: &str, label: &str, value: Option<rapport_core::time::Day>| {
        html! { div.field { label for={ "f-" (name) } { (label) } input id={ "f-" (name) } type="date" name=(name) value=(value.map(|day| day.to_text()).unwrap_or_default()); } }
    };
    html! {
        input type="hidden" name="status" value=(filter.status.map_or("all", rapport_core::case::Status::as_str));
        input type="hidden" name="visitor" value=(filter.visitor);
        (choice("widget", s.widget, filter.widget.as_ref().map_or("", |name| name.as_str()), &widgets))
        (choice("group", s.score, &filter.group, s.groups))
        (day("from", s.from, filter.from))
        (day("to", s.to, filter.to))
        (offers("languages", &facets.languages)) (offers("countries", &facets.countries)) (offers("segments", &facets.segments))
        (text("page", s.page, &filter.page, ("/pricing", None)))
        (text("language", s.language, &filter.language, ("de", Some("languages"))))
        (text("country", s.country, &filter.country, ("DE", Some("countries"))))
        (choice("device", s.device, &filter.device, s.devices))
        (text("segment", s.segment, &segment, ("plan=pro", Some("segments"))))
        (text("tag", s.tag, &filter.tag, ("", Some("tags"))))
        (choice("trust", s.trust_label, filter.trust.map_or("", Trust::as_str), &trust))
        (choice("complete", s.complete, filter.complete.map_or("", |yes| if yes { "yes" } else { "no" }), &[("yes", s.finished), ("no", s.not_finished)]))
        button.button.main type="submit" { (s.apply) }
    }
}
