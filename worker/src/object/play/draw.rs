//! Draws. A seed is made when a draw is published, so that its hash is told before anybody takes part; its terms hold from the
//! first ticket on, whatever is published later.

use rapport_core::loyalty::draw::{self, Mine, Offer, Public, Seed, State};
use rapport_core::loyalty::program::{Draw, How, Prize, Program};
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::loyalty::act::Context;
use super::super::loyalty::kept;
use super::super::loyalty::row::Row;
use crate::clock::random;
use crate::command::play::{Summary, Told};
use crate::json;
use crate::object::sql::{Read, text};
use crate::object::transaction::Write;
use crate::problem::Fail;

/// A draw as it was opened: what is kept of it, here and in KV.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// 64 hex digits.
    seed: String,
    pub draw: Draw,
    pub at: Timestamp,
    /// It was taken out of the programme.
    #[serde(default)]
    pub ended: bool,
    /// Everybody has what they won at its end.
    #[serde(default)]
    pub settled: bool,
    /// Tickets of members who were erased since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orphans: Vec<Orphan>,
    /// Prizes that the owner has ticked off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<Given>,
}

/// A prize that was handed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Given {
    /// The ticket.
    pub number: u32,
    pub at: Timestamp,
    pub by: String,
}

/// A ticket that is nobody's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Orphan {
    pub number: u32,
    pub name: String,
    /// Empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prize: String,
}

/// What the names begin with under which draws are kept.
const DRAW: &str = "draw";

/// Whether this is a draw that was opened, as it is kept.
pub fn is_opened(body: &str) -> bool {
    json::read::<Opened>(body).is_ok_and(|opened| opened.seed().is_ok())
}

/// Makes seeds for the draws of a programme that has just been published, and ends those that are no longer in it.
pub fn publish(write: &Write<'_>, program: &Program, now: Timestamp) -> Result<(), Fail> {
    for draw in &program.draws {
        match load(&write.read(), draw.name.as_str())? {
            None => {
                let seed = draw::revealed(&random::<32>()?);
                let (orphans, handed) = (Vec::new(), Vec::new());
                let draw = draw.clone();
                save(write, &Opened { seed, draw, at: now, ended: false, settled: false, orphans, handed }, now)?;
            }
            Some(mut opened) => {
                // Whoever has a ticket has it under the terms that they saw.
                let begun = count(&write.read(), draw.name.as_str())? > 0;
                if !begun && opened.draw != *draw && !opened.ended {
                    opened.draw = draw.clone();
                    save(write, &opened, now)?;
                }
            }
        }
    }
    for mut opened in every(&write.read())? {
        if !opened.ended && !program.draws.iter().any(|draw| draw.name == opened.draw.name) {
            opened.ended = true;
            save(write, &opened, now)?;
        }
    }
    Ok(())
}

/// A draw as anybody may see it.
pub fn told(read: &Read<'_>, name: &str, now: Timestamp) -> Result<Option<Told>, Fail> {
    let Some(opened) = load(read, name)? else { return Ok(None) };
    let tickets =
        read.all("SELECT name, prize FROM ticket WHERE draw = ? ORDER BY number", vec![text(name)], |row| {
            Ok((row.text()?, row.text()?))
        })?;
    let place = |prize: &str| opened.draw.prizes.iter().position(|known| known.name.as_str() == prize);
    let won = (1..).zip(&tickets).filter_map(|(number, (_, prize))| Some((number, place(prize)?))).collect();
    let names = tickets.into_iter().map(|(name, _)| name).collect();
    let over = opened.state(read, now)? == State::Over;
    let seed = opened.seed()?;
    Ok(Some(Told { public: Public::new(opened.draw, &seed, names, won, over), over }))
}

/// All draws that there ever were, newest first.
pub fn all(read: &Read<'_>, now: Timestamp) -> Result<Vec<Summary>, Fail> {
    let mut all = every(read)?;
    all.sort_by_key(|opened| core::cmp::Reverse(opened.at));
    let summary = |opened: Opened| {
        let name = opened.draw.name.as_str();
        let won = read.number("SELECT SUM(n) FROM gone WHERE draw = ?", vec![text(name)])?;
        let (over, seed) = (opened.state(read, now)? == State::Over, opened.seed()?);
        Ok(Summary {
            tickets: count(read, name)?,
            won: u32::try_from(won).unwrap_or(u32::MAX),
            left: opened.left(read)?,
            over,
            ended: opened.ended,
            commitment: draw::commitment(&seed),
            seed: over.then(|| draw::revealed(&seed)),
            to_hand_over: opened.to_hand_over(read)?,
            draw: opened.draw,
        })
    };
    all.into_iter().map(summary).collect()
}

/// How many prizes are left of a draw that is not over.
pub fn under_way(read: &Read<'_>, name: &str, now: Timestamp) -> Result<Option<u32>, Fail> {
    let Some(opened) = load(read, name)? else { return Ok(None) };
    let open = opened.state(read, now)? != State::Over;
    Ok(if open { Some(opened.left(read)?.iter().sum()) } else { None })
}

