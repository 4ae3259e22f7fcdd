//! Style sheets, composed of the parts that are in use.

use crate::model::placement::Placement;
use crate::model::question::{Input, Look};
use crate::model::site::Site;
use crate::model::widget::{Kind, Widget};
use crate::theme;

const BASE: &str = include_str!("style/base.css");
const HEAD: &str = include_str!("style/head.css");
const SCALE: &str = include_str!("style/scale.css");
const DRAWN: &str = include_str!("style/drawn.css");
const CHOICE: &str = include_str!("style/choice.css");
const FIELD: &str = include_str!("style/field.css");
const RANKING: &str = include_str!("style/ranking.css");
const MATRIX: &str = include_str!("style/matrix.css");
const STEPS: &str = include_str!("style/steps.css");
const NEWS: &str = include_str!("style/news.css");
const POINTS: &str = include_str!("style/points.css");
const PILL: &str = include_str!("style/pill.css");
const BOARD: &str = include_str!("style/board.css");
const RESULT: &str = include_str!("style/result.css");
const PLACED: &str = include_str!("style/placed.css");
const POPOVER: &str = include_str!("style/popover.css");
const TAB: &str = include_str!("style/tab.css");
const MODAL: &str = include_str!("style/modal.css");
const BAR: &str = include_str!("style/bar.css");
const TALK: &str = include_str!("style/talk.css");
const DRAW: &str = include_str!("style/draw.css");
const PAGE: &str = include_str!("style/page.css");

/// What `widgets` need, without colours of their own.
pub fn css(widgets: &[&Widget]) -> String {
    let asks = |wanted: fn(&Input) -> bool| {
        widgets.iter().any(|widget| widget.questions.iter().any(|question| wanted(&question.input)))
    };
    let placed = |wanted: fn(&Placement) -> bool| widgets.iter().any(|widget| wanted(&widget.placement));
    let floats = placed(|placement| *placement != Placement::Inline);
    let parts = [
        (true, BASE),
        (floats || widgets.iter().any(|widget| titled(widget)), HEAD),
        (asks(|input| matches!(input, Input::Scale { .. } | Input::Matrix { .. })), SCALE),
        (asks(|input| matches!(input, Input::Scale { look, .. } if *look != Look::Numbers)), DRAWN),
        (asks(|input| matches!(input, Input::Choice { .. } | Input::Consent { .. })), CHOICE),
        (
            asks(|input| {
                matches!(input, Input::Text { .. } | Input::Email | Input::Number { .. } | Input::Date { .. })
            }),
            FIELD,
        ),
        (asks(|input| matches!(input, Input::Ranking { .. })), RANKING),
        (asks(|input| matches!(input, Input::Matrix { .. })), MATRIX),
        (widgets.iter().any(|widget| matches!(widget.kind, Kind::Survey | Kind::Quiz)), STEPS),
        (widgets.iter().any(|widget| matches!(widget.kind, Kind::Poll | Kind::Quiz)), RESULT),
        (widgets.iter().any(|widget| widget.kind == Kind::News), NEWS),
        (floats, PLACED),
        (placed(|placement| matches!(placement, Placement::Popover { .. })), POPOVER),
        // Where the module is refused, nothing pops up by itself: whatever floats becomes a tab.
        (floats, TAB),
        // After the tab, which it is a kind of.
        (widgets.iter().any(|widget| widget.kind.bare()), PILL),
        (widgets.iter().any(|widget| widget.kind == Kind::Leaderboard), BOARD),
        (placed(|placement| *placement == Placement::Modal), MODAL),
        (placed(|placement| matches!(placement, Placement::Bar { .. })), BAR),
    ];
    parts.iter().filter(|(needed, _)| *needed).map(|(_, part)| minified(part)).collect()
}

fn titled(widget: &Widget) -> bool {
    widget.kind.bare() || widget.title.is_some() || widget.variants.iter().any(|variant| variant.title.is_some())
}

/// The manifest's style sheet: what the site's widgets need, in the site's colours and their own.
pub fn site_css(site: &Site, widgets: &[&Widget]) -> String {
    let mut text = css(widgets) + &colours(site);
    for widget in widgets {
        let own = theme::variables(&widget.appearance);
        if !own.is_empty() {
            text += &format!(".rapport[data-widget={}]{{{own}}}", widget.name);
        }
    }
    text
}

/// The site's own colours and shapes, where it has any.
fn colours(site: &Site) -> String {
    let common = theme::variables(&site.appearance);
    if common.is_empty() { common } else { format!(".rapport{{{common}}}") }
}

/// What the badge's panel needs, which comes with its scripts elsewhere.
pub fn panel_css() -> String {
    minified(POINTS)
}

/// The hosted page's style sheet for one widget: the page and the form in it.
pub fn page_css(site: &Site, widget: &Widget) -> String {
    let inline = Widget { placement: Placement::Inline, ..widget.clone() };
    let points = if widget.kind == Kind::Loyalty { panel_css() } else { String::new() };
    [PAGE, HEAD].map(minified).concat() + &points + &site_css(site, &[&inline])
}

/// What the card with replies needs, in the site's colours.
pub fn talk_css(site: &Site) -> String {
    [BASE, HEAD, FIELD, PLACED, POPOVER, TALK].map(minified).concat() + &colours(site)
}

/// The style sheet of the page of a conversation.
pub fn talk_page_css(site: &Site) -> String {
    [PAGE, BASE, HEAD, FIELD, TALK].map(minified).concat() + &colours(site)
}

/// The style sheet of the page of a prize draw.
pub fn draw_css(site: &Site) -> String {
    [PAGE, BASE, HEAD, DRAW].map(minified).concat() + &colours(site)
}

/// The source without comments and needless space. It knows only what the sources in `style/` contain: no strings with
/// braces, no urls.
fn minified(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("/*") {
        push(&mut text, before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    push(&mut text, rest);
    text.replace(";}", "}")
}

fn push(text: &mut String, source: &str) {
    for word in source.split_ascii_whitespace() {
        let tight =
            text.ends_with(['{', '}', ';', ',', ':', '>']) || text.is_empty() || word.starts_with(['{', '}', '>']);
        // A colon at a word's end belongs to a declaration, and so does the space after it; one in front begins a
        // pseudo-class, before which a space means "inside".
        if !tight {
            text.push(' ');
        }
        text.push_str(word);
    }
}
