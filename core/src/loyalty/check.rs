//! What must hold of a programme beyond its form. Everything that is wrong is told at once, each with its full path.

use super::money;
use super::program::{Draw, Expiry, Fall, Gives, How, Program, Qualifies, Referral, Reward, Rule, Tier, Trigger, Wins};
use crate::limits::{
    DRAW_PRIZES, DRAW_WINNERS, LADDER_DAYS, LOYALTY_DRAWS, LOYALTY_POINTS, LOYALTY_REWARDS, LOYALTY_RULES,
    LOYALTY_STREAKS, LOYALTY_TIERS, ONE_IN, URL_CHARS, WIDGETS,
};
use crate::model::text::Text;
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::theme::Color;
use crate::time::Day;

/// Ten years: longer spans are slips of the finger.
const DAYS: u32 = 3_650;
/// Points, or the currency's smallest unit, that a tier may ask for.
const MOST_FROM: u32 = 1_000_000_000;

/// Everything that is wrong with it.
pub fn check(program: &Program) -> Vec<Problem> {
    let mut found = Found { tiers: program.tiers.iter().map(|tier| &tier.name).collect(), list: Vec::new() };
    found.text("name", Some(&program.name));
    if !money::is_code(&program.currency) {
        found.put("currency", Fault::Malformed { expected: "three capital letters such as EUR".into() });
    }
    found.range("cost_of_100", program.cost_of_100, 0, LOYALTY_POINTS);
    found.names("rules", program.rules.iter().map(|rule| &rule.name), LOYALTY_RULES);
    found.names("tiers", program.tiers.iter().map(|tier| &tier.name), LOYALTY_TIERS);
    found.names("rewards", program.rewards.iter().map(|reward| &reward.name), LOYALTY_REWARDS);
    found.names("draws", program.draws.iter().map(|draw| &draw.name), LOYALTY_DRAWS);
    for (index, rule) in program.rules.iter().enumerate().take(LOYALTY_RULES) {
        found.rule(&format!("rules[{index}]"), rule);
    }
    let mut before = None;
    for (index, tier) in program.tiers.iter().enumerate().take(LOYALTY_TIERS) {
        found.tier(&format!("tiers[{index}]"), tier, before);
        before = Some(tier.from);
    }
    if let Some(days) = program.ladder.days {
        found.range("ladder.days", days, 1, LADDER_DAYS);
    }
    if let Fall::After { days } | Fall::OneStep { days } = program.ladder.fall {
        found.range("ladder.fall.days", days, 1, DAYS);
    }
    for (index, reward) in program.rewards.iter().enumerate().take(LOYALTY_REWARDS) {
        found.reward(&format!("rewards[{index}]"), reward);
    }
    if let Expiry::After { days } | Expiry::Inactive { days } = program.expiry {
        found.range("expiry.days", days, 1, DAYS);
    }
    if let Some(referral) = &program.referral {
        found.referral(referral);
    }
    for (index, draw) in program.draws.iter().enumerate().take(LOYALTY_DRAWS) {
        found.draw(&format!("draws[{index}]"), draw, program);
    }
    found.list
}

struct Found<'a> {
    tiers: Vec<&'a Name>,
    list: Vec<Problem>,
}

