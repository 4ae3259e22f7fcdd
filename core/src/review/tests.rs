use proptest::prelude::*;

use super::*;
use crate::answer::Answers;
use crate::validate;
use crate::walk;

fn survey(questions: &str) -> Widget {
    let json = format!(r#"{{"name":"w","kind":"survey","label":"W","questions":[{questions}]}}"#);
    Widget::parse(&json).unwrap_or_else(|problems| panic!("{json}: {problems:?}"))
}

fn en() -> Locale {
    Locale::parse("en").unwrap()
}

/// What is found: question, field and issue, shortened.
fn told(widget: &Widget) -> Vec<String> {
    let short = |finding: Finding| {
        let name = finding.question.map_or_else(|| "widget".to_owned(), |name| name.to_string());
        let issue = match finding.issue {
            Issue::Leading { words } => format!("leading {words}"),
            Issue::DoubleBarrelled { words } => format!("double {words}"),
            Issue::Jargon { words } => format!("jargon {words}"),
            Issue::TooLong { .. } => "long".to_owned(),
            Issue::TooManyOptions { count, most } => format!("options {count}/{most}"),
            Issue::Overlap { words } => format!("overlap {words}"),
            Issue::SameLabel { words } => format!("same {words}"),
            Issue::NeverHolds { part } => format!("never {}", part.test.to_postfix()),
            Issue::AlwaysHolds { part } => format!("always {}", part.test.to_postfix()),
            Issue::NeverAsked { because } => {
                format!("nobody {}", because.map_or_else(String::new, |part| part.test.to_postfix().to_owned()))
            }
            other => format!("{other:?}"),
        };
        format!("{name} {issue}").trim().to_owned()
    };
    review(widget, &en()).findings.into_iter().map(short).collect()
}

const NPS: &str =
    r#"{"name":"nps","title":"T","required":true,"input":{"type":"scale","min":0,"max":10,"low":"L","high":"H"}}"#;

fn wording(title: &str, input: &str) -> Vec<String> {
    told(&survey(&format!(r#"{{"name":"q","title":"{title}","input":{{{input}}}}}"#)))
}

const SCALE: &str = r#""type":"scale","min":1,"max":5,"low":"L","high":"H""#;
const TEXT: &str = r#""type":"text""#;

#[test]
fn wording_that_spoils_answers() {
    for (title, input, expected) in [
        ("Don’t you love our new checkout?", SCALE, "q leading don't you"),
        ("How much did you enjoy our amazing service?", SCALE, "q leading how much did you enjoy"),
        ("How great was our support?", SCALE, "q leading how great"),
        ("How satisfied are you with our award-winning soap?", SCALE, "q leading our award winning"),
        ("How satisfied are you with the price and quality?", SCALE, "q double price and quality"),
        ("How was the speed & service?", SCALE, "q double speed and service"),
        ("How likely are you to come back, and why?", SCALE, "q double and why"),
        ("Was it fast? Was it friendly?", SCALE, "q double ? … ?"),
        ("What did you like and what did you dislike?", TEXT, "q double and what did"),
        ("Do you not find that it isn't clear?", SCALE, "q DoubleNegative"),
        ("What are your pain points?", TEXT, "q jargon pain points"),
        ("您难道不满意吗？", SCALE, "q leading 难道"),
        ("您对我们优质的服务满意吗？", SCALE, "q leading 我们优质"),
        ("您对价格和质量满意吗？", SCALE, "q double 价格和质量"),
        ("您的痛点是什么？", TEXT, "q jargon 痛点"),
        ("您是否同意我们的产品最好？", SCALE, "q leading 您是否同意我们"),
    ] {
        assert_eq!(wording(title, input), [expected], "{title}");
    }
    let long = "word ".repeat(26);
    assert_eq!(wording(&long, TEXT), ["q long"]);
    assert_eq!(wording(&"字".repeat(46), TEXT), ["q long"]);
}

#[test]
fn wording_that_is_fine() {
    for (title, input) in [
        ("How likely are you to recommend us to a friend or colleague?", SCALE),
        ("How likely are you to recommend us to friends and family?", SCALE),
        ("How satisfied are you with your order?", SCALE),
        ("How easy was it to get your problem solved?", SCALE),
        ("What should we put right first?", TEXT),
        ("What happened? What did you expect?", TEXT),
        ("What do you like most, and what could be better?", TEXT),
        ("Is it not clear?", SCALE),
        ("We brand and band sandy things.", r#""type":"info""#),
        ("您有多大可能向朋友和同事推荐我们？", SCALE),
        ("与预期相比，您对这次购物满意吗？", SCALE),
        ("您最喜欢什么？", TEXT),
        ("离 10 分还差什么？", TEXT),
        // Nobody here knows the rules of French.
        ("Êtes-vous satisfait du prix et de la qualité ?", TEXT),
    ] {
        assert_eq!(wording(title, input), Vec::<String>::new(), "{title}");
    }
}

fn choice(title: &str, required: bool, options: &[&str], extra: &str) -> String {
    let options: Vec<String> = options
        .iter()
        .enumerate()
        .map(|(index, label)| format!(r#"{{"name":"o{index}","label":"{label}"}}"#))
        .collect();
    format!(
        r#"{{"name":"q","title":"{title}","required":{required},"input":{{"type":"choice","options":[{}]{extra}}}}}"#,
        options.join(",")
    )
}

#[test]
fn options_that_cannot_be_answered_honestly() {
    let text = r#"{"name":"t","title":"T","input":{"type":"text"}}"#;
    let check = |question: String| told(&survey(&format!("{text},{question}")));
    assert_eq!(check(choice("Which fruit?", true, &["Apple", "Pear", "Plum"], "")), ["q NoWayOut"]);
    assert_eq!(check(choice("Which fruit?", true, &["Apple", "Pear", "None of these"], "")), Vec::<String>::new());
    assert_eq!(
        check(choice("Which fruit?", true, &["Apple", "Pear", "Plum"], r#","other":true"#)),
        Vec::<String>::new()
    );
    assert_eq!(check(choice("Which fruit?", false, &["Apple", "Pear", "Plum"], "")), Vec::<String>::new());
    assert_eq!(check(choice("How often?", true, &["Daily", "Weekly", "Never"], "")), Vec::<String>::new());
    assert_eq!(check(choice("Why did you leave?", false, &["Price", "Quality"], "")), ["q NoOther"]);
    assert_eq!(check(choice("您为什么离开？", false, &["价格", "质量"], "")), ["q NoOther"]);
    assert_eq!(check(choice("How old?", false, &["1–5", "5–10", "11–20"], "")), ["q overlap 1–5 / 5–10"]);
    assert_eq!(check(choice("How old?", false, &["1–5", "6–10", "11-20"], "")), Vec::<String>::new());
    assert_eq!(check(choice("Which?", false, &["Same", "same"], "")), ["q same same"]);
    let many: Vec<String> = (0..13).map(|n| format!("Fruit {n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(check(choice("Which?", false, &many, "")), ["q options 13/12"]);
    let bare = r#"{"name":"s","title":"T","input":{"type":"scale","min":1,"max":5}}"#;
    assert_eq!(told(&survey(bare)), ["s EndsUnnamed"]);
    let stars = r#"{"name":"s","title":"T","input":{"type":"scale","min":1,"max":5,"look":"stars"}}"#;
    assert_eq!(told(&survey(stars)), Vec::<String>::new());
    let required: Vec<String> =
        (0..7).map(|n| format!(r#"{{"name":"t{n}","title":"T","required":true,"input":{{"type":"text"}}}}"#)).collect();
    assert_eq!(told(&survey(&required.join(","))), ["widget TooManyRequired { count: 7, most: 6 }"]);
}

/// What is found of a last question with this condition, after these questions.
fn condition(earlier: &str, expr: &str) -> Vec<String> {
    told(&survey(&format!(r#"{earlier},{{"name":"last","title":"T","show_if":"{expr}","input":{{"type":"text"}}}}"#)))
}

#[test]
fn branches() {
    let single = choice("Which?", false, &["A", "B", "C"], r#","other":true"#);
    let multiple = choice("Which?", true, &["Daily", "Weekly", "Never"], r#","max":2"#);
    let number = r#"{"name":"n","title":"T","input":{"type":"number","min":1,"max":9}}"#;
    let both = format!("{NPS},{single}");
    for (earlier, expr, expected) in [
        (NPS, "nps <= 6", ""),
        (NPS, "nps >= 7 and nps <= 8", ""),
        (NPS, "nps < 3 and nps > 5", "last nobody nps 3 < nps 5 > &"),
        (NPS, "nps > 10", "last nobody nps 10 >"),
        (NPS, "nps >= 0", "last AlwaysAsked"),
        (NPS, "answered(nps)", "last AlwaysAsked"),
        (NPS, "nps <= 6 or nps > 6", "last AlwaysAsked"),
        (NPS, "nps <= 6 or nps > 12", "last never nps 12 >"),
        (NPS, "nps <= 6 and nps >= 0", "last always nps 0 >="),
        (NPS, "nps * 2 = 7", "last nobody nps 2 * 7 ="),
        (&both, "nps <= 6 and answered(q)", ""),
        (&both, "q = o1 and q = o2", "last nobody q 'o1' = q 'o2' = &"),
        (&both, "q = other", ""),
        (&both, "not (q != o1)", ""),
        (&multiple, "includes(q, o0) and includes(q, o1)", ""),
        (&multiple, "includes(q, o0) and includes(q, o1) and includes(q, o2)", "last nobody ~q.o0 ~q.o1 & ~q.o2 &"),
        (number, "n > 3 and n < 3.0002", ""),
        (number, "n > 3 and n < 3.0001", "last nobody n 3 > n 3.0001 < &"),
        (number, "n > 9", "last nobody n 9 >"),
        (number, "n + 1 = 12", "last CannotTell"),
    ] {
        let expected: Vec<&str> = Some(expected).filter(|text| !text.is_empty()).into_iter().collect();
        assert_eq!(condition(earlier, expr), expected, "{expr}");
    }
}

#[test]
fn a_branch_of_a_branch_that_excludes_it() {
    let low = r#"{"name":"low","title":"T","required":true,"show_if":"nps <= 6","input":{"type":"scale","min":1,"max":3,"low":"L","high":"H"}}"#;
    let earlier = format!("{NPS},{low}");
    assert_eq!(condition(&earlier, "answered(low)"), Vec::<String>::new());
    assert_eq!(condition(&earlier, "nps > 6 and answered(low)"), ["last nobody"]);
    assert_eq!(condition(&earlier, "nps > 6 or answered(low)"), ["last AlwaysAsked"]);
    assert_eq!(condition(&earlier, "not answered(low)"), Vec::<String>::new());
}

#[test]
fn what_follows_and_how_many_ways() {
    let text = |name: &str, expr: &str| {
        format!(r#"{{"name":"{name}","title":"T","show_if":"{expr}","input":{{"type":"text"}}}}"#)
    };
    let widget = survey(&format!("{NPS},{},{}", text("low", "nps <= 6"), text("high", "nps >= 9")));
    let review = review(&widget, &en());
    assert_eq!(review.ways, Some(Ways { count: 3, shortest: 1, longest: 2 }));
    let next: Vec<Vec<String>> = review
        .steps
        .iter()
        .map(|step| {
            let name = |next: &Next| match next {
                Next::Question(name) => name.to_string(),
                Next::End => "end".to_owned(),
            };
            step.next.iter().map(name).collect()
        })
        .collect();
    assert_eq!(next, [vec!["low", "high", "end"], vec!["end"], vec!["end"]]);
    assert_eq!(
        review.steps.iter().map(|step| step.reach).collect::<Vec<_>>(),
        [Reach::Everybody, Reach::Some, Reach::Some]
    );
}

#[test]
fn too_many_ways_are_admitted() {
    let mut questions: Vec<String> = (0..10)
        .map(|n| {
            format!(r#"{{"name":"s{n}","title":"T","input":{{"type":"scale","min":0,"max":10,"low":"L","high":"H"}}}}"#)
        })
        .collect();
    let sum: Vec<String> = (0..10).map(|n| format!("s{n}")).collect();
    let last = |expr: &str| format!(r#"{{"name":"x","title":"T","show_if":"{expr}","input":{{"type":"text"}}}}"#);
    questions.push(last(&format!("{} > 100", sum.join(" + "))));
    let widget = survey(&questions.join(","));
    assert_eq!(told(&widget), ["x CannotTell"]);
    // Where the other questions do not matter, it is known all the same.
    questions.push(r#"{"name":"y","title":"T","show_if":"s0 > 10","input":{"type":"text"}}"#.to_owned());
    assert_eq!(told(&survey(&questions.join(","))), ["x CannotTell", "y nobody s0 10 >"]);
}

proptest! {
    /// Whoever answers whatever walks a way that was found.
    #[test]
    fn every_walk_is_among_the_ways(
        points in proptest::option::of(0..=10_i32), option in 0..5_usize, second in proptest::collection::vec(any::<bool>(), 3),
        comparisons in proptest::collection::vec((0..7_usize, 0..=11_i32), 3), joins in proptest::collection::vec(any::<bool>(), 2),
    ) {
        let atom = |(kind, n): &(usize, i32)| match kind {
            0 => format!("nps <= {n}"),
            1 => format!("nps = {n}"),
            2 => "answered(nps)".to_owned(),
            3 => format!("q = o{}", n % 3),
            4 => format!("includes(m, o{})", n % 3),
            5 => "q = other".to_owned(),
            _ => format!("nps + 1 > {n}"),
        };
        let all: Vec<String> = comparisons.iter().map(atom).collect();
        let word = |and: bool| if and { "and" } else { "or" };
        let expr = format!("{} {} {}", all[0], word(joins[0]), all[1]);
        let deep = format!("answered(a) {} {}", word(joins[1]), all[2]);
        let nps = NPS.replace("true", "false");
        let q = choice("Which?", false, &["A", "B", "C"], r#","other":true"#);
        let m = choice("Which?", false, &["A", "B", "C"], r#","max":3"#).replace(r#""name":"q""#, r#""name":"m""#);
        let widget = survey(&format!(
            r#"{nps},{q},{m},{{"name":"a","title":"T","show_if":"{expr}","input":{{"type":"text"}}}},
               {{"name":"b","title":"T","show_if":"{deep}","input":{{"type":"text"}}}}"#
        ));
        let mut fields: Vec<(String, String)> = Vec::new();
        fields.extend(points.map(|points| ("nps".to_owned(), points.to_string())));
        match option {
            0 => {}
            4 => fields.push(("q.other".to_owned(), "own".to_owned())),
            n => fields.push(("q".to_owned(), format!("o{}", n - 1))),
        }
        for (at, chosen) in second.iter().enumerate().filter(|(_, chosen)| **chosen) {
            let _ = chosen;
            fields.push(("m".to_owned(), format!("o{at}")));
        }
        fields.push(("a".to_owned(), "text".to_owned()));
        let rules = widget.rules();
        let answers: Answers = validate::read(&rules, &fields, true).unwrap();
        let path = walk::path(&rules, &answers);
        let review = review(&widget, &en());
        for (step, asked) in review.steps.iter().zip(&path) {
            let said = match step.reach {
                Reach::Everybody => *asked,
                Reach::Nobody => !*asked,
                Reach::Some | Reach::Unknown => true,
            };
            prop_assert!(said, "{expr} | {deep}: {:?} {path:?}", step);
        }
        prop_assert!(review.ways.is_some());
    }
}
