//! A programme's life, told in lines.

use super::account::Account;
use super::action::{Action, Answered, Facts};
use super::decide::{Decided, decide};
use super::denied::Denied;
use super::entry::{Entry, Kind};
use super::program::Program;
use super::standing::Standing;
use crate::json;
use crate::name::Name;
use crate::time::{Day, Timestamp};

pub(super) fn program(changes: &serde_json::Value) -> Program {
    let mut whole = serde_json::json!({
        "name": "Club", "currency": "EUR",
        "rules": [
            {"name": "visit", "when": {"type": "check_in", "streaks": [{"days": 3, "bonus": 20}, {"days": 7, "bonus": 50, "repeats": true}]}, "points": 5},
            {"name": "answer", "when": {"type": "response"}, "points": 10, "cap": {"times": 2, "per": "week"}, "cooldown": 60},
            {"name": "quiz", "when": {"type": "quiz", "pass": 50}, "points": 30},
            {"name": "order", "when": {"type": "purchase", "per": 100}, "points": 1, "multiplied": true},
            {"name": "cake", "when": {"type": "birthday"}, "points": 100},
            {"name": "profile", "when": {"type": "profile"}, "points": 15},
            {"name": "promo", "when": {"type": "event", "event": "promo"}, "points": 40, "from": "2026-03-01", "until": "2026-03-31"},
            {"name": "brought", "when": {"type": "referral"}, "points": 25}],
        "tiers": [
            {"name": "bronze", "label": "Bronze", "color": "#a05a2c", "from": 0},
            {"name": "silver", "label": "Silver", "color": "#888888", "from": 100, "multiplier": 150},
            {"name": "gold", "label": "Gold", "color": "#d4a017", "from": 500, "multiplier": 200}],
        "ladder": {"days": 30},
        "rewards": [
            {"name": "mug", "label": "A mug", "gives": {"type": "text", "text": "Ask for it"}, "cost": 50, "per_member": 2},
            {"name": "coupon", "label": "5 €", "gives": {"type": "amount", "amount": 500}, "cost": 100},
            {"name": "call", "label": "An hour", "gives": {"type": "text", "text": "We call"}, "cost": 60, "by_hand": true},
            {"name": "golden", "label": "Gold only", "gives": {"type": "text", "text": "!"}, "cost": 1, "tier": "gold"}],
        "referral": {"welcome": 12, "window": 30, "qualifies": {"type": "purchase"}, "velocity": 5},
        "draws": [{"name": "summer", "label": "Summer", "cost": 10, "per_member": 2, "how": "at_once", "prizes": [
            {"name": "points", "label": "100 points", "stock": 5, "one_in": 4, "wins": {"type": "points", "points": 100}},
            {"name": "mug", "label": "A mug", "stock": 5, "one_in": 4, "wins": {"type": "reward", "reward": "mug"}}]}]
    });
    if let (Some(whole), Some(changes)) = (whole.as_object_mut(), changes.as_object()) {
        whole.extend(changes.clone());
    }
    json::strict(whole.to_string().as_bytes()).unwrap()
}

pub(super) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(super) fn at(day: &str) -> Timestamp {
    Day::parse(day).unwrap().start().plus_ms(9 * 3_600_000)
}

/// A member, and a programme.
struct Life {
    program: Program,
    account: Account,
    ledger: Vec<Entry>,
    facts: Facts,
}

impl Life {
    fn new(changes: &serde_json::Value) -> Self {
        let facts = Facts { identified: true, ..Facts::default() };
        Self { program: program(changes), account: Account::default(), ledger: Vec::new(), facts }
    }

    fn acts(&mut self, now: Timestamp, action: &Action) -> Result<Vec<(Kind, i64)>, Denied> {
        let id = format!("a{}", self.ledger.len());
        let Decided { entries, account } = decide(&self.program, &self.account, &id, action, &self.facts, now)?;
        let told = entries.iter().map(|entry| (entry.kind, entry.delta)).collect();
        self.ledger.extend(entries);
        self.account = account;
        Ok(told)
    }

    fn on(&mut self, day: &str, action: &Action) -> Result<Vec<(Kind, i64)>, Denied> {
        self.acts(at(day), action)
    }

    fn has(&mut self, points: i64, day: &str) {
        self.on(day, &Action::Adjust { delta: points, why: "to begin with".to_owned() }).unwrap();
    }
}

fn bare() -> serde_json::Value {
    serde_json::json!({"tiers": []})
}

fn answer(widget: &str, answered: Answered) -> Action {
    Action::Response { response: "r1".to_owned(), widget: name(widget), answered }
}

