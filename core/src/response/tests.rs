use super::*;
use crate::delivery::{Context, Delivery, Moment, Submission};
use crate::json;
use crate::limits::{AHEAD_MS, METADATA_BYTES, OLDEST_MS};
use crate::model::widget::Widget;
use crate::problem::Problem;
use crate::summary::{Summary, apply};

const NOW: Timestamp = Timestamp(1_764_000_000_000);

fn widget() -> Widget {
    let json = r#"{"name":"nps","kind":"survey","label":"NPS","variants":[{"name":"a"},{"name":"b"}],"questions":[
        {"name":"nps","title":"How likely?","required":true,"input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
        {"name":"why","title":"Why?","show_if":"nps <= 6","input":{"type":"text","long":true}},
        {"name":"topics","title":"What?","input":{"type":"choice","max":3,"other":true,"options":[
            {"name":"price","label":"Price"},{"name":"speed","label":"Speed"}]}},
        {"name":"grid","title":"How?","input":{"type":"matrix",
            "rows":[{"name":"r","label":"R"}],"columns":[{"name":"c","label":"C"}]}},
        {"name":"order","title":"Which first?","input":{"type":"ranking","options":[
            {"name":"x","label":"X"},{"name":"y","label":"Y"}]}},
        {"name":"news","title":"News?","input":{"type":"consent","label":"Yes"}}]}"#;
    json::strict(json.as_bytes()).unwrap()
}

fn submission(fields: &[(&str, &str)]) -> Submission {
    Submission {
        id: crate::id::make(NOW, [5; 10]),
        revision: 1,
        widget: Name::parse("nps").unwrap(),
        version: 1,
        variant: None,
        complete: true,
        answers: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        moments: Vec::new(),
        active_ms: 8_000,
        trap: String::new(),
    }
}

fn accept(sent: &Submission) -> Result<Response, Vec<Problem>> {
    accept_at(sent, NOW, true)
}

fn accept_at(sent: &Submission, now: Timestamp, timed: bool) -> Result<Response, Vec<Problem>> {
    let (site, widget) = (SiteId::parse("acme").unwrap(), widget());
    let arrival = Arrival { site: &site, widget: &widget, now, country: "DE", visitor: "v", timed };
    Response::accept(&Context::default(), sent, &arrival)
}

/// A complete response with these answers, whatever the widget would say to them.
pub fn stored(fields: &[(&str, &str)]) -> Response {
    let response = accept(&submission(&[("nps", "9")])).unwrap();
    let answers = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { answers, ..response }
}

