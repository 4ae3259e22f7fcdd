//! The loyalty programme's pages: from nothing to a live programme, changing it, and what publishing says.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::Value;

use crate::dashboard::enter;

async fn open(browser: &Browser, site: &Site<'_>, rest: &str) -> Result<()> {
    enter(browser, site.product()).await?;
    browser.open(&format!("{}/dashboard/s/{}/loyalty{rest}", site.product().url(), site.id)).await
}

async fn record(site: &Site<'_>) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/loyalty", site.id), None).await
}

#[test]
fn three_clicks_and_no_field_lead_from_nothing_to_a_live_programme() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        open(browser, &site, "").await?;
        browser.reads("h1", "come back").await?;
        browser.assert_accessible("", &[]).await?;
        // One.
        browser.click(".welcome button").await?;
        browser.reads("h1", "Programme").await?;
        browser.reads("#saved", "Draft").await?;
        assert!(record(&site).await?["live"].is_null(), "nobody sees a draft");
        browser.assert_accessible("", &[]).await?;
        // Two.
        browser.click(".saving .main").await?;
        browser.reads("h1", "Publish the programme").await?;
        browser.reads(".changes", "1 point for every").await?;
        browser.assert_accessible("", &[]).await?;
        // Three.
        browser.click("main form .main").await?;
        browser.reads(".chip", "Live").await?;
        let record = record(&site).await?;
        assert_eq!((&record["live"]["number"], record["draft"].is_null()), (&Value::from(1), true));
        Ok(())
    });
}

#[test]
fn what_is_typed_saves_itself_and_publishing_tells_what_changes() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        let path = format!("sites/{}/loyalty", site.id);
        let ready = product.api(Method::GET, &format!("{path}/template"), None).await?;
        product.api(Method::PUT, &path, Some(&ready)).await?;
        product.api(Method::POST, &format!("{path}/publish"), None).await?;
        open(browser, &site, "").await?;
        browser.reads("#saved", "in force").await?;

        browser.click("#fold-purchase summary").await?;
        browser.script::<()>("document.getElementById('rules-2-points').value = '';", &[]).await?;
        browser.fill("#rules-2-points", "3").await?;
        let wanted = |record: &Value| record["draft"]["rules"][2]["points"] == 3;
        eventually("the draft has the points", async || Ok(wanted(&record(&site).await?))).await?;
        browser.reads("#saved", "Draft saved").await?;

        browser.script::<()>("const cost = document.getElementById('cost_of_100'); cost.closest('details').open = true; cost.value = '';", &[]).await?;
        browser.fill("#cost_of_100", "1200.50").await?;
        let wanted = |record: &Value| record["draft"]["cost_of_100"] == 120_050;
        eventually("the draft has the cost", async || Ok(wanted(&record(&site).await?))).await?;

        // A reward more, and what it lacks is told beside it.
        browser.click("button[value='add:rewards:link']").await?;
        browser.reads("[data-list=rewards] > li:last-child .title", "New reward").await?;
        browser.reads("#state", "rewards[3].gives.url").await?;
        browser.click("[data-list=rewards] > li:last-child [value='drop:rewards[3]']").await?;
        browser.find(".undo").await?;
        eventually("three rewards", async || Ok(browser.count("[data-list=rewards] > li").await? == 3)).await?;

        browser.click(".saving .main").await?;
        browser.reads(".changes", "3 points for every").await?;
        browser.reads(".changes", "$1,200.50").await?;
        browser.open(&format!("{}/dashboard/s/{}/loyalty/publish?lang=zh-CN", product.url(), site.id)).await?;
        browser.reads(".changes", "得 3 积分").await?;
        browser.click("main form .main").await?;
        browser.reads(".notice", "已发布").await?;
        assert_eq!(record(&site).await?["live"]["number"], 2);

        browser.click("#life summary").await?;
        browser.click("#life button[value=pause]").await?;
        browser.reads(".chip", "已暂停").await?;
        assert_eq!(record(&site).await?["paused"], true);
        Ok(())
    });
}

#[test]
fn it_fits_a_phone_in_the_dark_and_can_be_reached_by_everyone() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[]).await?;
        let path = format!("sites/{}/loyalty", site.id);
        let ready = product.api(Method::GET, &format!("{path}/template"), None).await?;
        product.api(Method::PUT, &path, Some(&ready)).await?;
        enter(browser, product).await?;
        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark]).await?;
        for lang in ["en", "zh-CN"] {
            open(browser, &site, &format!("?lang={lang}")).await?;
            browser
                .script::<()>("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[])
                .await?;
            let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
            assert!(over <= 0.0, "it is {over} px too wide");
            browser.assert_accessible("", &[]).await?;
        }
        Ok(())
    });
}
