//! Tokens. As with sessions, the object keeps the hash of each: its contents open no door.

use rapport_core::limits::{TOKEN_NAME, TOKENS};
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;
use worker::SqlStorageValue as Value;

use super::sql::{Read, Row, int, text};
use super::transaction::transaction;
use super::{Object, reply, throttle};
use crate::command::token::{Command, Made, New, Scope, Token};
use crate::digest::{sha256, token as secret_of};
use crate::problem::Fail;

/// Use is noted this often: each note is a row written.
const NOTED_MS: i64 = 10 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// The longest life that can be asked for.
const MOST_DAYS: u32 = 3_650;
/// Hex digits of the hash that make an id.
const ID: usize = 12;

/// Does what is asked about tokens.
pub fn obey(object: &Object, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Make(new) => reply(&make(object, new, now)?),
        Command::List => reply(&list(&object.read())?),
        Command::Revoke { id } => reply(&revoke(object, &id)?),
        Command::Use { hash, source } => reply(&find(object, &hash, &source, now)?),
    }
}

fn make(object: &Object, new: New, now: Timestamp) -> Result<Made, Fail> {
    let New { name, mut scopes, sites, days } = new;
    let name = name.trim().to_owned();
    let mut problems = Vec::new();
    if name.is_empty() {
        problems.push(Problem::new("name", Fault::Required));
    } else if name.chars().count() > TOKEN_NAME as usize {
        problems.push(Problem::new("name", Fault::TooLong { max: TOKEN_NAME }));
    }
    if scopes.is_empty() {
        problems.push(Problem::new("scopes", Fault::Required));
    }
    if days.is_some_and(|days| days < 1) {
        problems.push(Problem::new("days", Fault::TooLow { min: 1.into() }));
    }
    if days.is_some_and(|days| days > MOST_DAYS) {
        problems.push(Problem::new("days", Fault::TooHigh { max: MOST_DAYS.into() }));
    }
    let known: Vec<SiteId> = super::registry::sites(&object.read())?.into_iter().map(|listed| listed.site).collect();
    if sites.iter().any(|site| !known.contains(site)) {
        problems.push(Problem::new("sites", Fault::Unknown));
    }
    if object.read().number("SELECT COUNT(*) FROM token", Vec::new())? >= i64::from(TOKENS) {
        problems.push(Problem::new("tokens", Fault::TooMany { max: TOKENS }));
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    scopes.dedup();
    let secret = secret_of(&crate::clock::random::<20>()?);
    let hash = sha256(&secret);
    let expires = days.map(|days| now.plus_ms(i64::from(days) * DAY_MS));
    let token = Token { id: id_of(&hash), name, scopes, sites, created: now, expires, used: None };
    transaction(&object.storage, |write| {
        write.run(
            "INSERT INTO token (hash, name, scopes, sites, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
            vec![
                text(&hash),
                text(&token.name),
                text(token.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")),
                text(token.sites.iter().map(SiteId::as_str).collect::<Vec<_>>().join(" ")),
                int(now.0),
                token.expires.map_or(Value::Null, |at| int(at.0)),
            ],
        )?;
        Ok::<_, Fail>(())
    })?;
    Ok(Made { secret, token })
}

/// The newest first.
fn list(read: &Read<'_>) -> Result<Vec<Token>, Fail> {
    let query = "SELECT hash, name, scopes, sites, created, expires, used FROM token ORDER BY created DESC, hash";
    Ok(read.all(query, Vec::new(), token)?)
}

fn revoke(object: &Object, id: &str) -> Result<Option<Token>, Fail> {
    let gone = list(&object.read())?.into_iter().find(|token| token.id == id);
    transaction(&object.storage, |write| {
        write.run("DELETE FROM token WHERE substr(hash, 1, 12) = ?", vec![text(id)])?;
        Ok::<_, Fail>(())
    })?;
    Ok(gone)
}

/// Wrong tokens make their source wait, as wrong keys do; while it waits a right one is not even looked at.
fn find(object: &Object, hash: &str, source: &str, now: Timestamp) -> Result<Option<Token>, Fail> {
    if let Some(seconds) = throttle::wait(&object.read(), source, now)? {
        return Err(Fail::busy(seconds));
    }
    let query = "SELECT hash, name, scopes, sites, created, expires, used FROM token WHERE hash = ?";
    let found = object.read().first(query, vec![text(hash)], token)?;
    let found = found.filter(|token| token.expires.is_none_or(|expires| expires > now));
    match &found {
        None => transaction(&object.storage, |write| throttle::wrong(write, source, now))?,
        Some(token) if token.used.is_none_or(|used| now.0 > used.0 + NOTED_MS) => {
            transaction(&object.storage, |write| {
                write.run("UPDATE token SET used = ? WHERE hash = ?", vec![int(now.0), text(hash)])?;
                Ok::<_, Fail>(())
            })?;
        }
        Some(_) => {}
    }
    Ok(found)
}

fn token(row: &mut Row) -> worker::Result<Token> {
    let hash = row.text()?;
    let (name, scopes, sites) = (row.text()?, row.text()?, row.text()?);
    Ok(Token {
        id: id_of(&hash),
        name,
        scopes: scopes.split(' ').filter_map(Scope::parse).collect(),
        sites: sites.split(' ').filter_map(|site| SiteId::parse(site).ok()).collect(),
        created: Timestamp(row.int()?),
        expires: row.maybe_int()?.map(Timestamp),
        used: row.maybe_int()?.map(Timestamp),
    })
}

fn id_of(hash: &str) -> String {
    hash.get(..ID).unwrap_or_default().to_owned()
}
