//! What people type.

/// Text as it is kept: one kind of line break, no white space around it, and no characters that nobody sees but that
/// change how everything after them is shown: control characters other than line break and tab, and the embeddings, overrides
/// and isolates of bidirectional text. They are removed, not refused, because people paste them without knowing.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut previous = '\0';
    for char in text.chars() {
        match char {
            '\n' if previous == '\r' => {}
            '\r' => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(char),
            '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            _ => cleaned.push(char),
        }
        previous = char;
    }
    let trimmed = cleaned.trim();
    if trimmed.len() == cleaned.len() { cleaned } else { trimmed.to_owned() }
}

/// Whether this is an e-mail address as browsers see it: HTML Living Standard, "valid e-mail address". That is stricter
/// than RFC 5322 where nobody has such an address, and laxer where somebody might.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let label = |label: &str| {
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        label.len() <= 63
            && edge(label.bytes().next())
            && edge(label.bytes().last())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    !local.is_empty() && local.bytes().all(atom) && domain.split('.').all(label)
}
