//! JSON from outside, read strictly: valid UTF-8, no key given twice, bounded nesting, no unknown fields; and whatever is
//! wrong is told as a field and a rule, never as a line of a parser's own language.

mod shape;
mod wording;

use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Reads `json` as a `T`. The size is the caller's to bound, while reading it from the network.
///
/// # Errors
/// The first problem: a parser cannot go on behind it.
pub fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    let Ok(text) = core::str::from_utf8(json) else {
        return Err(Problem::malformed("", "text in UTF-8"));
    };
    shape::check(text)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        wording::problem(if path == "." { "" } else { &path }, error.inner())
    })?;
    Ok(value)
}

#[cfg(test)]
mod tests;
