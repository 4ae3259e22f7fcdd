//! Members in words.

use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::{From, Level, Risk, Stage};
use rapport_core::loyalty::program::Program;

use super::super::say;
use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::page::Speech;
use crate::dashboard::strings::editor::fill;

/// A stage in a word, and how its chip looks.
pub fn stage(stage: Stage, lang: Lang) -> (&'static str, &'static str) {
    let s = &lang.strings().people;
    match stage {
        Stage::New => (s.new, "chip on"),
        Stage::Active => (s.active, "chip"),
        Stage::Loyal => (s.loyal, "chip good"),
        Stage::AtRisk => (s.at_risk, "chip mild"),
        Stage::Lost => (s.lost, "chip bad"),
    }
}

/// A group in a word.
pub fn group(group: Group, lang: Lang) -> &'static str {
    let s = &lang.strings().people;
    match group {
        Group::High => s.high,
        Group::Middle => s.middle,
        Group::Low => s.low,
    }
}

/// What a member is called: by their name, else by the owner's id, else by the beginning of ours.
pub fn name(member: &Member, lang: Lang) -> String {
    let named =
        [&member.profile.name, &member.external, &member.profile.email].into_iter().find(|name| !name.is_empty());
    named.map_or_else(
        || {
            // Ids of one minute begin alike.
            let end = member.id.len().saturating_sub(6);
            fill(lang.strings().people.anonymous, &[member.id.get(end..).unwrap_or_default()])
        },
        Clone::clone,
    )
}

/// A tier's name as members read it.
pub fn tier<'a>(name: &'a str, program: &'a Program, speech: &Speech<'_>) -> &'a str {
    let tier = program.tiers.iter().find(|tier| tier.name.as_str() == name);
    tier.map_or(name, |tier| speech.text(&tier.label))
}

/// A reward's name as members read it.
pub fn reward<'a>(name: &'a str, program: &'a Program, speech: &Speech<'_>) -> &'a str {
    let reward = program.rewards.iter().find(|reward| reward.name.as_str() == name);
    reward.map_or(name, |reward| speech.text(&reward.label))
}

fn draw<'a>(name: &'a str, program: &'a Program, speech: &Speech<'_>) -> &'a str {
    let draw = program.draws.iter().find(|draw| draw.name.as_str() == name);
    draw.map_or(name, |draw| speech.text(&draw.label))
}

/// How likely it is that they are gone: a word, a chip and the reason.
pub fn risk(risk: &Risk, lang: Lang) -> (&'static str, &'static str, String) {
    let s = &lang.strings().people;
    let (word, class) = match risk.level {
        Level::Low => (s.risk_low, "chip good"),
        Level::Raised => (s.risk_raised, "chip mild"),
        Level::High => (s.risk_high, "chip bad"),
    };
    let why = match risk.from {
        From::Own => s.risk_own,
        From::Others => s.risk_others,
        From::Assumed => s.risk_assumed,
        From::Week => s.risk_week,
    };
    let why = fill(why, &[&number(risk.silent_days.floor()), &number(risk.gap_days), &number(risk.gaps)]);
    (word, class, why)
}

/// With a decimal where there is something behind the point.
pub fn number(number: f64) -> String {
    if number.fract().abs() < 0.05 { format!("{number:.0}") } else { format::decimal(number) }
}

/// With its sign; a minus and not a hyphen.
pub fn signed(points: i64) -> String {
    let digits = format::count(points.unsigned_abs());
    match points {
        0 => "0".to_owned(),
        1.. => format!("+{digits}"),
        _ => format!("−{digits}"),
    }
}

/// Points without a sign.
pub fn points(points: i64) -> String {
    format::count(u64::try_from(points).unwrap_or(0))
}

/// An amount of money, rounded to the smallest unit.
pub fn amount(amount: f64, currency: &str) -> String {
    format::money(amount.round() as i64, currency)
}

