//! Comparing members, ledgers and codes with KV, so many keys at one go, and repairing either from the other. What KV tells
//! beside a value is compared: a member's revision, how many lines a page has, and a print of what is in it.

use std::collections::BTreeMap;
use std::rc::Rc;

use rapport_core::loyalty::member::Member;
use rapport_core::name::{Name, SiteId};
use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, config, erase as tombs};
use super::archive::{self, Codes, Page};
use super::{PAGE_ENTRIES, entries, erase, handed, kept, pool, portable};
use crate::command::ledger::{Compared, Torn};
use crate::json;
use crate::problem::Fail;
use crate::store;

/// Keys of one page of a listing: the most that KV gives.
const PAGE: u32 = 1_000;
/// Torn ledgers that are told one by one.
const TORN: i64 = 100;

/// What each side has, by the key behind the site's prefix: a revision or a number of lines, and a print of it. A value of an
/// older release has none in KV.
type Sides = BTreeMap<String, (i64, Option<String>)>;

/// 1. List some of KV's keys, and what the index has between the same two.
/// 2. Leave out what is on its way, and what was erased; that KV should have forgotten long ago is deleted again.
/// 3. What KV has more of goes into the index, line by line as it follows.
/// 4. What the index has more of goes into the outbox; and what both have as much of, and not the same.
/// 5. At the end the codes, and what is kept besides.
pub async fn go_on(object: &Rc<Object>, so_far: Compared, now: Timestamp) -> Result<Compared, Fail> {
    let site = config::site(&object.read())?.ok_or_else(Fail::not_found)?;
    let Compared { mut looked, mut pending, mut into_index, mut into_kv, next, .. } = so_far;
    let (cursor, after) = next.unwrap_or_default();
    // 1.
    let prefix = store::ledgers_prefix(&site);
    let page =
        store::list(&object.env, &prefix, Some(cursor.as_str()).filter(|cursor| !cursor.is_empty()), PAGE).await?;
    let told = |key: store::Key| {
        let told = key.metadata.map_or((i64::MAX, None), |told| (told.r.unwrap_or(i64::MAX), told.h));
        Some((key.name.strip_prefix(&prefix)?.to_owned(), told))
    };
    let mut kv: Sides = page.keys.into_iter().filter_map(told).collect();
    let upto = page.cursor.is_some().then(|| kv.keys().next_back().cloned().unwrap_or_else(|| after.clone()));
    let mut index = indexed(&object.read(), &after, upto.as_deref())?;
    looked += index.len().max(kv.len()) as u64;
    // 2.
    for name in waiting(&object.read())? {
        pending += u64::from(kv.remove(&name).is_some() | index.remove(&name).is_some());
    }
    let gone: Vec<String> = kv.keys().filter(|name| is_gone(&object.read(), name)).cloned().collect();
    kv.retain(|name, _| !gone.contains(name));
    let lacks = |here: &Sides, there: &Sides| -> Vec<String> {
        let more =
            |(name, (has, _)): &(&String, &(i64, Option<String>))| here.get(*name).is_none_or(|(known, _)| known < has);
        there.iter().filter(more).map(|(name, _)| name.clone()).collect()
    };
    let other = |(name, (has, print)): &(&String, &(i64, Option<String>))| {
        let there = kv.get(*name).filter(|(known, _)| known == has);
        there.and_then(|(_, there)| there.as_ref()).is_some_and(|there| print.as_ref() != Some(there))
    };
    let differing: Vec<String> = index.iter().filter(other).map(|(name, _)| name.clone()).collect();
    let (mut wanted, mut missing) = (lacks(&index, &kv), lacks(&kv, &index));
    // Ticks of KV's that are newer come in first.
    wanted.extend(differing.iter().filter(|name| name.contains('/')).cloned());
    missing.extend(differing);
    // 3.
    for some in wanted.chunks(100) {
        let keys: Vec<String> = some.iter().map(|name| format!("{prefix}{name}")).collect();
        let bodies = store::read_many(&object.env, &keys).await?;
        transaction(&object.storage, |write| {
            for (name, body) in some.iter().zip(bodies.iter()) {
                if let Some(body) = body {
                    into_index += u64::from(bring(write, name, body, now)?);
                }
            }
            Ok::<_, Fail>(())
        })?;
    }
    // 4.
    transaction(&object.storage, |write| {
        let tombs: Vec<String> = gone.iter().map(|name| format!("l/{}", unpadded(name))).collect();
        tombs::insist(write, &tombs, now)?;
        for name in &missing {
            match name.split_once('/') {
                Some(_) => outbox::add(write, Kind::Ledger, &unpadded(name), now)?,
                None => outbox::add(write, Kind::Member, name, now)?,
            }
        }
        Ok::<_, Fail>(())
    })?;
    into_kv += missing.len() as u64;
    // 5.
    if page.cursor.is_none() {
        let (brought, sent) = codes(object, &site, now).await?;
        (into_index, into_kv) = (into_index + brought, into_kv + sent);
    }
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    let next = page.cursor.map(|cursor| (cursor, upto.unwrap_or(after)));
    Ok(Compared { looked, pending, into_index, into_kv, torn: torn(&object.read())?, next })
}

