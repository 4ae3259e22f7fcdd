//! Tickets: taking part, and what is won.

use std::rc::Rc;

use rapport_core::limits::DRAW_TICKETS;
use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::draw::{self, State};
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::program::How;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use worker::console_error;

use super::draw::{Opened, Orphan, count, every, give, load, save, told};
use super::holder;
use crate::command::loyalty::Outcome;
use crate::object::loyalty::act::{self, Context, Step};
use crate::object::loyalty::entries;
use crate::object::loyalty::row::Row;
use crate::object::sql::{int, text};
use crate::object::transaction::Write;
use crate::problem::Fail;

/// Prizes given out in one step.
const GIVEN: usize = 50;

/// Takes a ticket, and where the lot falls at once, what it wins.
///
/// 1. What was done under this id is done.
/// 2. The draw is open, and has a number left.
/// 3. The ticket, under the terms that the draw was opened with.
/// 4. Its lot.
pub fn take(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    (id, signed): (&str, bool),
    name: &Name,
    now: Timestamp,
) -> Result<Outcome, Fail> {
    let read = write.read();
    // 1.
    let known = entries::of_act(&read, id)?.is_some();
    // 2.
    let Some(opened) = load(&read, name.as_str())? else { return Ok(Outcome::Denied(Denied::Unknown)) };
    let number = count(&read, name.as_str())?.saturating_add(1);
    if !known {
        match opened.state(&read, now)? {
            State::Awaited(from) => return Ok(Outcome::Denied(Denied::NotYet { from })),
            State::Over => {
                let until = opened.draw.until.filter(|until| now.day() > *until);
                return Ok(Outcome::Denied(until.map_or(Denied::SoldOut, |until| Denied::Over { until })));
            }
            State::Open if number > DRAW_TICKETS => return Ok(Outcome::Denied(Denied::SoldOut)),
            State::Open => {}
        }
    }
    // 3.
    let context = opened.terms(context);
    let action = Action::Ticket { draw: name.clone(), number };
    let mut outcome = act::within(write, &context, row, Step { id, action: &action, signed }, now)?;
    let Outcome::Done(done) = &mut outcome else { return Ok(outcome) };
    if done.again {
        done.entries.extend(entries::of_act(&read, &prize_id(id))?.into_iter().flat_map(|(_, won)| won));
        return Ok(outcome);
    }
    let public = draw::name(id);
    let prize = match opened.draw.how {
        How::AtOnce => draw::at_once(&opened.seed()?, number, &public, &opened.draw.prizes),
        How::AtTheEnd => None,
    };
    let left = opened.left(&read)?;
    let prize = prize.filter(|place| left.get(*place).is_some_and(|left| *left > 0));
    let prize = prize.and_then(|place| opened.draw.prizes.get(place)).map(|prize| prize.name.clone());
    let won = prize.as_ref().map_or("", Name::as_str);
    write.run(
        "INSERT INTO ticket (draw, number, name, member, prize) VALUES (?, ?, ?, ?, ?)",
        vec![text(name), int(number), text(public), text(&row.member.id), text(won)],
    )?;
    // 4.
    if let Some(prize) = prize {
        give(write, name.as_str(), prize.as_str())?;
        let action = Action::Win { draw: name.clone(), prize };
        let step = Step { id: &prize_id(id), action: &action, signed: true };
        match act::within(write, &context, row, step, now)? {
            Outcome::Done(won) => {
                done.entries.extend(won.entries);
                done.shown = won.shown;
            }
            // The ticket has won all the same, and its page says so; the owner sees it in the list of winners.
            Outcome::Denied(denied) => console_error!("draw {name}, ticket {number}: {denied}"),
        }
    }
    Ok(outcome)
}

