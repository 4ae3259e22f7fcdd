use super::*;
use crate::loyalty::program::{Cap, Draw, How, Period, Prize, Referral, Wins};
use crate::loyalty::template::ready;
use crate::model::text::Locale;
use crate::time::Timestamp;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn again(draft: &Draft) -> Draft {
    let fields = draft.fields();
    posted(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn words() -> Words<'static> {
    let editor = crate::editor::Words { question: "Q", option: "O", row: "R", column: "C", agree: "A", tab: "T" };
    Words { tier: "New tier", reward: "New reward", draw: "New draw", prize: "Prize", editor }
}

fn changed(draft: &Draft, word: &str) -> Draft {
    let mut draft = draft.clone();
    Change::parse(word).unwrap().make(&mut draft, &Locale::parse("en").unwrap(), &words(), NOW);
    again(&draft)
}

fn told(draft: &Draft) -> Vec<String> {
    let problems = program(draft).unwrap_err();
    problems.into_iter().map(|problem| format!("{} {}", problem.field, problem.fault.code())).collect()
}

#[test]
fn a_programme_comes_back_from_its_form_as_it_was() {
    let mut full = ready("EUR").unwrap();
    full.rules[1].cooldown = 90;
    full.rules[2].cap = Some(Cap { times: 3, per: Period::Week });
    full.ladder.by = Measure::Spend;
    full.tiers[1].from = 12_345;
    full.draws = vec![Draw {
        name: crate::name::Name::of("spring").unwrap(),
        label: "Spring".into(),
        cost: 10,
        per_member: 3,
        tier: None,
        from: None,
        until: crate::time::Day::parse("2027-03-31"),
        how: How::AtOnce,
        prizes: vec![Prize {
            name: crate::name::Name::of("pen").unwrap(),
            label: "A pen".into(),
            stock: 2,
            one_in: Some(50),
            wins: Wins::Points { points: 5 },
        }],
    }];
    for program in [full, ready("JPY").unwrap(), ready("KWD").unwrap()] {
        let form = again(&of(&program).unwrap());
        assert_eq!(super::program(&form), Ok(program));
    }
}

#[test]
fn amounts_and_factors_are_written_as_people_say_them() {
    let form = of(&ready("EUR").unwrap()).unwrap();
    assert_eq!(form.0.text("rules[2].when.per"), "1");
    assert_eq!(form.0.text("rewards[1].gives.amount"), "5");
    assert_eq!((form.0.text("tiers[1].multiplier"), form.0.text("tiers[1].from")), ("1.25", "500"));
    assert_eq!(
        (factor(100), factor(150), factor(105), factor(20)),
        ("1".into(), "1.5".into(), "1.05".into(), "0.2".into())
    );
}

#[test]
fn everything_that_cannot_be_read_is_told_at_once() {
    let mut form = of(&ready("EUR").unwrap()).unwrap();
    for (at, key, words) in [
        ("rules[0]", "points", "many"),
        ("rules[2].when", "per", "1.001"),
        ("tiers[1]", "multiplier", "1.234"),
        ("rewards[0]", "cost", ""),
        ("rewards[1]", "from", "tomorrow"),
    ] {
        form.0.at_mut(at).unwrap().set_text(key, words);
    }
    let expected = [
        "rules[0].points malformed",
        "rules[2].when.per malformed",
        "tiers[1].multiplier malformed",
        "rewards[0].cost required",
        "rewards[1].from malformed",
    ];
    assert_eq!(told(&form), expected);
}

#[test]
fn parts_come_and_go_and_names_are_never_used_twice() {
    let form = of(&ready("EUR").unwrap()).unwrap();
    let mut form = ["add:rules:event", "add:tiers", "add:rewards:percent", "add:rewards:percent", "add:draws"]
        .iter()
        .fold(form, |form, word| changed(&form, word));
    form.0.at_mut("rules[6].when").unwrap().set_text("event", "review_written");
    let made = program(&form).unwrap();
    assert_eq!((made.rules.len(), made.tiers.len(), made.rewards.len(), made.draws.len()), (7, 4, 5, 1));
    assert_eq!(made.tiers[3].from, 2_000);
    assert_ne!(made.rewards[3].name, made.rewards[4].name);
    let form = changed(&form, "insert:draws[0].prizes");
    let form = changed(&form, "insert:rules[0].when.streaks");
    assert_eq!(program(&form).unwrap().draws[0].prizes.len(), 2);
    let gone = changed(&form, "drop:rewards[1]");
    assert_eq!(program(&gone).unwrap().rewards.len(), 4);
    assert_eq!(program(&changed(&gone, "restore")).unwrap(), program(&form).unwrap());
    for word in ["add:rules:nonsense", "add:nonsense", "insert:rules", "add:rewards:x"] {
        assert_eq!(changed(&form, word), form, "{word}");
    }
}

#[test]
fn a_form_has_no_more_parts_than_a_programme_may() {
    let many = (0..200).fold(of(&ready("EUR").unwrap()).unwrap(), |form, _| changed(&form, "add:tiers"));
    assert_eq!(many.0.list("tiers").len(), crate::limits::LOYALTY_TIERS);
}

#[test]
fn languages_can_be_added_and_taken_away() {
    let mut one = ready("EUR").unwrap();
    one.name = "Points".into();
    one.tiers.truncate(1);
    one.rewards.clear();
    one.tiers[0].label = "Bronze".into();
    let form = changed(&of(&one).unwrap(), "language:fr");
    assert_eq!(form.0.text("title.en"), "Points");
    let mut form = form;
    form.0.at_mut("title").unwrap().set_text("fr", "Points de fidélité");
    let name = program(&form).unwrap().name;
    assert_eq!(name.get(&Locale::parse("fr").unwrap()), "Points de fidélité");
    let form = changed(&form, "unlanguage:fr");
    assert_eq!(program(&form).unwrap().name.get(&Locale::parse("fr").unwrap()), "Points");
}

#[test]
fn what_was_just_switched_on_has_what_is_usual() {
    let mut program = ready("EUR").unwrap();
    program.referral = None;
    let mut form = of(&program).unwrap();
    form.0.set_text("referral_on", "yes");
    form.0.at_mut("expiry").unwrap().set_text("type", "after");
    let form = again(&form);
    let made = super::program(&form).unwrap();
    let usual = Some(Referral {
        welcome: 100,
        window: 30,
        qualifies: crate::loyalty::program::Qualifies::Purchase,
        hold: 14,
        velocity: 5,
    });
    assert_eq!(made.referral, usual);
    assert_eq!(made.expiry, crate::loyalty::program::Expiry::After { days: 365 });
}
