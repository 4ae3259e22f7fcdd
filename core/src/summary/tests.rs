use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn slot() -> impl Strategy<Value = Slot> {
    (0..3i32, "[ab]", 1..3u32, proptest::option::of("[xy]"), "(seen|started|q/nps/[0-9])").prop_map(
        |(day, widget, version, variant, key)| Slot {
            day: Day(day),
            widget: Name::parse(&widget).unwrap(),
            version,
            variant: variant.map(|variant| Name::parse(&variant).unwrap()),
            key,
        },
    )
}

fn summary() -> impl Strategy<Value = Summary> {
    proptest::collection::vec((slot(), -3..4i64), 0..12).prop_map(|counts| {
        let mut summary = Summary::empty();
        counts.into_iter().for_each(|(slot, count)| summary.add(slot, count));
        summary
    })
}

/// Deliveries of three responses, in several revisions, even contradictory ones.
fn delivery() -> impl Strategy<Value = (u8, Counted)> {
    let keys = proptest::collection::vec("(seen|started|completed|q/nps/[0-9])", 0..4);
    (0..3u8, 1..4u32, any::<bool>(), keys, "[ab]").prop_map(|(id, revision, complete, mut keys, widget)| {
        keys.sort();
        keys.dedup();
        let widget = Name::parse(&widget).unwrap();
        (id, Counted { revision, complete, keys, day: Day(i32::from(id)), widget, version: 1, variant: None })
    })
}

fn live(deliveries: &[(u8, Counted)]) -> (BTreeMap<u8, Counted>, Summary) {
    let (mut index, mut counts) = (BTreeMap::new(), Summary::empty());
    for (id, new) in deliveries {
        if let Some(delta) = apply(index.get(id), new) {
            counts = counts.merge(delta);
            index.insert(*id, new.clone());
        }
    }
    (index, counts)
}

proptest! {
    #[test]
    fn merging_is_a_commutative_monoid(a in summary(), b in summary(), c in summary()) {
        prop_assert_eq!(a.clone().merge(b.clone()), b.clone().merge(a.clone()));
        prop_assert_eq!(a.clone().merge(b.clone()).merge(c.clone()), a.clone().merge(b.merge(c)));
        prop_assert_eq!(a.clone().merge(Summary::empty()), a.clone());
        prop_assert_eq!(Summary::empty().merge(a.clone()), a);
    }

    /// Any multiset and order of deliveries gives the same counts.
    #[test]
    fn order_and_repetition_do_not_count(
        (once, shuffled) in proptest::collection::vec(delivery(), 0..12).prop_flat_map(|deliveries| {
            let twice: Vec<_> = deliveries.iter().chain(&deliveries).cloned().collect();
            (Just(deliveries), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(live(&once), live(&shuffled));
    }

    /// Counting again what is kept gives what was counted as it came.
    #[test]
    fn rebuild_equals_live(deliveries in proptest::collection::vec(delivery(), 0..20)) {
        let (index, counts) = live(&deliveries);
        let mut rebuilt = Summary::empty();
        index.values().for_each(|counted| counted.add_to(&mut rebuilt, 1));
        prop_assert_eq!(&rebuilt, &counts);
        prop_assert!(counts.iter().all(|(_, count)| count > 0));
    }

    /// Erasing every response leaves the counts as if none had ever come.
    #[test]
    fn erasure_leaves_nothing(deliveries in proptest::collection::vec(delivery(), 0..20)) {
        let (index, mut counts) = live(&deliveries);
        index.values().for_each(|counted| counted.add_to(&mut counts, -1));
        prop_assert_eq!(counts, Summary::empty());
    }

    /// However responses are spread over shards, the merged counts are the same.
    #[test]
    fn shards_add_up(deliveries in proptest::collection::vec(delivery(), 0..20), shards in 1..4u8) {
        let parts = (0..shards).map(|shard| {
            let own: Vec<_> = deliveries.iter().filter(|(id, _)| id % shards == shard).cloned().collect();
            live(&own).1
        });
        prop_assert_eq!(parts.fold(Summary::empty(), Summary::merge), live(&deliveries).1);
    }
}
