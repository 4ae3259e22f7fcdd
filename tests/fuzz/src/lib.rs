//! Readers of what strangers send, and writers of what they get to see, as targets for fuzzing. A target panics where a promise
//! does not hold.
//!
//! The corpus is replayed and mutated for a few seconds by the tests of this crate, with the ordinary compiler; `cargo xtask fuzz`
//! runs each target guided by coverage, and keeps in the corpus what leads to new places.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this is tests"
)]

mod sign;

use rapport_core::csv;
use rapport_core::delivery::Delivery;
use rapport_core::expr::Expr;
use rapport_core::hook::address;
use rapport_core::import::{Head, Row, propose, read};
use rapport_core::limits::{FIELDS, METADATA_BYTES};
use rapport_core::loyalty::token::verify;
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::response::{Arrival, Metadata, Response};
use rapport_core::targeting;
use rapport_core::time::Timestamp;
use rapport_core::view::{self, ViewContext};
use std::sync::LazyLock;

/// What is given any bytes.
pub type Target = fn(&[u8]);

/// All of them, by the name of their folder of the corpus.
pub const TARGETS: [(&str, Target); 8] = [
    ("ingest", ingest),
    ("show_if", show_if),
    ("token", token),
    ("csv", csv),
    ("import", import),
    ("address", hook_address),
    ("glob", path_pattern),
    ("manifest", manifest),
];

/// The target of that name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

const NOW: Timestamp = Timestamp(1_800_000_000_000);

static SITE: LazyLock<Site> = LazyLock::new(|| {
    Site::parse(r#"{"id":"acme","name":"Acme","origins":["https://acme.example"],"locale":"en"}"#).unwrap()
});

static WIDGET: LazyLock<Widget> = LazyLock::new(|| {
    Widget::parse(
        r#"{"name":"nps","kind":"survey","label":"NPS","questions":[
        {"name":"nps","title":"How likely?","input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
        {"name":"topics","title":"What about?","show_if":"nps <= 6","input":{"type":"choice","max":2,"other":true,"options":[
            {"name":"price","label":"Price"},{"name":"speed","label":"Speed"}]}},
        {"name":"why","title":"Why?","input":{"type":"text"}}]}"#,
    )
    .unwrap()
});

/// What is read can be written and read again; what is accepted is bounded.
fn ingest(data: &[u8]) {
    let Ok(delivery) = Delivery::parse(data) else { return };
    let text = serde_json::to_string(&delivery).unwrap();
    assert_eq!(Delivery::parse(text.as_bytes()).as_ref(), Ok(&delivery));
    let Some(sent) = &delivery.response else { return };
    let arrival = Arrival { site: &SITE.id, widget: &WIDGET, now: NOW, country: "XX", visitor: "", timed: true };
    if let Ok(response) = Response::accept(&delivery.context, sent, &arrival) {
        assert!(response.answers.len() <= FIELDS && response.keys.len() <= 4 * FIELDS);
        assert!(Metadata::of(&response).to_json().len() <= METADATA_BYTES);
        assert!(!response.page.contains('?') && response.day().is_some());
        assert!(response.counted().is_some());
    }
}

/// What is read is evaluated, and survives the form's attribute.
fn show_if(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // A form's attribute may be anything on a page that somebody has tampered with.
    Expr::from_postfix(text).holds_for(&|_| None);
    if let Ok(expr) = Expr::parse(text) {
        assert_eq!(expr.as_str(), text);
        assert!(!expr.ops().is_empty());
        let again = Expr::from_postfix(expr.to_postfix());
        assert_eq!(again.holds_for(&|_| None), expr.holds_for(&|_| None));
    }
}

