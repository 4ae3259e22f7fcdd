//! The Worker in workerd, asked by HTTP as browsers and programs ask it, with a KV that can be told to fail. One binary, so
//! that the tests share what is slow to start.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this is tests"
)]

mod wire;
mod ingest;
mod fixtures;
mod inputs;
mod brakes;
mod outbox;
mod lane;
mod late;
mod kill;
mod audit;
mod erase;
mod ending;
mod data;
mod inbox;
mod inbox_api;
mod inbox_orders;
mod find;
mod config;
mod script;
mod hosted;
mod me;
mod badge;
mod access;
mod session;
mod cost;
mod crowd;
mod scale;
mod hooks;
mod openapi;
mod tokens;
mod member_tokens;
mod snippets;
mod member_door;
mod member_hooks;
mod tell_the_past;
mod install;
mod authority;
mod usage;
mod ledger;
mod ledger_cost;
mod simulation;
mod people;
mod ledger_moves;
mod ledger_time;
mod handed_over;
mod hostile_words;
mod play;
mod play_door;
mod play_clock;
mod panel;
mod torture;
mod attack;

use anyhow::Result;
use rapport_tests::{Product, stage};

/// Runs a test against the product that all tests of this binary share.
fn shared(test: impl AsyncFnOnce(&'static Product) -> Result<()>) {
    finish(stage::run(async { test(Product::shared().await?).await }));
}

/// Runs a test against a product of its own, which it may break.
fn own(test: impl AsyncFnOnce(&mut Product) -> Result<()>) {
    finish(stage::run(async { test(&mut Product::start().await?).await }));
}

fn finish(outcome: Result<()>) {
    if let Err(error) = outcome {
        panic!("{error:#}");
    }
}
