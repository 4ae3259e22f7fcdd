//! Before it is published: what the past would have cost, and what is odd about the programme.

use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Product, browse, widgets};
use reqwest::Method;
use serde_json::json;

use crate::dashboard::enter;

#[test]
fn publishing_tells_what_the_last_90_days_would_have_cost() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        let path = format!("sites/{}/loyalty", site.id);
        let mut program = product.api(Method::GET, &format!("{path}/template"), None).await?;
        program["currency"] = "EUR".into();
        product.api(Method::PUT, &path, Some(&program)).await?;
        product.api(Method::POST, &format!("{path}/publish"), None).await?;
        let acts = format!("sites/{}/members/ada/acts", site.id);
        let bought = json!({ "type": "purchase", "order": "A-1", "amount": 20_000 });
        product.api(Method::POST, &acts, Some(&json!({ "id": "o:a", "action": bought }))).await?;
        program["rules"][2]["points"] = 30.into();
        product.api(Method::PUT, &path, Some(&program)).await?;

        enter(browser, product).await?;
        let here = format!("{}/dashboard/s/{}/loyalty", product.url(), site.id);
        browser.open(&format!("{here}/publish")).await?;
        // The page is there at once, and the figures come to it.
        browser.reads("#sum-earned td:nth-of-type(1)", "6,000").await?;
        browser.reads("#sum-earned td:nth-of-type(2)", "200").await?;
        browser.reads("#cost-outstanding td:nth-of-type(1)", "€60").await?;
        browser.reads(".findings", "comes back as coupons").await?;
        browser.assert_accessible("", &[]).await?;
        // What is odd leads to where it is edited.
        browser.click(".findings a").await?;
        browser.reads("#part-purchase", "30 points").await?;
        browser.reads(".findings", "comes back as coupons").await?;

        // A page of its own, in another language, on a phone in the dark.
        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark]).await?;
        browser.open(&format!("{here}/simulation?lang=zh-CN")).await?;
        browser.reads("#simulation h2", "过去 90 天").await?;
        let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
        assert!(over <= 0.0, "it is {over} px too wide");
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}
