//! The configuration for one account.

use anyhow::{Result, bail};

/// Beside wrangler.toml, since paths in it are relative to where it lies.
pub(super) const FILE: &str = ".wrangler.deploy.toml";

const BINDING: &str = "binding = \"KV\"";

/// The project's configuration with the account's namespace in it.
pub(super) fn with_namespace(text: &str, id: &str) -> Result<String> {
    if text.matches(BINDING).count() != 1 {
        bail!("wrangler.toml must name the KV namespace once, by the line {BINDING}");
    }
    if id.is_empty() || !id.chars().all(|character| character.is_ascii_hexdigit()) {
        bail!("{id:?} is not the id of a namespace");
    }
    Ok(text.replace(BINDING, &format!("{BINDING}\nid = \"{id}\"")))
}

#[cfg(test)]
mod tests {
    use super::with_namespace;

    #[test]
    fn the_id_is_put_into_the_projects_own_configuration() {
        let text = include_str!("../../../wrangler.toml");
        let filled = with_namespace(text, "0f2ac74b498b48028cb68387c421e279").unwrap();
        assert!(filled.contains("binding = \"KV\"\nid = \"0f2ac74b498b48028cb68387c421e279\"\n"));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        assert!(with_namespace("binding = \"KV\"", "x\"y").is_err());
        assert!(with_namespace("binding = \"OTHER\"", "0f").is_err());
    }
}
