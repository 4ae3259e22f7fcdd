use super::*;
use crate::loyalty::program::{Expiry, Period};
use crate::loyalty::template::ready;

const NOW: &str = "2026-11-22";

fn noon(day: &str) -> Timestamp {
    Day::parse(day).unwrap().start().plus_ms(12 * 3_600_000)
}

/// A member who did this by the ready-made programme.
fn lived(acts: &[(&str, Action)]) -> Vec<Entry> {
    let program = ready("EUR").unwrap();
    let (mut account, mut entries) = (Account::default(), Vec::new());
    for (index, (day, action)) in acts.iter().enumerate() {
        let facts = Facts { identified: true, code: Some("C".into()), ..Facts::default() };
        let decided = decide(&program, &account, &format!("a{index}"), action, &facts, noon(day)).unwrap();
        entries.extend(decided.entries);
        account = decided.account;
    }
    entries
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn bought(order: &str, amount: u64) -> Action {
    Action::Purchase { order: order.into(), amount }
}

fn run(draft: &Program, live: Option<&Program>, members: &[Vec<Entry>]) -> Simulation {
    let simulator = Simulator { draft, live, now: noon(NOW) };
    let mut course = Course { members: members.len() as u32, ..Course::default() };
    for entries in members {
        let lived = Lived { entries, identified: true, best: &[], widget: &|_| None };
        simulator.member(&mut course, &lived);
    }
    simulator.end(course, &[(name("nps"), Answered::Survey, 40)])
}

fn two() -> Vec<Vec<Entry>> {
    let answer = |id: &str| Action::Response { response: id.into(), widget: name("nps"), answered: Answered::Survey };
    vec![
        lived(&[
            // Before the days that count: it counts for tiers and balances alone.
            ("2026-06-01", bought("o1", 60_000)),
            ("2026-11-01", Action::CheckIn),
            ("2026-11-02", answer("r1")),
            ("2026-11-10", bought("o2", 10_000)),
            ("2026-11-11", Action::Redeem { reward: name("coupon") }),
        ]),
        lived(&[("2026-11-20", bought("o3", 5_050)), ("2026-11-21", Action::CheckIn)]),
    ]
}

#[test]
fn the_programme_in_force_would_have_done_what_it_did() {
    let live = ready("EUR").unwrap();
    let told = run(&live, Some(&live), &two());
    assert_eq!(Some(&told.would), told.did.as_ref());
    assert_eq!(Some(told.would_cost), told.did_cost);
    // 2 + 20 + 100 × 1.25 of Silver; 50 + 2.
    assert_eq!((told.would.earned, told.would.redeemed), (2 + 20 + 125 + 52, 500));
    assert_eq!(told.would.by_rule["purchase"], Times { times: 2, points: 175 });
    assert_eq!(told.would.by_tier["silver"], Times { times: 1, points: 147 });
    assert_eq!(told.would.by_tier["bronze"], Times { times: 1, points: 52 });
    assert_eq!(told.would.by_reward["coupon"], Times { times: 1, points: 500 });
    // 600 + 147 − 500, and 52.
    assert_eq!(told.would.outstanding, 247 + 52);
    assert_eq!((told.unknown, told.lost), (Vec::new(), 0));
    assert_eq!((told.from.to_text().as_str(), told.to.to_text().as_str()), ("2026-08-25", NOW));
}

#[test]
fn another_programme_is_told_beside_it() {
    let live = ready("EUR").unwrap();
    let mut draft = live.clone();
    draft.rules[2].points = 3;
    draft.rewards[1].cost = 2_500;
    draft.rules[1].cap.as_mut().unwrap().per = Period::Week;
    let told = run(&draft, Some(&live), &two());
    assert_eq!(told.would.by_rule["purchase"], Times { times: 2, points: 450 + 150 });
    assert_eq!((told.would.redeemed, told.would.refused), (0, 1), "the coupon is out of reach now");
    assert_eq!(told.would.by_tier["gold"].times, 1);
    assert_eq!(told.unknown, [Unknown { rule: name("response"), why: Why::Capped }]);
    // A hundred points cost 1.00; as coupons for 2,500 points they are worth 0.20, so the usual is the dearest.
    assert_eq!(told.would_cost.at_most, told.would.earned);
    assert_eq!(told.did_cost.unwrap().redeemed, 500);
}

#[test]
fn what_nobody_noted_is_said_and_estimated_from_answers() {
    let draft = ready("EUR").unwrap();
    let told = run(&draft, None, &[]);
    assert_eq!((told.did.is_none(), told.members, told.would.earned), (true, 0, 0));
    assert_eq!(told.unknown.len(), draft.rules.len(), "not even purchases were noted");
    assert_eq!(told.estimates, [Estimate { rule: name("response"), times: 40, points: 800 }]);
}

#[test]
fn stock_ends_points_expire_and_a_sample_is_scaled_up() {
    let live = ready("EUR").unwrap();
    let mut draft = live.clone();
    draft.rewards[1].stock = Some(1);
    draft.expiry = Expiry::After { days: 30 };
    let member = || {
        lived(&[
            ("2026-09-01", bought("o", 60_000)),
            ("2026-09-02", Action::Redeem { reward: name("coupon") }),
            ("2026-11-20", Action::CheckIn),
        ])
    };
    let told = run(&draft, Some(&live), &[member(), member()]);
    assert_eq!((told.would.redeemed, told.would.refused, told.would.expired), (500, 1, 100 + 600));
    assert_eq!(told.would.outstanding, 4);
    let half = Course { members: 4, looked_at: 2, would: told.would.clone(), ..Course::default() };
    let scaled = Simulator { draft: &draft, live: Some(&live), now: noon(NOW) }.end(half, &[]);
    assert_eq!((scaled.would.expired, scaled.would.by_tier["silver"].times), (1_400, 4));
}

#[test]
fn merged_members_count_once() {
    let live = ready("EUR").unwrap();
    let device = lived(&[("2026-11-01", Action::CheckIn), ("2026-11-02", Action::CheckIn)]);
    let fold = |entries: &[Entry]| {
        let mut account = Account::default();
        entries.iter().for_each(|entry| account.apply(entry).unwrap());
        account
    };
    let known = lived(&[("2026-11-03", bought("o", 1_000))]);
    let (from, into) =
        crate::loyalty::absorb::merge(&fold(&device), "d", &fold(&known), "k", "m", noon("2026-11-04")).unwrap();
    let members = [[device, from.entries].concat(), [known, into.entries].concat()];
    let told = run(&live, Some(&live), &members);
    assert_eq!(Some(&told.would), told.did.as_ref());
    assert_eq!((told.would.earned, told.would.outstanding), (14, 14));
    assert_eq!(told.would.by_tier.values().map(|tier| tier.times).sum::<u32>(), 1);
}

/// What a programme with this pass mark would have given to a member with these lines and scores.
fn quizzed(live: u32, draft: u32, entries: &[Entry], best: &[(Name, u32)]) -> Option<Times> {
    let with = |pass: u32| {
        let rule = serde_json::json!({ "name": "quiz", "when": { "type": "quiz", "pass": pass }, "points": 30 });
        let mut program = ready("EUR").unwrap();
        program.rules.push(serde_json::from_value(rule).unwrap());
        program
    };
    let (live, draft) = (with(live), with(draft));
    let simulator = Simulator { draft: &draft, live: Some(&live), now: noon(NOW) };
    let mut course = Course { members: 1, ..Course::default() };
    simulator.member(&mut course, &Lived { entries, identified: true, best, widget: &|_| None });
    simulator.end(course, &[]).would.by_rule.get("quiz").copied()
}

#[test]
fn the_best_score_tells_who_passes_at_another_mark() {
    let answered = Answered::Quiz { right: 8, of: 10 };
    let action = Action::Response { response: "r".into(), widget: name("capitals"), answered };
    let mut rules = ready("EUR").unwrap();
    rules.rules.push(
        serde_json::from_value(
            serde_json::json!({ "name": "quiz", "when": { "type": "quiz", "pass": 50 }, "points": 30 }),
        )
        .unwrap(),
    );
    let facts = Facts { identified: true, ..Facts::default() };
    let passed = decide(&rules, &Account::default(), "a", &action, &facts, noon("2026-11-01")).unwrap().entries;
    let (best, once) = ([(name("capitals"), 80)], Some(Times { times: 1, points: 30 }));
    assert_eq!(quizzed(50, 80, &passed, &best), once);
    assert_eq!(quizzed(50, 81, &passed, &best), None);
    // Of an older release no score is known: passed is passed, and no more.
    assert_eq!((quizzed(50, 50, &passed, &[]), quizzed(50, 51, &passed, &[])), (once, None));
    // Whoever missed the mark would have passed at a lower one; at the one in force nothing changes.
    let missed = [(name("capitals"), 40)];
    assert_eq!((quizzed(50, 40, &[], &missed), quizzed(50, 50, &[], &missed)), (once, None));
}
