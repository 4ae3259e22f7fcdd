//! A little of `cargo xtask torture` in every run of the suites: the same trials, smaller.

use rapport_tests::stage;
use rapport_tests::torture::{crash, disk, seeds, storms};

use crate::finish;

#[test]
fn whatever_a_seed_brings_what_was_acknowledged_is_in_kv_once_and_counted_once() {
    finish(stage::run(async {
        let tally = seeds::world(&[3, 5, 8, 13, 21, 34]).await?;
        assert!(tally.failed.is_empty(), "{:#?}", tally.failed);
        assert!(tally.acknowledged > 30, "{tally:?}");
        Ok(())
    }));
}

#[test]
fn the_power_may_go_at_any_point() {
    finish(stage::run(async {
        let cuts = crash::matrix(7, 8).await?;
        assert!(cuts.answers > 0, "{cuts:?}");
        Ok(())
    }));
}

#[test]
fn the_power_may_go_while_tables_are_made() {
    finish(stage::run(async { crash::tables().await.map(drop) }));
}

#[test]
fn panics_of_one_object_harm_nobody_else_and_nothing_that_was_acknowledged() {
    finish(stage::run(async { storms::panics(1).await.map(drop) }));
}

#[test]
fn half_an_hour_without_kv_costs_nothing_but_patience() {
    finish(stage::run(async {
        let (tried, took) = storms::outage().await?;
        // Every second at first, then each time twice as late, up to five minutes; six abreast.
        assert!(tried <= 150, "{tried} writes to a KV that fails");
        assert!(took.as_secs() < 900, "{took:?} until KV had everything");
        Ok(())
    }));
}

#[test]
fn a_used_up_quota_waits_for_midnight() {
    finish(stage::run(async {
        let vain = storms::quota().await?;
        assert!(vain <= 6, "{vain} writes in vain");
        Ok(())
    }));
}

#[test]
fn the_disk_of_an_older_release_is_taken_over() {
    finish(stage::run(async { disk::take_over().await.map(drop) }));
}

#[test]
fn a_value_that_kv_never_takes_is_told_and_mended_by_an_audit() {
    finish(stage::run(storms::poison()));
}