/// Nothing is valid that was not signed; what is signed is read without harm, and only for its site.
fn token(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let secrets = [sign::secret()];
    assert!(verify(text, &secrets, &SITE.id, NOW).is_err(), "valid without a signature");
    let (head, payload) = text.split_once('\n').unwrap_or((r#"{"alg":"HS256","typ":"JWT"}"#, text));
    let signed = sign::token(head, payload);
    if let Ok(claims) = verify(&signed, &secrets, &SITE.id, NOW) {
        assert_eq!(claims.site, "acme");
        assert!(!claims.member.is_empty() && claims.iat <= claims.exp && claims.exp * 1_000 > NOW.0);
        // One bit changed, and it is none.
        let other = SiteId::parse("another").unwrap();
        assert!(verify(&signed, &secrets, &other, NOW).is_err());
        assert!(verify(&signed[..signed.len() - 2], &secrets, &SITE.id, NOW).is_err());
        assert!(verify(&signed, &[], &SITE.id, NOW).is_err());
    }
}

/// Any cells come back as they were, but for the mark before what a spreadsheet would take for a formula; and nothing written is
/// a formula.
fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut reader = csv::Reader::new(&text, csv::separator(&text), 1, true);
    let records: Vec<csv::Record> = reader.by_ref().collect();
    assert!(reader.consumed() <= text.len());
    for record in records {
        let mut out = String::new();
        csv::write(&mut out, record.cells.iter().map(String::as_str));
        let read: Vec<csv::Record> = csv::Reader::new(&out, ',', 1, true).collect();
        assert_eq!(read.len(), 1, "{out:?}");
        assert_eq!(read[0].cells.len(), record.cells.len(), "{out:?}");
        for (new, old) in read[0].cells.iter().zip(&record.cells) {
            assert!(new == old || new.strip_prefix('\'') == Some(old), "{old:?} became {new:?}");
            let formula = new.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let number = new.parse::<rapport_core::decimal::Decimal>().is_ok();
            assert!(!formula || number, "{new:?} is a formula");
        }
    }
}

/// Any file is proposed for, and its rows are read or refused by line.
fn import(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok((head, rows)) = Head::read(&text, true) else { return };
    assert!(head.bytes <= text.len());
    let proposal = propose(&head, &rows, None);
    let Ok(widget) = proposal.widget(&Name::of("past").unwrap(), "Past") else { return };
    let row = Row {
        site: &SITE.id,
        widget: &widget,
        version: 1,
        mapping: &proposal.mapping,
        columns: &head.columns,
        now: NOW,
        oldest: None,
    };
    for record in rows.iter().take(50) {
        match read(&row, record) {
            Ok(response) => assert!(response.day().is_some() && response.received <= NOW.plus_ms(3_600_000)),
            Err(refusal) => assert_eq!(refusal.line, record.line),
        }
    }
}

/// What passes is https on a name, to be read in one way only.
fn hook_address(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if address::check(text).is_ok() {
        assert!(text.is_ascii() && text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")), "{text}");
        let authority = text[8..].split(['/', '?', '#']).next().unwrap();
        assert!(!authority.contains(['@', '[', '\\', '%']), "{text}");
        let host = authority.split(':').next().unwrap().to_ascii_lowercase();
        let last = host.rsplit('.').next().unwrap();
        assert!(host.contains('.') && !last.is_empty(), "{text}");
        assert!(last.bytes().any(|byte| byte.is_ascii_lowercase()), "{text} names a number");
        assert!(!host.ends_with(".localhost") && !host.ends_with(".internal") && !host.ends_with(".nip.io"), "{text}");
    }
}

/// Any pattern meets any path, and a page meets itself.
fn path_pattern(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (pattern, path) = text.split_once('\n').unwrap_or((&text, ""));
    targeting::matches(pattern, path);
    if !path.contains(['*', '#', '%', '?']) && path.starts_with('/') && path.len() < 1_000 {
        assert!(targeting::matches(path, path), "{path:?} is not itself");
    }
    assert!(targeting::matches("/**", "/anything"));
}

/// Whatever an owner writes, no element and no handler comes of it.
fn manifest(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(widget) = Widget::parse(text) else { return };
    let written = serde_json::to_string(&widget).unwrap();
    assert_eq!(Widget::parse(&written).as_ref(), Ok(&widget));
    for tag in ["en", "ar", "zh-CN"] {
        let locale = Locale::parse(tag).unwrap();
        let context = ViewContext {
            site: &SITE,
            version: 1,
            variant: widget.variants.first(),
            locale: &locale,
            origin: "https://feedback.example",
            sheet: None,
        };
        let html = view::widget(&widget, &context).into_string();
        let lower = html.to_ascii_lowercase();
        for foreign in ["<script", "<iframe", "<object", "<base", "<meta", "<link", "<style"] {
            assert!(!lower.contains(foreign), "{foreign} in {html}");
        }
        assert_eq!(lower.matches("<form").count(), 1, "{html}");
    }
}

#[cfg(test)]
mod tests;
