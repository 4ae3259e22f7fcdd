//! The one reader of JSON: from outside, from the database, from KV, and between Worker and object. The text becomes a tree
//! first, with nothing of a type in it; each type then reads the tree. So the code that knows text is in the program once
//! and not once for each type, and whatever is wrong is told as a field and a rule, never as a line of a parser's own
//! language.

mod tree;
pub mod compare;
mod read;
mod wrong;

use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Reads what comes from outside: valid UTF-8, no key given twice, bounded nesting. The size is the caller's to bound, while
/// reading it from the network.
///
/// # Errors
/// The first problem: a parser cannot go on behind it.
pub fn strict<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    let text = core::str::from_utf8(json).map_err(|_| Problem::malformed("", "text in UTF-8"))?;
    typed(&tree::parse(text, true)?)
}

/// Reads what a release of this program has written.
///
/// # Errors
/// As [`strict`].
pub fn own<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    typed(&tree::parse(text, false)?)
}

fn typed<T: DeserializeOwned>(tree: &tree::Node<'_>) -> Result<T, Problem> {
    T::deserialize(tree).map_err(Problem::from)
}

#[cfg(test)]
mod tests;
