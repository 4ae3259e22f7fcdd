//! The preview: a neutral page with the real widget of a form that is not saved – the same loader, HTML and WASM as on the
//! owner's site. It is told apart by what it may reach: the page's policy lets it load the widget's own files and nothing
//! else, so there is nothing that could record an answer or a view, and its sandbox has no storage. What the Worker would
//! say to an answer, `www/preview/preview.js` says.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rapport_core::loyalty::program::{self, Live, Program};
use rapport_core::model::config::{Config, Record, State, Version};
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::Widget;
use rapport_core::targeting::{Frequency, Targeting};
use rapport_core::time::Timestamp;
use worker::Response;

use super::answers;
use super::page::Preview;
use crate::assets;
use crate::dashboard::caller::Caller;
use crate::edge::manifest;
use crate::problem::Fail;
use crate::reply;

/// The page with the widget.
///
/// A badge shows somebody who does not exist, by `programme`, and what comes of what they do.
pub fn of(
    caller: &Caller,
    site: &Site,
    mut widget: Widget,
    programme: Option<Program>,
    shown: &Preview<'_>,
) -> Result<Response, Fail> {
    let spoken = |locale: &Locale| {
        let own = manifest::languages(&widget).contains(locale);
        own || programme.as_ref().is_some_and(|programme| programme.languages().contains(locale))
    };
    let locale = Locale::parse(shown.locale).ok().filter(spoken);
    let locale = locale.unwrap_or_else(|| site.locale.clone());
    // Shown at once, whoever looks.
    widget.targeting = Targeting { ignore_budget: true, frequency: Some(Frequency::Always), ..Targeting::default() };
    widget.stop_after = None;
    // The variant that was chosen, and no lot.
    let chosen = widget.variants.iter().position(|variant| variant.name == *shown.variant).unwrap_or(0);
    widget.variants = widget.variants.into_iter().skip(chosen).take(1).collect();
    let name = widget.name.to_string();
    let version = Version { number: 1, published: Timestamp(0), widget };
    let record = Record { state: State::Live, draft: None, versions: vec![version] };
    let answers =
        programme.as_ref().map(|programme| answers::of(site, programme, &locale, (shown.who, shown.acts), caller.now));
    let live = programme.map(|program| Live::after(None, program, Timestamp(0)));
    let loyalty = live.map(|live| program::Record { draft: None, live: Some(live), paused: false });
    let config = Config { revision: 0, site: site.clone(), widgets: vec![record], loyalty };
    let manifest = manifest::json(&config, &locale, &caller.origin)?;
    let page = page(
        &locale,
        shown.scheme == "dark",
        &html! {
            rapport-widget name=(name) {}
            script #manifest type="application/json" { (PreEscaped(manifest)) }
            @if let Some(answers) = &answers { script #answers type="application/json" { (PreEscaped(manifest::script_safe(&serde_json::to_string(answers)?))) } }
            script src=(assets::PREVIEW_JS) {}
        },
    );
    send(caller, page, 200)
}

/// The page with the reason why there is no widget.
pub fn wrong(caller: &Caller, locale: &Locale, dark: bool, words: &str) -> Result<Response, Fail> {
    send(caller, page(locale, dark, &html! { p.wrong { (words) } }), 422)
}

fn page(locale: &Locale, dark: bool, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(locale.as_str()) {
            head {
                meta charset="utf-8";
                title { "Preview" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                link rel="stylesheet" href=(assets::PREVIEW_CSS);
            }
            body class=(if dark { "dark" } else { "light" }) {
                // A page of anybody's, in shapes.
                div.top aria-hidden="true" { i {} i {} i {} }
                main {
                    div.lines aria-hidden="true" { b {} i {} i {} i {} }
                    (body)
                    div.lines aria-hidden="true" { i {} i {} i {} i {} i {} i {} }
                }
            }
        }
    }
}

fn send(caller: &Caller, page: Markup, status: u16) -> Result<Response, Fail> {
    let files = format!("{}/pkg/", caller.origin);
    let policy = format!(
        "default-src 'none'; script-src {files} 'wasm-unsafe-eval'; style-src {files}; img-src data:; connect-src {files}; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts; \
         require-trusted-types-for 'script'; trusted-types rapport"
    );
    reply::page(page, status, &policy)
}
