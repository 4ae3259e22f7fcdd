//! From fields to a programme. Every field that cannot be read is told, not the first alone.

use core::cell::RefCell;
use core::str::FromStr;
use std::collections::BTreeMap;

use super::UNITS;
use crate::decimal::Decimal;
use crate::editor::Node;
use crate::loyalty::money;
use crate::loyalty::program::{
    Cap, Draw, Expiry, Fall, Gives, How, Ladder, Measure, Period, Prize, Program, Qualifies, Referral, Reward, Rule,
    Streak, Tier, Trigger, Wins,
};
use crate::model::text::{Locale, Text};
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::time::Day;

const WHOLE: &str = "a whole number, not negative";
const AMOUNT: &str = "an amount such as 12 or 12.50";
const FACTOR: &str = "a factor such as 1 or 1.25, with at most two decimals";
const DAY: &str = "a day such as 2026-11-22";

pub(super) fn program(root: &Node) -> Result<Program, Vec<Problem>> {
    let reader = Reader { root, currency: root.text("currency").trim().to_uppercase(), found: RefCell::default() };
    let program = reader.program();
    let found = reader.found.into_inner();
    if found.is_empty() { Ok(program) } else { Err(found) }
}

struct Reader<'a> {
    root: &'a Node,
    currency: String,
    found: RefCell<Vec<Problem>>,
}

impl<'a> Reader<'a> {
    fn program(&self) -> Program {
        let by = if self.get("ladder.by") == "spend" { Measure::Spend } else { Measure::Points };
        let each = |list: &str| 0..self.root.list(list).len();
        Program {
            name: self.text("title"),
            currency: self.currency.clone(),
            anonymous: self.flag("anonymous"),
            rules: each("rules").filter_map(|index| self.rule(&format!("rules[{index}]"))).collect(),
            tiers: each("tiers").filter_map(|index| self.tier(&format!("tiers[{index}]"), by)).collect(),
            ladder: Ladder { by, days: self.maybe("ladder.days"), fall: self.fall() },
            rewards: each("rewards").filter_map(|index| self.reward(&format!("rewards[{index}]"))).collect(),
            expiry: match self.get("expiry.type") {
                "after" => Expiry::After { days: self.whole("expiry.days") },
                "inactive" => Expiry::Inactive { days: self.whole("expiry.days") },
                _ => Expiry::Never,
            },
            referral: self.flag("referral_on").then(|| self.referral()),
            draws: each("draws").filter_map(|index| self.draw(&format!("draws[{index}]"))).collect(),
            cost_of_100: self.amount_or_none("cost_of_100"),
            leaderboard: self.flag("leaderboard"),
            tiers_since: crate::time::Timestamp::default(),
        }
    }

    fn rule(&self, at: &str) -> Option<Rule> {
        let path = |rest: &str| format!("{at}.{rest}");
        let unit = self.get(&path("cooldown_unit"));
        let minutes = UNITS.iter().find(|(word, _)| *word == unit).map_or(1, |(_, minutes)| *minutes);
        let period = match self.get(&path("cap.per")) {
            "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            "year" => Period::Year,
            _ => Period::Ever,
        };
        Some(Rule {
            name: self.name(&path("name"))?,
            label: self.maybe_text(&path("label")),
            when: self.trigger(&path("when"))?,
            points: self.whole(&path("points")),
            cap: self.maybe(&path("cap.times")).map(|times| Cap { times, per: period }),
            cooldown: self.maybe(&path("cooldown")).unwrap_or(0).saturating_mul(minutes),
            from: self.day(&path("from")),
            until: self.day(&path("until")),
            multiplied: self.flag(&path("multiplied")),
        })
    }

