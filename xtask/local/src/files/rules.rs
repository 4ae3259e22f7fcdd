//! The formats of `_headers` and `_redirects`.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// `_headers`: a pattern at the start of a line, and below it, indented, what to add.
pub(super) struct Headers(Vec<(String, Vec<(HeaderName, HeaderValue)>)>);

impl Headers {
    /// Lines that make no sense are passed over.
    pub(super) fn parse(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<_>)> = Vec::new();
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            if !line.starts_with([' ', '\t']) {
                rules.push((trimmed.to_owned(), Vec::new()));
            } else if let (Some((_, headers)), Some((name, value))) = (rules.last_mut(), trimmed.split_once(':'))
                && let (Ok(name), Ok(value)) = (name.trim().parse(), value.trim().parse())
            {
                headers.push((name, value));
            }
        }
        Self(rules)
    }

    /// Sets what the matching rules say. What two of them say about one header is joined.
    pub(super) fn apply(self, path: &str, headers: &mut HeaderMap) {
        let mut added = HeaderMap::new();
        let matching = self.0.into_iter().filter(|(pattern, _)| matches(pattern, path));
        for (name, value) in matching.flat_map(|(_, headers)| headers) {
            let value = match added.get(&name) {
                None => value,
                Some(earlier) => join(earlier, &value),
            };
            added.insert(name, value);
        }
        for (name, value) in &added {
            headers.insert(name, value.clone());
        }
    }
}

fn join(earlier: &HeaderValue, later: &HeaderValue) -> HeaderValue {
    let both = [earlier.as_bytes(), b", ", later.as_bytes()].concat();
    // Two valid values make a valid one.
    HeaderValue::from_bytes(&both).unwrap_or_else(|_| later.clone())
}

/// `_redirects`, of which only rewriting (`/from/* /to 200`) is known.
pub(super) struct Redirects(Vec<(String, String)>);

impl Redirects {
    pub(super) fn parse(text: &str) -> Self {
        let rule = |line: &str| {
            let mut words = line.split_whitespace();
            let (from, to) = (words.next()?, words.next()?);
            (words.next()? == "200").then(|| (from.to_owned(), to.to_owned()))
        };
        Self(text.lines().filter_map(rule).collect())
    }

    pub(super) fn target(&self, path: &str) -> Option<String> {
        let found = self.0.iter().find(|(pattern, _)| matches(pattern, path));
        found.map(|(_, target)| target.clone())
    }
}

/// Whether `path` is `pattern`, where one `*` stands for anything.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, end)) => path.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Headers, Redirects, matches};
    use axum::http::HeaderMap;

    #[test]
    fn patterns_have_one_star() {
        assert!(matches("/pkg/*", "/pkg/a.js"));
        assert!(!matches("/pkg/*", "/a.js"));
        assert!(matches("/*.wasm", "/x/y.wasm"));
        assert!(!matches("/ab*ba", "/aba"));
    }

    #[test]
    fn headers_of_all_matching_rules_are_set() {
        let rules = "# note\n/*\n  X-One: 1\n  X-Two: 2\n/app/*\n  X-Two: 3\n";
        let mut headers = HeaderMap::new();
        Headers::parse(rules).apply("/app/", &mut headers);
        assert_eq!(headers["x-one"], "1");
        assert_eq!(headers["x-two"], "2, 3");
    }

    #[test]
    fn only_rewrites_are_followed() {
        let redirects = Redirects::parse("/old /new 301\n/app/* /app/ 200\n");
        assert_eq!(redirects.target("/app/settings").as_deref(), Some("/app/"));
        assert_eq!(redirects.target("/old"), None);
    }
}