impl Found<'_> {
    fn put(&mut self, field: impl Into<String>, fault: Fault) {
        self.list.push(Problem::new(field, fault));
    }

    fn text(&mut self, field: &str, text: Option<&Text>) {
        self.list.extend(text.map(Text::check).unwrap_or_default().into_iter().map(|problem| problem.within(field)));
    }

    fn range(&mut self, field: &str, value: u32, min: u32, max: u32) {
        if value < min {
            self.put(field, Fault::TooLow { min: min.into() });
        } else if value > max {
            self.put(field, Fault::TooHigh { max: max.into() });
        }
    }

    fn names<'n>(&mut self, field: &str, names: impl Iterator<Item = &'n Name>, max: usize) {
        let names: Vec<&Name> = names.collect();
        if names.len() > max {
            self.put(field, Fault::TooMany { max: max as u32 });
        }
        for (index, name) in names.iter().enumerate().take(max) {
            if names.iter().take(index).any(|earlier| earlier == name) {
                self.put(format!("{field}[{index}].name"), Fault::Twice);
            }
        }
    }

    fn days(&mut self, at: &str, from: Option<Day>, until: Option<Day>) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.put(format!("{at}.until"), Fault::TooEarly { min: from });
        }
    }

    fn gate(&mut self, at: &str, tier: Option<&Name>) {
        if tier.is_some_and(|tier| !self.tiers.contains(&tier)) {
            self.put(format!("{at}.tier"), Fault::NotAnOption);
        }
    }

    fn rule(&mut self, at: &str, rule: &Rule) {
        let path = |rest: &str| format!("{at}.{rest}");
        self.text(&path("label"), rule.label.as_ref());
        self.range(&path("points"), rule.points, 0, LOYALTY_POINTS);
        if let Some(cap) = rule.cap {
            self.range(&path("cap.times"), cap.times, 1, 1_000_000);
        }
        self.range(&path("cooldown"), rule.cooldown, 0, DAYS * 1_440);
        self.days(at, rule.from, rule.until);
        match &rule.when {
            Trigger::CheckIn { streaks } => {
                if streaks.len() > LOYALTY_STREAKS {
                    self.put(path("when.streaks"), Fault::TooMany { max: LOYALTY_STREAKS as u32 });
                }
                for (index, streak) in streaks.iter().enumerate().take(LOYALTY_STREAKS) {
                    self.range(&path(&format!("when.streaks[{index}].days")), streak.days, 2, DAYS);
                    self.range(&path(&format!("when.streaks[{index}].bonus")), streak.bonus, 1, LOYALTY_POINTS);
                }
            }
            Trigger::Response { widgets } | Trigger::Poll { widgets } => {
                self.names(&path("when.widgets"), widgets.iter(), WIDGETS);
            }
            Trigger::Quiz { widgets, pass } => {
                self.names(&path("when.widgets"), widgets.iter(), WIDGETS);
                self.range(&path("when.pass"), *pass, 0, 100);
            }
            Trigger::Purchase { per, .. } => self.range(&path("when.per"), *per, 1, u32::MAX),
            Trigger::Referral | Trigger::Birthday | Trigger::Profile | Trigger::Event { .. } => {}
        }
    }

    fn tier(&mut self, at: &str, tier: &Tier, before: Option<u64>) {
        let path = |rest: &str| format!("{at}.{rest}");
        self.text(&path("label"), Some(&tier.label));
        self.text(&path("perks"), tier.perks.as_ref());
        if Color::parse(&tier.color).is_none() {
            self.put(path("color"), Fault::Malformed { expected: "a colour such as #b8860b".into() });
        }
        self.range(&path("multiplier"), tier.multiplier, 1, 10_000);
        if before.is_some_and(|before| tier.from <= before) {
            self.list.push(Problem::conflict(path("from"), "each tier needs more than the one before"));
        } else if tier.from > u64::from(MOST_FROM) {
            self.put(path("from"), Fault::TooHigh { max: MOST_FROM.into() });
        }
    }

    fn reward(&mut self, at: &str, reward: &Reward) {
        let path = |rest: &str| format!("{at}.{rest}");
        self.text(&path("label"), Some(&reward.label));
        self.text(&path("note"), reward.note.as_ref());
        self.range(&path("cost"), reward.cost, 1, LOYALTY_POINTS);
        self.range(&path("per_member"), reward.per_member.unwrap_or(1), 1, 1_000_000);
        self.gate(at, reward.tier.as_ref());
        self.days(at, reward.from, reward.until);
        match &reward.gives {
            Gives::Amount { amount } => self.range(&path("gives.amount"), *amount, 1, u32::MAX),
            Gives::Percent { percent } => self.range(&path("gives.percent"), *percent, 1, 100),
            Gives::Text { text } => self.text(&path("gives.text"), Some(text)),
            Gives::Link { url } => {
                let well = url.strip_prefix("https://").is_some_and(|rest| {
                    !rest.is_empty()
                        && !rest.starts_with('/')
                        && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control())
                });
                match url.is_empty() {
                    true => self.put(path("gives.url"), Fault::Required),
                    false if url.chars().count() > URL_CHARS as usize => {
                        self.put(path("gives.url"), Fault::TooLong { max: URL_CHARS });
                    }
                    false if !well => {
                        let expected = "an address that begins with https://".into();
                        self.put(path("gives.url"), Fault::Malformed { expected });
                    }
                    false => {}
                }
            }
        }
    }

    fn referral(&mut self, referral: &Referral) {
        self.range("referral.welcome", referral.welcome, 0, LOYALTY_POINTS);
        self.range("referral.window", referral.window, 1, 365);
        self.range("referral.hold", referral.hold, 0, 365);
        self.range("referral.velocity", referral.velocity, 1, 1_000);
        if let Qualifies::Visits { n } = referral.qualifies {
            self.range("referral.qualifies.n", n, 1, 365);
        }
    }

    fn draw(&mut self, at: &str, draw: &Draw, program: &Program) {
        let path = |rest: &str| format!("{at}.{rest}");
        self.text(&path("label"), Some(&draw.label));
        self.range(&path("cost"), draw.cost, 0, LOYALTY_POINTS);
        self.range(&path("per_member"), draw.per_member, 1, 1_000);
        self.gate(at, draw.tier.as_ref());
        self.days(at, draw.from, draw.until);
        // What is drawn at the end has to have one.
        if draw.how == How::AtTheEnd && draw.until.is_none() {
            self.put(path("until"), Fault::Required);
        }
        if draw.prizes.is_empty() {
            self.put(path("prizes"), Fault::TooFew { min: 1 });
        }
        self.names(&path("prizes"), draw.prizes.iter().map(|prize| &prize.name), DRAW_PRIZES);
        let mut winners: u32 = 0;
        for (index, prize) in draw.prizes.iter().enumerate().take(DRAW_PRIZES) {
            let path = |rest: &str| path(&format!("prizes[{index}].{rest}"));
            self.text(&path("label"), Some(&prize.label));
            self.range(&path("stock"), prize.stock, 1, DRAW_WINNERS);
            winners = winners.saturating_add(prize.stock);
            match (draw.how, prize.one_in) {
                (How::AtOnce, Some(one_in)) => self.range(&path("one_in"), one_in, 1, ONE_IN),
                (How::AtOnce, None) => self.put(path("one_in"), Fault::Required),
                (How::AtTheEnd, _) => {}
            }
            match &prize.wins {
                Wins::Points { points } => self.range(&path("wins.points"), *points, 1, LOYALTY_POINTS),
                Wins::Reward { reward } if !program.rewards.iter().any(|known| known.name == *reward) => {
                    self.put(path("wins.reward"), Fault::NotAnOption);
                }
                Wins::Reward { .. } | Wins::ByHand => {}
            }
        }
        if winners > DRAW_WINNERS {
            self.put(path("prizes"), Fault::TooMany { max: DRAW_WINNERS });
        }
        // Together they are a share of all tickets.
        let odds: f64 =
            draw.prizes.iter().filter_map(|prize| prize.one_in).map(|one_in| 1.0 / f64::from(one_in.max(1))).sum();
        if draw.how == How::AtOnce && odds > 1.0 + 1e-9 {
            let why = "the odds of all prizes together are more than one ticket in one";
            self.list.push(Problem::conflict(path("prizes"), why));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::loyalty::template::ready;

    fn told(change: impl Fn(&mut serde_json::Value)) -> Vec<String> {
        let mut value = serde_json::to_value(ready("EUR").unwrap()).unwrap();
        change(&mut value);
        let program: Program = json::own(&value.to_string()).unwrap();
        check(&program).into_iter().map(|problem| format!("{} {}", problem.field, problem.fault.code())).collect()
    }

    #[test]
    fn the_ready_made_one_is_in_order_in_every_currency() {
        for currency in ["EUR", "CNY", "JPY"] {
            assert_eq!(check(&ready(currency).unwrap()), []);
        }
    }

    #[test]
    fn every_breach_is_told_with_its_place() {
        let told = told(|value| {
            value["currency"] = "euro".into();
            value["name"] = "".into();
            value["rules"][0]["when"]["streaks"][0]["days"] = 1.into();
            value["rules"][2]["when"]["per"] = 0.into();
            value["rules"][3]["name"] = "check_in".into();
            value["rules"][4]["from"] = "2027-02-01".into();
            value["rules"][4]["until"] = "2027-01-01".into();
            value["tiers"][1]["color"] = "red".into();
            value["tiers"][2]["from"] = 500.into();
            value["rewards"][0]["cost"] = 0.into();
            value["rewards"][1]["gives"] = serde_json::json!({ "type": "link", "url": "javascript:alert(1)" });
            value["rewards"][2]["tier"] = "platinum".into();
            value["expiry"]["days"] = 0.into();
            value["referral"]["window"] = 400.into();
        });
        let expected = [
            "name required",
            "currency malformed",
            "rules[3].name twice",
            "rules[0].when.streaks[0].days too_low",
            "rules[2].when.per too_low",
            "rules[4].until too_early",
            "tiers[1].color malformed",
            "tiers[2].from conflict",
            "rewards[0].cost too_low",
            "rewards[1].gives.url malformed",
            "rewards[2].tier not_an_option",
            "expiry.days too_low",
            "referral.window too_high",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn draws_need_an_end_prizes_and_odds_that_can_be() {
        let draw = |how: &str, more: serde_json::Value| {
            told(|value| {
                let mut draw = serde_json::json!({ "name": "spring", "label": "Spring", "how": how, "prizes": [
                    { "name": "pen", "label": "A pen", "stock": 1, "one_in": 2, "wins": { "type": "points", "points": 5 } }
                ] });
                for (key, item) in more.as_object().unwrap() {
                    draw[key] = item.clone();
                }
                value["draws"] = serde_json::json!([draw]);
            })
        };
        assert_eq!(draw("at_the_end", serde_json::json!({})), ["draws[0].until required"]);
        assert!(draw("at_the_end", serde_json::json!({ "until": "2027-03-31" })).is_empty());
        assert!(draw("at_once", serde_json::json!({})).is_empty());
        assert_eq!(draw("at_once", serde_json::json!({ "prizes": [] })), ["draws[0].prizes too_few"]);
        let prize = |name: &str| serde_json::json!({ "name": name, "label": "X", "stock": 1, "one_in": 1, "wins": { "type": "reward", "reward": "coupon" } });
        let two = serde_json::json!({ "prizes": [prize("one"), prize("two")] });
        assert_eq!(draw("at_once", two), ["draws[0].prizes conflict"]);
    }
}
