//! What the address of a request says, taken from its text. The runtime has parsed that address already; a second parser
//! would bring the tables of all scripts for the names of hosts, a tenth of the Worker.

use rapport_core::answer::Field;
use worker::Request;

/// A part of a path, with what is escaped in it.
pub fn part(text: &str) -> String {
    // A plus is a plus here, and a blank only in forms.
    let escaped = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(escaped.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}

/// The origin of this Worker in `request`, such as `https://rapport.example`.
pub fn origin(request: &Request) -> String {
    origin_of(&request.inner().url()).to_ascii_lowercase()
}

/// What stands behind the question mark.
pub fn query(request: &Request) -> String {
    query_of(&request.inner().url()).to_owned()
}

/// Names and values of a query or of a posted form (WHATWG URL, 5.1), in order.
pub fn fields(text: &str) -> impl Iterator<Item = Field> {
    form_urlencoded::parse(text.as_bytes()).into_owned()
}

fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(host..).unwrap_or_default();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    url.get(..host + end).unwrap_or_default()
}

fn query_of(url: &str) -> &str {
    let bare = url.split('#').next().unwrap_or_default();
    bare.split_once('?').map_or("", |(_, query)| query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (url, origin, query) in [
            ("https://a.example/x?y=1#z", "https://a.example", "y=1"),
            ("http://a.example:8787/?", "http://a.example:8787", ""),
            ("https://a.example", "https://a.example", ""),
            ("https://a.example?q=a?b", "https://a.example", "q=a?b"),
            ("https://a.example/#?q", "https://a.example", ""),
            ("", "", ""),
        ] {
            assert_eq!((origin_of(url), query_of(url)), (origin, query), "{url}");
        }
    }

    #[test]
    fn fields_are_decoded() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            fields("name=Caf%C3%A9+%26+co&hash=%23#x&empty=&&bare&broken=%zz%ff").collect::<Vec<_>>(),
            [
                field("name", "Café & co"),
                field("hash", "##x"),
                field("empty", ""),
                field("bare", ""),
                field("broken", "%zz\u{fffd}")
            ]
        );
    }
}
