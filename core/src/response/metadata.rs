//! The summary in a KV key's metadata: enough to count the response by listing keys, without reading a value.

use serde::{Deserialize, Serialize};

use super::Response;
use crate::id;
use crate::json;
use crate::limits::METADATA_BYTES;
use crate::name::Name;
use crate::summary::Counted;

/// What fits into the metadata of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// The format: 1.
    v: u8,
    #[serde(rename = "w")]
    widget: Name,
    #[serde(rename = "n")]
    version: u32,
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    variant: Option<Name>,
    #[serde(rename = "r")]
    revision: u32,
    #[serde(rename = "c")]
    complete: bool,
    /// The keys, separated by spaces; absent if there are too many, and then the value has to be read.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    keys: Option<String>,
}

impl Metadata {
    /// The metadata of a response, at most [`METADATA_BYTES`] as JSON.
    pub fn of(response: &Response) -> Self {
        let mut metadata = Self {
            v: 1,
            widget: response.widget.clone(),
            version: response.version,
            variant: response.variant.clone(),
            revision: response.revision,
            complete: response.complete,
            keys: Some(response.keys.join(" ")),
        };
        if metadata.to_json().len() > METADATA_BYTES {
            metadata.keys = None;
        }
        metadata
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        // Names, numbers and a text: there is nothing in it that could not be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads JSON; none if it is of another format.
    pub fn parse(text: &str) -> Option<Self> {
        json::own(text).ok().filter(|metadata: &Self| metadata.v == 1)
    }

    /// What the response of that id counts; none if that takes its value, or if the id is none.
    pub fn counted(&self, id: &str) -> Option<Counted> {
        Some(Counted {
            day: id::moment(id)?.day(),
            widget: self.widget.clone(),
            version: self.version,
            variant: self.variant.clone(),
            revision: self.revision,
            complete: self.complete,
            keys: self.keys.as_ref()?.split(' ').filter(|key| !key.is_empty()).map(String::from).collect(),
        })
    }
}
