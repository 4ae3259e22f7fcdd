//! A draw as others see it: members before they take part, and anybody who checks it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{State, Won, commitment, revealed, state, winners};
use crate::loyalty::program::{Draw, How};
use crate::model::text::Locale;
use crate::name::{Name, SiteId};
use crate::time::Timestamp;

/// For one member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The terms, which do not change once it is open.
    pub draw: Draw,
    pub commitment: String,
    /// Of each prize.
    pub left: Vec<u32>,
    /// Tickets so far.
    pub tickets: u32,
    #[serde(default)]
    pub mine: Vec<Mine>,
    /// The owner has ended it.
    #[serde(default)]
    pub ended: bool,
}

/// A ticket of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub number: u32,
    /// What it has won so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prize: Option<Name>,
}

/// For anybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Public {
    pub draw: Draw,
    pub commitment: String,
    /// After the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Names, by number from 1.
    pub tickets: Vec<String>,
    /// Numbers, and prizes by their place.
    pub winners: Vec<(u32, usize)>,
}

impl Offer {
    /// Where it stands.
    pub fn state(&self, now: Timestamp) -> State {
        if self.ended { State::Over } else { state(&self.draw, self.left.iter().sum(), now) }
    }

    /// Tickets that this member may still have.
    pub fn more(&self) -> u32 {
        self.draw.per_member.saturating_sub(u32::try_from(self.mine.len()).unwrap_or(u32::MAX))
    }
}

impl Public {
    /// What may be told of a draw: its seed, and what follows from it for all tickets together, only once it is over.
    /// `told` is what tickets have won so far.
    pub fn new(draw: Draw, seed: &super::Seed, tickets: Vec<String>, told: Vec<(u32, usize)>, over: bool) -> Self {
        let pairs = |all: Vec<Won>| all.into_iter().map(|won| (won.ticket, won.prize)).collect();
        let winners = match draw.how {
            _ if over => pairs(winners(draw.how, seed, &tickets, &draw.prizes)),
            How::AtOnce => told,
            How::AtTheEnd => Vec::new(),
        };
        Self { commitment: commitment(seed), seed: over.then(|| revealed(seed)), draw, tickets, winners }
    }

    /// Of each prize, how many are left.
    pub fn left(&self) -> Vec<u32> {
        let taken = |place| self.winners.iter().filter(|(_, won)| *won == place).count();
        let left = |(place, prize): (usize, &super::Prize)| {
            prize.stock.saturating_sub(u32::try_from(taken(place)).unwrap_or(u32::MAX))
        };
        self.draw.prizes.iter().enumerate().map(left).collect()
    }

    /// What [`CHECK_PY`](super::CHECK_PY) reads.
    pub fn to_json(&self, site: &SiteId, locale: &Locale) -> serde_json::Value {
        let prizes: Vec<_> = self.draw.prizes.iter().map(|prize| {
            json!({ "name": prize.name.as_str(), "label": prize.label.get(locale), "stock": prize.stock, "one_in": prize.one_in })
        }).collect();
        let name = |place: &usize| self.draw.prizes.get(*place).map_or("", |prize| prize.name.as_str());
        let winners: Vec<_> = self.winners.iter().map(|(ticket, prize)| json!([ticket, name(prize)])).collect();
        json!({
            "site": site.as_str(), "draw": self.draw.name.as_str(), "label": self.draw.label.get(locale),
            "how": self.draw.how, "until": self.draw.until, "commitment": self.commitment, "seed": self.seed,
            "prizes": prizes, "tickets": self.tickets, "winners": winners,
        })
    }
}
