//! What a response costs of what the free plan counts. What it costs in time, `cargo xtask bench` tells.

use anyhow::Context;
use rapport_local::Settings;
use rapport_tests::delivery::view;
use rapport_tests::{Product, eventually, stage, widgets};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wire::{deliver, id, nps, past, settled};
use crate::{finish, own};

#[test]
fn one_kv_write_and_few_rows_for_each_response() {
    own(async |product| {
        const ANSWERS: u64 = 100;
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        // The first ones create what the others find.
        for _ in 0..20 {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        settled(&site).await?;
        product.cloud.kv.reset_counts();
        let rows = site.status().await?["rows_written"].as_u64().unwrap();
        for _ in 0..ANSWERS {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        settled(&site).await?;
        assert_eq!(product.cloud.kv.counts().writes, ANSWERS);
        let rows = site.status().await?["rows_written"].as_u64().unwrap() - rows;
        // 100,000 a day are free; alarms, which are a row each too, come on top. Index, counts, outbox, tally and activity, then
        // the inbox with its index of what is new, and now and then the meter.
        assert!(rows <= ANSWERS * 8 + 10, "{rows} rows");
        Ok(())
    });
}

#[test]
fn one_row_and_no_kv_write_for_each_view() {
    own(async |product| {
        const VIEWS: u64 = 100;
        let site = product.site(&[widgets::nps()]).await?;
        let beacon = view("nps", &["seen", "dismissed"]);
        // The first one creates what the others find.
        site.deliver(&beacon).await?;
        settled(&site).await?;
        product.cloud.kv.reset_counts();
        let rows = site.status().await?["rows_written"].as_u64().unwrap();
        for _ in 0..VIEWS {
            site.deliver(&beacon).await?;
        }
        let rows = site.status().await?["rows_written"].as_u64().unwrap() - rows;
        assert_eq!(product.cloud.kv.counts().writes, 0);
        // Now and then the meter.
        assert!(rows <= VIEWS + 10, "{rows} rows");
        Ok(())
    });
}

/// What the objects have asked of the runtime so far, as `counted.js` tells it.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Counted {
    calls: u64,
    statements: u64,
    set: u64,
    rang: u64,
}

impl Counted {
    fn of(product: &Product) -> anyhow::Result<Self> {
        let log = product.cloud.workerd.log();
        let last = log.iter().rev().find_map(|line| line.split_once("COUNTED "));
        Ok(serde_json::from_str(last.context("nothing was counted")?.1.trim())?)
    }
}

/// An alarm is three rows and looks through all tables; requests of an object are billed each. With a quiet KV all of it is the same
/// in every run, but for how many values the outbox takes at once.
#[test]
fn one_call_few_statements_and_hardly_an_alarm_for_each_response_and_view() {
    finish(stage::run(async {
        const EACH: u64 = 60;
        let module = include_str!("counted.js").to_owned();
        let product = Product::start_with(|settings| Settings { around: Some(module), ..settings }).await?;
        let site = product.site(&[widgets::nps()]).await?;
        for _ in 0..5 {
            deliver(&site, &nps(&id(), 9)).await?;
            site.deliver(&view("nps", &["seen"])).await?;
        }
        settled(&site).await?;
        let began = std::time::Instant::now();
        let before = Counted::of(&product)?;
        for _ in 0..EACH {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        let between = Counted::of(&product)?;
        for _ in 0..EACH {
            site.deliver(&view("nps", &["seen"])).await?;
        }
        let after = Counted::of(&product)?;
        assert_eq!(between.calls - before.calls, EACH, "calls of objects for responses");
        assert_eq!(after.calls - between.calls, EACH, "calls of objects for views");
        // Alarms come by the clock: one a quarter of a minute while there are answers.
        let spans = 1 + began.elapsed().as_secs() / 15;
        assert!(after.rang - before.rang <= 2 * spans, "{before:?} {after:?}");
        assert!(after.set - before.set <= 4 * spans, "{before:?} {after:?}");
        // An alarm's own statements are some forty.
        let rung = 50 * (1 + after.rang - before.rang + after.set - before.set);
        let (responses, views) = (between.statements - before.statements, after.statements - between.statements);
        assert!(responses <= 16 * EACH + rung, "{responses} statements for responses, {before:?} {between:?}");
        assert!(views <= 3 * EACH + rung, "{views} statements for views, {between:?} {after:?}");
        Ok(())
    }));
}

#[test]
fn a_look_reads_what_it_shows_however_much_there_is() {
    own(async |product| {
        const MANY: i64 = 1_000;
        let site = product.site(&[widgets::nps()]).await?;
        let all: Vec<Value> = (0..MANY).map(|n| past(&site, n)).collect();
        for some in all.chunks(500) {
            let path = format!("sites/{}/import", site.id);
            product.api(Method::POST, &path, Some(&json!({ "responses": some }))).await?;
        }
        eventually("an empty queue", async || {
            let found = product.api(Method::GET, &format!("sites/{}/inbox?limit=1", site.id), None).await?;
            Ok(site.status().await?["pending"] == 0 && found["unindexed"] == 0)
        })
        .await?;
        let read = async || -> anyhow::Result<u64> { Ok(site.status().await?["rows_read"].as_u64().unwrap_or(0)) };
        let (before, after) = (read().await?, read().await?);
        let own = after - before;
        let overview = site.overview().await?;
        assert_eq!(overview["activity"]["month"], MANY);
        let rows = read().await? - after - own;
        assert!(rows < 200, "{rows} rows for an overview");
        for (query, most) in
            [("limit=50", 300), ("status=new&limit=50", 400), ("limit=50&country=XX", 2 * MANY as u64 + 300)]
        {
            let before = read().await?;
            product.api(Method::GET, &format!("sites/{}/inbox?{query}", site.id), None).await?;
            let rows = read().await? - before - own;
            assert!(rows < most, "{rows} rows for {query}");
        }
        // Nor does an object that is made anew look at all that it has.
        let id = site.id.clone();
        product.cloud.workerd.restart().await?;
        let site = product.known_site(&id);
        let read = async || -> anyhow::Result<u64> { Ok(site.status().await?["rows_read"].as_u64().unwrap_or(0)) };
        site.overview().await?;
        let (first, second) = (read().await?, read().await?);
        let rows = first - (second - first);
        assert!(rows < 300, "{rows} rows for an overview of an object that wakes");
        Ok(())
    });
}
