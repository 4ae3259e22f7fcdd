//! Views that come faster than the site's object answers go together, and each is counted.

use futures_util::future::try_join_all;
use rapport_local::Settings;
use rapport_tests::delivery::view;
use rapport_tests::{Product, eventually, stage, widgets};

use crate::finish;
use crate::wire::{count, deliver, id, nps};

#[test]
fn a_crowds_views_share_calls_and_all_are_counted() {
    finish(stage::run(async {
        const VIEWS: i64 = 300;
        let module = include_str!("counted.js").to_owned();
        let product = Product::start_with(|settings| Settings { around: Some(module), ..settings }).await?;
        let site = product.site(&[widgets::nps()]).await?;
        let calls = || {
            let log = product.cloud.workerd.log();
            let last = log.iter().rev().find_map(|line| line.split_once("\"calls\":"));
            last.and_then(|(_, rest)| rest.split(',').next()?.parse::<i64>().ok()).unwrap_or(0)
        };
        // One by one, each is in the counts once it is answered.
        for seen in 1..=3 {
            site.deliver(&view("nps", &["seen"])).await?;
            assert_eq!(count(&site, "seen").await?, seen);
        }
        let before = calls();
        let beacon = view("nps", &["seen", "dismissed"]);
        try_join_all((0..VIEWS).map(|_| site.deliver(&beacon))).await?;
        // Who answers, or has begun to, is told apart from others, and waits for nobody.
        deliver(&site, &nps(&id(), 9)).await?;
        eventually("every view to be counted", async || Ok(count(&site, "seen").await? == VIEWS + 4)).await?;
        assert_eq!(count(&site, "dismissed").await?, VIEWS);
        let calls = calls() - before;
        assert!(calls < VIEWS / 2, "{calls} calls of objects for {VIEWS} views");
        Ok(())
    }));
}
