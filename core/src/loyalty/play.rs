//! What a member has played and how they came: kept with the member, so that it is archived and restored with it.

use serde::{Deserialize, Serialize};

use super::referral::Brought;
use crate::name::Name;

/// Beside the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Play {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brought: Option<Brought>,
    /// Of each quiz the best share of right answers, in per cent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub best: Vec<(Name, u32)>,
    /// The owner took their name off the leaderboard.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub unlisted: bool,
}

impl Play {
    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes how a quiz went. True where it is the best so far.
    pub fn scored(&mut self, quiz: &Name, share: u32) -> bool {
        match self.best.iter_mut().find(|(known, _)| known == quiz) {
            Some((_, best)) if *best >= share => return false,
            Some((_, best)) => *best = share,
            None => self.best.push((quiz.clone(), share)),
        }
        true
    }

    /// Of two that turn out to be one member's: whoever came first by a link, the better of two scores.
    pub fn absorb(&mut self, other: Self) {
        for (quiz, share) in other.best {
            self.scored(&quiz, share);
        }
        self.unlisted |= other.unlisted;
        let earlier = |mine: &Brought, others: &Brought| mine.at <= others.at;
        self.brought = match (self.brought.take(), other.brought) {
            (Some(mine), Some(others)) if earlier(&mine, &others) => Some(mine),
            (mine, others) => others.or(mine),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn the_best_is_kept() {
        let quiz = Name::parse("quiz").unwrap();
        let mut play = Play::default();
        assert!(play.scored(&quiz, 50) && !play.scored(&quiz, 40) && play.scored(&quiz, 80));
        assert_eq!(play.best, [(quiz.clone(), 80)]);
        let earlier = Brought::new("anna", Timestamp(1));
        let mut other = Play { brought: Some(Brought::new("ben", Timestamp(2))), ..Play::default() };
        other.scored(&quiz, 90);
        play.brought = Some(earlier.clone());
        play.absorb(other);
        assert_eq!(play.best, [(quiz, 90)]);
        assert_eq!(play.brought, Some(earlier));
    }
}
