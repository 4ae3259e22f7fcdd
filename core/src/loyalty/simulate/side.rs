//! One programme's side of a simulation: what its entries come to, and what that costs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::loyalty::account::Account;
use crate::loyalty::action::Action;
use crate::loyalty::denied::Denied;
use crate::loyalty::entry::{Entry, Kind};
use crate::loyalty::program::{Gives, Program};
use crate::time::Timestamp;

/// One programme's figures over the days that count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Side {
    /// By rules, bonuses among it.
    pub earned: i64,
    /// By each rule; the welcome of who was brought is under an empty name.
    pub by_rule: BTreeMap<String, Times>,
    /// By each tier at the end: how many members are in it, and what they earned. No tier is an empty name.
    pub by_tier: BTreeMap<String, Times>,
    /// What was redeemed and not given back, by reward.
    pub by_reward: BTreeMap<String, Times>,
    pub redeemed: i64,
    /// Redemptions that really happened and would not have been possible.
    pub refused: u32,
    /// Spent on tickets, and won.
    pub tickets: i64,
    pub won: i64,
    pub expired: i64,
    /// Balances at the end, with what is set aside.
    pub outstanding: i64,
}

/// How often, or how many; and the points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Times {
    pub times: u32,
    pub points: i64,
}

/// Money, in the currency's smallest unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cost {
    /// Of what was redeemed, by what a hundred redeemed points cost the owner.
    pub redeemed: i64,
    /// Of what is outstanding, by the same: the liability.
    pub outstanding: i64,
    /// Of all that was earned, if every point went into the reward that is dearest for the owner.
    pub at_most: i64,
}

impl Side {
    /// Counts an entry of those days, given the account before it; tells what was earned by it.
    pub(super) fn count(&mut self, entry: &Entry, account: &Account, from: Timestamp) -> i64 {
        if entry.at < from {
            return 0;
        }
        let rule = |reference: &str| reference.split('/').next().unwrap_or_default().to_owned();
        let (name, once) = match entry.kind {
            Kind::Earn if entry.reference.is_empty() => return 0,
            Kind::Earn => (rule(&entry.reference), 1),
            Kind::Streak => (rule(&entry.reference), 0),
            Kind::Refer => (entry.note.clone(), 1),
            _ => {
                self.spent(entry, account);
                return 0;
            }
        };
        add(self.by_rule.entry(name).or_default(), once, entry.delta);
        self.earned = self.earned.saturating_add(entry.delta);
        entry.delta
    }

    fn spent(&mut self, entry: &Entry, account: &Account) {
        let points = entry.delta.saturating_neg();
        match entry.kind {
            Kind::Hold => {
                add(self.by_reward.entry(entry.reference.clone()).or_default(), 1, points);
                self.redeemed = self.redeemed.saturating_add(points);
            }
            Kind::Void => {
                let hold = account.holds.iter().find(|hold| hold.id == entry.reference);
                // Of a hold from before those days nothing was counted.
                let known = hold.and_then(|hold| self.by_reward.get_mut(&hold.reward));
                if let Some(reward) = known.filter(|reward| reward.times > 0) {
                    reward.times -= 1;
                    reward.points = reward.points.saturating_add(points);
                    self.redeemed = self.redeemed.saturating_add(points);
                }
            }
            Kind::Ticket => self.tickets = self.tickets.saturating_add(points),
            Kind::Win => self.won = self.won.saturating_add(entry.delta),
            Kind::Expire => self.expired = self.expired.saturating_add(points),
            _ => {}
        }
    }

    pub(super) fn refuse(&mut self, action: &Action, denied: &Denied, counts: bool) {
        // A reward that is no longer offered is refused, too.
        if counts && matches!(action, Action::Redeem { .. }) && !matches!(denied, Denied::Merged | Denied::Broken) {
            self.refused = self.refused.saturating_add(1);
        }
    }

    /// How a member ends up.
    pub(super) fn end(&mut self, account: &Account, earned: i64) {
        let tier = self.by_tier.entry(account.tier.clone()).or_default();
        if account.merged_into.is_empty() {
            add(tier, 1, earned);
            self.outstanding = self.outstanding.saturating_add(account.balance).saturating_add(account.held());
        } else {
            tier.points = tier.points.saturating_add(earned);
        }
    }

    /// What all come to, given what some came to.
    pub(super) fn scaled(mut self, all: i64, some: i64) -> Self {
        if some == 0 || all == some {
            return self;
        }
        let scale = |points: &mut i64| {
            let scaled = i128::from(*points) * i128::from(all) / i128::from(some);
            *points = i64::try_from(scaled).unwrap_or(i64::MAX);
        };
        let count = |times: &mut u32| {
            let scaled = i64::from(*times).saturating_mul(all) / some;
            *times = u32::try_from(scaled).unwrap_or(u32::MAX);
        };
        let groups = [&mut self.by_rule, &mut self.by_tier, &mut self.by_reward];
        for each in groups.into_iter().flat_map(BTreeMap::values_mut) {
            scale(&mut each.points);
            count(&mut each.times);
        }
        let points = [&mut self.earned, &mut self.redeemed, &mut self.tickets, &mut self.won, &mut self.expired];
        points.into_iter().for_each(scale);
        scale(&mut self.outstanding);
        count(&mut self.refused);
        self
    }
}

const fn add(sum: &mut Times, times: u32, points: i64) {
    sum.times = sum.times.saturating_add(times);
    sum.points = sum.points.saturating_add(points);
}

impl Cost {
    pub(super) fn of(program: &Program, side: &Side) -> Self {
        let usual = (i64::from(program.cost_of_100), 100);
        let dearest = program.dearest();
        Self {
            redeemed: times(side.redeemed.saturating_add(side.tickets), usual),
            outstanding: times(side.outstanding, usual),
            at_most: times(side.earned, dearest),
        }
    }
}

impl Program {
    /// The most that points can cost the owner, as an amount for so many points. What a share of the price costs depends on the
    /// price, so it counts as usual.
    pub fn dearest(&self) -> (i64, i64) {
        let usual = (i64::from(self.cost_of_100), 100);
        let rewards = self.rewards.iter().filter_map(|reward| match reward.gives {
            Gives::Amount { amount } => Some((i64::from(amount), i64::from(reward.cost.max(1)))),
            _ => None,
        });
        rewards.fold(usual, |most, each| if each.0 * most.1 > most.0 * each.1 { each } else { most })
    }
}

/// A fraction of a cent is a cent, as in the figures.
fn times(points: i64, (amount, of): (i64, i64)) -> i64 {
    let (product, of) = (i128::from(points) * i128::from(amount), i128::from(of.max(1)));
    i64::try_from((product + of - 1).div_euclid(of)).unwrap_or(i64::MAX)
}
