//! Code pools: codes in, out and away. KV has them in pages that are written once; which codes were given out is in the ledger.

use std::collections::BTreeSet;
use std::rc::Rc;

use rapport_core::limits::POOL_CODES;
use rapport_core::loyalty::codes::is_code;
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, reply};
use super::stock;
use crate::command::loyalty::{ADDED, Added, CODES, Codes, Pool, Removed};
use crate::problem::Fail;

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Pool, now: Timestamp) -> Result<String, Fail> {
    match command {
        Pool::Stock => reply(&stock::all(&object.read())?),
        Pool::List { reward, given, after, limit } => {
            reply(&list(&object.read(), &reward, given, after.as_deref(), limit)?)
        }
        Pool::Add { reward, codes } => {
            let added = transaction(&object.storage, |write| add(write, &reward, &codes, now))?;
            arm(object, now).await?;
            reply(&added)
        }
        Pool::Remove { reward, codes } => {
            let removed = transaction(&object.storage, |write| remove(write, &reward, codes.as_deref(), now))?;
            arm(object, now).await?;
            reply(&removed)
        }
    }
}

async fn arm(object: &Rc<Object>, now: Timestamp) -> Result<(), Fail> {
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(())
}

/// Adds codes: all that are well-formed and new, or, where one is ill-formed, none.
fn add(write: &Write<'_>, reward: &Name, codes: &[String], now: Timestamp) -> Result<Added, Fail> {
    if codes.len() > ADDED {
        return Err(Problem::new("codes", Fault::TooMany { max: ADDED as u32 }).into());
    }
    if let Some(place) = codes.iter().position(|code| !is_code(code)) {
        let expected = "a code: 1 to 64 characters without blanks at its ends or control characters";
        return Err(Problem::malformed(format!("codes[{place}]"), expected).into());
    }
    let before = stock::of(&write.read(), reward.as_str())?;
    if before.codes as usize + codes.len() > POOL_CODES as usize {
        return Err(Problem::new("codes", Fault::TooMany { max: POOL_CODES }).into());
    }
    // A page of its own for every piece: what was written to KV once needs no second write.
    let page = write.read().number("SELECT page FROM stock WHERE reward = ?", vec![text(reward)])? + 1;
    let (mut added, mut duplicates) = (0_u32, Vec::new());
    for code in codes {
        let rows = write.run(
            "INSERT INTO code (reward, code, page) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![text(reward), text(code), int(page)],
        )?;
        if rows == 0 {
            duplicates.push(code.clone());
        } else {
            added += 1;
        }
    }
    if added > 0 {
        // New codes may come before those that are gone: the next search begins at the beginning.
        write.run(
            "INSERT INTO stock (reward, taken, codes, page) VALUES (?1, 0, ?2, ?3)
             ON CONFLICT DO UPDATE SET codes = codes + ?2, page = ?3, behind = ''",
            vec![text(reward), int(added), int(page)],
        )?;
        outbox::add(write, Kind::Pool, &format!("{reward}/{page}"), now)?;
    }
    Ok(Added { added, duplicates, stock: stock::of(&write.read(), reward.as_str())? })
}

fn list(read: &Read<'_>, reward: &Name, given: Option<bool>, after: Option<&str>, limit: u32) -> Result<Codes, Fail> {
    let limit = limit.clamp(1, CODES as u32);
    let wanted = given.map_or(2, i64::from);
    let mut codes = read.all(
        "SELECT code, act FROM code WHERE reward = ? AND code > ? AND (?3 = 2 OR (act IS NOT NULL) = ?3)
         ORDER BY code LIMIT ?4",
        vec![text(reward), text(after.unwrap_or_default()), int(wanted), int(limit + 1)],
        |row| Ok((row.text()?, row.maybe_text()?)),
    )?;
    let more = codes.len() > limit as usize;
    codes.truncate(limit as usize);
    let next = codes.last().filter(|_| more).map(|(code, _)| code.clone());
    Ok(Codes { codes, next })
}

/// Removes codes that nobody has. The pages that they were on are written anew.
fn remove(write: &Write<'_>, reward: &Name, codes: Option<&[String]>, now: Timestamp) -> Result<Removed, Fail> {
    let mut pages = BTreeSet::new();
    let removed = match codes {
        None => {
            pages.extend(write.read().all(
                "SELECT DISTINCT page FROM code WHERE reward = ? AND act IS NULL",
                vec![text(reward)],
                |row| row.int(),
            )?);
            write.run("DELETE FROM code WHERE reward = ? AND act IS NULL", vec![text(reward)])?
        }
        Some(codes) if codes.len() > CODES => {
            return Err(Problem::new("codes", Fault::TooMany { max: CODES as u32 }).into());
        }
        Some(codes) => {
            let mut removed = 0;
            for code in codes {
                let page = write.read().first(
                    "SELECT page FROM code WHERE reward = ? AND code = ? AND act IS NULL",
                    vec![text(reward), text(code)],
                    |row| row.int(),
                )?;
                let Some(page) = page else { continue };
                pages.insert(page);
                removed +=
                    write.run("DELETE FROM code WHERE reward = ? AND code = ?", vec![text(reward), text(code)])?;
            }
            removed
        }
    };
    for page in pages {
        outbox::add(write, Kind::Pool, &format!("{reward}/{page}"), now)?;
    }
    write.run("UPDATE stock SET codes = codes - ? WHERE reward = ?", vec![int(removed as u64), text(reward)])?;
    let removed = u32::try_from(removed).unwrap_or(u32::MAX);
    Ok(Removed { removed, stock: stock::of(&write.read(), reward.as_str())? })
}

/// The codes of a page.
pub fn page(read: &Read<'_>, reward: &str, page: i64) -> Result<Vec<String>, Fail> {
    Ok(read.all(
        "SELECT code FROM code WHERE reward = ? AND page = ? ORDER BY code",
        vec![text(reward), int(page)],
        |row| row.text(),
    )?)
}

/// Takes a page in, from KV or another deployment.
pub fn restore(write: &Write<'_>, reward: &Name, page: i64, codes: &[String]) -> Result<u32, Fail> {
    let mut added = 0_u32;
    for code in codes.iter().filter(|code| is_code(code)) {
        let rows = write.run(
            "INSERT INTO code (reward, code, page) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![text(reward), text(code), int(page)],
        )?;
        added += u32::from(rows > 0);
    }
    write.run(
        "INSERT INTO stock (reward, taken, codes, page) VALUES (?1, 0, ?2, ?3)
         ON CONFLICT DO UPDATE SET codes = codes + ?2, page = MAX(page, ?3), behind = ''",
        vec![text(reward), int(added), int(page)],
    )?;
    Ok(added)
}

/// Counts codes anew: the end of a rebuild.
pub fn recount(write: &Write<'_>) -> Result<(), Fail> {
    write.run(
        "UPDATE stock SET given = (SELECT COUNT(*) FROM code WHERE code.reward = stock.reward AND act IS NOT NULL),
            codes = (SELECT COUNT(*) FROM code WHERE code.reward = stock.reward), behind = ''",
        Vec::new(),
    )?;
    Ok(())
}
