//! Fields as a tree. Leaves are texts, as forms have nothing else.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::decimal::Decimal;

/// Levels of a field's name; the deepest of ours is `questions[0].input.options[0].label.en`.
const DEPTH: usize = 10;

/// A part of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Without anything in it.
    pub const fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// The tree of these fields. Places of lists may have gaps, as unticked boxes leave them.
    pub fn read<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut root = Self::object();
        for (name, value) in fields {
            let steps: Vec<&str> = steps(name).take(DEPTH + 1).collect();
            // Any other name than one of ours would come back as another.
            if steps.len() <= DEPTH && joined(&steps) == name {
                root.put(&steps, value);
            }
        }
        match root.closed() {
            root @ Self::Object(_) => root,
            _ => Self::object(),
        }
    }

    /// Its fields, in order.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        self.write("", &mut fields);
        fields
    }

    fn write(&self, path: &str, fields: &mut Vec<(String, String)>) {
        match self {
            Self::Text(text) => fields.push((path.to_owned(), text.clone())),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.write(&format!("{path}[{index}]"), fields);
                }
            }
            Self::Object(entries) => {
                for (key, value) in entries {
                    let dot = if path.is_empty() { "" } else { "." };
                    value.write(&format!("{path}{dot}{key}"), fields);
                }
            }
        }
    }

    /// What stands at `path`.
    pub fn at(&self, path: &str) -> Option<&Self> {
        steps(path).try_fold(self, |node, step| match (node, index(step)) {
            (Self::List(items), Some(index)) => items.get(index),
            (Self::Object(entries), None) => entries.iter().find(|(key, _)| key == step).map(|(_, value)| value),
            _ => None,
        })
    }

    /// The same, to be changed.
    pub fn at_mut(&mut self, path: &str) -> Option<&mut Self> {
        steps(path).try_fold(self, |node, step| match (node, index(step)) {
            (Self::List(items), Some(index)) => items.get_mut(index),
            (Self::Object(entries), None) => entries.iter_mut().find(|(key, _)| key == step).map(|(_, value)| value),
            _ => None,
        })
    }

    /// The text at `path`; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        if let Some(Self::Text(text)) = self.at(path) { text } else { "" }
    }

    /// The items at `path`; none where there is no list.
    pub fn list(&self, path: &str) -> &[Self] {
        if let Some(Self::List(items)) = self.at(path) { items } else { &[] }
    }

    /// The list at `path`, made where it is missing.
    pub fn list_mut(&mut self, path: &str) -> Option<&mut Vec<Self>> {
        if self.at(path).is_none() {
            let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
            self.at_mut(parent)?.set(key, Self::List(Vec::new()));
        }
        if let Some(Self::List(items)) = self.at_mut(path) { Some(items) } else { None }
    }

    /// Puts `value` under `key` of this object.
    pub fn set(&mut self, key: &str, value: Self) {
        let Self::Object(entries) = self else { return };
        match entries.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => entries.push((key.to_owned(), value)),
        }
    }

    /// Puts a text under `key` of this object.
    pub fn set_text(&mut self, key: &str, text: impl Into<String>) {
        self.set(key, Self::Text(text.into()));
    }

    /// Takes `key` out of this object.
    pub fn take(&mut self, key: &str) -> Option<Self> {
        let Self::Object(entries) = self else { return None };
        let index = entries.iter().position(|(known, _)| known == key)?;
        Some(entries.remove(index).1)
    }

    fn put(&mut self, steps: &[&str], value: &str) {
        let [first, rest @ ..] = steps else { return };
        let Self::Object(entries) = self else { return };
        // Fields come in order, so the newest entry is the one as a rule.
        let at = match entries.last() {
            Some((key, _)) if key == first => entries.len().checked_sub(1),
            _ => entries.iter().position(|(key, _)| key == first),
        };
        match (at.and_then(|at| entries.get_mut(at)), rest) {
            // Of a name given twice the first counts, as for every form of ours.
            (Some((_, node)), rest) => node.put(rest, value),
            (None, []) => entries.push(((*first).to_owned(), Self::Text(value.to_owned()))),
            (None, rest) => {
                let mut node = Self::object();
                node.put(rest, value);
                entries.push(((*first).to_owned(), node));
            }
        }
    }

    /// With lists where keys were places.
    fn closed(self) -> Self {
        let Self::Object(entries) = self else { return self };
        if entries.iter().any(|(key, _)| index(key).is_some()) {
            let mut items: Vec<(usize, Self)> =
                entries.into_iter().filter_map(|(key, value)| Some((index(&key)?, value.closed()))).collect();
            items.sort_by_key(|(index, _)| *index);
            return Self::List(items.into_iter().map(|(_, item)| item).collect());
        }
        Self::Object(entries.into_iter().map(|(key, value)| (key, value.closed())).collect())
    }
}

/// `a[0].b` as `a`, `[0]`, `b`.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').flat_map(|part| {
        let name = part.find('[').unwrap_or(part.len());
        let (name, places) = part.split_at_checked(name).unwrap_or((part, ""));
        let places = places.split_inclusive(']');
        core::iter::once(name).chain(places).filter(|step| !step.is_empty())
    })
}

fn joined(steps: &[&str]) -> String {
    steps.iter().fold(String::new(), |path, step| {
        let dot = if path.is_empty() || index(step).is_some() { "" } else { "." };
        path + dot + step
    })
}

fn index(step: &str) -> Option<usize> {
    step.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// From JSON: whatever it is becomes text.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Text(if value { "yes" } else { "no" }.to_owned()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Text(value.to_string()))
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
                // The only fractions of a definition are decimals.
                let decimal = Decimal::from_ten_thousandths((value * 10_000.0).round() as i64);
                decimal.map(|value| Node::Text(value.to_string())).ok_or_else(|| E::custom("a number"))
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Text(String::new()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Object(entries))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
