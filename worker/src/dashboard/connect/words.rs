//! What is chosen, and what happened, in words.

use std::borrow::Cow;

use rapport_core::hook::only::Group;
use rapport_core::hook::{Event, Service};

use crate::command::hook::Delivery;
use crate::dashboard::lang::Lang;

/// An event, as the end of "tell me when".
pub fn event(event: Event, lang: Lang) -> &'static str {
    let c = &lang.strings().connect;
    match event {
        Event::ResponseCompleted => c.completed,
        Event::ResponseUpdated => c.updated,
        Event::ConversationMessage => c.message,
        Event::WidgetPublished => c.live,
        Event::LoyaltyEarned => c.loyalty_earned,
        Event::LoyaltyTierChanged => c.loyalty_tier,
        Event::LoyaltyRedeemed => c.loyalty_redeemed,
        Event::LoyaltyReferralQualified => c.loyalty_referral,
        Event::LoyaltyStockLow => c.loyalty_stock,
        Event::DigestDaily => c.digest_daily,
        Event::DigestWeekly => c.digest_weekly,
    }
}

/// A group of scores.
pub fn group(group: Group, lang: Lang) -> &'static str {
    let c = &lang.strings().connect;
    match group {
        Group::Unhappy => c.unhappy,
        Group::Neutral => c.neutral,
        Group::Happy => c.happy,
    }
}

/// A service, by its own name.
pub const fn service(service: Service) -> &'static str {
    match service {
        Service::Webhook => "Webhook",
        Service::Slack => "Slack",
        Service::Discord => "Discord",
        Service::Teams => "Microsoft Teams",
        Service::Feishu => "飞书 / Lark",
        Service::Wecom => "企业微信 / WeCom",
    }
}

/// `UTC+05:30`.
pub fn offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Why something did not arrive.
pub fn why(word: &str, status: Option<u16>, lang: Lang) -> Cow<'static, str> {
    let c = &lang.strings().connect;
    match word {
        "redirect" => c.why_redirect.into(),
        "timeout" => c.why_timeout.into(),
        "network" => c.why_network.into(),
        "refused" => c.why_refused.into(),
        "gone" => c.why_gone.into(),
        "erased" => c.why_erased.into(),
        "stopped" => c.why_stopped.into(),
        "status" => (c.why_status)(&status.map_or_else(String::new, |status| status.to_string())).into(),
        _ => c.why_broken.into(),
    }
}

/// What became of a delivery.
pub fn outcome(delivery: &Delivery, lang: Lang) -> String {
    let c = &lang.strings().connect;
    match (delivery.ok, &delivery.why) {
        (None, _) => c.waiting.to_owned(),
        (Some(true), _) => {
            let number = |number: Option<u32>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
            (c.arrived)(&number(delivery.ms), &number(delivery.status.map(u32::from)))
        }
        (Some(false), word) => why(word.as_deref().unwrap_or_default(), delivery.status, lang).into_owned(),
    }
}
