//! News: entries to read.

use super::*;

fn entry(name: &str, day: Option<&str>) -> serde_json::Value {
    serde_json::json!({ "name": name, "title": name, "input": { "type": "info", "day": day } })
}

fn news(entries: &[serde_json::Value]) -> Widget {
    serde_json::from_value(serde_json::json!({ "name": "news", "kind": "news", "label": "News", "questions": entries }))
        .unwrap()
}

#[test]
fn the_latest_day_comes_first_and_what_has_none_last() {
    let of =
        news(&[entry("a", None), entry("b", Some("2026-01-31")), entry("c", Some("2026-11-01")), entry("d", None)]);
    let html = form(&of, "en");
    let order: Vec<&str> = tags(&html).into_iter().filter_map(|tag| attribute(tag, "data-q")).collect();
    assert_eq!(order, ["c", "b", "a", "d"]);
    assert!(html.contains("<time class=\"hint\" datetime=\"2026-11-01\">2026-11-01</time>"), "{html}");
}

#[test]
fn there_is_nothing_to_send() {
    let html = form(&named("news"), "de");
    for part in ["class=\"send\"", "class=\"thanks\"", "name=\"trap\"", "data-say-", "class=\"status\""] {
        assert!(!html.contains(part), "{part}");
    }
    assert!(html.contains("data-kind=\"news\"") && html.contains("class=\"count\""), "{html}");
    // Where it pops up, a tab is what it becomes without the module: in the visitor's words.
    let of = Widget { placement: Placement::Popover { corner: Corner::BottomEnd }, ..named("news") };
    assert!(form(&of, "de").contains("<span>Neuigkeiten</span>"));
}
