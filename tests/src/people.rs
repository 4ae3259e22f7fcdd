//! Members with a past: ledgers that KV has kept, written by the same rules that write them today, and taken in by a rebuild.

use anyhow::{Context, Result, anyhow};
use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::action::{Action, Facts};
use rapport_core::loyalty::decide::decide;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::program::Program;
use rapport_core::time::Timestamp;
use rapport_local::Entry as Value;
use reqwest::Method;
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::delivery::id_at;
use crate::wait::eventually;
use crate::{Product, Site};

const DAY_MS: i64 = 86_400_000;
/// Lines of one page in KV.
const PAGE: usize = 50;

/// What somebody did, so many days ago.
#[derive(Clone, Debug)]
pub struct Life {
    /// What they are called.
    pub name: String,
    /// The owner's id of them.
    pub external: String,
    /// Days ago, and what, oldest first.
    pub acts: Vec<(i64, Action)>,
}

/// A member as KV has them.
#[derive(Clone, Debug)]
pub struct Past {
    /// Who they are.
    pub member: Member,
    /// What their ledger comes to.
    pub account: Account,
    /// Their ledger.
    pub entries: Vec<Entry>,
}

impl Life {
    /// Orders of `amount`, every so many days, from one day ago to another.
    pub fn buys(name: &str, external: &str, amount: u64, (from, step, to): (i64, i64, i64)) -> Self {
        let days = (0..).map(|n| from - n * step).take_while(|day| *day >= to);
        let order = |day: i64| Action::Purchase { order: format!("{external}-{day}"), amount };
        Self { name: name.to_owned(), external: external.to_owned(), acts: days.map(|day| (day, order(day))).collect() }
    }

    /// One more thing.
    #[must_use]
    pub fn then(mut self, days_ago: i64, action: Action) -> Self {
        self.acts.push((days_ago, action));
        self
    }

    /// The ledger that came of it. Who did nothing joined today.
    pub fn lived(&self, program: &Program, now: Timestamp) -> Result<Past> {
        let at = |days: i64| now.plus_ms(-days * DAY_MS);
        let joined = at(self.acts.first().map_or(0, |(days, _)| *days));
        let mut member = Member::new(id_at(u64::try_from(joined.0)?), joined);
        member.external.clone_from(&self.external);
        member.profile.name.clone_from(&self.name);
        member.profile.email = format!("{}@people.example", self.external);
        let (mut account, mut entries) = (Account::default(), Vec::new());
        let facts = Facts { identified: true, ..Facts::default() };
        for (n, (days, action)) in self.acts.iter().enumerate() {
            let id = format!("o:{}:{n}", member.id);
            let decided = decide(program, &account, &id, action, &facts, at(*days))
                .map_err(|denied| anyhow!("{}: {denied}", self.external))?;
            account = decided.account;
            entries.extend(decided.entries);
        }
        Ok(Past { member, account, entries })
    }
}

/// The programme that holds on a site.
pub async fn program(site: &Site<'_>) -> Result<Program> {
    let record = site.product().api(Method::GET, &format!("sites/{}/loyalty", site.id), None).await?;
    let program = record.get("live").and_then(|live| live.get("program")).context("a published programme")?;
    Ok(serde_json::from_value(program.clone())?)
}

/// Now, by this machine.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or_default())
}

/// Puts members into KV, as the outbox does.
pub fn keep(product: &Product, site: &str, pasts: &[Past]) -> Result<()> {
    let kv = &product.cloud.kv;
    for Past { member, entries, .. } in pasts {
        let key = format!("l/{site}/{}", member.id);
        kv.put(&key, Value::new(serde_json::to_string(member)?))?;
        for (page, lines) in entries.chunks(PAGE).enumerate() {
            let body = json!({ "v": 1, "member": member.id, "page": page, "entries": lines });
            kv.put(&format!("{key}/{page:06}"), Value::new(body.to_string()))?;
        }
    }
    Ok(())
}

/// Has the site's object take in what KV has.
pub async fn rebuild(site: &Site<'_>) -> Result<()> {
    site.product().api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
    eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await
}

/// Members of many sorts, twenty-four: six who buy often, six who have not come for four of their gaps, five who are gone, four
/// who are new, three who come now and then.
pub fn lives() -> Vec<Life> {
    (0..24)
        .map(|n| {
            let of = |name: &str| (format!("{name} {n}"), format!("c-{n}"));
            let buys = |name: &str, amount, days| {
                let (name, external) = of(name);
                Life::buys(&name, &external, amount, days)
            };
            match n {
                0..6 => buys("Ada", 2_000, (205, 10, 5)),
                6..12 => buys("Bob", 1_000, (150, 10, 40)),
                12..15 => buys("Cleo", 1_000, (300, 1, 300)),
                15..17 => buys("Cleo", 1_000, (300, 10, 290)),
                17..21 => buys("Dan", 1_000, (8, 1, 8)),
                _ => buys("Eve", 1_000, (60, 10, 50)),
            }
        })
        .collect()
}
