//! What the owner has handed over. A tick changes no points, can be taken back, and may be set long after a ledger was closed by a
//! merge: so it is no line of the ledger. In KV it stands beside the lines in which the redemption is.

use std::rc::Rc;

use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::time::Timestamp;

use super::super::outbox;
use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm};
use super::{act, entries, patience, redemption};
use crate::command::ledger::Mark;
use crate::problem::Fail;

/// Characters of who said so.
const BY: usize = 100;

/// Ticks one off, or takes that back.
pub async fn obey(object: &Rc<Object>, mark: Mark) -> Result<bool, Fail> {
    let now = mark.at;
    let known = transaction(&object.storage, |write| {
        act::ready(write)?;
        set(write, &mark)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    Ok(known)
}

/// The same within a transaction. False where nothing was handed out under this id.
pub fn set(write: &Write<'_>, mark: &Mark) -> Result<bool, Fail> {
    let Some((member, hold)) = hold(&write.read(), &mark.id)? else { return Ok(false) };
    let moved = redemption::tick(write, &hold, mark.done)?;
    if moved {
        keep(write, mark)?;
        let page = format!("{member}/{}", entries::page_of(hold.seq));
        outbox::wait(write, outbox::Kind::Ledger, &page, patience(write, mark.at)?, mark.at)?;
    }
    Ok(moved)
}

/// Takes in a tick of KV's or of another deployment; the later one counts.
pub fn restore(write: &Write<'_>, mark: &Mark) -> Result<(), Fail> {
    let known = of(&write.read(), &mark.id)?;
    if mark.by.chars().count() > BY || known.is_some_and(|known| known.at >= mark.at) {
        return Ok(());
    }
    keep(write, mark)?;
    if let Some((_, hold)) = hold(&write.read(), &mark.id)? {
        redemption::tick(write, &hold, mark.done)?;
    }
    Ok(())
}

/// The tick of a redemption.
pub fn of(read: &Read<'_>, id: &str) -> Result<Option<Mark>, Fail> {
    let query = "SELECT done, at, who FROM handed WHERE id = ?";
    Ok(read.first(query, vec![text(id)], |row| {
        Ok(Mark { id: id.to_owned(), done: row.int()? != 0, at: Timestamp(row.int()?), by: row.text()? })
    })?)
}

/// The ticks of the redemptions among these lines.
pub fn among(read: &Read<'_>, lines: &[Entry]) -> Result<Vec<Mark>, Fail> {
    let holds = lines.iter().filter(|line| line.kind == Kind::Hold);
    let marks: Vec<_> = holds.map(|line| of(read, &line.id)).collect::<Result<_, _>>()?;
    Ok(marks.into_iter().flatten().collect())
}

/// Forgets the tick of a redemption.
pub fn forget(write: &Write<'_>, id: &str) -> Result<(), Fail> {
    write.run("DELETE FROM handed WHERE id = ?", vec![text(id)])?;
    Ok(())
}

fn keep(write: &Write<'_>, mark: &Mark) -> Result<(), Fail> {
    write.run(
        "INSERT OR REPLACE INTO handed (id, done, at, who) VALUES (?, ?, ?, ?)",
        vec![text(&mark.id), int(i64::from(mark.done)), int(mark.at.0), text(&mark.by)],
    )?;
    Ok(())
}

/// The line by which points were set aside, and whose it is.
fn hold(read: &Read<'_>, id: &str) -> Result<Option<(String, Entry)>, Fail> {
    let Some((member, lines)) = entries::of_act(read, id)? else { return Ok(None) };
    Ok(lines.into_iter().find(|line| line.kind == Kind::Hold).map(|line| (member, line)))
}
