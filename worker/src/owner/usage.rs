//! What the whole deployment uses, over all sites: quotas are for all of them together.

use core::cell::Cell;
use core::cmp::Ordering;

use futures_util::future::join_all;
use rapport_core::time::{Day, Timestamp};
use rapport_core::usage::{Counts, Level, Meter, Outlook, outlook};
use worker::Env;

use crate::clock::now;
use crate::command::Command;
use crate::command::account::Command as Account;
use crate::command::usage::DayUse;
use crate::link;
use crate::problem::Fail;

/// Objects asked: each is a request of its own, and an invocation may make fifty.
const MOST: usize = 40;

/// The deployment's counts.
pub struct Usage {
    /// From the first day that has any, at most 30, today last.
    pub days: Vec<(Day, Counts)>,
    /// Sites that were not asked, because there are so many.
    pub left_out: usize,
}

const DAY_MS: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;

/// How long the nearest quota is remembered: asking is a call for each site, and the overview is looked at often.
const REMEMBERED_MS: i64 = 10 * 60 * 1_000;

thread_local! {
    static NEAREST: Cell<Option<(Timestamp, Option<Outlook>)>> = const { Cell::new(None) };
}

impl Usage {
    /// How each meter stands.
    pub fn outlooks(&self, now: Timestamp) -> Vec<Outlook> {
        let counts: Vec<Counts> = self.days.iter().map(|(_, counts)| *counts).collect();
        let elapsed = (now.0 - now.day().start().0) as f64 / DAY_MS;
        Meter::ALL.iter().map(|meter| outlook(*meter, &counts, elapsed)).collect()
    }
}

/// The quota that is used up first, if any comes near; nothing, too, where that cannot be told just now.
pub async fn nearest(env: &Env) -> Option<Outlook> {
    let now = now();
    if let Some((at, nearest)) = NEAREST.get()
        && now.0 - at.0 < REMEMBERED_MS
    {
        return nearest;
    }
    let share = |outlook: &Outlook| outlook.by_midnight.max(outlook.in_a_month) as f64 / outlook.meter.quota() as f64;
    let all = usage(env).await.ok()?.outlooks(now);
    let near = all.into_iter().filter(|outlook| outlook.level != Level::Calm);
    let nearest = near.max_by(|one, other| {
        (one.level, share(one)).partial_cmp(&(other.level, share(other))).unwrap_or(Ordering::Equal)
    });
    NEAREST.set(Some((now, nearest)));
    nearest
}

/// The last days.
pub async fn usage(env: &Env) -> Result<Usage, Fail> {
    let today = now().day();
    let from = today.plus(-29);
    let sites = super::sites(env).await?;
    let asked = sites
        .iter()
        .take(MOST)
        .map(|listed| async move { link::site::<Vec<DayUse>>(env, &listed.site, &Command::Usage { from }).await });
    let own: Vec<DayUse> = link::registry(env, &Command::Account(Account::Usage { from })).await?;
    let mut all = own;
    for found in join_all(asked).await {
        all.extend(found?);
    }
    let first = all.iter().map(|day| day.day).min().unwrap_or(today);
    let days = (first.0..=today.0).map(|day| {
        let counts =
            all.iter().filter(|known| known.day.0 == day).fold(Counts::default(), |sum, known| sum.plus(known.counts));
        (Day(day), counts)
    });
    Ok(Usage { days: days.collect(), left_out: sites.len().saturating_sub(MOST) })
}
