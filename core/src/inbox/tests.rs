use proptest::prelude::*;

use super::*;
use crate::case::{Case, Status};
use crate::inbox::Trust;
use crate::name::Name;
use crate::response::tests::stored;
use crate::time::Day;

fn found(text: &str, query: &str) -> bool {
    let response = stored(&[("why", text)]);
    Filter { text: query.to_owned(), ..Filter::default() }.matches(&response, None)
}

#[test]
fn words_are_found_without_case_and_accents_and_by_their_beginning() {
    for (text, query) in [
        ("Le Café est fermé", "cafe"),
        ("Le Cafe\u{301} est ferme\u{301}", "CAFÉ fermé"),
        ("cet été", "ÉTÉ"),
        ("Straße", "strasse"),
        ("refunded", "ref"),
        ("我要退款，谢谢", "退款"),
        ("我要退款", "要退款"),
        ("我要退款", "款"),
        ("iPhone充电器坏了", "iphone 充电"),
        ("ＡＢＣ", "abc"),
        ("返金してください", "返金"),
        ("환불해 주세요", "환불"),
        ("Việt Nam đẹp", "viet dep"),
        ("anything", "  …!  "),
    ] {
        assert!(found(text, query), "{query} in {text}");
    }
    for (text, query) in [("funded", "ref"), ("退货付款", "退款"), ("Café", "cafes"), ("one", "one two")] {
        assert!(!found(text, query), "{query} in {text}");
    }
}

#[test]
fn note_tags_and_thread_are_searched_too_and_points_are_not() {
    let response = stored(&[("nps", "9")]);
    let mut case = Case::new(&response.id);
    case.note = "call back".to_owned();
    let filter = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    assert!(filter("CALL").matches(&response, Some(&case)));
    assert!(!filter("call").matches(&response, None));
    assert!(!filter("9").matches(&response, None));
}

#[test]
fn every_part_of_a_filter_holds_back() {
    let mut response = stored(&[("nps", "3")]);
    response.group = "nps/bad".to_owned();
    response.page = "https://shop.example/pricing/pro".to_owned();
    response.locale = "zh-CN".to_owned();
    response.country = "DE".to_owned();
    response.device = "phone".to_owned();
    response.traits = vec![("plan".to_owned(), "pro".to_owned())];
    let mut case = Case::new(&response.id);
    case.tags.push("bug".to_owned());
    case.status = Status::Planned;
    let day = response.day().unwrap();
    let (name, other) = (response.widget.clone(), Name::parse("other").unwrap());
    let is = |change: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        filter.matches(&response, Some(&case))
    };
    let text = |text: &str| text.to_owned();
    assert!(is(&|f| f.widget = Some(name.clone())) && !is(&|f| f.widget = Some(other.clone())));
    for (group, holds) in [("bad", true), ("nps", true), ("nps/bad", true), ("good", false), ("ces", false)] {
        assert_eq!(is(&|f| f.group = text(group)), holds, "{group}");
    }
    assert!(is(&|f| f.from = Some(day)) && !is(&|f| f.from = Some(day.plus(1))));
    assert!(is(&|f| f.to = Some(day)) && !is(&|f| f.to = Some(day.plus(-1))));
    for (page, holds) in [("/pricing", true), ("/", true), ("shop.example/pri", true), ("/price", false), ("x", false)]
    {
        assert_eq!(is(&|f| f.page = text(page)), holds, "{page}");
    }
    for (language, holds) in [("zh", true), ("zh-CN", true), ("zh-TW", false), ("z", false)] {
        assert_eq!(is(&|f| f.language = text(language)), holds, "{language}");
    }
    assert!(is(&|f| f.country = text("DE")) && !is(&|f| f.country = text("FR")));
    assert!(is(&|f| f.device = text("phone")) && !is(&|f| f.device = text("desktop")));
    assert!(
        is(&|f| f.segment = Some((text("plan"), text("pro")))) && !is(&|f| f.segment = Some((text("plan"), text("x"))))
    );
    assert!(is(&|f| f.tag = text("bug")) && !is(&|f| f.tag = text("bu")));
    assert!(is(&|f| f.status = Some(Status::Planned)) && !is(&|f| f.status = Some(Status::New)));
    assert!(is(&|f| f.trust = Some(Trust::Clean)) && !is(&|f| f.trust = Some(Trust::Test)));
    assert!(is(&|f| f.complete = Some(true)) && !is(&|f| f.complete = Some(false)));
}

#[test]
fn queries_tell_the_field_that_is_wrong() {
    let read = |name: &str, value: &str| Filter::from_fields(&[(name.to_owned(), value.to_owned())]);
    for (name, value) in [
        ("widget", "No!"),
        ("group", "best"),
        ("from", "today"),
        ("status", "old"),
        ("trust", "no"),
        ("segment", "x"),
        ("complete", "1"),
        ("q", &"x".repeat(201)),
        ("country", "DEU"),
    ] {
        assert_eq!(read(name, value).unwrap_err().field, name);
    }
    assert_eq!(read("status", "all").unwrap(), Filter::default());
    assert_eq!(read("utm", "x").unwrap(), Filter::default());
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let text = || prop_oneof![Just(String::new()), "[a-zé款&=% +]{1,8}".prop_map(|text| text.trim().to_owned())];
    (
        (text(), proptest::option::of(0..6usize), prop_oneof![Just(""), Just("bad"), Just("nps/good"), Just("ces")]),
        (proptest::option::of(0..30_000i32), text(), text(), proptest::option::of(0..7usize)),
    )
        .prop_map(|((q, status, group), (day, tag, page, trust))| Filter {
            text: q,
            status: status.and_then(|at| Status::ALL.get(at).copied()),
            group: group.to_owned(),
            from: day.map(Day),
            tag,
            page,
            trust: trust.and_then(|at| Trust::ALL.get(at).copied()),
            segment: day.map(|day| ("plan".to_owned(), day.to_string())),
            ..Filter::default()
        })
}

/// Reads a query as the Worker's crate for that does, as far as ours write it.
fn parse(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let (mut bytes, mut rest) = (Vec::new(), text.bytes());
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let hex = String::from_iter([rest.next(), rest.next()].into_iter().flatten().map(char::from));
                bytes.push(u8::from_str_radix(&hex, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

proptest! {
    #[test]
    fn a_filter_survives_its_way_through_an_address(filter in any_filter()) {
        prop_assert_eq!(Filter::from_fields(&parse(&filter.to_query())).unwrap(), filter);
    }

    #[test]
    fn whatever_was_written_is_found_by_itself(text in "\\PC{0,60}") {
        prop_assert!(found(&text, &text) || !text.chars().any(char::is_alphabetic));
    }

    #[test]
    fn terms_are_words_that_need_no_quoting(text in "\\PC{0,60}") {
        let mut found = std::collections::BTreeSet::new();
        terms(&text, &mut found);
        for term in found {
            prop_assert!(!term.is_empty() && !term.contains(['"', ' ', '*']), "{}", term);
        }
    }
}
