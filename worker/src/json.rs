//! Reading JSON of our own: from the database, from KV, and between Worker and object. The reader is of the kind that reads
//! what comes from outside, for size: a second kind would have the code for each type in the program twice.

use serde::de::DeserializeOwned;

use crate::problem::Fail;

/// Reads what this program, or another release of it, has written.
///
/// # Errors
/// [`Fail::Broken`]: it is not the caller's fault.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fail> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| Fail::Broken(format!("JSON: {error}")))
}
