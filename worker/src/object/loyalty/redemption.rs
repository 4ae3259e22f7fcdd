//! Redemptions, for whoever hands rewards out.

use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::member::Member;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, Row, int, text};
use super::super::transaction::Write;
use super::{erase, handed};
use crate::command::loyalty::{Handed, PAGE, Redemption, Redemptions, State, Wanted};
use crate::json;
use crate::problem::Fail;

const HOLD_MS: i64 = rapport_core::limits::HOLD_DAYS * 24 * 60 * 60 * 1_000;

/// The state of what was told at once, has no code, and was not ticked off: the owner may have to hand something over.
const OPEN: i64 = 3;

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
            1 | OPEN => Self::Captured,
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
    let number = match (state, handed::of(&write.read(), &hold.id)?) {
        (State::Captured, Some(mark)) if !mark.done => OPEN,
        // Told at once, and no code: what the owner hands out by hand is handed over with that.
        (State::Captured, None) if entry.id == hold.id && entry.note.is_empty() => OPEN,
        (state, _) => state.number(),
    };
    let (code, why) = if state == State::Captured { (entry.note.as_str(), "") } else { ("", entry.note.as_str()) };
    write.run(
        "UPDATE redemption SET state = ?, code = ?, settled = ?, why = ? WHERE state = 0 AND at = ? AND id = ?",
        vec![int(number), text(code), int(entry.at.0), text(why), int(hold.at.0), text(&hold.id)],
    )?;
    Ok(())
}

/// Moves a redemption that was handed out among those that are ticked off, or back; false where it was not handed out.
pub fn tick(write: &Write<'_>, hold: &Entry, done: bool) -> Result<bool, Fail> {
    let state = if done { State::Captured.number() } else { OPEN };
    let rows = write.run(
        "UPDATE redemption SET state = ? WHERE state IN (1, 3) AND at = ? AND id = ?",
        vec![int(state), int(hold.at.0), text(&hold.id)],
    )?;
    Ok(rows > 0)
}

/// Redemptions, newest first. Behind `links` nothing is to be handed over.
pub fn list(read: &Read<'_>, wanted: &Wanted, links: &[&str]) -> Result<Redemptions, Fail> {
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
    let not = if wanted.to_hand_over { serde_json::to_string(links)? } else { "[]".to_owned() };
    let numbers: &[i64] = match wanted.state {
        _ if wanted.to_hand_over => &[0, OPEN],
        None => &[0, 1, 2, OPEN],
        Some(State::Held) => &[0],
        Some(State::Captured) => &[1, OPEN],
        Some(State::Voided) => &[2],
    };
    let mut items = Vec::new();
    for number in numbers {
        items.extend(read.all(
            "SELECT state, r.at, r.id, member, reward, points, code, settled, why, m.body, h.done, h.at, h.who
             FROM redemption r LEFT JOIN member m ON m.id = r.member LEFT JOIN handed h ON h.id = r.id
             WHERE state = ?1 AND (r.at, r.id) < (?2, ?3) AND (?4 = '' OR reward = ?4)
                AND (?5 = 'null' OR member IN (SELECT value FROM json_each(?5))) AND (?6 = '' OR r.id = ?6)
                AND (state = 0 OR reward NOT IN (SELECT value FROM json_each(?8)))
             ORDER BY r.at DESC, r.id DESC LIMIT ?7",
            vec![int(*number), int(at), text(&id), text(reward), text(&members), text(one), int(limit + 1), text(&not)],
            |row| read_row(row, links),
        )?);
    }
    items.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|last| (last.at, last.id.clone()));
    Ok(Redemptions { items, next })
}

fn read_row(row: &mut Row, links: &[&str]) -> worker::Result<Redemption> {
    let (number, at) = (row.int()?, Timestamp(row.int()?));
    let state = State::of(number);
    let (id, member, reward) = (row.text()?, row.text()?, row.text()?);
    Ok(Redemption {
        id,
        state,
        member,
        at,
        points: row.int()?,
        code: row.text()?,
        until: (state == State::Held).then(|| at.plus_ms(HOLD_MS)),
        settled: row.maybe_int()?.map(Timestamp),
        why: row.text()?,
        who: row.maybe_text()?.map(|body| who(&body)).unwrap_or_default(),
        to_hand_over: number == 0 || (number == OPEN && !links.contains(&reward.as_str())),
        reward,
        handed: match (row.maybe_int()?, row.maybe_int()?, row.maybe_text()?) {
            (Some(1), Some(at), Some(by)) => Some(Handed { at: Timestamp(at), by }),
            _ => None,
        },
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
        write.run(
            "UPDATE redemption SET member = '' WHERE state IN (0, 1, 2, 3) AND at = ? AND id = ?",
            vec![int(entry.at.0), text(&entry.id)],
        )?;
        handed::forget(write, &entry.id)?;
    }
    Ok(())
}
