//! What leaves through a hook: how it is signed and sent, and what it says.

pub mod post;
pub mod sign;
pub mod event;
pub mod say;
pub mod digest;
