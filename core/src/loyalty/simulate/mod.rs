//! What a programme would have done to the past: every member's acts once more, from their first on, by the drafted rules; and
//! beside it what really happened. Work is done a member at a time, so that whoever asks can stop and go on.

mod acts;
mod side;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::action::{Action, Answered, Facts};
use super::decide::{decide, settled};
use super::entry::Entry;
use super::program::{Program, Trigger};
use crate::name::Name;
use crate::time::{Day, Timestamp};
use acts::Act;
pub use side::{Cost, Side, Times};

/// Days that count: a quarter, which holds a newsletter, a sale and a birthday or two.
pub const DAYS: u32 = 90;

/// What is known of a member.
pub struct Lived<'a> {
    /// The whole ledger, oldest first.
    pub entries: &'a [Entry],
    /// The owner's server has said who this is.
    pub identified: bool,
    /// Of each quiz the best share of right answers, in per cent.
    pub best: &'a [(Name, u32)],
    /// Which widget a response was of, where that is still known.
    pub widget: &'a dyn Fn(&str) -> Option<Name>,
}

/// How far it has come, and what it came to so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Course {
    /// Members behind this one are still to come; none at the end.
    pub after: Option<String>,
    /// One member in so many is looked at.
    pub one_in: u32,
    /// All members, and those of them that were looked at.
    pub members: u32,
    pub looked_at: u32,
    pub would: Side,
    pub did: Side,
    /// Acts by rules that neither programme has any more.
    pub lost: u32,
    /// Members who are left out, as their ledgers are too long to be gone through.
    pub cut: u32,
}

/// What is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Simulation {
    pub from: Day,
    pub to: Day,
    pub members: u32,
    /// Where it is less than `members`, all figures are scaled up from a sample.
    pub looked_at: u32,
    /// By the draft, or by what is in force where there is none.
    pub would: Side,
    pub would_cost: Cost,
    /// What really happened; nothing where no programme was ever in force.
    pub did: Option<Side>,
    pub did_cost: Option<Cost>,
    pub unknown: Vec<Unknown>,
    /// For rules about answers that nobody could earn by yet.
    pub estimates: Vec<Estimate>,
    /// Acts by rules that neither programme has any more.
    pub lost: u32,
    /// Members who are left out, as their ledgers are too long to be gone through.
    pub cut: u32,
}

/// A rule of which the past cannot tell all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    pub rule: Name,
    pub why: Why,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing was noted of it, as no rule was for it.
    NeverNoted,
    /// What went beyond the cap or came too soon was not noted.
    Capped,
}

/// How often it would have earned if everybody who answered had been a member: the most there can have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    pub rule: Name,
    pub times: u64,
    pub points: u64,
}

/// The two programmes, and the days.
#[derive(Clone, Copy)]
pub struct Simulator<'a> {
    pub draft: &'a Program,
    pub live: Option<&'a Program>,
    pub now: Timestamp,
}

