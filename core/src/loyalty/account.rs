//! A member's state: the sum of their entries, and nothing else. It is made without the programme, so that a rebuild needs
//! only the entries, and what they were given does not depend on what the owner changed later.

use serde::{Deserialize, Serialize};

use super::chain::{ROOT, link};
use super::compact;
use super::entry::{Entry, Kind};
use super::program::{Expiry, Program};
use super::used::{Named, Used};
use crate::limits::{ACTIVE_DAYS, HOLD_DAYS, LADDER_DAYS, POINTS};
use crate::time::{Day, Timestamp};

/// What a member's entries come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    pub seq: u32,
    /// Of the last entry.
    pub hash: String,
    /// Of the last entry; no later one lies before it.
    pub at: Timestamp,
    /// What can be spent: always the sum of [`Self::lots`].
    pub balance: i64,
    /// The soonest to expire first.
    #[serde(with = "compact")]
    pub lots: Vec<Lot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// By rule.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub rules: Named<Used>,
    /// By reward: held and captured ones.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub rewards: Named<u32>,
    /// By draw: tickets.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub tickets: Named<u32>,
    /// The tier's name; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tier: String,
    pub tier_since: Timestamp,
    /// Of the last [`LADDER_DAYS`] days, oldest first.
    #[serde(with = "compact")]
    pub days: Vec<DayTotal>,
    /// Ever: what was earned, whether spent or not.
    pub earned: i64,
    /// Ever: what rewards and tickets took and kept.
    pub redeemed: i64,
    /// Ever: what expired.
    pub expired: i64,
    /// Ever: money, in the currency's smallest unit.
    pub spent: i64,
    pub orders: u32,
    /// When the member last earned or redeemed something; expiry by inactivity counts from here.
    pub active: Timestamp,
    /// The last days on which they did something themselves, oldest first: gaps between them tell whether somebody is late. A
    /// birthday, a friend's order and a prize drawn at the end come to members who did nothing.
    pub active_days: Vec<i32>,
    /// How many accounts have gone up in this one.
    #[serde(skip_serializing_if = "is_zero")]
    pub merged: u32,
    /// The member in whose account this one has gone up.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub merged_into: String,
}

/// Points that expire together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// None is never.
    pub expires: Option<Timestamp>,
    pub points: i64,
}

/// Points set aside for a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Of the act that made it.
    pub id: String,
    pub reward: String,
    pub at: Timestamp,
    /// Where the points came from, and go if it is voided.
    pub lots: Vec<Lot>,
}

/// What came in on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTotal(pub i32, pub Totals);

/// Points earned, money spent, orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals(pub i64, pub i64, pub u32);

/// An entry that cannot follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Its number is not the next one.
    Seq,
    /// Its moment lies before the one of the entry before.
    Time,
    /// Its hash does not follow from the one before.
    Chain,
    /// The balance would be below zero.
    Overdrawn,
    /// A number would be 2^53 or more.
    TooMuch,
    /// It refers to a hold that there is not.
    NoHold,
    /// Its points do not fit its kind.
    Delta,
    /// Nothing follows a merge into another account.
    Closed,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: ROOT.to_owned(),
            at: Timestamp(0),
            balance: 0,
            lots: Vec::new(),
            holds: Vec::new(),
            rules: Named::default(),
            rewards: Named::default(),
            tickets: Named::default(),
            tier: String::new(),
            tier_since: Timestamp(0),
            days: Vec::new(),
            earned: 0,
            redeemed: 0,
            expired: 0,
            spent: 0,
            orders: 0,
            active: Timestamp(0),
            active_days: Vec::new(),
            merged: 0,
            merged_into: String::new(),
        }
    }
}

