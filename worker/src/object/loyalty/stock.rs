//! How much of each reward is gone, and the codes that some of them give out.

use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::action::Facts;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::program::{Program, Reward};
use rapport_core::name::Name;

use super::super::sql::{Read, Row, int, text};
use super::super::transaction::Write;
use crate::command::loyalty::Stock;
use crate::problem::Fail;

/// What is left of a reward, and its next free code.
pub fn facts(read: &Read<'_>, program: &Program, name: &Name, facts: &mut Facts) -> Result<(), Fail> {
    let Some(reward) = program.rewards.iter().find(|reward| reward.name == *name) else { return Ok(()) };
    facts.left = left(reward, &of(read, name.as_str())?);
    if reward.has_pool() && facts.left != Some(0) {
        facts.code = free(read, name.as_str())?;
    }
    Ok(())
}

/// What is left of a reward; nothing where there is no end.
pub fn left(reward: &Reward, stock: &Stock) -> Option<u32> {
    let free = reward.has_pool().then(|| stock.codes.saturating_sub(stock.given));
    let rest = reward.stock.map(|most| most.saturating_sub(stock.taken));
    [free, rest].into_iter().flatten().min()
}

/// The next code that nobody has.
pub fn free(read: &Read<'_>, reward: &str) -> Result<Option<String>, Fail> {
    Ok(read.first(
        "SELECT code FROM code WHERE reward = ?1 AND code > IFNULL((SELECT behind FROM stock WHERE reward = ?1), '')
         AND act IS NULL ORDER BY code LIMIT 1",
        vec![text(reward)],
        |row| row.text(),
    )?)
}

/// How a reward stands.
pub fn of(read: &Read<'_>, reward: &str) -> Result<Stock, Fail> {
    let query = "SELECT reward, taken, codes, given FROM stock WHERE reward = ?";
    let found = read.first(query, vec![text(reward)], read_row)?;
    Ok(found.unwrap_or_else(|| Stock { reward: reward.to_owned(), ..Stock::default() }))
}

/// How every reward stands of which something was taken or of which there are codes.
pub fn all(read: &Read<'_>) -> Result<Vec<Stock>, Fail> {
    Ok(read.all("SELECT reward, taken, codes, given FROM stock ORDER BY reward", Vec::new(), read_row)?)
}

fn read_row(row: &mut Row) -> worker::Result<Stock> {
    Ok(Stock { reward: row.text()?, taken: row.of()?, codes: row.of()?, given: row.of()? })
}

/// What an entry makes of the stock, given the account before it: a hold takes one, a void brings it back, a capture gives its
/// code away for good. With the programme, the database itself refuses one too many.
pub fn follow(write: &Write<'_>, account: &Account, entry: &Entry, program: Option<&Program>) -> Result<(), Fail> {
    let held = || account.holds.iter().find(|hold| hold.id == entry.reference).map(|hold| hold.reward.as_str());
    match entry.kind {
        Kind::Hold => {
            let reward = entry.reference.as_str();
            let rule = program.and_then(|program| program.rewards.iter().find(|rule| rule.name.as_str() == reward));
            let most = rule.and_then(|rule| rule.stock).map_or(worker::SqlStorageValue::Null, int);
            write.run(
                "INSERT INTO stock (reward, taken, most) VALUES (?, 1, ?)
                 ON CONFLICT DO UPDATE SET taken = taken + 1, most = excluded.most",
                vec![text(reward), most],
            )?;
        }
        Kind::Void => {
            if let Some(reward) = held() {
                write.run("UPDATE stock SET taken = taken - 1 WHERE reward = ?", vec![text(reward)])?;
            }
        }
        Kind::Capture if !entry.note.is_empty() => {
            if let Some(reward) = held() {
                give(write, reward, &entry.note, &entry.reference)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Notes that a code went to a redemption. What is no code of the pool is a note of the owner's.
fn give(write: &Write<'_>, reward: &str, code: &str, act: &str) -> Result<(), Fail> {
    let rows = write.run(
        "UPDATE code SET act = ? WHERE reward = ? AND code = ? AND act IS NULL",
        vec![text(act), text(reward), text(code)],
    )?;
    if rows > 0 {
        write.run(
            "UPDATE stock SET given = given + 1, behind = MAX(behind, ?) WHERE reward = ?",
            vec![text(code), text(reward)],
        )?;
    }
    Ok(())
}
