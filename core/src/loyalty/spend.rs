//! What takes points: rewards and tickets; and what becomes of what was set aside.

use super::action::Facts;
use super::denied::Denied;
use super::earn::dates;
use super::entry::Kind;
use super::pen::{Line, Pen};
use super::program::{Gives, Program, Reward, Wins};
use crate::name::Name;

impl Pen<'_> {
    /// Sets the points of a reward aside, and hands it out unless the owner does that.
    pub fn redeem(&mut self, program: &Program, name: &Name, facts: &Facts) -> Result<(), Denied> {
        if facts.paused {
            return Err(Denied::Paused);
        }
        let reward = program.reward(name).ok_or(Denied::Unknown)?;
        if !facts.identified {
            return Err(Denied::Identify);
        }
        dates(reward.from, reward.until, self.now)?;
        self.tier_at_least(program, reward.tier.as_ref())?;
        let had = self.account.rewards.get(name.as_str()).copied().unwrap_or(0);
        if let Some(times) = reward.per_member.filter(|times| had >= *times) {
            return Err(Denied::Limit { times });
        }
        self.enough(reward.cost)?;
        self.hand_out(reward, i64::from(reward.cost), facts)
    }

    /// The reward for so many points, as far as there is one left.
    fn hand_out(&mut self, reward: &Reward, cost: i64, facts: &Facts) -> Result<(), Denied> {
        let code = match (reward.has_pool(), &facts.code) {
            (true, None) => return Err(Denied::SoldOut),
            (true, Some(code)) => code.as_str(),
            (false, _) => "",
        };
        if facts.left == Some(0) {
            return Err(Denied::SoldOut);
        }
        self.write(Line::new(Kind::Hold, -cost, reward.name.as_str()))?;
        if reward.by_hand {
            return Ok(());
        }
        let hold = self.entries.last().map(|entry| entry.id.clone()).unwrap_or_default();
        self.write(Line::new(Kind::Capture, 0, &hold).note(code))
    }

    pub fn capture(&mut self, hold: &str, note: &str) -> Result<(), Denied> {
        self.write(Line::new(Kind::Capture, 0, hold).note(note))
    }

    pub fn void(&mut self, hold: &str, why: &str) -> Result<(), Denied> {
        let held = self.account.holds.iter().find(|each| each.id == hold).ok_or(Denied::Unknown)?;
        let points = held.points();
        self.write(Line::new(Kind::Void, points, hold).note(why))
    }

    pub fn ticket(&mut self, program: &Program, name: &Name, number: u32, facts: &Facts) -> Result<(), Denied> {
        if facts.paused {
            return Err(Denied::Paused);
        }
        let draw = program.draw(name).ok_or(Denied::Unknown)?;
        if !facts.identified {
            return Err(Denied::Identify);
        }
        dates(draw.from, draw.until, self.now)?;
        self.tier_at_least(program, draw.tier.as_ref())?;
        let had = self.account.tickets.get(name.as_str()).copied().unwrap_or(0);
        if had >= draw.per_member {
            return Err(Denied::Limit { times: draw.per_member });
        }
        self.enough(draw.cost)?;
        self.write(Line::new(Kind::Ticket, -i64::from(draw.cost), name.as_str()).note(&number.to_string()))
    }

    /// A prize. Who wins is decided by the draw; here is only what it brings.
    pub fn win(&mut self, program: &Program, draw: &Name, prize: &Name, facts: &Facts) -> Result<(), Denied> {
        let prizes = &program.draw(draw).ok_or(Denied::Unknown)?.prizes;
        let wins = &prizes.iter().find(|each| each.name == *prize).ok_or(Denied::Unknown)?.wins;
        let points = match wins {
            Wins::Points { points } => i64::from(*points),
            Wins::Reward { .. } | Wins::ByHand => 0,
        };
        let expires = program.expires(self.now);
        self.write(Line::new(Kind::Win, points, draw.as_str()).note(prize.as_str()).expires(expires))?;
        match wins {
            // Where none is left, the owner has to make good what was won: that it was won stays written.
            Wins::Reward { reward } => match program.reward(reward).map(|reward| self.hand_out(reward, 0, facts)) {
                None | Some(Err(Denied::SoldOut)) => Ok(()),
                Some(handed) => handed,
            },
            Wins::Points { .. } | Wins::ByHand => Ok(()),
        }
    }

    pub fn adjust(&mut self, program: &Program, delta: i64, why: &str) -> Result<(), Denied> {
        let lacks = delta.checked_add(self.account.balance).ok_or(Denied::TooMuch)?;
        if lacks < 0 {
            return Err(Denied::NotEnough { lacks: -lacks });
        }
        let expires = if delta > 0 { program.expires(self.now) } else { None };
        self.write(Line::new(Kind::Adjust, delta, "").note(why).expires(expires))
    }

    fn tier_at_least(&self, program: &Program, tier: Option<&Name>) -> Result<(), Denied> {
        let Some(tier) = tier else { return Ok(()) };
        // A tier that there is no more keeps nobody out.
        let needed = program.tier_place(tier.as_str());
        let has = program.tier_place(&self.account.tier);
        if has >= needed { Ok(()) } else { Err(Denied::Tier { tier: tier.clone() }) }
    }

    fn enough(&self, cost: u32) -> Result<(), Denied> {
        match i64::from(cost) - self.account.balance {
            lacks if lacks > 0 => Err(Denied::NotEnough { lacks }),
            _ => Ok(()),
        }
    }
}

impl Program {
    pub fn reward(&self, name: &Name) -> Option<&Reward> {
        self.rewards.iter().find(|reward| reward.name == *name)
    }

    /// The reward that a prize is, if it is one.
    pub fn prize(&self, draw: &Name, prize: &Name) -> Option<&Name> {
        let prize = self.draw(draw)?.prizes.iter().find(|known| known.name == *prize)?;
        match &prize.wins {
            Wins::Reward { reward } => Some(reward),
            Wins::Points { .. } | Wins::ByHand => None,
        }
    }

    pub fn draw(&self, name: &Name) -> Option<&super::program::Draw> {
        self.draws.iter().find(|draw| draw.name == *name)
    }
}

impl Reward {
    /// Whether it is a code from the owner's pool.
    pub const fn has_pool(&self) -> bool {
        matches!(self.gives, Gives::Amount { .. } | Gives::Percent { .. })
    }
}
