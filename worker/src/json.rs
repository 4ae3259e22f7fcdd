//! Reading JSON of our own: from the database, from KV, and between Worker and object.

use rapport_core::json;
use serde::de::DeserializeOwned;

use crate::problem::Fail;

/// Reads what this program, or another release of it, has written.
///
/// # Errors
/// [`Fail::Broken`]: it is not the caller's fault.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fail> {
    json::own(text).map_err(|problem| Fail::Broken(format!("JSON: {problem}")))
}
