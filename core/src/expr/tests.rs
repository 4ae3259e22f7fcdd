use super::*;
use crate::limits::EXPR_CHARS;
use crate::name::Name;
use crate::time::Day;
use proptest::prelude::*;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn answers() -> Answers {
    let mut answers = Answers::default();
    answers.set(name("nps"), Answer::Scale(6));
    answers.set(name("price"), Answer::Number("12.5".parse().unwrap()));
    answers.set(name("reason"), Answer::Choice { chosen: vec![name("slow")], other: None });
    answers.set(name("topics"), Answer::Choice { chosen: vec![name("a"), name("b")], other: Some("mine".into()) });
    answers.set(name("why"), Answer::Text("it's fine".into()));
    answers.set(name("day"), Answer::Date(Day::parse("2026-11-22").unwrap()));
    answers.set(name("grid"), Answer::Matrix(vec![(name("speed"), name("good"))]));
    answers.set(name("order"), Answer::Ranking(vec![name("b"), name("a")]));
    answers.set(name("news"), Answer::Consent(true));
    answers.set(name("terms"), Answer::Consent(false));
    answers
}

#[test]
fn expressions_hold_or_do_not() {
    for (text, expected) in [
        ("nps <= 6", true),
        ("nps<=5", false),
        ("nps = 6", true),
        ("nps != 6", false),
        ("nps > 5 and nps < 7", true),
        ("nps = 1 or nps = 6", true),
        ("not nps = 1 and nps = 6", true),
        ("nps = 1 and nps = 2 or nps = 6", true),
        ("nps = 6 or nps = 1 and nps = 2", true),
        ("(nps = 6 or nps = 1) and nps = 2", false),
        ("nps * 2 + 1 = 13", true),
        ("nps - 1 - 1 = 4", true),
        ("nps / 4 = 1.5", true),
        ("-nps = -6", true),
        ("- 1 < 0", true),
        ("price > 12.4999", true),
        ("price + nps = 18.5", true),
        ("reason = slow", true),
        ("reason = 'slow'", true),
        ("reason != \"slow\"", false),
        ("reason = (reason)", true),
        ("nps = (nps)", true),
        ("nps = nps", false),
        ("nps = nps + 0", true),
        ("order.b = order.a - 1", true),
        ("includes(topics, a)", true),
        ("includes(topics, 'b')", true),
        ("includes(topics, c)", false),
        ("includes(topics, other)", true),
        ("topics = a", false),
        ("topics.other = 'mine'", true),
        ("includes(order, a)", true),
        ("order.b = 1 and order.a = 2", true),
        ("grid.speed = good", true),
        ("grid.looks = good", false),
        ("answered(grid.speed) and not answered(grid.looks)", true),
        ("why = \"it's fine\"", true),
        ("day > '2026-11-21'", true),
        ("'2026-11-21' >= day", false),
        ("day > 'yesterday'", false),
        ("news", true),
        ("terms", false),
        ("not terms", true),
        ("answered(terms)", true),
        // A comparison with what is missing is false, whichever it is.
        ("missing = 1", false),
        ("missing != 1", false),
        ("missing + 1 > 0", false),
        ("missing", false),
        ("answered(missing)", false),
        ("not answered(missing)", true),
        // So is one of different kinds, or beyond what numbers can be.
        ("nps = six", false),
        ("why > 'a'", false),
        ("nps / 0 = 0", false),
        ("1000000000000 * 10 > 0", false),
        ("nps.row = 1", false),
    ] {
        let expr = Expr::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        assert_eq!(expr.holds(&answers()), expected, "{text}");
        assert_eq!(expr.to_string(), text);
        assert_eq!(Expr::from_postfix(expr.to_postfix()).holds(&answers()), expected, "{text}");
    }
}

#[test]
fn the_attribute_is_in_postfix_order() {
    for (text, expected) in [
        ("nps <= 6 and (answered(why) or not includes(topics, a))", "nps 6 <= ?why ~topics.a ! | &"),
        ("grid.speed = 'very good' and x != \"it's\"", "grid.speed 'very good' = x \"it's\" != &"),
        ("-nps - -6 = 0", "0 nps - -6 - 0 ="),
    ] {
        assert_eq!(Expr::parse(text).unwrap().to_postfix(), expected);
    }
    // What was tampered with does not hold, and does not crash.
    for text in ["", "nps  6", "NPS", "?", "~topics", "1.", "== ==", "& & <=", "'", "6 6", "'a' 'b"] {
        assert!(!Expr::from_postfix(text).holds(&answers()), "{text}");
    }
}

