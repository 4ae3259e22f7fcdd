//! What earns points.

use maud::{Markup, html};

use super::{Pen, why};
use crate::i18n::fill;
use crate::loyalty::denied::Denied;
use crate::loyalty::money;
use crate::loyalty::program::{Rule, Trigger};
use crate::name::Name;

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
                        @for (name, title, share) in best(rule, pen) { small { bdi { (title) } " · " span data-best=(name) { (fill(pen.s.badge.best, &[("percent", &pen.s.percent((*share).into()))])) } } }
                    }
                    b class="gives" {
                        bdi { "+" (pen.s.integer(next(rule, chance))) }
                        @if let Trigger::Purchase { per, .. } = &rule.when {
                            small { (fill(pen.s.badge.per, &[("amount", &money::shown(i64::from(*per), &pen.shown.program.currency, |whole| pen.s.integer(whole)))])) }
                        }
                    }
                }
            }
        }
    }
}

/// How well the member did in the quizzes that a rule is about.
fn best<'p>(rule: &'p Rule, pen: &Pen<'p>) -> impl Iterator<Item = &'p (Name, String, u32)> {
    let all = pen.shown.account.map(|account| account.best.as_slice()).unwrap_or_default();
    let about = move |name: &Name| matches!(&rule.when, Trigger::Quiz { widgets, .. } if widgets.is_empty() || widgets.contains(name));
    all.iter().filter(move |(name, ..)| about(name))
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
