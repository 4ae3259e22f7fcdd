//! Members as the owner looks at them: who comes back, who is worth what, who is about to go. All of it follows from accounts; what
//! a site's object keeps of a member for it is a [`Person`].

pub mod stage;
pub mod rfm;
pub mod value;
pub mod census;
pub mod figures;
pub mod insight;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::account::{Account, DayTotal, Totals};
use super::member::Member;
use crate::time::{Day, Timestamp};

pub const HOUR_MS: i64 = 3_600_000;
const HOURS: u32 = 24;
/// Months that a mask can tell apart: no number of it is beyond what JavaScript can count.
const MONTHS: i32 = 40;

/// What lists and figures know of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The hour since 1970 in which they last earned or redeemed something, or joined.
    pub seen: i64,
    pub joined: Day,
    pub balance: i64,
    pub held: i64,
    /// Empty for none.
    pub tier: String,
    pub orders: u32,
    /// In the currency's smallest unit.
    pub spent: i64,
    /// Days of the last two years on which something came in.
    pub visits: u32,
    /// The median of the hours between the days on which they were active; nothing before the third such day.
    pub gap: Option<u32>,
    pub earned: i64,
    pub redeemed: i64,
    pub expired: i64,
    /// Their purchases.
    pub bought: Option<Past>,
    /// Days on which something came in.
    pub came: Option<Past>,
}

/// When something happened for the first time, and when again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub first: Day,
    /// The second time, which may be on the same day.
    pub again: Option<Day>,
    /// Bit n: it happened in the n-th month after the first one's.
    pub months: u64,
}

impl Person {
    /// A member and their account.
    pub fn of(member: &Member, account: &Account) -> Self {
        let joined = member.created.day();
        let (points, orders) =
            account.days.iter().fold((0_i64, 0_u32), |(points, orders), DayTotal(_, Totals(p, _, o))| {
                (points.saturating_add(*p), orders.saturating_add(*o))
            });
        // Where days are forgotten already, the first is not known any more.
        let whole = points == account.earned && orders == account.orders;
        let past = |times: fn(&Totals) -> u32| {
            past(account.days.iter().map(|DayTotal(day, totals)| (Day(*day), times(totals)))).filter(|_| whole)
        };
        Self {
            seen: active(account).max(member.created).0.div_euclid(HOUR_MS),
            joined,
            balance: account.balance,
            held: account.held(),
            tier: account.tier.clone(),
            orders: account.orders,
            spent: account.spent,
            visits: u32::try_from(account.days.len()).unwrap_or(u32::MAX),
            gap: median_gap(&account.active_days),
            earned: account.earned,
            redeemed: account.redeemed,
            expired: account.expired,
            bought: past(|totals| totals.2),
            came: past(|_| 1),
        }
    }

    /// The moment at which they were seen, to the hour.
    pub const fn seen(&self) -> Timestamp {
        Timestamp(self.seen.saturating_mul(HOUR_MS))
    }
}

/// What is searched: name, address and the owner's id, in lower case.
pub fn words(member: &Member) -> String {
    let parts = [&member.profile.name, &member.profile.email, &member.external];
    parts.map(|part| part.to_lowercase()).join("\n")
}

/// A month, counted from year 0.
pub const fn month(day: Day) -> i32 {
    let (year, month, _) = day.civil();
    year.saturating_mul(12).saturating_add(month as i32 - 1)
}

/// `2026-11`.
pub fn month_text(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// When they last did something themselves: points that the owner gives keep other points from expiring, but nobody came for them.
fn active(account: &Account) -> Timestamp {
    match account.active_days.last() {
        Some(day) if *day == account.active.day().0 => account.active,
        Some(day) => Day(*day).start(),
        None => Timestamp(0),
    }
}

fn past(days: impl Iterator<Item = (Day, u32)>) -> Option<Past> {
    let mut past: Option<Past> = None;
    for (day, times) in days.filter(|(_, times)| *times > 0) {
        match &mut past {
            None => past = Some(Past { first: day, again: (times > 1).then_some(day), months: 1 }),
            Some(past) => {
                past.again = past.again.or(Some(day));
                let since = month(day) - month(past.first);
                if (0..MONTHS).contains(&since) {
                    past.months |= 1 << since;
                }
            }
        }
    }
    past
}

/// Of two in the middle the mean: halves of days are whole hours.
fn median_gap(days: &[i32]) -> Option<u32> {
    let mut gaps: Vec<u32> = days
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] => u32::try_from(after.saturating_sub(*before)).ok(),
            _ => None,
        })
        .map(|days| days.saturating_mul(HOURS))
        .collect();
    if gaps.len() < 2 {
        return None;
    }
    gaps.sort_unstable();
    let (lower, upper) = (gaps.get((gaps.len() - 1) / 2)?, gaps.get(gaps.len() / 2)?);
    Some(lower.midpoint(*upper))
}
