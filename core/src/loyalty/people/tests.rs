//! Members by hand.

use super::census::{Census, Cohort, Counted, Lifetimes, Points, Rhythm};
use super::figures::Figures;
use super::insight::Insight;
use super::rfm::{Fifths, Group, Rfm, places};
use super::stage::{From, Level, Risk, Stage};
use super::value::Value;
use super::{HOUR_MS, Past, Person, month, month_text, words};
use crate::loyalty::account::{Account, DayTotal, Totals};
use crate::loyalty::action::{Action, Facts, Role};
use crate::loyalty::decide::decide;
use crate::loyalty::member::Member;
use crate::loyalty::tests::program;
use crate::metrics::near;
use crate::time::{Day, Timestamp};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn hour(text: &str) -> i64 {
    day(text).start().0 / HOUR_MS
}

fn account(days: &[(&str, i64, i64, u32)]) -> Account {
    let totals =
        |(at, points, spent, orders): &(&str, i64, i64, u32)| DayTotal(day(at).0, Totals(*points, *spent, *orders));
    let days: Vec<DayTotal> = days.iter().map(totals).collect();
    let last = days.last().map_or(0, |total| total.0);
    Account {
        earned: days.iter().map(|total| total.1.0).sum(),
        spent: days.iter().map(|total| total.1.1).sum(),
        orders: days.iter().map(|total| total.1.2).sum(),
        active: Day(last).start().plus_ms(5 * HOUR_MS),
        active_days: days.iter().map(|total| total.0).collect(),
        days,
        ..Account::default()
    }
}

#[test]
fn a_person_is_what_the_account_says() {
    let mut member = Member::new("m".to_owned(), day("2026-01-05").start());
    (member.profile.name, member.profile.email) = ("Ada LOVELACE".to_owned(), "Ada@Example.com".to_owned());
    member.external = "C-17".to_owned();
    assert_eq!(words(&member), "ada lovelace\nada@example.com\nc-17");
    let days =
        [("2026-01-31", 5, 0, 0), ("2026-02-01", 20, 2_000, 1), ("2026-02-07", 1, 0, 0), ("2026-04-30", 9, 900, 2)];
    let person = Person::of(&member, &account(&days));
    assert_eq!(person.seen, hour("2026-04-30") + 5);
    assert_eq!((person.orders, person.spent, person.visits, person.earned), (3, 2_900, 4, 35));
    // Gaps of 1, 6 and 82 days.
    assert_eq!(person.gap, Some(6 * 24));
    let (first, again) = (day("2026-02-01"), Some(day("2026-04-30")));
    assert_eq!(person.bought, Some(Past { first, again, months: 0b101 }));
    let (first, again) = (day("2026-01-31"), Some(day("2026-02-01")));
    assert_eq!(person.came, Some(Past { first, again, months: 0b1011 }));

    // Two orders on the first day are two orders.
    let person = Person::of(&member, &account(&[("2026-02-01", 5, 500, 2)]));
    assert_eq!(person.bought.and_then(|past| past.again), Some(day("2026-02-01")));
    assert_eq!((person.gap, person.came.and_then(|past| past.again)), (None, None));

    // Where days are forgotten, nobody knows which was the first.
    let mut old = account(&[("2026-02-01", 5, 500, 1)]);
    (old.earned, old.orders) = (50, 4);
    let person = Person::of(&member, &old);
    assert_eq!((person.orders, person.bought, person.came), (4, None, None));

    // A gift is no visit.
    let given = Account { active: day("2026-03-01").start(), ..account(&[("2026-02-01", 5, 500, 1)]) };
    assert_eq!(Person::of(&member, &given).seen, hour("2026-02-01"));

    // Whoever only joined was seen then.
    assert_eq!(Person::of(&member, &Account::default()).seen, hour("2026-01-05"));
    assert_eq!(
        (month_text(month(day("2026-11-23"))).as_str(), month(day("2027-01-01")) - month(day("2026-11-30"))),
        ("2026-11", 2)
    );
}

#[test]
fn halves_of_days_are_whole_hours() {
    let person = |days: &[(&str, i64, i64, u32)]| Person::of(&Member::default(), &account(days));
    let days = [("2026-01-01", 1, 0, 0), ("2026-01-02", 1, 0, 0), ("2026-01-04", 1, 0, 0)];
    assert_eq!(person(&days).gap, Some(36), "one day and two");
    assert_eq!(person(days.get(..2).unwrap()).gap, None, "one gap is no rhythm");
}

