//! Numbers and days, grouped so that they can be drawn.

use std::collections::BTreeMap;

use crate::decimal::Decimal;
use crate::metrics::bins::{Bin, bins, quantile};
use crate::report::cut::Series;
use crate::report::question::{Bar, Label, Shape};
use crate::report::sample::Sample;

/// One whole, in the ten-thousandths that a [`Decimal`] is made of.
const WHOLE: i64 = 10_000;

/// A month, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i64);

impl Month {
    /// Year and month, from 1 to 12.
    pub fn civil(self) -> (i64, u32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1)
    }

    /// Reads `2026-11`.
    fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.rsplit_once('-')?;
        Some(Self(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()? - 1))
    }
}

/// The numbers that were given; nothing to draw where none were counted.
pub fn numbers<'a>(values: &BTreeMap<&str, Series>) -> Shape<'a> {
    let counts = counted(values, |text| Some(text.parse::<Decimal>().ok()?.ten_thousandths()));
    let at = |share| quantile(&counts, share).and_then(Decimal::from_ten_thousandths);
    let (Some(low), Some(median), Some(high)) = (at(0.25), at(0.5), at(0.75)) else { return Shape::Open };
    let whole = counts.iter().all(|(value, _)| value % WHOLE == 0);
    // No finer than the counts are: two digits of the greatest number that is no tail.
    let greatest = [0.05, 0.95].map(|share| quantile(&counts, share).map_or(0, i64::abs));
    let finest = Decimal::precision(greatest.into_iter().max().unwrap_or(0)).max(if whole { WHOLE } else { 1 });
    let widths = (0..17).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)));
    let label = |bin: &Bin| Label::Numbers {
        from: bin.from.and_then(Decimal::from_ten_thousandths),
        to: bin.below.map(|below| if whole { below - WHOLE } else { below }).and_then(Decimal::from_ten_thousandths),
    };
    let bars = bars(bins(&counts, widths.filter(|width| *width >= finest)), label);
    Shape::Numbers { bars, median, half: (low, high) }
}

/// The days that were given, by month or more.
pub fn days<'a>(values: &BTreeMap<&str, Series>) -> Shape<'a> {
    let counts = counted(values, |text| Month::parse(text).map(|month| month.0));
    let label = |bin: &Bin| Label::Months { from: bin.from.map(Month), to: bin.below.map(|below| Month(below - 1)) };
    let bars = bars(bins(&counts, [1, 3, 12, 60, 120, 1_200, 12_000]), label);
    if bars.is_empty() { Shape::Open } else { Shape::Days(bars) }
}

fn counted(values: &BTreeMap<&str, Series>, read: impl Fn(&str) -> Option<i64>) -> Vec<(i64, u64)> {
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for (text, series) in values.iter().filter(|(_, series)| series.now() > 0) {
        if let Some(value) = read(text) {
            *counts.entry(value).or_default() += series.now();
        }
    }
    counts.into_iter().collect()
}

fn bars<'a>(bins: Vec<Bin>, label: impl Fn(&Bin) -> Label<'a>) -> Vec<Bar<'a>> {
    let of = bins.iter().map(|bin| bin.count).sum();
    bins.iter().map(|bin| Bar { label: label(bin), share: Sample::share(bin.count, of) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Name;
    use crate::report::cut::Cut;
    use crate::report::period::Period;
    use crate::summary::{Slot, Summary};
    use crate::time::Day;

    /// What is drawn of these values: from, to and count of each bar.
    fn drawn(values: &[(&str, i64)], shape: fn(&BTreeMap<&str, Series>) -> Shape<'static>) -> String {
        let mut summary = Summary::empty();
        for (value, count) in values {
            let (day, widget) = (Day(9), Name::parse("w").unwrap());
            summary.add(Slot { day, widget, version: 1, variant: None, key: format!("q/x/{value}") }, *count);
        }
        let cut = Cut::new(&summary, Period::ending(Day(9), 7), true);
        let end = |end: Option<String>| end.unwrap_or_default();
        let month = |month: Month| format!("{}-{}", month.civil().0, month.civil().1);
        let bar = |bar: &Bar<'_>| match bar.label {
            Label::Numbers { from, to } => {
                let (from, to) = (from.map(|n| n.to_string()), to.map(|n| n.to_string()));
                format!("{}..{}: {}", end(from), end(to), bar.share.hits())
            }
            Label::Months { from, to } => {
                format!("{}..{}: {}", end(from.map(month)), end(to.map(month)), bar.share.hits())
            }
            other => panic!("{other:?}"),
        };
        match shape(&cut.below("q/x/", |_| true)) {
            Shape::Numbers { bars, median, half: (low, high) } => {
                format!("{} | {median} {low}-{high}", bars.iter().map(bar).collect::<Vec<_>>().join(", "))
            }
            Shape::Days(bars) => bars.iter().map(bar).collect::<Vec<_>>().join(", "),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_grouped_no_finer_than_they_were_counted() {
        assert_eq!(drawn(&[("3", 2), ("5", 1), ("-1", 0)], numbers), "3..3: 2, 4..4: 0, 5..5: 1 | 3 3-5");
        assert_eq!(drawn(&[("0.5", 1), ("0.9", 1)], numbers).split('|').next().unwrap().matches(": 1").count(), 2);
        let large = drawn(&[("100", 1), ("110", 1), ("120", 1)], numbers);
        assert_eq!(large, "100..109: 1, 110..119: 1, 120..129: 1 | 110 100-120");
        assert_eq!(drawn(&[], numbers), "Open");
        assert_eq!(drawn(&[("yes", 3)], numbers), "Open");
    }

    #[test]
    fn days_are_grouped_by_month_or_more() {
        assert_eq!(drawn(&[("2026-12", 2), ("2027-01", 1)], days), "2026-12..2026-12: 2, 2027-1..2027-1: 1");
        assert_eq!(drawn(&[("2026-02", 2), ("2027-01", 1)], days).split(", ").next(), Some("2026-1..2026-3: 2"));
        assert_eq!(drawn(&[], days), "Open");
    }
}