#[test]
fn mistakes_are_pointed_at() {
    for (text, at) in [
        ("", 1),
        ("   ", 4),
        ("nps <=", 7),
        ("nps <= 6 and", 13),
        ("nps <= 6 nps", 10),
        ("nps == 6", 6),
        ("(nps = 6", 9),
        ("nps = 6)", 8),
        ("nps = 'six", 11),
        ("NPS = 6", 1),
        ("nps = 1.23456", 7),
        ("7", 1),
        ("nps = 1 and 7", 13),
        ("not 'x'", 5),
        ("(nps = 1) + 2 = 3", 1),
        ("1 + (nps = 1) = 3", 5),
        ("answered nps", 10),
        ("answered(7)", 10),
        ("answered(and)", 10),
        ("includes(nps)", 13),
        ("includes(nps, 7)", 15),
        ("includes(nps, 'x)", 17),
        ("nps. = 1", 6),
        ("é = 1", 1),
        ("nps = 'é' §", 11),
        ("a = 1 & b = 2", 7),
    ] {
        let wrong = Expr::parse(text).expect_err(text);
        assert_eq!(wrong.at, at, "{text}: {}", wrong.expected);
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let nested = |depth: usize| format!("{}a = 1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Expr::parse(&nested(16)).is_ok());
    assert!(Expr::parse(&nested(17)).is_err());
    assert!(Expr::parse(&format!("{}a", "not ".repeat(17))).is_err());
    assert!(Expr::parse(&format!("{}a = 1", "- ".repeat(17))).is_err());
    let long = format!("a = '{}'", "é".repeat(EXPR_CHARS - 6));
    assert!(Expr::parse(&long).is_ok());
    assert!(Expr::parse(&format!("{long} ")).is_err());
    // Long chains nest nothing.
    let chain = format!("1{} = a", "+1".repeat(240));
    assert!(Expr::parse(&chain).is_ok_and(|expr| !expr.holds(&Answers::default())));
}

#[test]
fn references_are_listed() {
    let expr = Expr::parse("nps <= 6 and (answered(grid.speed) or includes(topics, a))").unwrap();
    let references = expr.references();
    let listed: Vec<_> =
        references.iter().map(|(question, part)| (question.as_str(), part.as_ref().map(Name::as_str))).collect();
    assert_eq!(listed, [("nps", None), ("grid", Some("speed")), ("topics", Some("a"))]);
}

/// Expressions of the grammar, with redundant parentheses.
fn condition() -> impl Strategy<Value = String> {
    let question = prop_oneof![Just("nps"), Just("price"), Just("missing"), Just("grid.speed"), Just("day")];
    let number = (-99_999..99_999i64).prop_map(|raw| Decimal::from_ten_thousandths(raw).unwrap().to_string());
    let literal = "[a-z\"0-9 é]{0,8}".prop_map(|text| format!("'{text}'"));
    let atom = prop_oneof![question.prop_map(String::from), number, literal];
    let value = atom.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), "[-+*/]", inner.clone()).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.prop_map(|inner| format!("-({inner})")),
        ]
    });
    let leaf = prop_oneof![
        (value.clone(), "(=|!=|<|<=|>|>=)", value).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
        Just("answered(nps)".to_owned()),
        Just("includes( topics ,a)".to_owned()),
        Just("news".to_owned()),
        Just("reason = slow".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), "(and|or)", inner.clone()).prop_map(|(left, word, right)| format!("{left} {word} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

proptest! {
    #[test]
    fn the_grammar_is_read_and_given_back(text in condition()) {
        if text.chars().count() <= EXPR_CHARS {
            match Expr::parse(&text) {
                Ok(expr) => {
                    prop_assert_eq!(expr.to_string(), text);
                    let _ = expr.holds(&answers());
                }
                Err(wrong) => prop_assert!(text.contains("= nps") || wrong.expected.contains("nesting"), "{text}: {wrong:?}"),
            }
        }
    }

    /// De Morgan, and the rule that nothing is both itself and its opposite.
    #[test]
    fn logic_is_logical(a in condition(), b in condition()) {
        let holds = |text: String| Expr::parse(&text).map(|expr| expr.holds(&answers()));
        let (left, right) = (holds(format!("not (({a}) and ({b}))")), holds(format!("not ({a}) or not ({b})")));
        if let (Ok(left), Ok(right)) = (left, right) {
            prop_assert_eq!(left, right);
        }
        if let Ok(both) = holds(format!("({a}) and not ({a})")) {
            prop_assert!(!both);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}", near in "[a-c'\"() .<>=!+*/0-9,andornot-]{0,80}") {
        for text in [text, near] {
            let _ = Expr::from_postfix(&text).holds(&answers());
            match Expr::parse(&text) {
                Ok(expr) => { let _ = expr.holds(&answers()); }
                Err(wrong) => prop_assert!(wrong.at >= 1 && wrong.at <= text.chars().count() + 1),
            }
        }
    }
}
