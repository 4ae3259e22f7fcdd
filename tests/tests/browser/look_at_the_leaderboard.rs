//! The leaderboard: on it is who asked to be, and nobody whom the owner took off.

use anyhow::Result;
use rapport_tests::{Product, Site, browse};
use serde_json::{Value, json};

use crate::dashboard::enter;

fn leaderboard() -> Value {
    json!({ "name": "board", "kind": "leaderboard", "label": "Leaderboard", "questions": [], "placement": { "type": "inline" } })
}

async fn member(site: &Site<'_>, key: &str, (id, name, spent): (&str, &str, u32), board: bool) -> Result<()> {
    site.told_of(id, &json!({ "type": "purchase", "order": format!("o-{id}"), "amount": spent })).await?;
    let act = rapport_tests::delivery::fresh_id();
    let body = json!({ "id": act, "token": site.token(id, key)?, "name": name, "board": board });
    let product = site.product();
    let request = product.client().post(format!("{}/me/{}/profile", product.url(), site.id));
    let request = request.header("origin", product.host.origin()).header("content-type", "text/plain");
    anyhow::ensure!(request.body(body.to_string()).send().await?.status().is_success());
    Ok(())
}

#[test]
fn only_who_asked_is_on_it_and_the_owner_can_take_a_name_off() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[leaderboard()]).await?;
        let page = site.page("<rapport-widget name=board></rapport-widget>");
        site.programme(|program| program["leaderboard"] = json!(true)).await?;
        let key = site.signer().await?;
        member(&site, &key, ("anna", "Anna <b>", 90_00), true).await?;
        member(&site, &key, ("ben", "Ben", 50_00), true).await?;
        member(&site, &key, ("cleo", "Cleo", 70_00), false).await?;
        browser.open(&page).await?;
        browser.reads("ol.board li:first-child", "Anna <b>").await?;
        browser.reads("ol.board li:last-child", "Ben").await?;
        assert_eq!(browser.count("ol.board li").await?, 2, "Cleo did not ask");
        browser.assert_accessible("rapport-widget", &[]).await?;
        // Its own page needs no scripts.
        browser.allow_scripts(false).await?;
        browser.open(&format!("{}/f/{}/board", product.url(), site.id)).await?;
        let shown = browser.text("ol.board").await?;
        assert!(shown.contains("Anna <b>") && shown.contains("Ben") && !shown.contains("Cleo"), "{shown}");
        browser.allow_scripts(true).await?;

        enter(browser, product).await?;
        let owner = format!("{}/dashboard/s/{}/loyalty/leaderboard", product.url(), site.id);
        browser.open(&owner).await?;
        browser.reads("tbody tr:first-child", "Anna <b>").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click("tbody tr:first-child button").await?;
        browser.reads(".notice", "Taken off").await?;
        browser.reads("#removed + div", "Anna <b>").await?;
        browser.assert_accessible("", &[]).await?;
        browser.forget_cache().await?;
        browser.open(&page).await?;
        browser.reads("ol.board li:first-child", "Ben").await?;
        browser.open(&format!("{owner}?lang=zh-CN")).await?;
        browser.click("#removed + div button").await?;
        browser.reads(".notice", "已恢复").await?;
        Ok(())
    });
}
