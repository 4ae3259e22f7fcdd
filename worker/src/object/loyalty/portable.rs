//! Taking members, ledgers and codes along to another deployment. Every line may come again without harm: what is here already
//! stays, and a ledger goes on where it ends. Secrets that sign stay behind; seeds of draws come along, as without them nobody
//! could recompute what was promised.

use rapport_core::limits::LINE_CHARS;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Member;
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::outbox::{self, Kind};
use super::super::play;
use super::super::sql::{Read, int, text};
use super::super::transaction::Write;
use super::archive::{self, Codes, Page};
use super::row::{self, Row};
use super::{PAGE_ENTRIES, entries, erase, handed, kept, pool};
use crate::command::data::Line;
use crate::command::ledger::Mark;
use crate::json;
use crate::problem::Fail;

/// Codes of one line, and what is kept that leaves this deployment.
const CODES: usize = 1_000;
const KEPT: &str = "draw/";
/// How long the next page of a ledger is waited for: a file that broke off may be begun again.
const REST_MS: i64 = 24 * 60 * 60 * 1_000;
/// The longest ledger of one member: what a rebuild can fold.
const PAGES: u32 = 20_000;

/// What comes next.
#[derive(Default, Serialize, Deserialize)]
pub enum Place {
    #[default]
    Kept,
    /// Behind this page of this reward.
    Codes(String, i64),
    /// Behind this member.
    Members(String),
    /// This page of this member's ledger.
    Ledger(String, u32),
}

/// Some lines, and what comes after them; nothing at the end.
pub fn export(read: &Read<'_>, place: Place, out: &mut Vec<Line>) -> Result<Option<Place>, Fail> {
    match place {
        Place::Kept => {
            let rows = read
                .all("SELECT name, body FROM kept ORDER BY name", Vec::new(), |row| Ok((row.text()?, row.text()?)))?;
            let ours = rows.into_iter().filter(|(name, _)| name.starts_with(KEPT));
            out.extend(ours.map(|(name, body)| Line::Kept { name, body }));
            Ok(Some(Place::Codes(String::new(), 0)))
        }
        Place::Codes(reward, page) => {
            let next = read.first(
                "SELECT reward, CASE WHEN reward = ?1 THEN ?2 + 1 ELSE 1 END FROM stock
                 WHERE codes > 0 AND (reward > ?1 OR (reward = ?1 AND page > ?2)) ORDER BY reward LIMIT 1",
                vec![text(&reward), int(page)],
                |row| Ok((row.text()?, row.int()?)),
            )?;
            let Some((reward, page)) = next else { return Ok(Some(Place::Members(String::new()))) };
            let codes = pool::page(read, &reward, page)?;
            if let Some(name) = rapport_core::name::Name::of(&reward) {
                let line =
                    |codes: &[String]| Line::Codes(Codes { v: 1, reward: name.clone(), page, codes: codes.to_vec() });
                out.extend(codes.chunks(CODES).map(line));
            }
            Ok(Some(Place::Codes(reward, page)))
        }
        Place::Members(after) => {
            let query = "SELECT id, body FROM member WHERE id > ? ORDER BY id LIMIT 1";
            let next = read.first(query, vec![text(after)], |row| Ok((row.text()?, row.text()?)))?;
            let Some((id, body)) = next else { return Ok(None) };
            out.push(Line::Member(Box::new(json::read(&body)?)));
            Ok(Some(Place::Ledger(id, 0)))
        }
        Place::Ledger(member, page) => {
            let entries = entries::from(read, &member, page * PAGE_ENTRIES + 1, PAGE_ENTRIES)?;
            let last = entries.len() < PAGE_ENTRIES as usize;
            if !entries.is_empty() {
                let handed = handed::among(read, &entries)?;
                out.push(Line::Ledger(Page { v: 1, member: member.clone(), page, entries, handed }));
            }
            Ok(Some(if last { Place::Members(member) } else { Place::Ledger(member, page + 1) }))
        }
    }
}

/// Takes a line in; `at` is its place, for problems.
pub fn take(write: &Write<'_>, line: &Line, at: &str, now: Timestamp) -> Result<(), Fail> {
    match line {
        Line::Kept { name, body } => draw(write, name, body, at, now),
        Line::Codes(Codes { reward, page, codes, .. }) => {
            if codes.len() > CODES || !(1..=i64::from(u32::MAX)).contains(page) {
                return Err(Problem::malformed(format!("{at}.codes"), "1,000 codes of a page from 1 on").into());
            }
            if pool::restore(write, reward, *page, codes)? > 0 {
                outbox::add(write, Kind::Pool, &format!("{reward}/{page}"), now)?;
            }
            Ok(())
        }
        Line::Member(member) => person(write, member, at, now),
        Line::Ledger(page) => ledger(write, page, at, now),
        _ => Ok(()),
    }
}

