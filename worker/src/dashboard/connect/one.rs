//! One connection: how it is doing, what was sent, what it is, and its end.

use maud::{Markup, html};
use rapport_core::hook::Service;
use rapport_core::model::config::Config;
use rapport_core::model::site::Site;
use rapport_core::problem::Problem;

use super::form::{Typed, fields};
use super::{list, log, words};
use crate::command::hook::{Delivery, Saved, Shown};
use crate::dashboard::layout::{self, Section, section_path};
use crate::dashboard::page::Frame;
use crate::dashboard::{embed, faults, format};
use crate::edit::{self, BASED_ON};

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub hook: &'a Shown,
    pub log: &'a [Delivery],
    pub typed: &'a Typed,
    pub problems: &'a [Problem],
    pub saved: bool,
    /// What was just sent by hand, and whether there was anything to send.
    pub tried: Option<Option<&'a Delivery>>,
    pub path: &'a str,
}

/// The form for another one.
pub fn new(frame: &Frame<'_>, config: &Config, typed: &Typed, problems: &[Problem]) -> Markup {
    let c = &frame.lang.strings().connect;
    let path = section_path(&config.site, Section::Connect);
    let body = html! {
        section.section aria-labelledby="new" {
            h2 #new { (c.add) }
            (faults::list(problems, frame.lang))
            div.card {
                (layout::form(frame, &format!("{path}/new"), "stack loose", &html! {
                    (fields(frame, config, typed, problems, None))
                    div.actions { button.button.main type="submit" { (c.create) } a.button.quiet href=(path) { (frame.lang.strings().back) } }
                }))
            }
        }
    };
    layout::settings(frame, &config.site, Section::Connect, &body)
}

/// A secret, this once.
pub fn secret(frame: &Frame<'_>, site: &Site, saved: &Saved) -> Markup {
    let c = &frame.lang.strings().connect;
    let body = html! {
        section.section aria-labelledby="secret" {
            h2 #secret { (c.secret) }
            div.card.stack {
                p { (c.secret_once) }
                (embed::line(saved.secret.as_deref().unwrap_or_default(), "secret-line", frame.lang))
                div.actions { a.button.main href={ (section_path(site, Section::Connect)) "/" (saved.hook.id) } { (c.go_on) } }
            }
        }
    };
    layout::settings(frame, site, Section::Connect, &body)
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let c = &s.connect;
    let Model { hook, config, path, .. } = model;
    let body = html! {
        p { a href=(section_path(&config.site, Section::Connect)) { (c.title) } }
        @if model.saved { p.notice.good role="status" { (s.saved) } }
        (outcome(frame, model.tried))
        (faults::list(model.problems, frame.lang))
        section.section aria-labelledby="connection" {
            header { h2 #connection { (hook.hook.name) } (list::chip(hook, frame.lang)) }
            div.card.stack {
                p { (words::service(hook.hook.sends())) " · " code { (hook.hook.address) } }
                @if let Some(why) = &hook.stopped { p.notice.bad { ((c.stopped_words)(&words::why(why, None, frame.lang))) } }
                @else if let Some(since) = hook.failing { p.notice.bad { ((c.failing_words)(&format::moment(since))) } }
                (buttons(frame, model))
            }
        }
        section.section aria-labelledby="log" {
            h2 #log { (c.log) }
            p.small.soft { (c.log_hint) }
            (log::table(frame, model.log, path))
        }
        section.section aria-labelledby="change" {
            h2 #change { (c.edit) }
            div.card {
                (layout::form(frame, path, "stack loose", &html! {
                    input type="hidden" name=(BASED_ON) value=(edit::mark(Some(&hook.hook)));
                    (fields(frame, config, model.typed, model.problems, Some(hook.signs)))
                    div.actions { button.button.main type="submit" name="do" value="save" { (s.save) } }
                }))
            }
        }
        section.section aria-labelledby="end" {
            h2 #end { (c.remove) }
            details.card {
                summary { (c.remove) "…" }
                (layout::form(frame, path, "stack", &html! {
                    p { (c.remove_words) }
                    div.actions { button.button.risk type="submit" name="do" value="delete" { (c.remove_yes) } }
                }))
            }
        }
    };
    layout::settings(frame, &config.site, Section::Connect, &body)
}

fn buttons(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let c = &frame.lang.strings().connect;
    let hook = model.hook;
    let halted = hook.paused || hook.stopped.is_some();
    layout::form(
        frame,
        model.path,
        "stack",
        &html! {
            div.actions {
                button.button.main type="submit" name="do" value="test" { (c.test) }
                button.button type="submit" name="do" value="digest" { (c.digest_now) }
                @if halted { button.button type="submit" name="do" value="resume" { (c.resume) } }
                @else { button.button type="submit" name="do" value="pause" { (c.pause) } }
                @if hook.hook.sends() == Service::Webhook {
                    button.button type="submit" name="do" value="rotate" aria-describedby="rotate-hint" { (c.rotate) }
                }
            }
            @if hook.hook.sends() == Service::Webhook { p.small.soft id="rotate-hint" { (c.rotate) ": " (c.rotate_hint) } }
        },
    )
}

fn outcome(frame: &Frame<'_>, tried: Option<Option<&Delivery>>) -> Markup {
    let c = &frame.lang.strings().connect;
    html! {
        @match tried {
            None => {},
            Some(Some(delivery)) if delivery.ok == Some(true) => p.notice.good role="status" { (c.sent) },
            Some(Some(delivery)) => p.notice.bad role="alert" {
                ((c.not_sent)(&words::outcome(delivery, frame.lang)))
                @if !delivery.told.is_empty() { " " code { (delivery.told) } }
            },
            Some(None) => p.notice role="status" { (c.nothing_sent) },
        }
    }
}
