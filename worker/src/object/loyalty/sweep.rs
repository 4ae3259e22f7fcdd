//! What time does to accounts when nobody touches them: points expire, holds that nobody honoured are given back, tiers fall,
//! birthdays come.

use std::rc::Rc;

use rapport_core::loyalty::action::Action;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, int};
use super::super::transaction::{Write, transaction};
use super::super::{Object, rebuild};
use super::act::{self, Context, Step};
use super::{birthday, row};
use crate::clock::now;
use crate::problem::Fail;

/// Members of one transaction, and transactions of one alarm.
const MEMBERS: i64 = 20;
const STEPS: usize = 10;
/// How far a site whose programme was never published is put off.
const LATER_MS: i64 = 24 * 60 * 60 * 1_000;

/// When there is something to do.
pub fn next(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    if rebuild::members_under_way(read)? {
        return Ok(None);
    }
    let at = read.first("SELECT MIN(at) FROM agenda", Vec::new(), |row| row.maybe_int())?.flatten();
    Ok(at.map(Timestamp))
}

/// Some of what is due, for the alarm.
pub fn go_on(object: &Rc<Object>) -> Result<(), Fail> {
    for _ in 0..STEPS {
        let now = now();
        if next(&object.read())?.is_none_or(|at| at > now) {
            return Ok(());
        }
        let context = Context::load(object).ok();
        transaction(&object.storage, |write| step(write, context.as_ref(), now))?;
    }
    Ok(())
}

fn step(write: &Write<'_>, context: Option<&Context>, now: Timestamp) -> Result<(), Fail> {
    let due = write.read().all(
        "SELECT member, at FROM agenda WHERE at <= ? ORDER BY at LIMIT ?",
        vec![int(now.0), int(MEMBERS)],
        |row| Ok((row.text()?, Timestamp(row.int()?))),
    )?;
    for (id, at) in due {
        row::plan(write, &id, Some(at), None)?;
        let Some(mut row) = row::load(&write.read(), &id)? else { continue };
        row.due = None;
        let Some(context) = context else {
            row.due = Some(now.plus_ms(LATER_MS));
            row::plan(write, &id, None, row.due)?;
            row::save_account(write, &mut row, None, now)?;
            continue;
        };
        act::settle(write, context, &mut row, now)?;
        let today = row.member.profile.birthday.map(|day| (day.month, day.day));
        let (_, month, day) = now.day().civil();
        if today == Some((month, day)) && row.member.is_active() {
            let act = birthday::act(&id, now);
            let signed = !row.member.is_anonymous();
            act::within(write, context, &mut row, Step { id: &act, action: &Action::Birthday, signed }, now)?;
        }
        // What is said to be due now and was not settled just now waits, rather than ring for ever.
        let next = row::next(&context.program, &row, now).map(|at| at.max(now.plus_ms(60_000)));
        row::plan(write, &id, row.due, next)?;
        row.due = next;
        row::save_account(write, &mut row, None, now)?;
    }
    Ok(())
}
