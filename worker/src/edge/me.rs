//! `/me/{site}`: what the owner says to those who answered, and what they say back. Who knows the id of a response is its
//! author: it is made on the device, has 74 random bits, and is told to nobody but the site's owner. Looking records
//! nothing; only "seen" and messages are kept.

use maud::Markup;
use rapport_core::i18n;
use rapport_core::id;
use rapport_core::limits::MESSAGES_IN_A_ROW;
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::talk::{Asked, Sent};
use rapport_core::view::thread::{self, Draft, Line, Refused, Talk, Thread, Turn};
use rapport_core::view::{self, Hosted, Message, ViewContext};
use serde::Serialize;
use worker::{Env, Headers, Request, Response, console_error};

use super::ingest::check_origin;
use super::loyalty;
use super::manifest::{self, remembered};
use crate::body::{self, Media};
use crate::clock::{now, random};
use crate::command::Command;
use crate::command::talk::{Command as Of, Said, Told};
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// What can be asked below `/me/{site}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// `POST /me/{site}`: whether there is anything new about these responses.
    Ask,
    /// `GET /me/{site}.css`.
    Style,
    /// `GET /me/{site}/{id}`: the page of a response.
    Page(String),
    /// `POST /me/{site}/{id}`: a message, or that all was seen.
    Say(String),
    /// `POST /me/{site}/{act}`: what members do with their points.
    Act(loyalty::Act),
}

/// What scripts get: markup, and its styles where it is a card.
#[derive(Serialize)]
struct Shown {
    html: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    css: String,
}

/// Passes on to whom it concerns.
pub async fn handle(site: &SiteId, way: Way, request: Request, env: &Env) -> Result<Response, Fail> {
    match way {
        Way::Ask => ask(site, request, env).await,
        Way::Style => style(site, &request, env).await,
        Way::Page(id) => page(site, &id, &request, env).await,
        Way::Say(id) => say(site, id, request, env).await,
        Way::Act(act) => loyalty::post(site, act, request, env).await,
    }
}

/// 1. The site, brakes, the page's origin.
/// 2. The ids, no more than allowed. Unknown ones, other sites' and erased ones are all the same: nothing.
/// 3. A card with what is new, or nothing.
async fn ask(site: &SiteId, mut request: Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    brake::check(env, site, &address(request.headers())?).await?;
    let body = body::small(&mut request, &[Media::Json, Media::Plain]).await?;
    check_origin(&config, &request)?;
    let Asked { ids, lang } = Asked::parse(body.as_bytes())?;
    let told: Vec<Told> = match ids.is_empty() {
        true => Vec::new(),
        false => link::site(env, site, &Command::Talk(Of::Unseen { ids })).await?,
    };
    let (locale, origin) = (language(&config, &lang), url::origin(&request));
    let threads: Vec<Thread> = told.iter().map(|told| thread(&config, told, &locale)).collect();
    let talk = Talk { site: &config.site, locale: &locale, origin: &origin };
    reply::json(&match threads.is_empty() {
        true => Shown { html: String::new(), css: String::new() },
        false => Shown { html: thread::card(&threads, &talk).into_string(), css: view::talk_css(&config.site) },
    })
}

/// The page of a response, after a brake: the same for all that are not there, whatever they are.
async fn page(site: &SiteId, id: &str, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    brake::check(env, site, &address(request.headers())?).await?;
    let locale = asked_language(&config, request)?;
    let desk = Desk { config: &config, locale: &locale, origin: &url::origin(request) };
    match link::site::<Option<Told>>(env, site, &Command::Talk(Of::Get { id: id.to_owned() })).await? {
        Some(told) => desk.page(&told, "", None),
        None => desk.gone(),
    }
}

/// 1. The site, brakes, the page's origin.
/// 2. The message, as a script or as a form sends it.
/// 3. The site's object keeps it, once.
/// 4. The conversation as it is now, or why the message was not taken.
async fn say(site: &SiteId, id: String, mut request: Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    brake::check(env, site, &address(request.headers())?).await?;
    let form = is_form(request.headers())?;
    let body = body::small(&mut request, &[Media::Form, Media::Json, Media::Plain]).await?;
    // A strict referrer policy makes the origin of a posted form `null`; knowing the id is what counts.
    if !form || request.headers().get("origin")?.is_none_or(|origin| origin != "null") {
        check_origin(&config, &request)?;
    }
    if form { posted(&config, id, &body, &request, env).await } else { sent(&config, id, &body, &request, env).await }
}

/// From the card.
async fn sent(config: &Config, id: String, body: &str, request: &Request, env: &Env) -> Result<Response, Fail> {
    let Sent { message, text, seen, lang } = Sent::parse(body.as_bytes())?;
    let site = &config.site.id;
    if let (Some(until), true) = (seen, text.is_empty()) {
        link::site::<()>(env, site, &Command::Talk(Of::Seen { id, until })).await?;
        return reply::nothing();
    }
    match link::site(env, site, &Command::Talk(Of::Say { id, message, text })).await? {
        Said::Kept(told) => {
            let (locale, origin) = (language(config, &lang), url::origin(request));
            let talk = Talk { site: &config.site, locale: &locale, origin: &origin };
            let html = thread::conversation(&thread(config, &told, &locale), &talk, None).into_string();
            reply::json(&Shown { html, css: String::new() })
        }
        Said::Wait => Err(Problem::new("text", Fault::TooMany { max: MESSAGES_IN_A_ROW as u32 }).into()),
        Said::Gone => Err(Fail::not_found()),
    }
}

