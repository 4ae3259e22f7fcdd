//! Two accounts that turn out to be one person's: everything of the one goes up in the other, in one entry on either side.

use super::account::{Account, Broken, DayTotal, add};
use super::decide::Decided;
use super::denied::Denied;
use super::entry::{Entry, Kind};
use super::pen::{Line, Pen};
use crate::limits::MERGES;
use crate::time::Timestamp;

/// Moves `from` into `into`. Both sides' entries must be stored together.
///
/// # Errors
/// One of them has gone up in another already, `from` has something set aside, or too many went up in `into`.
pub fn merge(
    from: &Account,
    from_id: &str,
    into: &Account,
    into_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<(Decided, Decided), Denied> {
    if !from.merged_into.is_empty() || !into.merged_into.is_empty() {
        return Err(Denied::Merged);
    }
    if !from.holds.is_empty() {
        return Err(Denied::Unknown);
    }
    // Each device that never says who it belongs to could earn a welcome of its own.
    if into.merged >= MERGES {
        return Err(Denied::Limit { times: MERGES });
    }
    let mut theirs = Pen::new(from, id, now);
    theirs.write(Line::new(Kind::MergedInto, -from.balance, into_id))?;
    let state = serde_json::to_string(from).map_err(|_| Denied::Broken)?;
    let mut ours = Pen::new(into, id, now);
    ours.write(Line::new(Kind::MergedFrom, from.balance, from_id).note(&state))?;
    let decided = |pen: Pen<'_>| Decided { entries: pen.entries, account: pen.account };
    Ok((decided(theirs), decided(ours)))
}

impl Account {
    /// Takes in the account that the entry carries.
    pub(super) fn absorb(&mut self, entry: &Entry) -> Result<(), Broken> {
        let other: Self = serde_json::from_str(&entry.note).map_err(|_| Broken::Delta)?;
        let points = other.lots.iter().map(|lot| lot.points).try_fold(0, add)?;
        if points != entry.delta || other.balance != entry.delta {
            return Err(Broken::Delta);
        }
        for lot in &other.lots {
            self.credit(lot.expires, lot.points)?;
        }
        for (rule, used) in &other.rules.0 {
            self.rules.change(rule, |mine| mine.absorb(used));
        }
        for (mine, theirs) in [(&mut self.rewards, &other.rewards), (&mut self.tickets, &other.tickets)] {
            for (name, times) in &theirs.0 {
                mine.change(name, |sum| *sum = sum.saturating_add(*times));
            }
        }
        for DayTotal(day, totals) in &other.days {
            self.on_day(*day, *totals)?;
        }
        self.earned = add(self.earned, other.earned)?;
        self.redeemed = add(self.redeemed, other.redeemed)?;
        self.expired = add(self.expired, other.expired)?;
        self.spent = add(self.spent, other.spent)?;
        self.orders = self.orders.saturating_add(other.orders);
        self.active = self.active.max(other.active);
        self.active_days.extend(&other.active_days);
        self.active_days.sort_unstable();
        self.active_days.dedup();
        self.forget_days(entry.at.day());
        self.merged = self.merged.saturating_add(1).saturating_add(other.merged);
        Ok(())
    }
}
