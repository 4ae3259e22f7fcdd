//! The golden files that core, the Worker and the browser all read; `tests/fixtures/README.md` describes them. With
//! `BLESS=1` in the environment the expectations are written anew, for a person to review as a diff.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use rapport_core::answer::Field;
use rapport_core::attention::Attention;
use rapport_core::model::widget::Widget;
use rapport_core::response::keys;
use rapport_core::targeting::{Device, Event, Outcome, Situation, Targeting, decide};
use rapport_core::time::Timestamp;
use rapport_core::{validate, walk};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

#[test]
fn forms_are_walked_and_judged() {
    golden("forms.json", |file| {
        let gallery: Vec<Value> = serde_json::from_str(&fs::read_to_string(path("gallery.json")).unwrap()).unwrap();
        let extra = file["widgets"].as_array().unwrap().clone();
        let widgets: Vec<Widget> =
            extra.into_iter().chain(gallery).map(|widget| Widget::parse(&widget.to_string()).unwrap()).collect();
        for case in file["cases"].as_array_mut().unwrap() {
            let widget = widgets.iter().find(|widget| case["widget"] == widget.name.as_str()).unwrap();
            let (rules, complete) = (widget.rules(), case["complete"].as_bool().unwrap());
            let verdict = validate::read(&rules, &fields(&case["fields"]), complete);
            let case = case.as_object_mut().unwrap();
            case.retain(|key, _| !matches!(key.as_str(), "path" | "accepted" | "keys" | "problems"));
            match verdict {
                Ok(answers) => {
                    let on = walk::path(&rules, &answers);
                    let asked: Vec<&str> =
                        rules.iter().zip(on).filter(|(_, on)| *on).map(|(rule, _)| rule.name.as_str()).collect();
                    case.insert("path".into(), json!(asked));
                    case.insert("accepted".into(), json!(answers.fields()));
                    case.insert("keys".into(), json!(keys(&answers, complete, &[], 0, false)));
                }
                Err(problems) => {
                    let told = problems.iter().map(|problem| {
                        let mut told = json!({ "field": problem.field, "code": problem.fault.code() });
                        if let Some(limit) = problem.fault.limit() {
                            told["limit"] = json!(limit);
                        }
                        told
                    });
                    case.insert("problems".into(), told.collect());
                }
            }
        }
    });
}

#[test]
fn targetings_decide() {
    golden("targeting.json", |file| {
        for case in file.as_array_mut().unwrap() {
            let targeting: Targeting = serde_json::from_value(case["targeting"].clone()).unwrap();
            assert_eq!(targeting.check(), [], "{case}");
            let attribute = targeting.to_string();
            assert_eq!(Targeting::parse(&attribute).as_ref(), Ok(&targeting));
            let attention: Attention =
                case.get("attention").map(|value| serde_json::from_value(value.clone()).unwrap()).unwrap_or_default();
            let given = &case["situation"];
            let text = |key: &str, default: &'static str| given[key].as_str().unwrap_or(default).to_owned();
            let number = |key: &str, default: u64| given[key].as_u64().unwrap_or(default);
            let moment = |key: &str| given[key].as_i64().map(Timestamp);
            let truth = |key: &str, default: bool| given[key].as_bool().unwrap_or(default);
            let events: Vec<Event> = given["events"].as_array().into_iter().flatten().map(event).collect();
            let traits = fields(&given["traits"]);
            let (page, language) = (text("path", "/"), text("language", "en"));
            let decision = decide(
                &targeting,
                &attention,
                &Situation {
                    widget: "nps",
                    interrupts: truth("interrupts", true),
                    now: Timestamp(1_764_000_000_000),
                    path: &page,
                    device: Device::parse(&text("device", "desktop")).unwrap(),
                    language: &language,
                    visits: number("visits", 1) as u32,
                    traits: &traits,
                    draw: number("draw", 0) as u32,
                    seconds: number("seconds", 0) as u32,
                    scrolled: number("scrolled", 0) as u8,
                    leaving: truth("leaving", false),
                    clicked: truth("clicked", false),
                    events: &events,
                    shown: moment("shown"),
                    answered: moment("answered"),
                    invited: moment("invited"),
                    invitations: number("invitations", 0) as u8,
                },
            );
            let gates = decision.gates.iter().map(|gate| json!([gate.code, word(gate.outcome), gate.value]));
            let gates: Value = gates.collect();
            case["attribute"] = json!(attribute);
            case["outcome"] = json!(word(decision.outcome));
            case["gates"] = gates;
        }
    });
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Wait => "wait",
        Outcome::Fail => "fail",
    }
}

fn event(value: &Value) -> Event {
    Event { name: value["name"].as_str().unwrap().to_owned(), properties: fields(&value["properties"]) }
}

fn fields(value: &Value) -> Vec<Field> {
    if value.is_null() { Vec::new() } else { serde_json::from_value(value.clone()).unwrap() }
}

/// Works out every expectation anew; they must be what the file already says.
fn golden(name: &str, work_out: impl FnOnce(&mut Value)) {
    let text = fs::read_to_string(path(name)).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let mut actual = expected.clone();
    work_out(&mut actual);
    if std::env::var_os("BLESS").is_some() {
        fs::write(path(name), lines(&actual)).unwrap();
        return;
    }
    let cases = |value: &Value| value.get("cases").unwrap_or(value).as_array().unwrap().clone();
    assert!(!cases(&expected).is_empty());
    for (actual, expected) in cases(&actual).iter().zip(&cases(&expected)) {
        assert_eq!(actual, expected, "{name}: {}", expected["why"]);
    }
}

/// One case to a line, so that a diff shows which verdict changed.
fn lines(value: &Value) -> String {
    let list = |cases: &Value| {
        let cases: Vec<String> = cases.as_array().unwrap().iter().map(|case| format!("  {case}")).collect();
        format!("[\n{}\n]", cases.join(",\n"))
    };
    match value.get("cases") {
        None => list(value) + "\n",
        Some(cases) => format!("{{\"widgets\": {},\n\"cases\": {}}}\n", list(&value["widgets"]), list(cases)),
    }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name)
}
