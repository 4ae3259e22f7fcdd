use super::*;
use crate::answer::Answer;
use crate::expr::Expr;
use crate::name::Name;
use crate::rule::Shape;
use proptest::prelude::*;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// Rules from lines of `name shape`, with `!` for required and ` if ` before the condition.
fn rules(lines: &[&str]) -> Vec<Rule> {
    lines
        .iter()
        .map(|line| {
            let (head, show_if) = line.split_once(" if ").map_or((*line, None), |(head, expr)| (head, Some(expr)));
            let (question, shape) = head.split_once(' ').unwrap();
            Rule {
                name: name(question.trim_end_matches('!')),
                shape: Shape::parse(shape).unwrap(),
                required: question.ends_with('!'),
                show_if: show_if.map(|text| Expr::parse(text).unwrap()),
            }
        })
        .collect()
}

fn fields(text: &str) -> Vec<Field> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The canonical fields, or the problems as `field:code`.
fn verdict(lines: &[&str], form: &str, complete: bool) -> String {
    match read(&rules(lines), &fields(form), complete) {
        Ok(answers) => {
            let fields = answers.fields();
            fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
        }
        Err(problems) => {
            let told = problems.iter().map(|problem| format!("{}:{}", problem.field, problem.fault.code()));
            format!("! {}", told.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn every_shape_has_its_verdicts() {
    for (shape, form, expected) in [
        ("q scale 0 10", "q=0", "q=0"),
        ("q scale 0 10", "q= 10 ", "q=10"),
        ("q scale 0 10", "q=11", "! q:too_high"),
        ("q scale 1 5", "q=0", "! q:too_low"),
        ("q scale 0 10", "q=9.5", "! q:malformed"),
        ("q scale 0 10", "q=nine", "! q:malformed"),
        ("q scale 0 10", "q=1&q=2", "! q:twice"),
        ("q scale 0 10", "q.x=1", "! q.x:unknown"),
        ("q scale 0 10", "q=", ""),
        ("q! scale 0 10", "q=", "! q:required"),
        ("q number - -", "q=-12.5", "q=-12.5"),
        ("q number 0 100", "q=100.0001", "! q:too_high"),
        ("q number 0 100", "q=-1", "! q:too_low"),
        ("q number - -", "q=1e9", "! q:malformed"),
        ("q date - -", "q=2026-02-28", "q=2026-02-28"),
        ("q date - -", "q=2026-02-29", "! q:malformed"),
        ("q date 2026-01-01 2026-12-31", "q=2025-12-31", "! q:too_early"),
        ("q date 2026-01-01 2026-12-31", "q=2027-01-01", "! q:too_late"),
        ("q text 5", "q= hello ", "q=hello"),
        ("q text 5", "q=hello!", "! q:too_long"),
        ("q text 5", "q=日本語です", "q=日本語です"),
        ("q! text 5", "q=   ", "! q:required"),
        ("q text 50", "q=a\r\nb\rc\u{0}\u{202e}d\u{2066}", "q=a\nb\ncd"),
        ("q email", "q=me@example.com", "q=me@example.com"),
        ("q email", "q=me", "! q:malformed"),
        ("q consent", "q=yes", "q=yes"),
        ("q consent", "", "q=no"),
        ("q consent", "q=on", "! q:not_an_option"),
        ("q! consent", "", "! q:required"),
        ("q! consent", "q=no", "! q:required"),
        ("q info", "", ""),
        ("q! info", "", ""),
        ("q info", "q=1", "! q:unknown"),
        // Choices.
        ("q choice 1 1 - a b", "q=b", "q=b"),
        ("q choice 1 1 - a b", "q=c", "! q:not_an_option"),
        ("q choice 1 1 - a b", "q=a&q=b", "! q:too_many"),
        ("q choice 1 2 - a b", "q=b&q=a", "q=a&q=b"),
        ("q choice 1 2 - a b", "q=a&q=a", "! q:twice"),
        ("q choice 2 3 - a b c", "q=a", "! q:too_few"),
        ("q choice 2 3 - a b c", "", ""),
        ("q choice 1 1 - a b", "q=other", "! q:not_an_option"),
        ("q choice 1 1 - a b", "q.other=x", "! q.other:unknown"),
        ("q choice 1 1 + a b", "q.other=mine", "q.other=mine"),
        ("q choice 1 1 + a b", "q=other&q.other=mine", "q.other=mine"),
        ("q choice 1 1 + a b", "q=other", "q=other"),
        ("q choice 1 1 + a b", "q=a&q.other=left behind", "q=a"),
        ("q choice 1 1 + a b", "q=a&q=other&q.other=x", "! q:too_many"),
        ("q choice 1 2 + a b", "q=a&q.other=and this", "q=a&q.other=and this"),
        ("q choice 1 1 + a b", "q.other=x&q.other=y", "! q.other:twice"),
        // Rankings.
        ("q ranking a b c", "q.a=2&q.b=1&q.c=3", "q.b=1&q.a=2&q.c=3"),
        ("q ranking a b c", "q.a=2&q.b=1&q.c=", "! q:too_few"),
        ("q ranking a b c", "q.a=1&q.b=1&q.c=3", "! q.b:twice"),
        ("q ranking a b c", "q.a=0&q.b=4&q.c=x", "! q.a:not_an_option q.b:not_an_option q.c:not_an_option"),
        ("q ranking a b c", "q.d=1", "! q.d:unknown"),
        ("q ranking a b c", "q=a", "! q:unknown"),
        ("q! ranking a b c", "q.a=&q.b=", "! q:required"),
        // Matrices.
        ("q matrix a b / x y", "q.a=x&q.b=y", "q.a=x&q.b=y"),
        ("q matrix a b / x y", "q.b=y", "q.b=y"),
        ("q! matrix a b / x y", "q.b=y", "! q.a:required"),
        ("q matrix a b / x y", "q.a=z&q.b=y&q.b=x", "! q.a:not_an_option q.b:twice"),
        ("q matrix a b / x y", "q.c=x", "! q.c:unknown"),
        // Names that begin alike are different names.
        ("q scale 0 10", "qq=1", "! qq:unknown"),
        // What belongs to the form is no answer.
        ("q scale 0 10", "q=1&version=3&id=x&trap=&page=/", "q=1"),
    ] {
        assert_eq!(verdict(&[shape], form, true), expected, "{shape} | {form}");
    }
}

#[test]
fn partial_answers_need_not_be_whole() {
    for (shape, form, expected) in [
        ("q! scale 0 10", "", ""),
        ("q! consent", "", ""),
        ("q consent", "", ""),
        ("q choice 2 3 - a b c", "q=a", "q=a"),
        ("q choice 1 1 - a b c", "q=a&q=b", "! q:too_many"),
        ("q! ranking a b", "q.a=1", ""),
        ("q! matrix a b / x", "q.a=x", "q.a=x"),
        ("q scale 0 10", "q=11", "! q:too_high"),
    ] {
        assert_eq!(verdict(&[shape], form, false), expected, "{shape} | {form}");
    }
}

#[test]
fn what_is_off_the_path_is_dropped_not_refused() {
    let survey = ["nps! scale 0 10", "why! text 10 if nps <= 6", "mail! email if answered(why)"];
    assert_eq!(verdict(&survey, "nps=9&why=this is far too long&mail=nonsense", true), "nps=9");
    assert_eq!(verdict(&survey, "nps=3&why=slow&mail=nonsense", true), "! mail:malformed");
    assert_eq!(verdict(&survey, "nps=3&mail=nonsense", true), "! why:required");
    assert_eq!(verdict(&survey, "nps=3&nonsense=1", true), "! nonsense:unknown why:required");
}

#[test]
fn the_number_of_fields_is_bounded() {
    let many = vec![("q".to_owned(), "1".to_owned()); FIELDS + 1];
    let problems = read(&rules(&["q scale 0 10"]), &many, true).unwrap_err();
    assert_eq!(problems, [Problem::new("", Fault::TooMany { max: 200 })]);
    let long = vec![("x".repeat(30_000), String::new())];
    assert_eq!(read(&rules(&["q scale 0 10"]), &long, true).unwrap_err()[0].field.len(), 66);
}

#[test]
fn addresses_as_browsers_see_them() {
    for good in
        ["a@b", "me@example.com", "a.b+c@x-y.co.uk", "!#$%&'*+/=?^_`{|}~-@1.2", &format!("a@{}", "x".repeat(63))]
    {
        assert!(is_email(good), "{good}");
    }
    for bad in [
        "",
        "@",
        "a@",
        "@b",
        "a b@c",
        "a@b@c",
        "a@-b",
        "a@b-",
        "a@b..c",
        "a@.b",
        "a@b.",
        "é@b",
        "a@é",
        "a,b@c",
        "a@b_c",
        &format!("a@{}", "x".repeat(64)),
    ] {
        assert!(!is_email(bad), "{bad}");
    }
}

fn survey() -> Vec<Rule> {
    rules(&[
        "a! scale 0 10",
        "b choice 1 2 + x y z if a > 3",
        "c text 20",
        "d email if answered(b)",
        "e number 0 100",
        "f date - -",
        "g ranking x y z if includes(b, x)",
        "h matrix x y / m n",
        "i consent",
        "j info",
    ])
}

fn form() -> impl Strategy<Value = Vec<Field>> {
    let field = "[a-k](\\.[x-z]|\\.other)?";
    let value = prop_oneof!["[0-9]{1,2}", "[m-z]", "yes|no|other|2026-01-01|a@b", "\\PC{0,30}", Just(String::new())];
    proptest::collection::vec((field, value), 0..16)
}

proptest! {
    /// What was accepted is accepted again and means the same; nothing panics on the way.
    #[test]
    fn reading_is_idempotent(form in form(), complete: bool) {
        let rules = survey();
        let known: Vec<Field> = form.iter().filter(|(name, _)| rules.iter().any(|rule| one::owns(rule, name))).cloned().collect();
        let _ = read(&rules, &form, complete);
        // Question by question, so that one bad field does not hide the rest.
        let mut fields = Vec::new();
        for rule in &rules {
            if let Ok(Some(answer)) = read_one(rule, &known, complete) {
                let mut one = Answers::default();
                one.set(rule.name.clone(), answer);
                fields.extend(one.fields());
            }
        }
        if let Ok(answers) = read(&rules, &fields, complete) {
            prop_assert_eq!(read(&rules, &answers.fields(), complete), Ok(answers.clone()));
            // A complete form is a fine partial one.
            if complete {
                prop_assert_eq!(read(&rules, &answers.fields(), false), Ok(answers));
            }
        } else {
            prop_assert!(complete, "{fields:?}");
        }
    }

    #[test]
    fn cleaning_is_idempotent(text in "(\\PC|\r|\n|\t|\u{202e}|\u{0}){0,40}") {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once);
    }

    #[test]
    fn shapes_are_carried_by_their_attribute(text in "(scale|choice|text|number|date|ranking|matrix|consent|info|email)( [a-z0-9+/-]{1,3}){0,5}") {
        if let Ok(shape) = Shape::parse(&text) {
            prop_assert_eq!(Shape::parse(&shape.to_string()), Ok(shape));
        }
    }
}

#[test]
fn own_words_are_kept_whole() {
    let answers =
        read(&rules(&["q choice 1 1 + a b"]), &fields("q.other= a, b & c ".replace('&', "+").as_str()), true).unwrap();
    assert_eq!(answers.get("q"), Some(&Answer::Choice { chosen: Vec::new(), other: Some("a, b + c".into()) }));
}
