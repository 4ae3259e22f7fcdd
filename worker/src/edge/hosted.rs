//! `/f/{site}/{widget}`: a widget as a page of its own, for links, QR codes and e-mail, and where a form without scripts
//! is posted. Getting it never records anything, so mail scanners cannot vote; posting it twice counts once.

use std::rc::Rc;

use maud::Markup;
use rapport_core::answer::Field;
use rapport_core::delivery::{Context as Sent, Delivery, Moment, Receipt, Submission};
use rapport_core::limits::{FIELDS, PAGE_CHARS, TEXT_CHARS};
use rapport_core::loyalty::board::Place;
use rapport_core::model::config::{Config, Record, State, Version};
use rapport_core::model::text::Locale;
use rapport_core::model::widget::{Kind, Variant, Widget};
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;
use rapport_core::view::{self, Hosted, Message, Sheet, ViewContext};
use rapport_core::{id, quiz, validate};
use worker::{Context, Env, Headers, Request, Response};

use super::board;
use super::ingest::{check_origin, checked, refused, send};
use super::manifest::{self, remembered};
use crate::accept::vote;
use crate::body::{self, Media};
use crate::clock::{now, random};
use crate::command::Command;
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// What the address or the posted form says.
struct Asked {
    fields: Vec<Field>,
}

/// Everything that the page is made for.
struct Visit<'a> {
    config: &'a Config,
    version: &'a Version,
    variant: Option<&'a Variant>,
    locale: Locale,
    origin: String,
    /// Whether it stands in a frame on the owner's own site.
    embedded: bool,
}

/// 1. The widget, if it is live.
/// 2. Language and variant.
/// 3. After an answer, and a brake, the thanks for it; else the form, filled with what the address says, but not sent.
pub async fn get(site: &SiteId, widget: &Name, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let asked = Asked { fields: url::fields(&url::query(request)).take(FIELDS).collect() };
    let Some(version) = live(&config, widget) else { return gone(&config, widget, &asked, request) };
    let visit = visit(&config, version, &asked, request, draw(&version.widget)?)?;
    if let Some(id) = asked.get("receipt") {
        brake::check(env, site, &address(request.headers())?).await?;
        let poll = vote(&version.widget);
        let receipt: Option<Receipt> = link::site(
            env,
            site,
            &Command::Receipt { id: id.to_owned(), votes: poll, answers: version.widget.kind == Kind::Quiz },
        )
        .await?;
        if let Some(receipt) = receipt {
            return visit.thanks(&receipt);
        }
    }
    if version.widget.kind == Kind::Leaderboard {
        brake::check(env, site, &address(request.headers())?).await?;
        return visit.board(&board::places(&config, env).await?.unwrap_or_default());
    }
    let referrer = request.headers().get("referer")?.unwrap_or_default();
    let page: String = asked.get("page").unwrap_or(&referrer).chars().take(PAGE_CHARS).collect();
    visit.form(&id::make(now(), random()?), now(), &page, &asked.answers(), &[])
}

/// 1. The widget, whatever its state: late answers are taken.
/// 2. Brakes.
/// 3. The form.
/// 4. Every rule of the model; what is wrong is shown beside its question.
/// 5. The same way as any other response.
/// 6. The thanks, on a page of their own, so that reloading it sends nothing.
pub async fn post(
    site: &SiteId,
    name: &Name,
    mut request: Request,
    env: &Env,
    context: &Context,
) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let address = address(request.headers())?;
    brake::check(env, site, &address).await?;
    // A page whose referrer policy is strict posts with the origin `null`; this form is open to everybody anyway.
    if request.headers().get("origin")?.is_none_or(|origin| origin != "null") {
        check_origin(&config, &request)?;
    }
    let text = body::small(&mut request, &[Media::Form]).await.map_err(|fail| refused(env, context, site, fail))?;
    let asked = Asked { fields: posted(&text, &url::query(&request)) };
    let number = asked.get("version").and_then(|number| number.parse().ok());
    let config = match number.filter(|number| config.version(name.as_str(), *number).is_none()) {
        Some(_) => sites::newest(env, site).await?,
        None => config,
    };
    let version = config.record(name.as_str()).and_then(|record| match number {
        Some(number) => record.versions.iter().find(|version| version.number == number),
        None => record.versions.last(),
    });
    let Some(version) = version else { return gone(&config, name, &asked, &request) };
    let variant =
        asked.get("variant").and_then(|wanted| version.widget.variants.iter().find(|variant| variant.name == *wanted));
    if !version.widget.kind.asks() {
        // There is nothing to post; whoever does gets to read it.
        return reply::see_other(&format!("/f/{site}/{name}"));
    }
    let visit = visit(&config, version, &asked, &request, variant)?;
    let id = match asked.get("id").filter(|id| id::moment(id).is_some()) {
        Some(id) => id.to_owned(),
        None => id::make(now(), random()?),
    };
    let started = asked.get("started").and_then(|ms| ms.parse().ok()).map_or_else(now, Timestamp);
    if let Err(problems) = validate::read(&version.widget.rules(), &asked.answers(), true) {
        refused(env, context, site, Fail::invalid(&problems));
        return visit.form(&id, started, asked.get("page").unwrap_or_default(), &asked.answers(), &problems);
    }
    let sent = async |id: String| {
        let delivery = visit.delivery(&asked, id, started);
        match checked(env, &config, &delivery, &request, &address, false).await {
            Ok(checked) => send(env, context, site, checked).await,
            Err(fail) => Err(refused(env, context, site, fail)),
        }
    };
    let outcome = match sent(id).await {
        // The page was open for so long: stamped anew, as scripts do.
        Err(fail) if matches!(fail.code(), "too_old" | "too_new") => sent(id::make(now(), random()?)).await,
        outcome => outcome,
    };
    match outcome {
        Ok(accepted) => match accepted.receipt {
            Some(receipt) if accepted.aside => visit.thanks(&Receipt { told: asked.answers(), ..receipt }),
            Some(receipt) => {
                let embed = if visit.embedded { "&embed" } else { "" };
                reply::see_other(&format!(
                    "/f/{site}/{name}?receipt={}&lang={}{embed}",
                    receipt.id,
                    visit.locale.as_str()
                ))
            }
            None => Err(Fail::Broken("a response without a receipt".to_owned())),
        },
        Err(fail) => {
            let status = fail.into_document().status;
            visit.page(visit.message(Message::Failed), status)
        }
    }
}

