//! Putting the tag on a site: where it was seen, and a look at one of the owner's pages.

use futures_util::StreamExt;
use js_sys::{Function, Reflect};
use rapport_core::hook::address;
use rapport_core::install::{self, Expected, Finding, Page};
use rapport_core::model::config::Config;
use rapport_core::model::placement::Placement;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use wasm_bindgen::{JsCast, JsValue};
use worker::{Env, Response};

use crate::binding::{invoke, options, promised};
use crate::command::install::{Command as Asked, Sighting};
use crate::command::{Command, Edit};
use crate::link;
use crate::problem::Fail;

/// As much of a page as is looked at: a tag further down than this would be late anyway.
const MOST_BYTES: usize = 512 * 1_024;
const PATIENCE_MS: u32 = 8_000;
const ADDRESS_CHARS: usize = 1_000;

/// What became of a look at a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Its HTML was read; whether there was more of it than is read.
    Read { findings: Vec<Finding>, cut: bool },
    /// It leads on to another address.
    LeadsOn(String),
    /// It answered with this status.
    Status(u16),
    /// It is no HTML but this.
    NotHtml(String),
    /// There was no answer in time, or none at all.
    Silent,
}

/// Where the tag was seen, the newest first.
pub async fn sightings(env: &Env, site: &SiteId) -> Result<Vec<Sighting>, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::Install(Asked::Sightings)).await
}

/// Adds an origin to the site's list; one that is there already is fine.
pub async fn allow(env: &Env, config: Config, origin: String) -> Result<Config, Fail> {
    if config.site.origins.contains(&origin) {
        return Ok(config);
    }
    let mut site = config.site.clone();
    site.origins.push(origin);
    super::edit(env, &config.site.id, Edit::Site { site, based_on: None }).await
}

/// Fetches a page of the owner's own site, as anybody could, and looks for the tag in it. `worker` is where this Worker
/// answers.
///
/// # Errors
/// 422 for an address that is not a public page on one of the site's origins.
pub async fn look(config: &Config, worker: &str, address: &str) -> Result<Look, Fail> {
    let address = checked(config, address)?;
    let Ok(mut response) = fetch(&address).await else { return Ok(Look::Silent) };
    let headers = response.headers().clone();
    let status = response.status_code();
    if (300..400).contains(&status) {
        let to: String = headers.get("location")?.unwrap_or_default().chars().take(ADDRESS_CHARS).collect();
        return Ok(Look::LeadsOn(to));
    }
    if !(200..300).contains(&status) {
        return Ok(Look::Status(status));
    }
    let kind = headers.get("content-type")?.unwrap_or_default().to_ascii_lowercase();
    if !kind.contains("html") {
        return Ok(Look::NotHtml(kind.chars().take(60).collect()));
    }
    let Some((html, cut)) = text(&mut response).await else { return Ok(Look::Silent) };
    let policies: Vec<String> = headers.get("content-security-policy")?.into_iter().collect();
    let live: Vec<(&str, bool)> = config
        .live()
        .map(|version| (version.widget.name.as_str(), matches!(version.widget.placement, Placement::Inline)))
        .collect();
    let page = Page { address: &address, html: &html, policies: &policies };
    let findings = install::check(page, Expected { worker, site: &config.site.id, live: &live });
    Ok(Look::Read { findings, cut })
}

/// Only what anybody may see on the owner's own origins: this Worker fetches nothing else on anybody's behalf.
fn checked(config: &Config, address: &str) -> Result<String, Problem> {
    let typed = address.trim();
    let address = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let bare = address.split('#').next().unwrap_or_default();
    if bare.len() > ADDRESS_CHARS {
        return Err(Problem::new("page", Fault::TooLong { max: ADDRESS_CHARS as u32 }));
    }
    let origin = install::origin(bare).to_ascii_lowercase();
    let whole = format!("{origin}{}", bare.get(origin.len()..).unwrap_or_default());
    address::check(&whole).map_err(|problem| problem.within("page"))?;
    if !config.site.origins.contains(&origin) {
        return Err(Problem::new("page", Fault::NotAnOption));
    }
    Ok(whole)
}

async fn fetch(address: &str) -> Result<Response, JsValue> {
    let global = js_sys::global();
    let signals = Reflect::get(&global, &"AbortSignal".into())?;
    let signal = invoke(&signals, "timeout", &[PATIENCE_MS.into()])?;
    let headers = options([("accept", "text/html".into()), ("user-agent", "Rapport (looking for its tag)".into())]);
    let request = options([("redirect", "manual".into()), ("signal", signal), ("headers", headers)]);
    let fetch: Function = Reflect::get(&global, &"fetch".into())?.dyn_into()?;
    let response = promised(fetch.call2(&global, &address.into(), &request)?).await?;
    Ok(Response::from(response.unchecked_into::<worker::web_sys::Response>()))
}

/// The text, and whether there was more.
async fn text(response: &mut Response) -> Option<(String, bool)> {
    let mut stream = response.stream().ok()?;
    let mut bytes: Vec<u8> = Vec::new();
    let mut cut = false;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.ok()?;
        let room = MOST_BYTES - bytes.len();
        cut = chunk.len() > room;
        bytes.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
        if cut {
            break;
        }
    }
    Some((String::from_utf8_lossy(&bytes).into_owned(), cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::model::site::Site;

    #[test]
    fn only_public_pages_of_the_sites_own_origins_are_fetched() {
        let site = Site::parse(
            r#"{"id":"acme","name":"A","locale":"en","origins":["https://acme.example","http://localhost:8080","https://10.0.0.1","https://a.local"]}"#,
        );
        let config = Config { revision: 1, site: site.unwrap(), widgets: Vec::new(), loyalty: None };
        for (typed, expected) in [
            ("https://acme.example/x?y#z", Ok("https://acme.example/x?y")),
            (" acme.example ", Ok("https://acme.example")),
            ("HTTPS://ACME.example/X", Ok("https://acme.example/X")),
            ("https://acme.example@evil.example/", Err("conflict")),
            ("https://acme.example:8443/", Err("conflict")),
            ("https://evil.example/", Err("not_an_option")),
            ("http://acme.example/", Err("malformed")),
            ("http://localhost:8080/", Err("malformed")),
            ("https://10.0.0.1/", Err("conflict")),
            ("https://a.local/", Err("conflict")),
            ("https://acme.example/\r\nx", Err("malformed")),
            ("https://acme.example\\@evil.example", Err("malformed")),
            ("file:///etc/passwd", Err("malformed")),
            ("", Err("malformed")),
        ] {
            let found = checked(&config, typed).map_err(|problem| problem.fault.code().to_owned());
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{typed}");
        }
    }
}
