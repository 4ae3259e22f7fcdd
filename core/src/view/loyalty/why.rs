//! Which rule stood in the way, for the visitor.

use super::{Pen, Shown, isolated};
use crate::i18n::{self, fill, play};
use crate::loyalty::denied::Denied;
use crate::loyalty::referral::Bar;
use crate::model::question::Input;
use crate::model::site::Site;
use crate::model::text::Locale;
use crate::problem::Problem;
use crate::time::Timestamp;
use crate::view::say::fault;

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
        Denied::NotPassed { percent, pass } => {
            let share = |n: &u32| pen.s.percent(u64::from(*n));
            fill(play(shown.locale).not_passed, &[("percent", &share(percent)), ("pass", &share(pass))])
        }
        Denied::Unknown => play(shown.locale).unknown.to_owned(),
        _ => b.failed.to_owned(),
    }
}

/// Which rule stood in the way of an invitation, for whom it stops.
pub fn barred(bar: Bar, locale: &Locale) -> &'static str {
    let words = play(locale);
    match bar {
        Bar::Off | Bar::Unknown => words.bar_unknown,
        Bar::Own => words.bar_own,
        Bar::Already => words.bar_already,
        Bar::NotNew => words.bar_not_new,
    }
}

/// What is wrong with something that the member typed.
pub fn wrong(problem: &Problem, locale: &Locale) -> String {
    let s = i18n::strings(locale);
    let (label, input) = match problem.field.as_str() {
        "name" => (s.badge.name, Input::Email),
        "email" => (s.badge.email, Input::Email),
        "birthday" => (s.badge.birthday, Input::Date { min: None, max: None }),
        _ => return s.badge.failed.to_owned(),
    };
    format!("{label}: {}", fault(&problem.fault, &input, s))
}

/// Why the door stays shut: by the stable word of the refusal.
pub fn refused(code: &str, site: &Site, locale: &Locale) -> String {
    let words = play(locale);
    match code {
        "not_valid" => fill(words.sign_in_again, &[("site", &isolated(&site.name))]),
        "busy" => words.busy.to_owned(),
        "phrase" => words.wrong_phrase.to_owned(),
        _ => i18n::strings(locale).badge.failed.to_owned(),
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
