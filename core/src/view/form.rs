//! The form around the questions.

use std::fmt::Write;

use maud::{Markup, PreEscaped, html};

use super::{ViewContext, icon, loyalty, question, result, say};
use crate::i18n::{self, Strings, play};
use crate::model::placement::{Corner, Edge, Placement, Side};
use crate::model::question::{Input, Question};
use crate::model::widget::{Kind, Widget};

/// The form of `widget`.
///
/// Scripts find in its attributes all that they need: `data-q`, `data-shape`, `data-if` on each question,
/// `data-when` for targeting, `data-say-…` for words in the visitor's language. Its stage is a class: none without scripts,
/// `js` once the loader runs, `live` once the module runs, `basic` where the module was refused. `open` opens a tab.
pub fn widget(widget: &Widget, context: &ViewContext<'_>) -> Markup {
    let s = i18n::strings(context.locale);
    let panel = if widget.kind == Kind::Leaderboard { loyalty::no_board(s) } else { loyalty::empty(s) };
    filled(widget, context, &panel)
}

/// The same with this panel in it, where it is a badge.
pub fn filled(widget: &Widget, context: &ViewContext<'_>, panel: &Markup) -> Markup {
    let strings = i18n::strings(context.locale);
    let text = |text: &crate::model::text::Text| text.get(context.locale).to_owned();
    let (news, badge) = (widget.kind == Kind::News, widget.kind == Kind::Loyalty);
    let usual = match widget.kind {
        Kind::News => strings.talk.news,
        Kind::Loyalty => strings.badge.title,
        Kind::Leaderboard => play(context.locale).board,
        _ => strings.wording.feedback,
    };
    let title = context.variant.and_then(|variant| variant.title.as_ref()).or(widget.title.as_ref()).map(text);
    let title = title.or_else(|| widget.kind.bare().then(|| usual.to_owned()));
    let placed = context.sheet.is_none() && widget.placement != Placement::Inline;
    html! {
        (open(&attributes(widget, context, strings, title.as_deref(), placed)))
        @if placed {
            @let label = if let Placement::Tab { label, .. } = &widget.placement { text(label) } else { usual.to_owned() };
            button class="tab" part="tab" type="button" data-do="open" aria-expanded="false" {
                @if badge { (icon::gift()) }
                span { (label) }
                @if news || badge { " " b class="count" part="count" hidden {} }
            }
        }
        @if title.is_some() || placed {
            div class="head" part="header" {
                @if let Some(title) = &title { h2 { (title) } }
                @if placed { button class="close" part="close" type="button" data-do="close" aria-label=(strings.form.close) { (icon::cross()) } }
            }
        }
        @if widget.kind.bare() { (panel) }
        (questions(widget, context, strings))
        @if widget.kind.asks() { (ending(widget, context, strings)) }
        (PreEscaped("</form>"))
    }
}

/// What only a form that can be answered has: the trap, the buttons, and what becomes of the answer.
fn ending(widget: &Widget, context: &ViewContext<'_>, strings: &'static Strings) -> Markup {
    let text = |text: &crate::model::text::Text| text.get(context.locale).to_owned();
    html! {
        div class="trap" aria-hidden="true" { input name="trap" tabindex="-1" autocomplete="off"; }
        @if let Some(sheet) = context.sheet {
            input type="hidden" name="id" value=(sheet.id);
            input type="hidden" name="version" value=(context.version);
            @if let Some(variant) = context.variant { input type="hidden" name="variant" value=(variant.name); }
            input type="hidden" name="started" value=(sheet.started);
            input type="hidden" name="page" value=(sheet.page);
        }
        div class="foot" part="footer" {
            @if widget.questions.len() > 1 {
                button class="back" part="back" type="button" data-do="back" hidden { (strings.form.back) }
                progress hidden max=(widget.questions.len()) value="0" {}
            }
            button class="send" part="submit" { (widget.submit.as_ref().map_or(strings.form.send.to_owned(), text)) }
        }
        p class="status" part="status" role="status" {}
        div class="thanks" part="thanks" tabindex="-1" hidden {
            // A poll's result is its own sign of success, and has no room to spare.
            @if widget.kind != Kind::Poll { (icon::check()) }
            p class="title" { (widget.thanks.as_ref().map_or(strings.status.thanks.to_owned(), text)) }
            @if widget.kind == Kind::Poll { (result::empty(widget, context.locale, strings)) }
            @if widget.kind == Kind::Quiz { (result::untold(widget, context.locale)) }
            p class="receipt" {}
            // Elsewhere the device remembers; who came by a link may not come back to that page.
            @if context.sheet.is_some() && widget.questions.iter().any(|question| matches!(question.input, Input::Text { .. })) {
                p { a data-own={ (context.origin) "/me/" (context.site.id) "/" } target="_blank" rel="noopener" { (strings.talk.link) } }
            }
        }
    }
}

