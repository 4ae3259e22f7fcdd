//! A JSON reader's errors as problems. The reader words them for its author; these are for who wrote the JSON.

use crate::problem::{Fault, Problem};

/// Text that is not JSON at all.
pub(super) fn syntax(error: &serde_json::Error) -> Problem {
    Problem::malformed("", format!("valid JSON: {error}"))
}

/// JSON that is not what was wanted; `path` is where reading stopped.
pub(super) fn problem(path: &str, error: &serde_json::Error) -> Problem {
    if !error.is_data() {
        return syntax(error);
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    let expected = || message.split_once("expected ").map_or(message, |(_, expected)| expected);
    if message.starts_with("missing field") {
        return Problem::new(inside(path, quoted()), Fault::Required);
    }
    if message.starts_with("unknown field") {
        return Problem::new(inside(path, &quoted().chars().take(64).collect::<String>()), Fault::Unknown);
    }
    if message.starts_with("unknown variant") || message.starts_with("invalid ") {
        return Problem::malformed(path, friendly(expected()));
    }
    // Our own types say "not a name: …".
    Problem::malformed(path, message.strip_prefix("not ").unwrap_or(message).to_owned())
}

/// `field` of what is at `path`; some paths already end in it.
fn inside(path: &str, field: &str) -> String {
    let ends = path.strip_suffix(field).is_some_and(|outer| outer.is_empty() || outer.ends_with('.'));
    if ends {
        path.to_owned()
    } else if path.is_empty() {
        field.to_owned()
    } else {
        format!("{path}.{field}")
    }
}

/// Rust's names of types, in words.
fn friendly(expected: &str) -> String {
    let words = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" => "a whole number, not negative",
        "i32" | "i64" => "a whole number",
        "a string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        _ if expected.starts_with("struct ") || expected.starts_with("internally tagged enum") => "an object",
        _ if expected.contains("size 2") || expected.contains("2 elements") => "a pair of texts",
        _ => expected,
    };
    words.to_owned()
}
