//! "Asked only if …": rows of an earlier question, a comparison and a value.

use maud::{Markup, html};
use rapport_core::editor::{kind_of, tests_of};

use super::sheet::{Attributes, Line, Sheet, control};
use crate::dashboard::strings::editor::{Editor, fill};

/// The condition of the question at `index`, whose fields begin with `at`.
pub fn builder(sheet: &Sheet<'_>, index: usize, at: &str) -> Markup {
    let s = sheet.words();
    let (when, show_if) = (format!("{at}.when"), format!("{at}.show_if"));
    let tests = format!("{when}.tests");
    let rows = sheet.draft.0.list(&tests).len();
    // What rows cannot say is written out.
    let written = sheet.draft.0.at(&when).is_none() && !sheet.get(&show_if).is_empty()
        || sheet.get(&format!("{when}.join")) == "text";
    let wrong = sheet.wrong(&show_if);
    let joint = format!("{when}.join");
    html! {
        fieldset.condition id=(sheet.id(&show_if)) {
            legend { (s.only_if) }
            @if written {
                @let hint = fill(s.expression_hint, &["nps <= 6 and (answered(why) or reason = price)"]);
                (sheet.line(&show_if, s.expression, &hint, Line::Code))
            } @else {
                @if rows == 0 { p.soft { (s.always) } }
                @for row in 0..rows { (test(sheet, index, &format!("{tests}[{row}]"))) }
                @if rows > 1 {
                    @let joined = if sheet.get(&joint) == "or" { "or" } else { "and" };
                    (sheet.field(&joint, s.join, "", |field| sheet.choose(&joint, joined, &[("and", s.all), ("or", s.any)], false, field)))
                }
                (sheet.button(&format!("insert:{tests}"), "button small quiet", &format!("+ {}", s.add_test), ""))
                @for wrong in wrong { p.wrong { (wrong) } }
            }
        }
    }
}

fn test(sheet: &Sheet<'_>, index: usize, at: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("{at}.{rest}");
    let named = |rest: &str, label: &str| Attributes::named(sheet.id(&path(rest)), label);
    let question = sheet.get(&path("question"));
    let word = sheet.get(&path("is"));
    let earlier = speakable(sheet, index);
    let earlier: Vec<(&str, &str)> = earlier.iter().map(|(name, title)| (name.as_str(), title.as_str())).collect();
    let offered: Vec<(&str, &str)> =
        tests_of(&sheet.draft.0, question).iter().map(|test| (*test, comparison(test, s))).collect();
    html! {
        div.test {
            (sheet.choose(&path("question"), question, &earlier, true, &named("question", s.test_question)))
            (sheet.choose(&path("is"), word, &offered, true, &named("is", s.test)))
            @if !matches!(word, "answered" | "unanswered" | "yes" | "no") { (value(sheet, question, &path("value"), &named("value", s.value))) }
            (sheet.sign(&format!("drop:{at}"), super::words::DROP, s.drop_test, false))
        }
    }
}

/// The earlier questions that a condition may speak of, a row each for those that have parts.
fn speakable(sheet: &Sheet<'_>, index: usize) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for earlier in 0..index {
        let at = format!("questions[{earlier}]");
        let name = sheet.get(&format!("{at}.name"));
        let title: String = sheet.reads(&format!("{at}.title")).chars().take(60).collect();
        let parts = match sheet.get(&format!("{at}.input.type")) {
            "matrix" => "rows",
            "ranking" => "options",
            "info" => continue,
            _ => {
                all.push((name.to_owned(), format!("{}. {title}", earlier + 1)));
                continue;
            }
        };
        for part in 0..sheet.draft.0.list(&format!("{at}.input.{parts}")).len() {
            let part = format!("{at}.input.{parts}[{part}]");
            let label = sheet.reads(&format!("{part}.label"));
            all.push((
                format!("{name}.{}", sheet.get(&format!("{part}.name"))),
                format!("{}. {title}: {label}", earlier + 1),
            ));
        }
    }
    all
}

/// The word of a comparison.
fn comparison(test: &str, s: &Editor) -> &'static str {
    match test {
        "eq" => s.eq,
        "ne" => s.ne,
        "le" => s.le,
        "lt" => s.lt,
        "ge" => s.ge,
        "gt" => s.gt,
        "has" => s.has,
        "lacks" => s.lacks,
        "answered" => s.answered,
        "unanswered" => s.unanswered,
        "yes" => s.yes,
        _ => s.no,
    }
}

fn value(sheet: &Sheet<'_>, question: &str, path: &str, at: &Attributes) -> Markup {
    let given = sheet.get(sheet.note(path));
    let options = values(sheet, question);
    if options.is_empty() {
        let line = if kind_of(&sheet.draft.0, question) == "date" { Line::Day } else { Line::Code };
        return control(path, given, line, at);
    }
    let mut offered: Vec<(&str, &str)> = vec![("", "…")];
    offered.extend(options.iter().map(|(name, label)| (name.as_str(), label.as_str())));
    sheet.choose(path, given, &offered, false, at)
}

/// What an answer can be, where that can be counted.
fn values(sheet: &Sheet<'_>, question: &str) -> Vec<(String, String)> {
    let Some(at) = place(sheet, question) else { return Vec::new() };
    let whole = |key: &str| sheet.get(&format!("{at}.input.{key}")).trim().parse::<i32>().ok();
    let list = |key: &str| {
        let items = 0..sheet.draft.0.list(&format!("{at}.input.{key}")).len();
        items
            .map(|item| {
                let item = format!("{at}.input.{key}[{item}]");
                (sheet.get(&format!("{item}.name")).to_owned(), sheet.reads(&format!("{item}.label")).to_owned())
            })
            .collect::<Vec<_>>()
    };
    match sheet.get(&format!("{at}.input.type")) {
        "scale" => match (whole("min"), whole("max")) {
            (Some(min), Some(max)) if max >= min && max - min <= 20 => {
                (min..=max).map(|point| (point.to_string(), point.to_string())).collect()
            }
            _ => Vec::new(),
        },
        "choice" => {
            let mut all = list("options");
            if sheet.get(&format!("{at}.input.other")) == "yes" {
                all.push(("other".to_owned(), "…".to_owned()));
            }
            all
        }
        "matrix" => list("columns"),
        _ => Vec::new(),
    }
}

/// Where the question stands that a row speaks of.
fn place(sheet: &Sheet<'_>, question: &str) -> Option<String> {
    let name = question.split('.').next().unwrap_or_default();
    let index = sheet.draft.0.list("questions").iter().position(|other| other.text("name") == name)?;
    Some(format!("questions[{index}]"))
}
