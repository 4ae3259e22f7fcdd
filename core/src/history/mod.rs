//! The past of the demo site: ninety days in the life of a one-person shop. The same seed and last day give the same bytes.
//!
//! It is made of what visitors do, day by day: they come, see a widget, pass it by, close it, or answer it, in the mood
//! that the season puts them in. Answers go through the same walk as a real visitor's.

mod shop;
mod season;
mod visit;
mod walkthrough;
mod person;
mod mood;
mod reply;
mod words;
pub mod rng;

use crate::model::config::Config;
use crate::problem::Problem;
use crate::response::Response;
use crate::summary::Summary;
use crate::time::Timestamp;
use person::Person;
use rng::Rng;
pub use season::DAYS;
pub use shop::{WIDGETS, shop};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// As they are kept, in the order in which they arrived.
    pub responses: Vec<Response>,
    /// Impressions that led to no response: `seen`, `started`, `dismissed`.
    pub views: Summary,
    /// Who came, in the order of their first answers.
    people: Vec<Person>,
}

/// The ninety days up to `now`, for the live widgets of `shop` that this history knows.
///
/// # Errors
/// An answer that the Worker would refuse, which would be a mistake in here; a test keeps it out.
pub fn history(shop: &Config, seed: u64, now: Timestamp) -> Result<History, Vec<Problem>> {
    let last = now.day();
    let mut told = History { responses: Vec::new(), views: Summary::empty(), people: Vec::new() };
    for age in (0..DAYS).rev() {
        let day = last.plus(-age);
        // Each day has its own stream, so that a change of one leaves the others as they are.
        let mut rng = Rng::new(seed ^ u64::from(age.unsigned_abs()).wrapping_mul(0xd6e8_feb8_6659_fd93));
        for visit in visit::visits(day, last, &mut rng) {
            visit.happen(shop, now, &mut told, &mut rng)?;
        }
    }
    told.responses.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(told)
}

#[cfg(test)]
mod tests;