impl Simulator<'_> {
    /// The beginning of the days that count.
    pub fn from(&self) -> Timestamp {
        self.now.day().plus(1 - DAYS.cast_signed()).start()
    }

    /// Takes one member into account.
    pub fn member(&self, course: &mut Course, lived: &Lived<'_>) {
        course.looked_at = course.looked_at.saturating_add(1);
        self.did(course, lived);
        self.would(course, lived);
    }

    /// What really happened.
    fn did(&self, course: &mut Course, lived: &Lived<'_>) {
        let (mut account, mut earned) = (Account::default(), 0);
        for entry in lived.entries {
            earned += course.did.count(entry, &account, self.from());
            if account.apply(entry).is_err() {
                return;
            }
        }
        let shown = self.live.map_or_else(|| account.clone(), |live| settled(live, &account, self.now));
        course.did.end(&shown, earned);
    }

    /// What would have happened.
    fn would(&self, course: &mut Course, lived: &Lived<'_>) {
        let (mut account, mut earned) = (Account::default(), 0);
        let mut number = 0_u32;
        for act in acts::of(self, lived) {
            let (at, id, action) = match act {
                Act::Lost => {
                    course.lost = course.lost.saturating_add(1);
                    continue;
                }
                Act::Came { from, member, at } => {
                    if let Ok((_, into)) = super::absorb::merge(&from, &member, &account, "into", "merge", at) {
                        account = into.account;
                    }
                    continue;
                }
                Act::Left => {
                    // What was theirs is looked at where it went.
                    course.would.by_tier.entry(account.tier).or_default().points += earned;
                    return;
                }
                Act::Did { at, id, action } => (at, id, action),
            };
            number = number.saturating_add(1);
            let facts = self.facts(&action, &course.would, lived, at);
            match decide(self.draft, &account, id, &action, &facts, at) {
                Ok(decided) => {
                    for entry in &decided.entries {
                        earned += course.would.count(entry, &account, self.from());
                    }
                    account = decided.account;
                }
                Err(denied) => course.would.refuse(&action, &denied, at >= self.from()),
            }
        }
        // Whatever time has done since.
        let id = format!("end{number}");
        if let Ok(decided) = decide(self.draft, &account, &id, &Action::Expire, &Facts::default(), self.now) {
            for entry in &decided.entries {
                earned += course.would.count(entry, &account, self.from());
            }
            account = decided.account;
        }
        course.would.end(&account, earned);
    }

    /// What happened could happen, as far as only time and the site's object know about it.
    fn facts(&self, action: &Action, would: &Side, lived: &Lived<'_>, at: Timestamp) -> Facts {
        let (_, month, day) = at.day().civil();
        let left = match action {
            Action::Redeem { reward } => self.draft.reward(reward).and_then(|reward| {
                let taken = would.by_reward.get(reward.name.as_str()).map_or(0, |times| times.times);
                reward.stock.map(|stock| stock.saturating_sub(taken))
            }),
            _ => None,
        };
        Facts {
            paused: false,
            identified: lived.identified || matches!(action, Action::Redeem { .. } | Action::Ticket { .. }),
            left,
            code: Some("-".to_owned()),
            birthday: Some((month, day)),
            profile_complete: true,
        }
    }

    /// What is told once every member was looked at. `answered` says how often each widget was completed in those days.
    pub fn end(&self, course: Course, answered: &[(Name, Answered, u64)]) -> Simulation {
        let Course { members, looked_at, would, did, lost, cut, .. } = course;
        let scale = |side: Side| side.scaled(members.into(), looked_at.into());
        let (would, did) = (scale(would), self.live.map(|_| scale(did)));
        let unknown = self.unknown();
        let estimates = self.estimates(&unknown, answered);
        Simulation {
            from: self.from().day(),
            to: self.now.day(),
            members,
            looked_at,
            would_cost: Cost::of(self.draft, &would),
            did_cost: self.live.zip(did.as_ref()).map(|(live, side)| Cost::of(live, side)),
            would,
            did,
            unknown,
            estimates,
            lost,
            cut,
        }
    }

    fn unknown(&self) -> Vec<Unknown> {
        let rules = self.draft.rules.iter().filter_map(|rule| {
            let noted: Vec<_> =
                self.live.iter().flat_map(|live| &live.rules).filter(|known| covers(&known.when, &rule.when)).collect();
            // Purchases are noted whether they give anything or not.
            let why = match &rule.when {
                Trigger::Purchase { .. } if self.live.is_some() => return None,
                _ if noted.is_empty() => Why::NeverNoted,
                Trigger::CheckIn { .. } | Trigger::Birthday | Trigger::Profile => return None,
                _ if noted.iter().any(|known| {
                    (known.cap.is_none() && known.cooldown == 0)
                        || (known.cap, known.cooldown) == (rule.cap, rule.cooldown)
                }) =>
                {
                    return None;
                }
                _ => Why::Capped,
            };
            Some(Unknown { rule: rule.name.clone(), why })
        });
        rules.collect()
    }

    fn estimates(&self, unknown: &[Unknown], answered: &[(Name, Answered, u64)]) -> Vec<Estimate> {
        let never = |rule: &Name| unknown.iter().any(|known| known.rule == *rule && known.why == Why::NeverNoted);
        let rules = self.draft.rules.iter().filter(|rule| never(&rule.name));
        rules
            .filter_map(|rule| {
                let fits = |(widget, answered, _): &&(Name, Answered, u64)| {
                    let (widget, response) = (widget.clone(), String::new());
                    rule.fits(&Action::Response { response, widget, answered: *answered })
                };
                let times = answered.iter().filter(fits).map(|(_, _, times)| *times).fold(0, u64::saturating_add);
                let points = times.saturating_mul(rule.points.into());
                (times > 0).then(|| Estimate { rule: rule.name.clone(), times, points })
            })
            .collect()
    }
}

/// Whether all that the one is for was noted by the other.
fn covers(known: &Trigger, wanted: &Trigger) -> bool {
    let among = |known: &[Name], wanted: &[Name]| {
        known.is_empty() || !wanted.is_empty() && wanted.iter().all(|widget| known.contains(widget))
    };
    match (known, wanted) {
        (Trigger::Response { widgets: known }, Trigger::Response { widgets: wanted })
        | (Trigger::Poll { widgets: known }, Trigger::Poll { widgets: wanted })
        | (Trigger::Quiz { widgets: known, .. }, Trigger::Quiz { widgets: wanted, .. }) => among(known, wanted),
        (Trigger::Event { event: known }, Trigger::Event { event: wanted }) => known == wanted,
        (known, wanted) => core::mem::discriminant(known) == core::mem::discriminant(wanted),
    }
}
