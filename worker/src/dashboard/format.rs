//! Figures, days and moments as they are written. Digits, minus signs and percent are the same in both languages;
//! only dates and units differ.

use rapport_core::report::{Bucket, Estimate, Month, Unit};
use rapport_core::time::{Day, Timestamp};

use crate::dashboard::lang::Lang;

/// A count with its thousands set apart: `12,345`.
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `£20,898.50`, of an amount in the currency's smallest unit.
pub fn money(amount: i64, currency: &str) -> String {
    rapport_core::loyalty::money::shown(amount, currency, count)
}

/// The same of what was counted up to `most` and no further: `1,000+`.
pub fn up_to(n: u64, most: u64) -> String {
    if n < most { count(n) } else { format!("{}+", count(most)) }
}

/// The figure's value, no finer than its interval: with a decimal only where that decimal means something.
pub fn value(estimate: &Estimate, unit: Unit) -> String {
    exact(estimate.value, unit, finer(estimate, unit))
}

/// Both ends of the interval.
pub fn ends(estimate: &Estimate, unit: Unit) -> (String, String) {
    let finer = finer(estimate, unit);
    (exact(estimate.low, unit, finer), exact(estimate.high, unit, finer))
}

/// A difference between two figures, with its sign, without its unit: percentage points or points of the score.
pub fn difference(by: f64, unit: Unit) -> String {
    let points = match unit {
        Unit::Share => by * 100.0,
        Unit::Score => by,
    };
    let decimals = usize::from(points.abs() < 3.0);
    signed(points, decimals)
}

/// A share in percent, whole.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A number with one decimal.
pub fn decimal(number: f64) -> String {
    format!("{number:.1}").replace('-', "−")
}

/// A length of time in milliseconds: `8 s`, `2 min 5 s`.
pub fn duration(ms: f64, lang: Lang) -> String {
    let seconds = (ms / 1_000.0).round().max(0.0) as u64;
    let (second, minute) = (lang.strings().ago.second, lang.strings().ago.minute);
    match (seconds / 60, seconds % 60) {
        (0, _) if ms < 10_000.0 => format!("{:.1} {second}", ms / 1_000.0),
        (0, seconds) => format!("{seconds} {second}"),
        (minutes, 0) => format!("{minutes} {minute}"),
        (minutes, seconds) => format!("{minutes} {minute} {seconds} {second}"),
    }
}

/// `22 Nov` or `11月22日`.
pub fn day(day: Day, lang: Lang) -> String {
    let (_, month, date) = day.civil();
    match lang {
        Lang::En => format!("{date} {}", month_name(month)),
        Lang::ZhCn => format!("{month}月{date}日"),
    }
}

/// `22 Nov 2026` or `2026年11月22日`.
pub fn full_day(day: Day, lang: Lang) -> String {
    let (year, month, date) = day.civil();
    match lang {
        Lang::En => format!("{date} {} {year}", month_name(month)),
        Lang::ZhCn => format!("{year}年{month}月{date}日"),
    }
}

/// `26 Oct – 22 Nov 2026`; the year once where it is the same.
pub fn days(first: Day, last: Day, lang: Lang) -> String {
    if first == last {
        return full_day(last, lang);
    }
    let same_year = first.civil().0 == last.civil().0;
    match lang {
        Lang::En if same_year => format!("{} – {}", day(first, lang), full_day(last, lang)),
        Lang::ZhCn if same_year => format!("{}至{}", full_day(first, lang), day(last, lang)),
        Lang::En => format!("{} – {}", full_day(first, lang), full_day(last, lang)),
        Lang::ZhCn => format!("{}至{}", full_day(first, lang), full_day(last, lang)),
    }
}

/// `Dec 2026`, `Oct – Dec 2026`, `2026` or `2026 – 2030`: whole years without their months.
pub fn months(first: Month, last: Month, lang: Lang) -> String {
    let ((first_year, first_month), (last_year, last_month)) = (first.civil(), last.civil());
    let whole = (first_month, last_month) == (1, 12);
    let to = |first: String, last: String| match lang {
        Lang::En => format!("{first} – {last}"),
        Lang::ZhCn => format!("{first}至{last}"),
    };
    let year = |year: i64| match lang {
        Lang::En => year.to_string(),
        Lang::ZhCn => format!("{year}年"),
    };
    let month = |of: i64, month: u32| match lang {
        Lang::En => format!("{} {of}", month_name(month)),
        Lang::ZhCn => format!("{of}年{month}月"),
    };
    match (whole, first_year == last_year) {
        (true, true) => year(last_year),
        (true, false) => to(year(first_year), year(last_year)),
        (false, _) if first == last => month(last_year, last_month),
        (false, true) => match lang {
            Lang::En => to(month_name(first_month).to_owned(), month(last_year, last_month)),
            Lang::ZhCn => to(month(first_year, first_month), format!("{last_month}月")),
        },
        (false, false) => to(month(first_year, first_month), month(last_year, last_month)),
    }
}

/// An end of a chart's scale.
pub fn tick(value: f64, unit: Unit) -> String {
    exact(value, unit, false)
}

