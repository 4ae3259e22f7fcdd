//! Whether a widget may come up now, and which gate says what.

use super::{Device, Filter, Frequency, Targeting, Visitors, glob};
use crate::answer::Field;
use crate::attention::Attention;
use crate::decimal::Decimal;
use crate::scan::digits;
use crate::time::Timestamp;

/// All that a decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The widget's name.
    pub widget: &'a str,
    /// Whether it would come up over what the visitor is doing, as pop-ups, dialogs and bars do. What is part of the page
    /// is no interruption, and the attention budget is none of its business.
    pub interrupts: bool,
    pub now: Timestamp,
    /// The page's path and, after `#`, its fragment.
    pub path: &'a str,
    pub device: Device,
    /// The page's language, else the browser's.
    pub language: &'a str,
    /// Visits so far, counting the present one.
    pub visits: u32,
    /// What the page told of the visitor.
    pub traits: &'a [Field],
    /// A number drawn once for each device and kept there.
    pub draw: u32,
    /// Seconds since the page came up, or since the route changed.
    pub seconds: u32,
    /// The furthest that this page was scrolled through, in percent.
    pub scrolled: u8,
    /// Whether the visitor was about to leave.
    pub leaving: bool,
    /// Whether what [`Targeting::click`] names was clicked.
    pub clicked: bool,
    /// What the page reported.
    pub events: &'a [Event],
    /// When this widget last came up.
    pub shown: Option<Timestamp>,
    /// When this widget was last completed.
    pub answered: Option<Timestamp>,
    /// When any widget last came up by itself.
    pub invited: Option<Timestamp>,
    /// How many did so in this visit.
    pub invitations: u8,
}

/// Something that the page reported with `rapport.track`.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub name: String,
    pub properties: Vec<Field>,
}

/// The verdict, and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Pass: show it. Wait: look again when a trigger fires. Fail: not here, not now, not to this visitor.
    pub outcome: Outcome,
    /// Every gate that is set, in the order in which they are looked at.
    pub gates: Vec<Gate>,
}

/// One gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its name in the owner's JSON; `cooldown` and `per_visit` are the site's.
    pub code: &'static str,
    pub outcome: Outcome,
    /// What decided: the path, the device, `3/10` seconds, …
    pub value: String,
}

/// What a gate, or all of them, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    /// Not yet: a trigger that has not fired.
    Wait,
    Fail,
}

const DAY_MS: i64 = 86_400_000;

/// Looks at every gate that is set.
pub fn decide(targeting: &Targeting, attention: &Attention, now: &Situation<'_>) -> Decision {
    let mut gates = Gates(Vec::new());
    who_and_where(targeting, now, &mut gates);
    how_often(targeting, attention, now, &mut gates);
    let failed = gates.0.iter().any(|gate| gate.outcome == Outcome::Fail);
    let before = gates.0.len();
    triggers(targeting, now, &mut gates);
    let mut fired = gates.0.iter().skip(before).map(|gate| gate.outcome == Outcome::Pass);
    let outcome = if failed {
        Outcome::Fail
    } else if gates.0.len() == before || fired.any(|fired| fired) {
        Outcome::Pass
    } else {
        Outcome::Wait
    };
    Decision { outcome, gates: gates.0 }
}

/// A number below `of`, evenly drawn from a device's `draw` and whatever it is drawn for: the same device always gets the
/// same lot for the same purpose, and lots for different purposes are independent.
pub fn lot(draw: u32, purpose: &str, of: u32) -> u32 {
    // FNV-1a, finished as in MurmurHash3 so that all bits depend on all input.
    let hash = draw.to_le_bytes().into_iter().chain(purpose.bytes());
    let mut hash = hash.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    ((u64::from(hash) * u64::from(of)) >> 32) as u32
}

fn who_and_where(targeting: &Targeting, now: &Situation<'_>, gates: &mut Gates) {
    let named = |patterns: &[String]| patterns.iter().any(|pattern| glob::matches(pattern, now.path));
    if !targeting.pages.is_empty() {
        gates.put("pages", named(&targeting.pages), now.path);
    }
    if !targeting.not_pages.is_empty() {
        gates.put("not_pages", !named(&targeting.not_pages), now.path);
    }
    if !targeting.devices.is_empty() {
        gates.put("devices", targeting.devices.contains(&now.device), now.device.as_str());
    }
    if !targeting.languages.is_empty() {
        gates.put("languages", targeting.languages.iter().any(|wanted| speaks(now.language, wanted)), now.language);
    }
    if let Some(visitors) = targeting.visitors {
        gates.put("visitors", (visitors == Visitors::New) == (now.visits <= 1), number(now.visits));
    }
    if let Some(least) = targeting.min_visits {
        gates.put("min_visits", now.visits >= least, ratio(now.visits, least));
    }
    for filter in &targeting.traits {
        let mut value = String::from(filter.name.as_str());
        if let Some(known) = find(now.traits, filter.name.as_str()) {
            value.push('=');
            value.push_str(known);
        }
        gates.put("traits", filter.holds(now.traits), value);
    }
    if let Some(percent) = targeting.sample_percent {
        let lot = lot(now.draw, now.widget, 100);
        gates.put("sample_percent", lot < u32::from(percent), ratio(lot, u32::from(percent)));
    }
}

