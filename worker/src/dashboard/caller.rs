//! Who asks for a page, and in which language: read from the request once.

use rapport_core::time::Timestamp;
use worker::{Request, Response};

use crate::assets;
use crate::clock;
use crate::dashboard::form::Form;
use crate::dashboard::lang::Lang;
use crate::dashboard::page::Frame;
use crate::problem::Fail;
use crate::reply;
use crate::url;

/// The policy of every page: nothing inline, nothing foreign, framed by nobody. `data:` is the icon in the tab.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The one cookie beside the session's: the language that was chosen.
const COOKIE: &str = "rapport-lang";

/// A request as far as pages need it.
#[derive(Clone, Debug)]
pub struct Caller {
    pub lang: Lang,
    /// Chosen by this very request.
    pub chosen: Option<Lang>,
    pub now: Timestamp,
    pub path: String,
    pub query: Form,
    /// Path and query, without the choice of a language.
    pub here: String,
    /// Where this Worker answers.
    pub origin: String,
}

impl Caller {
    /// Reads `request`.
    pub fn of(request: &Request) -> Result<Self, Fail> {
        let raw = url::query(request);
        let query = Form::parse(&raw);
        let chosen = query.find("lang").and_then(Lang::parse);
        let headers = request.headers();
        let cookies = headers.get("cookie")?.unwrap_or_default();
        let kept = cookies.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE);
        let accepted =
            || headers.get("accept-language").ok().flatten().map_or(Lang::En, |header| Lang::accepted(&header));
        let others: Vec<&str> = raw.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
        let path = request.path();
        Ok(Self {
            lang: chosen.or_else(|| kept.and_then(|(_, tag)| Lang::parse(tag))).unwrap_or_else(accepted),
            chosen,
            now: clock::now(),
            here: if others.is_empty() { path.clone() } else { format!("{path}?{}", others.join("&")) },
            path,
            query,
            origin: url::origin(request),
        })
    }

    /// What pages need of it. `csrf` is the session's token, where there is one.
    pub fn frame<'a>(&'a self, csrf: Option<&'a str>) -> Frame<'a> {
        Frame {
            lang: self.lang,
            now: self.now,
            css: assets::DASHBOARD_CSS,
            js: assets::DASHBOARD_JS,
            here: &self.here,
            csrf,
        }
    }

    /// A page as a response.
    pub fn page(&self, markup: maud::Markup, status: u16) -> Result<Response, Fail> {
        let mut response = reply::page(markup, status, POLICY)?;
        let headers = response.headers_mut();
        headers.set("content-language", self.lang.tag())?;
        headers.set("vary", "cookie, accept-language")?;
        // With `no-referrer` browsers would post forms with the origin `null`.
        headers.set("referrer-policy", "same-origin")?;
        Ok(response)
    }

    /// A page that shows another of ours in a frame.
    pub fn framing(&self, markup: maud::Markup, status: u16) -> Result<Response, Fail> {
        let mut response = self.page(markup, status)?;
        response.headers_mut().set("content-security-policy", &format!("{POLICY}; frame-src 'self'"))?;
        Ok(response)
    }

    /// The same page again, with the chosen language kept.
    pub fn keep(&self, lang: Lang) -> Result<Response, Fail> {
        let mut response = reply::see_other(&self.here)?;
        let cookie =
            format!("{COOKIE}={}; Path=/dashboard; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000", lang.tag());
        response.headers_mut().set("set-cookie", &cookie)?;
        Ok(response)
    }
}
