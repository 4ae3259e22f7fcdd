//! What the test suites share: the whole product on free ports of this machine, and a real browser
//! in front of it.
//!
//! Everything here waits for conditions with a deadline; nothing sleeps for a guessed time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this is tests"
)]

pub mod stage;
pub mod product;
pub mod site;
pub mod demo;
pub mod loyalty;
pub mod people;
pub mod pages;
pub mod widgets;
pub mod fixtures;
pub mod delivery;
pub mod browser;
pub mod host;
pub mod outside;
pub mod axe;
pub mod wait;
pub mod measure;
pub mod torture;

pub use browser::Browser;
pub use host::{Host, Page};
pub use product::Product;
pub use site::Site;
pub use stage::browse;
pub use wait::{eventually, wait_for};
