//! Members on the dashboard: finding one, giving and taking points, and what all of them come to.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::people::{keep, lives, now, program, rebuild};
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::dashboard::enter;

/// A shop with twenty-four members, who have lived.
async fn shop(product: &Product) -> Result<Site<'_>> {
    let site = product.site(&[widgets::nps()]).await?;
    let text = json!({ "type": "text", "text": "Thank you" });
    let tier = |name: &str, from: u32| json!({ "name": name, "label": name, "color": "#777777", "from": from });
    let rules = json!({
        "name": "Club", "currency": "EUR", "cost_of_100": 100,
        "rules": [{ "name": "order", "when": { "type": "purchase", "per": 100 }, "points": 1 }],
        "tiers": [tier("bronze", 0), tier("silver", 400)],
        "rewards": [{ "name": "mug", "label": "A mug", "gives": text, "cost": 10 }],
    });
    let path = format!("sites/{}/loyalty", site.id);
    product.api(Method::PUT, &path, Some(&rules)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    let rules = program(&site).await?;
    let pasts = lives().iter().map(|life| life.lived(&rules, now())).collect::<Result<Vec<_>>>()?;
    keep(product, &site.id, &pasts)?;
    rebuild(&site).await?;
    Ok(site)
}

async fn open(browser: &Browser, site: &Site<'_>, rest: &str) -> Result<()> {
    browser.open(&format!("{}/dashboard/s/{}{rest}", site.product().url(), site.id)).await
}

async fn member(site: &Site<'_>, external: &str) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/members/{external}", site.id), None).await
}

#[test]
fn a_member_is_found_and_adjusted_by_keyboard_and_the_adjustment_taken_back() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = shop(product).await?;
        enter(browser, product).await?;
        open(browser, &site, "/loyalty/members").await?;
        browser.reads("h1", "24").await?;
        browser.assert_accessible("", &[]).await?;
        browser.tab_to("input[q]").await?;
        browser.keys("dan 17").await?;
        browser.keys(key::ENTER).await?;
        eventually("one is left", async || Ok(browser.count("tbody tr").await? == 1)).await?;
        browser.reads("tbody th", "Dan 17").await?;
        for stop in ["input[q]", "div", "a"] {
            browser.tab_to(stop).await?;
        }
        browser.keys(key::ENTER).await?;
        browser.reads("h1", "Dan 17").await?;
        browser.reads(".verified", "is whole").await?;
        browser.reads("[aria-labelledby=risk]", "Too few").await?;
        browser.assert_accessible("", &[]).await?;

        browser.tab_to("input[delta]").await?;
        browser.keys("-4").await?;
        browser.tab_to("input[why]").await?;
        browser.keys("Sent back a sock").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".notice", "4 points taken").await?;
        browser.reads("[aria-labelledby=standing] .value", "6").await?;
        browser.reads(".ledger tbody tr", "By you: Sent back a sock").await?;
        browser.assert_accessible("", &[]).await?;
        browser.tab_to("button[do]").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".notice", "Undone").await?;
        browser.reads("[aria-labelledby=standing] .value", "10").await?;
        browser.reads(".ledger tbody tr", "Undone: Sent back a sock").await?;

        browser.expect_complaint("422");
        // Below zero nobody is taken, and what was typed stays.
        browser.fill("#delta", "-11").await?;
        browser.fill("#why", "Too much").await?;
        browser.keys(key::ENTER).await?;
        browser.reads("#problems", "never goes below zero. Lacking: 1").await?;
        assert_eq!(browser.ask::<String>("#why", "it.value").await?, "Too much");
        browser.assert_accessible("", &[]).await?;
        assert_eq!(member(&site, "c-17").await?["standing"]["balance"], 10);
        Ok(())
    });
}

#[test]
fn lists_are_narrowed_down_noted_and_erased() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = shop(product).await?;
        enter(browser, product).await?;
        open(browser, &site, "/loyalty/members").await?;
        browser.click(".stages a[href*=at_risk]").await?;
        browser.reads("tbody th", "Bob").await?;
        assert_eq!(browser.count("tbody tr").await?, 6);
        open(browser, &site, "/loyalty/members?tier=silver&sort=balance").await?;
        browser.reads("tbody th", "Ada").await?;
        assert_eq!(browser.count("tbody tr").await?, 6);
        open(browser, &site, "/loyalty/members?tier=silver&stage=lost").await?;
        browser.reads(".empty", "Nobody matches").await?;

        let cleo = member(&site, "c-12").await?["id"].as_str().unwrap_or_default().to_owned();
        open(browser, &site, &format!("/loyalty/members/{cleo}")).await?;
        browser.reads("h1 .chip", "Lost").await?;
        browser.fill("#note", "Moved to another town.").await?;
        browser.click("button[value=note]").await?;
        browser.reads(".notice", "Saved").await?;
        assert_eq!(member(&site, "c-12").await?["note"], "Moved to another town.");
        browser.click("[aria-labelledby=data] summary").await?;
        browser.click("button[value=erase]").await?;
        browser.reads(".notice", "erased").await?;
        browser.reads("h1", "23").await?;
        eventually("gone", async || Ok(member(&site, "c-12").await.is_err())).await
    });
}

#[test]
fn the_figures_are_those_of_a_count_by_hand_and_fit_a_phone_in_the_dark_in_chinese() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = shop(product).await?;
        enter(browser, product).await?;
        open(browser, &site, "/loyalty/figures").await?;
        // Fourteen of seventeen bought again; 3,410 points at a cent.
        browser.reads("[aria-labelledby=loyalty-rate]", "14 of 17").await?;
        browser.reads("[aria-labelledby=loyalty-rate] .value", "82%").await?;
        browser.reads("[aria-labelledby=liability] .value", "€34.10").await?;
        browser.reads(".cohorts tbody", "100%").await?;
        browser.assert_accessible("", &[]).await?;
        open(browser, &site, "").await?;
        browser.reads("[aria-labelledby=loyalty] .value", "82%").await?;

        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark]).await?;
        let ada = member(&site, "c-0").await?["id"].as_str().unwrap_or_default().to_owned();
        for (path, words) in [
            ("/loyalty/figures".to_owned(), "忠诚率"),
            ("/loyalty/members".to_owned(), "最近活跃"),
            (format!("/loyalty/members/{ada}"), "流失风险"),
            (String::new(), "忠诚率"),
        ] {
            open(browser, &site, &format!("{path}?lang=zh-CN")).await?;
            browser.reads("main", words).await?;
            let fold = "for (const fold of document.querySelectorAll('details')) fold.open = true;";
            browser.script::<()>(fold, &[]).await?;
            let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
            assert!(over <= 0.0, "{path} is {over} px too wide");
            browser.assert_accessible("", &[]).await?;
        }
        Ok(())
    });
}
