//! The language of whoever is at the door, and refusals in it.

use rapport_core::i18n;
use rapport_core::model::config::Config;
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::view::loyalty as view;
use serde::Deserialize;
use worker::Request;

use crate::problem::Fail;

/// Until the page has said something.
pub fn of_browser(config: &Config, request: &Request) -> Result<Locale, Fail> {
    let header = request.headers().get("accept-language")?.unwrap_or_default();
    let accepted = i18n::accepted(&header).and_then(|strings| Locale::parse(strings.tag).ok());
    Ok(accepted.unwrap_or_else(|| config.site.locale.clone()))
}

/// The page's, whatever else is wrong with the body.
pub fn of_page(config: &Config, body: &str) -> Locale {
    #[derive(Deserialize)]
    struct Page {
        #[serde(default)]
        lang: String,
    }
    let lang = serde_json::from_str(body).map_or_else(|_| String::new(), |page: Page| page.lang);
    Locale::parse(&lang).unwrap_or_else(|_| config.site.locale.clone())
}

/// A refusal as a visitor reads it. Rules of the programme and what was typed are in words already; what is left is for
/// programmers, who find it in the hint.
pub fn said(fail: Fail, site: &Site, locale: &Locale) -> Fail {
    let Fail::Refused(document) = &fail else { return fail };
    let words = match (document.status, document.code.as_str(), document.field.as_str()) {
        (409, code, _) if code != "conflict" => return fail,
        (422, _, "name" | "email" | "birthday") => return fail,
        (422, _, "phrase") => "phrase",
        (_, code, _) => code,
    };
    let words = view::refused(words, site, locale);
    fail.said(words)
}
