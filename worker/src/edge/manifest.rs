//! `GET /m/{site}`: the live widgets as HTML, with what scripts must know of the site. Rendered once for each revision of
//! the configuration, language and origin, and then kept in the isolate's memory.

use std::cell::RefCell;
use std::rc::Rc;

use rapport_core::attention::Attention;
use rapport_core::model::config::{Config, Version};
use rapport_core::model::site::Privacy;
use rapport_core::model::text::{Locale, Text};
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::name::SiteId;
use rapport_core::view::{self, ViewContext};
use serde::{Serialize, Serializer};
use worker::{Env, Request, Response};

use crate::assets;
use crate::digest::sha256;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// A minute in browsers and at the edge; for an hour more the old one may be shown while the new one is fetched.
pub const CACHE: &str = "public, max-age=60, stale-while-revalidate=3600";

/// Renderings kept; beyond it the oldest goes.
const MOST: usize = 48;

/// A rendered text and what names its state.
#[derive(Clone)]
pub struct Rendered {
    pub text: Rc<str>,
    pub etag: Rc<str>,
}

/// What a rendering depends on.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Which of the texts made from a configuration.
    pub kind: &'static str,
    pub site: SiteId,
    pub revision: u32,
    pub locale: Locale,
    pub origin: String,
}

thread_local! {
    static RENDERED: RefCell<Vec<(Key, Rendered)>> = const { RefCell::new(Vec::new()) };
}

#[derive(Serialize)]
struct Manifest<'a> {
    site: &'a SiteId,
    origin: &'a str,
    revision: u32,
    css: String,
    assets: Assets,
    /// What brings the loyalty badge to life, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    badge: Option<Loyal>,
    privacy: Privacy,
    /// Days between invitations, and invitations in one visit.
    attention: (u16, u8),
    /// The language of the texts below …
    locale: &'a Locale,
    /// … and those in which the owner has written some.
    locales: Vec<Locale>,
    #[serde(serialize_with = "by_name")]
    widgets: Vec<(&'a str, Shown)>,
}

#[derive(Serialize)]
struct Loyal {
    #[serde(skip_serializing_if = "Option::is_none")]
    js: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wasm: Option<&'static str>,
    /// What brings the leaderboard.
    #[serde(skip_serializing_if = "Option::is_none")]
    board: Option<&'static str>,
}

#[derive(Serialize)]
struct Assets {
    js: &'static str,
    wasm: &'static str,
}

/// A widget's form, or where it has variants, name, weight and form of each.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Html(String),
    Variants(Vec<(String, u32, String)>),
}

/// 1. The configuration.
/// 2. The language asked for, or the site's.
/// 3. The manifest, or that it is unchanged.
pub async fn get(site: &SiteId, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let key = key("manifest", &config, request)?;
    let rendered = remembered(key, |key| json(&config, &key.locale, &key.origin))?;
    send(request, &rendered, "application/json", CACHE)
}

/// Sends a rendering, or 304 to whoever has it.
pub fn send(request: &Request, rendered: &Rendered, kind: &str, cache: &str) -> Result<Response, Fail> {
    let mut response = if reply::unchanged(request.headers(), &rendered.etag)? {
        let mut response = Response::empty()?.with_status(304);
        response.headers_mut().set("cache-control", cache)?;
        response
    } else {
        reply::typed(rendered.text.as_ref(), kind, cache)?
    };
    response.headers_mut().set("etag", &rendered.etag)?;
    Ok(response)
}

/// What a rendering for `request` depends on.
pub fn key(kind: &'static str, config: &Config, request: &Request) -> Result<Key, Fail> {
    let asked = url::fields(&url::query(request)).find(|(name, _)| name == "lang");
    let asked = asked.and_then(|(_, tag)| Locale::parse(&tag).ok());
    // Only languages that the owner wrote in: anything else would let anybody have renderings made without end.
    let offered = locales(config);
    let exact = asked.as_ref().and_then(|asked| offered.iter().find(|offer| *offer == asked));
    let near = || asked.as_ref().and_then(|asked| offered.iter().find(|offer| offer.language() == asked.language()));
    let locale = exact.or_else(near).unwrap_or(&config.site.locale).clone();
    let (site, revision) = (config.site.id.clone(), config.revision);
    Ok(Key { kind, site, revision, locale, origin: url::origin(request) })
}

