//! What is allowed and yet hardly meant: a reward that nobody reaches, points that are gone before they buy anything, a rule
//! that can be milked. Measured by two customers who are made up, a keen one and a steady one; see [`Habit`].

use serde::{Deserialize, Serialize};

use super::money;
use super::program::{Expiry, Gives, How, Measure, Period, Program, Qualifies, Rule, Trigger, Wins};
use crate::time::Day;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Advice {
    /// The part that it is about, as problems name it: `rewards[2]`; empty for the whole.
    pub field: String,
    pub what: What,
}

/// What about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum What {
    /// Nothing gives points.
    NothingEarns,
    /// Nothing takes points.
    NothingToSpend,
    /// Even a keen customer has no more than this many points in a year.
    OutOfReach { cost: u32, keen: u64 },
    /// A steady customer cannot have any of the rewards within a year: this is what they have, and what the cheapest costs.
    NothingForSteady { cheapest: u32, steady: u64 },
    /// A steady customer's points are gone before they are enough for the cheapest reward.
    ExpiresTooSoon { days: u32, cheapest: u32, steady: u64 },
    /// Even a keen customer has no more than this in the days that count.
    TierOutOfReach { from: u64, keen: u64 },
    /// Reached by everybody on the first day, as that brings this much.
    TierForAll { from: u64, first_day: u64 },
    /// Tiers that change nothing: no factor, no perks, no gate.
    TiersForNothing,
    /// It can be repeated without end.
    Uncapped,
    /// So much of each amount spent comes back, in per cent: a returned order may have paid for itself.
    GivesBack { percent: u32 },
    /// Both get points the moment the friend buys, and keep them if the order is returned.
    RefundableReferral,
    /// Visits are easily made up.
    VisitsAreCheap,
    /// A ticket wins more points than it costs, in hundredths.
    DrawGivesPoints { hundredths: u64 },
    /// It has ended.
    Over { until: Day },
    /// What redeemed points cost is not said, so neither liability nor simulation can say what they cost.
    CostUnknown,
}

/// How often somebody does what rules are for, in a year; money in whole units.
struct Habit {
    check_ins: u32,
    responses: u32,
    polls: u32,
    quizzes: u32,
    friends: u32,
    events: u32,
    orders: u32,
    spends: u32,
}

/// As eager as anybody: every day, two answers a month, a friend a quarter, an order a month.
const KEEN: Habit =
    Habit { check_ins: 365, responses: 24, polls: 12, quizzes: 12, friends: 4, events: 24, orders: 12, spends: 5_000 };
/// Once a week, an answer a quarter, four orders a year.
const STEADY: Habit =
    Habit { check_ins: 52, responses: 4, polls: 2, quizzes: 1, friends: 0, events: 4, orders: 4, spends: 400 };

/// What a keen customer spends in a year, in whole units: told beside what is measured by them.
pub const KEEN_SPENDS: u32 = KEEN.spends;
/// The same of a steady one.
pub const STEADY_SPENDS: u32 = STEADY.spends;
/// Coming back with more than this share of what was spent is seldom meant.
const GENEROUS: u64 = 25;

