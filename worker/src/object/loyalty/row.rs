//! Members as rows: who they are, their account as it stands, and by what they are found.

use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::program::Program;
use rapport_core::time::Timestamp;

use super::super::outbox::{self, Kind};
use super::super::play;
use super::super::sql::{Read, int, text};
use super::super::transaction::Write;
use super::{birthday, patience, people};
use crate::json;
use crate::problem::Fail;

/// A member and their account.
#[derive(Clone, Debug)]
pub struct Row {
    pub member: Member,
    pub account: Account,
    /// Where they stand in the agenda.
    pub due: Option<Timestamp>,
}

/// The member with this id.
pub fn load(read: &Read<'_>, id: &str) -> Result<Option<Row>, Fail> {
    let found = read.first("SELECT body, account, due FROM member WHERE id = ?", vec![text(id)], |row| {
        Ok((row.text()?, row.text()?, row.maybe_int()?))
    })?;
    let Some((body, account, due)) = found else { return Ok(None) };
    Ok(Some(Row { member: json::read(&body)?, account: json::read(&account)?, due: due.map(Timestamp) }))
}

/// The id of the member whom `alias` names.
pub fn find(read: &Read<'_>, alias: &str) -> Result<Option<String>, Fail> {
    Ok(read.first("SELECT member FROM alias WHERE key = ?", vec![text(alias)], |row| row.text())?)
}

/// A new member, with an empty account.
pub fn create(write: &Write<'_>, member: Member, now: Timestamp) -> Result<Row, Fail> {
    let row = Row { member, account: Account::default(), due: None };
    write.run(
        "INSERT INTO member (id, body, account, balance) VALUES (?, ?, ?, 0)",
        vec![
            text(&row.member.id),
            text(serde_json::to_string(&row.member)?),
            text(serde_json::to_string(&row.account)?),
        ],
    )?;
    name(write, &row.member, &[])?;
    people::keep(write, &row)?;
    outbox::wait(write, Kind::Member, &row.member.id, patience(write, now)?, now)?;
    Ok(row)
}

/// Keeps what has changed of who a member is. Aliases that are no longer theirs are dropped, new ones entered.
pub fn save_member(write: &Write<'_>, member: &mut Member, now: Timestamp) -> Result<(), Fail> {
    let before = write
        .read()
        .first("SELECT body FROM member WHERE id = ?", vec![text(&member.id)], |row| row.text())?
        .ok_or_else(|| Fail::Broken(format!("there is no member {}", member.id)))?;
    let before: Member = json::read(&before)?;
    member.revision = before.revision.saturating_add(1);
    write
        .run("UPDATE member SET body = ? WHERE id = ?", vec![text(serde_json::to_string(member)?), text(&member.id)])?;
    name(write, member, &before.aliases())?;
    if (before.profile.board || member.profile.board)
        && let Some(row) = load(&write.read(), &member.id)?
    {
        play::board::follow(write, member, row.account.earned)?;
    }
    people::rename(write, member, &before)?;
    if before.profile.birthday != member.profile.birthday
        && let Some(row) = load(&write.read(), &member.id)?
        && row.due.is_none_or(|due| due > now)
    {
        // The alarm finds out when the next birthday is.
        plan(write, &member.id, row.due, Some(now))?;
        write.run("UPDATE member SET due = ? WHERE id = ?", vec![int(now.0), text(&member.id)])?;
    }
    outbox::wait(write, Kind::Member, &member.id, patience(write, now)?, now)
}

/// Brings the aliases in line with what they were before.
pub fn name(write: &Write<'_>, member: &Member, before: &[String]) -> Result<(), Fail> {
    let aliases = member.aliases();
    for gone in before.iter().filter(|key| !aliases.contains(key)) {
        write.run("DELETE FROM alias WHERE key = ? AND member = ?", vec![text(gone), text(&member.id)])?;
    }
    for new in aliases.iter().filter(|key| !before.contains(key)) {
        write.run(
            "INSERT INTO alias (key, member) VALUES (?, ?) ON CONFLICT DO UPDATE SET member = excluded.member",
            vec![text(new), text(&member.id)],
        )?;
    }
    Ok(())
}

/// Keeps the account, and when time will change it. The agenda's row is moved only to an earlier moment: a later one is found
/// out when the earlier has come.
pub fn save_account(write: &Write<'_>, row: &mut Row, program: Option<&Program>, now: Timestamp) -> Result<(), Fail> {
    let wanted = program.and_then(|program| next(program, row, now));
    let id = &row.member.id;
    if let Some(at) = wanted.filter(|at| row.due.is_none_or(|known| *at < known)) {
        plan(write, id, row.due, Some(at))?;
        row.due = Some(at);
    }
    write.run(
        "UPDATE member SET account = ?, balance = ?, due = ? WHERE id = ?",
        vec![
            text(serde_json::to_string(&row.account)?),
            int(row.account.balance),
            row.due.map_or(worker::SqlStorageValue::Null, |at| int(at.0)),
            text(id),
        ],
    )?;
    if row.member.profile.board {
        play::board::follow(write, &row.member, row.account.earned)?;
    }
    people::keep(write, row)
}

/// Moves a member in the agenda.
pub fn plan(write: &Write<'_>, id: &str, from: Option<Timestamp>, to: Option<Timestamp>) -> Result<(), Fail> {
    if let Some(from) = from {
        write.run("DELETE FROM agenda WHERE at = ? AND member = ?", vec![int(from.0), text(id)])?;
    }
    if let Some(to) = to {
        write.run("INSERT INTO agenda (at, member) VALUES (?, ?) ON CONFLICT DO NOTHING", vec![int(to.0), text(id)])?;
    }
    Ok(())
}

/// When time will next change this member's account.
pub fn next(program: &Program, row: &Row, now: Timestamp) -> Option<Timestamp> {
    let birthday = birthday::next(program, row, now);
    [row.account.due(program), birthday].into_iter().flatten().min()
}
