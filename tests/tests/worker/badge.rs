//! The public badge, and the health of it all.

use rapport_tests::widgets;
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{deliver, id, response};

#[test]
fn the_badge_tells_rate_interval_and_number_of_answers() {
    shared(async |product| {
        let site = product.site_with(&json!({ "public_badge": true }), &[widgets::csat()]).await?;
        let url = format!("{}/badge/{}/csat", product.url(), site.id);
        let few = product.client().get(format!("{url}.svg")).send().await?;
        assert_eq!(few.headers()["content-type"], "image/svg+xml");
        assert!(few.text().await?.contains("not enough answers yet"));
        for index in 0..20 {
            let point = if index < 18 { "5" } else { "2" };
            deliver(&site, &response(&id(), 1, "csat", true, json!([["csat", point]]))).await?;
        }
        let badge = product.client().get(format!("{url}.json")).send().await?.json::<Value>().await?;
        assert_eq!((&badge["n"], &badge["rate"]), (&json!(20), &json!(0.9)));
        // Wilson, 18 of 20.
        assert!(
            (badge["low"].as_f64().unwrap() - 0.699).abs() < 0.001
                && (badge["high"].as_f64().unwrap() - 0.972).abs() < 0.001
        );
        assert!(
            product
                .client()
                .get(format!("{url}.svg"))
                .send()
                .await?
                .text()
                .await?
                .contains("90 % satisfied (70–97 %, n = 20)")
        );
        Ok(())
    });
}

#[test]
fn a_badge_that_is_not_public_is_not_there() {
    shared(async |product| {
        let site = product.site(&[widgets::csat()]).await?;
        let url = format!("{}/badge/{}/csat.svg", product.url(), site.id);
        assert_eq!(product.client().get(url).send().await?.status(), 404);
        Ok(())
    });
}

#[test]
fn health() {
    shared(async |product| {
        let answer = product.client().get(format!("{}/healthz", product.url())).send().await?;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.json::<Value>().await?, json!({ "ok": true, "objects": true, "kv": true, "key": true }));
        Ok(())
    });
}
