//! Everything Rapport decides, as pure functions: no clock, no randomness, no I/O and no JavaScript in here.
//! Time, ids and answers come in as arguments; verdicts, counts and markup go out.
//!
//! Without features this is the lean part that runs in the visitor's browser too: branching, validation and
//! targeting. The feature `server` adds what the Worker needs: the JSON model, aggregation, metrics and markup.

// A field called `min` needs no sentence that says so again.
#![allow(missing_docs)]

pub mod rule;
pub mod answer;
pub mod expr;
pub mod walk;
pub mod validate;
pub mod targeting;
pub mod attention;
pub mod outbox;
pub mod problem;
pub mod limits;
pub mod name;
pub mod id;
pub mod decimal;
pub mod time;
pub mod scan;
pub mod chain;

#[cfg(feature = "server")]
pub mod json;
#[cfg(feature = "server")]
pub mod model;
#[cfg(feature = "server")]
pub mod delivery;
#[cfg(feature = "server")]
pub mod late;
#[cfg(feature = "server")]
pub mod talk;
#[cfg(feature = "server")]
pub mod response;
#[cfg(feature = "server")]
pub mod case;
#[cfg(feature = "server")]
pub mod inbox;
#[cfg(feature = "server")]
pub mod summary;
#[cfg(feature = "server")]
pub mod metrics;
#[cfg(feature = "server")]
pub mod report;
#[cfg(feature = "server")]
pub mod theme;
#[cfg(feature = "server")]
pub mod i18n;
#[cfg(feature = "server")]
pub mod view;
#[cfg(feature = "server")]
pub mod quiz;
#[cfg(feature = "server")]
pub mod review;
#[cfg(feature = "server")]
pub mod csv;
#[cfg(feature = "server")]
pub mod export;
#[cfg(feature = "server")]
pub mod import;
#[cfg(feature = "server")]
pub mod hook;
#[cfg(feature = "server")]
pub mod editor;
#[cfg(feature = "server")]
pub mod history;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "server")]
pub mod origin;
#[cfg(feature = "server")]
pub mod install;
#[cfg(feature = "server")]
pub mod usage;
#[cfg(feature = "server")]
pub mod loyalty;
#[cfg(feature = "server")]
pub mod reach;
