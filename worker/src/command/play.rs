//! What the Worker may ask of a site's object about prize draws, referrals, and what earns by answering.

use rapport_core::loyalty::draw::Public;
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::program::Draw;
use rapport_core::loyalty::referral::{Bar, Doubt, Step};
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::loyalty::Who;

/// Playing, and looking.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// A draw as anybody may see it. Reply: `Option<Told>`.
    Draw { draw: Name },
    /// All draws that there ever were, newest first. Reply: `Vec<Summary>`.
    Draws,
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
    pub over: bool,
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