fn how_often(targeting: &Targeting, attention: &Attention, now: &Situation<'_>, gates: &mut Gates) {
    let today = now.now.day();
    if let Some(first) = targeting.from {
        gates.put("from", today >= first, today.to_text());
    }
    if let Some(last) = targeting.until {
        gates.put("until", today <= last, today.to_text());
    }
    let frequency = match targeting.frequency {
        None if now.interrupts => Frequency::UntilAnswered,
        None => Frequency::Always,
        Some(frequency) => frequency,
    };
    let last = now.shown.max(now.answered);
    match frequency {
        Frequency::Always => {}
        Frequency::Once => gates.put("frequency", last.is_none(), "once"),
        Frequency::UntilAnswered => gates.put("frequency", now.answered.is_none(), "until_answered"),
        Frequency::EveryDays(days) => gates.rest("frequency", last, days, now.now),
    }
    if now.interrupts && !targeting.ignore_budget {
        gates.rest("cooldown", now.invited, attention.cooldown_days, now.now);
        let (spent, budget) = (now.invitations, attention.per_visit);
        gates.put("per_visit", spent < budget, ratio(u32::from(spent), u32::from(budget)));
    }
}

fn triggers(targeting: &Targeting, now: &Situation<'_>, gates: &mut Gates) {
    if let Some(delay) = targeting.delay_seconds {
        gates.trigger("delay_seconds", now.seconds >= delay, ratio(now.seconds, delay));
    }
    if let Some(least) = targeting.scroll_percent {
        gates.trigger("scroll_percent", now.scrolled >= least, ratio(u32::from(now.scrolled), u32::from(least)));
    }
    if targeting.exit_intent {
        gates.trigger("exit_intent", now.leaving, "");
    }
    if let Some(selector) = &targeting.click {
        gates.trigger("click", now.clicked, selector.as_str());
    }
    if let Some(wanted) = &targeting.event {
        let fired = now.events.iter().any(|event| {
            event.name == wanted.name.as_str() && wanted.filters.iter().all(|filter| filter.holds(&event.properties))
        });
        gates.trigger("event", fired, wanted.name.as_str());
    }
}

struct Gates(Vec<Gate>);

impl Gates {
    fn put(&mut self, code: &'static str, passes: bool, value: impl Into<String>) {
        let outcome = if passes { Outcome::Pass } else { Outcome::Fail };
        self.0.push(Gate { code, outcome, value: value.into() });
    }

    fn trigger(&mut self, code: &'static str, fired: bool, value: impl Into<String>) {
        let outcome = if fired { Outcome::Pass } else { Outcome::Wait };
        self.0.push(Gate { code, outcome, value: value.into() });
    }

    /// Whether `days` have gone by since `last`; the value is how many days have, of how many.
    fn rest(&mut self, code: &'static str, last: Option<Timestamp>, days: u16, now: Timestamp) {
        let Some(last) = last else {
            return self.put(code, true, "");
        };
        // A clock that was set back counts as no time gone by.
        let gone = u32::try_from(now.0.saturating_sub(last.0) / DAY_MS).unwrap_or(0);
        self.put(code, gone >= u32::from(days), ratio(gone, u32::from(days)));
    }
}

impl Filter {
    /// Whether what is known passes this filter.
    pub fn holds(&self, known: &[Field]) -> bool {
        let Some(value) = find(known, self.name.as_str()) else {
            return self.missing
                || (self.is.is_empty()
                    && self.at_least.is_none()
                    && self.at_most.is_none()
                    && !self.is_not.is_empty());
        };
        let number: Option<Decimal> = value.parse().ok();
        let listed = |values: &[String]| values.iter().any(|listed| listed == value);
        !self.missing
            && (self.is.is_empty() || listed(&self.is))
            && !listed(&self.is_not)
            && self.at_least.is_none_or(|least| number.is_some_and(|number| number >= least))
            && self.at_most.is_none_or(|most| number.is_some_and(|number| number <= most))
    }
}

fn find<'a>(known: &'a [Field], name: &str) -> Option<&'a str> {
    known.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Whether somebody who speaks `language` reads `wanted`: the same tag, or a narrower one.
fn speaks(language: &str, wanted: &str) -> bool {
    let (start, rest) = match language.split_at_checked(wanted.len()) {
        Some(parts) => parts,
        None => return false,
    };
    start.eq_ignore_ascii_case(wanted) && (rest.is_empty() || rest.starts_with('-'))
}

fn ratio(is: u32, of: u32) -> String {
    let mut text = number(is);
    text.push('/');
    text.push_str(&number(of));
    text
}

fn number(value: u32) -> String {
    digits(i64::from(value))
}

#[cfg(test)]
mod tests;
