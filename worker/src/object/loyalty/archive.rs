//! Members, ledgers and pools as KV keeps them, and the way back. A ledger is in pages of fifty lines: a full page is never
//! written again, and a visit in which much happens is one write.

use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Member;
use rapport_core::name::{Name, SiteId};
use rapport_core::time::Timestamp;

use super::super::outbox::Value;
use super::super::play;
use super::super::sql::{Read, int, text};
use super::super::transaction::Write;
use super::row::{self, Row};
use super::{PAGE_ENTRIES, entries, erase, handed, pool, redemption, stock};
pub use crate::command::ledger::{Codes, Mark, Page};
use crate::digest::sha256;
use crate::json;
use crate::problem::Fail;
use crate::store;

/// The value of a member.
pub fn member(read: &Read<'_>, site: &SiteId, id: &str) -> Result<Option<Value>, Fail> {
    let body = read.first("SELECT body FROM member WHERE id = ?", vec![text(id)], |row| row.text())?;
    let Some(body) = body else { return Ok(None) };
    let revision = json::read::<Member>(&body)?.revision;
    let metadata = Some(format!("{{\"r\":{revision},\"h\":\"{}\"}}", short(&body)));
    Ok(Some(Value { key: store::member_key(site, id), body, metadata }))
}

/// What tells a value from another one of the same revision: 64 bits of its hash.
pub fn short(body: &str) -> String {
    sha256(body).get(..16).unwrap_or_default().to_owned()
}

/// The same for a page. The hash of a line is over all lines before it, so the last one speaks for all; ticks are in no line.
pub fn print(last: &str, handed: &[Mark]) -> Result<String, Fail> {
    if handed.is_empty() {
        return Ok(last.get(..16).unwrap_or_default().to_owned());
    }
    Ok(short(&format!("{last}{}", serde_json::to_string(handed)?)))
}

/// The value of a page of a ledger, named `member/page`.
pub fn page(read: &Read<'_>, site: &SiteId, name: &str) -> Result<Option<Value>, Fail> {
    let Some((member, page)) = name.split_once('/') else { return Ok(None) };
    let Ok(number) = page.parse::<u32>() else { return Ok(None) };
    let entries = entries::from(read, member, number * PAGE_ENTRIES + 1, PAGE_ENTRIES)?;
    if entries.is_empty() {
        return Ok(None);
    }
    let handed = handed::among(read, &entries)?;
    let print = print(entries.last().map_or("", |line| line.hash.as_str()), &handed)?;
    let metadata = Some(format!("{{\"r\":{},\"h\":\"{print}\"}}", entries.len()));
    let body = serde_json::to_string(&Page { v: 1, member: member.to_owned(), page: number, entries, handed })?;
    Ok(Some(Value { key: store::ledger_key(site, member, number), body, metadata }))
}

/// The value of a page of codes, named `reward/page`.
pub fn codes(read: &Read<'_>, site: &SiteId, name: &str) -> Result<Option<Value>, Fail> {
    let Some((reward, page)) = name.split_once('/') else { return Ok(None) };
    let (Some(reward), Ok(page)) = (Name::of(reward), page.parse::<i64>()) else { return Ok(None) };
    let codes = pool::page(read, reward.as_str(), page)?;
    let key = store::pool_key(site, reward.as_str(), page);
    let body = serde_json::to_string(&Codes { v: 1, reward, page, codes })?;
    Ok(Some(Value { key, body, metadata: None }))
}

/// Takes in a value that is under `l/…`, whether it is a member's or a page's. Nothing that is here is lost by it: of a member
/// the higher revision stays, of a ledger every line.
pub fn replay(write: &Write<'_>, key: &str, body: &str) -> Result<(), Fail> {
    if key.split('/').count() == 3 {
        match json::read::<Member>(body) {
            Ok(member) => restore_member(write, &member, body),
            Err(_) => Ok(()),
        }
    } else {
        match json::read::<Page>(body) {
            Ok(page) => restore_page(write, &page),
            Err(_) => Ok(()),
        }
    }
}

