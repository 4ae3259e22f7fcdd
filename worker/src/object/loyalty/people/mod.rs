//! Members as the owner looks at them. Of each there is a short row with what lists and figures ask for: accounts are long, and
//! going through a hundred thousand of them to find fifty would read hundreds of megabytes.

mod keep;
mod census;
mod find;
mod one;
pub mod refusal;
mod judged;

use std::rc::Rc;

use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

pub use keep::{forget, keep, rename};

use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, reply};
use super::act::{self, Context};
use super::row;
use crate::command::people::Command;
use crate::problem::Fail;

/// Characters of the owner's note.
const NOTE: usize = 2_000;

/// The tables.
pub const TABLES: &[&str] = &[
    // All of it follows from member and account. `seen` is an hour, so that the index moves once a visit; the other way to sort
    // goes through the table, which has short rows for that.
    "CREATE TABLE IF NOT EXISTS person (
        member TEXT PRIMARY KEY, seen INTEGER NOT NULL, joined INTEGER NOT NULL, words TEXT NOT NULL, tier TEXT NOT NULL,
        balance INTEGER NOT NULL, held INTEGER NOT NULL, orders INTEGER NOT NULL, spent INTEGER NOT NULL,
        visits INTEGER NOT NULL, gap INTEGER, earned INTEGER NOT NULL, redeemed INTEGER NOT NULL, expired INTEGER NOT NULL,
        bought INTEGER, bought_again INTEGER, bought_months INTEGER, came INTEGER, came_again INTEGER, came_months INTEGER)
        WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS person_seen ON person (seen)",
    // How far members of an older release are entered. As a value of its own, see `inbox::row::prepare`.
    "CREATE TABLE IF NOT EXISTS unentered (one INTEGER PRIMARY KEY CHECK (one = 1), behind TEXT NOT NULL)",
    "INSERT OR IGNORE INTO unentered
     SELECT 1, '' WHERE (SELECT EXISTS (SELECT 1 FROM member) AND NOT EXISTS (SELECT 1 FROM person))",
    // The figures of many members, which are not counted at every look.
    "CREATE TABLE IF NOT EXISTS census (one INTEGER PRIMARY KEY CHECK (one = 1), due INTEGER NOT NULL, body TEXT NOT NULL)",
    // A log for the owner, and nothing that has to last: a rebuild begins it anew.
    "CREATE TABLE IF NOT EXISTS refusal (member TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
];

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Find(wanted) => {
            let counting = keep::catch_up(object)?;
            reply(&find::find(object, &wanted, counting, now)?)
        }
        Command::One { who } => {
            let counting = keep::catch_up(object)?;
            reply(&one::one(object, &who, counting, now)?)
        }
        Command::Census => {
            let counting = keep::catch_up(object)?;
            reply(&census::census(object, counting, now)?)
        }
        Command::Note { member, text } => reply(&note(object, &member, text, now).await?),
        Command::SignOut { member } => {
            let work = |write: &Write<'_>, row: &mut row::Row| {
                row.member.only("");
                row::save_member(write, &mut row.member, now)
            };
            reply(&changed(object, &member, now, work).await?)
        }
    }
}

async fn note(object: &Rc<Object>, member: &str, text: String, now: Timestamp) -> Result<bool, Fail> {
    let text = text.trim().to_owned();
    if text.chars().count() > NOTE {
        return Err(Problem::new("note", Fault::TooLong { max: NOTE as u32 }).into());
    }
    let work = |write: &Write<'_>, row: &mut row::Row| {
        if row.member.note == text {
            return Ok(());
        }
        row.member.note.clone_from(&text);
        row::save_member(write, &mut row.member, now)
    };
    changed(object, member, now, work).await
}

async fn changed(
    object: &Rc<Object>,
    member: &str,
    now: Timestamp,
    mut work: impl FnMut(&Write<'_>, &mut row::Row) -> Result<(), Fail>,
) -> Result<bool, Fail> {
    let known = transaction(&object.storage, |write| {
        act::ready(write)?;
        let Some(mut row) = row::load(&write.read(), member)? else { return Ok(false) };
        work(write, &mut row)?;
        Ok::<_, Fail>(true)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    Ok(known)
}

/// The programme's currency and tiers are known wherever people are looked at.
fn context(object: &Object) -> Result<Context, Fail> {
    Context::load(object)
}