fn buy(amount: u64) -> Action {
    Action::Purchase { order: "4711".to_owned(), amount }
}

fn redeem(reward: &str) -> Action {
    Action::Redeem { reward: name(reward) }
}

#[test]
fn days_in_a_row_bring_more() {
    let mut life = Life::new(&bare());
    let visit = Action::CheckIn;
    assert_eq!(life.on("2026-03-01", &visit), Ok(vec![(Kind::Earn, 5)]));
    assert_eq!(life.on("2026-03-01", &visit), Err(Denied::Today { until: Day::parse("2026-03-02").unwrap().start() }));
    assert_eq!(life.on("2026-03-02", &visit), Ok(vec![(Kind::Earn, 5)]));
    let row = Standing::of(&life.program, &life.account, at("2026-03-03")).streak.unwrap();
    assert_eq!((row.days, row.today, row.bonus), (2, false, Some((3, 20))));
    assert_eq!(life.on("2026-03-03", &visit), Ok(vec![(Kind::Earn, 5), (Kind::Streak, 20)]));
    for day in ["2026-03-04", "2026-03-05", "2026-03-06"] {
        assert_eq!(life.on(day, &visit), Ok(vec![(Kind::Earn, 5)]));
    }
    assert_eq!(life.on("2026-03-07", &visit), Ok(vec![(Kind::Earn, 5), (Kind::Streak, 50)]));
    assert_eq!(life.on("2026-03-09", &visit), Ok(vec![(Kind::Earn, 5)]), "a day was left out");
    assert_eq!(Standing::of(&life.program, &life.account, at("2026-03-12")).streak.unwrap().days, 0);
    assert_eq!(life.account.balance, 5 * 8 + 70);
}

#[test]
fn rules_have_caps_and_pauses() {
    let mut life = Life::new(&bare());
    let nps = answer("nps", Answered::Survey);
    assert_eq!(life.on("2026-03-02", &nps), Ok(vec![(Kind::Earn, 10)]));
    assert_eq!(life.on("2026-03-02", &nps), Err(Denied::Cooldown { until: at("2026-03-02").plus_ms(3_600_000) }));
    assert_eq!(life.on("2026-03-03", &nps), Ok(vec![(Kind::Earn, 10)]));
    let monday = Day::parse("2026-03-09").unwrap().start();
    assert_eq!(life.on("2026-03-04", &nps), Err(Denied::Cap { until: Some(monday) }));
    assert_eq!(life.acts(monday, &nps), Ok(vec![(Kind::Earn, 10)]));
    assert_eq!(life.on("2026-03-04", &answer("vote", Answered::Poll)), Err(Denied::NothingEarns));

    let quiz = |right| answer("capitals", Answered::Quiz { right, of: 4 });
    assert_eq!(life.on("2026-03-10", &quiz(1)), Err(Denied::NotPassed { percent: 25, pass: 50 }));
    assert_eq!(life.on("2026-03-10", &quiz(2)), Ok(vec![(Kind::Earn, 30)]));
    assert_eq!(life.on("2026-03-11", &quiz(4)), Err(Denied::Once));
    assert_eq!(life.ledger.last().map(|entry| entry.reference.as_str()), Some("quiz/capitals"));

    let promo = Action::Event { event: name("promo"), note: String::new() };
    assert_eq!(
        life.on("2026-02-28", &promo).map_err(|denied| denied.code()),
        Ok(vec![(Kind::Earn, 40)]),
        "clocks go back"
    );
    assert_eq!(life.on("2026-03-31", &promo), Ok(vec![(Kind::Earn, 40)]));
    assert_eq!(life.on("2026-04-01", &promo).map_err(|denied| denied.code()), Err("over"));
}

#[test]
fn birthdays_and_profiles_count_once() {
    let mut life = Life::new(&bare());
    life.facts.birthday = Some((2, 29));
    assert_eq!(life.on("2026-02-28", &Action::Birthday), Err(Denied::NotBirthday));
    assert_eq!(life.on("2026-03-03", &Action::Birthday), Ok(vec![(Kind::Earn, 100)]));
    life.facts.birthday = Some((6, 1));
    assert_eq!(life.on("2026-06-01", &Action::Birthday), Err(Denied::Once));
    assert_eq!(life.on("2027-06-01", &Action::Birthday), Ok(vec![(Kind::Earn, 100)]));
    assert_eq!(life.on("2027-06-01", &Action::Profile), Err(Denied::Incomplete));
    life.facts.profile_complete = true;
    assert_eq!(life.on("2027-06-01", &Action::Profile), Ok(vec![(Kind::Earn, 15)]));
    assert_eq!(life.on("2027-06-01", &Action::Profile), Err(Denied::Once));
}

