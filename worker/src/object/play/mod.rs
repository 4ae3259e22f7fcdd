//! Play: prize draws, referrals, and points for answers. What it decides is in `core`, what it keeps follows from members and
//! their ledgers, but for the seeds of draws.

pub mod draw;
pub mod ticket;
pub mod winner;
pub mod claim;
pub mod invite;
pub mod board;
pub mod referral;

use std::rc::Rc;

use rapport_core::loyalty::program::Program;
use rapport_core::loyalty::referral::Verdict;
use rapport_core::time::Timestamp;

use super::loyalty::act::{self, Context};
use super::loyalty::row::{self, Row};
use super::loyalty::who;
use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, reply};
use crate::command::loyalty::Who;
use crate::command::play::Command;
use crate::digest::sha256;
use crate::problem::Fail;

/// Members that one may have been merged into, one after the other.
const MERGES: usize = 8;

/// When to try again what could not be done at its time, in milliseconds.
const AGAIN_MS: i64 = 600_000;

/// The tables.
pub const TABLES: &[&str] = &[
    // Derived from the ledgers. An absent prize is ''.
    "CREATE TABLE IF NOT EXISTS ticket (
        draw TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, member TEXT NOT NULL, prize TEXT NOT NULL,
        PRIMARY KEY (draw, number)) WITHOUT ROWID",
    // A member looks at their own, and not through thousands of others.
    "CREATE INDEX IF NOT EXISTS ticket_of ON ticket (member)",
    // How many of a prize are gone: counted with every ticket, not by going through all of them.
    "CREATE TABLE IF NOT EXISTS gone (
        draw TEXT NOT NULL, prize TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (draw, prize)) WITHOUT ROWID",
    // Derived from members: `step` is where a referral stands, `due` when it is credited.
    "CREATE TABLE IF NOT EXISTS referral (
        member TEXT PRIMARY KEY, referrer TEXT NOT NULL, at INTEGER NOT NULL, step TEXT NOT NULL, due INTEGER) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS referral_by ON referral (referrer, at)",
    "CREATE TABLE IF NOT EXISTS board (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL)",
    // From where members came today. Goes with the day's salt.
    "CREATE TABLE IF NOT EXISTS came (
        day INTEGER NOT NULL, address TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (day, address, member)) WITHOUT ROWID",
];

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Draw { draw } => reply(&draw::told(&object.read(), draw.as_str(), now)?),
        Command::Draws => reply(&draw::all(&object.read(), now)?),
        Command::Open => reply(&draw::offers(&object.read(), &Context::load(object)?, None)?),
        Command::Winners { draw, after, to_hand_over } => {
            reply(&winner::list(&object.read(), draw.as_str(), after, to_hand_over)?)
        }
        Command::Hand { draw, number, done, by } => {
            let work = |write: &Write<'_>| winner::hand(write, draw.as_str(), (number, done), by.clone(), now);
            let known = transaction(&object.storage, work)?;
            alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
            reply(&known)
        }
        Command::End { draw } => {
            let ended = transaction(&object.storage, |write| draw::end(write, draw.as_str(), now))?;
            alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
            reply(&ended)
        }
        Command::Take { id, who, draw } => {
            act::named(&id)?;
            let work = |write: &Write<'_>, context: &Context, row: &mut Row, signed| {
                ticket::take(write, context, row, (&id, signed), &draw, now)
            };
            reply(&within(object, &who, now, work).await?)
        }
        Command::Claim { who, responses } => {
            let work = |write: &Write<'_>, context: &Context, row: &mut Row, signed| {
                let one = |id: &String| claim::claim(write, context, row, (id, signed), now);
                responses.iter().map(one).collect::<Result<Vec<_>, _>>()
            };
            reply(&within(object, &who, now, work).await?)
        }
        Command::Referred { who, code, address } => {
            let device = match &who {
                Who::Proof(proof) if !proof.secret.is_empty() => sha256(&proof.secret),
                _ => String::new(),
            };
            let from = referral::From { address: &address, device: &device };
            let work = |write: &Write<'_>, context: &Context, row: &mut Row, _| {
                referral::referred(write, context, row, (&code, from), now)
            };
            reply(&within(object, &who, now, work).await?)
        }
        Command::Code { who } => {
            let work = |write: &Write<'_>, _: &Context, row: &mut Row, _| invite::code(write, row, now);
            reply(&within(object, &who, now, work).await?)
        }
        Command::Board => reply(&board::shown(object)?),
        Command::Places => reply(&board::load(&object.read())?),
        Command::List { member, listed } => {
            let known = transaction(&object.storage, |write| board::list(write, &member, listed, now))?;
            alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
            reply(&known)
        }
        Command::Referrals { step, limit } => {
            let context = Context::load(object)?;
            reply(&referral::list(&object.read(), &context, (&step, limit), now)?)
        }
        Command::Stages => reply(&referral::stages(&object.read())?),
        Command::Judge { member, approved, why } => {
            let context = Context::load(object)?;
            let verdict = Verdict { approved, why, at: now };
            let judged =
                transaction(&object.storage, |write| referral::judge(write, &context, &member, verdict.clone(), now))?;
            alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
            reply(&judged)
        }
    }
}

