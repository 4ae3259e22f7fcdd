//! What the owner says to a visitor who answered: replies, what was done about it, and a field to answer back. The same
//! conversations stand in the card that comes up on the site and on the page of the response.

use maud::{Markup, html};

use super::page::shell;
use super::{Hosted, icon};
use crate::answer::Field;
use crate::i18n::{self, Strings, fill};
use crate::limits::{MESSAGE_CHARS, MESSAGES_IN_A_ROW};
use crate::model::question::Input;
use crate::model::site::Site;
use crate::model::text::Locale;
use crate::model::widget::Widget;
use crate::time::Timestamp;
use crate::{validate, walk};

/// One conversation, as its visitor may see it: nothing in here that the owner notes for himself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// The response's id.
    pub id: String,
    /// What the visitor answered: question and words.
    pub wrote: Vec<(String, String)>,
    /// In order of time.
    pub lines: Vec<Line>,
    /// What was done about it: entries of news, heading and words.
    pub done: Vec<(String, String)>,
    /// Up to when the visitor has seen everything, once this was looked at.
    pub until: Timestamp,
    pub turn: Turn,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether the owner wrote it.
    pub owner: bool,
    pub text: String,
    pub at: Timestamp,
}

/// Whether the visitor may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// There is nothing to answer yet.
    #[default]
    Nothing,
    Open,
    /// Wrote so much that it is the owner's turn.
    Wait,
}

/// For whom it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Talk<'a> {
    pub site: &'a Site,
    pub locale: &'a Locale,
    /// Where the Worker lives, no slash at the end.
    pub origin: &'a str,
}

/// What only the page of a response has.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The id that the next message will have, so that sending it twice says it once.
    pub message: &'a str,
    /// What was written and not taken, and why.
    pub text: &'a str,
    pub refused: Option<Refused>,
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Blank,
    TooLong,
    Wait,
    /// It could not be kept; trying again is worth it.
    Failed,
}

/// What a visitor answered, question by question: the words, or where there are none, the first answer.
pub fn wrote(widget: &Widget, answers: &[Field], locale: &Locale) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for question in &widget.questions {
        let Ok(Some(answer)) = validate::read_one(&question.rule(), answers, false) else { continue };
        let label = |name: &crate::name::Name| match &question.input {
            Input::Choice { options, .. } | Input::Ranking { options } => {
                let option = options.iter().find(|option| option.name == *name);
                option.map_or_else(|| name.to_string(), |option| option.label.get(locale).to_owned())
            }
            _ => name.to_string(),
        };
        let words = walk::words(&answer, &label);
        if !words.is_empty() && !matches!(question.input, Input::Email | Input::Consent { .. }) {
            let title = walk::pieces(question.title.get(locale)).into_iter();
            let plain = title.map(|piece| if let walk::Piece::Words(words) = piece { words } else { "…" }).collect();
            all.push((matches!(question.input, Input::Text { .. }), plain, words));
        }
    }
    let any = all.iter().any(|(own, ..)| *own);
    let chosen = all.into_iter().filter(|(own, ..)| *own == any).map(|(_, title, words)| (title, words));
    chosen.take(if any { 3 } else { 1 }).collect()
}

/// The card that comes up on the site: quiet, opened by the visitor, with every conversation that has something new.
pub fn card(threads: &[Thread], talk: &Talk<'_>) -> Markup {
    let s = i18n::strings(talk.locale);
    let heading = fill(s.talk.reply, &[("site", &talk.site.name)]);
    let newest = threads.iter().flat_map(|thread| &thread.lines).filter(|line| line.owner).max_by_key(|line| line.at);
    let done = || threads.iter().flat_map(|thread| &thread.done).next().map(|(title, _)| title);
    let teaser = newest.map(|line| &line.text).or_else(done).map(|text| excerpt(text)).unwrap_or_default();
    let max = MESSAGE_CHARS.to_string();
    html! {
        section class="rapport placed talk" part="replies" lang=(s.tag) dir=(s.dir()) aria-label=(heading) data-placement="popover bottom end"
            data-say-sending=(s.status.sending) data-say-saved=(s.status.saved) data-say-arrived=(s.talk.arrived)
            data-say-required=(s.talk.blank) data-say-too_long=(fill(s.invalid.too_long, &[("max", &max)]))
            data-say-too_many=(wait(s)) data-say-not_found=(s.talk.gone) data-say-failed=(s.page.failed)
        {
            div class="head" part="header" {
                h2 { (heading) }
                button class="close" part="close" type="button" data-do="close" aria-label=(s.form.close) { (icon::cross()) }
            }
            div class="brief" {
                p dir="auto" { (teaser) }
                div class="foot" { button class="send" part="submit" type="button" data-do="read" aria-expanded="false" { (s.talk.read) } }
            }
            div class="threads" tabindex="-1" hidden { @for thread in threads { (conversation(thread, talk, None)) } }
            p class="name" role="status" {}
        }
    }
}

