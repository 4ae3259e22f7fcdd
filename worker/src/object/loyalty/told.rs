//! What hooks hear of a member's ledger. Each line is an event of its own at most, named by the member and the line's number, so
//! that what is done once is told once.

use rapport_core::hook::Event;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::program::{Program, runs_low};
use rapport_core::time::Timestamp;

use super::super::hook;
use super::super::sql::Read;
use super::super::transaction::Write;
use super::row::{self, Row};
use super::{entries, stock};
use crate::command::hook::Kept;
use crate::problem::Fail;

/// Queues what hooks want to hear of these lines.
pub fn tell(write: &Write<'_>, hooks: &[Kept], member: &str, entries: &[Entry], now: Timestamp) -> Result<(), Fail> {
    for entry in entries {
        let event = match entry.kind {
            Kind::Tier => Event::LoyaltyTierChanged,
            Kind::Hold => Event::LoyaltyRedeemed,
            // Told once, of who was brought; who brought them has earned something.
            Kind::Refer if entry.note.is_empty() => Event::LoyaltyReferralQualified,
            Kind::Earn | Kind::Streak | Kind::Win | Kind::Refer if entry.delta > 0 => Event::LoyaltyEarned,
            _ => continue,
        };
        hook::raise(write, hooks, event, (&format!("{member}.{}", entry.seq), None), now)?;
    }
    Ok(())
}

/// Queues what hooks want to hear of stocks that run low by these lines. Named by what is left of how many, so that it is told
/// once, whatever is given back and redeemed again, and anew once there are more.
pub fn stocks(
    write: &Write<'_>,
    hooks: &[Kept],
    program: &Program,
    entries: &[Entry],
    now: Timestamp,
) -> Result<(), Fail> {
    for entry in entries.iter().filter(|entry| entry.kind == Kind::Hold) {
        let Some(reward) = program.rewards.iter().find(|reward| reward.name.as_str() == entry.reference) else {
            continue;
        };
        let stock = stock::of(&write.read(), &entry.reference)?;
        let all = [reward.has_pool().then_some(stock.codes), reward.stock].into_iter().flatten().min();
        if let (Some(left), Some(all)) = (stock::left(reward, &stock), all)
            && runs_low(left, all)
        {
            let about = format!("{}.{left}.{all}", reward.name);
            hook::raise(write, hooks, Event::LoyaltyStockLow, (&about, None), now)?;
        }
    }
    Ok(())
}

/// Reward, what was left of it, and of how many.
pub fn stock_of(about: &str) -> (&str, u32, u32) {
    let mut parts = about.split('.');
    let reward = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    (reward, number(), number())
}

/// The line that an event is about, and whose it is; nothing, where the member was erased since.
pub fn line(read: &Read<'_>, about: &str) -> Result<Option<(Row, Entry)>, Fail> {
    let Some((member, seq)) = about.split_once('.') else { return Ok(None) };
    let Some(row) = row::load(read, member)? else { return Ok(None) };
    let found = entries::from(read, member, seq.parse().unwrap_or(0), 1)?.pop();
    Ok(found.map(|entry| (row, entry)))
}
