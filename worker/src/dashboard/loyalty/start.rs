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

/// The page of a site without a programme.
pub fn show(caller: &Caller, session: &Session, config: &Config) -> Result<Response, Fail> {
    let frame = caller.frame(Some(&session.csrf));
    let body = none(&frame, &path(&config.site, Section::Programme));
    caller.page(frame::page(&frame, &config.site, Section::Programme, &body), 200)
}

/// A step in the programme's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Start,
    Discard,
    Pause,
    Resume,
}

impl Step {
    /// Reads a button's value.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "discard" => Some(Self::Discard),
            "pause" => Some(Self::Pause),
            "resume" => Some(Self::Resume),
            _ => None,
        }
    }

    /// Takes it.
    pub async fn take(self, env: &Env, site: &SiteId) -> Result<Response, Fail> {
        let (config, record) = program::read(env, site).await?;
        let change = match self {
            // Another tab was faster: there it is.
            Self::Start if record.newest().is_some() => None,
            Self::Start => {
                let ready = template::ready(money::usual(config.site.locale.as_str()))?;
                Some(Change::Draft { program: Box::new(ready), based_on: Some(mark::<Program>(None)) })
            }
            Self::Discard => record.draft.is_some().then_some(Change::Discard),
            Self::Pause => (record.live.is_some() && !record.paused).then_some(Change::Pause),
            Self::Resume => record.paused.then_some(Change::Resume),
        };
        if let Some(change) = change {
            program::change(env, site, change).await?;
        }
        reply::see_other(&path(&config.site, Section::Programme))
    }
}

/// What it is, in three sentences, and one button.
fn none(frame: &Frame<'_>, here: &str) -> Markup {
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
