//! A site with long ledgers is taken in by the page, in pieces; and a connection that wants to hear of points alone, by hand.

use std::io::Write;

use anyhow::{Context, Result};
use rapport_tests::outside::Answer;
use rapport_tests::people::{Life, keep, now, program, rebuild};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::dashboard::enter;

/// What the owner sees of every member: balance, lines, tier, chain.
async fn members(site: &Site<'_>) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    for n in 0..6 {
        let member = site.product().api(Method::GET, &format!("sites/{}/members/c-{n}", site.id), None).await?;
        all.push(json!([member["standing"], member["chain"], member["id"]]));
    }
    Ok(all)
}

#[test]
fn a_site_with_long_ledgers_goes_in_pieces() {
    browse(async |browser| {
        let from = Product::start().await?;
        let site = from.site(&[widgets::nps()]).await?;
        site.programme(|_| {}).await?;
        let rules = program(&site).await?;
        let life = |n: i64| Life::buys(&format!("Ada {n}"), &format!("c-{n}"), 1_000, (700, 2 + n, 1));
        let pasts = (0..6).map(|n| life(n).lived(&rules, now())).collect::<Result<Vec<_>>>()?;
        keep(&from, &site.id, &pasts)?;
        rebuild(&site).await?;
        let request = from.client().get(format!("{}/api/v1/sites/{}/export", from.url(), site.id));
        let file = request.bearer_auth(OWNER_KEY).send().await?.bytes().await?;
        // More than two pieces of 200,000 bytes, as the page cuts them.
        assert!(file.len() > 200_000, "{} bytes", file.len());
        let path = std::env::temp_dir().join(format!("rapport-{}.ndjson", site.id));
        std::fs::File::create(&path)?.write_all(&file)?;

        let to = Product::shared().await?;
        let empty = to.site(&[]).await?;
        enter(browser, to).await?;
        browser.open(&format!("{}/dashboard/s/{}/settings/data", to.url(), empty.id)).await?;
        browser.find("#site-file").await?.send_keys(path.to_string_lossy()).await?;
        browser.click("form[data-file=take] button").await?;
        browser.reads("#taken", "responses taken in").await?;
        assert_eq!(members(&empty).await?, members(&site).await?);
        std::fs::remove_file(path)?;
        Ok(())
    });
}

#[test]
fn a_program_hears_of_many_points_alone() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        site.programme(|_| {}).await?;
        product.outside.answer("points.shop.example", [Answer::body("ok")]);
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}/settings/connect", product.url(), site.id)).await?;
        browser.click(".empty a").await?;
        // What will be sent is there to be read, made by what sends it.
        browser.script::<()>("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[]).await?;
        let samples: Vec<String> = browser
            .script("return [...document.querySelectorAll('pre.sample')].map((one) => one.textContent);", &[])
            .await?;
        assert_eq!(samples.len(), 5, "one of each kind");
        for sample in &samples {
            let told: Value = serde_json::from_str(sample)?;
            assert!(told["type"].as_str().is_some_and(|kind| kind.starts_with("loyalty.")), "{sample}");
        }
        browser.assert_accessible("", &[]).await?;

        browser.fill("#address", "https://points.shop.example/hook").await?;
        browser.fill("#name", "Points").await?;
        browser
            .script::<()>(
                "for (const box of document.querySelectorAll('input[name=events]')) box.checked = box.value === 'loyalty.earned';",
                &[],
            )
            .await?;
        browser.expect_complaint("422");
        browser.fill("#points", "many").await?;
        browser.click("main form button.main").await?;
        browser.reads("#problems", "whole number").await?;
        assert_eq!(browser.ask::<String>("#points", "it.value").await?, "many");
        browser.script::<()>("document.getElementById('points').value = '';", &[]).await?;
        browser.fill("#points", "50").await?;
        browser.click("main form button.main").await?;
        browser.reads("main", "whsec_").await?;

        for (order, amount) in [("1001", 4_900), ("1002", 6_000), ("1003", 1_000)] {
            site.told_of("c-7", &json!({ "type": "purchase", "order": order, "amount": amount })).await?;
        }
        eventually("one of three", async || Ok(product.outside.sent("points.shop.example").len() == 1)).await?;
        let sent = product.outside.sent("points.shop.example").pop().context("nothing was sent")?;
        let told: Value = serde_json::from_str(&sent.body)?;
        assert_eq!((&told["type"], &told["data"]["entry"]["note"]), (&json!("loyalty.earned"), &json!("1002")));
        Ok(())
    });
}
