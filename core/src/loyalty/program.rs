//! The programme as the owner describes it. Points are whole numbers; money is in the currency's smallest unit.

use serde::{Deserialize, Serialize};

use crate::model::text::Text;
use crate::name::Name;
use crate::time::{Day, Timestamp};

pub use super::low::runs_low;
pub use super::record::{Live, Record};

/// One site's programme. Published as a whole; entries of the ledger keep what they were given, whatever changes later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// What members see as its name.
    pub name: Text,
    /// Of amounts, by ISO 4217: `EUR`.
    pub currency: String,
    /// Whether a visitor may collect before the owner's server has said who they are. Spending always needs that word.
    #[serde(default = "yes")]
    pub anonymous: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Lowest first. None means that there are no tiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    #[serde(default)]
    pub ladder: Ladder,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewards: Vec<Reward>,
    #[serde(default)]
    pub expiry: Expiry,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<Draw>,
    /// What a hundred redeemed points cost the owner, for the liability.
    #[serde(default)]
    pub cost_of_100: u32,
    /// Whether members may put themselves on a list that others see.
    #[serde(default)]
    pub leaderboard: bool,
    /// Since when tiers ask for what they ask for: who is below since a change has the whole time of grace from it. It is no part of
    /// the programme, and comes from [`Live::program_now`].
    #[serde(skip)]
    pub tiers_since: Timestamp,
}

/// What earns points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in the ledger; unique within the programme.
    pub name: Name,
    /// What members read; without it the badge has words of its own for each trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    pub when: Trigger,
    /// Each time; of a purchase for every [`Trigger::Purchase::per`].
    pub points: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Cap>,
    /// Minutes before it earns again.
    #[serde(default)]
    pub cooldown: u32,
    /// First day, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether the member's tier multiplies it.
    #[serde(default)]
    pub multiplied: bool,
}

/// What has to happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// The member says "here I am", once a UTC day.
    CheckIn {
        /// What is added on the n-th day in a row.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        streaks: Vec<Streak>,
    },
    /// A completed response, the same whatever the score. No widget named means any that is neither poll nor quiz.
    Response {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        widgets: Vec<Name>,
    },
    /// A vote in a poll.
    Poll {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        widgets: Vec<Name>,
    },
    /// A quiz with at least this share of right answers, in per cent; each quiz once.
    Quiz {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        widgets: Vec<Name>,
        pass: u32,
    },
    /// Somebody whom the member brought has qualified.
    Referral,
    /// Told by the owner's server alone.
    Purchase {
        /// The amount that earns `points`.
        per: u32,
        /// Smaller orders earn nothing.
        #[serde(default)]
        at_least: u32,
    },
    /// Once a year on the member's birthday.
    Birthday,
    /// Every field of the profile is filled in; once.
    Profile,
    /// What the owner's server calls by this name.
    Event { event: Name },
}

/// A bonus for coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Streak {
    /// Days in a row, and every multiple of them where `repeats`.
    pub days: u32,
    pub bonus: u32,
    #[serde(default)]
    pub repeats: bool,
}

/// How often at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cap {
    pub times: u32,
    pub per: Period,
}

/// Calendar periods in UTC; weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Day,
    Week,
    Month,
    Year,
    Ever,
}

/// A step of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    pub name: Name,
    pub label: Text,
    /// `#rrggbb`.
    pub color: String,
    /// Reached with this much, by [`Ladder::by`].
    pub from: u64,
    /// What multiplied rules earn, in per cent: 150 is half as much again.
    #[serde(default = "hundred")]
    pub multiplier: u32,
    /// What else it brings, in the owner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perks: Option<Text>,
}

/// How members climb and fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    #[serde(default)]
    pub by: Measure,
    /// Rolling days that count; none means all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    #[serde(default)]
    pub fall: Fall,
}

/// What makes members climb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Points earned, whether spent or not.
    #[default]
    Points,
    /// Money spent.
    Spend,
}

/// What happens once there is no longer enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fall {
    /// Down to what is reached, at once.
    #[default]
    AtOnce,
    /// After that many days below, to what is reached then.
    After { days: u32 },
    /// After that many days below, one step; and so on.
    OneStep { days: u32 },
    /// Whoever has reached a tier keeps it.
    Never,
}

/// What points buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reward {
    pub name: Name,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    pub gives: Gives,
    /// In points.
    pub cost: u32,
    /// How many there are in all; none means no end. What has a code pool ends with its codes as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// How many of them one member may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_member: Option<u32>,
    /// The least tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether the owner hands it out, and confirms that: the points are held until then.
    #[serde(default)]
    pub by_hand: bool,
}

/// What a member gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Gives {
    /// A code worth `amount` of the currency, from the reward's pool.
    Amount { amount: u32 },
    /// A code worth a share of the price, in per cent, from the reward's pool.
    Percent { percent: u32 },
    /// Words, told once it is theirs.
    Text { text: Text },
    /// An https address, told once it is theirs.
    Link { url: String },
}

/// When points that were not spent are gone. The oldest are spent first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expiry {
    #[default]
    Never,
    /// That many days after they were earned.
    After { days: u32 },
    /// All of them, after that many days without anything earned or redeemed.
    Inactive { days: u32 },
}

/// Members bring others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// For who was brought, once qualified. What the member gets is a rule with [`Trigger::Referral`].
    #[serde(default)]
    pub welcome: u32,
    /// Days from the first visit by the link to qualifying.
    pub window: u32,
    pub qualifies: Qualifies,
    /// Days that both credits wait, so that a returned order or a fraud costs nothing.
    #[serde(default)]
    pub hold: u32,
    /// Referrals of one member in 24 hours; more wait for the owner.
    pub velocity: u32,
}

/// What makes somebody who was brought count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Qualifies {
    Purchase,
    Response,
    Visits { n: u32 },
}

/// A prize draw. The seed's hash is told before anybody takes part, the seed after the draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Draw {
    pub name: Name,
    pub label: Text,
    /// Points that one ticket costs; 0 is free.
    #[serde(default)]
    pub cost: u32,
    /// Tickets that one member may have.
    #[serde(default = "one")]
    pub per_member: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    pub how: How,
    pub prizes: Vec<Prize>,
}

/// When the lot falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// With each ticket, by the stated odds, while there is stock.
    AtOnce,
    /// For all tickets together when the draw has ended.
    AtTheEnd,
}

/// What can be won.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prize {
    pub name: Name,
    pub label: Text,
    /// How many there are.
    pub stock: u32,
    /// Of [`How::AtOnce`]: one ticket in this many wins it, while there is stock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_in: Option<u32>,
    pub wins: Wins,
}

/// What a prize is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Wins {
    Points {
        points: u32,
    },
    /// One of the programme's rewards, without its cost.
    Reward {
        reward: Name,
    },
    /// The owner gets in touch.
    ByHand,
}

const fn yes() -> bool {
    true
}

const fn one() -> u32 {
    1
}

const fn hundred() -> u32 {
    100
}