/// The style sheet of the page.
pub async fn style(site: &SiteId, widget: &Name, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    let version =
        config.record(widget.as_str()).and_then(|record| record.versions.last()).ok_or_else(Fail::not_found)?;
    let mut key = manifest::key("style", &config, request)?;
    // One rendering for each widget: its name stands where the language would.
    key.kind = "style";
    key.origin = widget.to_string();
    let rendered = remembered(key, |_| Ok(view::page_css(&config.site, &version.widget)))?;
    let mut response = manifest::send(request, &rendered, "text/css; charset=utf-8", "public, max-age=3600")?;
    // In a sandbox without an origin the page itself is of another one.
    response.headers_mut().set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}

impl Asked {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// What is left when the form's own fields are taken out, and those left empty: as scripts would send it.
    fn answers(&self) -> Vec<Field> {
        let own = |name: &str| validate::RESERVED.contains(&name) || name == "embed";
        let fits = |value: &str| !value.is_empty() && value.len() <= TEXT_CHARS as usize * 4;
        self.fields.iter().filter(|(name, value)| !own(name) && fits(value)).cloned().collect()
    }
}

impl Visit<'_> {
    fn delivery(&self, asked: &Asked, id: String, started: Timestamp) -> Delivery {
        let active = (now().0 - started.0).clamp(0, i64::from(u32::MAX));
        Delivery {
            v: 1,
            context: Sent {
                page: asked.get("page").unwrap_or_default().to_owned(),
                locale: self.locale.as_str().to_owned(),
                ..Sent::default()
            },
            views: Vec::new(),
            response: Some(Submission {
                id,
                // Whoever goes back and answers differently means the later answer.
                revision: u32::try_from(active / 1_000 + 1).unwrap_or(u32::MAX),
                widget: self.version.widget.name.clone(),
                version: self.version.number,
                variant: self.variant.map(|variant| variant.name.clone()),
                complete: true,
                answers: asked.answers(),
                moments: vec![Moment::Seen, Moment::Started],
                active_ms: u32::try_from(active).unwrap_or(u32::MAX),
                trap: asked.get("trap").unwrap_or_default().to_owned(),
            }),
        }
    }

    fn form(
        &self,
        id: &str,
        started: Timestamp,
        page: &str,
        values: &[Field],
        problems: &[Problem],
    ) -> Result<Response, Fail> {
        let sheet = Sheet { id, started: started.0, page, embedded: self.embedded, values, problems };
        let status = if problems.is_empty() { 200 } else { 422 };
        let style = self.style();
        let script = format!("/s/{}.js", self.config.site.id);
        let script = self.live().then_some(script.as_str());
        self.page(view::hosted_page(&self.version.widget, &self.hosted(&style, script, Some(&sheet))), status)
    }

    /// With its places, for those without scripts; scripts have nothing to add.
    fn board(&self, places: &[Place]) -> Result<Response, Fail> {
        let sheet = Sheet { id: "", started: 0, page: "", embedded: self.embedded, values: &[], problems: &[] };
        self.page(view::board_page(&self.version.widget, &self.hosted(&self.style(), None, Some(&sheet)), places), 200)
    }

    fn thanks(&self, receipt: &Receipt) -> Result<Response, Fail> {
        let widget = &self.version.widget;
        let result = receipt.result.as_ref().filter(|_| widget.kind == Kind::Poll).map(|votes| {
            let voters = votes.iter().find(|(option, _)| option.is_empty()).map_or(0, |(_, voters)| *voters);
            view::poll_result(widget, &self.locale, votes, voters)
        });
        let result = result.or_else(|| {
            let told = quiz::told(widget, &receipt.told, &self.locale);
            (!told.is_empty()).then(|| view::quiz_result(widget, &self.locale, &told))
        });
        let style = self.style();
        self.page(view::thanks_page(widget, &self.hosted(&style, None, None), &receipt.id, result), 200)
    }

    fn message(&self, message: Message) -> Markup {
        view::message_page(&self.hosted(&self.style(), None, None), message)
    }

    fn hosted<'a>(&'a self, stylesheet: &'a str, script: Option<&'a str>, sheet: Option<&'a Sheet<'a>>) -> Hosted<'a> {
        let context = ViewContext {
            site: &self.config.site,
            version: self.version.number,
            variant: self.variant,
            locale: &self.locale,
            origin: &self.origin,
            sheet,
        };
        Hosted { context, stylesheet, script }
    }

    fn style(&self) -> String {
        style_address(self.config, &self.version.widget.name)
    }

    fn live(&self) -> bool {
        live(self.config, &self.version.widget.name).is_some_and(|live| live.number == self.version.number)
    }

    fn page(&self, markup: Markup, status: u16) -> Result<Response, Fail> {
        page(self.config, markup, status, self.embedded)
    }
}

