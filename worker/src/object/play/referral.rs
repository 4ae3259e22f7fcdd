//! Referrals: who came by whose link, what qualifies them, and the credit of both sides, in one transaction.

use rapport_core::loyalty::action::{Action, Role};
use rapport_core::loyalty::program::Referral;
use rapport_core::loyalty::referral::{
    self, Bar, Brought, Evidence, Happened, Step as Stage, Verdict, circle, doubt, read_code,
};
use rapport_core::time::Timestamp;
use worker::SqlStorageValue as Value;

use super::holder;
use crate::clock::random;
use crate::command::loyalty::Outcome;
use crate::command::play::{Came, Listed};
use crate::object::loyalty::act::{self, Context, Step};
use crate::object::loyalty::row::{self, Row};
use crate::object::sql::{Read, int, text};
use crate::object::transaction::Write;
use crate::object::visitor;
use crate::problem::Fail;

/// Whoever has been a member for longer was not brought by a link.
const NEW_MS: i64 = 86_400_000;
/// Credits of one step.
const STEP: i64 = 20;

/// A member's code for others, made when it is first asked for.
pub fn code(write: &Write<'_>, row: &mut Row, now: Timestamp) -> Result<String, Fail> {
    if row.member.code.is_empty() {
        let mut code = referral::code(random::<5>()?);
        // One in 10¹² for each code there is.
        while row::find(&write.read(), &format!("r:{code}"))?.is_some() {
            code = referral::code(random::<5>()?);
        }
        row.member.code = code;
        row::save_member(write, &mut row.member, now)?;
    }
    Ok(row.member.code.clone())
}

/// Notes from where a member was seen today. Forgotten with the day's salt.
pub fn seen(write: &Write<'_>, address: &str, member: &str, now: Timestamp) -> Result<String, Fail> {
    let digest = visitor::address(write, address, now.day())?;
    if !digest.is_empty() {
        write.run(
            "INSERT INTO came (day, address, member) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![int(now.day().0), text(&digest), text(member)],
        )?;
    }
    Ok(digest)
}

/// 1. Rules that leave nothing to decide.
/// 2. Rules that suspect something, which the owner decides.
/// 3. Note it, once.
pub fn referred(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    (code, address): (&str, &str),
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
    seen(write, address, &row.member.id, now)?;
    let mut brought = Brought::new(&by.member.id, now);
    brought.doubt = suspect(&write.read(), &rules, row, &by, now)?;
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
            brought.doubt =
                suspect(&write.read(), &rules, row, &by, now)?.filter(|found| *found != referral::Doubt::Velocity);
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
            Some(mut row) => drop(keep(write, context, &rules, &mut row, now)?),
            None => drop(write.run("DELETE FROM referral WHERE member = ?", vec![text(member)])?),
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
    let query = "SELECT member FROM referral WHERE step = ? ORDER BY at DESC LIMIT ?";
    let ids = read.all(query, vec![text(step), int(limit.min(200))], |row| row.text())?;
    let mut listed = Vec::new();
    for id in ids {
        let Some(row) = row::load(read, &id)? else { continue };
        let Some(brought) = row.member.play.brought.clone() else { continue };
        let by = holder(read, &brought.by)?.map(|by| by.member.into());
        let step = brought.step(&rules, now);
        let Brought { at, doubt, verdict, .. } = brought;
        let why = verdict.map(|verdict| verdict.why).unwrap_or_default();
        listed.push(Listed { member: row.member.into(), by, step, at, doubt, why });
    }
    Ok(listed)
}

/// How many are at which stage.
pub fn stages(read: &Read<'_>) -> Result<Vec<(String, u32)>, Fail> {
    Ok(read.all("SELECT step, COUNT(*) FROM referral GROUP BY step", Vec::new(), |row| Ok((row.text()?, row.of()?)))?)
}

/// Puts a member's referral into the index.
pub fn enter(write: &Write<'_>, row: &Row, rules: Option<&Referral>, now: Timestamp) -> Result<(), Fail> {
    let Some(brought) = &row.member.play.brought else {
        write.run("DELETE FROM referral WHERE member = ?", vec![text(&row.member.id)])?;
        return Ok(());
    };
    let stage = rules.map(|rules| brought.step(rules, now));
    let due = match stage {
        Some(Stage::Held { until }) => int(until.0),
        Some(Stage::Due) => int(now.0),
        _ => Value::Null,
    };
    write.run(
        "INSERT INTO referral (member, referrer, at, step, due) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET referrer = excluded.referrer, step = excluded.step, due = excluded.due",
        vec![
            text(&row.member.id),
            text(&brought.by),
            int(brought.at.0),
            text(stage.map_or("waits", Stage::as_str)),
            due,
        ],
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
    now: Timestamp,
) -> Result<Option<referral::Doubt>, Fail> {
    let same = "SELECT EXISTS (SELECT 1 FROM came AS a JOIN came AS b ON a.day = b.day AND a.address = b.address
                WHERE a.member = ? AND b.member = ?)";
    let same_address = read.number(same, vec![text(&row.member.id), text(&by.member.id)])? == 1;
    let recent = read.number(
        "SELECT COUNT(*) FROM referral WHERE referrer = ? AND at > ? AND member <> ?",
        vec![text(&by.member.id), int(now.0 - NEW_MS), text(&row.member.id)],
    )?;
    let brought_by = |member: &str| -> Result<Option<String>, Fail> {
        Ok(row::load(read, member)?.and_then(|row| row.member.play.brought).map(|brought| brought.by))
    };
    let evidence = Evidence {
        same_address,
        emails: (&row.member.profile.email, &by.member.profile.email),
        circle: circle(&row.member.id, &by.member.id, brought_by)?,
        recent: u32::try_from(recent).unwrap_or(u32::MAX),
    };
    Ok(doubt(rules, &evidence))
}