fn draw(write: &Write<'_>, name: &str, body: &str, at: &str, now: Timestamp) -> Result<(), Fail> {
    if !name.starts_with(KEPT) || name.len() > 64 || !play::draw::is_opened(body) {
        return Err(Problem::malformed(format!("{at}.kept"), "a draw").into());
    }
    if kept::get(&write.read(), name)?.is_some() {
        return Ok(());
    }
    kept::put(write, name, body, now)?;
    // Tickets of members who were erased are with the draw alone. All others come with the ledgers, which come later.
    let begun = write.read().number("SELECT EXISTS (SELECT 1 FROM entry)", Vec::new())? == 1;
    if begun { Ok(()) } else { play::clear(write) }
}

fn person(write: &Write<'_>, member: &Member, at: &str, now: Timestamp) -> Result<(), Fail> {
    if !is_id(&member.id) {
        return Err(Problem::malformed(format!("{at}.member.id"), "a UUID in lower case").into());
    }
    for alias in member.aliases() {
        let known = row::find(&write.read(), &alias)?;
        if known.is_some_and(|known| known != member.id) {
            let why = "somebody else is called so here";
            return Err(Problem::conflict(format!("{at}.member"), why).into());
        }
    }
    let before = row::load(&write.read(), &member.id)?.map(|row| row.member.revision);
    archive::restore_member(write, member, &serde_json::to_string(member)?)?;
    let Some(row) = row::load(&write.read(), &member.id)? else { return Ok(()) };
    if before == Some(row.member.revision) {
        return Ok(());
    }
    play::referral::enter(write, &row, None, now)?;
    outbox::add(write, Kind::Member, &member.id, now)
}

/// 1. What is here already has to be the same.
/// 2. What follows is added, with all that follows from it.
pub fn ledger(write: &Write<'_>, page: &Page, at: &str, now: Timestamp) -> Result<(), Fail> {
    let field = |index: usize, name: &str| format!("{at}.ledger.entries[{index}].{name}");
    if page.entries.len() > PAGE_ENTRIES as usize || page.page > PAGES {
        return Err(Problem::malformed(format!("{at}.ledger.entries"), "the fifty lines of a page").into());
    }
    if erase::was(&write.read(), &page.member)? {
        return Ok(());
    }
    let Some(mut row) = row::load(&write.read(), &page.member)? else {
        return Err(Problem::conflict(format!("{at}.ledger.member"), "the member comes before the ledger").into());
    };
    let mut new = 0;
    for (index, entry) in page.entries.iter().enumerate() {
        // 1.
        if entry.seq <= row.account.seq {
            let known = entries::from(&write.read(), &page.member, entry.seq, 1)?;
            if known.first().is_none_or(|known| known.hash != entry.hash) {
                let why = "this ledger has gone on here in another way";
                return Err(Problem::conflict(field(index, "hash"), why).into());
            }
            continue;
        }
        // 2.
        bounded(entry).map_err(|problem| problem.within(&format!("{at}.ledger.entries[{index}]")))?;
        let before = row.account.clone();
        if row.account.apply(entry).is_err() {
            return Err(Problem::conflict(field(index, "hash"), "this line does not follow from the one before").into());
        }
        add(write, &Row { account: before, ..row.clone() }, entry)?;
        new += 1;
    }
    if new > 0 {
        // Time waits for the rest of a ledger: what it does to the first half would part that from the second.
        let full = page.entries.len() == PAGE_ENTRIES as usize;
        let due = if full { now.plus_ms(REST_MS) } else { now };
        row::plan(write, &page.member, row.due, Some(due))?;
        row.due = Some(due);
        row::save_account(write, &mut row, None, now)?;
        outbox::add(write, Kind::Ledger, &format!("{}/{}", page.member, page.page), now)?;
    }
    let ours = |mark: &&Mark| page.entries.iter().any(|entry| entry.id == mark.id);
    page.handed.iter().filter(ours).try_for_each(|mark| handed::restore(write, mark))
}

fn add(write: &Write<'_>, before: &Row, entry: &Entry) -> Result<(), Fail> {
    write.run(
        // One that is here and did not follow gives way to one that does.
        "INSERT OR REPLACE INTO entry (member, seq, body) VALUES (?, ?, ?)",
        vec![text(&before.member.id), int(entry.seq), text(serde_json::to_string(entry)?)],
    )?;
    archive::keep(write, before, entry)
}

/// A page's own number is told by its lines, and ids are part of addresses.
fn bounded(entry: &Entry) -> Result<(), Problem> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte));
    let merged = entry.kind == rapport_core::loyalty::entry::Kind::MergedFrom;
    if entry.id.is_empty() || entry.id.len() > 64 || !plain(&entry.id) {
        return Err(Problem::malformed("id", "1 to 64 of a-z, A-Z, 0-9, '.', '_', ':' and '-'"));
    }
    if entry.reference.len() > 200 || (!merged && entry.note.chars().count() > LINE_CHARS) {
        return Err(Problem::malformed("note", "no longer than a ledger writes it"));
    }
    Ok(())
}

fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}
