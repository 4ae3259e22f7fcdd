//! Who has won, and which prizes the owner has handed over. A tick stands with its draw, in `p/{site}`: so it outlasts a member who
//! goes.

use rapport_core::loyalty::program::Wins;
use rapport_core::time::Timestamp;

use super::draw::{Given, Opened, load, save};
use super::holder;
use crate::command::loyalty::Handed;
use crate::command::play::{WINNERS, Winner};
use crate::object::sql::{Read, int, text};
use crate::object::transaction::Write;
use crate::problem::Fail;

/// Who has won behind ticket `after`, by ticket; all of them, or those whose prize is still to be handed over.
pub fn list(read: &Read<'_>, name: &str, after: u32, to_hand_over: bool) -> Result<Vec<Winner>, Fail> {
    let Some(opened) = load(read, name)? else { return Ok(Vec::new()) };
    let by_hand = opened.by_hand();
    let numbers = if to_hand_over { opened.handed.iter().map(|given| given.number).collect() } else { Vec::new() };
    let won = read.all(
        "SELECT number, member, prize FROM ticket WHERE draw = ?1 AND prize <> '' AND number > ?2
            AND (?3 = 0 OR prize IN (SELECT value FROM json_each(?4)))
            AND number NOT IN (SELECT value FROM json_each(?5)) ORDER BY number LIMIT ?6",
        vec![
            text(name),
            int(after),
            int(i64::from(to_hand_over)),
            text(serde_json::to_string(&by_hand)?),
            text(serde_json::to_string(&numbers)?),
            int(i64::try_from(WINNERS).unwrap_or(i64::MAX)),
        ],
        |row| Ok((row.of()?, row.text()?, row.text()?)),
    )?;
    let winner = |(number, member, prize): (u32, String, String)| {
        let given = opened.handed.iter().find(|given| given.number == number);
        Ok(Winner {
            number,
            to_hand_over: given.is_none() && by_hand.contains(&prize.as_str()),
            handed: given.map(|given| Handed { at: given.at, by: given.by.clone() }),
            prize,
            member: holder(read, &member)?.map(|row| row.member.into()),
        })
    };
    won.into_iter().map(winner).collect()
}

/// Ticks a prize off, or takes that back. False where the ticket won nothing that the owner hands over.
pub fn hand(
    write: &Write<'_>,
    name: &str,
    (number, done): (u32, bool),
    by: String,
    now: Timestamp,
) -> Result<bool, Fail> {
    let Some(mut opened) = load(&write.read(), name)? else { return Ok(false) };
    let query = "SELECT prize FROM ticket WHERE draw = ? AND number = ?";
    let prize = write.read().first(query, vec![text(name), int(number)], |row| row.text())?;
    if !prize.is_some_and(|prize| opened.by_hand().contains(&prize.as_str())) {
        return Ok(false);
    }
    let known = opened.handed.iter().any(|given| given.number == number);
    if known != done {
        opened.handed.retain(|given| given.number != number);
        if done {
            opened.handed.push(Given { number, at: now, by });
        }
        save(write, &opened, now)?;
    }
    Ok(true)
}

impl Opened {
    /// Prizes that are neither points nor a reward of the programme.
    fn by_hand(&self) -> Vec<&str> {
        let by_hand = self.draw.prizes.iter().filter(|prize| matches!(prize.wins, Wins::ByHand));
        by_hand.map(|prize| prize.name.as_str()).collect()
    }

    /// How many of them were won and not ticked off.
    pub fn to_hand_over(&self, read: &Read<'_>) -> Result<u32, Fail> {
        let won = read.number(
            "SELECT SUM(n) FROM gone WHERE draw = ? AND prize IN (SELECT value FROM json_each(?))",
            vec![text(&self.draw.name), text(serde_json::to_string(&self.by_hand())?)],
        )?;
        Ok(u32::try_from(won).unwrap_or(0).saturating_sub(u32::try_from(self.handed.len()).unwrap_or(u32::MAX)))
    }
}
