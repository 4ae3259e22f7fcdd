//! The few elements of a page that matter here, read as browsers read tags (WHATWG HTML, 13.2.5) but without a tree:
//! comments and the insides of scripts, styles and text areas are no tags. Whatever comes in, this is one pass over it.

/// Elements that are looked at; more of them would be a page to be looked at by hand.
const MOST: usize = 2_000;
/// Attributes of one element.
const ATTRIBUTES: usize = 40;

/// An element with what was written in its tag.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    name: String,
    attributes: Vec<(String, String)>,
    /// What stands in a script.
    pub text: &'a str,
}

impl Element<'_> {
    /// Whether it is called that.
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The whole address that a script is loaded from.
    pub fn src(&self, page: &str) -> Option<String> {
        let src = self.get("src").filter(|_| self.is("script"))?.trim();
        let (scheme, _) = page.split_once("://")?;
        Some(match src {
            _ if src.starts_with("//") => format!("{scheme}:{src}"),
            _ if src.starts_with('/') => format!("{}{src}", origin(page)),
            _ => src.to_owned(),
        })
    }

    /// Whether the page goes on while it is loaded.
    pub fn waits_for_nothing(&self) -> bool {
        let module = self.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("module"));
        module || self.get("async").is_some() || self.get("defer").is_some()
    }
}

/// `https://example.com` of `https://example.com/a?b`.
pub fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let rest = address.get(host..).unwrap_or_default();
    address.get(..host + rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or_default()
}

/// Scripts, metas and places of widgets, in order.
pub fn elements(html: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = after;
            continue;
        }
        let (mut element, tail) = open_tag(after);
        rest = tail;
        if matches!(element.name.as_str(), "script" | "style" | "textarea" | "title" | "noscript" | "iframe" | "xmp") {
            let (text, tail) = raw(rest, &element.name);
            element.text = text;
            rest = tail;
        }
        if matches!(element.name.as_str(), "script" | "meta" | "rapport-widget") {
            found.push(element);
            if found.len() >= MOST {
                break;
            }
        }
    }
    found
}

/// Name and attributes, and what follows the tag.
fn open_tag(text: &str) -> (Element<'_>, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        if rest.is_empty() {
            break;
        }
        let (key, value, after) = attribute(rest);
        if attributes.len() < ATTRIBUTES {
            attributes.push((key.to_ascii_lowercase(), value.replace("&amp;", "&")));
        }
        rest = after;
    }
    (Element { name: name.to_ascii_lowercase(), attributes, text: "" }, rest)
}

/// One attribute, and what follows it. At least one character is taken, so that reading comes to an end.
fn attribute(text: &str) -> (&str, &str, &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let stop = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
    let end = text.get(first..).and_then(|tail| tail.find(stop)).map_or(text.len(), |at| first + at);
    let (key, rest) = text.split_at(end);
    let Some(value) = rest.trim_start().strip_prefix('=') else { return (key, "", rest) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, rest) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return (key, value, rest);
        }
    }
    let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
    let (value, rest) = value.split_at(end);
    (key, value, rest)
}

/// The inside of an element that ends only with its own end tag, and what follows that.
fn raw<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")).map(|at| from + at) {
        let tail = text.get(at + 2..).unwrap_or_default();
        if tail.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return (text.get(..at).unwrap_or_default(), tail.get(name.len()..).unwrap_or_default());
        }
        from = at + 2;
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_insides_of_scripts_are_no_tags() {
        let html = "<script>\"<script src=/a>\"</script><title><meta name=x></title><meta content='a &amp; b'>";
        let found = elements(html);
        assert_eq!(found.len(), 2);
        assert!(found[0].is("script") && found[0].text.contains("src=/a"));
        assert_eq!(found[1].get("content"), Some("a & b"));
    }

    #[test]
    fn addresses_become_whole() {
        let src = |tag: &str| elements(tag).first().and_then(|it| it.src("https://a.example/b?c"));
        assert_eq!(src("<script src=/x.js>").as_deref(), Some("https://a.example/x.js"));
        assert_eq!(src("<script src='//b.example/x.js'>").as_deref(), Some("https://b.example/x.js"));
        assert_eq!(src("<meta src=/x.js>"), None);
    }

    proptest! {
        #[test]
        fn anything_is_read(text in "[<>/='\" a-z!-]{0,200}", other in ".{0,80}") {
            elements(&text);
            elements(&other);
        }
    }
}
