//! The inbox: which responses are wanted, as an address carries it and as a sentence of parts; and the words that they are
//! found by. [`Filter::matches`] says what a filter means; the site's object finds the same with SQL.

mod facets;
mod filter;
mod query;
mod words;

pub use facets::{Facets, offer, offer_segments};
pub use filter::{Filter, Trust, bare_address};
pub use words::{Term, document, search, terms};

use serde::{Deserialize, Serialize};

use crate::limits::LABEL_CHARS;
use crate::problem::{Fault, Problem};

/// A filter that is kept under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct View {
    pub name: String,
    /// As [`Filter::to_query`] writes it.
    pub query: String,
}

/// What the owner keeps beside the responses: the value under `d/{site}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Desk {
    /// The format of this value: 1.
    #[serde(default)]
    pub v: u8,
    /// Rises with every change.
    #[serde(default)]
    pub revision: u32,
    #[serde(default)]
    pub views: Vec<View>,
    /// Visitors whose responses are marked `blocked`, the newest last.
    #[serde(default)]
    pub blocked: Vec<String>,
}

impl View {
    /// A view as it is kept.
    ///
    /// # Errors
    /// A name that is empty or too long.
    pub fn new(name: &str, filter: &Filter) -> Result<Self, Problem> {
        let name = crate::validate::clean(name);
        if name.is_empty() {
            return Err(Problem::new("name", Fault::Required));
        }
        if name.chars().count() > LABEL_CHARS as usize {
            return Err(Problem::new("name", Fault::TooLong { max: LABEL_CHARS }));
        }
        Ok(Self { name, query: filter.to_query() })
    }
}

#[cfg(test)]
mod tests;
