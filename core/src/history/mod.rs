//! The past of the demo site: ninety days in the life of a one-person shop. The same seed and last day give the same bytes.
//!
//! It is made of what visitors do, day by day: they come, see a widget, pass it by, close it, or answer it, in the mood
//! that the season puts them in. Answers go through the same walk as a real visitor's.

mod season;
mod visit;
mod person;
mod mood;
mod reply;
mod words;
mod rng;

use crate::model::config::Config;
use crate::response::Response;
use crate::summary::Summary;
use crate::time::Timestamp;
use rng::Rng;
pub use season::DAYS;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// As they are kept, in the order in which they arrived.
    pub responses: Vec<Response>,
    /// Impressions that led to no response: `seen`, `started`, `dismissed`.
    pub views: Summary,
}

/// The ninety days up to `now`, for the live widgets of `config` that this history knows.
pub fn history(config: &Config, seed: u64, now: Timestamp) -> History {
    let last = now.day();
    let mut history = History { responses: Vec::new(), views: Summary::empty() };
    let mut people = Vec::new();
    for age in (0..DAYS).rev() {
        let day = last.plus(-age);
        // Each day has its own stream, so that a change of one leaves the others as they are.
        let mut rng = Rng::new(seed ^ u64::from(age.unsigned_abs()).wrapping_mul(0xd6e8_feb8_6659_fd93));
        for visit in visit::visits(day, last, &mut rng) {
            visit.happen(config, now, &mut people, &mut history, &mut rng);
        }
    }
    history.responses.sort_by(|a, b| a.id.cmp(&b.id));
    history
}