#[test]
fn purchases_are_facts_and_tiers_multiply() {
    let mut life = Life::new(&serde_json::json!({}));
    assert_eq!(life.on("2026-03-01", &buy(99)), Ok(vec![(Kind::Tier, 0), (Kind::Earn, 0)]));
    assert_eq!((life.account.spent, life.account.orders, life.account.tier.as_str()), (99, 1, "bronze"));
    assert_eq!(life.on("2026-03-01", &buy(10_050)), Ok(vec![(Kind::Earn, 100), (Kind::Tier, 0)]));
    assert_eq!(life.account.tier, "silver");
    let standing = Standing::of(&life.program, &life.account, at("2026-03-01"));
    assert_eq!(standing.next.map(|next| next.lacks), Some(400));
    assert_eq!(standing.tier_until, Some(Day::parse("2026-03-31").unwrap().start()));
    assert_eq!(life.on("2026-03-02", &buy(1_000)), Ok(vec![(Kind::Earn, 15)]));
    life.facts.paused = true;
    assert_eq!(life.on("2026-03-02", &buy(1_000)), Ok(vec![(Kind::Earn, 0)]), "recorded without points");
    assert_eq!(life.on("2026-03-03", &Action::CheckIn), Err(Denied::Paused));
}

#[test]
fn four_ways_to_fall() {
    let tier = |fall: serde_json::Value, day: &str| {
        let mut life = Life::new(&serde_json::json!({"ladder": {"days": 30, "fall": fall}}));
        life.on("2026-01-01", &buy(60_000)).unwrap();
        assert_eq!(life.account.tier, "gold");
        let shown = Standing::of(&life.program, &life.account, at(day)).tier.unwrap();
        // What is shown is what is written when somebody comes, and neither earlier touches nor the lack of them matter.
        for step in 2..200 {
            let now = Day::parse("2026-01-01").unwrap().plus(step).start();
            if now < at(day) && step % 3 == 0 {
                life.acts(now, &Action::Expire).unwrap();
            }
        }
        life.on(day, &Action::Expire).unwrap();
        assert_eq!(life.account.tier, shown.as_str());
        shown.to_string()
    };
    let at_once = serde_json::json!({"type": "at_once"});
    assert_eq!(tier(at_once.clone(), "2026-01-30"), "gold");
    assert_eq!(tier(at_once, "2026-01-31"), "bronze");
    let after = serde_json::json!({"type": "after", "days": 10});
    assert_eq!(tier(after.clone(), "2026-02-09"), "gold");
    assert_eq!(tier(after, "2026-02-10"), "bronze");
    let step = serde_json::json!({"type": "one_step", "days": 10});
    assert_eq!(tier(step.clone(), "2026-02-10"), "silver");
    assert_eq!(tier(step.clone(), "2026-02-19"), "silver");
    assert_eq!(tier(step, "2026-02-20"), "bronze");
    assert_eq!(tier(serde_json::json!({"type": "never"}), "2026-06-30"), "gold");
}

#[test]
fn rewards_are_held_handed_out_and_given_back() {
    let mut life = Life::new(&bare());
    life.has(300, "2026-03-01");
    let day = "2026-03-02";
    assert_eq!(life.on(day, &redeem("mug")), Ok(vec![(Kind::Hold, -50), (Kind::Capture, 0)]));
    assert_eq!(life.on(day, &redeem("mug")), Ok(vec![(Kind::Hold, -50), (Kind::Capture, 0)]));
    assert_eq!(life.on(day, &redeem("mug")), Err(Denied::Limit { times: 2 }));
    assert_eq!(life.on(day, &redeem("golden")), Ok(vec![(Kind::Hold, -1), (Kind::Capture, 0)]), "a tier that is gone");
    assert_eq!(life.on(day, &redeem("coupon")), Err(Denied::SoldOut));
    life.facts.code = Some("SAVE5".to_owned());
    assert_eq!(life.on(day, &redeem("coupon")), Ok(vec![(Kind::Hold, -100), (Kind::Capture, 0)]));
    assert_eq!(life.ledger.last().map(|entry| entry.note.as_str()), Some("SAVE5"));
    assert_eq!(life.on(day, &redeem("coupon")), Err(Denied::NotEnough { lacks: 1 }));
    assert_eq!(life.on(day, &redeem("call")), Ok(vec![(Kind::Hold, -60)]));
    let hold = life.account.holds[0].id.clone();
    assert_eq!((life.account.balance, life.account.held()), (39, 60));
    assert_eq!(life.on(day, &Action::Void { hold: hold.clone(), why: "ill".to_owned() }), Ok(vec![(Kind::Void, 60)]));
    assert_eq!(life.on(day, &Action::Capture { hold, note: String::new() }), Err(Denied::Unknown));
    assert_eq!(life.on(day, &redeem("call")), Ok(vec![(Kind::Hold, -60)]));
    assert_eq!(life.on("2026-03-31", &Action::Expire), Ok(vec![]));
    assert_eq!(life.on("2026-04-02", &Action::Expire), Ok(vec![(Kind::Void, 60)]), "nobody honoured it");
    life.facts.identified = false;
    assert_eq!(life.on("2026-04-02", &redeem("call")), Err(Denied::Identify));
    assert_eq!(life.account.balance, 99);
}