/// Ends a draw: the owner's word. True where it was still to end.
pub fn end(write: &Write<'_>, name: &str, now: Timestamp) -> Result<bool, Fail> {
    let Some(mut opened) = load(&write.read(), name)? else { return Ok(false) };
    if opened.state(&write.read(), now)? == State::Over {
        return Ok(false);
    }
    opened.ended = true;
    save(write, &opened, now)?;
    Ok(true)
}

/// What a member can take part in, and what their tickets have become; or what a stranger could. Draws that are over are told
/// of to who has tickets.
pub fn offers(read: &Read<'_>, context: &Context, row: Option<&Row>) -> Result<Vec<Offer>, Fail> {
    let row = row.filter(|row| !row.account.tickets.is_empty());
    if context.program.draws.is_empty() && row.is_none() {
        return Ok(Vec::new());
    }
    let mine = match row {
        Some(row) => read.all(
            "SELECT draw, number, prize FROM ticket WHERE member = ? ORDER BY draw, number",
            vec![text(&row.member.id)],
            |row| Ok((row.text()?, row.of::<u32>()?, row.text()?)),
        )?,
        None => Vec::new(),
    };
    let mut offers = Vec::new();
    for opened in every(read)? {
        let name = opened.draw.name.as_str();
        let own = mine.iter().filter(|(draw, ..)| draw == name);
        let mine: Vec<Mine> =
            own.map(|(_, number, prize)| Mine { number: *number, prize: Name::of(prize.as_str()) }).collect();
        if opened.ended && mine.is_empty() {
            continue;
        }
        let commitment = draw::commitment(&opened.seed()?);
        let (left, tickets) = (opened.left(read)?, count(read, name)?);
        offers.push(Offer { ended: opened.ended, draw: opened.draw, commitment, left, tickets, mine });
    }
    Ok(offers)
}

/// Notes that one more of a prize is gone.
pub fn give(write: &Write<'_>, draw: &str, prize: &str) -> Result<(), Fail> {
    write.run(
        "INSERT INTO gone (draw, prize, n) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        vec![text(draw), text(prize)],
    )?;
    Ok(())
}

/// When the next draw ends whose prizes are still to be given out.
pub fn next(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    let open = every(read)?.into_iter().filter(|opened| !opened.settled && opened.draw.how == How::AtTheEnd);
    Ok(open.filter_map(|opened| if opened.ended { Some(opened.at) } else { draw::ends(&opened.draw) }).min())
}

impl Opened {
    /// What decides.
    pub fn seed(&self) -> Result<Seed, Fail> {
        draw::parse(&self.seed).ok_or_else(|| Fail::Broken(format!("draw {} has no seed", self.draw.name)))
    }

    /// Of each prize, how many are left.
    pub fn left(&self, read: &Read<'_>) -> Result<Vec<u32>, Fail> {
        let name = self.draw.name.as_str();
        let taken = read.all("SELECT prize, n FROM gone WHERE draw = ?", vec![text(name)], |row| {
            Ok((row.text()?, row.of::<u32>()?))
        })?;
        let of = |prize: &Prize| taken.iter().find(|(name, _)| *name == prize.name.as_str()).map_or(0, |(_, n)| *n);
        Ok(self.draw.prizes.iter().map(|prize| prize.stock.saturating_sub(of(prize))).collect())
    }

    /// Where it stands.
    pub fn state(&self, read: &Read<'_>, now: Timestamp) -> Result<State, Fail> {
        Ok(if self.ended { State::Over } else { draw::state(&self.draw, self.left(read)?.iter().sum(), now) })
    }
}

/// One draw.
pub fn load(read: &Read<'_>, name: &str) -> Result<Option<Opened>, Fail> {
    kept::get(read, &format!("{DRAW}/{name}"))?.as_deref().map(json::read).transpose()
}

/// All of them.
pub fn every(read: &Read<'_>) -> Result<Vec<Opened>, Fail> {
    let query = "SELECT body FROM kept WHERE name >= ?1 || '/' AND name < ?1 || '0'";
    let bodies = read.all(query, vec![text(DRAW)], |row| row.text())?;
    bodies.iter().map(|body| json::read(body)).collect()
}

/// Keeps a draw, here and in KV.
pub fn save(write: &Write<'_>, opened: &Opened, now: Timestamp) -> Result<(), Fail> {
    let body = serde_json::to_string(opened)?;
    kept::put(write, &format!("{DRAW}/{}", opened.draw.name), &body, now)
}

/// Tickets so far.
pub fn count(read: &Read<'_>, name: &str) -> Result<u32, Fail> {
    let n = read.number("SELECT MAX(number) FROM ticket WHERE draw = ?", vec![text(name)])?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}
