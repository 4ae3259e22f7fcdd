//! The door: an access key, typed or carried in the address's fragment, which never reaches a server or its logs.

use maud::{Markup, html};

use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;

/// Why nobody was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongKey,
    /// Too many wrong ones; seconds until the next try.
    Throttled(u32),
    /// The session has ended.
    Expired,
}

/// The page. `next` is the path to go on to.
pub fn page(frame: &Frame<'_>, refusal: Option<Refusal>, next: &str) -> Markup {
    let s = frame.lang.strings();
    let d = &s.door;
    let words = refusal.map(|refusal| match refusal {
        Refusal::WrongKey => d.wrong.to_owned(),
        Refusal::Throttled(seconds) => (d.throttled)(i64::from(seconds)),
        Refusal::Expired => d.expired.to_owned(),
    });
    let wrong = refusal == Some(Refusal::WrongKey);
    let fields = html! {
        @if let Some(words) = &words { p.notice.bad #refusal role="alert" { (words) } }
        input type="hidden" name="next" value=(next);
        div.field {
            // Password managers want to know whose key it is.
            input type="text" name="username" value="owner" autocomplete="username" hidden;
            label for="key" { (d.key) }
            input #key type="password" name="key" required autocomplete="current-password" autocapitalize="none" spellcheck="false"
                aria-describedby="key-hint" aria-invalid=[wrong.then_some("true")] autofocus;
            p.hint #key-hint { (d.hint) }
        }
        button.button.main type="submit" { (d.enter) }
    };
    let body = html! {
        div.narrow.stack.loose {
            h1 { (d.title) }
            div.card {
                form #sign-in.stack method="post" action="/dashboard/sign-in" { (fields) }
            }
        }
    };
    layout::page(frame, Place::Door, d.title, &body)
}
