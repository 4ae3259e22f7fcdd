//! The only module that names KV. Values are written by the outbox of a site's object, or, when that object cannot be
//! reached, to the lane; everything else here reads.
//!
//! | key | value | metadata |
//! |---|---|---|
//! | `c/{site}` | the configuration | revision |
//! | `r/{site}/{day}/{id}` | one response | [`Metadata`] |
//! | `h/{site}` | the hooks, with their secrets | – |
//! | `p/{site}` | what the loyalty programme needs besides its members, with its secrets | – |
//! | `n/{site}/0/{day}` | view counts of a day that is over | – |
//! | `k/{site}/{day}` | the counts of a day whose responses are no longer kept | – |
//! | `t/{site}/{day}` | what the owner made of that day's responses | – |
//! | `d/{site}` | views of the inbox, blocked visitors | – |
//! | `l/{site}/{member}` | a member | revision, print |
//! | `l/{site}/{member}/{page}` | fifty lines of a member's ledger | how many there are |
//! | `p/{site}/{reward}/{page}` | a reward's codes | – |
//! | `q/{site}/{id}/{revision}` | a delivery that found its object unreachable | – |

use core::fmt;

use js_sys::{Array, JSON, Map};
use rapport_core::json;
use rapport_core::name::SiteId;
use rapport_core::time::Day;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use worker::Env;

use crate::binding::{self, options};
use crate::usage;

/// Seconds for which a place may answer from its own copy of a configuration: the least that KV allows.
const CONFIG_TTL: u32 = 30;

/// What KV said instead of yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setback {
    /// Failing or throttling: later.
    Busy(String),
    /// The day's quota is used up: tomorrow.
    Spent,
    /// Not with this key or value, ever.
    Refused(String),
}

