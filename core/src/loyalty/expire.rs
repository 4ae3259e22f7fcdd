//! What time does by itself: holds that nobody honoured are given back, and points whose time has come are gone.

use super::account::end_of_day;
use super::denied::Denied;
use super::entry::Kind;
use super::pen::{Line, Pen};
use super::program::{Expiry, Program};
use crate::time::Timestamp;

impl Program {
    /// When points that are earned now will be gone, if that is known now.
    pub fn expires(&self, now: Timestamp) -> Option<Timestamp> {
        match self.expiry {
            Expiry::After { days } => Some(end_of_day(now, days)),
            Expiry::Never | Expiry::Inactive { .. } => None,
        }
    }
}

impl Pen<'_> {
    /// Voids every hold whose time is over.
    pub fn void_overdue(&mut self) -> Result<(), Denied> {
        let now = self.now;
        let overdue: Vec<(String, i64)> = self
            .account
            .holds
            .iter()
            .filter(|hold| hold.until() <= now)
            .map(|hold| (hold.id.clone(), hold.points()))
            .collect();
        overdue.iter().try_for_each(|(id, points)| self.write(Line::new(Kind::Void, *points, id)))
    }

    /// Takes what has expired: one entry, whatever many lots it were.
    pub fn expire(&mut self, program: &Program) -> Result<(), Denied> {
        let now = self.now;
        let inactive = self.account.inactive_until(program).is_some_and(|until| until <= now);
        let gone: i64 = if inactive {
            self.account.balance
        } else {
            let dated = |expires: Option<Timestamp>| expires.is_some_and(|expires| expires <= now);
            let lots = self.account.lots.iter().filter(|lot| dated(lot.expires));
            lots.map(|lot| lot.points).fold(0, i64::saturating_add)
        };
        // The lots are sorted by date, so taking the first is taking these.
        if gone > 0 { self.write(Line::new(Kind::Expire, -gone, "")) } else { Ok(()) }
    }
}
