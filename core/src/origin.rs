//! Origins (RFC 6454): where widgets may stand, as browsers tell them and as people type them.

/// Whether a browser could send this as `Origin`: scheme, host and perhaps a port, nothing else; https, or this machine.
pub fn is_origin(text: &str) -> bool {
    let (secure, rest) = match text.split_once("://") {
        Some(("https", rest)) => (true, rest),
        Some(("http", rest)) => (false, rest),
        _ => return false,
    };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    // Browsers leave the scheme's own port and leading zeros out.
    let usual = if secure { "443" } else { "80" };
    let port_is_fine = port.is_none_or(|port| {
        port != usual && !port.starts_with(['0', '+']) && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let local = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    let named = host.len() <= 253 && host.split('.').all(is_label);
    port_is_fine && (host == "[::1]" || named) && (secure || local)
}

/// What was typed, as an origin: `example.com/shop` is `https://example.com`.
///
/// # Errors
/// Why it cannot be one.
pub fn normalise(text: &str) -> Result<String, Odd> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(Odd::Empty);
    }
    if text.contains('*') {
        return Err(Odd::Wildcard);
    }
    if !text.is_ascii() {
        return Err(Odd::Letters);
    }
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text.strip_prefix("//").unwrap_or(&text)));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host).trim_end_matches('.');
    let local = format!("{scheme}://{}", bare(host, scheme));
    if is_origin(&local) {
        return Ok(local);
    }
    // Whoever typed `http:` for a page in the wide world means the page; nothing else than https is taken there.
    let secure = format!("https://{}", bare(host, scheme));
    let served = matches!(scheme, "http" | "https") && host.contains('.');
    if served && is_origin(&secure) { Ok(secure) } else { Err(Odd::Malformed) }
}

/// Why something typed is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    Empty,
    /// `*.example.com`: every origin has to be named.
    Wildcard,
    /// Letters beyond ASCII: browsers send the `xn--` form.
    Letters,
    Malformed,
}

/// Without the scheme's own port.
fn bare<'a>(host: &'a str, scheme: &str) -> &'a str {
    host.strip_suffix(if scheme == "http" { ":80" } else { ":443" }).unwrap_or(host)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_becomes_an_origin() {
        for (typed, origin) in [
            ("example.com", Ok("https://example.com")),
            (" Example.COM/ ", Ok("https://example.com")),
            ("https://example.com/shop?a#b", Ok("https://example.com")),
            ("http://example.com", Ok("https://example.com")),
            ("https://example.com:443", Ok("https://example.com")),
            ("https://example.com:8443/", Ok("https://example.com:8443")),
            ("//example.com", Ok("https://example.com")),
            ("www.example.com.", Ok("https://www.example.com")),
            ("https://user:pass@example.com/", Ok("https://example.com")),
            ("http://localhost:3000/x", Ok("http://localhost:3000")),
            ("", Err(Odd::Empty)),
            ("*.example.com", Err(Odd::Wildcard)),
            ("https://b\u{fc}cher.example", Err(Odd::Letters)),
            ("ftp://example.com", Err(Odd::Malformed)),
            ("javascript:alert(1)", Err(Odd::Malformed)),
            ("exa mple.com", Err(Odd::Malformed)),
            ("https://", Err(Odd::Malformed)),
        ] {
            assert_eq!(normalise(typed).as_deref().map_err(|odd| *odd), origin, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_normal_stays_so_and_is_an_origin(text in ".{0,60}") {
            if let Ok(origin) = normalise(&text) {
                prop_assert!(is_origin(&origin));
                prop_assert_eq!(normalise(&origin), Ok(origin));
            }
        }
    }
}
