//! Comparing a day of the index with KV, and repairing either from the other.

use std::collections::BTreeMap;
use std::rc::Rc;

use rapport_core::response::Response;
use rapport_core::time::{Day, Timestamp};

use super::apply::apply;
use super::erase::first_id;
use super::outbox::{self, Kind};
use super::sql::{Read, text};
use super::transaction::transaction;
use super::{Object, alarm, config, erase, fold, inbox};
use crate::command::Audit;
use crate::digest::short;
use crate::json;
use crate::problem::Fail;
use crate::store::{self, Setback};

/// Keys of one page of a listing: the most that KV gives.
const PAGE: u32 = 1_000;

/// Revisions by id.
type Revisions = BTreeMap<String, i64>;

/// 1. List the day in KV, and read it from the index.
/// 2. Leave out what is on its way to KV, and what was erased; what KV should have forgotten long ago is deleted again.
/// 3. What KV has and the index lacks, or has in a lower revision, goes into the index by the usual door.
/// 4. What the index has and KV lacks, or has in a lower revision, goes into the outbox.
/// 5. The same for what the owner made of the day's responses, which is one value.
pub async fn audit(object: &Rc<Object>, day: Day, now: Timestamp) -> Result<Audit, Fail> {
    let site = config::site(&object.read())?.ok_or_else(Fail::not_found)?;
    // 1.
    let mut kv = Revisions::new();
    let prefix = store::responses_prefix(&site, Some(day));
    let mut cursor: Option<String> = None;
    loop {
        let page = store::list(&object.env, &prefix, cursor.as_deref(), PAGE).await?;
        for key in page.keys {
            let revision = key.metadata.and_then(|metadata| metadata.r);
            if let Some(id) = key.name.strip_prefix(&prefix) {
                // Without metadata it is fetched and looked at.
                kv.insert(id.to_owned(), revision.unwrap_or(i64::MAX));
            }
        }
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    let mut index = indexed(&object.read(), day)?;
    // 2.
    let pending = pending(&object.read(), day)?;
    for id in &pending {
        kv.remove(id);
        index.remove(id);
    }
    let erased = erase::between(&object.read(), &first_id(day), &first_id(day.plus(1)))?;
    let lingering: Vec<String> = erased.into_iter().filter(|id| kv.remove(id).is_some()).collect();
    if !lingering.is_empty() {
        transaction(&object.storage, |write| erase::insist(write, &lingering, now))?;
        alarm::by(object, now).await?;
    }
    if fold::text(&object.read(), day)?.is_some() {
        // What KV still has of such a day is being swept.
        kv.clear();
        index.clear();
    }
    let lacks = |here: &Revisions, there: &Revisions| -> Vec<String> {
        let newer = |(id, revision): &(&String, &i64)| here.get(*id).is_none_or(|known| known < *revision);
        there.iter().filter(newer).map(|(id, _)| id.clone()).collect()
    };
    let (into_index, into_kv) = (lacks(&index, &kv), lacks(&kv, &index));
    // 3.
    let keys: Vec<String> = into_index.iter().map(|id| store::response_key(&site, day, id)).collect();
    let (mut taken, config) = (0, config::load(&object.read())?);
    for some in keys.chunks(100) {
        let bodies = store::read_many(&object.env, some).await?;
        transaction(&object.storage, |write| {
            for body in bodies.iter().flatten() {
                if let Ok(mut response) = json::read::<Response>(body) {
                    inbox::regroup(&mut response, config.as_ref());
                    apply(write, &mut response)?;
                    taken += 1;
                }
            }
            Ok::<_, Fail>(())
        })?;
    }
    // 4.
    if !into_kv.is_empty() {
        transaction(&object.storage, |write| {
            into_kv.iter().try_for_each(|id| outbox::add(write, Kind::Response, id, now))
        })?;
        alarm::by(object, now).await?;
    }
    // 5.
    if let Some(copy) = store::read(&object.env, &store::cases_key(&site, day)).await? {
        inbox::replay_day(object, &copy, now).await?;
    }
    Ok(Audit {
        index: fingerprint(&index),
        kv: fingerprint(&kv),
        pending: pending.len() as u64,
        agrees: into_index.is_empty() && into_kv.is_empty(),
        into_index: taken,
        into_kv: into_kv.len() as u64,
    })
}

fn indexed(read: &Read<'_>, day: Day) -> Result<Revisions, Fail> {
    let query = "SELECT id, revision FROM response WHERE id >= ? AND id < ?";
    let rows =
        read.all(query, vec![text(first_id(day)), text(first_id(day.plus(1)))], |row| Ok((row.text()?, row.int()?)))?;
    Ok(rows.into_iter().collect())
}

fn pending(read: &Read<'_>, day: Day) -> Result<Vec<String>, Fail> {
    let query =
        "SELECT ref FROM outbox WHERE kind IN ('response', 'past') AND due IS NOT NULL AND ref >= ? AND ref < ?";
    Ok(read.all(query, vec![text(first_id(day)), text(first_id(day.plus(1)))], |row| row.text())?)
}

/// Count and XOR of hashed ids and revisions: equal sets have equal ones, in whatever order they are read.
fn fingerprint(revisions: &Revisions) -> (u64, String) {
    let xor = revisions.iter().fold(0, |xor, (id, revision)| xor ^ short(&format!("{id}/{revision}")));
    (revisions.len() as u64, format!("{xor:016x}"))
}

impl From<Setback> for Fail {
    fn from(setback: Setback) -> Self {
        Self::Unreachable(format!("KV: {setback}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::id;

    #[test]
    fn a_day_is_a_range_of_ids() {
        let day = Day::parse("2026-11-22").unwrap();
        let (start, end) = (day.start(), day.plus(1).start());
        for (moment, inside) in [(start.plus_ms(-1), false), (start, true), (end.plus_ms(-1), true), (end, false)] {
            for random in [[0; 10], [255; 10]] {
                let id = id::make(moment, random);
                assert_eq!(id >= first_id(day) && id < first_id(day.plus(1)), inside, "{id}");
            }
        }
    }

    #[test]
    fn fingerprints_ignore_order_and_see_revisions() {
        let a = Revisions::from([("x".to_owned(), 1), ("y".to_owned(), 2)]);
        let b = Revisions::from([("y".to_owned(), 2), ("x".to_owned(), 1)]);
        let c = Revisions::from([("x".to_owned(), 1), ("y".to_owned(), 3)]);
        assert_eq!(fingerprint(&a), fingerprint(&b));
        assert_ne!(fingerprint(&a), fingerprint(&c));
    }
}