/// What the index has behind one name, up to another.
fn indexed(read: &Read<'_>, after: &str, upto: Option<&str>) -> Result<Sides, Fail> {
    let id = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
    let rows = read.all(
        "SELECT id, body, json_extract(account, '$.seq') FROM member WHERE id >= ? AND id <= ? ORDER BY id",
        vec![text(id(after)), text(upto.map_or_else(|| "g".to_owned(), id))],
        |row| Ok((row.text()?, row.text()?, row.maybe_int()?)),
    )?;
    let inside = |name: &str| name > after && upto.is_none_or(|upto| name <= upto);
    let mut all = Sides::new();
    for (id, body, lines) in rows {
        let lines = lines.unwrap_or(0);
        let each = i64::from(PAGE_ENTRIES);
        for page in 0..(lines + each - 1) / each {
            let name = format!("{id}/{page:06}");
            if inside(&name) {
                let print = page_print(read, &id, page)?;
                all.insert(name, ((lines - page * each).min(each), Some(print)));
            }
        }
        if inside(&id) {
            all.insert(id, (json::read::<Member>(&body)?.revision.into(), Some(archive::short(&body))));
        }
    }
    Ok(all)
}

/// A page's print, from its last line and its ticks.
fn page_print(read: &Read<'_>, member: &str, page: i64) -> Result<String, Fail> {
    let (first, last) = (page * i64::from(PAGE_ENTRIES) + 1, (page + 1) * i64::from(PAGE_ENTRIES));
    let hash = read.first(
        "SELECT json_extract(body, '$.hash') FROM entry WHERE member = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 1",
        vec![text(member), int(first), int(last)],
        |row| row.text(),
    )?;
    let ticks = read.number("SELECT EXISTS (SELECT 1 FROM handed)", Vec::new())? == 1;
    let handed = match u32::try_from(first) {
        Ok(first) if ticks => handed::among(read, &entries::from(read, member, first, PAGE_ENTRIES)?)?,
        _ => Vec::new(),
    };
    archive::print(&hash.unwrap_or_default(), &handed)
}

/// What is on its way to KV.
fn waiting(read: &Read<'_>) -> Result<Vec<String>, Fail> {
    let refs =
        read.all("SELECT ref FROM outbox WHERE kind IN ('member', 'ledger') AND due IS NOT NULL", Vec::new(), |row| {
            row.text()
        })?;
    let padded = |name: String| match name.split_once('/') {
        Some((member, page)) => format!("{member}/{:0>6}", page),
        None => name,
    };
    Ok(refs.into_iter().map(padded).collect())
}

fn is_gone(read: &Read<'_>, name: &str) -> bool {
    erase::was(read, name.split('/').next().unwrap_or_default()).unwrap_or(false)
}

