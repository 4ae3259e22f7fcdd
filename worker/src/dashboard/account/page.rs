//! Sessions and the key.

use maud::{Markup, html};
use rapport_core::time::Timestamp;

use crate::command::account::Open;
use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;
use crate::dashboard::{embed, format};

/// What is shown.
pub struct Model<'a> {
    pub sessions: &'a [Open],
    /// The hash of this session's token.
    pub own: &'a str,
    /// When the key was made on the dashboard, where it was.
    pub replaced: Option<Timestamp>,
    pub outcome: &'a Outcome,
    pub done: bool,
    /// Where this Worker answers.
    pub origin: &'a str,
}

/// What came of asking for a new key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Nothing,
    /// The new key, shown this once.
    Key(String),
    WrongKey,
    /// Seconds until the next try.
    Throttled(u32),
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let all = frame.lang.strings();
    let s = &all.account;
    let body = html! {
        h1 { (s.title) }
        @if model.done { p.notice.good role="status" { (s.done) } }
        @if let Outcome::Key(key) = model.outcome {
            div.notice.good role="status" {
                h2 { (s.new_key) }
                p { (s.new_key_words) }
                (embed::line(key, "new-key", frame.lang))
                (embed::line(&format!("{}/dashboard/#{key}", model.origin), "new-address", frame.lang))
            }
        }
        (sessions(frame, model))
        section.section aria-labelledby="key-title" {
            h2 #key-title { (s.key) }
            div.card.stack {
                p { (s.key_words) }
                @if let Some(at) = model.replaced { p.small.soft { ((s.key_since)(&format::moment(at))) } }
                @match model.outcome {
                    Outcome::WrongKey => p.notice.bad #refusal role="alert" { (all.door.wrong) },
                    Outcome::Throttled(seconds) => p.notice.bad #refusal role="alert" { ((all.door.throttled)(i64::from(*seconds))) },
                    _ => {},
                }
                (layout::form(frame, "/dashboard/account", "stack", &html! {
                    input type="hidden" name="do" value="key";
                    input type="text" name="username" value="owner" autocomplete="username" hidden;
                    div.field {
                        label for="key" { (s.present_key) }
                        input #key type="password" name="key" required autocomplete="current-password" autocapitalize="none" spellcheck="false" aria-describedby="key-hint"
                            aria-invalid=[(*model.outcome == Outcome::WrongKey).then_some("true")];
                        p.hint #key-hint { (s.key_hint) }
                    }
                    div.actions { button.button.risk type="submit" { (s.make_key) } }
                }))
                @let [before, after] = s.recovery;
                p.small.soft { (before) code { "cargo xtask deploy --new-key" } (after) }
            }
        }
        section.section aria-labelledby="more" {
            h2 #more { (s.more) }
            ul.card.hints {
                li { p { (s.tokens_words) } a href="/dashboard/tokens" { (s.tokens) } }
                li { p { (s.activity_words) } a href="/dashboard/account/activity" { (s.activity) } }
            }
        }
    };
    layout::page(frame, Place::Sites, s.title, &body)
}

fn sessions(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().account;
    let ago = |at| format::ago(at, frame.now, frame.lang);
    html! {
        section.section aria-labelledby="sessions" {
            header {
                h2 #sessions { (s.sessions) }
                @if model.sessions.len() > 1 {
                    (layout::form(frame, "/dashboard/account", "", &html! {
                        input type="hidden" name="do" value="others";
                        button.button type="submit" { (s.end_others) }
                    }))
                }
            }
            p.soft { (s.sessions_words) }
            ul.card.flush.rows {
                @for open in model.sessions {
                    @let own = model.own.starts_with(&open.id);
                    li {
                        div.stack.tight {
                            p { b { (if open.browser.is_empty() { s.unknown } else { &open.browser }) } " " @if own { span.chip.on { (s.this_one) } } }
                            p.small.soft { ((s.opened_used)(&ago(open.opened), &ago(open.used))) " · " code { (open.id) } }
                        }
                        @if !own {
                            (layout::form(frame, "/dashboard/account", "", &html! {
                                input type="hidden" name="do" value="end";
                                input type="hidden" name="session" value=(open.id);
                                button.button type="submit" { (s.end) span.sr { " " (open.browser) " " (open.id) } }
                            }))
                        }
                    }
                }
            }
        }
    }
}
