//! A tree as what serde reads types from. A mistake gets its path on the way out, so that nothing is written down on the way
//! in.

use core::slice::Iter;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::tree::{Node, short};
use super::wrong::Wrong;

type Read<V> = Result<V, Wrong>;

impl Node<'_> {
    fn is_not<T>(&self, expected: &dyn Expected) -> Read<T> {
        // What it is instead is in front of the reader's eyes.
        Err(Wrong::invalid_type(serde::de::Unexpected::Unit, expected))
    }
}

impl<'de> Deserializer<'de> for &'de Node<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Unsigned(value) => visitor.visit_u64(*value),
            Node::Signed(value) => visitor.visit_i64(*value),
            Node::Float(value) => visitor.visit_f64(*value),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(_) => self.deserialize_seq(visitor),
            Node::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self {
            Node::Text(text) => visitor.visit_borrowed_str(text),
            other => other.is_not(&visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self {
            Node::List(items) => visitor.visit_seq(Items { rest: items.iter(), index: 0 }),
            other => other.is_not(&visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Read<V::Value> {
        match self {
            Node::List(items) if items.len() == length => self.deserialize_seq(visitor),
            other => other.is_not(&visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self {
            Node::Object(entries) => visitor.visit_map(Entries { rest: entries.iter(), entry: None }),
            other => other.is_not(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if let Node::Null = self { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// A word, or an object with it as its only key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        match self {
            Node::Text(_) => visitor.visit_enum(Variant { name: self, content: &Node::Null }),
            Node::Object(entries) => match entries.as_slice() {
                [(name, content)] => visitor.visit_enum(Variant { name, content }),
                _ => Err(Wrong::unknown_variant("", variants)),
            },
            _ => Err(Wrong::unknown_variant("", variants)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple_struct
    }
}

struct Items<'a> {
    rest: Iter<'a, Node<'a>>,
    index: usize,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        let Some(item) = self.rest.next() else { return Ok(None) };
        let read = seed.deserialize(item).map_err(|wrong| wrong.within(&format!("[{}]", self.index)))?;
        self.index += 1;
        Ok(Some(read))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Entries<'a> {
    rest: Iter<'a, (Node<'a>, Node<'a>)>,
    /// The one whose key was read last.
    entry: Option<&'a (Node<'a>, Node<'a>)>,
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        self.entry = self.rest.next();
        self.entry.map(|(key, _)| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Read<T::Value> {
        let (key, value) = self.entry.ok_or_else(|| Wrong::custom("a key before each value"))?;
        seed.deserialize(value).map_err(|wrong| wrong.within(&short(key.text())))
    }
}

struct Variant<'a> {
    name: &'a Node<'a>,
    content: &'a Node<'a>,
}

impl<'a> Variant<'a> {
    fn inside<T>(&self, read: Read<T>) -> Read<T> {
        read.map_err(|wrong| wrong.within(&short(self.name.text())))
    }
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Read<(T::Value, Self)> {
        Ok((seed.deserialize(self.name)?, self))
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Wrong;

    fn unit_variant(self) -> Read<()> {
        if let Node::Null = self.content { Ok(()) } else { self.inside(self.content.is_not(&"a word alone")) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Read<T::Value> {
        self.inside(seed.deserialize(self.content))
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Read<V::Value> {
        self.inside(self.content.deserialize_tuple(length, visitor))
    }

    fn struct_variant<V: Visitor<'a>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.inside(self.content.deserialize_map(visitor))
    }
}
