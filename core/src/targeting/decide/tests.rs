use super::*;
use crate::name::Name;
use crate::targeting::{EventFilter, Garbled};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(20_000 * DAY_MS + 1_000);

fn situation() -> Situation<'static> {
    Situation {
        widget: "nps",
        interrupts: true,
        now: NOW,
        path: "/shop/cart",
        device: Device::Phone,
        language: "pt-BR",
        visits: 2,
        traits: &[],
        draw: 7,
        seconds: 3,
        scrolled: 40,
        leaving: false,
        clicked: false,
        events: &[],
        shown: None,
        answered: None,
        invited: None,
        invitations: 0,
    }
}

fn ago(days: i64) -> Option<Timestamp> {
    Some(NOW.plus_ms(-days * DAY_MS))
}

fn fields(pairs: &[(&str, &str)]) -> Vec<Field> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn every_gate_opens_and_closes() {
    let pass =
        |when: &str, now: Situation<'_>| decide(&Targeting::parse(when).unwrap(), &Attention::default(), &now).outcome;
    use Outcome::{Fail, Pass, Wait};
    let now = situation();
    for (when, now, expected) in [
        ("", now, Pass),
        ("page=/shop/**", now, Pass),
        ("page=/blog page=/shop/*", now, Pass),
        ("page=/blog", now, Fail),
        ("page=/** not=/shop/cart", now, Fail),
        ("device=phone device=tablet", now, Pass),
        ("device=desktop", now, Fail),
        ("lang=pt", now, Pass),
        ("lang=PT-br", now, Pass),
        ("lang=p", now, Fail),
        ("lang=pt-PT", now, Fail),
        ("new", now, Fail),
        ("new", Situation { visits: 1, ..now }, Pass),
        ("returning", now, Pass),
        ("visits=2", now, Pass),
        ("visits=3", now, Fail),
        ("from=2024-10-04", now, Pass),
        ("from=2024-10-05", now, Fail),
        ("until=2024-10-04", now, Pass),
        ("until=2024-10-03", now, Fail),
        ("sample=100", now, Pass),
        ("sample=0", now, Fail),
        // Frequency.
        ("", Situation { answered: ago(400), ..now }, Fail),
        ("", Situation { answered: ago(400), interrupts: false, ..now }, Pass),
        ("once", Situation { shown: ago(400), ..now }, Fail),
        ("unanswered", Situation { shown: ago(400), ..now }, Pass),
        ("every=30", Situation { shown: ago(29), ..now }, Fail),
        ("every=30", Situation { shown: ago(30), answered: ago(29), ..now }, Fail),
        ("every=30", Situation { shown: ago(30), ..now }, Pass),
        ("every=30", Situation { shown: ago(-3), ..now }, Fail),
        // The attention budget.
        ("", Situation { invited: ago(6), ..now }, Fail),
        ("", Situation { invited: ago(7), ..now }, Pass),
        ("free", Situation { invited: ago(0), invitations: 9, ..now }, Pass),
        ("", Situation { invited: ago(0), invitations: 9, interrupts: false, ..now }, Pass),
        ("", Situation { invitations: 1, ..now }, Fail),
        // Triggers: any one suffices, but only if every other gate is open.
        ("delay=4", now, Wait),
        ("delay=3", now, Pass),
        ("delay=4 scroll=40", now, Pass),
        ("scroll=41", now, Wait),
        ("exit", now, Wait),
        ("exit", Situation { leaving: true, ..now }, Pass),
        ("click=#help", now, Wait),
        ("click=#help", Situation { clicked: true, ..now }, Pass),
        ("delay=3 page=/blog", now, Fail),
        ("delay=4 page=/blog", now, Fail),
    ] {
        assert_eq!(pass(when, now), expected, "{when} {now:?}");
    }
}

#[test]
fn filters_look_at_traits_and_properties() {
    let known = fields(&[("plan", "pro"), ("orders", "7"), ("city", "São Paulo, SP")]);
    for (when, expected) in [
        ("trait=plan", true),
        ("trait=plan;is,free,pro", true),
        ("trait=plan;is,free", false),
        ("trait=plan;not,free", true),
        ("trait=plan;not,pro", false),
        ("trait=age;not,9", true),
        ("trait=age", false),
        ("trait=age;missing", true),
        ("trait=plan;missing", false),
        ("trait=orders;min,7;max,7", true),
        ("trait=orders;min,7.5", false),
        ("trait=orders;max,6", false),
        ("trait=plan;min,1", false),
        ("trait=city;is,São%20Paulo%2C%20SP", true),
        ("trait=plan;is,pro trait=orders;min,8", false),
    ] {
        let targeting = Targeting::parse(when).unwrap();
        let decision = decide(&targeting, &Attention::default(), &Situation { traits: &known, ..situation() });
        assert_eq!(decision.outcome == Outcome::Pass, expected, "{when}");
    }
    let targeting = Targeting::parse("event=order_placed prop=total;min,50").unwrap();
    for (name, total, expected) in [
        ("order_placed", "50", Outcome::Pass),
        ("order_placed", "49.99", Outcome::Wait),
        ("order_placed", "lots", Outcome::Wait),
        ("cart", "80", Outcome::Wait),
    ] {
        let events = [Event { name: name.to_owned(), properties: fields(&[("total", total)]) }];
        let decision = decide(&targeting, &Attention::default(), &Situation { events: &events, ..situation() });
        assert_eq!(decision.outcome, expected, "{name} {total}");
    }
}

