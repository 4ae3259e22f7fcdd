//! What hooks hear of a member's ledger. Each line is an event of its own at most, named by the member and the line's number, so
//! that what is done once is told once.

use rapport_core::hook::Event;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::time::Timestamp;

use super::super::hook;
use super::super::sql::Read;
use super::super::transaction::Write;
use super::entries;
use super::row::{self, Row};
use crate::command::hook::Kept;
use crate::problem::Fail;

/// Queues what hooks want to hear of these lines.
pub fn tell(write: &Write<'_>, hooks: &[Kept], member: &str, entries: &[Entry], now: Timestamp) -> Result<(), Fail> {
    for entry in entries {
        let event = match entry.kind {
            Kind::Earn | Kind::Streak if entry.delta > 0 => Event::LoyaltyEarned,
            Kind::Tier => Event::LoyaltyTierChanged,
            Kind::Hold => Event::LoyaltyRedeemed,
            Kind::Refer => Event::LoyaltyReferralQualified,
            _ => continue,
        };
        hook::raise(write, hooks, event, (&format!("{member}.{}", entry.seq), None), now)?;
    }
    Ok(())
}

/// The line that an event is about, and whose it is; nothing, where the member was erased since.
pub fn line(read: &Read<'_>, about: &str) -> Result<Option<(Row, Entry)>, Fail> {
    let Some((member, seq)) = about.split_once('.') else { return Ok(None) };
    let Some(row) = row::load(read, member)? else { return Ok(None) };
    let found = entries::from(read, member, seq.parse().unwrap_or(0), 1)?.pop();
    Ok(found.map(|entry| (row, entry)))
}