/// Gives out what was won at the end of a draw: some of it, so that no step is long. True where there is more.
pub fn settle(write: &Write<'_>, context: &Context, now: Timestamp) -> Result<bool, Fail> {
    let read = write.read();
    for mut opened in every(&read)? {
        if opened.settled || opened.state(&read, now)? != State::Over {
            continue;
        }
        let name = opened.draw.name.clone();
        let (terms, mut given) = (opened.terms(context), 0);
        if opened.draw.how == How::AtTheEnd {
            let told = told(&read, name.as_str(), now)?.map(|told| told.public.winners).unwrap_or_default();
            for (number, place) in told {
                let Some(prize) = opened.draw.prizes.get(place) else { continue };
                let member = read.first(
                    "SELECT member FROM ticket WHERE draw = ? AND number = ? AND prize = ''",
                    vec![text(&name), int(number)],
                    |row| row.text(),
                )?;
                let Some(member) = member else { continue };
                if given == GIVEN {
                    return Ok(true);
                }
                given += 1;
                write.run(
                    "UPDATE ticket SET prize = ? WHERE draw = ? AND number = ?",
                    vec![text(&prize.name), text(&name), int(number)],
                )?;
                give(write, name.as_str(), prize.name.as_str())?;
                // Whoever was erased or has left wins nothing; the lot stays as it fell.
                let Some(mut row) = holder(&read, &member)? else { continue };
                let action = Action::Win { draw: name.clone(), prize: prize.name.clone() };
                let step = Step { id: &end_id(&name, number), action: &action, signed: true };
                if let Outcome::Denied(denied) = act::within(write, &terms, &mut row, step, now)? {
                    console_error!("draw {name}, ticket {number}: {denied}");
                }
            }
        }
        opened.settled = true;
        save(write, &opened, now)?;
    }
    Ok(false)
}

/// A member is erased. Their tickets stay in the draws, of which each changes the lot of all others; nobody's they are now, and
/// kept with the draw, as no ledger tells of them any more.
pub fn forget(write: &Write<'_>, member: &str, now: Timestamp) -> Result<(), Fail> {
    let tickets = write.read().all(
        "SELECT draw, number, name, prize FROM ticket WHERE member = ?",
        vec![text(member)],
        |row| Ok((row.text()?, Orphan { number: row.of()?, name: row.text()?, prize: row.text()? })),
    )?;
    for mut opened in every(&write.read())? {
        let name = opened.draw.name.as_str();
        let before = opened.orphans.len();
        opened.orphans.extend(tickets.iter().filter(|(draw, _)| draw == name).map(|(_, orphan)| orphan.clone()));
        if opened.orphans.len() > before {
            save(write, &opened, now)?;
        }
    }
    write.run("UPDATE ticket SET member = '' WHERE member = ?", vec![text(member)])?;
    Ok(())
}

/// Drops all tickets before they come back from the ledgers, but for those of which no ledger tells.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    write.run("DELETE FROM ticket", Vec::new())?;
    write.run("DELETE FROM gone", Vec::new())?;
    for opened in every(&write.read())? {
        for Orphan { number, name, prize } in &opened.orphans {
            write.run(
                "INSERT INTO ticket (draw, number, name, member, prize) VALUES (?, ?, ?, '', ?)",
                vec![text(&opened.draw.name), int(*number), text(name), text(prize)],
            )?;
            if !prize.is_empty() {
                give(write, opened.draw.name.as_str(), prize)?;
            }
        }
    }
    Ok(())
}

/// Puts a ticket, or what it won, back from the ledger.
pub fn replay(write: &Write<'_>, member: &str, entry: &Entry) -> Result<(), Fail> {
    match entry.kind {
        Kind::Ticket => {
            let number: i64 = entry.note.parse().unwrap_or(0);
            write.run(
                "INSERT INTO ticket (draw, number, name, member, prize) VALUES (?, ?, ?, ?, '') ON CONFLICT DO NOTHING",
                vec![text(&entry.reference), int(number), text(draw::name(&entry.id)), text(member)],
            )?;
        }
        // A member's ticket lies before what it won in their ledger.
        Kind::Win => {
            let (draw, prize) = (text(&entry.reference), text(&entry.note));
            let rows = match entry.id.rsplit_once(':') {
                Some((_, number)) => write.run(
                    "UPDATE ticket SET prize = ? WHERE draw = ? AND number = ? AND prize = ''",
                    vec![prize, draw, int(number.parse::<i64>().unwrap_or(0))],
                )?,
                None => write.run(
                    "UPDATE ticket SET prize = ? WHERE draw = ? AND member = ? AND name = ? AND prize = ''",
                    vec![prize, draw, text(member), text(draw::name(entry.id.trim_end_matches(".w")))],
                )?,
            };
            if rows > 0 {
                give(write, &entry.reference, &entry.note)?;
            }
        }
        _ => {}
    }
    Ok(())
}

impl Opened {
    /// The programme with this draw as it was opened.
    fn terms(&self, context: &Context) -> Context {
        let mut program = (*context.program).clone();
        program.draws.retain(|draw| draw.name != self.draw.name);
        program.draws.push(self.draw.clone());
        Context { program: Rc::new(program), ..context.clone() }
    }
}

fn prize_id(ticket: &str) -> String {
    format!("{ticket}.w")
}

fn end_id(draw: &Name, number: u32) -> String {
    format!("w:{draw}:{number}")
}
