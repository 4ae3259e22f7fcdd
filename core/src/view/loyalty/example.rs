//! Somebody who does not exist, to show an owner what the badge will look like: their history comes about by the programme's
//! own rules, so that what is seen there is what members will see.

use super::{Account, Invite};
use crate::chain::Head;
use crate::loyalty::account;
use crate::loyalty::action::{Action, Answered, Facts};
use crate::loyalty::decide::decide;
use crate::loyalty::draw::{self, Mine, Offer};
use crate::loyalty::entry::{Entry, Kind};
use crate::loyalty::profile::Profile;
use crate::loyalty::program::{Draw, How, Measure, Program, Trigger};
use crate::loyalty::standing::{self, Standing};
use crate::name::Name;
use crate::time::Timestamp;

const DAY: i64 = 86_400_000;

/// A member after some weeks: two orders, an answer, and some days in a row up to yesterday.
#[derive(Clone, Debug)]
pub struct Example<'a> {
    program: &'a Program,
    state: account::Account,
    entries: Vec<Entry>,
}

impl<'a> Example<'a> {
    /// At `now`.
    pub fn new(program: &'a Program, now: Timestamp) -> Self {
        let mut one = Self::newcomer(program);
        let ago = |days: i64| Timestamp(now.0 - days * DAY);
        let amount = one.order();
        if amount > 0 {
            one.act(&Action::Purchase { order: "1042".to_owned(), amount }, ago(24));
        }
        let widget = program.rules.iter().find_map(|rule| match &rule.when {
            Trigger::Response { widgets } => Some(widgets.first().cloned()),
            _ => None,
        });
        if let Some(widget) = widget.map(|widget| widget.or_else(|| Name::parse("feedback").ok())) {
            let act = |widget| Action::Response { response: "1".to_owned(), widget, answered: Answered::Survey };
            widget.map(|widget| one.act(&act(widget), ago(11)));
        }
        for days in [3, 2, 1] {
            one.act(&Action::CheckIn, ago(days));
        }
        // Where nothing of all this earns enough to be shown anything, the owner gives it.
        let lacks = one.wanted() - one.state.balance;
        if lacks > 0 {
            one.act(&Action::Adjust { delta: lacks, why: String::new() }, ago(1));
        }
        one
    }

    /// Somebody who has just come.
    pub fn newcomer(program: &'a Program) -> Self {
        Self { program, state: account::Account::default(), entries: Vec::new() }
    }

    /// What happens by an act; whether it did.
    pub fn act(&mut self, action: &Action, at: Timestamp) -> bool {
        let id = format!("example-{}", self.entries.len() + 1);
        match decide(self.program, &self.state, &id, action, &facts(), at) {
            Ok(decided) => {
                self.state = decided.account;
                self.entries.extend(decided.entries);
                true
            }
            Err(_) => false,
        }
    }

    /// Takes a ticket of a draw, and what it wins at once; whether that could be. The seed is the example's own: it tells nobody
    /// what a member's ticket wins.
    pub fn take(&mut self, draw: &Name, at: Timestamp) -> bool {
        let Some(offer) = self.offers().into_iter().find(|offer| offer.draw.name == *draw) else { return false };
        let number = offer.tickets.saturating_add(1);
        let taken = self.act(&Action::Ticket { draw: draw.clone(), number }, at);
        if taken && offer.draw.how == How::AtOnce {
            let prizes = &offer.draw.prizes;
            let place = draw::at_once(&[7; 32], number, &draw::name(draw.as_str()), prizes);
            let place = place.filter(|place| offer.left.get(*place).is_some_and(|left| *left > 0));
            if let Some(prize) = place.and_then(|place| prizes.get(place)) {
                self.act(&Action::Win { draw: draw.clone(), prize: prize.name.clone() }, at);
            }
        }
        taken
    }

    /// The lines of the ledger, oldest first.
    pub fn lines(&self) -> &[Entry] {
        &self.entries
    }

    /// The programme's draws, with this member's tickets.
    fn offers(&self) -> Vec<Offer> {
        let mut offers = Self::draws(self.program);
        for entry in &self.entries {
            let Some(offer) = offers.iter_mut().find(|offer| offer.draw.name.as_str() == entry.reference) else {
                continue;
            };
            match entry.kind {
                Kind::Ticket => {
                    offer.tickets = offer.tickets.saturating_add(1);
                    offer.mine.push(Mine { number: offer.tickets, prize: None });
                }
                Kind::Win => {
                    let place = offer.draw.prizes.iter().position(|prize| prize.name.as_str() == entry.note);
                    if let Some(left) = place.and_then(|place| offer.left.get_mut(place)) {
                        *left = left.saturating_sub(1);
                    }
                    if let Some(mine) = offer.mine.last_mut() {
                        mine.prize = Name::of(&entry.note);
                    }
                }
                _ => {}
            }
        }
        offers
    }

