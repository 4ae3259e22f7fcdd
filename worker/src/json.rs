//! JSON of our own: from the database, from KV, between Worker and object, and for the owner to read.

use rapport_core::json;
use serde::de::DeserializeOwned;

use crate::problem::Fail;

/// Reads what this program, or another release of it, has written.
///
/// # Errors
/// [`Fail::Broken`]: it is not the caller's fault.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fail> {
    json::own(text).map_err(|problem| Fail::Broken(format!("JSON: {problem}")))
}

/// `json`, which is without spaces, over lines. A second way to write every type would be a second program to write it.
pub fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let (mut depth, mut quoted, mut escaped, mut before) = (0_usize, false, false, ' ');
    for c in json.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else {
            let (opened, closes) = (matches!(before, '{' | '['), matches!(c, '}' | ']'));
            depth = depth.saturating_sub(usize::from(closes));
            if before == ',' || opened != closes {
                text.push('\n');
                text.extend(std::iter::repeat_n("  ", depth));
            }
            depth += usize::from(matches!(c, '{' | '['));
            quoted = c == '"';
        }
        text.push(c);
        if c == ':' && !quoted {
            text.push(' ');
        }
        before = if quoted { ' ' } else { c };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_serde_json() {
        for json in [r#"{"a":[1,{"b":"x,{\"}:\\"},[],{}],"c":{"d":null},"e":"]"}"#, "[]", "7", r#"["a:b"]"#, r#"[[1]]"#]
        {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(indented(json), serde_json::to_string_pretty(&value).unwrap(), "{json}");
        }
    }
}
