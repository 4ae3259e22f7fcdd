//! The leaderboard as one row, which follows whatever changes a member. Made anew by a rebuild, as every account is.

use rapport_core::loyalty::board::{Board, Place};
use rapport_core::loyalty::member::Member;
use rapport_core::time::Timestamp;

use crate::json;
use crate::object::Object;
use crate::object::loyalty::act::Context;
use crate::object::loyalty::row;
use crate::object::sql::{Read, text};
use crate::object::transaction::Write;
use crate::problem::Fail;

/// What everybody sees; nothing where the programme has none.
pub fn shown(object: &Object) -> Result<Option<Vec<Place>>, Fail> {
    let context = Context::load(object)?;
    if !context.program.leaderboard {
        return Ok(None);
    }
    load(&object.read()).map(|board| Some(board.shown()))
}

/// All of it.
pub fn load(read: &Read<'_>) -> Result<Board, Fail> {
    let body = read.first("SELECT body FROM board", Vec::new(), |row| row.text())?;
    body.as_deref().map_or_else(|| Ok(Board::default()), json::read)
}

/// A member has changed.
pub fn follow(write: &Write<'_>, member: &Member, earned: i64) -> Result<(), Fail> {
    let mut board = load(&write.read())?;
    if board.follow(member, earned) { save(write, &board) } else { Ok(()) }
}

/// A member is erased.
pub fn forget(write: &Write<'_>, member: &str) -> Result<(), Fail> {
    let mut board = load(&write.read())?;
    if board.forget(member) { save(write, &board) } else { Ok(()) }
}

/// The owner takes a name off, or puts it back. True where there is such a member.
pub fn list(write: &Write<'_>, member: &str, listed: bool, now: Timestamp) -> Result<bool, Fail> {
    let Some(mut row) = row::load(&write.read(), member)? else { return Ok(false) };
    if row.member.play.unlisted == listed {
        row.member.play.unlisted = !listed;
        row::save_member(write, &mut row.member, now)?;
    }
    Ok(true)
}

fn save(write: &Write<'_>, board: &Board) -> Result<(), Fail> {
    write.run("INSERT OR REPLACE INTO board (one, body) VALUES (1, ?)", vec![text(serde_json::to_string(board)?)])?;
    Ok(())
}
