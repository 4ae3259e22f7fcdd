//! Everything about one member.

use rapport_core::chain::Head;
use rapport_core::loyalty::people::Person;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::super::super::Object;
use super::super::super::sql::{Read, int, text};
use super::super::row::{self, Row};
use super::super::{act, entries, who};
use super::{census, context, refusal};
use crate::command::loyalty::{PAGE, Who};
use crate::command::people::{Chain, Merged, One};
use crate::json;
use crate::problem::Fail;

/// Lines of the ledger that are followed at one look, and searched for responses.
const LINES: u32 = 2_000;
const RESPONSES: i64 = 20;
/// Accounts that went up in one of which is told, and lines of each.
const MERGED: i64 = 10;
const SHOWN: u32 = 50;

/// The member, if there is one.
pub fn one(object: &Object, who: &Who, counting: bool, now: Timestamp) -> Result<Option<One>, Fail> {
    let (context, read) = (context(object)?, object.read());
    let Some(row) = who::found(&read, who, now)? else { return Ok(None) };
    Ok(Some(One {
        shown: act::shown(&context.program, &row, now),
        person: Person::of(&row.member, &row.account),
        census: census::census(object, counting, now)?,
        refusals: refusal::of(&read, &row.member.id)?,
        refusals_since: refusal::since(&read)?.filter(|since| *since > row.member.created),
        responses: responses(&read, &row.member.id)?,
        chain: chain(&read, &row)?,
        merged: merged(&read, &row)?,
    }))
}

/// The accounts that have gone up in this one, as far as they were not erased since.
fn merged(read: &Read<'_>, row: &Row) -> Result<Vec<Merged>, Fail> {
    if row.account.merged == 0 {
        return Ok(Vec::new());
    }
    let lines = read.all(
        "SELECT json_extract(body, '$.reference'), json_extract(body, '$.at'), json_extract(body, '$.delta') FROM entry
         WHERE member = ? AND json_extract(body, '$.kind') = 'merged_from' ORDER BY seq DESC LIMIT ?",
        vec![text(&row.member.id), int(MERGED)],
        |row| Ok((row.text()?, Timestamp(row.int()?), row.int()?)),
    )?;
    let mut all = Vec::new();
    for (member, at, points) in lines {
        if let Some(older) = row::load(read, &member)? {
            let (chain, entries) = (chain(read, &older)?, entries::history(read, &older, None, SHOWN)?.entries);
            all.push(Merged { member, at, points, chain, entries });
        }
    }
    Ok(all)
}

/// Those that lines of the ledger are about and that are still kept.
fn responses(read: &Read<'_>, member: &str) -> Result<Vec<Response>, Fail> {
    let bodies = read.all(
        "SELECT response.body FROM
         (SELECT seq, body FROM entry WHERE member = ?1 ORDER BY seq DESC LIMIT ?2) AS line
         JOIN response ON response.id = json_extract(line.body, '$.note')
         WHERE json_extract(line.body, '$.kind') = 'earn' GROUP BY response.id ORDER BY MAX(seq) DESC LIMIT ?3",
        vec![text(member), int(LINES), int(RESPONSES)],
        |row| row.text(),
    )?;
    Ok(bodies.iter().filter_map(|body| json::read(body).ok()).collect())
}

/// Follows the newest lines to the account's head.
fn chain(read: &Read<'_>, row: &Row) -> Result<Chain, Fail> {
    let (id, account) = (&row.member.id, &row.account);
    let first = account.seq.saturating_sub(LINES);
    let since = read.number(
        "SELECT SUM(json_extract(body, '$.delta')) FROM entry WHERE member = ? AND seq > ? AND seq <= ?",
        vec![text(id), int(first), int(account.seq)],
    )?;
    let mut head = match first {
        0 => Head::default(),
        seq => {
            let before = entries::from(read, id, seq, 1)?.pop();
            Head { seq, balance: account.balance - since, hash: before.map_or_else(String::new, |line| line.hash) }
        }
    };
    let mut told = Chain { from: first + 1, to: account.seq, broken: None };
    loop {
        let lines = entries::from(read, id, head.seq + 1, PAGE)?;
        for line in &lines {
            match head.follow(&line.line(), &line.hash) {
                Ok(next) => head = next,
                Err(torn) => {
                    told.broken = Some(torn.seq);
                    return Ok(told);
                }
            }
        }
        if lines.len() < PAGE as usize {
            break;
        }
    }
    let reached = (head.seq, head.balance, &head.hash) == (account.seq, account.balance, &account.hash);
    told.broken = (!reached).then_some(head.seq.min(account.seq) + 1);
    Ok(told)
}
