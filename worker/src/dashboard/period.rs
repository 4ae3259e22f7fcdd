//! Choosing the days that a report is about: `?days=7`, 28 or 90, or `?from=2026-10-01&to=2026-10-31`.

use maud::{Markup, html};
use rapport_core::report::Period;
use rapport_core::time::Day;

use crate::dashboard::format;
use crate::dashboard::lang::Lang;

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The last days up to today.
    Last(i32),
    /// From one day to another.
    Between(Day, Day),
}

/// The lengths on offer.
const LENGTHS: [i32; 3] = [7, 28, 90];

impl Choice {
    /// Reads the parameters; what makes no period means the default of 28 days.
    pub fn parse(days: Option<&str>, from: Option<&str>, to: Option<&str>, today: Day) -> Self {
        let custom = from.and_then(Day::parse).zip(to.and_then(Day::parse)).and_then(|(from, to)| {
            let to = to.min(today);
            Period::between(from, to).map(|_| Self::Between(from, to))
        });
        let last = days.and_then(|days| days.parse().ok()).filter(|days| LENGTHS.contains(days)).map(Self::Last);
        custom.or(last).unwrap_or(Self::Last(28))
    }

    /// The days themselves.
    pub fn period(self, today: Day) -> Period {
        let last = |days| Period::ending(today, days);
        match self {
            Self::Last(days) => last(days),
            Self::Between(from, to) => Period::between(from, to).unwrap_or_else(|| last(28)),
        }
    }

    /// The address of `path` for this choice, with or without the responses in doubt.
    pub fn link(self, path: &str, doubted: bool) -> String {
        let doubt = if doubted { "" } else { "&doubt=out" };
        match self {
            Self::Last(days) => format!("{path}?days={days}{doubt}"),
            Self::Between(from, to) => format!("{path}?from={from}&to={to}{doubt}"),
        }
    }
}

/// The choice as links and, for other days, as a form.
pub fn form(path: &str, choice: Choice, period: Period, doubted: bool, lang: Lang) -> Markup {
    let s = &lang.strings().period;
    let custom = matches!(choice, Choice::Between(..));
    html! {
        nav.segments aria-label=(s.label) {
            ul {
                @for days in LENGTHS {
                    li { a href=(Choice::Last(days).link(path, doubted)) aria-current=[(choice == Choice::Last(days)).then_some("true")] { ((s.days)(days)) } }
                }
            }
            details.custom {
                summary aria-current=[custom.then_some("true")] { (s.custom) }
                form.card.stack method="get" action=(path) {
                    @if !doubted { input type="hidden" name="doubt" value="out"; }
                    div.field {
                        label for="from" { (s.from) }
                        input #from type="date" name="from" required value=(period.first());
                    }
                    div.field {
                        label for="to" { (s.to) }
                        input #to type="date" name="to" required value=(period.last());
                    }
                    button.button.main type="submit" { (lang.strings().show) }
                }
            }
        }
    }
}

/// The period and what it is compared with.
pub fn words(period: Period, lang: Lang) -> String {
    let previous = period.previous();
    let (now, before) =
        (format::days(period.first(), period.last(), lang), format::days(previous.first(), previous.last(), lang));
    (lang.strings().period.compared)(&now, &before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_make_no_period_mean_the_last_28_days() {
        let today = Day::parse("2026-11-22").unwrap();
        let custom = |from, to| Choice::Between(Day::parse(from).unwrap(), Day::parse(to).unwrap());
        for (days, from, to, expected) in [
            (None, None, None, Choice::Last(28)),
            (Some("90"), None, None, Choice::Last(90)),
            (Some("91"), None, None, Choice::Last(28)),
            (Some("x"), Some("2026-10-01"), Some("2026-10-31"), custom("2026-10-01", "2026-10-31")),
            (None, Some("2026-11-01"), Some("2027-11-01"), custom("2026-11-01", "2026-11-22")),
            (Some("7"), Some("2026-10-31"), Some("2026-10-01"), Choice::Last(7)),
            (None, Some("0001-01-01"), Some("2026-10-01"), Choice::Last(28)),
            (None, Some("2026-10-01"), None, Choice::Last(28)),
        ] {
            assert_eq!(Choice::parse(days, from, to, today), expected, "{days:?} {from:?} {to:?}");
        }
    }
}