fn told<T>(result: Result<T, Vec<Problem>>) -> String {
    let told = |problem: &Problem| format!("{}:{}", problem.field, problem.fault.code());
    match result {
        Ok(_) => "fine".into(),
        Err(problems) => problems.iter().map(told).collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn an_answer_becomes_counts() {
    let sent = Submission {
        moments: vec![Moment::Started, Moment::Seen],
        ..submission(&[
            ("nps", "6"),
            ("why", "slow"),
            ("topics", "speed"),
            ("topics.other", "the smell"),
            ("grid.r", "c"),
            ("order.x", "2"),
            ("order.y", "1"),
        ])
    };
    let response = accept(&sent).unwrap();
    let expected = "seen started answered completed time/34 q/nps q/nps/6 q/why q/topics q/topics/speed \
        q/topics/other q/grid q/grid/r/c q/order q/order/y/1 q/order/x/2 q/news q/news/no";
    assert_eq!(response.keys.join(" "), expected);
    assert_eq!(response.doubts, [""; 0]);
    assert_eq!(response.received, NOW);
    let json = serde_json::to_string(&response).unwrap();
    assert_eq!(serde_json::from_str::<Response>(&json).unwrap(), response);
}

#[test]
fn an_unticked_box_alone_is_no_answer() {
    let response = accept(&Submission { complete: false, ..submission(&[("news", "no")]) }).unwrap();
    assert_eq!(response.keys, ["q/news", "q/news/no"]);
}

#[test]
fn every_problem_is_told_at_once() {
    assert_eq!(told(accept(&submission(&[("nps", "11"), ("nope", "")]))), "answers.nope:unknown answers.nps:too_high");
    let sent = Submission {
        widget: Name::parse("csat").unwrap(),
        variant: Some(Name::parse("c").unwrap()),
        id: "x".into(),
        ..submission(&[])
    };
    assert_eq!(
        told(accept(&sent)),
        "response.id:malformed response.widget:not_an_option response.variant:not_an_option answers.nps:required"
    );
}

#[test]
fn clocks_may_be_off_but_not_far() {
    let sent = submission(&[("nps", "9")]);
    for (now, expected) in [
        (NOW.plus_ms(OLDEST_MS), "fine"),
        (NOW.plus_ms(OLDEST_MS + 1), "response.id:too_old"),
        (NOW.plus_ms(-AHEAD_MS), "fine"),
        (NOW.plus_ms(-AHEAD_MS - 1), "response.id:too_new"),
    ] {
        assert_eq!(told(accept_at(&sent, now, true)), expected);
    }
}

#[test]
fn doubts_are_tagged_and_counted_apart() {
    let trapped = Submission { trap: "buy".into(), active_ms: 100, ..submission(&[("nps", "9")]) };
    let response = accept(&trapped).unwrap();
    assert_eq!(response.doubts, ["trap", "fast"]);
    assert!(response.keys.contains(&"q/nps/9".to_owned()) && response.keys.contains(&"~q/nps/9".to_owned()));
    // One question in 400 ms is possible, and a form without scripts measures nothing.
    assert!(accept(&Submission { active_ms: 400, ..submission(&[("nps", "9")]) }).unwrap().doubts.is_empty());
    let untimed = Submission { active_ms: 0, ..submission(&[("nps", "9")]) };
    assert!(accept_at(&untimed, NOW, false).unwrap().doubts.is_empty());
}

#[test]
fn addresses_lose_what_identifies() {
    for (address, expected) in [
        ("https://example.com/a/b?q=1#x", "https://example.com/a/b"),
        ("https://me:secret@example.com/a@b", "https://example.com/a@b"),
        ("http://localhost:8080?x", "http://localhost:8080"),
        ("https://example.com/%20?", "https://example.com/%20"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("about:blank", ""),
        ("", ""),
    ] {
        assert_eq!(bare_page(address), expected, "{address}");
    }
    assert_eq!(bare_page(&format!("https://e.com/{}", "é".repeat(2_000))).chars().count(), 1_000);
    assert_eq!(bare_page("https://e.com/a\u{0}\nb"), "https://e.com/ab");
}

#[test]
fn metadata_counts_as_the_response_does() {
    let response = accept(&submission(&[("nps", "3"), ("why", "x")])).unwrap();
    let json = Metadata::of(&response).to_json();
    assert!(json.len() <= METADATA_BYTES, "{json}");
    let read = Metadata::parse(&json).unwrap();
    assert_eq!(read.counted(&response.id), response.counted());
    let delta = apply(None, &read.counted(&response.id).unwrap()).unwrap();
    assert_eq!(delta.iter().count(), response.keys.len());
    assert_ne!(delta, Summary::empty());
    // Too many keys: the metadata says so and the value has to be read.
    let many = Response { keys: (0..200).map(|n| format!("q/question/{n}")).collect(), ..response };
    let read = Metadata::parse(&Metadata::of(&many).to_json()).unwrap();
    assert!(read.to_json().len() <= METADATA_BYTES);
    assert_eq!(read.counted(&many.id), None);
}

#[test]
fn deliveries_are_checked_beyond_their_form() {
    let context = |inner: &str| format!(r#"{{"v":1,"context":{{{inner}}}}}"#);
    for (json, expected) in [
        (r#"{"v":2}"#.into(), "v:malformed"),
        (context(r#""locale":"en-US","device":"phone","visitor":"0123456789abcdef0123456789abcdef""#), "fine"),
        (
            context(r#""locale":"EN","device":"watch","visitor":"x""#),
            "context.locale:malformed context.device:not_an_option context.visitor:malformed",
        ),
        (
            context(r#""traits":[["plan","pro"],["plan","free"],["No",""]]"#),
            "context.traits[1]:twice context.traits[2]:malformed",
        ),
        (context(&format!(r#""traits":[["a","{}"]]"#, "x".repeat(101))), "context.traits[0]:too_long"),
        (
            r#"{"v":1,"views":[{"widget":"nps","version":1,"moments":["seen","started","seen"]}]}"#.into(),
            "views[0].moments[2]:twice",
        ),
        (
            r#"{"v":1,"response":{"id":"x","revision":0,"widget":"nps","version":1,"complete":true,"answers":[]}}"#
                .into(),
            "response.id:malformed response.revision:too_low",
        ),
    ] {
        assert_eq!(told(Delivery::parse(json.as_bytes())), expected, "{json}");
    }
}