    /// As the panel shows it.
    pub fn shown(&self, now: Timestamp) -> Account {
        let newest: Vec<Entry> = self.entries.iter().rev().cloned().collect();
        let standing = Standing::of(self.program, &self.state, now);
        let balance = standing.balance;
        let mut account = Account::told(standing, true, &newest, &Head::default().hash, balance);
        let rules = self.program.rules.iter();
        account.chances = rules.map(|rule| standing::chance(self.program, rule, &self.state, &facts(), now)).collect();
        account.profile = Some(Profile::default());
        account.invite = self.program.referral.map(|_| Invite { code: "example2".to_owned(), friends: 1, came: None });
        account.draws = self.offers();
        account
    }

    /// A programme's draws, before anybody takes part.
    pub fn draws(program: &Program) -> Vec<Offer> {
        let left = |draw: &Draw| draw.prizes.iter().map(|prize| prize.stock).collect();
        let offer = |draw: &Draw| {
            let (left, draw, commitment) = (left(draw), draw.clone(), String::new());
            Offer { draw, commitment, left, tickets: 0, mine: Vec::new(), ended: false }
        };
        program.draws.iter().map(offer).collect()
    }

    /// Enough for a reward and a half, as far as rewards go: one can be had, and another is near.
    fn wanted(&self) -> i64 {
        let costs =
            || self.program.rewards.iter().filter(|reward| reward.tier.is_none()).map(|reward| i64::from(reward.cost));
        costs().min().map_or(100, |cheapest| cheapest.saturating_mul(3) / 2)
    }

    /// An order that brings the second tier, or what is wanted; 0 where orders are no part of the programme.
    fn order(&self) -> u64 {
        let program = self.program;
        let rule = program.rules.iter().find_map(|rule| match &rule.when {
            Trigger::Purchase { per, .. } => Some((u64::from(*per).max(1), u64::from(rule.points).max(1))),
            _ => None,
        });
        let tier = program.tiers.get(1).or(program.tiers.first()).map_or(0, |tier| tier.from);
        match (rule, program.ladder.by) {
            (_, Measure::Spend) if tier > 0 => tier.saturating_add(tier / 10),
            (Some((per, points)), _) => {
                let wanted = tier.saturating_add(tier / 10).max(u64::try_from(self.wanted()).unwrap_or(0));
                wanted.div_ceil(points).saturating_mul(per)
            }
            (None, _) => 0,
        }
        // More than any shop takes would only be refused.
        .min(100_000_000)
    }
}

fn facts() -> Facts {
    Facts { identified: true, profile_complete: true, code: Some("EXAMPLE-7K2P".to_owned()), ..Facts::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::verify;
    use crate::loyalty::template::ready;

    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    #[test]
    fn the_example_lives_by_the_rules_and_its_chain_holds() {
        let program = ready("EUR").unwrap();
        let mut one = Example::new(&program, NOW);
        let shown = one.shown(NOW);
        assert_eq!(shown.standing.tier.as_ref().map(Name::as_str), Some("silver"));
        assert_eq!(shown.standing.streak.as_ref().map(|row| (row.days, row.today)), Some((3, false)));
        assert!(one.act(&Action::CheckIn, NOW));
        assert!(one.act(&Action::Redeem { reward: Name::parse("coupon").unwrap() }, NOW));
        let shown = one.shown(NOW);
        let head = Head { seq: shown.standing.seq, balance: shown.standing.balance, hash: shown.standing.hash.clone() };
        let lines: Vec<(String, String)> =
            shown.entries.iter().map(|entry| (entry.line(), entry.hash.clone())).collect();
        let lines = lines.iter().map(|(line, hash)| (line.as_str(), hash.as_str()));
        assert_eq!(verify(&shown.from, lines, &head), Ok(()));
    }

    #[test]
    fn a_ticket_is_paid_for_listed_and_wins_what_there_is() {
        let mut program = ready("EUR").unwrap();
        program.draws = serde_json::from_value(serde_json::json!([{
            "name": "drawer", "label": "The drawer", "cost": 10, "per_member": 2, "how": "at_once",
            "prizes": [{ "name": "scrap", "label": "A scrap", "stock": 1, "one_in": 1, "wins": { "type": "by_hand" } }]
        }]))
        .unwrap();
        let name = Name::parse("drawer").unwrap();
        let mut one = Example::new(&program, NOW);
        let before = one.shown(NOW).standing.balance;
        assert!(one.take(&name, NOW) && one.take(&name, NOW) && !one.take(&name, NOW));
        let shown = one.shown(NOW);
        assert_eq!((shown.standing.balance, &shown.draws[0].left), (before - 20, &vec![0]));
        let won: Vec<bool> = shown.draws[0].mine.iter().map(|mine| mine.prize.is_some()).collect();
        assert_eq!(won, [true, false], "there was one");
    }

    #[test]
    fn any_programme_has_somebody_to_show() {
        let full = ready("JPY").unwrap();
        let bare =
            Program { rules: Vec::new(), tiers: Vec::new(), rewards: Vec::new(), referral: None, ..full.clone() };
        assert_eq!(Example::new(&bare, NOW).shown(NOW).standing.balance, 100);
        let dear = Program { rules: Vec::new(), ..full };
        assert_eq!(Example::new(&dear, NOW).shown(NOW).standing.balance, 225);
    }
}
