//! What a program is sent about loyalty: made by the very function that makes it, of a member who does not exist.

use maud::{Markup, html};
use rapport_core::hook::Event;
use rapport_core::loyalty::chain;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::member::Member;
use rapport_core::model::config::Config;
use rapport_core::time::Timestamp;
use serde_json::Value;

use super::words;
use crate::dashboard::page::Frame;
use crate::hook::event::{self, Told};
use crate::json;

/// A folded example of each, where there is a programme.
pub fn show(frame: &Frame<'_>, config: &Config) -> Markup {
    let c = &frame.lang.strings().connect;
    if config.loyalty.is_none() {
        return html! {};
    }
    html! {
        details.about {
            summary { (c.samples) }
            div.stack {
                p.small.soft { (c.samples_hint) }
                @for event in Event::ALL {
                    @if let Some(data) = data(event, frame, config) {
                        p { code { (event.as_str()) } " – " (words::event(event, frame.lang)) }
                        pre.sample tabindex="0" { code { (json::indented(&event::envelope(event.as_str(), frame.now, data))) } }
                    }
                }
            }
        }
    }
}

fn data(event: Event, frame: &Frame<'_>, config: &Config) -> Option<Value> {
    let told = Told { config, origin: "https://feedback.example", lang: frame.lang };
    let (delta, kind, reference, note) = match event {
        Event::LoyaltyEarned => (49, Kind::Earn, "order", "1001"),
        Event::LoyaltyTierChanged => (0, Kind::Tier, "silver", "bronze"),
        Event::LoyaltyRedeemed => (-500, Kind::Hold, "coupon", ""),
        Event::LoyaltyReferralQualified => (50, Kind::Refer, "019ab0f2-0000-7000-8000-000000000001", ""),
        Event::LoyaltyStockLow => return Some(told.stock("coupon", 3, 30)),
        _ => return None,
    };
    let member = Member { external: "c-17".to_owned(), ..Member::new(ID.to_owned(), frame.now) };
    Some(told.loyalty(&member, &line(delta, kind, reference, note, frame.now), 549))
}

const ID: &str = "019ab0f2-0000-7000-8000-000000000000";

fn line(delta: i64, kind: Kind, reference: &str, note: &str, at: Timestamp) -> Entry {
    let amount = (kind == Kind::Earn).then_some(4_990);
    let mut entry = Entry {
        seq: 12,
        id: "o:7a2c".to_owned(),
        at,
        delta,
        kind,
        reference: reference.to_owned(),
        expires: None,
        note: note.to_owned(),
        amount,
        hash: String::new(),
    };
    entry.hash = chain::link(chain::ROOT, &entry.line());
    entry
}
