//! The way from the object to KV, with KV failing in every way it can.

use rapport_local::{Effect, Fault, Operation};
use rapport_tests::torture::{plan::RATE, world};
use rapport_tests::wait::wait_within;
use rapport_tests::widgets;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

use crate::own;
use crate::wire::{count, deliver, id, id_at, now, nps, past, post, response, settled};

#[test]
fn kv_down_loses_nothing() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        // The configuration goes to KV, too, and is not what this counts.
        settled(&site).await?;
        product.cloud.kv.fail(Fault::new(Effect::Status(503)).on(Operation::Write));
        for point in 0..11 {
            deliver(&site, &nps(&id(), point)).await?;
        }
        assert!(site.responses()?.is_empty());
        let status = site.status().await?;
        assert_eq!(status["pending"], 11);
        product.cloud.kv.heal();
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 11);
        assert_eq!(count(&site, "completed").await?, 11);
        Ok(())
    });
}

#[test]
fn kv_that_does_it_and_says_it_failed_is_asked_again_and_holds_it_once() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        product.cloud.kv.fail(Fault::new(Effect::ApplyThenStatus(500)).on(Operation::Write).prefix("r/").times(2));
        let id = id();
        deliver(&site, &nps(&id, 7)).await?;
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 1);
        assert_eq!(count(&site, "q/nps/7").await?, 1);
        Ok(())
    });
}

/// One go sends 120 values; the alarm that stands by for a crash is a quarter of a minute away.
#[test]
fn what_one_go_leaves_of_a_crowd_does_not_wait_for_the_next_visitor() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        let all: Vec<Value> = (0..250).map(|n| past(&site, n)).collect();
        product.api(Method::POST, &format!("sites/{}/import", site.id), Some(&json!({ "responses": all }))).await?;
        wait_within(Duration::from_secs(10), "all of it in KV", async || {
            Ok((site.responses()?.len() == all.len()).then_some(()))
        })
        .await
    });
}

#[test]
fn a_throttled_kv_is_left_alone_for_a_while() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        product.cloud.kv.fail(Fault::new(Effect::Status(429)).on(Operation::Write));
        product.cloud.kv.reset_counts();
        deliver(&site, &nps(&id(), 7)).await?;
        rapport_tests::eventually("a hold", async || Ok(site.status().await?["hold"].is_i64())).await?;
        for _ in 0..20 {
            deliver(&site, &nps(&id(), 7)).await?;
        }
        let writes = product.cloud.kv.counts().writes;
        assert!(writes <= 12, "{writes} writes to a throttled KV");
        product.cloud.kv.heal();
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 21);
        Ok(())
    });
}

#[test]
fn a_value_that_kv_never_takes_is_parked_and_holds_up_nobody() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        let poison = id();
        let day = rapport_day();
        product.cloud.kv.fail(
            Fault::new(Effect::Status(413)).on(Operation::Write).prefix(&format!("r/{}/{day}/{poison}", site.id)),
        );
        deliver(&site, &nps(&poison, 1)).await?;
        deliver(&site, &nps(&id(), 2)).await?;
        rapport_tests::eventually("the healthy one in KV", async || Ok(site.responses()?.len() == 1)).await?;
        assert_eq!(site.status().await?["pending"], json!(1), "the poisoned one is tried again later");
        Ok(())
    });
}

/// Today in UTC, as keys write it.
fn rapport_day() -> String {
    rapport_core::time::Timestamp(crate::wire::now()).day().to_string()
}

#[test]
fn whoever_comes_after_a_restart_pushes_nothing_back() {
    crate::finish(rapport_tests::stage::run(async {
        // Half a day before midnight, which is longer than this test waits.
        const DAY_MS: i64 = 86_400_000;
        let noon = now() - now().rem_euclid(DAY_MS) + DAY_MS / 2;
        let clock = rapport_local::Clock::starting(noon, RATE);
        let mut product = world::product(clock).await?;
        let name = product.site(&[widgets::nps()]).await?.id;
        let half = response(&id_at(clock.now()), 1, "nps", false, json!([["nps", "3"]]));
        deliver(&product.known_site(&name), &half).await?;
        // The object forgets which alarm is set, and the first thing that it hears of is done with at midnight.
        product.cloud.workerd.kill().await?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        let beacon = json!({ "v": 1, "views": [{ "widget": "nps", "version": 1, "moments": ["seen"] }] });
        anyhow::ensure!(post(&site, &beacon).await?.status() == 204);
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 1, "half an hour later it is in KV");
        Ok(())
    }));
}