impl Account {
    /// The account after one more entry. On an error it is worth nothing any more: apply to a copy where one is expected.
    ///
    /// # Errors
    /// The entry does not follow.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Broken> {
        if !self.merged_into.is_empty() {
            return Err(Broken::Closed);
        }
        if entry.seq != self.seq.saturating_add(1) {
            return Err(Broken::Seq);
        }
        if entry.at < self.at {
            return Err(Broken::Time);
        }
        if link(&self.hash, &entry.line()) != entry.hash {
            return Err(Broken::Chain);
        }
        self.post(entry)?;
        self.balance = add(self.balance, entry.delta)?;
        if self.balance < 0 {
            return Err(Broken::Overdrawn);
        }
        (self.seq, self.at) = (entry.seq, entry.at);
        self.hash.clone_from(&entry.hash);
        Ok(())
    }

    fn post(&mut self, entry: &Entry) -> Result<(), Broken> {
        let Entry { at, delta, kind, reference, note, .. } = entry;
        let (at, delta) = (*at, *delta);
        let fits = match kind {
            Kind::Earn | Kind::Streak | Kind::Void | Kind::Win | Kind::Refer | Kind::MergedFrom => delta >= 0,
            Kind::Hold | Kind::Expire | Kind::Ticket | Kind::MergedInto => delta <= 0,
            Kind::Capture | Kind::Tier => delta == 0,
            Kind::Adjust => true,
        };
        if !fits {
            return Err(Broken::Delta);
        }
        match kind {
            Kind::Earn | Kind::Streak | Kind::Win | Kind::Refer => {
                self.credit(entry.expires, delta)?;
                self.came_in(at, delta, entry.amount)?;
                match kind {
                    Kind::Earn => self.count(reference, at),
                    Kind::Refer => self.count(note, at),
                    _ => {}
                }
                if matches!(kind, Kind::Earn | Kind::Streak) && !entry.id.starts_with(BIRTHDAY) {
                    self.seen(at);
                }
            }
            Kind::Adjust if delta >= 0 => {
                self.credit(entry.expires, delta)?;
                self.active = at;
            }
            Kind::Adjust => drop(self.debit(delta)?),
            Kind::Hold => {
                let lots = self.debit(delta)?;
                self.holds.push(Hold { id: entry.id.clone(), reward: reference.clone(), at, lots });
                self.rewards.change(reference, |held| *held = held.saturating_add(1));
                self.seen(at);
            }
            Kind::Capture => {
                let hold = self.release(reference)?;
                self.redeemed = add(self.redeemed, hold.points())?;
            }
            Kind::Void => {
                let hold = self.release(reference)?;
                if hold.points() != delta {
                    return Err(Broken::Delta);
                }
                for lot in &hold.lots {
                    self.credit(lot.expires, lot.points)?;
                }
                self.rewards.change(&hold.reward, |held| *held = held.saturating_sub(1));
            }
            Kind::Expire => {
                self.debit(delta)?;
                self.expired = add(self.expired, delta.saturating_neg())?;
            }
            Kind::Ticket => {
                self.debit(delta)?;
                self.redeemed = add(self.redeemed, delta.saturating_neg())?;
                self.tickets.change(reference, |tickets| *tickets = tickets.saturating_add(1));
                self.seen(at);
            }
            Kind::Tier => {
                self.tier.clone_from(reference);
                self.tier_since = at;
            }
            Kind::MergedInto => {
                self.debit(delta)?;
                self.merged_into.clone_from(reference);
            }
            Kind::MergedFrom => self.absorb(entry)?,
        }
        Ok(())
    }

    /// Adds points to the lot of that date.
    pub(super) fn credit(&mut self, expires: Option<Timestamp>, points: i64) -> Result<(), Broken> {
        if points == 0 {
            return Ok(());
        }
        let key = |expires: Option<Timestamp>| expires.map_or(i64::MAX, |at| at.0);
        match self.lots.binary_search_by_key(&key(expires), |lot| key(lot.expires)) {
            Ok(place) => {
                if let Some(lot) = self.lots.get_mut(place) {
                    lot.points = add(lot.points, points)?;
                }
            }
            Err(place) => self.lots.insert(place, Lot { expires, points }),
        }
        Ok(())
    }

    /// Takes `−delta` points, the soonest to expire first.
    fn debit(&mut self, delta: i64) -> Result<Vec<Lot>, Broken> {
        let (mut open, mut taken) = (delta.saturating_neg(), Vec::new());
        for lot in &mut self.lots {
            let points = lot.points.min(open);
            if points > 0 {
                taken.push(Lot { expires: lot.expires, points });
                lot.points -= points;
                open -= points;
            }
        }
        self.lots.retain(|lot| lot.points > 0);
        if open == 0 { Ok(taken) } else { Err(Broken::Overdrawn) }
    }

    fn release(&mut self, id: &str) -> Result<Hold, Broken> {
        let place = self.holds.iter().position(|hold| hold.id == id).ok_or(Broken::NoHold)?;
        Ok(self.holds.remove(place))
    }

    fn came_in(&mut self, at: Timestamp, points: i64, amount: Option<i64>) -> Result<(), Broken> {
        let spent = amount.unwrap_or(0);
        if spent < 0 {
            return Err(Broken::Delta);
        }
        self.earned = add(self.earned, points)?;
        self.spent = add(self.spent, spent)?;
        let orders = u32::from(amount.is_some());
        self.orders = self.orders.saturating_add(orders);
        self.on_day(at.day().0, Totals(points, spent, orders))?;
        self.forget_days(at.day());
        self.active = self.active.max(at);
        Ok(())
    }

    pub(super) fn on_day(&mut self, day: i32, more: Totals) -> Result<(), Broken> {
        match self.days.binary_search_by_key(&day, |total| total.0) {
            Ok(place) => {
                if let Some(DayTotal(_, Totals(points, spent, orders))) = self.days.get_mut(place) {
                    *points = add(*points, more.0)?;
                    *spent = add(*spent, more.1)?;
                    *orders = orders.saturating_add(more.2);
                }
            }
            Err(place) => self.days.insert(place, DayTotal(day, more)),
        }
        Ok(())
    }

    pub(super) fn forget_days(&mut self, today: Day) {
        let oldest = today.0.saturating_sub(LADDER_DAYS as i32);
        self.days.retain(|total| total.0 > oldest);
        let many = self.active_days.len().saturating_sub(ACTIVE_DAYS);
        self.active_days.drain(..many);
    }

    fn seen(&mut self, at: Timestamp) {
        self.active = self.active.max(at);
        let day = at.day().0;
        if self.active_days.last() != Some(&day) {
            self.active_days.push(day);
        }
        let many = self.active_days.len().saturating_sub(ACTIVE_DAYS);
        self.active_days.drain(..many);
    }

    /// Counts for the rule in `reference`; what stands behind a slash counts once.
    fn count(&mut self, reference: &str, at: Timestamp) {
        let (rule, once) = reference.split_once('/').unwrap_or((reference, ""));
        if rule.is_empty() {
            return;
        }
        self.rules.change(rule, |used| {
            used.count(at);
            if !once.is_empty() && !used.done.iter().any(|done| done == once) {
                used.done.push(once.to_owned());
            }
        });
    }

    /// Points set aside.
    pub fn held(&self) -> i64 {
        self.holds.iter().map(Hold::points).fold(0, i64::saturating_add)
    }

    /// The next moment at which settling has something to do, as far as the account knows: a lower bound, tiers aside.
    pub fn due(&self, program: &Program) -> Option<Timestamp> {
        let lot = self.lots.first().and_then(|lot| lot.expires);
        let hold = self.holds.iter().map(|hold| hold.at.plus_ms(HOLD_DAYS * DAY_MS)).min();
        let inactive = match program.expiry {
            Expiry::Inactive { .. } if self.balance > 0 => self.inactive_until(program),
            _ => None,
        };
        [lot, hold, inactive].into_iter().flatten().min()
    }

    /// When inactivity takes all points.
    pub fn inactive_until(&self, program: &Program) -> Option<Timestamp> {
        match program.expiry {
            Expiry::Inactive { days } => Some(end_of_day(self.active, days)),
            _ => None,
        }
    }
}

impl Hold {
    pub fn points(&self) -> i64 {
        self.lots.iter().map(|lot| lot.points).fold(0, i64::saturating_add)
    }

    /// When it is voided if nobody has honoured it.
    pub fn until(&self) -> Timestamp {
        self.at.plus_ms(HOLD_DAYS * DAY_MS)
    }
}

/// What the ids of acts begin with that the alarm does for members on their birthdays.
pub const BIRTHDAY: &str = "b:";

pub(super) const DAY_MS: i64 = 86_400_000;

/// The end of the UTC day that lies `days` after `at`: nobody loses points in the middle of a day, and what was earned on one
/// day is one lot.
pub(super) fn end_of_day(at: Timestamp, days: u32) -> Timestamp {
    at.day().plus(i32::try_from(days).unwrap_or(i32::MAX).saturating_add(1)).start()
}

/// The sum, where it is one that JavaScript can hold too.
pub(super) fn add(value: i64, more: i64) -> Result<i64, Broken> {
    value.checked_add(more).filter(|sum| (-POINTS..=POINTS).contains(sum)).ok_or(Broken::TooMuch)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(value: &u32) -> bool {
    *value == 0
}
