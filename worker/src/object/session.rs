//! The owner's sessions. The object keeps the hash of each token, so its contents open no door.

use rapport_core::time::Timestamp;

use super::sql::{int, text};
use super::transaction::transaction;
use super::{Object, account, throttle};
use crate::clock::random;
use crate::command::Session;
use crate::digest::{hex, sha256};
use crate::problem::Fail;

const MINUTE_MS: i64 = 60 * 1_000;
/// A session ends this long after it was last used …
const IDLE_MS: i64 = 12 * 60 * MINUTE_MS;
/// … and this long after it was opened.
const LIFE_MS: i64 = 7 * 24 * 60 * MINUTE_MS;
/// Use is noted this often: each note is a row written.
const NOTED_MS: i64 = 10 * MINUTE_MS;

/// Opens a session if the key was right. Wrong ones make the next try from the same source wait longer and longer, and
/// while it waits a right one is not even looked at.
pub fn sign_in(object: &Object, right: bool, source: &str, browser: &str, now: Timestamp) -> Result<Session, Fail> {
    let (token, csrf) = (hex(&random::<32>()?), hex(&random::<16>()?));
    // The outcome is decided outside: a refusal must not roll its own count back.
    let outcome = transaction(&object.storage, |write| {
        if let Some(refusal) = throttle::refusal(write, right, source, now)? {
            return Ok::<_, Fail>(Err(refusal));
        }
        let dead = vec![int(now.0 - LIFE_MS), int(now.0 - IDLE_MS)];
        write.run("DELETE FROM session WHERE created < ? OR seen < ?", dead)?;
        write.run(
            "INSERT INTO session (hash, csrf, created, seen) VALUES (?, ?, ?, ?)",
            vec![text(sha256(&token)), text(&csrf), int(now.0), int(now.0)],
        )?;
        account::remember(write, &sha256(&token), browser)?;
        Ok(Ok(()))
    })?;
    outcome?;
    Ok(Session { token, csrf, expires: now.plus_ms(LIFE_MS) })
}

/// The session of `token`, unless it has ended.
pub fn find(object: &Object, token: &str, now: Timestamp) -> Result<Option<Session>, Fail> {
    let hash = sha256(token);
    let found =
        object.read().first("SELECT csrf, created, seen FROM session WHERE hash = ?", vec![text(&hash)], |row| {
            Ok((row.text()?, row.int()?, row.int()?))
        })?;
    let Some((csrf, created, seen)) = found else { return Ok(None) };
    if !lives(Timestamp(created), Timestamp(seen), now) {
        return Ok(None);
    }
    if now.0 > seen + NOTED_MS {
        transaction(&object.storage, |write| {
            write.run("UPDATE session SET seen = ? WHERE hash = ?", vec![int(now.0), text(&hash)]).map(drop)
        })?;
    }
    Ok(Some(Session { token: token.to_owned(), csrf, expires: Timestamp(created + LIFE_MS) }))
}

/// Whether a session that was opened and used then is still good.
pub fn lives(opened: Timestamp, used: Timestamp, now: Timestamp) -> bool {
    now.0 <= used.0 + IDLE_MS && now.0 <= opened.0 + LIFE_MS
}

/// Ends the session of `token`, or every session.
pub fn sign_out(object: &Object, token: &str, everywhere: bool) -> Result<(), Fail> {
    Ok(transaction(&object.storage, |write| {
        if everywhere {
            write.run("DELETE FROM session", Vec::new()).map(drop)
        } else {
            write.run("DELETE FROM session WHERE hash = ?", vec![text(sha256(token))]).map(drop)
        }
    })?)
}
