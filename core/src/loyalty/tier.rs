//! Tiers: what a member has reached, and when they fall. Which tier somebody has is written into the ledger when it changes,
//! because "whoever has reached it keeps it" cannot be told from sums over a window that has moved on.

use super::account::{Account, DAY_MS, DayTotal};
use super::denied::Denied;
use super::entry::Kind;
use super::pen::{Line, Pen};
use super::program::{Fall, Measure, Program, Tier};
use crate::time::{Day, Timestamp};

/// A change of tier: when, and to which place on the ladder.
struct Step(Timestamp, Option<usize>);

impl Program {
    /// The place of a tier on the ladder.
    pub fn tier_place(&self, name: &str) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.name == *name)
    }

    /// The tier that an account has, if the programme still knows it.
    pub fn tier_of(&self, account: &Account) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.name == *account.tier)
    }

    /// What counts towards tiers, as of the end of a day.
    pub fn measured(&self, account: &Account, day: Day) -> u64 {
        let part = |total: &DayTotal| match self.ladder.by {
            Measure::Points => total.1.0,
            Measure::Spend => total.1.1,
        };
        let within = |from: i32, to: i32| -> i64 {
            let days = account.days.iter().filter(|total| total.0 > from && total.0 <= to);
            days.map(part).fold(0, i64::saturating_add)
        };
        let sum = match (self.ladder.days, self.ladder.by) {
            (Some(days), _) => within(day.0.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX)), day.0),
            (None, Measure::Points) => account.earned.saturating_sub(within(day.0, i32::MAX)),
            (None, Measure::Spend) => account.spent.saturating_sub(within(day.0, i32::MAX)),
        };
        u64::try_from(sum).unwrap_or(0)
    }

    /// The place that this much leads to.
    pub(super) fn reached(&self, measured: u64) -> Option<usize> {
        self.tiers.iter().rposition(|tier| tier.from <= measured)
    }

    /// The first of the days without break until `today` on which there was less than the tier at `place` asks for.
    fn below_since(&self, account: &Account, place: usize, today: Day, not_before: Day) -> Day {
        let from = self.tiers.get(place).map_or(0, |tier| tier.from);
        let not_before = not_before.max(self.tiers_since.day());
        let mut first = today;
        while first > not_before && self.measured(account, first.plus(-1)) < from {
            first = first.plus(-1);
        }
        first
    }

    /// When a member who earns nothing more falls from the tier they have; none if never, or after `horizon`.
    pub fn falls(&self, account: &Account, now: Timestamp, horizon: u32) -> Option<Timestamp> {
        let place = self.tier_place(&account.tier)?;
        let grace = match self.ladder.fall {
            Fall::Never => return None,
            Fall::AtOnce => 0,
            Fall::After { days } | Fall::OneStep { days } => days,
        };
        let from = self.tiers.get(place).map_or(0, |tier| tier.from);
        let mut day = now.day();
        let last = day.plus(i32::try_from(horizon).unwrap_or(i32::MAX));
        if self.measured(account, day) < from {
            let first = self.below_since(account, place, day, account.tier_since.day());
            return Some(first.plus(i32::try_from(grace).unwrap_or(i32::MAX)).start().max(now));
        }
        // The sum only changes where a day that counted leaves the window.
        let window = i32::try_from(self.ladder.days?).unwrap_or(i32::MAX);
        for total in &account.days {
            day = Day(total.0).plus(window);
            if day > now.day() && day <= last && self.measured(account, day) < from {
                return Some(day.plus(i32::try_from(grace).unwrap_or(i32::MAX)).start());
            }
        }
        None
    }

    /// The changes that are due, in order.
    fn steps(&self, account: &Account, now: Timestamp) -> Vec<Step> {
        let (mut steps, mut since) = (Vec::new(), account.tier_since);
        let mut have = self.tier_place(&account.tier);
        let reached = self.reached(self.measured(account, now.day()));
        // Each round leads one step down at least.
        for _ in 0..=self.tiers.len() {
            let Some(place) = have.filter(|place| reached < Some(*place)) else { break };
            let due = |grace: u32| {
                let first = self.below_since(account, place, now.day(), since.day());
                first.start().max(since).plus_ms(i64::from(grace) * DAY_MS)
            };
            let step = match self.ladder.fall {
                Fall::Never => break,
                Fall::AtOnce => Step(now, reached),
                Fall::After { days } => {
                    let at = due(days);
                    Step(at, self.reached(self.measured(account, at.day())))
                }
                Fall::OneStep { days } => Step(due(days), place.checked_sub(1)),
            };
            if step.0 > now {
                break;
            }
            (have, since) = (step.1, step.0);
            steps.push(step);
        }
        if reached > have {
            steps.push(Step(now, reached));
        }
        // A tier that the programme no longer has is left even where nothing takes its place.
        if steps.is_empty() && have.is_none() && !account.tier.is_empty() {
            steps.push(Step(now, None));
        }
        steps
    }
}

impl Pen<'_> {
    /// Writes every change of tier that is due.
    pub fn climb_or_fall(&mut self, program: &Program) -> Result<(), Denied> {
        for Step(at, place) in program.steps(&self.account, self.now) {
            let tier = place.and_then(|place| program.tiers.get(place)).map_or("", |tier| tier.name.as_str());
            let before = self.account.tier.clone();
            if before != tier {
                self.write_at(at, Line::new(Kind::Tier, 0, tier).note(&before))?;
            }
        }
        Ok(())
    }
}
