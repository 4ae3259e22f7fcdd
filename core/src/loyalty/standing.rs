//! What anybody shows of a member: in the badge, on the dashboard and through the API.

use serde::{Deserialize, Serialize};

use super::account::{Account, end_of_day};
use super::action::{Action, Facts};
use super::decide::{decide, settled};
use super::denied::Denied;
use super::earn::next_bonus;
use super::program::{Expiry, Measure, Program, Rule, Trigger};
use crate::limits::LADDER_DAYS;
use crate::name::Name;
use crate::time::Timestamp;

/// A member's state at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Standing {
    /// What can be spent.
    pub balance: i64,
    /// Set aside for rewards that were not handed out yet.
    pub held: i64,
    /// Ever earned, whether spent or not.
    pub earned: i64,
    /// Number and hash of the last entry: the head of the chain.
    pub seq: u32,
    pub hash: String,
    /// The tier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Name>,
    /// When the tier is lost if nothing more comes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_until: Option<Timestamp>,
    /// What counts towards tiers, in points or money.
    pub measured: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub streak: Option<Row>,
    /// What expires next if it is not spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiring: Option<Expiring>,
}

/// The next tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Next {
    pub tier: Name,
    /// What is still lacking, in points or money.
    pub lacks: u64,
    pub by: Measure,
}

/// Days in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    pub days: u32,
    /// Whether today is one of them.
    pub today: bool,
    /// On which day in a row there is a bonus, and which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus: Option<(u32, i64)>,
}

/// Points and the end of their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Expiring {
    pub points: i64,
    pub at: Timestamp,
}

impl Standing {
    /// An account as it is now; what time has done is taken into account, though it may not be written yet.
    pub fn of(program: &Program, account: &Account, now: Timestamp) -> Self {
        let (seq, hash) = (account.seq, account.hash.clone());
        let account = settled(program, account, now);
        let measured = program.measured(&account, now.day());
        let next = program.tiers.iter().find(|tier| tier.from > measured);
        let above = |place: Option<usize>| place > program.tier_place(&account.tier);
        let next = next.filter(|tier| above(program.tier_place(tier.name.as_str())));
        Self {
            balance: account.balance,
            held: account.held(),
            earned: account.earned,
            seq,
            hash,
            tier: program.tier_of(&account).map(|tier| tier.name.clone()),
            tier_until: program.falls(&account, now, LADDER_DAYS),
            measured,
            next: next.map(|tier| Next {
                tier: tier.name.clone(),
                lacks: tier.from.saturating_sub(measured),
                by: program.ladder.by,
            }),
            streak: row(program, &account, now),
            expiring: expiring(program, &account),
        }
    }
}

fn row(program: &Program, account: &Account, now: Timestamp) -> Option<Row> {
    let (rule, streaks) = program.rules.iter().find_map(|rule| match &rule.when {
        Trigger::CheckIn { streaks } => Some((rule, streaks)),
        _ => None,
    })?;
    let used = account.rules.get(rule.name.as_str());
    let days = used.map_or(0, |used| used.streak(now));
    let today = used.is_some_and(|used| used.run > 0 && used.last.day() == now.day());
    Some(Row { days, today, bonus: next_bonus(streaks, days) })
}

fn expiring(program: &Program, account: &Account) -> Option<Expiring> {
    let dated = account.lots.first().and_then(|lot| Some(Expiring { points: lot.points, at: lot.expires? }));
    let idle = match program.expiry {
        Expiry::Inactive { days } if account.balance > 0 => {
            Some(Expiring { points: account.balance, at: end_of_day(account.active, days) })
        }
        _ => None,
    };
    dated.into_iter().chain(idle).min_by_key(|expiring| expiring.at)
}

/// For each reward of the programme whether the member could have it now; `facts` knows what only the object knows of each.
pub fn offers(
    program: &Program,
    account: &Account,
    facts: impl Fn(&Name) -> Facts,
    now: Timestamp,
) -> Vec<Result<(), Denied>> {
    let could = |name: &Name| {
        let action = Action::Redeem { reward: name.clone() };
        decide(program, account, "", &action, &facts(name), now).map(|_| ())
    };
    program.rewards.iter().map(|reward| could(&reward.name)).collect()
}

/// What a rule gives this member the next time, or until when it gives nothing.
pub fn chance(program: &Program, rule: &Rule, account: &Account, facts: &Facts, now: Timestamp) -> Result<i64, Denied> {
    super::earn::worth(program, rule, account, facts, now)
}
