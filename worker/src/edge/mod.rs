//! What visitors and their browsers ask for.

pub mod script;
mod sighting;
pub mod manifest;
pub mod me;
pub mod loyalty;
pub mod ingest;
mod crowd;
pub mod lane;
pub mod hosted;
pub mod badge;
pub mod board;
pub mod draw;
pub mod healthz;
