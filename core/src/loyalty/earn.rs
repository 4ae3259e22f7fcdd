//! What gives points: every rule that fits the action, each with its own caps.

use super::account::{Account, DAY_MS};
use super::action::{Action, Answered, Facts, Role};
use super::denied::Denied;
use super::entry::Kind;
use super::pen::{Line, Pen};
use super::program::{Program, Rule, Streak, Trigger};
use crate::limits::POINTS;
use crate::time::{Day, Timestamp};

/// Days that must lie between two birthdays, so that moving one earns nothing.
const BIRTHDAY_GAP: i64 = 330;
/// Days for which a birthday can still be marked: the alarm, or the member, may be late.
const BIRTHDAY_DAYS: i32 = 7;
const MINUTE_MS: i64 = 60_000;

/// What a rule gives, before it is written.
struct Gain {
    points: i64,
    bonus: Option<(u32, i64)>,
    /// What counts only once: behind the rule's name in the entry's reference.
    once: String,
}

impl Pen<'_> {
    /// Applies every rule that fits. Where none gives anything, the first one's reason is told.
    pub fn earn(&mut self, program: &Program, action: &Action, facts: &Facts) -> Result<(), Denied> {
        let note = match action {
            Action::Response { response, .. } => response.as_str(),
            Action::Purchase { order, .. } => order,
            Action::Event { note, .. } => note,
            _ => "",
        };
        let mut amount = match action {
            Action::Purchase { amount, .. } => Some(i64::try_from(*amount).map_err(|_| Denied::TooMuch)?),
            _ => None,
        };
        let (now, expires) = (self.now, program.expires(self.now));
        // What the rules give depends on what was before this act, not on each other.
        let before = self.account.clone();
        let (mut first, mut gave) = (None, false);
        for rule in program.rules.iter().filter(|rule| rule.fits(action)) {
            match gain(program, rule, &before, action, facts, now) {
                Ok(Gain { points, bonus, once }) => {
                    gave = true;
                    let name = rule.name.as_str();
                    if let Action::Refer { other, .. } = action {
                        self.write(Line::new(Kind::Refer, points, other).note(name).expires(expires))?;
                        continue;
                    }
                    let reference = if once.is_empty() { name.to_owned() } else { format!("{name}/{once}") };
                    let line = Line::new(Kind::Earn, points, &reference).note(note).expires(expires);
                    self.write(line.amount(amount.take()))?;
                    if let Some((days, bonus)) = bonus {
                        let days = days.to_string();
                        self.write(Line::new(Kind::Streak, bonus, name).note(&days).expires(expires))?;
                    }
                }
                Err(denied) => drop(first.get_or_insert(denied)),
            }
        }
        match amount.take() {
            // A purchase is a fact, whether it gives points or not.
            Some(amount) => self.write(Line::new(Kind::Earn, 0, "").note(note).amount(Some(amount))),
            None if gave => Ok(()),
            None => Err(first.unwrap_or(Denied::NothingEarns)),
        }
    }
}

impl Rule {
    /// Whether this is what the rule is for.
    pub fn fits(&self, action: &Action) -> bool {
        match (&self.when, action) {
            (Trigger::CheckIn { .. }, Action::CheckIn)
            | (Trigger::Referral, Action::Refer { role: Role::Referrer, .. })
            | (Trigger::Purchase { .. }, Action::Purchase { .. })
            | (Trigger::Birthday, Action::Birthday)
            | (Trigger::Profile, Action::Profile) => true,
            (Trigger::Response { widgets }, Action::Response { widget, answered, .. }) => match answered {
                Answered::Survey => widgets.is_empty() || widgets.contains(widget),
                _ => widgets.contains(widget),
            },
            (Trigger::Poll { widgets }, Action::Response { widget, answered: Answered::Poll, .. })
            | (Trigger::Quiz { widgets, .. }, Action::Response { widget, answered: Answered::Quiz { .. }, .. }) => {
                widgets.is_empty() || widgets.contains(widget)
            }
            (Trigger::Event { event }, Action::Event { event: happened, .. }) => event == happened,
            _ => false,
        }
    }
}

