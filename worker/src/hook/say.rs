//! What a hook says to people.

use rapport_core::hook::Event;
use rapport_core::hook::message::{Line, Message};
use rapport_core::loyalty::entry::Entry;
use rapport_core::response::Response;

use super::event::Told;
use crate::dashboard::connect::words;

/// A response.
pub fn response(told: &Told<'_>, response: &Response, again: bool) -> Message {
    let s = told.lang.strings();
    let c = &s.connect;
    let label = told.label(response.widget.as_str());
    let title = if again { c.answer_changed } else { c.answer_given };
    let mut lines: Vec<Line> =
        told.said(response)
            .into_iter()
            .map(|said| {
                if said.words {
                    Line::Quote(said.question, said.answer)
                } else {
                    Line::Fact(said.question, said.answer)
                }
            })
            .collect();
    if !response.page.is_empty() {
        lines.push(Line::Fact(c.page.to_owned(), response.page.clone()));
    }
    if !response.doubts.is_empty() {
        lines.push(Line::Text(c.doubtful.to_owned()));
    }
    let link = (c.read_it.to_owned(), told.page(&format!("responses#r-{}", response.id)));
    Message { title: title(&told.config.site.name, label), lines, link: Some(link) }
}

/// Words that a visitor added to a response.
pub fn spoken(told: &Told<'_>, response: &Response, words: &str) -> Message {
    let c = &told.lang.strings().connect;
    let label = told.label(response.widget.as_str()).to_owned();
    let link = (c.read_it.to_owned(), told.page(&format!("responses#r-{}", response.id)));
    Message {
        title: (c.told_message)(&told.config.site.name),
        lines: vec![Line::Quote(label, words.to_owned())],
        link: Some(link),
    }
}

/// A widget that went live.
pub fn published(told: &Told<'_>, name: &str, version: &str) -> Message {
    let c = &told.lang.strings().connect;
    let link = (c.open_it.to_owned(), told.page(&format!("widgets/{name}")));
    Message {
        title: (c.published)(&told.config.site.name, told.label(name), version),
        lines: Vec::new(),
        link: Some(link),
    }
}

/// A line of a member's ledger. Who the member is, a chat is not told.
pub fn loyalty(told: &Told<'_>, event: &str, entry: &Entry, balance: i64) -> Message {
    let c = &told.lang.strings().connect;
    let what = Event::parse(event).map_or(event, |event| words::event(event, told.lang));
    let points = (c.loyalty_points)(&format!("{:+}", entry.delta), &balance.to_string());
    let about = (!entry.reference.is_empty()).then(|| Line::Text(entry.reference.clone()));
    let lines = about.into_iter().chain([Line::Text(points)]).collect();
    Message { title: format!("{}: {what}", told.config.site.name), lines, link: None }
}

/// A reward of which few are left.
pub fn stock(told: &Told<'_>, reward: &str, left: u32, all: u32) -> Message {
    let c = &told.lang.strings().connect;
    let words = (c.loyalty_left)(told.reward(reward), &left.to_string(), &all.to_string());
    let link = (c.open_it.to_owned(), told.page("loyalty"));
    let title = format!("{}: {}", told.config.site.name, c.loyalty_stock);
    Message { title, lines: vec![Line::Text(words)], link: Some(link) }
}

/// A sign of life.
pub fn test(told: &Told<'_>) -> Message {
    let c = &told.lang.strings().connect;
    let link = (c.open_it.to_owned(), told.page("settings/connect"));
    Message {
        title: (c.test_title)(&told.config.site.name),
        lines: vec![Line::Text(c.test_words.to_owned())],
        link: Some(link),
    }
}
