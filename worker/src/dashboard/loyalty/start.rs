//! Where there is no programme yet: what it is, and one click to a draft. And the steps in a programme's life.

use maud::{Markup, html};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::{money, template};
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use super::frame::{self, Section, path};
use crate::command::Session;
use crate::command::program::Change;
use crate::dashboard::caller::Caller;
use crate::dashboard::layout;
use crate::dashboard::page::Frame;
use crate::edit::mark;
use crate::owner::program;
use crate::problem::Fail;
use crate::reply;

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    caller.page(page(&frame, &config, &record), 200)
}

/// A button.
pub async fn step(env: &Env, site: &SiteId, word: &str) -> Result<Response, Fail> {
    let change = match word {
        "start" => {
            let (config, record) = program::read(env, site).await?;
            // Another tab was faster: there it is.
            if record.newest().is_some() {
                return reply::see_other(&path(&config.site, Section::Programme));
            }
            let ready = template::ready(money::usual(config.site.locale.as_str()))?;
            Change::Draft { program: Box::new(ready), based_on: Some(mark::<Program>(None)) }
        }
        "publish" => Change::Publish { based_on: None },
        "discard" => Change::Discard,
        "pause" => Change::Pause,
        "resume" => Change::Resume,
        _ => return Err(Fail::not_found()),
    };
    let config = program::change(env, site, change).await?;
    reply::see_other(&path(&config.site, Section::Programme))
}

fn page(frame: &Frame<'_>, config: &Config, record: &Record) -> Markup {
    let s = &frame.lang.strings().loyalty;
    let here = path(&config.site, Section::Programme);
    let button = |word: &str, class: &str, words: &str| html! { button class=(class) type="submit" name="do" value=(word) { (words) } };
    let body = html! {
        @if record.newest().is_none() { (none(frame, &here)) }
        @else {
            div.head { h1 { (s.programme) } p.actions { (chips(frame, record)) } }
            (layout::form(frame, &here, "card actions", &html! {
                @if record.draft.is_some() { (button("publish", "button main", s.publish)) (button("discard", "button", s.discard)) }
                @if record.live.is_some() { @if record.paused { (button("resume", "button", s.resume)) } @else { (button("pause", "button", s.pause)) } }
            }))
        }
    };
    frame::page(frame, &config.site, Section::Programme, &body)
}

/// What it is, in three sentences, and one button.
pub fn none(frame: &Frame<'_>, here: &str) -> Markup {
    let s = &frame.lang.strings().loyalty;
    html! {
        div.card.stack.loose.welcome {
            h1 { (s.none) }
            p { (s.none_what) }
            p { (s.none_how) }
            p { (s.none_start) }
            (layout::form(frame, here, "actions", &html! {
                button.button.main type="submit" name="do" value="start" { (s.start) }
            }))
            p.small.soft { (s.nothing_yet) }
        }
    }
}

/// The programme's state in a word or two.
pub fn chips(frame: &Frame<'_>, record: &Record) -> Markup {
    let s = &frame.lang.strings().loyalty;
    html! {
        @match (&record.live, record.paused) {
            (None, _) => span.chip { (s.draft) },
            (Some(_), true) => span.chip.mild { (s.paused) },
            (Some(_), false) => span.chip.good { (s.live) },
        }
        @if record.live.is_some() && record.draft.is_some() { " " span.chip.on { (s.changed) } }
    }
}