/// What a rule that fits gives now.
fn gain(
    program: &Program,
    rule: &Rule,
    account: &Account,
    action: &Action,
    facts: &Facts,
    now: Timestamp,
) -> Result<Gain, Denied> {
    if facts.paused {
        return Err(Denied::Paused);
    }
    dates(rule.from, rule.until, now)?;
    let used = account.rules.get(rule.name.as_str());
    let mut gain = Gain { points: i64::from(rule.points), bonus: None, once: String::new() };
    match (&rule.when, action) {
        (Trigger::CheckIn { streaks }, _) => {
            if used.is_some_and(|used| used.run > 0 && used.last.day() == now.day()) {
                return Err(Denied::Today { until: now.day().plus(1).start() });
            }
            let run = used.map_or(0, |used| used.streak(now)).saturating_add(1);
            gain.bonus = streak_bonus(streaks, run).map(|bonus| (run, bonus));
        }
        (Trigger::Quiz { pass, .. }, Action::Response { widget, answered: Answered::Quiz { right, of }, .. }) => {
            let percent = u64::from(*right) * 100 / u64::from((*of).max(1));
            let percent = u32::try_from(percent.min(100)).unwrap_or(100);
            if used.is_some_and(|used| used.done.iter().any(|done| widget == done.as_str())) {
                return Err(Denied::Once);
            }
            if percent < *pass {
                return Err(Denied::NotPassed { percent, pass: *pass });
            }
            widget.as_str().clone_into(&mut gain.once);
        }
        (Trigger::Purchase { per, at_least }, Action::Purchase { amount, .. }) => {
            let times = if *amount < u64::from(*at_least) { 0 } else { amount / u64::from((*per).max(1)) };
            let points = i64::try_from(times).ok().and_then(|times| times.checked_mul(i64::from(rule.points)));
            gain.points = points.filter(|points| *points <= POINTS).ok_or(Denied::TooMuch)?;
            if gain.points == 0 {
                return Err(Denied::NothingEarns);
            }
        }
        (Trigger::Birthday, _) => {
            let near = (0..BIRTHDAY_DAYS).any(|back| is_birthday(facts.birthday, now.day().plus(-back)));
            if !near {
                return Err(Denied::NotBirthday);
            }
            if used.is_some_and(|used| used.last.plus_ms(BIRTHDAY_GAP * DAY_MS) > now) {
                return Err(Denied::Once);
            }
        }
        (Trigger::Profile, _) if used.is_some() => return Err(Denied::Once),
        (Trigger::Profile, _) if !facts.profile_complete => return Err(Denied::Incomplete),
        _ => {}
    }
    if let Some(used) = used {
        let until = used.last.plus_ms(i64::from(rule.cooldown) * MINUTE_MS);
        if until > now {
            return Err(Denied::Cooldown { until });
        }
        if let Some(cap) = rule.cap.filter(|cap| used.times(cap.per, now) >= cap.times) {
            match rule.when {
                // Days in a row go on, although they give nothing for now.
                Trigger::CheckIn { .. } => gain = Gain { points: 0, bonus: None, ..gain },
                _ => return Err(Denied::Cap { until: cap.per.next(now) }),
            }
        }
    }
    if rule.multiplied {
        let percent = program.tier_of(account).map_or(100, |tier| i64::from(tier.multiplier));
        let points = gain.points.checked_mul(percent).ok_or(Denied::TooMuch)? / 100;
        gain.points = Some(points).filter(|points| *points <= POINTS).ok_or(Denied::TooMuch)?;
    }
    Ok(gain)
}

/// What the n-th day in a row adds.
fn streak_bonus(streaks: &[Streak], run: u32) -> Option<i64> {
    let due = |streak: &&Streak| {
        streak.days > 0 && if streak.repeats { run.is_multiple_of(streak.days) } else { run == streak.days }
    };
    let bonus: i64 = streaks.iter().filter(due).map(|streak| i64::from(streak.bonus)).sum();
    (bonus > 0).then_some(bonus)
}

/// The next day in a row that adds something, after `run` of them, and what.
pub(super) fn next_bonus(streaks: &[Streak], run: u32) -> Option<(u32, i64)> {
    let next = |streak: &Streak| match streak.days {
        0 => None,
        days if days > run => Some(days),
        days if streak.repeats => Some((run / days).saturating_add(1).saturating_mul(days)),
        _ => None,
    };
    let day = streaks.iter().filter_map(next).min()?;
    streak_bonus(streaks, day).map(|bonus| (day, bonus))
}

/// Whether a day is somebody's birthday; of those born on 29 February also 1 March of other years.
pub fn is_birthday(birthday: Option<(u32, u32)>, day: Day) -> bool {
    let (year, month, date) = day.civil();
    let leap = Day::from_civil(year, 2, 29).civil() == (year, 2, 29);
    match birthday {
        Some((2, 29)) if !leap => (month, date) == (3, 1),
        Some(birthday) => birthday == (month, date),
        None => false,
    }
}

/// Whether today lies between first and last day.
pub(super) fn dates(from: Option<Day>, until: Option<Day>, now: Timestamp) -> Result<(), Denied> {
    let day = now.day();
    match (from, until) {
        (Some(from), _) if day < from => Err(Denied::NotYet { from }),
        (_, Some(until)) if day > until => Err(Denied::Over { until }),
        _ => Ok(()),
    }
}

/// What a rule gives the next time what it is for happens: of a purchase, for the amount that it counts by.
pub(super) fn worth(
    program: &Program,
    rule: &Rule,
    account: &Account,
    facts: &Facts,
    now: Timestamp,
) -> Result<i64, Denied> {
    let action = match &rule.when {
        Trigger::CheckIn { .. } => Action::CheckIn,
        Trigger::Purchase { per, at_least } => {
            Action::Purchase { order: String::new(), amount: u64::from((*per).max(*at_least)) }
        }
        Trigger::Birthday => Action::Birthday,
        Trigger::Profile => Action::Profile,
        // Quizzes count once each, which is told when one is answered.
        _ => Action::Expire,
    };
    gain(program, rule, account, &action, facts, now)
        .map(|gain| gain.points.saturating_add(gain.bonus.map_or(0, |(_, bonus)| bonus)))
}