/// The days of one point of a trend.
pub fn bucket(bucket: Bucket, lang: Lang) -> String {
    if bucket.first == bucket.last {
        return day(bucket.last, lang);
    }
    match lang {
        Lang::En => format!("{} – {}", day(bucket.first, lang), day(bucket.last, lang)),
        Lang::ZhCn => format!("{}至{}", day(bucket.first, lang), day(bucket.last, lang)),
    }
}

/// `2026-11-22 14:03 UTC`.
pub fn moment(at: Timestamp) -> String {
    let (hour, minute) = clock(at);
    format!("{} {hour:02}:{minute:02} UTC", at.day())
}

/// `2026-11-22T14:03:00Z`, for `datetime` attributes.
pub fn machine_moment(at: Timestamp) -> String {
    let (hour, minute) = clock(at);
    let second = at.0.div_euclid(1_000).rem_euclid(60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", at.day())
}

/// How long ago, in the largest whole unit up to days; older than a week, the day itself.
pub fn ago(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let seconds = (now.0 - at.0).div_euclid(1_000).max(0);
    let words = &lang.strings().ago;
    match seconds {
        0..60 => words.now.to_owned(),
        60..3_600 => (words.minutes)(seconds / 60),
        3_600..86_400 => (words.hours)(seconds / 3_600),
        86_400..604_800 => (words.days)(seconds / 86_400),
        _ => full_day(at.day(), lang),
    }
}

/// The same of a moment of which the hour is known, by where that begins.
pub fn ago_by_hour(hour: Timestamp, now: Timestamp, lang: Lang) -> String {
    if now.0 - hour.0 < 2 * 3_600_000 { lang.strings().ago.lately.to_owned() } else { ago(hour, now, lang) }
}

fn clock(at: Timestamp) -> (i64, i64) {
    let minutes = at.0.div_euclid(60_000);
    (minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60))
}

/// Whether the interval is less than three points wide.
fn finer(estimate: &Estimate, unit: Unit) -> bool {
    let width = estimate.high - estimate.low;
    match unit {
        Unit::Share => width < 0.03,
        Unit::Score => width < 3.0,
    }
}

fn exact(value: f64, unit: Unit, finer: bool) -> String {
    let decimals = usize::from(finer);
    match unit {
        // None and all are exact.
        Unit::Share if value <= 0.0 || value >= 1.0 => format!("{:.0}%", value * 100.0),
        Unit::Share => format!("{:.decimals$}%", value * 100.0),
        Unit::Score => signed(value, decimals),
    }
}

/// With a sign that is a minus and not a hyphen; zero has none.
fn signed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    if digits.bytes().all(|byte| byte == b'0' || byte == b'.') {
        return digits;
    }
    format!("{}{digits}", if value < 0.0 { '−' } else { '+' })
}

const fn month_name(month: u32) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { value, low, high, of: 100 }
    }

    #[test]
    fn no_decimal_that_the_interval_does_not_carry() {
        assert_eq!(value(&estimate(0.7234, 0.61, 0.81), Unit::Share), "72%");
        assert_eq!(value(&estimate(0.7234, 0.71, 0.735), Unit::Share), "72.3%");
        assert_eq!(value(&estimate(42.4, 31.0, 53.0), Unit::Score), "+42");
        assert_eq!(value(&estimate(-8.26, -9.0, -7.5), Unit::Score), "−8.3");
        assert_eq!(value(&estimate(-0.2, -31.0, 30.0), Unit::Score), "0");
        assert_eq!(ends(&estimate(1.0, 0.5655, 1.0), Unit::Share), ("57%".to_owned(), "100%".to_owned()));
        assert_eq!(difference(-0.081, Unit::Share), "−8");
        assert_eq!(difference(0.012, Unit::Share), "+1.2");
    }

    #[test]
    fn counts_days_and_moments_read_naturally() {
        assert_eq!(
            ["0", "999", "1,000", "1,234,567"],
            [0, 999, 1_000, 1_234_567].map(count).each_ref().map(String::as_str)
        );
        let (first, last) = (Day::parse("2026-10-26").unwrap(), Day::parse("2026-11-22").unwrap());
        assert_eq!(days(first, last, Lang::En), "26 Oct – 22 Nov 2026");
        assert_eq!(days(first, last, Lang::ZhCn), "2026年10月26日至11月22日");
        let at = last.start().plus_ms((14 * 60 + 3) * 60_000 + 9_000);
        assert_eq!(moment(at), "2026-11-22 14:03 UTC");
        assert_eq!(machine_moment(at), "2026-11-22T14:03:09Z");
        assert_eq!(ago(at, at.plus_ms(59_000), Lang::En), "just now");
        assert_eq!(ago(at, at.plus_ms(61_000), Lang::En), "1 minute ago");
        assert_eq!(ago(at, at.plus_ms(7_200_000), Lang::ZhCn), "2 小时前");
        assert_eq!(ago(at, at.plus_ms(30 * 86_400_000), Lang::En), "22 Nov 2026");
    }
}
