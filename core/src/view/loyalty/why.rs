//! Which rule stood in the way, for the visitor.

use super::{Pen, Shown};
use crate::i18n::{self, fill};
use crate::loyalty::denied::Denied;
use crate::time::Timestamp;

/// In a sentence, or a few words.
pub fn denied(denied: &Denied, shown: &Shown<'_>) -> String {
    let pen = Pen { shown, s: i18n::strings(shown.locale) };
    let b = &pen.s.badge;
    let day = |words: &str, day: String| fill(words, &[("day", &day)]);
    let again = |at: &Timestamp| day(b.again, at.day().to_string());
    match denied {
        Denied::Paused => b.paused.to_owned(),
        Denied::Identify => pen.site(b.sign_in_spend),
        Denied::NotYet { from } => day(b.not_yet, from.to_string()),
        Denied::Over { .. } => b.over.to_owned(),
        Denied::Today { .. } => b.checked_in.to_owned(),
        Denied::Cap { until: Some(until) } | Denied::Cooldown { until } => again(until),
        Denied::Cap { until: None } | Denied::NothingEarns => b.had_all.to_owned(),
        Denied::Once => b.counted.to_owned(),
        Denied::NotEnough { lacks } => fill(b.lacking, &[("n", &pen.points(*lacks))]),
        Denied::SoldOut => b.sold_out.to_owned(),
        Denied::Limit { .. } => b.limit.to_owned(),
        Denied::Tier { tier } => fill(b.tier_needed, &[("tier", &pen.tier(tier.as_str()))]),
        _ => b.failed.to_owned(),
    }
}

/// Beside something that earns: only what passes, or has happened.
pub(super) fn soon(reason: &Denied, pen: &Pen<'_>) -> Option<String> {
    match reason {
        Denied::Once => Some(pen.s.badge.done.to_owned()),
        Denied::Today { .. } => Some(pen.s.badge.done.to_owned()),
        Denied::Cap { .. } | Denied::Cooldown { .. } => Some(denied(reason, pen.shown)),
        _ => None,
    }
}
