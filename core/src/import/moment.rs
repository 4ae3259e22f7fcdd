//! Moments as other programs write them.

use crate::time::{Day, Timestamp};

/// How a file writes its moments, where the writing itself leaves it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Whether `3/4/2026` is the third of April.
    pub day_first: bool,
    /// Minutes by which the file's clock is ahead of UTC.
    pub ahead: i32,
}

/// Reads `2026-11-22T15:04:05Z`, `2026-11-22 15:04:05 +0100`, `2026/11/22 3:04:05 PM GMT+1`, `11/22/2026 15:04`,
/// `22.11.2026`, `Nov 22, 2026 3:04 PM`, or seconds or milliseconds since 1970.
pub fn parse(text: &str, clock: Clock) -> Option<Timestamp> {
    let text = text.trim();
    if let (9..=13, Ok(number)) = (text.len(), text.parse::<i64>()) {
        return Some(Timestamp(if text.len() > 10 { number } else { number * 1_000 }));
    }
    let (numbers, words) = parts(text)?;
    let named = words.iter().find_map(|word| month(word));
    let (day, rest) = match (named, numbers.as_slice()) {
        (Some(month), [day @ 1..=31, year, rest @ ..]) => (civil(*year, month, *day)?, rest),
        (None, [year @ 1_000..=9_999, month, day, rest @ ..]) => (civil(*year, *month, *day)?, rest),
        (None, [a, b, year, rest @ ..]) => {
            let (day, month) = if (clock.day_first && *b <= 12) || *a > 12 { (*a, *b) } else { (*b, *a) };
            (civil(if *year < 100 { 2_000 + *year } else { *year }, month, day)?, rest)
        }
        _ => return None,
    };
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let (hour, minute, second) = match rest {
        [] => (0, 0, 0),
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second, ..] => (*hour, *minute, *second),
        [_] => return None,
    };
    let hour = match (hour, has("am") || has("上午"), has("pm") || has("下午")) {
        (12, true, _) => 0,
        (hour @ 1..=11, _, true) => hour + 12,
        (hour, ..) => hour,
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let ahead = zone(text).unwrap_or(if has("z") || has("utc") || has("gmt") { 0 } else { clock.ahead });
    let seconds = i64::from(hour * 3_600 + minute * 60 + second) - i64::from(ahead) * 60;
    Some(day.start().plus_ms(seconds * 1_000))
}

/// Whether moments written like this one tell day and month apart, and which comes first.
pub fn day_first(text: &str) -> Option<bool> {
    match parts(text.trim())?.0.as_slice() {
        [1_000..=9_999, ..] => None,
        [a, b, _, ..] if *a > 12 && *b <= 12 => Some(true),
        [a, b, _, ..] if *a <= 12 && *b > 12 => Some(false),
        _ => None,
    }
}

/// The numbers before any zone, and the words in lower case. Fractions of seconds are left out.
fn parts(text: &str) -> Option<(Vec<i32>, Vec<String>)> {
    if text.len() > 64 {
        return None;
    }
    let (mut numbers, mut words): (Vec<i32>, Vec<String>) = (Vec::new(), Vec::new());
    let body = &text.get(..zone_at(text).unwrap_or(text.len()))?;
    for token in tokens(body) {
        match token.chars().next() {
            Some('0'..='9') if numbers.len() < 6 => numbers.push(token.parse().ok()?),
            Some(first) if first.is_alphabetic() => words.push(token.to_lowercase()),
            _ => {}
        }
    }
    Some((numbers, words))
}

fn tokens(text: &str) -> Vec<&str> {
    let kind = |char: char| (char.is_ascii_digit(), char.is_alphabetic());
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, char) in text.char_indices() {
        if before.is_some_and(|before| before != kind(char)) {
            tokens.extend(text.get(start..at));
            start = at;
        }
        before = Some(kind(char));
    }
    tokens.extend(text.get(start..));
    tokens
}