impl fmt::Display for Setback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(why) => write!(f, "busy: {why}"),
            Self::Spent => f.write_str("the day's quota is used up"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// One page of a listing.
#[derive(Deserialize)]
pub struct Listing {
    pub keys: Vec<Key>,
    /// Where the next page begins; nothing after the last. A page may be empty and yet not the last.
    pub cursor: Option<String>,
}

/// A key as it is listed.
#[derive(Deserialize)]
pub struct Key {
    pub name: String,
    /// What a response or a ledger has beside its value.
    pub metadata: Option<Revision>,
}

/// As much of what stands beside a value as a comparison needs.
#[derive(Deserialize)]
pub struct Revision {
    pub r: Option<i64>,
    /// Of a member and of a ledger's page: what tells it from another of the same revision.
    #[serde(default)]
    pub h: Option<String>,
}

/// The key of a configuration.
pub fn config_key(site: &SiteId) -> String {
    format!("c/{site}")
}

/// The key of what the programme needs besides its members.
pub fn kept_key(site: &SiteId) -> String {
    format!("p/{site}")
}

/// The key of a site's hooks.
pub fn hooks_key(site: &SiteId) -> String {
    format!("h/{site}")
}

/// The key of a response.
pub fn response_key(site: &SiteId, day: Day, id: &str) -> String {
    format!("r/{site}/{day}/{id}")
}

/// What the keys of all responses of a site, or of one of its days, begin with.
pub fn responses_prefix(site: &SiteId, day: Option<Day>) -> String {
    day.map_or_else(|| format!("r/{site}/"), |day| format!("r/{site}/{day}/"))
}

/// The key of a day's view counts.
pub fn views_key(site: &SiteId, day: Day) -> String {
    format!("n/{site}/0/{day}")
}

/// What the keys of all view counts of a site begin with.
pub fn views_prefix(site: &SiteId) -> String {
    format!("n/{site}/0/")
}

/// The key of the counts of a day whose responses are no longer kept.
pub fn totals_key(site: &SiteId, day: Day) -> String {
    format!("k/{site}/{day}")
}

/// What the keys of all such counts of a site begin with.
pub fn totals_prefix(site: &SiteId) -> String {
    format!("k/{site}/")
}

/// The key of the cases of a day's responses.
pub fn cases_key(site: &SiteId, day: Day) -> String {
    format!("t/{site}/{day}")
}

/// What the keys of all cases of a site begin with.
pub fn cases_prefix(site: &SiteId) -> String {
    format!("t/{site}/")
}

/// The key of what the owner keeps beside the responses.
pub fn desk_key(site: &SiteId) -> String {
    format!("d/{site}")
}

/// The key of a member.
pub fn member_key(site: &SiteId, member: &str) -> String {
    format!("l/{site}/{member}")
}

/// The key of a page of a member's ledger. Sorted, pages follow their member.
pub fn ledger_key(site: &SiteId, member: &str, page: u32) -> String {
    format!("l/{site}/{member}/{page:06}")
}

/// What the keys of all members and ledgers of a site begin with.
pub fn ledgers_prefix(site: &SiteId) -> String {
    format!("l/{site}/")
}

/// The key of a page of a reward's codes.
pub fn pool_key(site: &SiteId, reward: &str, page: i64) -> String {
    format!("p/{site}/{reward}/{page:06}")
}

/// What the keys of all codes of a site begin with.
pub fn pools_prefix(site: &SiteId) -> String {
    format!("p/{site}/")
}

/// The key in the lane. It carries the revision, so that an earlier one that is late cannot overwrite a later one.
pub fn lane_key(site: &SiteId, id: &str, revision: u32) -> String {
    format!("q/{site}/{id}/{revision}")
}

/// What lane keys begin with, of one site or of all.
pub fn lane_prefix(site: Option<&SiteId>) -> String {
    site.map_or_else(|| "q/".to_owned(), |site| format!("q/{site}/"))
}

/// What begins the keys of everything of a site that is listed, and the keys of the rest but its configuration.
pub fn everything(site: &SiteId) -> ([String; 7], [String; 3]) {
    let prefixes = [
        responses_prefix(site, None),
        format!("n/{site}/"),
        totals_prefix(site),
        cases_prefix(site),
        ledgers_prefix(site),
        pools_prefix(site),
        lane_prefix(Some(site)),
    ];
    (prefixes, [hooks_key(site), kept_key(site), desk_key(site)])
}

/// The configuration of `site`, perhaps half a minute old.
pub async fn config(env: &Env, site: &SiteId) -> Result<Option<String>, Setback> {
    let options = options([("cacheTtl", CONFIG_TTL.into())]);
    Ok(call(env, "get", &[config_key(site).into(), options]).await?.as_string())
}

/// One value.
pub async fn read(env: &Env, key: &str) -> Result<Option<String>, Setback> {
    Ok(call(env, "get", &[key.into()]).await?.as_string())
}

/// Many values, in the order of their keys; KV takes 100 keys a call.
pub async fn read_many(env: &Env, keys: &[String]) -> Result<Vec<Option<String>>, Setback> {
    let mut values = Vec::with_capacity(keys.len());
    for some in keys.chunks(100) {
        let some: Vec<JsValue> = some.iter().map(JsValue::from).collect();
        let found: Map = call(env, "get", &[some.iter().collect::<Array>().into()]).await?.unchecked_into();
        values.extend(some.iter().map(|key| found.get(key).as_string()));
    }
    Ok(values)
}

/// Writes a value.
pub async fn write(env: &Env, key: &str, value: &str, metadata: Option<&str>) -> Result<(), Setback> {
    let metadata = metadata.map_or(JsValue::UNDEFINED, |metadata| JSON::parse(metadata).unwrap_or_default());
    call(env, "put", &[key.into(), value.into(), options([("metadata", metadata)])]).await.map(drop)
}

/// Removes a value.
pub async fn remove(env: &Env, key: &str) -> Result<(), Setback> {
    call(env, "delete", &[key.into()]).await.map(drop)
}

/// One page of the keys that begin with `prefix`, `limit` at most.
pub async fn list(env: &Env, prefix: &str, cursor: Option<&str>, limit: u32) -> Result<Listing, Setback> {
    let options = options([("prefix", prefix.into()), ("cursor", cursor.into()), ("limit", limit.into())]);
    let page = JSON::stringify(&call(env, "list", &[options]).await?).map_err(|thrown| setback(&thrown))?;
    json::own(&String::from(page)).map_err(|problem| Setback::Refused(problem.to_string()))
}

async fn call(env: &Env, method: &str, arguments: &[JsValue]) -> Result<JsValue, Setback> {
    let many = arguments.first().and_then(|keys| keys.dyn_ref::<Array>()).map_or(1, |keys| keys.length() as usize);
    usage::kv(method, many);
    binding::call(env, "KV", method, arguments).await.map_err(|thrown| setback(&thrown))
}

fn setback(thrown: &JsValue) -> Setback {
    classify(&binding::message(thrown))
}

/// KV's errors are sentences: `KV PUT failed: 429 Too Many Requests`, `KV put() limit exceeded for the day.`
fn classify(message: &str) -> Setback {
    if message.contains("limit exceeded for the day") {
        return Setback::Spent;
    }
    let status = message
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| word.len() == 3)
        .find_map(|word| word.parse::<u16>().ok().filter(|status| (400..600).contains(status)));
    match status {
        Some(400 | 411 | 413 | 414 | 422 | 431) => Setback::Refused(message.to_owned()),
        _ => Setback::Busy(message.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setbacks() {
        let busy = |text: &str| matches!(classify(text), Setback::Busy(_));
        let refused = |text: &str| matches!(classify(text), Setback::Refused(_));
        assert!(busy("KV PUT failed: 429 Too Many Requests"));
        assert!(busy("KV PUT failed: 503 Service Unavailable"));
        assert!(busy("KV PUT failed: 500 Internal Server Error"));
        assert!(busy("Network connection lost."));
        assert!(busy("KV PUT failed: 401 Unauthorized"));
        assert!(refused("KV PUT failed: 413 Value length of 26214401 exceeds limit of 26214400."));
        assert!(refused("KV PUT failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512."));
        assert!(refused("KV PUT failed: 400 Bad Request"));
        assert_eq!(classify("KV put() limit exceeded for the day."), Setback::Spent);
    }

    #[test]
    fn keys_never_collide_across_sites() {
        let (a, b) = (SiteId::parse("acme").unwrap(), SiteId::parse("acme-2").unwrap());
        assert!(!responses_prefix(&b, None).starts_with(&responses_prefix(&a, None)));
        assert!(!response_key(&b, Day(0), "x").starts_with(&responses_prefix(&a, None)));
        assert_eq!(response_key(&a, Day(0), "x"), "r/acme/1970-01-01/x");
    }
}
