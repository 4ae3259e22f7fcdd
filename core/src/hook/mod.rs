//! Hooks: where the owner wants to be told what happened, by a signed webhook or as a message in a chat.

pub mod address;
pub mod message;
pub mod only;
pub mod retry;
pub mod said;
mod discord;
mod feishu;
mod slack;
mod teams;
mod wecom;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::expr::Expr;
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::time::{Day, Timestamp};
use only::Group;

/// Hooks of one site.
pub const HOOKS: u32 = 10;
/// Characters of a hook's name.
const NAME: usize = 60;
/// Minutes by which a local clock is ahead of UTC at most (the Line Islands), and behind.
const OFFSETS: core::ops::RangeInclusive<i16> = -12 * 60..=14 * 60;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A hook as its owner describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// What it is for, 1 to 60 characters.
    pub name: String,
    /// Where to: `https`, on the public internet. Empty in a change keeps the one that is known.
    #[serde(default)]
    pub address: String,
    /// What is sent; told from the address where it is left out.
    #[serde(default)]
    pub service: Option<Service>,
    /// Of what.
    pub events: Vec<Event>,
    /// Only of some of it.
    #[serde(default)]
    pub only: Only,
    /// The language of messages and digests: `en` or `zh-CN`.
    #[serde(default)]
    pub lang: String,
    /// When digests come.
    #[serde(default)]
    pub clock: Clock,
    /// The secret of a Feishu robot with signature checks. Empty in a change keeps the one that is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sign: String,
}

/// What a hook sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Standard Webhooks 1.0.
    #[default]
    Webhook,
    Slack,
    Discord,
    /// Microsoft Teams, by a workflow.
    Teams,
    /// Feishu, or Lark.
    Feishu,
    /// WeCom.
    Wecom,
}

/// What a hook can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Event {
    #[serde(rename = "response.completed")]
    ResponseCompleted,
    /// Somebody changed an answer that was complete already.
    #[serde(rename = "response.updated")]
    ResponseUpdated,
    /// A visitor wrote in a conversation.
    #[serde(rename = "conversation.message")]
    ConversationMessage,
    #[serde(rename = "widget.published")]
    WidgetPublished,
    /// A member got points.
    #[serde(rename = "loyalty.earned")]
    LoyaltyEarned,
    #[serde(rename = "loyalty.tier_changed")]
    LoyaltyTierChanged,
    /// A member has redeemed a reward; where the owner hands it out, it waits for that.
    #[serde(rename = "loyalty.redeemed")]
    LoyaltyRedeemed,
    /// Of who was brought; the reference is who brought them.
    #[serde(rename = "loyalty.referral_qualified")]
    LoyaltyReferralQualified,
    /// Of a reward few are left, or none.
    #[serde(rename = "loyalty.stock_low")]
    LoyaltyStockLow,
    #[serde(rename = "digest.daily")]
    DigestDaily,
    #[serde(rename = "digest.weekly")]
    DigestWeekly,
}

/// Conditions on what is about a response, where all of them must hold, and on points that are earned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Only {
    /// Of these widgets; of all where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub widgets: Vec<Name>,
    /// With a score in this group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Where this holds of the answers, in the language of `show_if`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// Of points: at least so many at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

/// A time of day somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The hour, 0 to 23.
    pub hour: u8,
    /// Minutes by which the owner's clock is ahead of UTC.
    pub offset: i16,
}

impl Default for Clock {
    fn default() -> Self {
        Self { hour: 9, offset: 0 }
    }
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Webhook, Self::Slack, Self::Discord, Self::Teams, Self::Feishu, Self::Wecom];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Slack => "slack",
            Self::Discord => "discord",
            Self::Teams => "teams",
            Self::Feishu => "feishu",
            Self::Wecom => "wecom",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == word)
    }
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::ResponseCompleted,
        Self::ResponseUpdated,
        Self::ConversationMessage,
        Self::WidgetPublished,
        Self::LoyaltyEarned,
        Self::LoyaltyTierChanged,
        Self::LoyaltyRedeemed,
        Self::LoyaltyReferralQualified,
        Self::LoyaltyStockLow,
        Self::DigestDaily,
        Self::DigestWeekly,
    ];

    /// Its word, which is the `type` that a webhook carries.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ResponseCompleted => "response.completed",
            Self::ResponseUpdated => "response.updated",
            Self::ConversationMessage => "conversation.message",
            Self::WidgetPublished => "widget.published",
            Self::LoyaltyEarned => "loyalty.earned",
            Self::LoyaltyTierChanged => "loyalty.tier_changed",
            Self::LoyaltyRedeemed => "loyalty.redeemed",
            Self::LoyaltyReferralQualified => "loyalty.referral_qualified",
            Self::LoyaltyStockLow => "loyalty.stock_low",
            Self::DigestDaily => "digest.daily",
            Self::DigestWeekly => "digest.weekly",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == word)
    }
}

impl Hook {
    /// What it sends: what was chosen, else what its address is of.
    pub fn sends(&self) -> Service {
        self.service.unwrap_or_else(|| address::recognise(&self.address))
    }

    /// Everything that is wrong with it. `widgets` are those of the site.
    pub fn check(&self, config: &crate::model::config::Config) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.name.trim().is_empty() {
            problems.push(Problem::new("name", Fault::Required));
        } else if self.name.chars().count() > NAME {
            problems.push(Problem::new("name", Fault::TooLong { max: NAME as u32 }));
        }
        problems.extend(address::check(&self.address).map_err(|problem| problem.within("address")).err());
        if self.events.is_empty() {
            problems.push(Problem::new("events", Fault::Required));
        }
        if !matches!(self.lang.as_str(), "" | "en" | "zh-CN") {
            problems.push(Problem::new("lang", Fault::NotAnOption));
        }
        if self.clock.hour > 23 {
            problems.push(Problem::new("clock.hour", Fault::TooHigh { max: 23.into() }));
        }
        if !OFFSETS.contains(&self.clock.offset) {
            problems.push(Problem::malformed("clock.offset", "minutes from UTC, -720 to 840"));
        }
        if self.sign.chars().count() > 200 {
            problems.push(Problem::new("sign", Fault::TooLong { max: 200 }));
        }
        problems.extend(self.only.check(config).into_iter().map(|problem| problem.within("only")));
        problems
    }
}

impl Clock {
    /// The last moment up to `now` at which the hour struck; on a Monday, where `weekly`.
    pub fn last(self, now: Timestamp, weekly: bool) -> Timestamp {
        let offset = i64::from(self.offset) * MINUTE_MS;
        let past = i64::from(self.hour) * HOUR_MS;
        // The local day on which the hour struck last.
        let mut day = Timestamp(now.0 + offset - past).day();
        if weekly {
            // 1970-01-01 was a Thursday.
            day = day.plus(-(day.0 + 3).rem_euclid(7));
        }
        Timestamp(day.start().0 + past - offset)
    }

    /// The next one after `now`.
    pub fn next(self, now: Timestamp, weekly: bool) -> Timestamp {
        let days = if weekly { 7 } else { 1 };
        Timestamp(self.last(now, weekly).0 + days * 24 * HOUR_MS)
    }
}

/// The days that a digest sent at `at` is about: those that were over, in UTC, in which counts are kept.
pub fn days_of(at: Timestamp, weekly: bool) -> (Day, Day) {
    let last = at.day().plus(-1);
    (if weekly { last.plus(-6) } else { last }, last)
}
