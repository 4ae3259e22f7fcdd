//! What the whole deployment uses, over all sites: quotas are for all of them together.

use futures_util::future::join_all;
use rapport_core::time::Day;
use rapport_core::usage::Counts;
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
