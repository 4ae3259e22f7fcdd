//! Values in groups of equal width, so that they can be drawn.

use std::collections::BTreeMap;

/// The most groups between the tails.
const MOST: i64 = 10;
/// What lies beyond these shares is a tail: one value far off must not press all others into one group.
const TAILS: (f64, f64) = (0.05, 0.95);

/// So many values from `from` on and below `below`; a tail has one end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    pub from: Option<i64>,
    pub below: Option<i64>,
    pub count: u64,
}

/// The value below or at which `share` (0 to 1) of all values lie; none if nothing was counted. `counts` are values and
/// how often each occurred, in ascending order.
pub fn quantile(counts: &[(i64, u64)], share: f64) -> Option<i64> {
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let wanted = (share.clamp(0.0, 1.0) * total as f64).ceil().max(1.0) as u64;
    let reached = counts.iter().scan(0, |sum, (value, count)| {
        *sum += count;
        Some((*value, *sum))
    });
    reached.into_iter().find(|(_, sum)| *sum >= wanted).map(|(value, _)| value)
}

/// The groups, lowest first, empty ones between them included: as wide as the first of `widths` with which there are few
/// enough. `counts` are in ascending order, `widths` too.
pub fn bins(counts: &[(i64, u64)], widths: impl IntoIterator<Item = i64>) -> Vec<Bin> {
    let ends = quantile(counts, TAILS.0).zip(quantile(counts, TAILS.1));
    let fits = ends.and_then(|(low, high)| {
        let groups = |width: i64| Some((width, low.checked_div_euclid(width)?, high.checked_div_euclid(width)?));
        widths.into_iter().filter_map(groups).find(|(_, first, last)| last - first < MOST)
    });
    let Some((width, first, last)) = fits else { return Vec::new() };
    let mut groups: BTreeMap<i64, u64> = (first..=last).map(|group| (group, 0)).collect();
    for (value, count) in counts {
        *groups.entry(value.div_euclid(width).clamp(first - 1, last + 1)).or_default() += count;
    }
    groups
        .into_iter()
        .map(|(group, count)| Bin {
            from: (group >= first).then_some(group * width),
            below: (group <= last).then_some((group + 1) * width),
            count,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bin(from: i64, below: i64, count: u64) -> Bin {
        Bin { from: Some(from), below: Some(below), count }
    }

    #[test]
    fn groups_of_equal_width() {
        assert_eq!(bins(&[], [1, 10]), []);
        assert_eq!(bins(&[(4, 2), (6, 1)], [1, 10]), [bin(4, 5, 2), bin(5, 6, 0), bin(6, 7, 1)]);
        assert_eq!(bins(&[(-3, 1), (25, 1)], [1, 10]), [bin(-10, 0, 1), bin(0, 10, 0), bin(10, 20, 0), bin(20, 30, 1)]);
        assert_eq!(bins(&[(0, 1), (1_000, 1)], [1, 10]), [], "no width is wide enough");
    }

    #[test]
    fn one_value_far_off_is_a_tail() {
        let far = bins(&[(1, 30), (2, 30), (1_000_000, 1)], [1, 10]);
        assert_eq!(far, [bin(1, 2, 30), bin(2, 3, 30), Bin { from: Some(3), below: None, count: 1 }]);
    }

    #[test]
    fn quantiles_are_values_that_occurred() {
        let counts = [(1, 1), (5, 2), (9, 1)];
        assert_eq!([0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&counts, share)), [1, 1, 5, 5, 9].map(Some));
        assert_eq!(quantile(&[], 0.5), None);
    }

    proptest! {
        #[test]
        fn every_value_is_in_one_group(values in proptest::collection::btree_map(-10_000..10_000i64, 1..9u64, 1..40)) {
            let counts: Vec<(i64, u64)> = values.into_iter().collect();
            let bins = bins(&counts, [1, 10, 100, 1_000, 10_000]);
            prop_assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), counts.iter().map(|(_, n)| n).sum::<u64>());
            prop_assert!(bins.len() as i64 <= MOST + 2);
            prop_assert!(bins.windows(2).all(|pair| pair[0].below == pair[1].from));
        }
    }
}
