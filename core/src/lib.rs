//! Everything Rapport decides, as pure functions: no clock, no randomness, no I/O and no JavaScript in here.
//! Time, ids and answers come in as arguments; verdicts, counts and markup go out.
//!
//! Without features this is the lean part that runs in the visitor's browser too: branching, validation and
//! targeting. The feature `server` adds what the Worker needs: the JSON model, aggregation, metrics and markup.

pub mod answer;
pub mod decimal;
pub mod expr;
pub mod id;
pub mod limits;
pub mod name;
pub mod problem;
pub mod rule;
pub mod targeting;
pub mod time;

#[cfg(feature = "server")]
pub mod delivery;
#[cfg(feature = "server")]
pub mod model;
#[cfg(feature = "server")]
pub mod response;
#[cfg(feature = "server")]
pub mod summary;
#[cfg(feature = "server")]
pub mod theme;
