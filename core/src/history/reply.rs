//! One person's answer to one question.

use super::mood::Mood;
use super::person::Person;
use super::rng::Rng;
use super::season::Trouble;
use super::words::{Theme, Words};
use crate::answer::{Answer, Answers};
use crate::decimal::Decimal;
use crate::model::question::{Choice, Input, Question};
use crate::name::Name;
use crate::time::Day;

/// What `person` answers, if anything.
pub fn reply(
    question: &Question,
    person: &Person,
    mood: Mood,
    so_far: &Answers,
    today: Day,
    rng: &mut Rng,
) -> Option<Answer> {
    let willing = question.required || rng.chance(willing(question));
    match &question.input {
        // A box is ticked or not; either is an answer.
        Input::Consent { .. } => Some(Answer::Consent(willing)),
        _ if !willing => None,
        Input::Scale { min, max, look, measures, .. } => {
            Some(Answer::Scale(mood.point(*min, *max, *measures, *look, rng)))
        }
        Input::Choice { options, other, max, .. } => Some(choice(question, options, *other, *max, person, mood, rng)),
        Input::Text { .. } => text(theme(question, mood, so_far)?, person, rng).map(Answer::Text),
        Input::Email => Some(Answer::Text(address(rng))),
        Input::Number { .. } => Some(Answer::Number(Decimal::from(1 + rng.below(5) * rng.below(4)))),
        Input::Date { .. } => Some(Answer::Date(today.plus(7 + rng.below(240) as i32))),
        Input::Ranking { options } => Some(Answer::Ranking(order(question, options, rng))),
        Input::Matrix { rows, columns } => Some(Answer::Matrix(matrix(rows, columns, mood, rng))),
        Input::Info { .. } => None,
    }
}

/// In a thousand people who may leave it open, how many answer.
fn willing(question: &Question) -> u32 {
    match (&question.input, question.name.as_str()) {
        (Input::Text { .. }, "why") => 170,
        (Input::Text { .. }, "better" | "wish") => 380,
        (Input::Text { .. }, "loved") => 420,
        (Input::Text { .. }, _) => 620,
        (Input::Email, _) => 330,
        (Input::Consent { .. }, _) => 550,
        (Input::Number { .. } | Input::Date { .. }, _) => 760,
        _ => 880,
    }
}

/// What a text is about.
fn theme(question: &Question, mood: Mood, so_far: &Answers) -> Option<Theme> {
    let cross = match mood {
        Mood::Cross(Some(Trouble::LostDesigns)) => Theme::LostDesign,
        Mood::Cross(Some(Trouble::SoftPaper)) => Theme::SoftPaper,
        _ => Theme::Complaint,
    };
    let topic = match so_far.get("topic") {
        Some(Answer::Choice { chosen, .. }) => chosen.first().map(Name::as_str),
        _ => None,
    };
    Some(match (question.name.as_str(), topic) {
        ("loved", _) | ("message", Some("praise")) => Theme::Praise,
        ("better" | "wish" | "gift_wish", _) | ("message", Some("idea")) => Theme::Wish,
        ("message", Some("problem")) if cross == Theme::Complaint => Theme::Rough,
        ("message", Some("problem")) => cross,
        ("message", _) => Theme::Question,
        ("missing" | "disappointed" | "repair", _) => cross,
        ("lacking" | "sought", _) => Theme::Sought,
        ("pay_with", _) => Theme::Payment,
        ("why", _) if mood == Mood::Happy => Theme::Smooth,
        ("why", _) => Theme::Rough,
        _ => return None,
    })
}

/// A line, or two that do not say the same.
fn text(theme: Theme, person: &Person, rng: &mut Rng) -> Option<String> {
    let words = Words::of(person.language);
    let lines = words.on(theme);
    let first = *rng.pick(lines)?;
    let second = *rng.pick(lines)?;
    let sentences = !matches!(theme, Theme::Sought | Theme::Payment | Theme::Use | Theme::Reason);
    if sentences && first != second && rng.chance(340) {
        Some([first, second].join(words.joint))
    } else {
        Some(first.to_owned())
    }
}

fn choice(
    question: &Question,
    options: &[Choice],
    other: bool,
    max: u32,
    person: &Person,
    mood: Mood,
    rng: &mut Rng,
) -> Answer {
    let own = if other && rng.chance(90) {
        let theme = match question.name.as_str() {
            "uses" => Theme::Use,
            "stopped" => Theme::Reason,
            _ => Theme::Rough,
        };
        text(theme, person, rng)
    } else {
        None
    };
    // Somebody who is cross reports a problem, whatever else might be liked.
    let fixed = match mood {
        Mood::Cross(_) if question.name.as_str() == "topic" => Some("problem"),
        _ => None,
    };
    let mut chosen: Vec<Name> = Vec::new();
    let several = if max > 1 { 1 + rng.below(max.min(3)) } else { 1 };
    let wanted = if own.is_some() && max == 1 { 0 } else { several - u32::from(own.is_some() && several > 1) };
    for _ in 0..wanted {
        let weights: Vec<u32> = options.iter().map(|option| liking(question, option)).collect();
        let drawn = options.get(rng.weighted(&weights));
        let taken = options.iter().find(|option| Some(option.name.as_str()) == fixed).or(drawn);
        if let Some(option) = taken.filter(|option| !chosen.contains(&option.name)) {
            chosen.push(option.name.clone());
        }
    }
    // In the question's order, as a form sends them.
    chosen.sort_by_key(|name| options.iter().position(|option| option.name == *name));
    Answer::Choice { chosen, other: own }
}

/// How much an option is liked: the same for everybody, different from option to option (FNV-1a of the names).
fn liking(question: &Question, option: &Choice) -> u32 {
    let bytes = question.name.as_str().bytes().chain(option.name.as_str().bytes());
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    20 + hash % 80
}

/// Favourites tend to come first.
fn order(question: &Question, options: &[Choice], rng: &mut Rng) -> Vec<Name> {
    let mut left: Vec<&Choice> = options.iter().collect();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let weights: Vec<u32> = left.iter().map(|option| liking(question, option)).collect();
        ordered.push(left.remove(rng.weighted(&weights)).name.clone());
    }
    ordered
}

fn matrix(rows: &[Choice], columns: &[Choice], mood: Mood, rng: &mut Rng) -> Vec<(Name, Name)> {
    let weights: &[u32] = match mood {
        Mood::Cross(_) => &[40, 35, 20, 5],
        Mood::Fair => &[5, 30, 50, 15],
        Mood::Happy => &[1, 8, 36, 55],
    };
    let mut cells = Vec::new();
    for row in rows {
        if let Some(column) = columns.get(rng.weighted(weights))
            && rng.chance(940)
        {
            cells.push((row.name.clone(), column.name.clone()));
        }
    }
    cells
}

fn address(rng: &mut Rng) -> String {
    const NAMES: [&str; 12] =
        ["ada", "mei", "jonas", "leila", "tom", "ines", "yuki", "carla", "sam", "rosa", "omar", "hanne"];
    const HOSTS: [&str; 3] = ["example.com", "example.org", "example.net"];
    let name = rng.pick(&NAMES).copied().unwrap_or("ada");
    let host = rng.pick(&HOSTS).copied().unwrap_or("example.com");
    format!("{name}{}@{host}", rng.below(90) + 10)
}
