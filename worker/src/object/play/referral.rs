//! Referrals: who came by whose link, what qualifies them, and the credit of both sides, in one transaction.

use rapport_core::loyalty::action::{Action, Role};
use rapport_core::loyalty::program::Referral;
use rapport_core::loyalty::referral::{
    self, Bar, Brought, Evidence, Happened, NEW_MS, Step as Stage, Verdict, circle, doubt, read_code,
};
use rapport_core::time::Timestamp;
use worker::SqlStorageValue as Value;

use super::{holder, invite};
use crate::command::loyalty::Outcome;
use crate::command::play::{Came, Listed};
use crate::object::loyalty::act::{self, Context, Step};
use crate::object::loyalty::row::{self, Row};
use crate::object::sql::{Read, int, text};
use crate::object::transaction::Write;
use crate::problem::Fail;

/// Credits of one step.
const STEP: i64 = 20;

/// From where somebody came by a link; each may be empty.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    pub address: &'a str,
    /// The digest of the device's secret.
    pub device: &'a str,
}

/// 1. Rules that leave nothing to decide.
/// 2. Rules that suspect something, which the owner decides.
/// 3. Note it, once.
pub fn referred(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    (code, from): (&str, From<'_>),
    now: Timestamp,
) -> Result<Came, Fail> {
    // 1.
    let Some(rules) = context.program.referral else { return Ok(Came::Barred(Bar::Off)) };
    if let Some(brought) = &row.member.play.brought {
        // The same link again says the same again.
        let found = by_code(&write.read(), code)?;
        let same = found.is_some_and(|by| by.member.id == brought.by);
        return Ok(if same { Came::Noted(brought.step(&rules, now)) } else { Came::Barred(Bar::Already) });
    }
    let Some(by) = by_code(&write.read(), code)? else { return Ok(Came::Barred(Bar::Unknown)) };
    if by.member.id == row.member.id {
        return Ok(Came::Barred(Bar::Own));
    }
    if row.member.created.plus_ms(NEW_MS) < now {
        return Ok(Came::Barred(Bar::NotNew));
    }
    // 2. and 3.
    invite::seen(write, from.address, &row.member.id, now)?;
    let mut brought = Brought::new(&by.member.id, now);
    let device = row::find(&write.read(), &format!("s:{}", from.device))?;
    let same_device = device.is_some_and(|member| member == by.member.id);
    brought.doubt = suspect(&write.read(), &rules, row, &by, (same_device, now))?;
    brought.note(&rules, Happened::Visit, now);
    row.member.play.brought = Some(brought);
    keep(write, context, &rules, row, now).map(Came::Noted)
}

/// What happens to a member may qualify whoever brought them. Called at the end of every act.
pub fn after(write: &Write<'_>, context: &Context, row: &mut Row, action: &Action, now: Timestamp) -> Result<(), Fail> {
    let happened = match action {
        Action::Purchase { .. } => Happened::Purchase,
        Action::Response { .. } => Happened::Response,
        Action::CheckIn => Happened::Visit,
        _ => return Ok(()),
    };
    note(write, context, row, happened, now)
}

/// Notes something that may qualify.
pub fn note(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    happened: Happened,
    now: Timestamp,
) -> Result<(), Fail> {
    let Some(rules) = context.program.referral else { return Ok(()) };
    let Some(mut brought) = row.member.play.brought.clone() else { return Ok(()) };
    let before = brought.clone();
    if brought.note(&rules, happened, now) && brought.doubt.is_none() {
        // An e-mail address, or a way in, may have become known since.
        if let Some(by) = holder(&write.read(), &brought.by)? {
            brought.doubt = suspect(&write.read(), &rules, row, &by, (false, now))?
                .filter(|found| *found != referral::Doubt::Velocity);
        }
    }
    if brought == before {
        return Ok(());
    }
    row.member.play.brought = Some(brought);
    keep(write, context, &rules, row, now).map(drop)
}

/// The owner's word on a doubt.
pub fn judge(
    write: &Write<'_>,
    context: &Context,
    member: &str,
    verdict: Verdict,
    now: Timestamp,
) -> Result<bool, Fail> {
    let Some(rules) = context.program.referral else { return Ok(false) };
    let Some(mut row) = row::load(&write.read(), member)? else { return Ok(false) };
    let Some(brought) = row.member.play.brought.as_mut().filter(|brought| brought.credited.is_none()) else {
        return Ok(false);
    };
    brought.verdict = Some(verdict);
    keep(write, context, &rules, &mut row, now)?;
    Ok(true)
}

/// Credits those whose time has come. True where there are more.
pub fn credit_due(write: &Write<'_>, context: &Context, now: Timestamp) -> Result<bool, Fail> {
    let Some(rules) = context.program.referral.filter(|_| !context.paused) else { return Ok(false) };
    let query = "SELECT member FROM referral WHERE due IS NOT NULL AND due <= ? LIMIT ?";
    let due = write.read().all(query, vec![int(now.0), int(STEP)], |row| row.text())?;
    for member in &due {
        match row::load(&write.read(), member)? {
            Some(mut row) if stage(&row, &rules, now) == Some(Stage::Due) => {
                keep(write, context, &rules, &mut row, now)?;
            }
            Some(row) => enter(write, &row, Some(&rules), now)?,
            None => {
                write.run("DELETE FROM referral WHERE member = ?", vec![text(member)])?;
            }
        }
    }
    Ok(due.len() as i64 == STEP)
}

/// When the next credit is due.
pub fn next(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    Ok(read.first("SELECT MIN(due) FROM referral", Vec::new(), |row| row.maybe_int())?.flatten().map(Timestamp))
}

/// Those at one stage, newest first.
pub fn list(
    read: &Read<'_>,
    context: &Context,
    (step, limit): (&str, u32),
    now: Timestamp,
) -> Result<Vec<Listed>, Fail> {
    let Some(rules) = context.program.referral else { return Ok(Vec::new()) };
    // That one has lapsed, only time says.
    let open = now.plus_ms(-i64::from(rules.window) * NEW_MS);
    let (kept, from, until) = match step {
        "waits" => ("waits", open.0, now.0),
        "lapsed" => ("waits", 0, open.0 - 1),
        other => (other, 0, now.0),
    };
    let query = "SELECT member FROM referral WHERE step = ? AND at BETWEEN ? AND ? ORDER BY at DESC LIMIT ?";
    let ids = read.all(query, vec![text(kept), int(from), int(until), int(limit.min(200))], |row| row.text())?;
    let mut listed = Vec::new();
    for id in ids {
        let Some(row) = row::load(read, &id)? else { continue };
        let Some(brought) = row.member.play.brought.clone() else { continue };
        let by = holder(read, &brought.by)?.map(|by| by.member.into());
        let step = brought.step(&rules, now);
        let Brought { at, doubt, verdict, qualified, .. } = brought;
        let why = verdict.map(|verdict| verdict.why).unwrap_or_default();
        let qualified = qualified.is_some();
        listed.push(Listed { member: row.member.into(), by, step, at, qualified, doubt, why });
    }
    Ok(listed)
}

/// How many are at which stage.
pub fn stages(read: &Read<'_>) -> Result<Vec<(String, u32)>, Fail> {
    Ok(read.all("SELECT step, COUNT(*) FROM referral GROUP BY step", Vec::new(), |row| Ok((row.text()?, row.of()?)))?)
}

fn stage(row: &Row, rules: &Referral, now: Timestamp) -> Option<Stage> {
    row.member.play.brought.as_ref().map(|brought| brought.step(rules, now))
}

/// Puts a member's referral into the index. Without the rules, as in a rebuild, it is looked at soon.
pub fn enter(write: &Write<'_>, row: &Row, rules: Option<&Referral>, now: Timestamp) -> Result<(), Fail> {
    let Some(brought) = &row.member.play.brought else {
        write.run("DELETE FROM referral WHERE member = ?", vec![text(&row.member.id)])?;
        return Ok(());
    };
    let stage = rules.map(|rules| brought.step(rules, now));
    let due = match stage {
        Some(Stage::Held { until }) => int(until.0),
        Some(Stage::Due) | None => int(now.0),
        Some(_) => Value::Null,
    };
    let by = holder(&write.read(), &brought.by)?.map_or_else(|| brought.by.clone(), |by| by.member.id);
    write.run(
        "INSERT INTO referral (member, referrer, at, step, due) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET referrer = excluded.referrer, step = excluded.step, due = excluded.due",
        vec![text(&row.member.id), text(by), int(brought.at.0), text(stage.map_or("waits", Stage::as_str)), due],
    )?;
    Ok(())
}

/// Two members turned out to be one.
pub fn merged(write: &Write<'_>, context: &Context, from: &Row, into: &Row, now: Timestamp) -> Result<(), Fail> {
    let rules = context.program.referral.as_ref();
    enter(write, from, rules, now)?;
    enter(write, into, rules, now)?;
    write.run(
        "UPDATE referral SET referrer = ? WHERE referrer = ?",
        vec![text(&into.member.id), text(&from.member.id)],
    )?;
    Ok(())
}

/// 1. Credit both sides, if it is time: each under an id of its own, so that neither comes twice.
/// 2. Keep it with the member, and in the index.
fn keep(write: &Write<'_>, context: &Context, rules: &Referral, row: &mut Row, now: Timestamp) -> Result<Stage, Fail> {
    let member = row.member.id.clone();
    let brought = row.member.play.brought.clone().unwrap_or_default();
    // 1.
    if brought.step(rules, now) == Stage::Due && !context.paused {
        let by = holder(&write.read(), &brought.by)?;
        if by.as_ref().is_some_and(|by| by.member.id == member) {
            // Both turned out to be one, and were merged: nobody brings themselves.
            row.member.play.brought = None;
        } else if let Some(mut by) = by {
            let side = |role| {
                let other = if role == Role::Referrer { member.clone() } else { brought.by.clone() };
                Action::Refer { other, role }
            };
            let (ours, theirs) = (side(Role::Referred), side(Role::Referrer));
            // A cap may leave one side without points; that is no reason to keep them from the other.
            let step = Step { id: &format!("r:{member}:by"), action: &theirs, signed: true };
            let _: Outcome = act::within(write, context, &mut by, step, now)?;
            let step = Step { id: &format!("r:{member}:to"), action: &ours, signed: true };
            let _: Outcome = act::within(write, context, row, step, now)?;
        }
        if let Some(brought) = &mut row.member.play.brought {
            brought.credited = Some(now);
        }
    }
    // 2.
    row::save_member(write, &mut row.member, now)?;
    enter(write, row, Some(rules), now)?;
    Ok(row.member.play.brought.as_ref().map_or(Stage::Waits, |brought| brought.step(rules, now)))
}

fn by_code(read: &Read<'_>, code: &str) -> Result<Option<Row>, Fail> {
    let Some(code) = read_code(code) else { return Ok(None) };
    let Some(id) = row::find(read, &format!("r:{code}"))? else { return Ok(None) };
    holder(read, &id)
}

fn suspect(
    read: &Read<'_>,
    rules: &Referral,
    row: &Row,
    by: &Row,
    (same_device, now): (bool, Timestamp),
) -> Result<Option<referral::Doubt>, Fail> {
    let same = "SELECT EXISTS (SELECT 1 FROM came AS a JOIN came AS b ON a.day = b.day AND a.address = b.address
                WHERE a.member = ? AND b.member = ?)";
    let same_address = read.number(same, vec![text(&row.member.id), text(&by.member.id)])? == 1;
    let recent = read.number(
        "SELECT COUNT(*) FROM referral WHERE referrer = ? AND at > ? AND member <> ?",
        vec![text(&by.member.id), int(now.0 - NEW_MS), text(&row.member.id)],
    )?;
    let brought_by = |member: &str| -> Result<Option<String>, Fail> {
        let brought = row::load(read, member)?.and_then(|row| row.member.play.brought);
        brought.map_or(Ok(None), |brought| Ok(holder(read, &brought.by)?.map(|by| by.member.id)))
    };
    let evidence = Evidence {
        same_address,
        same_device,
        emails: (&row.member.profile.email, &by.member.profile.email),
        circle: circle(&row.member.id, &by.member.id, brought_by)?,
        recent: u32::try_from(recent).unwrap_or(u32::MAX),
    };
    Ok(doubt(rules, &evidence))
}