/// Everything that is odd about it, on this day.
pub fn advise(program: &Program, today: Day) -> Vec<Advice> {
    let mut told = Vec::new();
    let mut tell = |field: String, what: What| told.push(Advice { field, what });
    if program.rules.is_empty() {
        tell("rules".into(), What::NothingEarns);
    }
    if program.rewards.is_empty() && program.draws.iter().all(|draw| draw.cost == 0) {
        tell("rewards".into(), What::NothingToSpend);
    }
    let earns = !program.rules.is_empty();
    for (index, rule) in program.rules.iter().enumerate() {
        let at = format!("rules[{index}]");
        rule_advice(program, rule).into_iter().for_each(|what| tell(at.clone(), what));
        over(rule.until, today).into_iter().for_each(|what| tell(at.clone(), what));
    }
    // A tier.
    let window = program.ladder.days.unwrap_or(365).min(731);
    for (index, tier) in program.tiers.iter().enumerate().filter(|(_, tier)| tier.from > 0 && earns) {
        let (keen, first_day) = match program.ladder.by {
            Measure::Points => (KEEN.points(program, window), first_day(program)),
            Measure::Spend => (KEEN.money(program, window), 0),
        };
        match tier.from {
            from if from > keen => tell(format!("tiers[{index}]"), What::TierOutOfReach { from, keen }),
            from if from <= first_day => tell(format!("tiers[{index}]"), What::TierForAll { from, first_day }),
            _ => {}
        }
    }
    if program.tiers.len() > 1 && tiers_do_nothing(program) {
        tell("tiers".into(), What::TiersForNothing);
    }
    // A reward.
    let lives = match program.expiry {
        Expiry::After { days } => days.min(365),
        _ => 365,
    };
    for (index, reward) in program.rewards.iter().enumerate() {
        let keen = KEEN.points(program, 365);
        if earns && u64::from(reward.cost) > keen {
            tell(format!("rewards[{index}]"), What::OutOfReach { cost: reward.cost, keen });
        }
        over(reward.until, today).into_iter().for_each(|what| tell(format!("rewards[{index}]"), what));
    }
    let reachable = program.rewards.iter().filter(|reward| u64::from(reward.cost) <= KEEN.points(program, 365));
    if let Some(cheapest) = reachable.map(|reward| reward.cost).min().filter(|_| earns) {
        let (year, steady) = (STEADY.points(program, 365), STEADY.flow(program) * u64::from(lives) / 365);
        if u64::from(cheapest) > year {
            tell("rewards".into(), What::NothingForSteady { cheapest, steady: year });
        } else if lives < 365 && u64::from(cheapest) > steady {
            tell("expiry".into(), What::ExpiresTooSoon { days: lives, cheapest, steady });
        }
    }
    if let Some(referral) = &program.referral {
        match referral.qualifies {
            Qualifies::Purchase if referral.hold == 0 => tell("referral".into(), What::RefundableReferral),
            Qualifies::Visits { n } if n < 3 => tell("referral".into(), What::VisitsAreCheap),
            _ => {}
        }
    }
    for (index, draw) in program.draws.iter().enumerate() {
        let wins = draw.prizes.iter().filter_map(|prize| match (&prize.wins, prize.one_in) {
            (Wins::Points { points }, Some(one_in)) => Some(u64::from(*points) * 100 / u64::from(one_in.max(1))),
            _ => None,
        });
        let hundredths: u64 = wins.sum();
        if draw.how == How::AtOnce && draw.cost > 0 && hundredths > u64::from(draw.cost) * 100 {
            tell(format!("draws[{index}]"), What::DrawGivesPoints { hundredths });
        }
        over(draw.until, today).into_iter().for_each(|what| tell(format!("draws[{index}]"), what));
    }
    if program.cost_of_100 == 0 && !program.rewards.is_empty() {
        tell("cost_of_100".into(), What::CostUnknown);
    }
    told
}

fn over(until: Option<Day>, today: Day) -> Option<What> {
    until.filter(|until| *until < today).map(|until| What::Over { until })
}

fn rule_advice(program: &Program, rule: &Rule) -> Option<What> {
    match &rule.when {
        // Whoever answers again and again, or under many names, earns again and again.
        Trigger::Response { .. } | Trigger::Poll { .. } | Trigger::Referral
            if rule.cap.is_none() && rule.cooldown == 0 && rule.points > 0 =>
        {
            Some(What::Uncapped)
        }
        Trigger::Purchase { per, .. } => {
            // The dearest reward that is an amount: what a point is worth to who buys.
            let (amount, cost) = program
                .rewards
                .iter()
                .filter_map(|reward| match reward.gives {
                    Gives::Amount { amount } => Some((u64::from(amount), u64::from(reward.cost.max(1)))),
                    _ => None,
                })
                .fold((0, 1), |most, each| if each.0 * most.1 > most.0 * each.1 { each } else { most });
            let points = u64::from(rule.points) * factor(program, rule);
            let percent = points.saturating_mul(amount) / cost / u64::from((*per).max(1));
            (percent >= GENEROUS).then(|| What::GivesBack { percent: u32::try_from(percent).unwrap_or(u32::MAX) })
        }
        _ => None,
    }
}