/// A line of the ledger.
pub fn line(entry: &Entry, program: &Program, speech: &Speech<'_>) -> String {
    let s = &speech.lang.strings().people;
    let Entry { kind, reference, note, amount, .. } = entry;
    match kind {
        Kind::Earn => {
            let said = earned(entry, program, speech);
            match amount {
                Some(amount) => format!("{said} · {}", format::money(*amount, &program.currency)),
                None => said,
            }
        }
        Kind::Streak => s.streak_bonus.to_owned(),
        Kind::Hold => fill(s.redeemed, &[reward(reference, program, speech)]),
        Kind::Capture if note.is_empty() => s.handed.to_owned(),
        Kind::Capture => fill(s.handed_code, &[note]),
        Kind::Void if note.is_empty() => s.back.to_owned(),
        Kind::Void => fill(s.back_why, &[note]),
        Kind::Expire => s.expired.to_owned(),
        Kind::Adjust => fill(s.by_you, &[note]),
        Kind::Ticket => fill(s.ticket, &[note, draw(reference, program, speech)]),
        Kind::Win => {
            let of = program.draws.iter().find(|draw| draw.name.as_str() == reference.as_str());
            let prize = of.and_then(|draw| draw.prizes.iter().find(|prize| prize.name.as_str() == note.as_str()));
            let prize = prize.map_or(note.as_str(), |prize| speech.text(&prize.label));
            fill(s.won, &[prize, draw(reference, program, speech)])
        }
        Kind::Refer if note.is_empty() => s.was_brought.to_owned(),
        Kind::Refer => s.brought.to_owned(),
        Kind::Tier if reference.is_empty() => s.tier_none.to_owned(),
        Kind::Tier => fill(s.tier_now, &[tier(reference, program, speech)]),
        Kind::MergedInto => s.merged_into.to_owned(),
        Kind::MergedFrom => s.merged_from.to_owned(),
    }
}

fn earned(entry: &Entry, program: &Program, speech: &Speech<'_>) -> String {
    let lang = speech.lang;
    if entry.amount.is_some() && !entry.note.is_empty() {
        return fill(lang.strings().people.order, &[&entry.note]);
    }
    let name = entry.reference.split('/').next().unwrap_or_default();
    let rule = program.rules.iter().find(|rule| rule.name.as_str() == name);
    rule.map_or_else(
        || name.to_owned(),
        |rule| match &rule.label {
            Some(label) => speech.text(label).to_owned(),
            None => say::trigger(say::word(&rule.when), &lang.strings().program).to_owned(),
        },
    )
}

/// The rule that stood in the way, for the owner: the rest of a sentence.
pub fn denied(denied: &Denied, lang: Lang) -> String {
    let s = &lang.strings().people;
    let day = |words: &str, day: String| fill(words, &[&day]);
    match denied {
        Denied::Paused => s.d_paused.to_owned(),
        Denied::Identify => s.d_identify.to_owned(),
        Denied::NothingEarns => s.d_nothing.to_owned(),
        Denied::NotYet { from } => day(s.d_not_yet, from.to_string()),
        Denied::Over { until } => day(s.d_over, until.to_string()),
        Denied::Today { .. } => s.d_today.to_owned(),
        Denied::Cap { until: Some(until) } => day(s.d_cap_until, until.day().to_string()),
        Denied::Cap { until: None } => s.d_cap.to_owned(),
        Denied::Cooldown { .. } => s.d_cooldown.to_owned(),
        Denied::Once => s.d_once.to_owned(),
        Denied::NotPassed { percent, pass } => fill(s.d_not_passed, &[&percent.to_string(), &pass.to_string()]),
        Denied::Incomplete => s.d_incomplete.to_owned(),
        Denied::NotBirthday => s.d_birthday.to_owned(),
        Denied::NotEnough { lacks } => fill(s.d_lacks, &[&points(*lacks)]),
        Denied::SoldOut => s.d_sold_out.to_owned(),
        Denied::Limit { times } => fill(s.d_limit, &[&times.to_string()]),
        Denied::Tier { tier } => fill(s.d_tier, &[tier.as_str()]),
        Denied::Merged => s.d_merged.to_owned(),
        Denied::TooMuch => s.d_too_much.to_owned(),
        _ => s.d_unknown.to_owned(),
    }
}

/// Why an adjustment was not made.
pub fn not_done(reason: &Denied, balance: i64, lang: Lang) -> String {
    let s = &lang.strings().people;
    match reason {
        Denied::NotEnough { lacks } => fill(s.below_zero, &[&points(balance), &points(*lacks)]),
        other => fill(s.not_done, &[&denied(other, lang)]),
    }
}

/// What somebody wanted.
pub fn act(word: &str, lang: Lang) -> &'static str {
    let s = &lang.strings().people;
    match word {
        "check_in" => s.act_check_in,
        "response" => s.act_response,
        "purchase" => s.act_purchase,
        "redeem" => s.act_redeem,
        "ticket" => s.act_ticket,
        "birthday" => s.act_birthday,
        "profile" => s.act_profile,
        _ => s.act_event,
    }
}