#[test]
fn silence_in_gaps_of_ones_own_tells_where_somebody_stands() {
    let rhythm = Rhythm::of(Some(20 * 24), 50);
    let own = Person { seen: hour("2026-03-01"), joined: day("2026-01-01"), gap: Some(10 * 24), ..Person::default() };
    let at = |person: &Person, text: &str| {
        let risk = Risk::of(person, rhythm, hour(text));
        (Stage::of(person, rhythm, hour(text)), risk.level, risk.from)
    };
    assert_eq!(at(&own, "2026-03-20"), (Stage::Active, Level::Low, From::Own));
    assert_eq!(at(&own, "2026-03-21"), (Stage::Active, Level::Raised, From::Own));
    assert_eq!(at(&own, "2026-03-31"), (Stage::AtRisk, Level::High, From::Own));
    assert_eq!(at(&own, "2026-04-30"), (Stage::Lost, Level::High, From::Own));
    near(Risk::of(&own, rhythm, hour("2026-03-31")).gaps, 3.0, 1e-9);

    let loyal = Person { orders: 3, ..own.clone() };
    assert_eq!(at(&loyal, "2026-03-20").0, Stage::Loyal);
    assert_eq!(at(&Person { visits: 5, ..own.clone() }, "2026-03-20").0, Stage::Loyal);
    assert_eq!(
        at(&Person { orders: 9, ..own.clone() }, "2026-04-30").0,
        Stage::Lost,
        "loyalty does not last by itself"
    );

    // Without a rhythm the others' counts; a week is the least.
    let fresh = Person { gap: None, joined: day("2026-02-25"), ..own.clone() };
    assert_eq!(at(&fresh, "2026-03-20"), (Stage::New, Level::Low, From::Others));
    assert_eq!(at(&fresh, "2026-03-27").0, Stage::Active, "the thirtieth day");
    let daily = Person { gap: Some(24), ..own };
    assert_eq!(at(&daily, "2026-03-21"), (Stage::Active, Level::Raised, From::Week));
    let nobody = Risk::of(&fresh, Rhythm::of(Some(48), 19), hour("2026-03-31"));
    assert_eq!((nobody.from, nobody.gap_days), (From::Assumed, 30.0));
}

#[test]
fn fifths_of_a_hundred() {
    assert_eq!(places(100), [20, 40, 60, 80]);
    assert_eq!(places(21), [5, 9, 13, 17]);
    let fifths = Fifths { seen: [20, 40, 60, 80], often: [1, 1, 1, 2], spent: Some([100, 200, 300, 400]) };
    let of = |seen: i64, orders: u32, spent: i64| {
        let rfm = Rfm::of(&Person { seen, orders, spent, visits: 9, ..Person::default() }, &fifths);
        (rfm.recency, rfm.frequency, rfm.monetary, rfm.group)
    };
    assert_eq!(of(81, 3, 401), (5, 5, Some(5), Group::High));
    assert_eq!(of(80, 2, 400), (4, 4, Some(4), Group::High));
    assert_eq!(of(80, 2, 300), (4, 4, Some(3), Group::Middle));
    assert_eq!(of(21, 1, 401), (2, 1, Some(5), Group::Middle));
    assert_eq!(of(20, 1, 0), (1, 1, Some(1), Group::Low));
    // Without orders: by days, and in two parts.
    let fifths = Fifths { often: [1, 2, 3, 4], spent: None, ..fifths };
    let rfm = Rfm::of(&Person { seen: 70, visits: 4, orders: 0, ..Person::default() }, &fifths);
    assert_eq!((rfm.recency, rfm.frequency, rfm.monetary, rfm.group), (4, 4, None, Group::High));
}

#[test]
fn what_a_customer_is_worth_is_a_product_of_three() {
    let today = day("2026-11-23");
    let past = Past { first: today.plus(-731), again: None, months: 1 };
    let buyer = Person { orders: 10, spent: 50_000, bought: Some(past), ..Person::default() };
    let lifetimes = Lifetimes { lost: 10, days: 36_525 };
    let value = Value::of(&buyer, lifetimes, today).unwrap();
    near(value.mean_order, 5_000.0, 1e-9);
    near(value.orders_a_year, 4.996_58, 1e-4);
    // A hundred years among ten who went.
    assert_eq!(value.expected_years, Some(super::value::MOST_YEARS));
    let value = Value::of(&buyer, Lifetimes { lost: 50, ..lifetimes }, today).unwrap();
    near(value.expected_years.unwrap(), 2.0, 1e-9);
    near(value.clv.unwrap(), 5_000.0 * 4.996_58 * 2.0, 1.0);
    let early = Value::of(&buyer, Lifetimes { lost: 4, ..lifetimes }, today).unwrap();
    assert_eq!((early.expected_years, early.clv), (None, None));
    // Who bought for the first time yesterday is judged by ninety days.
    let past = Past { first: today.plus(-1), ..past };
    let fresh = Person { orders: 1, spent: 900, bought: Some(past), ..Person::default() };
    assert_eq!(Value::of(&fresh, lifetimes, today).unwrap().over_days, 90);
    assert_eq!(Value::of(&Person::default(), lifetimes, today), None);
}

