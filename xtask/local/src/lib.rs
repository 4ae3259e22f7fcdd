//! Cloudflare on this machine: workerd with the Worker in it, a KV that can be told to fail, an edge
//! in front, and demo sites that live on another origin. `cargo xtask dev` and the tests are built
//! from the same parts.

mod kv;
mod workerd;

pub use kv::{Counts, Effect, Entry, Fault, Kv, Operation, Pace, Place};
pub use workerd::{Limit, Settings, Workerd};
