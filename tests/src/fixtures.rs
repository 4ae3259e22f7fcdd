//! The golden files in `tests/fixtures`, as the Worker's and the browser's suites read them; core reads them itself.

#![allow(missing_docs, reason = "`tests/fixtures/README.md` says what the fields mean")]

use crate::product::root;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;

/// A form field and its value.
pub type Field = (String, String);

/// All of `forms.json`, with the widgets of the gallery.
pub struct Forms {
    /// As an owner writes them.
    pub widgets: Vec<Value>,
    /// Forms filled in, and the verdict on each.
    pub cases: Vec<Form>,
}

/// One case of `forms.json`.
#[derive(Debug, Deserialize)]
pub struct Form {
    pub why: String,
    pub widget: String,
    pub complete: bool,
    pub fields: Vec<Field>,
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What becomes of it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Verdict {
    Accepted { path: Vec<String>, accepted: Vec<Field>, keys: Vec<String> },
    Refused { problems: Vec<Problem> },
}

/// A field and the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    pub field: String,
    pub code: String,
    pub limit: Option<String>,
}

/// One case of `targeting.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub why: String,
    pub targeting: Value,
    pub attribute: String,
    pub attention: Option<Value>,
    pub situation: Situation,
    pub outcome: String,
    /// Code, outcome and value of each.
    pub gates: Vec<(String, String, String)>,
}

/// What differs from the usual situation.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Situation {
    pub interrupts: bool,
    pub path: String,
    pub device: String,
    pub language: String,
    pub visits: u32,
    pub traits: Vec<Field>,
    pub draw: u32,
    pub seconds: i64,
    pub scrolled: u32,
    pub leaving: bool,
    pub clicked: bool,
    pub events: Vec<Event>,
    pub shown: Option<i64>,
    pub answered: Option<i64>,
    pub invited: Option<i64>,
    pub invitations: u8,
}

/// What the page reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub name: String,
    #[serde(default)]
    pub properties: Vec<Field>,
}

impl Default for Situation {
    fn default() -> Self {
        Self {
            interrupts: true,
            path: "/".to_owned(),
            device: "desktop".to_owned(),
            language: "en".to_owned(),
            visits: 1,
            traits: Vec::new(),
            draw: 0,
            seconds: 0,
            scrolled: 0,
            leaving: false,
            clicked: false,
            events: Vec::new(),
            shown: None,
            answered: None,
            invited: None,
            invitations: 0,
        }
    }
}

/// Reads `forms.json` and `gallery.json`.
pub fn forms() -> Result<Forms> {
    #[derive(Deserialize)]
    struct File {
        widgets: Vec<Value>,
        cases: Vec<Form>,
    }
    let File { mut widgets, cases } = read("forms.json")?;
    widgets.append(&mut read("gallery.json")?);
    Ok(Forms { widgets, cases })
}

/// Reads `targeting.json`.
pub fn targeting() -> Result<Vec<Visit>> {
    read("targeting.json")
}

fn read<T: DeserializeOwned>(name: &str) -> Result<T> {
    let path = root().join("tests/fixtures").join(name);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