/// The most that a tier makes of a hundred points.
fn factor(program: &Program, rule: &Rule) -> u64 {
    let highest = program.tiers.iter().map(|tier| tier.multiplier).max().filter(|_| rule.multiplied);
    u64::from(highest.unwrap_or(100).max(1))
}

fn tiers_do_nothing(program: &Program) -> bool {
    let multiplied = program.rules.iter().any(|rule| rule.multiplied);
    let gates = program.rewards.iter().any(|reward| reward.tier.is_some())
        || program.draws.iter().any(|draw| draw.tier.is_some());
    !gates && program.tiers.iter().all(|tier| tier.perks.is_none() && (tier.multiplier == 100 || !multiplied))
}

/// What anybody has after one visit: a check-in, an answer, a profile, a welcome.
fn first_day(program: &Program) -> u64 {
    let rules = program
        .rules
        .iter()
        .filter(|rule| matches!(rule.when, Trigger::CheckIn { .. } | Trigger::Response { .. } | Trigger::Profile));
    let welcome = program.referral.map_or(0, |referral| referral.welcome);
    rules.map(|rule| u64::from(rule.points)).sum::<u64>() + u64::from(welcome)
}

impl Habit {
    /// Money spent in so many days, in the currency's smallest unit. Where that is a whole, amounts have two digits more.
    fn money(&self, program: &Program, days: u32) -> u64 {
        let unit = match money::digits(&program.currency) {
            0 => 100,
            digits => 10_u64.pow(digits),
        };
        u64::from(self.spends) * unit * u64::from(days) / 365
    }

    /// Points earned in so many days, in the highest tier.
    fn points(&self, program: &Program, days: u32) -> u64 {
        let rules = program.rules.iter().map(|rule| self.by(program, rule, days)).fold(0, u64::saturating_add);
        let welcome = program.referral.map_or(0, |referral| referral.welcome);
        rules.saturating_add(welcome.into())
    }

    /// What comes in year after year.
    fn flow(&self, program: &Program) -> u64 {
        let rules = program.rules.iter().filter(|rule| rule.when != Trigger::Profile);
        rules.map(|rule| self.by(program, rule, 365)).fold(0, u64::saturating_add)
    }

    fn by(&self, program: &Program, rule: &Rule, days: u32) -> u64 {
        let a_year = match &rule.when {
            Trigger::CheckIn { .. } => self.check_ins,
            Trigger::Response { .. } => self.responses,
            Trigger::Poll { .. } => self.polls,
            Trigger::Quiz { .. } => self.quizzes,
            Trigger::Referral => self.friends,
            Trigger::Purchase { .. } => self.orders,
            Trigger::Event { .. } => self.events,
            Trigger::Birthday | Trigger::Profile => 1,
        };
        let (days, most) = (u64::from(days), most(rule, days));
        let wanted = u64::from(a_year) * days;
        let times = match &rule.when {
            // Once, be the days as few as they may.
            Trigger::Birthday | Trigger::Profile => 1,
            _ => wanted / 365,
        };
        let points = match &rule.when {
            Trigger::Purchase { per, at_least } => {
                let money = self.money(program, 365);
                let each = money / u64::from(self.orders.max(1));
                if each < u64::from(*at_least) {
                    return 0;
                }
                (each / u64::from((*per).max(1))).saturating_mul(rule.points.into()).saturating_mul(times.min(most))
            }
            _ => times.min(most).saturating_mul(rule.points.into()),
        };
        let bonus = match &rule.when {
            // Days in a row are only those of who comes every day.
            Trigger::CheckIn { streaks } if self.check_ins >= 365 => streaks
                .iter()
                .map(|streak| {
                    let rows = days / u64::from(streak.days.max(1));
                    u64::from(streak.bonus) * if streak.repeats { rows } else { rows.min(1) }
                })
                .sum(),
            _ => 0,
        };
        (points + bonus).saturating_mul(factor(program, rule)) / 100
    }
}