/// Where `+01:00` or `GMT-5` begins: a sign behind a time of day.
fn zone_at(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    text.get(colon..)?.find(['+', '-']).map(|at| colon + at)
}

fn zone(text: &str) -> Option<i32> {
    let zone = text.get(zone_at(text)?..)?;
    let (sign, digits) = zone.split_at_checked(1)?;
    let digits: String = digits.chars().take_while(|char| char.is_ascii_digit() || *char == ':').collect();
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) => (hours, minutes),
        (None, 4) => digits.split_at_checked(2)?,
        (None, _) => (digits.as_str(), "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    let minutes = hours * 60 + minutes;
    Some(if sign == "-" { -minutes } else { minutes })
}

fn month(word: &str) -> Option<i32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let found = MONTHS.iter().position(|month| word.starts_with(month))?;
    i32::try_from(found + 1).ok()
}

fn civil(year: i32, month: i32, day: i32) -> Option<Day> {
    let (m, d) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let found = Day::from_civil((1_900..=2_200).contains(&year).then_some(year)?, m, d);
    (found.civil() == (year, m, d)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::moment;
    use proptest::prelude::*;

    #[test]
    fn what_others_write() {
        let (us, eu) = (Clock::default(), Clock { day_first: true, ahead: 60 });
        for (text, clock, expected) in [
            ("2026-11-22T15:04:05Z", us, "2026-11-22T15:04:05Z"),
            ("2026-11-22T15:04:05.123+01:00", us, "2026-11-22T14:04:05Z"),
            ("2026-11-22 15:04:05 +0530", us, "2026-11-22T09:34:05Z"),
            ("2026-11-22 15:04:05", us, "2026-11-22T15:04:05Z"),
            ("2026-11-22 15:04:05", eu, "2026-11-22T14:04:05Z"),
            ("2026-11-22 15:04:05 UTC", eu, "2026-11-22T15:04:05Z"),
            ("2026/11/22 3:04:05 PM GMT+1", us, "2026-11-22T14:04:05Z"),
            ("2026/11/22 12:04:05 AM GMT-5", us, "2026-11-22T05:04:05Z"),
            ("11/22/2026 15:04:05", us, "2026-11-22T15:04:05Z"),
            ("11/22/2026 03:04:05 PM", us, "2026-11-22T15:04:05Z"),
            ("22/11/2026 15:04", us, "2026-11-22T15:04:00Z"),
            ("3/4/26 1:02", us, "2026-03-04T01:02:00Z"),
            ("3/4/2026", eu, "2026-04-02T23:00:00Z"),
            // A zone that is none: the file's own clock.
            ("2026-11-22 10:01-00112026026", us, "2026-11-22T10:01:00Z"),
            ("22.11.2026", us, "2026-11-22T00:00:00Z"),
            ("Nov 22, 2026 3:04 PM", us, "2026-11-22T15:04:00Z"),
            ("22 November 2026", us, "2026-11-22T00:00:00Z"),
            ("1645557742", us, "2022-02-22T19:22:22Z"),
            ("1645557742000", us, "2022-02-22T19:22:22Z"),
        ] {
            assert_eq!(parse(text, clock).map(moment).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "2026-02-30", "13/13/2026", "2026-11-22 25:00", "1/2", "99999-01-01", "0"] {
            assert_eq!(parse(text, us), None, "{text}");
        }
    }

    #[test]
    fn day_or_month_first() {
        for (text, expected) in
            [("22/11/2026", Some(true)), ("11/22/2026", Some(false)), ("3/4/2026", None), ("2026-11-22", None)]
        {
            assert_eq!(day_first(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", digits in "[0-9/:. +-]{0,30}", day_first: bool, ahead in -900..900) {
            for text in [text, digits] {
                let _ = (parse(&text, Clock { day_first, ahead }), super::day_first(&text));
            }
        }
    }
}