/// One transaction for one member.
async fn within<T>(
    object: &Rc<Object>,
    who: &Who,
    now: Timestamp,
    mut work: impl FnMut(&Write<'_>, &Context, &mut Row, bool) -> Result<T, Fail>,
) -> Result<T, Fail> {
    let context = Context::load(object)?;
    let done = transaction(&object.storage, |write| {
        act::ready(write)?;
        let (mut row, signed) = who::resolve(write, &context, who, now)?.ok_or_else(Fail::not_valid)?;
        work(write, &context, &mut row, signed)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    Ok(done)
}

/// What has come due: credits of referrals, and prizes of draws that have ended. True where there is more.
pub fn go_on(object: &Object, now: Timestamp) -> Result<bool, Fail> {
    let read = object.read();
    if due(&read)?.is_none_or(|at| at > now) {
        return Ok(false);
    }
    let context = Context::load(object)?;
    transaction(&object.storage, |write| {
        let credits = referral::credit_due(write, &context, now)?;
        Ok::<_, Fail>(ticket::settle(write, &context, now)? || credits)
    })
}

/// When something comes due. What could not be done at its time, as the programme is paused, is tried again later.
pub fn next(read: &Read<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    let due = due(read)?;
    Ok(due.map(|at| if at > now { at } else { now.plus_ms(AGAIN_MS) }))
}

fn due(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    Ok([draw::next(read)?, referral::next(read)?].into_iter().flatten().min())
}

/// What is made anew by a rebuild.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    write.run("DELETE FROM referral", Vec::new())?;
    write.run("DELETE FROM board", Vec::new())?;
    ticket::clear(write)
}

/// A member is erased.
pub fn forget(write: &Write<'_>, member: &str, now: Timestamp) -> Result<(), Fail> {
    write.run("DELETE FROM referral WHERE member = ?", vec![text(member)])?;
    write.run("DELETE FROM came WHERE member = ?", vec![text(member)])?;
    board::forget(write, member)?;
    ticket::forget(write, member, now)
}

/// A programme was published. Credits that wait are looked at again: their time may be another by the new rules.
pub fn publish(write: &Write<'_>, program: &Program, now: Timestamp) -> Result<(), Fail> {
    write.run("UPDATE referral SET due = ?1 WHERE due > ?1", vec![int(now.0)])?;
    draw::publish(write, program, now)
}

/// Whose something is now: members are merged, and what they had goes along. Nobody, where they have left.
fn holder(read: &Read<'_>, member: &str) -> Result<Option<Row>, Fail> {
    let mut id = member.to_owned();
    for _ in 0..MERGES {
        let Some(row) = row::load(read, &id)? else { return Ok(None) };
        match &row.member.merged {
            Some(into) => id.clone_from(into),
            None => return Ok(row.member.left.is_none().then_some(row)),
        }
    }
    Ok(None)
}