/// How often the rule can give something in so many days.
fn most(rule: &Rule, days: u32) -> u64 {
    let days = u64::from(days);
    let capped = rule.cap.map_or(u64::MAX, |cap| {
        let periods = match cap.per {
            Period::Day => days,
            Period::Week => days.div_ceil(7),
            Period::Month => days.div_ceil(30),
            Period::Year => days.div_ceil(365),
            Period::Ever => 1,
        };
        periods.saturating_mul(cap.times.into())
    });
    let cooled = match rule.cooldown {
        0 => u64::MAX,
        minutes => (days * 1_440 / u64::from(minutes)).max(1),
    };
    capped.min(cooled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loyalty::template::ready;

    fn told(change: impl Fn(&mut serde_json::Value)) -> Vec<String> {
        let mut value = serde_json::to_value(ready("EUR").unwrap()).unwrap();
        change(&mut value);
        let program: Program = serde_json::from_value(value).unwrap();
        let word = |advice: Advice| {
            let what = serde_json::to_value(&advice.what).unwrap();
            format!("{} {}", advice.field, what["type"].as_str().unwrap())
        };
        advise(&program, Day::parse("2026-11-22").unwrap()).into_iter().map(word).collect()
    }

    #[test]
    fn about_the_ready_made_one_there_is_nothing_to_say() {
        for currency in ["EUR", "CNY", "JPY", "KWD"] {
            let program = ready(currency).unwrap();
            let told = advise(&program, Day::parse("2026-11-22").unwrap());
            // Where a hundred of the smallest unit are less, a point is; what is left is true of that currency.
            if currency == "EUR" || currency == "CNY" {
                assert_eq!(told, [], "{currency}");
            }
        }
    }

    #[test]
    fn what_is_out_of_reach() {
        assert_eq!(told(|value| value["rewards"][1]["cost"] = 60_000.into()), ["rewards[1] out_of_reach"]);
        assert_eq!(told(|value| value["tiers"][2]["from"] = 60_000.into()), ["tiers[2] tier_out_of_reach"]);
        assert_eq!(told(|value| value["tiers"][1]["from"] = 100.into()), ["tiers[1] tier_for_all"]);
        let dear = told(|value| {
            for reward in 0..3 {
                value["rewards"][reward]["cost"] = 3_000.into();
            }
        });
        assert_eq!(dear, ["rewards nothing_for_steady"]);
        let soon = told(|value| value["expiry"] = serde_json::json!({ "type": "after", "days": 7 }));
        assert_eq!(soon, ["expiry expires_too_soon"]);
    }

    #[test]
    fn what_can_be_milked() {
        assert_eq!(told(|value| value["rules"][1]["cap"] = serde_json::Value::Null), ["rules[1] uncapped"]);
        assert_eq!(told(|value| value["rules"][2]["points"] = 20.into()), ["rules[2] gives_back"]);
        assert_eq!(told(|value| value["referral"]["hold"] = 0.into()), ["referral refundable_referral"]);
        let visits = serde_json::json!({ "type": "visits", "n": 1 });
        assert_eq!(told(|value| value["referral"]["qualifies"] = visits.clone()), ["referral visits_are_cheap"]);
        let draw = serde_json::json!([{ "name": "spin", "label": "Spin", "cost": 10, "how": "at_once", "prizes": [
            { "name": "pot", "label": "Pot", "stock": 9, "one_in": 2, "wins": { "type": "points", "points": 50 } }
        ] }]);
        assert_eq!(told(|value| value["draws"] = draw.clone()), ["draws[0] draw_gives_points"]);
    }

    #[test]
    fn what_leads_nowhere() {
        let nothing = told(|value| {
            value["rules"] = serde_json::json!([]);
            value["rewards"] = serde_json::json!([]);
        });
        assert_eq!(nothing, ["rules nothing_earns", "rewards nothing_to_spend"]);
        assert_eq!(told(|value| value["rewards"][0]["until"] = "2026-11-21".into()), ["rewards[0] over"]);
        assert_eq!(told(|value| value["cost_of_100"] = 0.into()), ["cost_of_100 cost_unknown"]);
        let flat = told(|value| {
            for tier in 0..3 {
                value["tiers"][tier]["multiplier"] = 100.into();
                value["tiers"][tier]["perks"] = serde_json::Value::Null;
            }
            value["rewards"][2]["tier"] = serde_json::Value::Null;
        });
        assert_eq!(flat, ["tiers tiers_for_nothing"]);
    }
}
