//! Lines of ledgers. They are only ever added, with everything that follows from them, in the caller's transaction.

use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::chain::ROOT;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::program::Program;
use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::sql::{Read, int, text};
use super::super::transaction::Write;
use super::row::{self, Row};
use super::{PAGE_ENTRIES, patience, redemption, stock};
use crate::command::loyalty::{History, PAGE};
use crate::json;
use crate::problem::Fail;

/// 1. Apply each entry to the account, which finds out one that does not follow; and to stock and redemptions.
/// 2. Keep it. An id that was used before is an error of the database, so it never spends twice.
/// 3. Keep the account, and queue the page for KV.
pub fn append(
    write: &Write<'_>,
    row: &mut Row,
    entries: &[Entry],
    program: Option<&Program>,
    now: Timestamp,
) -> Result<(), Fail> {
    if entries.is_empty() {
        return Ok(());
    }
    let due = patience(write, now)?;
    let (mut last, mut page) = ("", None);
    for entry in entries {
        // 1.
        redemption::follow(write, &row.member.id, &row.account, entry)?;
        stock::follow(write, &row.account, entry, program)?;
        follow(&mut row.account, entry, &row.member.id)?;
        // 2.
        write.run(
            "INSERT INTO entry (member, seq, body) VALUES (?, ?, ?)",
            vec![text(&row.member.id), int(entry.seq), text(serde_json::to_string(entry)?)],
        )?;
        if last != entry.id {
            write.run(
                "INSERT INTO acted (id, member, seq) VALUES (?, ?, ?)",
                vec![text(&entry.id), text(&row.member.id), int(entry.seq)],
            )?;
            last = &entry.id;
        }
        // 3.
        let its = page_of(entry.seq);
        if page != Some(its) {
            outbox::wait(write, Kind::Ledger, &format!("{}/{its}", row.member.id), due, now)?;
            page = Some(its);
        }
    }
    row::save_account(write, row, program, now)
}

/// The account after one more entry.
pub fn follow(account: &mut Account, entry: &Entry, member: &str) -> Result<(), Fail> {
    account.apply(entry).map_err(|_| Fail::Broken(format!("entry {} of member {member} does not follow", entry.seq)))
}

/// The page of KV that an entry belongs to, from 0.
pub const fn page_of(seq: u32) -> u32 {
    seq.saturating_sub(1) / PAGE_ENTRIES
}

/// Whose act an id is, and what it wrote.
pub fn of_act(read: &Read<'_>, id: &str) -> Result<Option<(String, Vec<Entry>)>, Fail> {
    let found = read.first("SELECT member, seq FROM acted WHERE id = ?", vec![text(id)], |row| {
        Ok((row.text()?, row.of::<u32>()?))
    })?;
    let Some((member, seq)) = found else { return Ok(None) };
    let rows = read.all(
        "SELECT body FROM entry WHERE member = ? AND seq >= ? ORDER BY seq LIMIT ?",
        vec![text(&member), int(seq), int(PAGE_ENTRIES)],
        |row| row.text(),
    )?;
    let mut entries = rows.iter().map(|body| json::read::<Entry>(body)).collect::<Result<Vec<_>, _>>()?;
    entries.truncate(entries.iter().take_while(|entry| entry.id == id).count());
    Ok(Some((member, entries)))
}

/// Lines from one number on, oldest first.
pub fn from(read: &Read<'_>, member: &str, seq: u32, limit: u32) -> Result<Vec<Entry>, Fail> {
    let rows = read.all(
        "SELECT body FROM entry WHERE member = ? AND seq >= ? ORDER BY seq LIMIT ?",
        vec![text(member), int(seq), int(limit)],
        |row| row.text(),
    )?;
    rows.iter().map(|body| json::read(body)).collect()
}

/// Lines, newest first, with what the chain needs to be verified.
pub fn history(read: &Read<'_>, row: &Row, before: Option<u32>, limit: u32) -> Result<History, Fail> {
    let before = before.unwrap_or(u32::MAX);
    let limit = limit.clamp(1, PAGE);
    let rows = read.all(
        "SELECT body FROM entry WHERE member = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        vec![text(&row.member.id), int(before), int(limit + 1)],
        |row| row.text(),
    )?;
    let mut entries = rows.iter().map(|body| json::read::<Entry>(body)).collect::<Result<Vec<_>, _>>()?;
    let more = entries.len() > limit as usize;
    let older = if more { entries.pop() } else { None };
    // The balance after the newest line shown is today's without what came later.
    let newest = entries.first().map_or(0, |entry| entry.seq);
    let later = read.number(
        "SELECT SUM(json_extract(body, '$.delta')) FROM entry WHERE member = ? AND seq > ?",
        vec![text(&row.member.id), int(newest)],
    )?;
    Ok(History {
        member: row.member.id.clone(),
        balance: row.account.balance - later,
        from: older.map_or_else(|| ROOT.to_owned(), |entry| entry.hash),
        entries,
        more,
    })
}
