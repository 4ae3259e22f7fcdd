//! What a response costs of what the free plan counts. What it costs in time, `cargo xtask measure` tells.

use rapport_tests::widgets;

use crate::own;
use crate::wire::{deliver, id, nps, settled};

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
