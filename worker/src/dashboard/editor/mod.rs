//! The visual editor: one form with everything about a widget, and beside it the real widget. Every button posts the form
//! and gets it back changed, so it works without scripts; with them only its own part of the page is replaced, drafts save
//! themselves, and questions can be dragged.

pub mod answers;
mod change;
mod condition;
mod input;
pub mod languages;
mod look;
pub mod page;
pub mod preview;
mod questions;
pub mod sheet;
mod summary;
mod variants;
mod who;
pub mod words;

pub use change::{post, read};

/// What is asked for below `/dashboard/s/{site}/widgets/{widget}/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `edit`.
    Form,
    /// `json`: the definition as text.
    Json,
    /// `preview`, by POST only: the unsaved form as the real widget.
    Preview,
}

impl Way {
    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "edit" => Some(Self::Form),
            "json" => Some(Self::Json),
            "preview" => Some(Self::Preview),
            _ => None,
        }
    }
}