fn visit<'a>(
    config: &'a Rc<Config>,
    version: &'a Version,
    asked: &Asked,
    request: &Request,
    variant: Option<&'a Variant>,
) -> Result<Visit<'a>, Fail> {
    let locale = language(config, &version.widget, asked, request.headers())?;
    let embedded = asked.fields.iter().any(|(name, _)| name == "embed");
    Ok(Visit { config, version, variant, locale, origin: url::origin(request), embedded })
}

/// The language asked for by the address, else the first of the browser's that the texts are written in, else the site's.
fn language(config: &Config, widget: &Widget, asked: &Asked, headers: &Headers) -> Result<Locale, Fail> {
    if let Some(locale) = asked.get("lang").and_then(|tag| Locale::parse(tag).ok()) {
        return Ok(locale);
    }
    let offered = manifest::languages(widget);
    let accepted = headers.get("accept-language")?.unwrap_or_default();
    let wanted =
        accepted.split(',').filter_map(|part| Locale::parse(part.split(';').next().unwrap_or_default().trim()).ok());
    let known = |wanted: &Locale| offered.iter().any(|offer| offer.language() == wanted.language());
    Ok(wanted.take(20).find(known).unwrap_or_else(|| config.site.locale.clone()))
}

/// One of the variants, by lot and weight.
fn draw(widget: &Widget) -> Result<Option<&Variant>, Fail> {
    let total: u32 = widget.variants.iter().map(|variant| variant.weight).sum();
    let Some(mut lot) = u32::from_be_bytes(random()?).checked_rem(total) else { return Ok(None) };
    Ok(widget.variants.iter().find(|variant| match lot.checked_sub(variant.weight) {
        Some(rest) => {
            lot = rest;
            false
        }
        None => true,
    }))
}

fn live<'a>(config: &'a Config, widget: &Name) -> Option<&'a Version> {
    config.live().find(|version| version.widget.name == *widget)
}

fn gone(config: &Config, widget: &Name, asked: &Asked, request: &Request) -> Result<Response, Fail> {
    let over = |record: &Record| matches!(record.state, State::Paused | State::Ended);
    let (message, status) = match config.record(widget.as_str()) {
        Some(record) if over(record) => (Message::Closed, 410),
        _ => (Message::Missing, 404),
    };
    let locale =
        asked.get("lang").and_then(|tag| Locale::parse(tag).ok()).unwrap_or_else(|| config.site.locale.clone());
    let origin = url::origin(request);
    let context =
        ViewContext { site: &config.site, version: 0, variant: None, locale: &locale, origin: &origin, sheet: None };
    let style = style_address(config, widget);
    let markup = view::message_page(&Hosted { context, stylesheet: &style, script: None }, message);
    page(config, markup, status, false)
}

fn page(config: &Config, markup: Markup, status: u16, embedded: bool) -> Result<Response, Fail> {
    let ancestors = if embedded { config.site.origins.join(" ") } else { "'none'".to_owned() };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}; \
         require-trusted-types-for 'script'; trusted-types rapport"
    );
    let mut response = reply::page(markup, status, &policy)?;
    // With `no-referrer` browsers would post the form with the origin `null`.
    response.headers_mut().set("referrer-policy", "same-origin")?;
    // Not `no-store`: whoever goes back shall find the form with the id it had, so that sending it again counts once.
    response.headers_mut().set("cache-control", "private, no-cache")?;
    Ok(response)
}

fn style_address(config: &Config, widget: &Name) -> String {
    format!("/f/{}/{widget}.css?{}", config.site.id, config.revision)
}

/// Fields of a posted form, more than any form of ours has are not looked at; and what its address says of the page.
fn posted(text: &str, query: &str) -> Vec<Field> {
    let about = |(name, _): &Field| matches!(name.as_str(), "lang" | "embed");
    let form = url::fields(text).take(FIELDS + 20).filter(|field| !about(field));
    form.chain(url::fields(query).filter(about).take(2)).collect()
}
