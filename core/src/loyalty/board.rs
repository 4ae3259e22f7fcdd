//! The leaderboard: members who asked to be on it, by all that they ever earned, so that spending costs nobody their place.
//! It is kept as one value and follows each change, so showing it counts nothing.

use core::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::member::Member;

/// Places that are kept. More than are shown, so that one who leaves is followed by another.
const KEPT: usize = 50;
/// Places that are shown.
const SHOWN: usize = 10;

/// All places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Leaderboard"))]
#[serde(default)]
pub struct Board {
    /// The highest first.
    pub places: Vec<Place>,
    /// Those whom the owner took off.
    pub removed: Vec<Place>,
}

/// A member's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LeaderboardPlace"))]
pub struct Place {
    /// The member's id, which only the owner sees.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub member: String,
    pub name: String,
    /// Ever earned.
    pub points: i64,
}

impl Board {
    /// Takes in how a member stands. True where the board has changed by it.
    pub fn follow(&mut self, member: &Member, earned: i64) -> bool {
        let before = self.clone();
        for list in [&mut self.places, &mut self.removed] {
            list.retain(|place| place.member != member.id);
        }
        let named = member.profile.board && !member.profile.name.is_empty();
        if named && earned > 0 && member.left.is_none() && member.merged.is_none() {
            let place = Place { member: member.id.clone(), name: member.profile.name.clone(), points: earned };
            let list = if member.play.unlisted { &mut self.removed } else { &mut self.places };
            let rank = |place: &Place| (Reverse(place.points), place.member.clone());
            let at = list.partition_point(|other| rank(other) < rank(&place));
            list.insert(at, place);
            list.truncate(KEPT);
        }
        *self != before
    }

    /// Drops a member.
    pub fn forget(&mut self, member: &str) -> bool {
        let before = self.places.len() + self.removed.len();
        self.places.retain(|place| place.member != member);
        self.removed.retain(|place| place.member != member);
        self.places.len() + self.removed.len() < before
    }

    /// What everybody sees.
    pub fn shown(&self) -> Vec<Place> {
        let shown = self.places.iter().take(SHOWN);
        shown.map(|place| Place { member: String::new(), ..place.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn member(id: &str, name: &str) -> Member {
        let mut member = Member::new(id.to_owned(), Timestamp(0));
        member.profile.name = name.to_owned();
        member.profile.board = true;
        member
    }

    #[test]
    fn the_highest_first_and_only_who_wants_to() {
        let mut board = Board::default();
        let (anna, mut ben) = (member("a", "Anna"), member("b", "Ben"));
        assert!(board.follow(&anna, 10) && board.follow(&ben, 20) && !board.follow(&ben, 20));
        assert!(!board.follow(&member("c", ""), 30), "nobody without a name");
        let names = |board: &Board| board.shown().into_iter().map(|place| place.name).collect::<Vec<_>>();
        assert_eq!(names(&board), ["Ben", "Anna"]);
        assert!(board.follow(&anna, 20));
        assert_eq!(names(&board), ["Anna", "Ben"], "as many points: always in one order");
        ben.play.unlisted = true;
        assert!(board.follow(&ben, 25));
        assert_eq!((names(&board), board.removed.len()), (vec!["Anna".to_owned()], 1));
        ben.play.unlisted = false;
        ben.profile.board = false;
        assert!(board.follow(&ben, 25) && board.removed.is_empty() && board.places.len() == 1);
        assert!(board.forget("a") && !board.forget("a"));
        for n in 0..99_i64 {
            board.follow(&member(&format!("{n:02}"), "x"), n);
        }
        assert_eq!((board.places.len(), board.shown().len(), board.places[0].points), (50, 10, 98));
        assert!(board.shown().iter().all(|place| place.member.is_empty()), "ids are nobody's business");
    }
}
