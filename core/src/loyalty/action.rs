//! What may happen to a member, and what only the site's object knows about it.

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// What shall happen. Whoever asks must have been shown to be allowed to: visitors may not send purchases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Action {
    /// "Here I am."
    CheckIn,
    /// The member has completed a response.
    Response { response: String, widget: Name, answered: Answered },
    /// The member has bought something for `amount` of the currency's smallest unit.
    Purchase { order: String, amount: u64 },
    /// What the owner's server calls by this name.
    Event {
        event: Name,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// The member's birthday has come.
    Birthday,
    /// The member's profile is complete.
    Profile,
    /// The member wants this reward.
    Redeem { reward: Name },
    /// The hold with this id was honoured.
    Capture {
        hold: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// The hold with this id is given back.
    Void { hold: String, why: String },
    /// By the owner.
    Adjust { delta: i64, why: String },
    /// The member takes part in this draw.
    Ticket { draw: Name, number: u32 },
    /// The member has won this prize.
    Win { draw: Name, prize: Name },
    /// A referral has qualified.
    Refer { other: String, role: Role },
    /// Nothing but what time has done: holds, tiers, points.
    Expire,
}

/// What kind of widget was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answered {
    /// Any that is neither of the others. What the answer was changes nothing.
    Survey,
    Poll,
    Quiz {
        right: u32,
        of: u32,
    },
}

/// One's side of a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who brought the other.
    Referrer,
    /// Who was brought.
    Referred,
}

/// What only the site's object knows, for one action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The programme is paused.
    pub paused: bool,
    /// The owner's server has said who this is.
    pub identified: bool,
    /// How many of the reward or prize are left; none means no end.
    pub left: Option<u32>,
    /// The next free code of the reward's pool.
    pub code: Option<String>,
    /// Month and day of the member's birthday.
    pub birthday: Option<(u32, u32)>,
    /// Every field of the profile is filled in.
    pub profile_complete: bool,
}