#[test]
fn what_points_will_cost() {
    let mut census = Census {
        at: day("2026-11-23").start(),
        points: Points { balance: 9_000, held: 1_000, earned: 50_000, redeemed: 30_000, expired: 10_000 },
        settled: 20,
        ..Census::default()
    };
    let program = program(&serde_json::json!({ "cost_of_100": 99 }));
    let liability = Figures::of(&census, &program).liability;
    assert_eq!((liability.outstanding, liability.redeemed_share), (10_000, Some(0.75)));
    assert_eq!((liability.expected, liability.most), (Some(7_425), Some(9_900)));
    census.settled = 19;
    let liability = Figures::of(&census, &program).liability;
    assert_eq!((liability.redeemed_share, liability.expected), (None, Some(9_900)));
    let free = super::super::tests::program(&serde_json::json!({}));
    assert_eq!(Figures::of(&census, &free).liability.expected, None);
}

#[test]
fn cohorts_go_from_their_month_to_the_running_one() {
    let now = month(day("2026-11-23"));
    let cohort = |ago: i32, members: u64, back: &[u64]| Cohort { month: now - ago, members, back: back.to_vec() };
    let census = Census {
        at: day("2026-11-23").start(),
        cohorts: vec![cohort(3, 20, &[18, 4, 1, 9]), cohort(1, 5, &[5]), cohort(0, 7, &[])],
        repeat: Counted { hits: 18, of: 20 },
        ..Census::default()
    };
    let figures = Figures::of(&census, &program(&serde_json::json!({})));
    let months: Vec<_> = figures.cohorts.iter().map(|row| (row.month.as_str(), row.members, row.back.len())).collect();
    assert_eq!(months, [("2026-11", 7, 0), ("2026-10", 5, 1), ("2026-09", 0, 0), ("2026-08", 20, 3)]);
    let august = figures.cohorts.last().unwrap();
    near(august.back.first().unwrap().low, 0.6990, 5e-5);
    let loyalty = figures.loyalty.unwrap();
    near(loyalty.low, 0.6990, 5e-5);
    near(loyalty.high, 0.9721, 5e-5);
    assert_eq!(
        (figures.redemption, figures.referral, figures.groups, figures.usual_gap_days),
        (None, None, None, None)
    );
}

#[test]
fn one_member_among_all() {
    let person = Person { seen: hour("2026-11-20"), joined: day("2026-01-01"), orders: 3, ..Person::default() };
    let insight = Insight::of(&person, &Census::default(), Timestamp(day("2026-11-23").start().0 + 1));
    assert_eq!((insight.stage, insight.risk.silent_days, insight.rfm), (Stage::Loyal, 3.0, None));
}

#[test]
fn what_comes_to_somebody_who_does_nothing_does_not_hide_their_silence() {
    let rules = super::super::tests::program(&serde_json::json!({}));
    let mut account = Account::default();
    let act = |account: &mut Account, id: &str, on: &str, action: Action| {
        let born = day(on).civil();
        let facts = Facts { identified: true, birthday: Some((born.1, born.2)), ..Facts::default() };
        *account = decide(&rules, account, id, &action, &facts, day(on).start()).unwrap().account;
    };
    act(&mut account, "a", "2026-01-05", Action::CheckIn);
    act(&mut account, "b:m:2026", "2026-02-10", Action::Birthday);
    act(&mut account, "r1", "2026-02-20", Action::Refer { other: "friend".to_owned(), role: Role::Referrer });
    act(&mut account, "r2", "2026-02-21", Action::Refer { other: "friend".to_owned(), role: Role::Referred });
    let member = Member::new("m".to_owned(), day("2026-01-01").start());
    assert_eq!(Person::of(&member, &account).seen, hour("2026-01-05"));
    // They keep points from expiring all the same, as anything that is earned does.
    assert_eq!(account.active, day("2026-02-21").start());
    // A birthday that they come for themselves is a visit.
    act(&mut account, "b-day", "2027-02-10", Action::Birthday);
    assert_eq!(Person::of(&member, &account).seen, hour("2027-02-10"));
}
