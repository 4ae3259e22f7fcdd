//! What the owner has said to a member about their own answers: the same conversations as in the card that comes up on the
//! site, and seen in one is seen in both. Answering back is for the page of the response.

use maud::{Markup, html};

use super::{Pen, isolated};
use crate::i18n::fill;
use crate::view::thread::{Line, Thread, when};

/// One conversation.
#[derive(Clone, Debug)]
pub struct Talk {
    pub thread: Thread,
    /// Whether there is something in it that was not seen yet.
    pub new: bool,
}

/// How many have something new, in words; nothing where none has.
pub(super) fn unread(talks: &[Talk], pen: &Pen<'_>) -> Option<String> {
    let n = talks.iter().filter(|talk| talk.new).count() as u64;
    (n > 0).then(|| fill(pen.s.badge.unread, &[("n", &pen.s.integer(n))]))
}

/// Beside the heading.
pub(super) fn mark(unread: Option<&str>) -> Markup {
    html! { @if let Some(words) = unread { " " span class="fresh" data-fresh { (words) } } }
}

pub(super) fn draw(talks: &[Talk], pen: &Pen<'_>) -> Markup {
    html! { ul class="list talks" { @for talk in talks { (row(talk, pen)) } } }
}

fn row(Talk { thread, new }: &Talk, pen: &Pen<'_>) -> Markup {
    let (s, shown) = (pen.s, pen.shown);
    let page = format!("{}/me/{}/{}?lang={}", shown.origin, shown.site.id, thread.id, s.tag);
    let about = thread.wrote.first();
    html! {
        li data-thread=(thread.id) data-until=(thread.until.0) data-new[*new] {
            div class="what" {
                @if let Some((_, words)) = about { small { (s.talk.wrote) ": " bdi { (words) } } }
                @for (title, words) in &thread.done {
                    p { b { (s.talk.did) ": " bdi { (title) } } @if !words.is_empty() { " " bdi { (words) } } }
                }
                @for line in &thread.lines { (said(line, pen)) }
                small { a href=(page) target="_blank" rel="noopener" { (s.talk.answer) } }
            }
        }
    }
}

fn said(line: &Line, pen: &Pen<'_>) -> Markup {
    let who = if line.owner { isolated(&pen.shown.site.name) } else { pen.s.talk.you.to_owned() };
    html! {
        p dir="auto" { (line.text) }
        small { (who) " · " (when(line.at)) }
    }
}
