//! The checks that hold for any JSON: a key given twice would mean one thing to us and another to the next reader, and
//! nesting without end is an attack.

use core::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use crate::problem::{Fault, Problem};
use crate::strict::wording;

/// Levels of arrays and objects. Ours have at most six.
const DEPTH: u32 = 16;
/// Keys of one object. Ours have at most forty; thousands would take time that grows with their square to compare.
const KEYS: usize = 64;
/// Characters of a foreign key that are repeated in an error.
const KEY_CHARS: usize = 64;

/// Looks at all of `text`.
pub(super) fn check(text: &str) -> Result<(), Problem> {
    let mut walk = Walk { path: String::new(), depth: 0, found: None };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Level(&mut walk).deserialize(&mut reader).and_then(|()| reader.end());
    match (walk.found, read) {
        (Some(problem), _) => Err(problem),
        (None, Err(error)) => Err(wording::syntax(&error)),
        (None, Ok(())) => Ok(()),
    }
}

struct Walk {
    path: String,
    depth: u32,
    found: Option<Problem>,
}

struct Level<'a>(&'a mut Walk);

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Level<'_> {
    fn deeper<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.0.depth += 1;
        if self.0.depth <= DEPTH {
            return Ok(());
        }
        self.0.found = Some(Problem::malformed(self.0.path.as_str(), "nested at most 16 levels deep"));
        Err(E::custom("too deep"))
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.deeper()?;
        let mut keys: Vec<String> = Vec::new();
        let outer = self.0.path.len();
        while let Some(key) = map.next_key::<String>()? {
            if keys.len() >= KEYS {
                self.0.found = Some(Problem::new(self.0.path.as_str(), Fault::TooMany { max: KEYS as u32 }));
                return Err(A::Error::custom("too many keys"));
            }
            if outer > 0 {
                self.0.path.push('.');
            }
            self.0.path.extend(key.chars().take(KEY_CHARS));
            if keys.contains(&key) {
                self.0.found = Some(Problem::new(self.0.path.as_str(), Fault::Twice));
                return Err(A::Error::custom("given twice"));
            }
            keys.push(key);
            map.next_value_seed(Level(self.0))?;
            self.0.path.truncate(outer);
        }
        self.0.depth -= 1;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        self.deeper()?;
        let outer = self.0.path.len();
        for index in 0_usize.. {
            self.0.path.push_str(&format!("[{index}]"));
            let more = seq.next_element_seed(Level(self.0))?;
            self.0.path.truncate(outer);
            if more.is_none() {
                break;
            }
        }
        self.0.depth -= 1;
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