/// From the page, which needs no script.
async fn posted(config: &Config, id: String, body: &str, request: &Request, env: &Env) -> Result<Response, Fail> {
    let locale = asked_language(config, request)?;
    let desk = Desk { config, locale: &locale, origin: &url::origin(request) };
    let site = &config.site.id;
    let field =
        |name: &str| url::fields(body).find(|(field, _)| field == name).map(|(_, value)| value).unwrap_or_default();
    let wrote = Sent { message: field("message"), text: field("text"), ..Sent::default() };
    let (kept, outcome) = match wrote.clone().checked() {
        Ok(Sent { message, text, .. }) => {
            let command = Command::Talk(Of::Say { id: id.clone(), message, text });
            (link::site(env, site, &command).await, None)
        }
        Err(problem) if problem.field == "message" => return Err(problem.into()),
        Err(Problem { fault: Fault::Required, .. }) => (Ok(Said::Wait), Some(Refused::Blank)),
        Err(_) => (Ok(Said::Wait), Some(Refused::TooLong)),
    };
    let refused = match kept {
        Ok(Said::Kept(_)) => return reply::see_other(&format!("/me/{site}/{id}?lang={}", locale.as_str())),
        Ok(Said::Gone) => return desk.gone(),
        Ok(Said::Wait) => outcome.unwrap_or(Refused::Wait),
        Err(fail) => {
            console_error!("message: {fail}");
            Refused::Failed
        }
    };
    match link::site::<Option<Told>>(env, site, &Command::Talk(Of::Get { id })).await? {
        Some(told) => desk.page(&told, &wrote.text, Some(refused)),
        None => desk.gone(),
    }
}

async fn style(site: &SiteId, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let key = manifest::key("talk", &config, request)?;
    let rendered = remembered(key, |_| Ok(view::talk_page_css(&config.site)))?;
    manifest::send(request, &rendered, "text/css; charset=utf-8", "public, max-age=3600")
}

/// What pages are made with.
struct Desk<'a> {
    config: &'a Config,
    locale: &'a Locale,
    origin: &'a str,
}

impl Desk<'_> {
    fn page(&self, told: &Told, text: &str, refused: Option<Refused>) -> Result<Response, Fail> {
        let message = id::make(now(), random()?);
        let draft = Draft { message: &message, text, refused };
        let status = if refused.is_some() { 422 } else { 200 };
        self.send(status, |hosted| thread::talk_page(&thread(self.config, told, self.locale), hosted, &draft))
    }

    fn gone(&self) -> Result<Response, Fail> {
        self.send(404, |hosted| view::message_page(hosted, Message::Gone))
    }

    fn send(&self, status: u16, draw: impl FnOnce(&Hosted<'_>) -> Markup) -> Result<Response, Fail> {
        let site = &self.config.site;
        let stylesheet = format!("/me/{}.css?{}", site.id, self.config.revision);
        let context =
            ViewContext { site, version: 0, variant: None, locale: self.locale, origin: self.origin, sheet: None };
        let policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";
        let mut response =
            reply::page(draw(&Hosted { context, stylesheet: &stylesheet, script: None }), status, policy)?;
        // The address is a secret: other sites never learn it, and no search engine keeps it.
        response.headers_mut().set("referrer-policy", "same-origin")?;
        response.headers_mut().set("x-robots-tag", "noindex, nofollow")?;
        Ok(response)
    }
}

/// The conversation in the words of the definition that was answered.
pub fn thread(config: &Config, told: &Told, locale: &Locale) -> Thread {
    let widget = config.version(told.widget.as_str(), told.version);
    let entry = |(widget, entry): &(rapport_core::name::Name, rapport_core::name::Name)| {
        let news = &config.record(widget.as_str())?.versions.last()?.widget;
        let entry = news.questions.iter().find(|question| question.name == *entry)?;
        let hint = entry.hint.as_ref().map_or("", |hint| hint.get(locale));
        Some((entry.title.get(locale).to_owned(), hint.to_owned()))
    };
    Thread {
        id: told.id.clone(),
        wrote: widget.map(|widget| thread::wrote(widget, &told.answers, locale)).unwrap_or_default(),
        lines: told.lines.iter().map(|line| Line { owner: line.owner, text: line.text.clone(), at: line.at }).collect(),
        done: told.done.iter().filter_map(entry).collect(),
        until: told.until,
        turn: match told.in_a_row {
            None => Turn::Nothing,
            Some(in_a_row) if in_a_row as usize >= MESSAGES_IN_A_ROW => Turn::Wait,
            Some(_) => Turn::Open,
        },
    }
}

/// The page's language where it is one, else the site's.
fn language(config: &Config, tag: &str) -> Locale {
    Locale::parse(tag).unwrap_or_else(|_| config.site.locale.clone())
}

/// The language of the address, else of the browser, else of the site.
fn asked_language(config: &Config, request: &Request) -> Result<Locale, Fail> {
    let asked = url::fields(&url::query(request)).find(|(name, _)| name == "lang").map(|(_, tag)| tag);
    let header = request.headers().get("accept-language")?.unwrap_or_default();
    let tag =
        asked.unwrap_or_else(|| i18n::accepted(&header).map_or_else(String::new, |strings| strings.tag.to_owned()));
    Ok(language(config, &tag))
}

fn is_form(headers: &Headers) -> Result<bool, Fail> {
    Ok(headers.get("content-type")?.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form")))
}