    fn trigger(&self, at: &str) -> Option<Trigger> {
        let path = |rest: &str| format!("{at}.{rest}");
        let widgets = || self.names(&path("widgets"));
        Some(match self.get(&path("type")) {
            "check_in" => {
                let streak = |index: usize| {
                    let path = |rest: &str| path(&format!("streaks[{index}].{rest}"));
                    Streak {
                        days: self.whole(&path("days")),
                        bonus: self.whole(&path("bonus")),
                        repeats: self.flag(&path("repeats")),
                    }
                };
                Trigger::CheckIn { streaks: (0..self.root.list(&path("streaks")).len()).map(streak).collect() }
            }
            "response" => Trigger::Response { widgets: widgets() },
            "poll" => Trigger::Poll { widgets: widgets() },
            "quiz" => Trigger::Quiz { widgets: widgets(), pass: self.whole(&path("pass")) },
            "referral" => Trigger::Referral,
            "purchase" => {
                Trigger::Purchase { per: self.amount(&path("per")), at_least: self.amount_or_none(&path("at_least")) }
            }
            "birthday" => Trigger::Birthday,
            "profile" => Trigger::Profile,
            "event" => Trigger::Event { event: self.name(&path("event"))? },
            _ => return self.told(&path("type"), Fault::NotAnOption),
        })
    }

    fn tier(&self, at: &str, by: Measure) -> Option<Tier> {
        let path = |rest: &str| format!("{at}.{rest}");
        let from = path("from");
        let words = self.get(&from);
        let (value, expected) = match by {
            Measure::Points => (words.parse().ok(), WHOLE),
            Measure::Spend => (money::parse(words, &self.currency), AMOUNT),
        };
        let times = path("multiplier");
        let factor = self.get(&times).replace(',', ".").parse::<Decimal>().ok();
        let percent = factor.map(Decimal::ten_thousandths).filter(|exact| exact % 100 == 0).map(|exact| exact / 100);
        Some(Tier {
            name: self.name(&path("name"))?,
            label: self.text(&path("label")),
            color: self.get(&path("color")).to_lowercase(),
            from: value.or_else(|| self.told(&from, wrong(words, expected))).unwrap_or(0),
            multiplier: match self.get(&times) {
                "" => 100,
                _ => percent
                    .and_then(|percent| u32::try_from(percent).ok())
                    .or_else(|| self.told(&times, Fault::Malformed { expected: FACTOR.into() }))
                    .unwrap_or(100),
            },
            perks: self.maybe_text(&path("perks")),
        })
    }

    fn fall(&self) -> Fall {
        let days = || self.whole("ladder.fall.days");
        match self.get("ladder.fall.type") {
            "after" => Fall::After { days: days() },
            "one_step" => Fall::OneStep { days: days() },
            "never" => Fall::Never,
            _ => Fall::AtOnce,
        }
    }

    fn reward(&self, at: &str) -> Option<Reward> {
        let path = |rest: &str| format!("{at}.{rest}");
        Some(Reward {
            name: self.name(&path("name"))?,
            label: self.text(&path("label")),
            note: self.maybe_text(&path("note")),
            gives: match self.get(&path("gives.type")) {
                "amount" => Gives::Amount { amount: self.amount(&path("gives.amount")) },
                "percent" => Gives::Percent { percent: self.whole(&path("gives.percent")) },
                "text" => Gives::Text { text: self.text(&path("gives.text")) },
                "link" => Gives::Link { url: self.get(&path("gives.url")).to_owned() },
                _ => return self.told(&path("gives.type"), Fault::NotAnOption),
            },
            cost: self.whole(&path("cost")),
            stock: self.maybe(&path("stock")),
            per_member: self.maybe(&path("per_member")),
            tier: self.maybe_name(&path("tier")),
            from: self.day(&path("from")),
            until: self.day(&path("until")),
            by_hand: self.flag(&path("by_hand")),
        })
    }

    fn referral(&self) -> Referral {
        Referral {
            welcome: self.maybe("referral.welcome").unwrap_or(0),
            window: self.whole("referral.window"),
            qualifies: match self.get("referral.qualifies.type") {
                "response" => Qualifies::Response,
                "visits" => Qualifies::Visits { n: self.whole("referral.qualifies.n") },
                _ => Qualifies::Purchase,
            },
            hold: self.maybe("referral.hold").unwrap_or(0),
            velocity: self.whole("referral.velocity"),
        }
    }

