use super::*;
use crate::limits::{MESSAGE_CHARS, MESSAGES_IN_A_ROW, TAGS};
use crate::problem::Fault;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_764_000_000_000);

fn id(n: u8) -> String {
    crate::id::make(NOW, [n; 10])
}

fn reply(n: u8) -> Change {
    Change::Reply { id: id(n), text: "Thank you".to_owned() }
}

#[test]
fn a_reply_reads_the_case_and_can_be_taken_back_until_it_was_seen() {
    let mut case = Case::new(&id(0));
    let back = case.change(&reply(1), NOW).unwrap();
    assert_eq!((case.status, case.thread.len(), case.unseen()), (Status::Read, 1, 1));
    assert!(case.change(&reply(1), NOW).unwrap().is_empty(), "the same message once more");
    for change in &back {
        case.change(change, NOW).unwrap();
    }
    assert_eq!((case.status, case.thread.len()), (Status::New, 0));
    case.change(&reply(2), NOW).unwrap();
    assert!(case.see(NOW, NOW) && !case.see(NOW, NOW));
    assert_eq!(case.change(&Change::Unsay(id(2)), NOW).unwrap_err().field, "unsay");
}

#[test]
fn the_visitors_answer_makes_it_new_again_and_not_without_end() {
    let mut case = Case::new(&id(0));
    case.change(&reply(1), NOW).unwrap();
    assert!(case.answer(&id(2), " Yes ", NOW).unwrap());
    assert!(!case.answer(&id(2), "Yes", NOW).unwrap());
    assert_eq!((case.status, case.waits()), (Status::New, true));
    for n in 3..=MESSAGES_IN_A_ROW as u8 + 1 {
        case.answer(&id(n), "more", NOW).unwrap();
    }
    assert_eq!(case.answer(&id(99), "more", NOW).unwrap_err().fault, Fault::TooMany { max: 5 });
    // One that arrived, and whose receipt was lost, is no further one.
    assert!(!case.answer(&id(2), "Yes", NOW).unwrap());
    case.change(&reply(50), NOW).unwrap();
    assert!(case.answer(&id(99), "more", NOW).unwrap());
}

#[test]
fn limits_are_told_and_change_nothing() {
    let mut case = Case::new(&id(0));
    for n in 0..TAGS {
        case.change(&Change::Tag(format!("t{n}")), NOW).unwrap();
    }
    let before = case.clone();
    for (change, field) in [
        (Change::Tag("one more".to_owned()), "tag"),
        (Change::Tag(" \n".to_owned()), "tag"),
        (Change::Note("x".repeat(5_001)), "note"),
        (Change::Reply { id: id(1), text: "x".repeat(MESSAGE_CHARS as usize + 1) }, "text"),
        (Change::Reply { id: id(1), text: " ".to_owned() }, "text"),
        (Change::Reply { id: "1".to_owned(), text: "x".to_owned() }, "id"),
    ] {
        assert_eq!(case.change(&change, NOW).unwrap_err().field, field);
        assert_eq!(case, before);
    }
    assert_eq!(tag("  too\n much   space "), Ok("too much space".to_owned()));
}

fn any_change() -> impl Strategy<Value = Change> {
    let word = || prop_oneof![Just("bug"), Just("praise"), Just("")].prop_map(str::to_owned);
    prop_oneof![
        (0..6usize).prop_map(|at| Change::Status(Status::ALL[at])),
        word().prop_map(Change::Tag),
        word().prop_map(Change::Untag),
        word().prop_map(Change::Note),
        any::<bool>().prop_map(Change::Test),
        (0..4u8).prop_map(reply),
        (0..4u8).prop_map(|n| Change::Unsay(id(n))),
    ]
}

proptest! {
    #[test]
    fn what_takes_a_change_back_does(changes in proptest::collection::vec(any_change(), 0..12)) {
        let mut case = Case::new(&id(0));
        for change in changes {
            let mut before = case.clone();
            let Ok(back) = case.change(&change, NOW) else { continue };
            let mut after = case.clone();
            for change in &back {
                after.change(change, NOW).unwrap();
            }
            // The revision rises, and what comes back comes last.
            (before.revision, after.revision) = (0, 0);
            before.tags.sort();
            after.tags.sort();
            before.thread.sort_by(|a, b| a.id.cmp(&b.id));
            after.thread.sort_by(|a, b| a.id.cmp(&b.id));
            prop_assert_eq!(before, after);
        }
    }
}

#[test]
fn what_came_after_the_visitor_looked_is_still_new() {
    let mut case = Case::new(&id(0));
    let link = Link { widget: Name::parse("news").unwrap(), entry: Name::parse("ink").unwrap() };
    case.change(&Change::Link(link.clone()), NOW).unwrap();
    assert!(case.has_news() && case.unseen() == 0);
    assert!(case.see(NOW, NOW) && !case.has_news());
    case.change(&Change::Reply { id: id(1), text: "Later".to_owned() }, NOW.plus_ms(5)).unwrap();
    assert!(!case.see(NOW, NOW.plus_ms(9)) && case.has_news(), "it was not on the screen yet");
    assert!(case.see(NOW.plus_ms(5), NOW.plus_ms(9)) && !case.has_news());
    // Taken away and linked again, it is told again only if it had not been seen.
    case.change(&Change::Unlink(link.clone()), NOW).unwrap();
    case.change(&Change::Link(link), NOW).unwrap();
    assert!(!case.has_news());
}
