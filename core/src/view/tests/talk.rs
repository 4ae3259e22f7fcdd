//! Conversations, as their visitors see them.

use super::*;
use crate::limits::MESSAGES_IN_A_ROW;
use crate::time::Timestamp;
use crate::view::thread::*;

const ID: &str = "0199a6e2-5c00-7abc-8def-0123456789ab";
const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

fn line(owner: bool, text: &str) -> Line {
    Line { owner, text: text.to_owned(), at: Timestamp(1_760_000_000_000) }
}

fn thread(lines: Vec<Line>, turn: Turn) -> Thread {
    let wrote = vec![("What should we do better?".to_owned(), "More ink.".to_owned())];
    Thread { id: ID.to_owned(), wrote, lines, done: Vec::new(), until: Timestamp(1), turn }
}

fn drawn(threads: &[Thread], tag: &str) -> String {
    let (site, locale) = (site(), locale(tag));
    card(threads, &Talk { site: &site, locale: &locale, origin: "https://feedback.example" }).into_string()
}

fn page(thread: &Thread, draft: &Draft<'_>) -> String {
    let (site, en) = (site(), locale("en"));
    talk_page(thread, &Hosted { context: context(&site, &en), stylesheet: "/me/acme.css", script: None }, draft)
        .into_string()
}

#[test]
fn a_reply_is_announced_and_can_be_answered() {
    let html = drawn(&[thread(vec![line(true, "There is more now."), line(false, "Thanks!")], Turn::Open)], "en");
    assert!(
        html.contains("<h2>Acme has replied to you</h2>") && html.contains("<p dir=\"auto\">There is more now.</p>"),
        "{html}"
    );
    assert!(html.contains("action=\"https://feedback.example/me/acme/0199a6e2-5c00-7abc-8def-0123456789ab?lang=en\""));
    assert!(html.contains("<bdi>Acme</bdi>") && html.contains("<bdi>You</bdi>") && html.contains(">You wrote<"));
    assert!(html.contains("<time datetime=\"2025-10-09T08:53:20Z\">2025-10-09</time>"), "{html}");
}

#[test]
fn what_was_done_is_told_to_whoever_said_it() {
    let mut of = thread(Vec::new(), Turn::Nothing);
    of.done = vec![("More ink".to_owned(), "Each pen has a spare now.".to_owned())];
    let html = drawn(&[of], "de");
    assert!(
        html.contains(">Sie haben gesagt<")
            && html.contains(">Wir haben getan<")
            && html.contains("Each pen has a spare now.")
    );
    assert!(!html.contains("<textarea") && !html.contains("Noch keine Antwort"), "{html}");
}

#[test]
fn nothing_that_anybody_wrote_is_markup() {
    let mut of = thread(vec![line(true, HOSTILE), line(false, HOSTILE)], Turn::Open);
    of.wrote = vec![(HOSTILE.to_owned(), HOSTILE.to_owned())];
    of.done = vec![(HOSTILE.to_owned(), HOSTILE.to_owned())];
    let draft = Draft { message: ID, text: "</textarea><script>", refused: Some(Refused::TooLong) };
    for html in [drawn(std::slice::from_ref(&of), "en"), page(&of, &draft)] {
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(tags(&html).iter().all(|tag| attribute(tag, "style").is_none() && attribute(tag, "onerror").is_none()));
    }
}

#[test]
fn every_language_says_it_all_in_its_direction() {
    for strings in i18n::ALL {
        for turn in [Turn::Nothing, Turn::Open, Turn::Wait] {
            let html = drawn(&[thread(Vec::new(), turn)], strings.tag);
            assert_eq!(attribute(tags(&html)[0], "dir"), Some(strings.dir()));
            assert!(!html.contains("{site}") && !html.contains("{max}"), "a hole stayed open: {html}");
        }
    }
}

#[test]
fn whose_turn_it_is_is_said() {
    let draft = Draft { message: ID, text: "One more thing", refused: Some(Refused::Wait) };
    let html = page(&thread(vec![line(true, "Hello")], Turn::Wait), &draft);
    assert!(
        html.contains(&format!("{MESSAGES_IN_A_ROW} messages in a row at most")) && html.contains("One more thing"),
        "{html}"
    );
    assert!(!html.contains("<form"));
    let html = page(&thread(Vec::new(), Turn::Nothing), &Draft { refused: None, text: "", ..draft });
    assert!(
        html.contains("No reply yet.")
            && html.contains("name=\"robots\" content=\"noindex\"")
            && !html.contains("<form")
    );
    let html =
        page(&thread(vec![line(true, "Hello")], Turn::Open), &Draft { refused: Some(Refused::TooLong), ..draft });
    assert!(
        html.contains("Please shorten this to 2000 characters at most.") && html.contains(">One more thing</textarea>"),
        "{html}"
    );
    assert!(html.contains(&format!("name=\"message\" value=\"{ID}\"")) && html.contains("aria-invalid=\"true\""));
}

#[test]
fn words_come_before_points() {
    let given = |fields: &[(&str, &str)]| {
        let fields: Vec<Field> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        wrote(&named("nps"), &fields, &locale("en")).into_iter().map(|(_, words)| words).collect::<Vec<_>>()
    };
    assert_eq!(given(&[("nps", "3"), ("improve", "Ink.")]), ["Ink."]);
    assert_eq!(given(&[("nps", "3")]), ["3"]);
    assert_eq!(given(&[]), [""; 0]);
    // An address is nobody's quotation.
    let mail = [("text".to_owned(), "Hi".to_owned()), ("contact".to_owned(), "a@example.com".to_owned())];
    assert_eq!(wrote(&named("feedback"), &mail, &locale("en")).len(), 1);
}

#[test]
fn the_card_is_small_and_its_sheet_whole() {
    let text = talk_css(&site());
    assert!(text.contains(".talk") && text.contains("[data-placement~=popover]") && !text.contains("/*"));
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}