/// Takes in what KV has more of, as far as it follows from what is here.
fn bring(write: &Write<'_>, name: &str, body: &str, now: Timestamp) -> Result<bool, Fail> {
    let Some((member, _)) = name.split_once('/') else {
        archive::replay(write, &format!("l/s/{name}"), body)?;
        return Ok(true);
    };
    let Ok(page) = json::read::<Page>(body) else { return Ok(false) };
    match portable::ledger(write, &page, "", now) {
        Ok(()) => {
            write.run("DELETE FROM torn WHERE member = ?", vec![text(member)])?;
            Ok(true)
        }
        // What members see is here: a copy that went another way gives way, unless the ledger itself is torn.
        Err(Fail::Refused(_)) => {
            let query = "SELECT EXISTS (SELECT 1 FROM torn WHERE member = ?)";
            if write.read().number(query, vec![text(member)])? == 0 {
                outbox::add(write, Kind::Ledger, &unpadded(name), now)?;
            }
            Ok(false)
        }
        Err(fail) => Err(fail),
    }
}

/// Codes: those of a page that the index never had come from KV; all else KV has from the index.
async fn codes(object: &Rc<Object>, site: &SiteId, now: Timestamp) -> Result<(u64, u64), Fail> {
    let prefix = store::pools_prefix(site);
    let keys = store::list(&object.env, &prefix, None, PAGE).await?.keys;
    let keys: Vec<String> = keys.into_iter().map(|key| key.name).collect();
    let bodies = store::read_many(&object.env, &keys).await?;
    let mine = store::read(&object.env, &store::kept_key(site)).await?;
    transaction(&object.storage, |write| {
        let read = write.read();
        let (mut brought, mut sent) = (0, 0);
        let on_its_way = read.all(
            "SELECT kind || ' ' || ref FROM outbox WHERE kind IN ('pool', 'kept') AND due IS NOT NULL",
            Vec::new(),
            |row| row.text(),
        )?;
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for body in bodies.iter().flatten() {
            let Ok(Codes { reward, page, codes, .. }) = json::read::<Codes>(body) else { continue };
            let newest = read.number("SELECT page FROM stock WHERE reward = ?", vec![text(&reward)])?;
            if page > newest && !codes.is_empty() {
                pool::restore(write, &reward, page, &codes)?;
                brought += 1;
            }
            known.insert(format!("{reward}/{page}"), codes);
        }
        let pages =
            read.all("SELECT DISTINCT reward, page FROM code", Vec::new(), |row| Ok((row.text()?, row.int()?)))?;
        for (reward, page) in pages {
            let name = format!("{reward}/{page}");
            let codes = pool::page(&read, &reward, page)?;
            if known.remove(&name) != Some(codes) && !on_its_way.contains(&format!("pool {name}")) {
                outbox::add(write, Kind::Pool, &name, now)?;
                sent += 1;
            }
        }
        // Of what is left, every code was removed here.
        for (name, codes) in known {
            let ours = name.split('/').next().and_then(Name::of).is_some();
            if ours && !codes.is_empty() && !on_its_way.contains(&format!("pool {name}")) {
                outbox::add(write, Kind::Pool, &name, now)?;
                sent += 1;
            }
        }
        let kept = kept::value(&read)?;
        if kept != "{}" && mine.as_deref() != Some(kept.as_str()) && !on_its_way.contains(&"kept ".to_owned()) {
            outbox::add(write, Kind::Kept, "", now)?;
            sent += 1;
        }
        Ok::<_, Fail>((brought, sent))
    })
}

/// Ledgers with a line that does not follow.
fn torn(read: &Read<'_>) -> Result<Vec<Torn>, Fail> {
    Ok(read.all("SELECT member, seq FROM torn ORDER BY member LIMIT ?", vec![int(TORN)], |row| {
        Ok(Torn { member: row.text()?, line: row.of()? })
    })?)
}

/// As the outbox and tombstones name it.
fn unpadded(name: &str) -> String {
    match name.split_once('/') {
        Some((member, page)) => format!("{member}/{}", page.parse::<u32>().unwrap_or(0)),
        None => name.to_owned(),
    }
}
