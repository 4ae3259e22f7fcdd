//! What earns points.

use maud::{Markup, html};

use super::{Pen, why};
use crate::i18n::fill;
use crate::loyalty::denied::Denied;
use crate::loyalty::money;
use crate::loyalty::program::{Rule, Trigger};

pub(super) fn draw(pen: &Pen<'_>) -> Markup {
    let chances = pen.shown.account.map(|account| account.chances.as_slice()).unwrap_or_default();
    let today = pen.shown.now.day();
    let over =
        |rule: &Rule| rule.until.is_some_and(|until| until < today) || rule.from.is_some_and(|from| from > today);
    html! {
        ul class="list" {
            @for (index, rule) in pen.shown.program.rules.iter().enumerate().filter(|(_, rule)| !over(rule)) {
                @let chance = chances.get(index);
                @let denied = chance.and_then(|chance| chance.as_ref().err());
                li {
                    span class="what" {
                        (rule.label.as_ref().map_or_else(|| words(&rule.when, pen), |label| pen.text(label)))
                        @if let Some(denied) = denied.and_then(|denied| why::soon(denied, pen)) { small { (denied) } }
                    }
                    b class="gives" {
                        "+" (pen.s.integer(next(rule, chance)))
                        @if let Trigger::Purchase { per, .. } = &rule.when {
                            small { (fill(pen.s.badge.per, &[("amount", &money::shown(i64::from(*per), &pen.shown.program.currency))])) }
                        }
                    }
                }
            }
        }
    }
}

/// What it gives the next time, with what a tier or a row of days adds. A purchase gives by its amount.
fn next(rule: &Rule, chance: Option<&Result<i64, Denied>>) -> u64 {
    match (&rule.when, chance) {
        (Trigger::Purchase { .. }, _) | (_, None | Some(Err(_))) => rule.points.into(),
        (_, Some(Ok(points))) => points.unsigned_abs(),
    }
}

/// What has to happen, in words of ours.
pub(super) const fn words(when: &Trigger, pen: &Pen<'_>) -> &'static str {
    let b = &pen.s.badge;
    match when {
        Trigger::CheckIn { .. } => b.when_check_in,
        Trigger::Response { .. } => b.when_response,
        Trigger::Poll { .. } => b.when_poll,
        Trigger::Quiz { .. } => b.when_quiz,
        Trigger::Referral => b.when_referral,
        Trigger::Purchase { .. } => b.when_purchase,
        Trigger::Birthday => b.when_birthday,
        Trigger::Profile => b.when_profile,
        Trigger::Event { .. } => b.when_event,
    }
}
