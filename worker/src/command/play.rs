//! What the Worker may ask of a site's object about prize draws, referrals, and what earns by answering.

use rapport_core::loyalty::draw::Public;
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::program::Draw;
use rapport_core::loyalty::referral::{Bar, Doubt, Step};
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::loyalty::{Handed, Who};

/// Playing, and looking.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// A draw as anybody may see it. Reply: `Option<Told>`.
    Draw { draw: Name },
    /// All draws that there ever were, newest first. Reply: `Vec<Summary>`.
    Draws,
    /// Draws that can be joined, as a stranger sees them. Reply: `Vec<Offer>`.
    Open,
    /// Who has won in a draw, by ticket. Reply: `Vec<Winner>`, at most [`WINNERS`].
    Winners {
        draw: Name,
        /// Behind this ticket.
        #[serde(default)]
        after: u32,
        /// Those alone whose prize the owner still has to hand over.
        #[serde(default)]
        to_hand_over: bool,
    },
    /// Ticks a prize off as handed over, or takes that back. Reply: `bool`, whether the owner has to hand it over at all.
    Hand { draw: Name, number: u32, done: bool, by: String },
    /// Ends a draw. Reply: `bool`, whether it was still to end.
    End { draw: Name },
    /// The leaderboard as everybody sees it. Reply: `Option<Vec<Place>>`, nothing where the programme has none.
    Board,
    /// The leaderboard as the owner sees it. Reply: [`Board`](rapport_core::loyalty::board::Board).
    Places,
    /// Takes a name off the leaderboard, or puts it back. Reply: `bool`, whether there is such a member.
    List { member: String, listed: bool },
    /// Takes a ticket. Reply: [`Outcome`](super::loyalty::Outcome).
    Take { id: String, who: Who, draw: Name },
    /// Points for responses of the member's own. Reply: for each an [`Outcome`](super::loyalty::Outcome); one that is not known,
    /// or not complete, may yet come.
    Claim { who: Who, responses: Vec<String> },
    /// Somebody came by a member's link. Reply: [`Came`].
    Referred {
        who: Who,
        code: String,
        /// Becomes a digest at once, and is never kept.
        #[serde(default)]
        address: String,
    },
    /// A member's code for others. Reply: `String`.
    Code { who: Who },
    /// Those at one stage, newest first, at most so many. Reply: `Vec<Listed>`.
    Referrals { step: String, limit: u32 },
    /// How many are at which stage. Reply: `Vec<(String, u32)>`.
    Stages,
    /// The owner's word on a referral that a rule stopped. Reply: `bool`, whether there was one to decide.
    Judge { member: String, approved: bool, why: String },
}

/// A draw, and whether it is over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    pub public: Public,
    pub over: bool,
}

/// A draw in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "DrawSummary"))]
pub struct Summary {
    pub draw: Draw,
    pub tickets: u32,
    /// Prizes that were won so far.
    pub won: u32,
    /// Of each prize.
    #[serde(default)]
    pub left: Vec<u32>,
    pub over: bool,
    /// The owner has ended it.
    #[serde(default)]
    pub ended: bool,
    /// SHA-256 of the seed.
    #[serde(default)]
    pub commitment: String,
    /// After the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Prizes that were won and that the owner still has to hand over.
    #[serde(default)]
    pub to_hand_over: u32,
}

/// Winners of one reply.
pub const WINNERS: usize = 200;

/// A ticket that has won.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "DrawWinner"))]
pub struct Winner {
    /// The ticket's number.
    pub number: u32,
    /// The prize's name.
    pub prize: String,
    /// Nothing where they were erased since.
    pub member: Option<Side>,
    /// The owner still has to hand it over.
    #[serde(default)]
    pub to_hand_over: bool,
    /// When it was ticked off, and by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
}

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Came {
    Noted(Step),
    /// A rule that leaves nothing to decide.
    Barred(Bar),
}

/// A referral in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ListedReferral"))]
pub struct Listed {
    /// Who came.
    pub member: Side,
    /// Who brought them; nothing where they are gone.
    pub by: Option<Side>,
    pub step: Step,
    /// When they came, in milliseconds since 1970.
    pub at: Timestamp,
    /// They have done what makes it count.
    #[serde(default)]
    pub qualified: bool,
    /// The rule that it met, if any.
    pub doubt: Option<Doubt>,
    /// The owner's reason.
    pub why: String,
}

/// One side of a referral.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ReferralSide"))]
pub struct Side {
    pub id: String,
    /// The owner's own id; empty for anonymous members.
    pub external: String,
    pub name: String,
}

impl From<Member> for Side {
    fn from(Member { id, external, profile, .. }: Member) -> Self {
        Self { id, external, name: profile.name }
    }
}
