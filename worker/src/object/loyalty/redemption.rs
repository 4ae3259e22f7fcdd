//! Redemptions, for whoever hands rewards out.

use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::member::Member;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, Row, int, text};
use super::super::transaction::Write;
use super::erase;
use crate::command::loyalty::{PAGE, Redemption, Redemptions, State, Wanted};
use crate::json;
use crate::problem::Fail;

const HOLD_MS: i64 = rapport_core::limits::HOLD_DAYS * 24 * 60 * 60 * 1_000;

impl State {
    const fn number(self) -> i64 {
        match self {
            Self::Held => 0,
            Self::Captured => 1,
            Self::Voided => 2,
        }
    }

    const fn of(number: i64) -> Self {
        match number {
            0 => Self::Held,
            1 => Self::Captured,
            _ => Self::Voided,
        }
    }
}

/// What an entry makes of redemptions, given the account before it.
pub fn follow(write: &Write<'_>, member: &str, account: &Account, entry: &Entry) -> Result<(), Fail> {
    let state = match entry.kind {
        Kind::Hold => {
            write.run(
                "INSERT INTO redemption (state, at, id, member, reward, points, code, why) VALUES (0, ?, ?, ?, ?, ?, '', '')
                 ON CONFLICT DO NOTHING",
                vec![
                    int(entry.at.0),
                    text(&entry.id),
                    text(member),
                    text(&entry.reference),
                    int(entry.delta.saturating_neg()),
                ],
            )?;
            return Ok(());
        }
        Kind::Capture => State::Captured,
        Kind::Void => State::Voided,
        _ => return Ok(()),
    };
    let Some(hold) = account.holds.iter().find(|hold| hold.id == entry.reference) else { return Ok(()) };
    let (code, why) = if state == State::Captured { (entry.note.as_str(), "") } else { ("", entry.note.as_str()) };
    write.run(
        "UPDATE redemption SET state = ?, code = ?, settled = ?, why = ? WHERE state = 0 AND at = ? AND id = ?",
        vec![int(state.number()), text(code), int(entry.at.0), text(why), int(hold.at.0), text(&hold.id)],
    )?;
    Ok(())
}

/// Redemptions, newest first.
pub fn list(read: &Read<'_>, wanted: &Wanted) -> Result<Redemptions, Fail> {
    let limit = wanted.limit.clamp(1, PAGE);
    let (at, id) = wanted.before.clone().map_or((i64::MAX >> 11, String::new()), |(at, id)| (at.0, id));
    let reward = wanted.reward.as_ref().map_or("", |reward| reward.as_str());
    let members = match wanted.member.as_deref().map(str::trim).filter(|member| !member.is_empty()) {
        Some(member) => Some(erase::named(read, member)?),
        None => None,
    };
    if members.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Redemptions::default());
    }
    let members = serde_json::to_string(&members)?;
    let one = wanted.id.as_deref().unwrap_or_default();
    let mut items = Vec::new();
    for state in [State::Held, State::Captured, State::Voided] {
        if wanted.state.is_some_and(|wanted| wanted != state) {
            continue;
        }
        items.extend(read.all(
            "SELECT state, at, r.id, member, reward, points, code, settled, why, m.body FROM redemption r
             LEFT JOIN member m ON m.id = r.member
             WHERE state = ?1 AND (at, r.id) < (?2, ?3) AND (?4 = '' OR reward = ?4)
                AND (?5 = 'null' OR member IN (SELECT value FROM json_each(?5))) AND (?6 = '' OR r.id = ?6)
             ORDER BY at DESC, r.id DESC LIMIT ?7",
            vec![int(state.number()), int(at), text(&id), text(reward), text(&members), text(one), int(limit + 1)],
            read_row,
        )?);
    }
    items.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|last| (last.at, last.id.clone()));
    Ok(Redemptions { items, next })
}

fn read_row(row: &mut Row) -> worker::Result<Redemption> {
    let (state, at) = (State::of(row.int()?), Timestamp(row.int()?));
    Ok(Redemption {
        id: row.text()?,
        state,
        member: row.text()?,
        reward: row.text()?,
        at,
        points: row.int()?,
        code: row.text()?,
        until: (state == State::Held).then(|| at.plus_ms(HOLD_MS)),
        settled: row.maybe_int()?.map(Timestamp),
        why: row.text()?,
        who: row.maybe_text()?.map(|body| who(&body)).unwrap_or_default(),
    })
}

/// What the owner knows a member by.
fn who(body: &str) -> String {
    let Ok(member) = json::read::<Member>(body) else { return String::new() };
    let Member { external, profile, .. } = member;
    [external, profile.name, profile.email].into_iter().find(|known| !known.is_empty()).unwrap_or_default()
}

/// Forgets whose redemption it was.
pub fn forget(write: &Write<'_>, entry: &Entry) -> Result<(), Fail> {
    if entry.kind == Kind::Hold {
        for state in [State::Held, State::Captured, State::Voided] {
            write.run(
                "UPDATE redemption SET member = '' WHERE state = ? AND at = ? AND id = ?",
                vec![int(state.number()), int(entry.at.0), text(&entry.id)],
            )?;
        }
    }
    Ok(())
}
