use super::*;
use crate::csv::Reader;
use crate::model::config::{Record, State, Version};
use crate::model::site::Site;
use crate::model::text::Locale;
use crate::name::Name;

fn config() -> Config {
    let site = r#"{"id":"acme","name":"Acme","origins":[],"locale":"en"}"#;
    let first = r#"{"name":"nps","kind":"survey","label":"NPS","questions":[
        {"name":"nps","title":"How likely?","input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
        {"name":"topics","title":"What about?","input":{"type":"choice","max":2,"other":true,"options":[
            {"name":"price","label":"Price"},{"name":"speed","label":"Speed"}]}},
        {"name":"old","title":"Old","input":{"type":"text"}},
        {"name":"plan","title":"Which plan, in your words?","input":{"type":"text"}}]}"#;
    let second = r#"{"name":"nps","kind":"survey","label":"NPS","questions":[
        {"name":"nps","title":"How likely, really?","input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
        {"name":"topics","title":"What about?","input":{"type":"choice","max":2,"options":[{"name":"taste","label":"Taste"},{"name":"ink","label":"Ink"}]}},
        {"name":"plan","title":"Plan?","input":{"type":"choice","options":[{"name":"pro","label":"=Pro"},{"name":"free","label":"Free"}]}},
        {"name":"mail","title":"Mail?","input":{"type":"email"}},
        {"name":"grid","title":"Grid","input":{"type":"matrix","rows":[{"name":"ink","label":"Ink"}],"columns":[{"name":"good","label":"Good"},{"name":"bad","label":"Bad"}]}}]}"#;
    let version =
        |number, json: &str| Version { number, published: Timestamp(0), widget: Widget::parse(json).unwrap() };
    Config {
        revision: 1,
        site: Site::parse(site).unwrap(),
        widgets: vec![Record {
            state: State::Live,
            draft: None,
            versions: vec![version(1, first), version(2, second)],
        }],
        loyalty: None,
    }
}

fn response(version: u32, answers: &[(&str, &str)]) -> Response {
    let answers: Vec<(String, String)> =
        answers.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    let json = serde_json::json!({
        "v": 1, "id": "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "site": "acme", "widget": "nps", "version": version,
        "revision": 1, "complete": true, "answers": answers, "keys": [], "active_ms": 7_500,
        "page": "https://acme.example/x", "locale": "en", "device": "phone", "country": "CH", "visitor": "v1",
        "traits": [["plan", "pro"], ["since", "2020"]], "received": 1_764_000_000_000_i64,
    });
    serde_json::from_value(json).unwrap()
}

fn table(redaction: Redaction, labels: bool, responses: &[Response]) -> Vec<Vec<String>> {
    let (config, nps, en) = (config(), Name::parse("nps").unwrap(), Locale::parse("en").unwrap());
    let table = Table::new(&config, Some(&nps), redaction, labels.then_some(&en));
    let mut text = String::new();
    table.head(&mut text);
    responses.iter().for_each(|response| table.row(&mut text, response.clone(), &config));
    Reader::new(&text, ',', 1, true).map(|record| record.cells).collect()
}

fn column(rows: &[Vec<String>], title: &str) -> Vec<String> {
    let at = rows[0].iter().position(|cell| cell == title).unwrap_or_else(|| panic!("{title} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn every_version_has_its_columns() {
    let responses = [
        response(
            1,
            &[("nps", "9"), ("topics", "price"), ("topics", "speed"), ("topics.other", "=ink"), ("old", "a\nb")],
        ),
        response(
            2,
            &[("nps", "3"), ("topics", "taste"), ("plan", "pro"), ("grid.ink", "good"), ("mail", "a@b.example")],
        ),
    ];
    let rows = table(Redaction::default(), false, &responses);
    for (title, cells) in [
        ("received", ["2025-11-24T16:00:00Z", "2025-11-24T16:00:00Z"]),
        ("nps", ["9", "3"]),
        ("topics.price", ["yes", ""]),
        ("topics.taste", ["", "yes"]),
        ("topics.other", ["'=ink", ""]),
        ("plan", ["", "pro"]),
        ("grid.ink", ["", "good"]),
        ("mail", ["", "a@b.example"]),
        ("old", ["a\nb", ""]),
        ("traits", ["plan=pro; since=2020", "plan=pro; since=2020"]),
        ("active_seconds", ["7", "7"]),
    ] {
        assert_eq!(column(&rows, title), cells, "{title}");
    }
    let rows = table(Redaction::default(), true, &responses);
    assert_eq!(column(&rows, "How likely, really?"), ["9", "3"]);
    assert_eq!(column(&rows, "What about? – Price"), ["yes", ""]);
    assert_eq!(column(&rows, "Plan?"), ["", "'=Pro"]);
    assert_eq!(column(&rows, "Grid – Ink"), ["", "Good"]);
}

#[test]
fn what_is_redacted_is_nowhere() {
    let secret = response(
        2,
        &[
            ("nps", "3"),
            ("topics.other", "secret"),
            ("mail", "secret@b.example"),
            ("old", "secret"),
            ("gone", "secret"),
        ],
    );
    let all = Redaction { text: true, contact: true, identity: true };
    let (config, rows) = (config(), table(all, false, std::slice::from_ref(&secret)));
    assert!(!rows.concat().concat().contains("secret"), "{rows:?}");
    // What is a choice now was free text once.
    let before = table(all, false, &[response(1, &[("plan", "secret")])]);
    assert_eq!(column(&before, "plan"), [""]);
    for title in ["country", "page", "visitor", "traits", "mail", "old", "topics.other"] {
        assert!(!rows[0].contains(&title.to_owned()), "{title}");
    }
    let mut text = String::new();
    line(&mut text, secret, all, &config).unwrap();
    for gone in ["secret", "acme.example", "\"v1\"", "CH", "since"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    assert!(text.contains(r#"["nps","3"]"#) && text.ends_with("}\n"));
}
