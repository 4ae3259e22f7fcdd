//! Patterns for paths.

use super::codec::nibble;
use crate::scan::cut;

/// Bytes that are looked at. A page may have a longer path, but a guest does not hold it up to read that.
const LONGEST: usize = 2_048;

/// Whether `path` (path and, after `#`, fragment) is one that `pattern` means; see [the module](super) for the rules.
pub fn matches(pattern: &str, path: &str) -> bool {
    let by_fragment = cut(pattern, b'#').1.is_some();
    let path = if by_fragment { path } else { cut(path, b'#').0 };
    let (pattern, path) = (tidy(pattern), tidy(path));
    let below = pattern.strip_suffix(b"/**").is_some_and(|page| fits(page, &path));
    below || fits(&pattern, &path)
}

/// Percent-decoded, without a closing slash, neither of the path nor of the fragment.
fn tidy(path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (page, fragment) = cut(path, b'#');
    decode(page, &mut bytes);
    if let Some(fragment) = fragment {
        bytes.push(b'#');
        decode(fragment, &mut bytes);
    }
    bytes.truncate(LONGEST);
    bytes
}

/// A `%` that begins no code stands for itself.
fn decode(part: &str, bytes: &mut Vec<u8>) {
    let mut rest = part.as_bytes();
    if let [shorter @ .., b'/'] = rest {
        rest = shorter;
    }
    while let [first, after @ ..] = rest {
        let code = match rest {
            [b'%', high, low, ..] => nibble(*high).zip(nibble(*low)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
}

/// Marks after each element of the pattern which beginnings of the path it can stand for: linear in both, whatever the
/// pattern, where backtracking would be exponential.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let mut reached = vec![false; path.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    let mut rest = pattern;
    while let Some((&element, after)) = rest.split_first() {
        rest = after;
        let star = element == b'*';
        let everything = star && after.first() == Some(&b'*');
        if everything {
            rest = after.get(1..).unwrap_or_default();
        }
        // Whether the beginning that is one byte shorter was reachable: before this element for a plain byte, with it
        // for a star.
        let mut shorter = false;
        for (length, mark) in reached.iter_mut().enumerate() {
            let byte = length.checked_sub(1).and_then(|last| path.get(last).copied());
            let before = *mark;
            *mark = if star {
                before || (shorter && (everything || byte != Some(b'/')))
            } else {
                shorter && byte == Some(element)
            };
            shorter = if star { *mark } else { before };
        }
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_mean_what_they_say() {
        for (pattern, path, expected) in [
            ("/", "/", true),
            ("/", "/shop", false),
            ("/shop", "/shop", true),
            ("/shop", "/shop/", true),
            ("/shop/", "/shop", true),
            ("/shop", "/shopping", false),
            ("/shop*", "/shopping", true),
            ("/shop*", "/shop/a", false),
            ("/shop/*", "/shop/a", true),
            ("/shop/*", "/shop/a/b", false),
            ("/shop/*/b", "/shop/a/b", true),
            ("/shop/**", "/shop/a/b", true),
            ("/shop/**", "/shop", true),
            ("/shop/**", "/shopping", false),
            ("/**", "/", true),
            ("**", "/any/thing", true),
            ("**/thanks", "/de/order/thanks", true),
            ("/*/thanks", "/de/order/thanks", false),
            ("/**/a/**/b", "/x/a/y/a/z/b", true),
            ("/商品/*", "/%E5%95%86%E5%93%81/1", true),
            ("/100%", "/100%", true),
            ("/app", "/app#/settings", true),
            ("/app#/settings", "/app#/settings", true),
            ("/app#/settings", "/app", false),
            ("/app/#/settings/", "/app#/settings", true),
            ("/app#/users/*", "/app#/users/7", true),
            ("/app**", "/app#/users/7", true),
            ("", "/", true),
            ("", "/x", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn hostile_patterns_take_no_time() {
        assert!(!matches(&"**a".repeat(60), &"/".repeat(1_000)));
        assert!(!matches(&"*a".repeat(60), &"a".repeat(59)));
    }

    proptest! {
        #[test]
        fn everything_matches_itself_and_everything(path in "/[a-z0-9/]{0,20}") {
            prop_assert!(matches(&path, &path));
            prop_assert!(matches("/**", &path));
        }

        #[test]
        fn no_text_panics(pattern in "\\PC{0,40}", path in "\\PC{0,40}") {
            let _ = matches(&pattern, &path);
        }
    }
}
