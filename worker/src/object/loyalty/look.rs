//! A member as they may see themselves: what they have, what they can do next, and what is in the way of the rest.

use std::rc::Rc;

use rapport_core::limits::TALKS;
use rapport_core::loyalty::action::Facts;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Proof;
use rapport_core::loyalty::play::Play;
use rapport_core::loyalty::profile::Profile;
use rapport_core::loyalty::standing;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, int, text};
use super::super::transaction::{Write, transaction};
use super::super::{Object, play, talk};
use super::act::{self, Context};
use super::member::{own, soon};
use super::row::Row;
use super::{entries, proof, stock};
use crate::command::loyalty::Stock;
use crate::command::member::{Look, Offered};
use crate::json;
use crate::problem::Fail;

/// Lines among which redemptions are looked for, and lines about them that are told.
const LATELY: u32 = 500;
const OWN: u32 = 40;
/// Lines among which answers are looked for.
const ANSWERED: u32 = 100;

/// 1. Who it is. Most looks change nothing; the first of a day, or of a device that has to be merged, may.
/// 2. How they stand, as far as whoever asks may know.
/// 3. What they can do.
pub async fn look(
    object: &Rc<Object>,
    proof: &Proof,
    (address, mine): (&str, &[String]),
    (before, limit): (Option<u32>, u32),
    now: Timestamp,
) -> Result<Option<Look>, Fail> {
    let context = Context::load(object)?;
    // 1.
    let merges = !proof.token.is_empty() && !proof.secret.is_empty();
    let mut found = if merges { None } else { proof::found(&object.read(), proof, now)? };
    let new = match &found {
        Some((row, _)) => play::invite::is_new(&object.read(), &context, row, address, now)?,
        None => merges,
    };
    if new {
        let work = |write: &Write<'_>| {
            act::ready(write)?;
            let mut found = proof::resolve(write, &context, proof, now)?;
            if let Some((row, _)) = &mut found {
                play::invite::welcome(write, &context, row, address, now)?;
            }
            Ok::<_, Fail>(found)
        };
        found = transaction(&object.storage, work)?;
        soon(object, now).await?;
    }
    let (read, Some((row, signed))) = (object.read(), found) else { return Ok(None) };
    // 2.
    let mut shown = act::shown(&context.program, &row, now);
    shown.member.devices.clear();
    shown.member.phrase.clear();
    shown.member.note.clear();
    let whole = own(&row, signed).is_ok();
    if !whole {
        shown.member.profile = Profile::default();
        shown.member.external.clear();
        shown.member.code.clear();
        shown.member.play = Play::default();
    }
    let history = whole.then(|| entries::history(&read, &row, before, limit)).transpose()?;
    // 3.
    let facts = act::of_member(&context, &row, true);
    let rules = context.program.rules.iter();
    Ok(Some(Look {
        shown,
        signed,
        history,
        own: if whole { lately(&read, &row)? } else { Vec::new() },
        chances: rules.map(|rule| standing::chance(&context.program, rule, &row.account, &facts, now)).collect(),
        offers: offers(&read, &context, &row, &facts, now)?,
        draws: play::draw::offers(&read, &context, whole.then_some(&row))?,
        talks: talk::about(&read, if whole { answered(&read, &row)? } else { Vec::new() }, mine)?,
        invite: if whole { play::invite::told(&read, &context, &row)? } else { None },
    }))
}

/// Whether the member could have each reward if the owner's server vouched for them, and how many are left.
fn offers(read: &Read<'_>, context: &Context, row: &Row, facts: &Facts, now: Timestamp) -> Result<Vec<Offered>, Fail> {
    let (program, stocks) = (&*context.program, stock::all(read)?);
    let none = Stock::default();
    let of = |name: &Name| stocks.iter().find(|stock| stock.reward == name.as_str()).unwrap_or(&none);
    let left: Vec<_> = program.rewards.iter().map(|reward| stock::left(reward, of(&reward.name))).collect();
    let known = |name: &Name| {
        let place = program.rewards.iter().position(|reward| reward.name == *name);
        let left = place.and_then(|place| left.get(place).copied()).flatten();
        // Which code it would be is nobody's business yet.
        Facts { left, code: Some(String::new()), ..facts.clone() }
    };
    let offers = standing::offers(program, &row.account, known, now);
    let offered = |(left, offer): (&Option<u32>, Result<(), Denied>)| Offered { left: *left, denied: offer.err() };
    Ok(left.iter().zip(offers).map(offered).collect())
}

/// Responses for which the member got points lately: they are theirs on every device.
fn answered(read: &Read<'_>, row: &Row) -> Result<Vec<String>, Fail> {
    let query = "SELECT json_extract(body, '$.note') FROM entry WHERE member = ? AND seq > ?
         AND json_extract(body, '$.kind') = 'earn' AND length(json_extract(body, '$.note')) = 36 ORDER BY seq DESC LIMIT ?";
    let since = row.account.seq.saturating_sub(ANSWERED);
    let bounds = vec![text(&row.member.id), int(since), int(TALKS as u32)];
    Ok(read.all(query, bounds, |row| row.text())?)
}

/// What was redeemed lately: codes are looked for long after they were given out.
fn lately(read: &Read<'_>, row: &Row) -> Result<Vec<Entry>, Fail> {
    let mut lines = read.all(
        "SELECT body FROM entry WHERE member = ? AND seq > ? AND json_extract(body, '$.kind') IN ('hold', 'capture', 'void')
         ORDER BY seq DESC LIMIT ?",
        vec![text(&row.member.id), int(row.account.seq.saturating_sub(LATELY)), int(OWN)],
        |row| row.text(),
    )?;
    lines.reverse();
    lines.iter().map(|body| json::read(body)).collect()
}
