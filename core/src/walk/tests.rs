use super::*;
use crate::expr::Expr;
use crate::rule::Shape;
use proptest::prelude::*;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn rule(text: &str, show_if: Option<&str>) -> Rule {
    Rule {
        name: name(text),
        shape: Shape::Scale { min: 0, max: 10 },
        required: false,
        show_if: show_if.map(|text| Expr::parse(text).unwrap()),
    }
}

fn survey() -> [Rule; 5] {
    [
        rule("nps", None),
        rule("why", Some("nps <= 6")),
        rule("detail", Some("answered(why)")),
        rule("love", Some("nps > 8")),
        rule("end", None),
    ]
}

fn answers(pairs: &[(&str, i32)]) -> Answers {
    let mut answers = Answers::default();
    for (question, point) in pairs {
        answers.set(name(question), Answer::Scale(*point));
    }
    answers
}

#[test]
fn branches_follow_the_answers() {
    let steps = |pairs: &[(&str, i32)]| {
        let (rules, answers) = (survey(), answers(pairs));
        let mut at = None;
        let mut steps = Vec::new();
        while let Some(index) = next(&rules, &answers, at) {
            steps.push(index);
            at = Some(index);
        }
        steps
    };
    assert_eq!(steps(&[]), [0, 4]);
    assert_eq!(steps(&[("nps", 3)]), [0, 1, 4]);
    assert_eq!(steps(&[("nps", 3), ("why", 1)]), [0, 1, 2, 4]);
    assert_eq!(steps(&[("nps", 9)]), [0, 3, 4]);
    // Having gone back and changed the score, the reason given before does not count any more.
    assert_eq!(steps(&[("nps", 9), ("why", 1)]), [0, 3, 4]);
}

#[test]
fn back_and_progress() {
    let (rules, answers) = (survey(), answers(&[("nps", 9)]));
    assert_eq!(back(&rules, &answers, 4), Some(3));
    assert_eq!(back(&rules, &answers, 3), Some(0));
    assert_eq!(back(&rules, &answers, 0), None);
    assert_eq!(progress(&rules, &answers, 0), (1, 3));
    assert_eq!(progress(&rules, &answers, 4), (3, 3));
    assert_eq!(next(&[], &answers, None), None);
}

#[test]
fn later_answers_are_not_seen() {
    let rules = [rule("a", Some("b > 0")), rule("b", None), rule("c", Some("c > 0"))];
    assert_eq!(path(&rules, &answers(&[("b", 5), ("c", 5)])), [false, true, false]);
}

#[test]
fn texts_are_taken_apart() {
    use Piece::{Pipe, Words};
    assert_eq!(pieces("Why {nps}?"), [Words("Why "), Pipe("nps"), Words("?")]);
    assert_eq!(pieces("{a}{b}"), [Pipe("a"), Pipe("b")]);
    assert_eq!(pieces("{ a} {} {{x} {y"), [Words("{ a} {} {"), Pipe("x"), Words(" {y")]);
    assert_eq!(pieces("{é}"), [Words("{é}")]);
    assert_eq!(pieces(""), []);
}

#[test]
fn answers_are_put_into_words() {
    let label = |name: &Name| name.as_str().to_uppercase();
    let choice = Answer::Choice { chosen: vec![name("a"), name("b")], other: Some("mine".into()) };
    assert_eq!(words(&choice, &label), "A, B, mine");
    assert_eq!(words(&Answer::Choice { chosen: Vec::new(), other: Some(String::new()) }, &label), "");
    assert_eq!(words(&Answer::Scale(7), &label), "7");
    assert_eq!(words(&Answer::Ranking(vec![name("b"), name("a")]), &label), "B, A");
}

fn anything() -> impl Strategy<Value = (Vec<Rule>, Answers)> {
    let expr = prop_oneof![
        ("[a-f]", "(<|>|=|!=)", 0..10).prop_map(|(question, sign, point)| format!("{question} {sign} {point}")),
        "[a-f]".prop_map(|question| format!("answered({question})")),
        ("[a-f]", "[a-f]").prop_map(|(one, two)| format!("not answered({one}) or {two} + 1 > 3")),
    ];
    let rules = proptest::collection::vec(proptest::option::of(expr), 0..6).prop_map(|exprs| {
        let names = ["a", "b", "c", "d", "e", "f"];
        names.iter().zip(exprs).map(|(name, expr)| rule(name, expr.as_deref())).collect::<Vec<_>>()
    });
    let answers = proptest::collection::vec(("[a-f]", 0..10i32), 0..6).prop_map(|pairs| {
        let mut answers = Answers::default();
        for (question, point) in pairs {
            answers.set(name(&question), Answer::Scale(point));
        }
        answers
    });
    (rules, answers)
}

proptest! {
    /// Walking forth visits the path in order and ends; walking back from each step returns to the one before.
    #[test]
    fn every_walk_ends_and_can_be_walked_back((rules, answers) in anything()) {
        let on_path: Vec<usize> = path(&rules, &answers).iter().enumerate().filter(|(_, on)| **on).map(|(at, _)| at).collect();
        let mut walked = Vec::new();
        while let Some(at) = next(&rules, &answers, walked.last().copied()) {
            prop_assert_eq!(back(&rules, &answers, at), walked.last().copied());
            walked.push(at);
            prop_assert_eq!(progress(&rules, &answers, at), (walked.len(), on_path.len()));
        }
        prop_assert_eq!(walked, on_path);
    }

    /// Answers off the path change nothing: without them the path is the same.
    #[test]
    fn only_answers_on_the_path_count((rules, answers) in anything()) {
        let on = path(&rules, &answers);
        let mut kept = Answers::default();
        for (rule, _) in rules.iter().zip(&on).filter(|(_, on)| **on) {
            if let Some(answer) = answers.get(rule.name.as_str()) {
                kept.set(rule.name.clone(), answer.clone());
            }
        }
        prop_assert_eq!(path(&rules, &kept), on);
    }

    #[test]
    fn pieces_add_up_to_the_text(text in "(\\{|\\}|[a-z]|é| ){0,20}") {
        let joined: String = pieces(&text).into_iter().map(|piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Pipe(name) => format!("{{{name}}}"),
        }).collect();
        prop_assert_eq!(joined, text);
    }
}
