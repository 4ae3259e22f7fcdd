//! Whole pages: the hosted form, its thanks and its problems. They need no script; with one, the same form comes to life.

use maud::{DOCTYPE, Markup, html};

use super::loyalty::board;
use super::{ViewContext, filled, icon, widget};
use crate::i18n::{self, Strings, fill};
use crate::loyalty::board::Place;
use crate::model::question::Input;
use crate::model::widget::Widget;
use crate::walk::{self, Piece};

/// What a page needs besides its content.
#[derive(Clone, Copy, Debug)]
pub struct Hosted<'a> {
    pub context: ViewContext<'a>,
    /// Address of the style sheet: the text of [`page_css`](super::page_css).
    pub stylesheet: &'a str,
    /// Address of the site's script, where the form may come to life.
    pub script: Option<&'a str>,
}

/// The page with the form. Where the sheet holds problems, each stands beside its question and the answers are kept.
pub fn hosted_page(form: &Widget, hosted: &Hosted<'_>) -> Markup {
    let strings = i18n::strings(hosted.context.locale);
    shell(
        hosted,
        strings,
        html! {
            (problems(form, hosted, strings))
            noscript { @if form.questions.iter().any(|question| question.show_if.is_some()) { p class="note" { (strings.page.no_script) } } }
            rapport-widget name=(form.name) { (widget(form, &hosted.context)) }
        },
    )
}

/// The page of the leaderboard, places and all.
pub fn board_page(form: &Widget, hosted: &Hosted<'_>, places: &[Place]) -> Markup {
    let strings = i18n::strings(hosted.context.locale);
    let panel = html! { div class="board" data-board="told" { (board(places, hosted.context.locale)) } };
    let content = html! { rapport-widget name=(form.name) { (filled(form, &hosted.context, &panel)) } };
    bare(hosted, strings, hosted.context.site.name.as_str(), &content)
}

/// What is wrong, with a link to each place.
fn problems(form: &Widget, hosted: &Hosted<'_>, strings: &'static Strings) -> Markup {
    let problems = hosted.context.sheet.map(|sheet| sheet.problems).unwrap_or_default();
    let wrong = |name: &str| problems.iter().any(|problem| problem.field.split('.').next() == Some(name));
    html! {
        @if !problems.is_empty() {
            div class="note problems" role="alert" {
                p { (strings.page.problems) }
                ul {
                    @for question in form.questions.iter().filter(|question| wrong(question.name.as_str())) {
                        li { a href={ "#" (form.name) "-" (question.name) "-error" } { (plain(question.title.get(hosted.context.locale))) } }
                    }
                }
            }
        }
    }
}

/// A wording whose holes nothing fills.
fn plain(title: &str) -> String {
    let words = |piece| if let Piece::Words(words) = piece { words } else { "…" };
    walk::pieces(title).into_iter().map(words).collect()
}

/// The page after an answer has arrived, with its receipt and, for a poll, the result.
pub fn thanks_page(form: &Widget, hosted: &Hosted<'_>, receipt: &str, result: Option<Markup>) -> Markup {
    let strings = i18n::strings(hosted.context.locale);
    let thanks = form.thanks.as_ref().map_or(strings.status.thanks, |text| text.get(hosted.context.locale));
    card(
        hosted,
        strings,
        html! {
            div class="thanks" {
                (icon::check())
                h2 { (thanks) }
                p class="hint" { (strings.page.thanks) }
                @if let Some(result) = result { (result) }
                p class="receipt" { (fill(strings.status.receipt, &[("id", receipt)])) }
                @if form.questions.iter().any(|question| matches!(question.input, Input::Text { .. })) {
                    // In a window of its own, as this page may stand in a frame, and that one must not.
                    @let site = &hosted.context.site.id;
                    p { a href={ "/me/" (site) "/" (receipt) "?lang=" (strings.tag) } target="_blank" rel="noopener" { (strings.talk.link) } }
                }
            }
        },
    )
}

/// A page with one sentence.
pub fn message_page(hosted: &Hosted<'_>, message: Message) -> Markup {
    let strings = i18n::strings(hosted.context.locale);
    let words = match message {
        Message::Closed => strings.page.closed,
        Message::Missing => strings.page.missing,
        Message::Failed => strings.page.failed,
        Message::Gone => strings.talk.gone,
    };
    card(hosted, strings, html! { p class="title" { (words) } })
}

/// Why there is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// The survey has ended.
    Closed,
    /// There never was one here.
    Missing,
    /// There is no such conversation.
    Gone,
    /// The answer could not be kept; trying again is worth it.
    Failed,
}

fn card(hosted: &Hosted<'_>, strings: &'static Strings, content: Markup) -> Markup {
    shell(hosted, strings, html! { div class="rapport" { (content) } })
}

pub(super) fn shell(hosted: &Hosted<'_>, strings: &'static Strings, content: Markup) -> Markup {
    let site = hosted.context.site.name.as_str();
    let privacy = html! { (content) footer { p { (fill(strings.page.privacy, &[("site", site)])) } } };
    bare(hosted, strings, &fill(strings.page.title, &[("site", site)]), &privacy)
}

/// A page on which nothing is answered.
fn bare(hosted: &Hosted<'_>, strings: &'static Strings, title: &str, content: &Markup) -> Markup {
    let site = hosted.context.site.name.as_str();
    html! {
        (DOCTYPE)
        html lang=(strings.tag) dir=(strings.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(hosted.stylesheet);
                // Who came to answer this is not asked anything else.
                @if let Some(script) = hosted.script { script async src=(script) data-alone {} }
            }
            body {
                main {
                    h1 { (site) }
                    (content)
                }
            }
        }
    }
}
