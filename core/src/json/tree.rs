//! Text as a tree. What comes from outside is looked at while the tree grows: a key given twice would mean one thing to us
//! and another to the next reader, and nesting without end is an attack.

use core::fmt;
use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::problem::{Fault, Problem};

/// Levels of arrays and objects. Ours have at most six.
const DEPTH: u32 = 16;
/// Keys of one object. Ours have at most forty; thousands would take time that grows with their square to compare.
const KEYS: usize = 64;
/// Characters of a foreign key that are repeated in an error.
const KEY_CHARS: usize = 64;

/// Any JSON.
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// Keys are texts.
    Object(Vec<(Node<'a>, Node<'a>)>),
}

impl Node<'_> {
    /// As a text; empty if it is none.
    pub(super) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }
}

/// Reads all of `text`, as strictly as what comes from outside deserves, or not.
pub(super) fn parse(text: &str, strict: bool) -> Result<Node<'_>, Problem> {
    let mut walk = Walk { strict, depth: 0, found: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Level(&mut walk).deserialize(&mut reader).and_then(|node| reader.end().map(|()| node));
    read.map_err(|error| walk.found.unwrap_or_else(|| Problem::malformed("", format!("valid JSON: {error}"))))
}

struct Walk {
    strict: bool,
    depth: u32,
    found: Option<Problem>,
}

struct Level<'w>(&'w mut Walk);

impl Walk {
    fn deeper<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth <= DEPTH || !self.strict {
            return Ok(());
        }
        self.refuse(Problem::malformed("", "nested at most 16 levels deep"))
    }

    /// Stops the parser, whose own error is then of no interest.
    fn refuse<T, E: serde::de::Error>(&mut self, problem: Problem) -> Result<T, E> {
        self.found = Some(problem);
        Err(E::custom(""))
    }

    /// On the way out: what was found was found in `place`.
    fn within(&mut self, place: &str) {
        self.found = self.found.take().map(|problem| problem.within(place));
    }
}

impl<'a> DeserializeSeed<'a> for Level<'_> {
    type Value = Node<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Node<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Level<'_> {
    type Value = Node<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Node<'a>, A::Error> {
        let walk = self.0;
        walk.deeper()?;
        let mut entries: Vec<(Node<'a>, Node<'a>)> = Vec::new();
        while let Some(key) = map.next_key_seed(Level(walk))? {
            if walk.strict && entries.len() >= KEYS {
                return walk.refuse(Problem::new("", Fault::TooMany { max: KEYS as u32 }));
            }
            if walk.strict && entries.iter().any(|(earlier, _)| earlier.text() == key.text()) {
                return walk.refuse(Problem::new(short(key.text()), Fault::Twice));
            }
            let value = map.next_value_seed(Level(walk)).inspect_err(|_| walk.within(&short(key.text())))?;
            entries.push((key, value));
        }
        walk.depth -= 1;
        Ok(Node::Object(entries))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Node<'a>, A::Error> {
        let walk = self.0;
        walk.deeper()?;
        let mut items = Vec::new();
        loop {
            let item =
                seq.next_element_seed(Level(walk)).inspect_err(|_| walk.within(&format!("[{}]", items.len())))?;
            let Some(item) = item else { break };
            items.push(item);
        }
        walk.depth -= 1;
        Ok(Node::List(items))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'a>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'a>, E> {
        Ok(Node::Signed(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'a>, E> {
        Ok(Node::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'a>, E> {
        Ok(Node::Float(value))
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<Node<'a>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'a>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Node<'a>, E> {
        Ok(Node::Null)
    }
}

/// A foreign key, as far as it is repeated in an error.
pub(super) fn short(key: &str) -> String {
    key.chars().take(KEY_CHARS).collect()
}
