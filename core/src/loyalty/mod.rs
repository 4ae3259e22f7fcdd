//! Loyalty: what earns, what it buys, and a ledger that cannot lie. All of it pure: the site's object applies what is decided
//! here in one transaction, the simulation applies the same to the past, and a property test to anything.

pub mod program;
mod record;
mod languages;
pub mod low;
pub mod template;
pub mod form;
pub mod money;
pub mod entry;
pub mod codes;
pub use crate::chain;
pub mod used;
pub mod account;
mod compact;
pub mod action;
pub mod denied;
mod pen;
mod tier;
mod expire;
mod earn;
mod spend;
pub mod decide;
pub mod absorb;
pub mod standing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod model;
pub mod draw;
pub mod referral;
pub mod play;
pub mod board;
pub mod member;
pub mod profile;
pub mod recovery;
pub mod token;
#[cfg(feature = "server")]
pub mod asked;
pub mod people;
mod check;
pub mod advise;
pub mod simulate;

pub use advise::advise;
pub use check::check;