#[test]
fn a_decision_explains_itself() {
    let targeting = Targeting::parse("page=/blog delay=10 trait=plan;is,pro").unwrap();
    let known = fields(&[("plan", "free")]);
    let now = Situation { traits: &known, invited: ago(2), ..situation() };
    let decision = decide(&targeting, &Attention::default(), &now);
    let told: Vec<_> = decision.gates.iter().map(|gate| (gate.code, gate.outcome, gate.value.as_str())).collect();
    use Outcome::{Fail, Pass, Wait};
    assert_eq!(
        told,
        [
            ("pages", Fail, "/shop/cart"),
            ("traits", Fail, "plan=free"),
            ("frequency", Pass, "until_answered"),
            ("cooldown", Fail, "2/7"),
            ("per_visit", Pass, "0/1"),
            ("delay_seconds", Wait, "3/10"),
        ]
    );
    assert_eq!([number(0), number(9), number(10), number(u32::MAX)], ["0", "9", "10", "4294967295"]);
}

#[test]
fn lots_are_even_and_independent() {
    let (mut tenth, mut both) = (0, 0);
    for draw in 0..20_000 {
        let (nps, csat) = (lot(draw, "nps", 100) < 10, lot(draw, "csat", 100) < 10);
        tenth += u32::from(nps);
        both += u32::from(nps && csat);
    }
    // Within five standard deviations of 2,000 and 200.
    assert!((1_788..2_212).contains(&tenth), "{tenth}");
    assert!((130..270).contains(&both), "{both}");
}

fn filter() -> impl Strategy<Value = Filter> {
    let number = proptest::option::of((-99_999..99_999i64).prop_map(|raw| Decimal::from_ten_thousandths(raw).unwrap()));
    let values = || proptest::collection::vec("\\PC{0,6}|[ ,;%=]{1,3}", 0..3);
    ("[a-z]{1,5}", values(), values(), number.clone(), number, any::<bool>()).prop_map(
        |(name, is, is_not, at_least, at_most, missing)| {
            let name = Name::parse(&name).unwrap();
            Filter { name, is, is_not, at_least, at_most, missing }
        },
    )
}

fn targeting() -> impl Strategy<Value = Targeting> {
    use proptest::{collection::vec, option::of, sample::select};
    let texts = || vec("/[a-z*/ é%]{0,8}", 0..3);
    let frequency = prop_oneof![
        Just(Frequency::Always),
        Just(Frequency::Once),
        Just(Frequency::UntilAnswered),
        any::<u16>().prop_map(Frequency::EveryDays)
    ];
    let event = ("[a-z]{1,5}", vec(filter(), 0..2))
        .prop_map(|(name, filters)| EventFilter { name: Name::parse(&name).unwrap(), filters });
    let day = || of((0..40_000i32).prop_map(crate::time::Day));
    let place = (texts(), texts(), vec(select(Device::ALL.to_vec()), 0..3), vec("[a-z]{2}(-[A-Z]{2})?", 0..2));
    let moment = (of(any::<u32>()), of(any::<u8>()), any::<bool>(), of("\\PC{1,12}"), of(event));
    let person = (
        of(prop_oneof![Just(Visitors::New), Just(Visitors::Returning)]),
        of(any::<u32>()),
        vec(filter(), 0..3),
        of(any::<u8>()),
    );
    let rhythm = (of(frequency), any::<bool>(), day(), day());
    (place, moment, person, rhythm).prop_map(|(place, moment, person, rhythm)| Targeting {
        pages: place.0,
        not_pages: place.1,
        devices: place.2,
        languages: place.3,
        delay_seconds: moment.0,
        scroll_percent: moment.1,
        exit_intent: moment.2,
        click: moment.3,
        event: moment.4,
        visitors: person.0,
        min_visits: person.1,
        traits: person.2,
        sample_percent: person.3,
        frequency: rhythm.0,
        ignore_budget: rhythm.1,
        from: rhythm.2,
        until: rhythm.3,
    })
}

proptest! {
    #[test]
    fn the_attribute_carries_everything(targeting in targeting()) {
        let text = targeting.to_string();
        prop_assert_eq!(Targeting::parse(&text), Ok(targeting), "{}", text);
    }

    #[test]
    #[cfg(feature = "server")]
    fn so_does_json(targeting in targeting()) {
        let json = serde_json::to_string(&targeting).unwrap();
        prop_assert_eq!(serde_json::from_str::<Targeting>(&json).unwrap(), targeting, "{}", json);
    }

    #[test]
    fn decisions_are_pure_and_consistent(targeting in targeting(), visits in 0..5u32, seconds: u32, leaving: bool) {
        let now = Situation { visits, seconds, leaving, ..situation() };
        let decision = decide(&targeting, &Attention::default(), &now);
        prop_assert_eq!(&decision, &decide(&targeting, &Attention::default(), &now));
        let any = |wanted| decision.gates.iter().any(|gate| gate.outcome == wanted);
        prop_assert_eq!(decision.outcome == Outcome::Fail, any(Outcome::Fail));
        prop_assert!(decision.outcome != Outcome::Wait || any(Outcome::Wait));
    }

    #[test]
    fn no_attribute_panics(text in "\\PC{0,60}", near in "(page|delay|trait|event|prop|=|;|,|%| |[a-z0-9]){0,20}") {
        for text in [text, near] {
            if let Ok(targeting) = Targeting::parse(&text) {
                prop_assert_eq!(Targeting::parse(&targeting.to_string()), Ok::<_, Garbled>(targeting));
            }
        }
    }
}