/// The rendering of `key`, made now if it is not remembered.
pub fn remembered(key: Key, render: impl FnOnce(&Key) -> Result<String, Fail>) -> Result<Rendered, Fail> {
    let known =
        RENDERED.with_borrow(|all| all.iter().find(|(known, _)| *known == key).map(|(_, rendered)| rendered.clone()));
    if let Some(rendered) = known {
        return Ok(rendered);
    }
    let text = render(&key)?;
    let etag = format!("W/\"{}\"", sha256(&text).get(..20).unwrap_or_default());
    let rendered = Rendered { text: text.into(), etag: etag.into() };
    RENDERED.with_borrow_mut(|all| {
        // Older revisions will not be asked for again.
        all.retain(|(known, _)| known.site != key.site || known.revision >= key.revision);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push((key, rendered.clone()));
    });
    Ok(rendered)
}

/// The manifest's JSON, which is safe inside a script too.
pub fn json(config: &Config, locale: &Locale, origin: &str) -> Result<String, Fail> {
    let live: Vec<&Version> = config.live().collect();
    let widgets: Vec<_> = live.iter().map(|version| &version.widget).collect();
    let manifest = Manifest {
        site: &config.site.id,
        origin,
        revision: config.revision,
        css: view::site_css(&config.site, &widgets),
        assets: Assets { js: assets::WIDGETS_JS, wasm: assets::WIDGETS_WASM },
        badge: badge(&widgets),
        privacy: config.site.privacy,
        attention: (config.site.attention.cooldown_days, config.site.attention.per_visit),
        locale,
        locales: locales(config),
        widgets: live
            .iter()
            .map(|version| (version.widget.name.as_str(), shown(config, version, locale, origin)))
            .collect(),
    };
    Ok(script_safe(&serde_json::to_string(&manifest)?))
}

/// The manifest of a site where nothing is live: the same for all, so that it tells nothing of the site, not even whether
/// there is one.
pub fn empty(site: &SiteId, origin: &str) -> Result<String, Fail> {
    let attention = Attention::default();
    let manifest = Manifest {
        site,
        origin,
        revision: 0,
        css: String::new(),
        assets: Assets { js: assets::WIDGETS_JS, wasm: assets::WIDGETS_WASM },
        badge: None,
        privacy: Privacy::default(),
        attention: (attention.cooldown_days, attention.per_visit),
        locale: &Locale::parse("en")?,
        locales: Vec::new(),
        widgets: Vec::new(),
    };
    Ok(script_safe(&serde_json::to_string(&manifest)?))
}

fn badge(widgets: &[&Widget]) -> Option<Loyal> {
    let any = |kind| widgets.iter().any(|widget| widget.kind == kind);
    let (badge, board) = (any(Kind::Loyalty), any(Kind::Leaderboard));
    (badge || board).then(|| Loyal {
        js: badge.then_some(assets::BADGE_JS),
        wasm: badge.then_some(assets::BADGE_WASM),
        board: board.then_some(assets::BOARD_JS),
    })
}

fn by_name<S: Serializer>(widgets: &[(&str, Shown)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(widgets.iter().map(|(name, shown)| (name, shown)))
}

fn shown(config: &Config, version: &Version, locale: &Locale, origin: &str) -> Shown {
    let html = |variant| {
        let context = ViewContext { site: &config.site, version: version.number, variant, locale, origin, sheet: None };
        view::widget(&version.widget, &context).into_string()
    };
    if version.widget.variants.is_empty() {
        return Shown::Html(html(None));
    }
    let variants = version.widget.variants.iter();
    Shown::Variants(variants.map(|variant| (variant.name.to_string(), variant.weight, html(Some(variant)))).collect())
}

/// The languages of the live widgets' texts.
fn locales(config: &Config) -> Vec<Locale> {
    let mut locales: Vec<Locale> = config.live().flat_map(|version| languages(&version.widget)).collect();
    if config.live().any(|version| version.widget.kind == Kind::Loyalty) {
        let live = config.loyalty.as_ref().and_then(|record| record.live.as_ref());
        locales.extend(live.map(|live| live.program.languages()).unwrap_or_default());
    }
    locales.sort();
    locales.dedup();
    locales
}

/// The languages that a widget's questions are written in, where they are more than one.
pub fn languages(widget: &Widget) -> Vec<Locale> {
    let texts = widget.questions.iter().map(|question| &question.title);
    texts
        .filter_map(|text| if let Text::Many(texts) = text { Some(texts.keys()) } else { None })
        .flatten()
        .cloned()
        .collect()
}

/// JSON that can stand in a script, even in an inline one: no `</script>`, no `<!--`, no line ends of JavaScript's own. Other
/// tags begin as they are, which is what most of the bytes are about.
pub fn script_safe(json: &str) -> String {
    json.replace("</", "<\\/").replace("<!", "\\u003c!").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script() {
        assert_eq!(script_safe("\"</script><!--\u{2028}\""), "\"<\\/script>\\u003c!--\\u2028\"");
    }
}
