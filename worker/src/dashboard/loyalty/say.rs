//! Parts of a programme in plain words.

use rapport_core::loyalty::form::factor;
use rapport_core::loyalty::program::{
    Draw, Expiry, Measure, Period, Program, Qualifies, Referral, Reward, Rule, Tier, Trigger,
};

use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::strings::editor::fill;
use crate::dashboard::strings::program::Program as Words;

/// The name of what has to happen.
pub fn trigger(word: &str, s: &Words) -> &'static str {
    match word {
        "check_in" => s.check_in,
        "response" => s.response,
        "poll" => s.poll,
        "quiz" => s.quiz,
        "referral" => s.referral,
        "purchase" => s.purchase,
        "birthday" => s.birthday,
        "profile" => s.profile,
        _ => s.event,
    }
}

/// The word for what a rule waits for.
pub const fn word(when: &Trigger) -> &'static str {
    match when {
        Trigger::CheckIn { .. } => "check_in",
        Trigger::Response { .. } => "response",
        Trigger::Poll { .. } => "poll",
        Trigger::Quiz { .. } => "quiz",
        Trigger::Referral => "referral",
        Trigger::Purchase { .. } => "purchase",
        Trigger::Birthday => "birthday",
        Trigger::Profile => "profile",
        Trigger::Event { .. } => "event",
    }
}

/// A rule as a sentence.
pub fn rule(rule: &Rule, program: &Program, lang: Lang) -> String {
    let s = &lang.strings().program;
    let points = points(rule.points.into(), s);
    let mut said = match &rule.when {
        Trigger::CheckIn { streaks } => {
            let mut said = fill(s.says_check_in, &[&points]);
            for streak in streaks {
                let (words, days) = match streak.repeats {
                    true => (s.says_streaks, days(streak.days, s)),
                    false => (s.says_streak, count(streak.days)),
                };
                said += &fill(words, &[&days, &count(streak.bonus)]);
            }
            said
        }
        Trigger::Response { .. } => fill(s.says_response, &[&points]),
        Trigger::Poll { .. } => fill(s.says_poll, &[&points]),
        Trigger::Quiz { pass, .. } => fill(s.says_quiz, &[&points, &count(*pass)]),
        Trigger::Referral => fill(s.says_referral, &[&points]),
        Trigger::Purchase { per, .. } => {
            fill(s.says_purchase, &[&points, &format::money(i64::from(*per), &program.currency)])
        }
        Trigger::Birthday => fill(s.says_birthday, &[&points]),
        Trigger::Profile => fill(s.says_profile, &[&points]),
        Trigger::Event { event } => fill(s.says_event, &[&points, event.as_str()]),
    };
    if let Some(cap) = rule.cap {
        let period = match cap.per {
            Period::Day => s.a_day,
            Period::Week => s.a_week,
            Period::Month => s.a_month,
            Period::Year => s.a_year,
            Period::Ever => s.ever,
        };
        said += &fill(s.says_cap, &[&number(cap.times.into(), s.one_time, s.some_times), period]);
    }
    if rule.cooldown > 0 {
        said += &fill(s.says_again, &[&number(rule.cooldown.into(), s.one_minute, s.some_minutes)]);
    }
    if rule.multiplied {
        said += s.says_times;
    }
    said + &dates((rule.from, rule.until), s)
}

/// A tier as a sentence.
pub fn tier(tier: &Tier, program: &Program, lang: Lang) -> String {
    let s = &lang.strings().program;
    let from = match program.ladder.by {
        Measure::Points => points(tier.from, s),
        Measure::Spend => format::money(i64::try_from(tier.from).unwrap_or(i64::MAX), &program.currency),
    };
    fill(s.says_tier, &[&from, &factor(tier.multiplier)])
}

/// What a reward costs, and how many there are.
pub fn reward(reward: &Reward, lang: Lang) -> String {
    let s = &lang.strings().program;
    let mut said = points(reward.cost.into(), s);
    if let Some(stock) = reward.stock {
        said += lang.strings().list_comma;
        said += &fill(s.says_stock, &[&count(stock)]);
    }
    said + &dates((reward.from, reward.until), s)
}

/// When points are gone.
pub fn expiry(expiry: Expiry, lang: Lang) -> String {
    let s = &lang.strings().program;
    match expiry {
        Expiry::Never => s.expiry_never.to_owned(),
        Expiry::After { days: n } => fill(s.says_after, &[&days(n, s)]),
        Expiry::Inactive { days: n } => fill(s.says_inactive, &[&days(n, s)]),
    }
}

/// How friends are brought.
pub fn referral(referral: Option<&Referral>, lang: Lang) -> String {
    let s = &lang.strings().program;
    let Some(referral) = referral else { return s.referral_off.to_owned() };
    let counts = match referral.qualifies {
        Qualifies::Purchase => s.first_purchase.to_owned(),
        Qualifies::Response => s.first_response.to_owned(),
        Qualifies::Visits { n } => format!("{} {}", count(n), s.visits_n),
    };
    let said = fill(s.says_referral_on, &[&points(referral.welcome.into(), s), &days(referral.window, s)]);
    format!("{said}{}{counts}", lang.strings().list_comma)
}

/// A draw's prizes and price.
pub fn draw(draw: &Draw, lang: Lang) -> String {
    let s = &lang.strings().program;
    let prizes: u64 = draw.prizes.iter().map(|prize| u64::from(prize.stock)).sum();
    fill(s.says_draw, &[&number(prizes, s.one_prize, s.some_prizes), &points(draw.cost.into(), s)])
        + &dates((draw.from, draw.until), s)
}

fn dates<D: ToString>((from, until): (Option<D>, Option<D>), s: &Words) -> String {
    let from = from.map(|day| fill(s.says_from, &[&day.to_string()])).unwrap_or_default();
    from + &until.map(|day| fill(s.says_until, &[&day.to_string()])).unwrap_or_default()
}

/// So many points, in words.
pub fn points(n: u64, s: &Words) -> String {
    number(n, s.one_point, s.some_points)
}

fn days(n: u32, s: &Words) -> String {
    number(n.into(), s.one_day, s.some_days)
}

/// One, or several: English has no other forms, and Chinese has one.
fn number(n: u64, one: &str, some: &str) -> String {
    if n == 1 { one.to_owned() } else { fill(some, &[&format::count(n)]) }
}

fn count(number: u32) -> String {
    format::count(u64::from(number))
}
