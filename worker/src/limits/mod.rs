//! How much is too much.

pub mod brake;
