//! Hooks about loyalty: what arrives at the other end, once, and only what was asked for.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rapport_core::loyalty::chain;
use rapport_core::loyalty::entry::Entry;
use rapport_tests::{Product, Site, wait_for, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::ledger::{done, give, redeem};
use crate::shared;

/// A site whose members climb at 600 points and can have one of four mugs.
async fn climbing(product: &Product) -> Result<Site<'_>> {
    let site = product.site(&[widgets::nps()]).await?;
    let text = json!({ "type": "text", "text": "Thank you" });
    let tier = |name: &str, from: u32| json!({ "name": name, "label": name, "color": "#777777", "from": from });
    let program = json!({
        "name": "Club", "currency": "EUR",
        "rules": [{ "name": "order", "when": { "type": "purchase", "per": 100 }, "points": 1 }],
        "tiers": [tier("bronze", 0), tier("silver", 600)],
        "rewards": [{ "name": "mug", "label": "A mug", "gives": text, "cost": 10, "stock": 4 }],
    });
    let path = format!("sites/{}/loyalty", site.id);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(site)
}

async fn hook(site: &Site<'_>, host: &str, events: &[&str], only: Value) -> Result<()> {
    let hook = json!({ "name": "Shop", "address": format!("https://{host}/loyalty"), "events": events, "only": only });
    site.product().api(Method::POST, &format!("sites/{}/hooks", site.id), Some(&hook)).await?;
    Ok(())
}

/// What has arrived at `host`, each kind with its bodies in the order of their ledger's lines.
fn arrived(product: &Product, host: &str) -> Result<BTreeMap<String, Vec<Value>>> {
    let mut all = BTreeMap::<String, Vec<Value>>::new();
    for sent in product.outside.sent(host) {
        let body: Value = serde_json::from_str(&sent.body)?;
        let kind = body["type"].as_str().context("a type")?.to_owned();
        all.entry(kind).or_default().push(body["data"].clone());
    }
    for bodies in all.values_mut() {
        bodies.sort_by_key(|data| data["entry"]["seq"].as_u64().or(data["left"].as_u64()));
    }
    Ok(all)
}

async fn purchase(site: &Site<'_>, member: &str, order: &str, amount: u64) -> Result<Value> {
    let event = json!({ "type": "purchase", "order": order, "amount": amount });
    site.product().api(Method::POST, &format!("sites/{}/members/{member}/events", site.id), Some(&event)).await
}

#[test]
fn hooks_hear_of_points_tiers_rewards_and_stocks_once() {
    shared(async |product| {
        let site = climbing(product).await?;
        let (whole, large) = ("all.loyal.example", "large.loyal.example");
        let events = ["loyalty.earned", "loyalty.tier_changed", "loyalty.redeemed", "loyalty.stock_low"];
        hook(&site, whole, &events, json!({})).await?;
        hook(&site, large, &["loyalty.earned"], json!({ "points": 100 })).await?;
        for _ in 0..3 {
            purchase(&site, "c-9", "1001", 60_000).await?;
            purchase(&site, "c-9", "1002", 5_000).await?;
            done(&site, "c-9", "o:mug", redeem("mug")).await?;
        }
        for n in 0..3 {
            done(&site, "c-10", &format!("o:give:{n}"), give(10)).await?;
            done(&site, "c-10", &format!("o:mug:{n}"), redeem("mug")).await?;
        }
        // Two purchases, both members' first tier and the second of one, four mugs, three left and none left.
        let expected =
            [("loyalty.earned", 2), ("loyalty.redeemed", 4), ("loyalty.stock_low", 2), ("loyalty.tier_changed", 3)];
        let expected: BTreeMap<String, usize> = expected.map(|(kind, n)| (kind.to_owned(), n)).into();
        let told = wait_for("all of them", async || {
            let told = arrived(product, whole)?;
            let counts: BTreeMap<_, _> = told.iter().map(|(kind, all)| (kind.clone(), all.len())).collect();
            Ok((counts == expected).then_some(told))
        })
        .await?;
        let earned = &told["loyalty.earned"][0];
        let entry: Entry = serde_json::from_value(earned["entry"].clone())?;
        assert_eq!((entry.delta, entry.amount, entry.note.as_str()), (600, Some(60_000), "1001"));
        assert_eq!(entry.hash.len(), chain::ROOT.len());
        assert_eq!((&earned["member"]["external"], &earned["site"]["id"]), (&json!("c-9"), &json!(site.id)));
        let climbed = &told["loyalty.tier_changed"];
        assert!(climbed.iter().any(|data| data["entry"]["reference"] == "silver"), "{climbed:?}");
        let left: Vec<_> = told["loyalty.stock_low"].iter().map(|data| (&data["left"], &data["of"])).collect();
        assert_eq!(left, [(&json!(0), &json!(4)), (&json!(3), &json!(4))]);
        assert_eq!(told["loyalty.stock_low"][0]["reward"], json!({ "name": "mug", "label": "A mug" }));
        // Of the two purchases only one brought a hundred points at once.
        let large = wait_for("the large one", async || Ok(arrived(product, large)?.remove("loyalty.earned"))).await?;
        assert_eq!(large.iter().map(|data| &data["entry"]["delta"]).collect::<Vec<_>>(), [&json!(600)]);
        Ok(())
    });
}
