//! Cloudflare on this machine: workerd with the Worker in it, a KV that can be told to fail, an edge
//! in front, and demo sites that live on another origin. `cargo xtask dev` and the tests are built
//! from the same parts.

mod clock;
mod cloud;
mod demo;
mod edge;
mod files;
mod kv;
mod listen;
mod reload;
mod workerd;

pub use clock::Clock;
pub use cloud::{Cloud, Plan, digest};
pub use demo::Demo;
pub use edge::Edge;
pub use kv::{Counts, Effect, Entry, Fault, Kv, Operation, Pace, Place, Quota};
pub use reload::Reload;
pub use workerd::{Limit, Settings, Workerd};
