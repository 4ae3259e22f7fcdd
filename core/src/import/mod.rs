//! Responses out of other programs' files. Everything is a pure function of a piece of the file and a [`Mapping`], so that a
//! file of any length goes through in pieces, and once more without doing anything twice.

pub mod moment;
mod id;
mod source;
mod mapping;
mod header;
mod propose;
mod row;

pub use header::{Column, Head};
pub use mapping::{Mapping, Role};
pub use moment::Clock;
pub use propose::{Proposal, propose};
pub use row::{Refusal, Row, read};
pub use source::Source;

/// Columns of one file.
pub const COLUMNS: usize = 200;
/// Bytes of one record: a widget's answers with every limit used up fit in.
pub const RECORD_BYTES: usize = 128 * 1_024;

#[cfg(test)]
mod tests;
