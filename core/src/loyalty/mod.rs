//! Loyalty: what earns, what it buys, and a ledger that cannot lie. All of it pure: the site's object applies what is decided
//! here in one transaction, the simulation applies the same to the past, and a property test to anything.

pub mod entry;
pub mod form;
pub mod money;
pub mod program;
pub mod draw;
pub mod referral;
pub mod play;
pub mod member;
pub mod profile;
pub mod recovery;
pub mod token;
mod record;
pub mod template;