    fn draw(&self, at: &str) -> Option<Draw> {
        let path = |rest: &str| format!("{at}.{rest}");
        let how = if self.get(&path("how")) == "at_once" { How::AtOnce } else { How::AtTheEnd };
        let prizes = 0..self.root.list(&path("prizes")).len();
        Some(Draw {
            name: self.name(&path("name"))?,
            label: self.text(&path("label")),
            cost: self.maybe(&path("cost")).unwrap_or(0),
            per_member: self.maybe(&path("per_member")).unwrap_or(1),
            tier: self.maybe_name(&path("tier")),
            from: self.day(&path("from")),
            until: self.day(&path("until")),
            how,
            prizes: prizes.filter_map(|index| self.prize(&path(&format!("prizes[{index}]")), how)).collect(),
        })
    }

    fn prize(&self, at: &str, how: How) -> Option<Prize> {
        let path = |rest: &str| format!("{at}.{rest}");
        Some(Prize {
            name: self.name(&path("name"))?,
            label: self.text(&path("label")),
            stock: self.whole(&path("stock")),
            // The odds of a draw at the end come from the tickets.
            one_in: if how == How::AtOnce { Some(self.whole(&path("one_in"))) } else { None },
            wins: match self.get(&path("wins.type")) {
                "points" => Wins::Points { points: self.whole(&path("wins.points")) },
                "reward" => Wins::Reward { reward: self.name(&path("wins.reward"))? },
                _ => Wins::ByHand,
            },
        })
    }

    fn get(&self, path: &str) -> &'a str {
        self.root.text(path).trim()
    }

    fn told<T>(&self, path: &str, fault: Fault) -> Option<T> {
        self.found.borrow_mut().push(Problem::new(path, fault));
        None
    }

    fn flag(&self, path: &str) -> bool {
        self.get(path) == "yes"
    }

    fn parsed<T: FromStr>(&self, path: &str, expected: &'static str) -> Option<T> {
        let words = self.get(path);
        words.parse().ok().or_else(|| self.told(path, wrong(words, expected)))
    }

    fn whole(&self, path: &str) -> u32 {
        self.parsed(path, WHOLE).unwrap_or(0)
    }

    fn maybe(&self, path: &str) -> Option<u32> {
        if self.get(path).is_empty() { None } else { Some(self.whole(path)) }
    }

    fn amount(&self, path: &str) -> u32 {
        let words = self.get(path);
        let amount = money::parse(words, &self.currency).and_then(|amount| u32::try_from(amount).ok());
        amount.or_else(|| self.told(path, wrong(words, AMOUNT))).unwrap_or(0)
    }

    fn amount_or_none(&self, path: &str) -> u32 {
        if self.get(path).is_empty() { 0 } else { self.amount(path) }
    }

    fn day(&self, path: &str) -> Option<Day> {
        let words = self.get(path);
        let day = || Day::parse(words).or_else(|| self.told(path, Fault::Malformed { expected: DAY.into() }));
        if words.is_empty() { None } else { day() }
    }

    fn name(&self, path: &str) -> Option<Name> {
        match (self.get(path), Name::parse(self.get(path))) {
            ("", _) => self.told(path, Fault::Required),
            (_, Ok(name)) => Some(name),
            (_, Err(problem)) => self.told(path, problem.fault),
        }
    }

    fn maybe_name(&self, path: &str) -> Option<Name> {
        if self.get(path).is_empty() { None } else { self.name(path) }
    }

    fn names(&self, path: &str) -> Vec<Name> {
        (0..self.root.list(path).len()).filter_map(|index| self.maybe_name(&format!("{path}[{index}]"))).collect()
    }

    /// A text; an empty one is told by the check.
    fn text(&self, path: &str) -> Text {
        self.maybe_text(path).unwrap_or_else(|| "".into())
    }

    fn maybe_text(&self, path: &str) -> Option<Text> {
        match self.root.at(path)? {
            Node::Object(texts) => {
                let given = texts.iter().filter_map(|(tag, text)| {
                    let words = text.text("").trim();
                    Some((Locale::parse(tag).ok()?, words.to_owned())).filter(|(_, words)| !words.is_empty())
                });
                let given: BTreeMap<Locale, String> = given.collect();
                (!given.is_empty()).then_some(Text::Many(given))
            }
            _ => Some(self.get(path)).filter(|words| !words.is_empty()).map(Into::into),
        }
    }
}

fn wrong(words: &str, expected: &'static str) -> Fault {
    if words.is_empty() { Fault::Required } else { Fault::Malformed { expected: expected.into() } }
}
