//! What there is to choose from in the filter: taken from what came lately, so that it costs the same however much there is, and
//! nothing that was erased is offered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values of one list.
const OFFERED: usize = 60;
/// A trait with more values than this is most likely an id: only those that came more than once are offered.
const FEW: usize = 12;

/// Values that there are, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facets {
    pub languages: Vec<String>,
    pub countries: Vec<String>,
    /// `trait=value`.
    pub segments: Vec<String>,
    pub tags: Vec<String>,
}

/// The most frequent of `values`; of equally frequent ones the first in the alphabet comes first.
pub fn offer(values: impl IntoIterator<Item = String>) -> Vec<String> {
    rank(count(values))
}

/// The same of traits, each `name=value`.
pub fn offer_segments(values: impl IntoIterator<Item = String>) -> Vec<String> {
    let counts = count(values);
    let name = |segment: &str| segment.split_once('=').map_or_else(String::new, |(name, _)| name.to_owned());
    let sorts = count(counts.keys().map(|segment| name(segment)));
    let known = |segment: &str, n: i64| {
        n > 1 || sorts.get(&name(segment)).is_none_or(|values| usize::try_from(*values).is_ok_and(|n| n <= FEW))
    };
    rank(counts.into_iter().filter(|(segment, n)| known(segment, *n)).collect())
}

fn count(values: impl IntoIterator<Item = String>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for value in values.into_iter().filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn rank(counts: BTreeMap<String, i64>) -> Vec<String> {
    let mut ranked: Vec<(String, i64)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, n)| -n);
    ranked.truncate(OFFERED);
    ranked.into_iter().map(|(value, _)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first_and_ids_are_left_out() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(offer(words("fr de  de en fr de")), ["de", "fr", "en"]);
        assert_eq!(offer((0..100).map(|n| n.to_string())).len(), OFFERED);
        let ids = (0..40).map(|n| format!("user={n}"));
        let segments = ids.chain(words("plan=pro plan=free user=7 plan=pro"));
        assert_eq!(offer_segments(segments), ["plan=pro", "user=7", "plan=free"]);
    }
}