/// What scripts, style sheets and the browser must know of the form.
fn attributes(
    widget: &Widget,
    context: &ViewContext<'_>,
    strings: &'static Strings,
    title: Option<&str>,
    placed: bool,
) -> Vec<(&'static str, String)> {
    let query = context.sheet.map_or_else(String::new, |sheet| {
        format!("?lang={}{}", strings.tag, if sheet.embedded { "&embed" } else { "" })
    });
    let mut list = vec![
        ("class", if placed { "rapport placed" } else { "rapport" }.to_owned()),
        ("part", "form".to_owned()),
        ("method", "post".to_owned()),
        ("action", format!("{}/f/{}/{}{query}", context.origin, context.site.id, widget.name)),
        ("lang", strings.tag.to_owned()),
        ("dir", strings.dir().to_owned()),
        ("novalidate", String::new()),
        ("aria-label", title.map_or_else(|| asks(widget, context), str::to_owned)),
        ("data-widget", widget.name.to_string()),
        ("data-kind", widget.kind.as_str().to_owned()),
        ("data-version", context.version.to_string()),
        ("data-placement", if placed { place(widget) } else { "inline".to_owned() }),
    ];
    list.extend(context.variant.map(|variant| ("data-variant", variant.name.to_string())));
    if context.sheet.is_none() {
        list.push(("data-when", widget.targeting.to_string()));
    }
    if !widget.kind.asks() {
        return list;
    }
    list.extend(say::runtime(widget, strings).into_iter().map(|(key, text)| (key, text.to_owned())));
    list
}

/// The first question, which names the form where there is no title.
fn asks(widget: &Widget, context: &ViewContext<'_>) -> String {
    let variant = context.variant.and_then(|variant| variant.question.as_ref());
    let first = widget.questions.first().map(|question| &question.title);
    variant.or(first).map_or_else(String::new, |text| text.get(context.locale).to_owned())
}

/// The form's own tag; maud knows no attributes whose names are data.
fn open(attributes: &[(&'static str, String)]) -> Markup {
    let mut tag = "<form".to_owned();
    for (name, value) in attributes {
        tag.push(' ');
        tag.push_str(name);
        if !value.is_empty() {
            tag.push_str("=\"");
            let _ = maud::Escaper::new(&mut tag).write_str(value);
            tag.push('"');
        }
    }
    tag.push('>');
    PreEscaped(tag)
}

fn questions(widget: &Widget, context: &ViewContext<'_>, strings: &'static Strings) -> Markup {
    let mark = Mark::of(&widget.questions);
    html! {
        @for (index, question) in widget.shown().into_iter().enumerate() {
            @let variant = context.variant.and_then(|variant| variant.question.as_ref()).filter(|_| index == 0);
            (question::question(&question::Ask {
                id: format!("{}-{}", widget.name, question.name),
                title: variant.unwrap_or(&question.title).get(context.locale),
                earlier: widget.questions.get(..index).unwrap_or_default(),
                mark: mark.word(question, strings),
                question,
                context,
                strings,
            }))
        }
    }
}

/// Which questions carry a word about being required: the fewer ones, and none where all are alike. Questions that depend
/// on an answer do not count: who sees them has come past the others.
#[derive(Clone, Copy)]
enum Mark {
    None,
    Required,
    Optional,
}

impl Mark {
    fn of(questions: &[Question]) -> Self {
        let asking = questions
            .iter()
            .filter(|question| !matches!(question.input, Input::Info { .. }) && question.show_if.is_none());
        let (required, optional): (Vec<_>, Vec<_>) = asking.partition(|question| question.required);
        match (required.len(), optional.len()) {
            (0, _) | (_, 0) => Self::None,
            (required, optional) if required < optional => Self::Required,
            _ => Self::Optional,
        }
    }

    fn word(self, question: &Question, strings: &'static Strings) -> Option<&'static str> {
        match self {
            _ if matches!(question.input, Input::Info { .. }) => None,
            Self::Required if question.required => Some(strings.form.required),
            Self::Optional if !question.required => Some(strings.form.optional),
            _ => None,
        }
    }
}

/// A badge in a corner is a tab there: it opens when asked to, and never by itself.
fn place(widget: &Widget) -> String {
    let words = placement(&widget.placement);
    if widget.kind.bare() { words.replacen("popover", "tab pill", 1) } else { words.to_owned() }
}

const fn placement(placement: &Placement) -> &'static str {
    match placement {
        Placement::Inline => "inline",
        Placement::Popover { corner: Corner::TopStart } => "popover top start",
        Placement::Popover { corner: Corner::TopEnd } => "popover top end",
        Placement::Popover { corner: Corner::BottomStart } => "popover bottom start",
        Placement::Popover { corner: Corner::BottomEnd } => "popover bottom end",
        Placement::Tab { side: Side::Start, .. } => "tab start",
        Placement::Tab { side: Side::End, .. } => "tab end",
        Placement::Modal => "modal",
        Placement::Bar { edge: Edge::Top } => "bar top",
        Placement::Bar { edge: Edge::Bottom } => "bar bottom",
    }
}