#[test]
fn the_soonest_to_expire_goes_first() {
    let mut life = Life::new(&serde_json::json!({"tiers": [], "expiry": {"type": "after", "days": 10}}));
    life.has(40, "2026-03-01");
    life.has(50, "2026-03-05");
    assert_eq!(life.on("2026-03-06", &redeem("call")), Ok(vec![(Kind::Hold, -60)]));
    let standing = Standing::of(&life.program, &life.account, at("2026-03-06"));
    assert_eq!(standing.expiring.map(|it| (it.points, it.at.day().to_text())), Some((30, "2026-03-16".to_owned())));
    let hold = life.account.holds[0].id.clone();
    let void = Action::Void { hold, why: String::new() };
    assert_eq!(life.on("2026-03-12", &void), Ok(vec![(Kind::Void, 60), (Kind::Expire, -40)]), "old dates");
    assert_eq!(life.on("2026-03-15", &Action::Expire), Ok(vec![]));
    assert_eq!(life.on("2026-03-16", &Action::Expire), Ok(vec![(Kind::Expire, -50)]));

    let mut life = Life::new(&serde_json::json!({"tiers": [], "expiry": {"type": "inactive", "days": 10}}));
    life.has(40, "2026-03-01");
    life.on("2026-03-08", &Action::CheckIn).unwrap();
    assert_eq!(life.account.due(&life.program), Some(Day::parse("2026-03-19").unwrap().start()));
    assert_eq!(life.on("2026-03-18", &Action::Expire), Ok(vec![]));
    assert_eq!(life.on("2026-03-19", &Action::Expire), Ok(vec![(Kind::Expire, -45)]));
}

#[test]
fn draws_and_referrals_are_lines_too() {
    let mut life = Life::new(&bare());
    life.has(25, "2026-03-01");
    let ticket = |number| Action::Ticket { draw: name("summer"), number };
    assert_eq!(life.on("2026-03-01", &ticket(1)), Ok(vec![(Kind::Ticket, -10)]));
    let win = |prize: &str| Action::Win { draw: name("summer"), prize: name(prize) };
    assert_eq!(life.on("2026-03-01", &win("points")), Ok(vec![(Kind::Win, 100)]));
    let mug = Ok(vec![(Kind::Win, 0), (Kind::Hold, 0), (Kind::Capture, 0)]);
    assert_eq!(life.on("2026-03-01", &win("mug")), mug);
    assert_eq!(life.on("2026-03-01", &ticket(2)), Ok(vec![(Kind::Ticket, -10)]));
    assert_eq!(life.on("2026-03-01", &ticket(3)), Err(Denied::Limit { times: 2 }));
    let refer = |role| Action::Refer { other: "m2".to_owned(), role };
    assert_eq!(life.on("2026-03-01", &refer(super::action::Role::Referrer)), Ok(vec![(Kind::Refer, 25)]));
    assert_eq!(life.on("2026-03-01", &refer(super::action::Role::Referred)), Ok(vec![(Kind::Refer, 12)]));
    assert_eq!(life.account.redeemed, 20);
}

#[test]
fn nothing_is_too_large_and_nothing_below_zero() {
    let mut life = Life::new(&bare());
    let adjust = |delta| Action::Adjust { delta, why: "a | b\nc".to_owned() };
    assert_eq!(life.on("2026-03-01", &adjust(-1)), Err(Denied::NotEnough { lacks: 1 }));
    assert_eq!(life.on("2026-03-01", &adjust(i64::MAX)), Err(Denied::TooMuch));
    assert_eq!(life.on("2026-03-01", &buy(u64::MAX)), Err(Denied::TooMuch));
    assert_eq!(life.on("2026-03-01", &adjust((1 << 53) - 1)), Ok(vec![(Kind::Adjust, (1 << 53) - 1)]));
    assert_eq!(life.on("2026-03-01", &adjust(1)), Err(Denied::TooMuch));
    assert_eq!(life.ledger[0].note, "a | b c");
}
