//! Forgetting a member: profile, ledger and all, here at once and in KV as fast as it deletes. What others have is untouched, and
//! what was taken of the stock stays taken.

use std::rc::Rc;

use rapport_core::time::Timestamp;

use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, play};
use super::row;
use super::{PAGE_ENTRIES, entries, people, redemption};
use crate::problem::Fail;

/// How many members one search may name.
const FOUND: i64 = 100;

/// 1. Take redemptions away from the member; the ids of their acts stay taken, so that nothing is done a second time.
/// 2. Drop lines, aliases and the member.
/// 3. Leave tombstones, by which KV is asked to forget and nothing comes back.
pub async fn erase(object: &Rc<Object>, id: &str, now: Timestamp) -> Result<bool, Fail> {
    let known = transaction(&object.storage, |write| within(write, id, now))?;
    if known {
        alarm::by(object, now).await?;
    }
    Ok(known)
}

/// The same within a transaction.
pub fn within(write: &Write<'_>, id: &str, now: Timestamp) -> Result<bool, Fail> {
    let Some(row) = row::load(&write.read(), id)? else { return Ok(false) };
    // 1.
    let mut seq = 1;
    loop {
        let some = entries::from(&write.read(), id, seq, PAGE_ENTRIES)?;
        for entry in &some {
            redemption::forget(write, entry)?;
            write.run("UPDATE acted SET member = '' WHERE id = ? AND member = ?", vec![text(&entry.id), text(id)])?;
        }
        match some.last() {
            Some(last) => seq = last.seq + 1,
            None => break,
        }
    }
    // 2.
    for alias in row.member.aliases() {
        write.run("DELETE FROM alias WHERE key = ? AND member = ?", vec![text(alias), text(id)])?;
    }
    play::forget(write, id, now)?;
    row::plan(write, id, row.due, None)?;
    write.run("DELETE FROM entry WHERE member = ?", vec![text(id)])?;
    write.run("DELETE FROM member WHERE id = ?", vec![text(id)])?;
    people::forget(write, id)?;
    write.run("DELETE FROM torn WHERE member = ?", vec![text(id)])?;
    // 3.
    write.run("DELETE FROM outbox WHERE kind = 'member' AND ref = ?", vec![text(id)])?;
    bury(write, &tomb(id), now)?;
    for page in 0..(seq - 1).div_ceil(PAGE_ENTRIES) {
        let name = format!("{id}/{page}");
        write.run("DELETE FROM outbox WHERE kind = 'ledger' AND ref = ?", vec![text(&name)])?;
        bury(write, &tomb(&name), now)?;
    }
    Ok(true)
}

/// Whether a member of this id was erased.
pub fn was(read: &Read<'_>, id: &str) -> Result<bool, Fail> {
    Ok(read.number("SELECT EXISTS (SELECT 1 FROM erased WHERE id = ?)", vec![text(tomb(id))])? == 1)
}

/// Members who are `wanted` as a whole: their id, the owner's own id, or their e-mail address.
pub fn named(read: &Read<'_>, wanted: &str) -> Result<Vec<String>, Fail> {
    let wanted = wanted.trim();
    let mut found = read.all(
        "SELECT id FROM member WHERE id = ?1 OR lower(json_extract(body, '$.profile.email')) = lower(?1) LIMIT ?2",
        vec![text(wanted), int(FOUND)],
        |row| row.text(),
    )?;
    if let Some(member) = row::find(read, &format!("x:{wanted}"))?.filter(|id| !found.contains(id)) {
        found.push(member);
    }
    Ok(found)
}

/// Beside those of responses, whose ids are hex digits.
fn tomb(name: &str) -> String {
    format!("l/{name}")
}

fn bury(write: &Write<'_>, tomb: &str, now: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT OR REPLACE INTO erased (id, at, due, body) VALUES (?, ?, ?, NULL)",
        vec![text(tomb), int(now.0), int(now.0)],
    )?;
    Ok(())
}