/// One conversation, with a field to answer back.
pub fn conversation(thread: &Thread, talk: &Talk<'_>, draft: Option<&Draft<'_>>) -> Markup {
    let s = i18n::strings(talk.locale);
    let field = format!("text-{}", thread.id);
    let refused = draft.and_then(|draft| draft.refused).map(|why| match why {
        Refused::Blank => s.talk.blank.to_owned(),
        Refused::TooLong => fill(s.invalid.too_long, &[("max", &MESSAGE_CHARS.to_string())]),
        Refused::Wait => wait(s),
        Refused::Failed => s.page.failed.to_owned(),
    });
    html! {
        article class="thread" data-thread=(thread.id) data-until=(thread.until.0) {
            @if !thread.wrote.is_empty() {
                h3 { (if thread.done.is_empty() { s.talk.wrote } else { s.talk.said }) }
                blockquote {
                    @for (question, words) in &thread.wrote { p class="hint" dir="auto" { (question) } p class="words" dir="auto" { (words) } }
                }
            }
            @if !thread.done.is_empty() {
                h3 { (s.talk.did) }
                @for (title, words) in &thread.done {
                    div class="did" { p class="title" dir="auto" { (title) } @if !words.is_empty() { p class="words" dir="auto" { (words) } } }
                }
            }
            @for line in &thread.lines {
                div class=(if line.owner { "line" } else { "line own" }) {
                    p class="hint" { bdi { (if line.owner { talk.site.name.as_str() } else { s.talk.you }) } " · " (when(line.at)) }
                    p class="words" dir="auto" { (line.text) }
                }
            }
            @match thread.turn {
                Turn::Nothing if thread.done.is_empty() => p class="hint" { (s.talk.none) },
                Turn::Nothing => {}
                Turn::Wait => {
                    // Said where the field was, not only after trying.
                    p class="hint" { (wait(s)) }
                    (kept(draft))
                }
                Turn::Open => {
                    form method="post" action={ (talk.origin) "/me/" (talk.site.id) "/" (thread.id) "?lang=" (s.tag) } novalidate {
                        @if let Some(draft) = draft { input type="hidden" name="message" value=(draft.message); }
                        label class="title" for=(field) { (s.talk.answer) }
                        textarea class="field" id=(field) name="text" rows="3" maxlength=(MESSAGE_CHARS) dir="auto" aria-invalid=[refused.as_ref().map(|_| "true")]
                            aria-describedby={ (field) "-error" } { (draft.map_or("", |draft| draft.text)) }
                        p class="error" id={ (field) "-error" } role="alert" hidden[refused.is_none()] { @if let Some(refused) = &refused { (refused) } }
                        div class="foot" { button class="send" part="submit" { (s.form.send) } }
                    }
                }
            }
            p class="status" role="status" {}
        }
    }
}

/// What was written in vain is not thrown away.
fn kept(draft: Option<&Draft<'_>>) -> Markup {
    html! { @if let Some(draft) = draft.filter(|draft| !draft.text.is_empty()) { p class="line own words" dir="auto" { (draft.text) } } }
}

/// The page of a response: what was answered, and what came of it.
pub fn talk_page(thread: &Thread, hosted: &Hosted<'_>, draft: &Draft<'_>) -> Markup {
    let context = &hosted.context;
    let s = i18n::strings(context.locale);
    let talk = Talk { site: context.site, locale: context.locale, origin: context.origin };
    let title = fill(s.talk.title, &[("site", &context.site.name)]);
    shell(
        hosted,
        s,
        html! {
            div class="rapport talk" {
                h2 { (title) }
                (conversation(thread, &talk, Some(draft)))
                p class="hint" { (s.talk.private) }
            }
        },
    )
}

/// Why it is not the visitor's turn.
fn wait(s: &Strings) -> String {
    fill(s.talk.wait, &[("max", &MESSAGES_IN_A_ROW.to_string())])
}

/// A moment: its day in the markup, which scripts put into the visitor's own words and time zone.
pub(super) fn when(at: Timestamp) -> Markup {
    let day = at.day();
    let seconds = at.0.div_euclid(1_000).rem_euclid(86_400);
    let machine = format!("{day}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    html! { time datetime=(machine) { (day) } }
}

/// The first words of a text.
fn excerpt(text: &str) -> String {
    const CHARS: usize = 140;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= CHARS { line } else { line.chars().take(CHARS).chain(['…']).collect() }
}
