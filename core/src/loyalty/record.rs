//! The programme through its life: what is edited, what is in force.

use serde::{Deserialize, Serialize};

use super::program::Program;
use crate::time::Timestamp;

/// The programme through its life.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// What is being edited and has not been published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Program>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<Live>,
    /// Nothing is earned or redeemed for now; balances stay, and the badge says so.
    #[serde(default)]
    pub paused: bool,
}

impl Record {
    /// As an editor shows it: the draft, else what is in force.
    pub fn newest(&self) -> Option<&Program> {
        self.draft.as_ref().or_else(|| self.live.as_ref().map(|live| &live.program))
    }

    /// What members earn and spend by for now; none before it was published, and while it is paused.
    pub fn in_force(&self) -> Option<&Live> {
        self.live.as_ref().filter(|_| !self.paused)
    }
}

/// What is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Live {
    /// From 1, and one more with every publication.
    pub number: u32,
    pub published: Timestamp,
    pub program: Program,
    /// When what tiers ask for was changed last.
    #[serde(default)]
    pub tiers_since: Timestamp,
}

impl Live {
    /// The one that follows `before`, if any.
    pub fn after(before: Option<&Self>, program: Program, now: Timestamp) -> Self {
        let ladder = |program: &Program| {
            (program.ladder, program.tiers.iter().map(|tier| (tier.name.clone(), tier.from)).collect::<Vec<_>>())
        };
        let same = before.filter(|before| ladder(&before.program) == ladder(&program));
        Self {
            number: before.map_or(1, |before| before.number.saturating_add(1)),
            published: now,
            tiers_since: same.map_or(now, |before| before.tiers_since),
            program,
        }
    }

    /// The programme as members' accounts are judged by it.
    pub fn program_now(&self) -> Program {
        Program { tiers_since: self.tiers_since, ..self.program.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loyalty::account::Account;
    use crate::loyalty::action::{Action, Facts};
    use crate::loyalty::decide::{decide, settled};
    use crate::loyalty::template::ready;
    use crate::time::Day;

    #[test]
    fn who_is_below_since_the_tiers_ask_for_more_has_the_whole_time_of_grace() {
        let at = |day: &str| Day::parse(day).unwrap().start().plus_ms(3_600_000);
        let first = Live::after(None, ready("EUR").unwrap(), at("2026-01-01"));
        let bought = Action::Purchase { order: "A".into(), amount: 60_000 };
        let facts = Facts { identified: true, ..Facts::default() };
        let account = decide(&first.program_now(), &Account::default(), "a", &bought, &facts, at("2026-02-01"));
        let account = account.unwrap().account;
        assert_eq!(account.tier, "silver");
        // Silver asks for 500, then for 700; one step down after 30 days.
        let mut dearer = ready("EUR").unwrap();
        dearer.tiers[1].from = 700;
        let second = Live::after(Some(&first), dearer.clone(), at("2026-05-01"));
        // What is published later without touching the ladder begins no time of grace anew.
        dearer.rules[0].points = 3;
        let third = Live::after(Some(&second), dearer, at("2026-05-20"));
        assert_eq!((third.number, third.tiers_since), (3, at("2026-05-01")));
        let tier = |day: &str| settled(&third.program_now(), &account, at(day)).tier;
        assert_eq!([tier("2026-05-02"), tier("2026-05-30"), tier("2026-06-01")], ["silver", "silver", "bronze"]);
        let falls = third.program_now().falls(&account, at("2026-05-10"), 731);
        assert_eq!(falls.map(|at| at.day().to_text()).as_deref(), Some("2026-05-31"));
    }
}
