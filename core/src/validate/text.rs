//! What people type.

use crate::scan::{cut, take};

/// Text as it is kept: one kind of line break, no white space around it, and no characters that nobody sees but that
/// change how everything after them is shown: control characters other than line break and tab, and the embeddings, overrides
/// and isolates of bidirectional text. They are removed, not refused, because people paste them without knowing.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::new();
    // How much of it is not white space at the end.
    let mut length = 0;
    let mut previous = '\0';
    for char in text.chars() {
        let kept = match char {
            '\n' if previous == '\r' => None,
            '\r' => Some('\n'),
            '\n' | '\t' => Some(char),
            '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
            _ => Some(char),
        };
        previous = char;
        let Some(char) = kept else { continue };
        let white = char.is_whitespace();
        if !(white && length == 0) {
            cleaned.push(char);
            if !white {
                length = cleaned.len();
            }
        }
    }
    cleaned.truncate(length);
    cleaned
}

/// Characters of a text.
pub fn length(text: &str) -> usize {
    // All bytes but those that continue a character.
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Whether this is an e-mail address as browsers see it: HTML Living Standard, "valid e-mail address". That is stricter
/// than RFC 5322 where nobody has such an address, and laxer where somebody might.
pub fn is_email(text: &str) -> bool {
    let (local, mut domain) = cut(text, b'@');
    let atom = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    if local.is_empty() || domain.is_none() || !local.as_bytes().iter().all(atom) {
        return false;
    }
    while let Some(label) = take(&mut domain, b'.') {
        let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let edges = !matches!(label.as_bytes(), [] | [b'-', ..] | [.., b'-']);
        if !edges || label.len() > 63 || !label.as_bytes().iter().all(inside) {
            return false;
        }
    }
    true
}
