//! Lists as one text, on their way between brain and hands and into storage: items end with one control character that
//! nobody types, and their parts with another.

use rapport_core::answer::Field;
use rapport_core::scan::{integer, take};

/// Ends an item.
pub const ITEM: u8 = 0x1e;
/// Ends a part of an item.
pub const PART: u8 = 0x1f;

/// A packed text, to be taken apart.
pub struct Parts<'a>(Option<&'a str>);

impl<'a> Parts<'a> {
    /// All of it.
    pub const fn of(text: &'a str) -> Self {
        Self(Some(text))
    }

    /// The next part before a `sign`.
    pub fn next(&mut self, sign: u8) -> Option<&'a str> {
        take(&mut self.0, sign)
    }

    /// The next part before a `sign`; none is empty.
    pub fn text(&mut self, sign: u8) -> &'a str {
        self.next(sign).unwrap_or_default()
    }

    /// What has not been taken.
    pub fn rest(&self) -> &'a str {
        self.0.unwrap_or_default()
    }
}

/// The pairs that were packed.
pub fn pairs(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut items = Parts::of(text);
    while let Some(item) = items.next(ITEM) {
        let mut parts = Parts::of(item);
        if let (Some(name), Some(value)) = (parts.next(PART), parts.next(PART)) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields
}

/// Packs pairs.
pub fn pack(fields: &[Field]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        text.push_str(name);
        text.push(char::from(PART));
        text.push_str(value);
        text.push(char::from(ITEM));
    }
    text
}

/// The number that a text says; 0 for anything else.
pub fn number(text: &str) -> i64 {
    integer(text).unwrap_or(0)
}
