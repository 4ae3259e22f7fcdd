//! What a Content-Security-Policy (CSP Level 3) forbids of what the tag needs.

use super::Finding;

/// What is to be allowed, and where.
pub struct Asked<'a> {
    /// The page's origin.
    pub page: &'a str,
    /// The Worker's.
    pub worker: &'a str,
    /// The script's address, and where answers go.
    pub script: &'a str,
    pub ingest: &'a str,
    /// The nonce on the tag.
    pub nonce: Option<&'a str>,
}

/// What one policy forbids.
pub fn breaches(text: &str, asked: &Asked<'_>) -> Vec<Finding> {
    let directives: Vec<(String, Vec<&str>)> = text
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        })
        .collect();
    let of = |names: &[&str]| {
        // The first directive of a name counts, and the first name that is there.
        names.iter().find_map(|name| directives.iter().find(|(key, _)| key == name)).map(|(_, words)| words.as_slice())
    };
    let mut found = Vec::new();
    if of(&["script-src-elem", "script-src", "default-src"]).is_some_and(|words| !script(words, asked)) {
        found.push(Finding::PolicyScript);
    }
    let compiles = |words: &[&str]| has(words, "'wasm-unsafe-eval'") || has(words, "'unsafe-eval'");
    if of(&["script-src", "default-src"]).is_some_and(|words| !compiles(words)) {
        found.push(Finding::PolicyWasm);
    }
    if of(&["connect-src", "default-src"]).is_some_and(|words| !any(words, asked.ingest, asked)) {
        found.push(Finding::PolicyConnect);
    }
    let required = of(&["require-trusted-types-for"]).is_some_and(|words| has(words, "'script'"));
    let named = of(&["trusted-types"]).is_none_or(|words| has(words, "rapport") || has(words, "*"));
    if required && !named {
        found.push(Finding::PolicyTypes);
    }
    found
}

fn script(words: &[&str], asked: &Asked<'_>) -> bool {
    let nonce = asked.nonce.is_some_and(|nonce| {
        words.iter().any(|word| word.strip_prefix("'nonce-").and_then(|rest| rest.strip_suffix('\'')) == Some(nonce))
    });
    // With `strict-dynamic` hosts count for nothing.
    nonce || (!has(words, "'strict-dynamic'") && any(words, asked.script, asked))
}

fn any(words: &[&str], address: &str, asked: &Asked<'_>) -> bool {
    words.iter().any(|word| allows(word, address, asked))
}

/// Whether a source matches an address (CSP 6.7.2.8, for addresses of ours: a scheme, a host, perhaps a port).
fn allows(source: &str, address: &str, asked: &Asked<'_>) -> bool {
    let source = source.to_ascii_lowercase();
    match source.as_str() {
        "*" => return true,
        "'self'" => return asked.page == asked.worker,
        "https:" => return address.starts_with("https://"),
        "http:" => return true,
        _ if source.starts_with('\'') => return false,
        _ => {}
    }
    let (scheme, rest) =
        source.split_once("://").map_or((None, source.as_str()), |(scheme, rest)| (Some(scheme), rest));
    let (own, target) = address.split_once("://").unwrap_or(("", address));
    if scheme.is_some_and(|scheme| scheme != own && !(scheme == "http" && own == "https")) {
        return false;
    }
    let (host, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let (target, file) = target.split_once('/').unwrap_or((target, ""));
    let hosts = match host.strip_prefix("*.") {
        Some(parent) => target.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1),
        None => host == target || host.strip_suffix(":443") == Some(target) || host.strip_suffix(":*") == Some(target),
    };
    let paths = match path {
        None | Some("") => true,
        Some(path) if path.ends_with('/') => file.starts_with(path),
        Some(path) => file == path,
    };
    hosts && paths
}

fn has(words: &[&str], wanted: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        let asked = Asked {
            page: "https://shop.example",
            worker: "https://r.acme.workers.dev",
            script: "https://r.acme.workers.dev/s/acme.js",
            ingest: "https://r.acme.workers.dev/e/acme",
            nonce: None,
        };
        for (source, allowed) in [
            ("*", true),
            ("https:", true),
            ("'self'", false),
            ("'none'", false),
            ("'unsafe-inline'", false),
            ("https://r.acme.workers.dev", true),
            ("HTTPS://R.acme.workers.dev/", true),
            ("http://r.acme.workers.dev", true),
            ("r.acme.workers.dev", true),
            ("r.acme.workers.dev:443", true),
            ("r.acme.workers.dev:8443", false),
            ("*.workers.dev", true),
            ("*.acme.workers.dev", true),
            ("*.r.acme.workers.dev", false),
            ("acme.workers.dev", false),
            ("https://r.acme.workers.dev/s/", true),
            ("https://r.acme.workers.dev/s/acme.js", true),
            ("https://r.acme.workers.dev/s/other.js", false),
            ("wss://r.acme.workers.dev", false),
        ] {
            assert_eq!(allows(source, asked.script, &asked), allowed, "{source}");
        }
    }
}
