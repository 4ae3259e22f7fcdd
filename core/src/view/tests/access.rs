//! What assistive technology, a strict host page and a hostile owner meet.

use super::*;

#[test]
fn every_control_has_a_name_that_can_be_read_out() {
    for strings in i18n::ALL {
        for of in gallery() {
            let html = form(&of, strings.tag);
            for tag in controls(&html).into_iter().filter(|tag| attribute(tag, "name") != Some("trap")) {
                assert!(!label(&html, tag).is_empty(), "{} {}: <{tag}>", strings.tag, of.name);
            }
            for (button, rest) in html.split("<button ").skip(1).filter_map(|rest| rest.split_once('>')) {
                let words = rest
                    .split("</button>")
                    .next()
                    .unwrap()
                    .split('>')
                    .any(|part| !part.split('<').next().unwrap().is_empty());
                assert!(words || button.contains("aria-label"), "{}: <button {button}>", of.name);
            }
        }
    }
}

#[test]
fn nothing_needs_a_loose_content_security_policy() {
    for of in gallery() {
        let html = form(&of, "en");
        for tag in tags(&html) {
            assert!(attribute(tag, "style").is_none(), "{tag}");
            assert!(!tag.starts_with("script") && !tag.starts_with("style"), "{tag}");
            assert!(!tag.split(' ').any(|word| word.starts_with("on") && word.contains('=')), "{tag}");
        }
    }
    let everything = css(&gallery().iter().collect::<Vec<_>>());
    for loads in ["url(", "@import", "@font-face", "image("] {
        assert!(!everything.contains(loads), "{loads} would need a source");
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    for of in gallery() {
        let html = form(&of, "en");
        let mut ids: Vec<&str> = tags(&html).into_iter().filter_map(|tag| attribute(tag, "id")).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", of.name);
        for tag in tags(&html) {
            for reference in ["for", "aria-describedby", "aria-labelledby"] {
                for id in attribute(tag, reference).into_iter().flat_map(str::split_whitespace) {
                    assert!(ids.contains(&id), "{} has no #{id}", of.name);
                }
            }
        }
    }
}

/// The text of the label around the tag, or of the one that points to it.
fn label(html: &str, tag: &str) -> String {
    let text = |markup: &str| {
        let words = markup.split('>').skip(1).filter_map(|part| part.split('<').next());
        words.collect::<String>().trim().to_owned()
    };
    if let Some(words) = attribute(tag, "aria-label") {
        return words.to_owned();
    }
    if let Some((_, rest)) = attribute(tag, "id").and_then(|id| html.split_once(&format!("for=\"{id}\""))) {
        return text(rest.split("</label>").next().unwrap());
    }
    let before = html.split_once(&format!("<{tag}>")).unwrap();
    assert!(before.0.rfind("<label") > before.0.rfind("</label>"), "no label around <{tag}>");
    text(before.1.split("</label>").next().map(|rest| format!(">{rest}")).as_deref().unwrap())
}

#[test]
fn what_the_owner_writes_stays_text() {
    let hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{nope}&";
    for of in gallery() {
        let json = serde_json::to_string(&of).unwrap();
        let text: serde_json::Value = serde_json::from_str(&json).unwrap();
        let of: Widget = serde_json::from_value(poison(text, hostile)).unwrap();
        let html = form(&of, "en");
        assert!(html.contains("&lt;script&gt;"), "{}", of.name);
        assert!(!html.contains("<script") && !html.contains("<img"), "{}: {html}", of.name);
        assert!(!tags(&html).iter().any(|tag| attribute(tag, "onerror").is_some()));
        let votes = poll_result(&of, &locale("en"), &[(hostile.to_owned(), 3)], 3).into_string();
        assert!(!votes.contains("<script"), "{votes}");
    }
}

/// `text` in the place of everything that is worded.
fn poison(value: serde_json::Value, text: &str) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| poison(item, text)).collect()),
        Value::Object(fields) => {
            let worded = ["title", "label", "hint", "low", "high", "placeholder", "thanks", "submit"];
            let field = |(key, value): (String, Value)| match value {
                Value::String(_) if worded.contains(&key.as_str()) => (key, Value::String(text.to_owned())),
                value => (key, poison(value, text)),
            };
            Value::Object(fields.into_iter().map(field).collect())
        }
        other => other,
    }
}

#[test]
fn pictures_have_names() {
    let html = form(&named("stars"), "en");
    assert!(html.contains(">1 star<") && html.contains(">5 stars<"));
    let html = form(&named("csat"), "de");
    assert!(html.contains(">Sehr unzufrieden<") && html.contains(">Sehr zufrieden<"));
    let html = form(&named("thumbs"), "fr");
    assert!(html.contains(">Pouce vers le bas<") && html.contains(">Pouce vers le haut<"));
}
