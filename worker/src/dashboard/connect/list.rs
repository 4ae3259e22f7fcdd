//! All connections of a site, and the way to the API.

use maud::{Markup, html};
use rapport_core::model::site::Site;

use super::words;
use crate::command::hook::Shown;
use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::layout::{self, Section, section_path};
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};

/// The page; `gone` was deleted just now.
pub fn page(frame: &Frame<'_>, site: &Site, hooks: &[Shown], gone: Option<&str>) -> Markup {
    let c = &frame.lang.strings().connect;
    let path = section_path(site, Section::Connect);
    let body = html! {
        @if let Some(id) = gone {
            div.notice.good role="status" {
                p { (c.gone) }
                (layout::form(frame, &format!("{path}/{id}"), "", &html! {
                    button.button type="submit" name="do" value="restore" { (frame.lang.strings().settings.undo) }
                }))
            }
        }
        section.section aria-labelledby="connections" {
            header {
                h2 #connections { (c.title) }
                @if !hooks.is_empty() { a.button href={ (path) "/new" } { (c.add) } }
            }
            p.soft { (c.lead) }
            @if hooks.is_empty() {
                div.card.empty {
                    (parts::sign(signs::INBOX))
                    p { b { (c.none) } }
                    p { (c.none_hint) }
                    a.button.main href={ (path) "/new" } { (c.add) }
                }
            } @else {
                ul.connections { @for hook in hooks { (card(frame, hook, &path)) } }
            }
        }
        section.section aria-labelledby="programs" {
            h2 #programs { (c.programs) }
            div.card.stack {
                p { (c.programs_words) }
                div.actions {
                    a.button href="/dashboard/tokens" { (frame.lang.strings().token.title) }
                    a.button href=(super::tokens::api(frame.lang)) { (c.api) }
                }
            }
        }
    };
    layout::settings(frame, site, Section::Connect, &body)
}

fn card(frame: &Frame<'_>, hook: &Shown, path: &str) -> Markup {
    let events: Vec<&str> = hook.hook.events.iter().map(|event| words::event(*event, frame.lang)).collect();
    html! {
        li.card.stack {
            div.line {
                h3 { a href={ (path) "/" (hook.id) } { (hook.hook.name) } }
                (chip(hook, frame.lang))
            }
            p.small.soft { (words::service(hook.hook.sends())) " · " code { (hook.hook.address) } }
            p.small { (events.join(frame.lang.strings().list_comma)) }
            @if let Some(last) = &hook.last {
                p.small.soft { (format::ago(last.at, frame.now, frame.lang)) " – " (words::outcome(last, frame.lang)) }
            }
        }
    }
}

/// How it is doing, in a word.
pub fn chip(hook: &Shown, lang: Lang) -> Markup {
    let c = &lang.strings().connect;
    let (class, word) = match hook {
        Shown { stopped: Some(_), .. } => ("chip bad", c.stopped),
        Shown { paused: true, .. } => ("chip mild", c.paused),
        Shown { failing: Some(_), .. } => ("chip bad", c.failing),
        Shown { last: None, .. } => ("chip", c.new),
        _ => ("chip good", c.works),
    };
    html! { span class=(class) { (word) } }
}