/// Takes in a page of codes.
pub fn replay_codes(write: &Write<'_>, body: &str) -> Result<(), Fail> {
    match json::read::<Codes>(body) {
        Ok(Codes { reward, page, codes, .. }) => pool::restore(write, &reward, page, &codes).map(drop),
        Err(_) => Ok(()),
    }
}

/// Takes a member in, letter by letter as they come, unless they were erased.
pub fn restore_member(write: &Write<'_>, member: &Member, body: &str) -> Result<(), Fail> {
    if erase::was(&write.read(), &member.id)? {
        return Ok(());
    }
    let Some(known) = row::load(&write.read(), &member.id)? else {
        write.run(
            "INSERT INTO member (id, body, account, balance) VALUES (?, ?, '{}', 0)",
            vec![text(&member.id), text(body)],
        )?;
        return row::name(write, member, &[]);
    };
    if known.member.revision < member.revision {
        write.run("UPDATE member SET body = ? WHERE id = ?", vec![text(body), text(&member.id)])?;
        row::name(write, member, &known.member.aliases())?;
    }
    Ok(())
}

/// Takes lines in; those that are here stay as they are.
pub fn restore_page(write: &Write<'_>, page: &Page) -> Result<(), Fail> {
    if erase::was(&write.read(), &page.member)? {
        return Ok(());
    }
    for entry in &page.entries {
        write.run(
            "INSERT INTO entry (member, seq, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![text(&page.member), int(entry.seq), text(serde_json::to_string(entry)?)],
        )?;
    }
    page.handed.iter().try_for_each(|mark| handed::restore(write, mark))
}

/// Forgets what [`fold`] makes anew.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    play::clear(write)?;
    write.run("DELETE FROM redemption", Vec::new())?;
    write.run("UPDATE stock SET taken = 0, most = NULL, given = 0, behind = ''", Vec::new())?;
    write.run("UPDATE code SET act = NULL WHERE act IS NOT NULL", Vec::new())?;
    Ok(())
}

/// Makes a member's account anew from their lines, and with it acts, redemptions, stock and the agenda. Tells where the ledger
/// is torn, if it is: lines behind that count for nothing, and none can be added.
pub fn fold(write: &Write<'_>, id: &str, now: Timestamp) -> Result<Option<u32>, Fail> {
    let Some(mut row) = row::load(&write.read(), id)? else { return Ok(None) };
    row.account = rapport_core::loyalty::account::Account::default();
    play::referral::enter(write, &row, None, now)?;
    let mut torn = None;
    loop {
        let some = entries::from(&write.read(), id, row.account.seq + 1, PAGE_ENTRIES)?;
        let (many, before) = (some.len(), row.account.seq);
        for entry in &some {
            let mut after = row.account.clone();
            if after.apply(entry).is_err() {
                torn = Some(entry.seq);
                break;
            }
            keep(write, &row, entry)?;
            row.account = after;
        }
        if torn.is_some() || many < PAGE_ENTRIES as usize || row.account.seq == before {
            break;
        }
    }
    write.run("DELETE FROM torn WHERE member = ?", vec![text(id)])?;
    if let Some(seq) = torn {
        tear(write, id, seq, now)?;
    }
    // Looked at soon: it is not known here when the programme wants to.
    row::plan(write, id, row.due, Some(now))?;
    row.due = Some(now);
    row::save_account(write, &mut row, None, now)?;
    Ok(torn)
}

/// Notes where a ledger is torn, for the owner.
fn tear(write: &Write<'_>, member: &str, seq: u32, now: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT INTO torn (member, seq, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        vec![text(member), int(seq), int(now.0)],
    )?;
    Ok(())
}

/// What follows from a line, given the member's account before it: redemptions, stock, tickets, the act.
pub fn keep(write: &Write<'_>, row: &Row, entry: &Entry) -> Result<(), Fail> {
    redemption::follow(write, &row.member.id, &row.account, entry)?;
    stock::follow(write, &row.account, entry, None)?;
    play::ticket::replay(write, &row.member.id, entry)?;
    write.run(
        "INSERT INTO acted (id, member, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        vec![text(&entry.id), text(&row.member.id), int(entry.seq)],
    )?;
    Ok(())
}
