use super::*;
use crate::delivery::Delivery;
use crate::model::config::Config;
use crate::model::site::Site;
use crate::model::widget::Widget;
use proptest::prelude::*;

fn told<T: DeserializeOwned>(json: &str) -> String {
    match strict::<T>(json.as_bytes()) {
        Ok(_) => "fine".to_owned(),
        Err(problem) => problem.to_string(),
    }
}

const RESPONSE: &str = r#""id":"x","revision":1,"widget":"nps","version":1,"complete":true,"answers":[]"#;

#[test]
fn deliveries_name_the_field() {
    let response = |more: &str| format!(r#"{{"v":1,"response":{{{RESPONSE}{more}}}}}"#);
    for (json, expected) in [
        (response(""), "fine"),
        (r#"{"v":1}"#.into(), "fine"),
        ("{}".into(), "`v` is required"),
        (r#"{"v":"1"}"#.into(), "`v` is not a whole number from 0 to 255"),
        (r#"{"v":256}"#.into(), "`v` is not a whole number from 0 to 255"),
        (r#"{"v":1,"v":1}"#.into(), "`v` is given twice"),
        (r#"{"v":1,"nope":1}"#.into(), "`nope` is not known here"),
        (response(r#","nope":[{}]"#), "`response.nope` is not known here"),
        (response(r#","trap":"","trap":"""#), "`response.trap` is given twice"),
        (
            response(r#","moments":["seen","gone"]"#),
            "`response.moments[1]` is not one of `seen`, `started`, `dismissed`",
        ),
        (response(r#","active_ms":-1"#), "`response.active_ms` is not a whole number from 0 to 4294967295"),
        (response(r#","variant":"B""#), "`response.variant` is not a name: a-z, then a-z, 0-9 or _, 32 at most"),
        (response("").replace("[]", r#"[["a"]]"#), "`response.answers[0]` is not a pair of texts"),
        (response("").replace("[]", r#"[["a",1]]"#), "`response.answers[0][1]` is not a text"),
        (response("").replace("[]", r#"{"a":"b"}"#), "`response.answers` is not a list"),
        (response("").replace("true", "1"), "`response.complete` is not true or false"),
        (r#"{"v":1,"views":[{"widget":"nps","version":1}]}"#.into(), "`views[0].moments` is required"),
        (r#"{"v":1,"context":{"page":7}}"#.into(), "`context.page` is not a text"),
        (r#"{"v":1,"context":3}"#.into(), "`context` is not an object"),
    ] {
        assert_eq!(told::<Delivery>(&json), expected, "{json}");
    }
}

#[test]
fn what_is_not_json_is_told_so() {
    for json in
        ["", "{", "[1,]", "nonsense", r#"{"v":1} {}"#, "{\"v\":1}x", r#"{"v":NaN}"#, "\u{feff}{}", r#"{"v":"\ud800"}"#]
    {
        assert!(told::<Delivery>(json).starts_with("`` is not valid JSON: "), "{json}: {}", told::<Delivery>(json));
    }
    let bytes = [b'{', b'"', 0xff, b'"', b'}'];
    assert_eq!(strict::<Delivery>(&bytes).unwrap_err(), Problem::malformed("", "text in UTF-8"));
    let deep = format!(r#"{{"v":1,"context":{}{}}}"#, "[".repeat(20), "]".repeat(20));
    assert!(told::<Delivery>(&deep).ends_with("is not nested at most 16 levels deep"));
    let many: Vec<String> = (0..65).map(|n| format!("\"k{n}\":0")).collect();
    let many = format!(r#"{{"context":{{{}}}}}"#, many.join(","));
    assert_eq!(told::<Delivery>(&many), "`context` has more than 64 items");
    let bomb = "[".repeat(1_000_000);
    assert!(told::<Delivery>(&bomb).contains("16 levels"));
}

#[test]
fn widgets_and_sites_name_the_field() {
    let widget = |questions: &str| format!(r#"{{"name":"nps","kind":"survey","label":"x","questions":[{questions}]}}"#);
    for (questions, expected) in [
        (r#"{"name":"a","title":"A","input":{"type":"email"}}"#, "fine"),
        (
            r#"{"name":"a","title":"A","input":{"type":"mail"}}"#,
            "`questions[0].input.type` is not one of `scale`, `choice`, `text`, `email`, `number`, `date`, `ranking`, `matrix`, `consent`, `info`",
        ),
        (r#"{"name":"a","title":"A","input":{"type":"scale","min":0}}"#, "`questions[0].input.max` is required"),
        (r#"{"name":"a","title":"A","input":{"type":"email","max":3}}"#, "`questions[0].input.max` is not known here"),
        // Deeper inside an object that is told apart by its type, serde does not tell where it stopped.
        (
            r#"{"name":"a","title":"A","input":{"type":"ranking","options":[{"name":"a","label":3}]}}"#,
            "`questions[0].input` is not a text, or texts by language such as {\"en\": \"…\"}",
        ),
        (
            r#"{"name":"a","title":"A","input":{"type":"text","max":"3"}}"#,
            "`questions[0].input` is not a whole number from 0 to 4294967295",
        ),
        (r#"{"name":"a","title":"A","input":{}}"#, "`questions[0].input.type` is required"),
        (
            r#"{"name":"a","title":7,"input":{"type":"email"}}"#,
            "`questions[0].title` is not a text, or texts by language such as {\"en\": \"…\"}",
        ),
        (
            r#"{"name":"a","title":{"en":"A","zh-CN":7},"input":{"type":"email"}}"#,
            "`questions[0].title.zh-CN` is not a text",
        ),
        (
            r#"{"name":"a","title":"A","show_if":"b <","input":{"type":"email"}}"#,
            "`questions[0].show_if` is not an expression: at character 4, expected a question, a number, a text in quotes, `not` or `(`",
        ),
        (r#"{"name":"a","title":"A","titel":"","input":{"type":"email"}}"#, "`questions[0].titel` is not known here"),
    ] {
        assert_eq!(told::<Widget>(&widget(questions)), expected, "{questions}");
    }
    assert_eq!(told::<Widget>(r#"{"kind":"poll"}"#), "`name` is required");
    assert_eq!(
        told::<Widget>(r#"{"name":"x","kind":"pol"}"#),
        "`kind` is not one of `nps`, `csat`, `ces`, `rating`, `survey`, `poll`, `quiz`, `feedback`, `news`, `loyalty`, `leaderboard`"
    );
    let site = r#"{"id":"acme","name":"A","origins":[],"locale":"english","appearance":{}}"#;
    assert_eq!(told::<Site>(site), "`locale` is not a language tag such as en or zh-CN");
    let site = r##"{"id":"acme","name":"A","origins":[],"locale":"en","appearance":{"accent":"#12"}}"##;
    assert_eq!(told::<Site>(site), "`appearance.accent` is not a colour of the form #1a2b3c");
    let targeting = r#"{"kind":"poll","name":"x","label":"x","questions":[],"targeting":{"delay_secs":1}}"#;
    assert_eq!(told::<Widget>(targeting), "`targeting.delay_secs` is not known here");
}

#[test]
fn what_another_release_wrote_is_read_leniently_but_for_the_owners_part() {
    let config = |widget: &str, record: &str| {
        let site = r#"{"id":"acme","name":"A","origins":[],"locale":"en"}"#;
        let draft = format!(r#"{{"name":"a","kind":"poll","label":"A","questions":[]{widget}}}"#);
        format!(
            r#"{{"v":1,"revision":1,"site":{site},"widgets":[{{"state":"live","draft":{draft},"versions":[]{record}}}],"new":[1]}}"#
        )
    };
    let read = |json: &str| own::<Config>(json).map_err(|problem| problem.to_string());
    assert_eq!(read(&config("", "")).unwrap(), read(&config("", r#","later":{}"#)).unwrap());
    assert_eq!(read(&config(r#","later":1"#, "")).unwrap_err(), "`widgets[0].draft.later` is not known here");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{}\":,a-z0-9. -]{0,60}") {
        let _ = strict::<Delivery>(&bytes);
        let _ = strict::<Widget>(text.as_bytes());
    }
}
