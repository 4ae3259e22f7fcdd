//! The owner's way from a programme to the badge that shows it, from either end.

use crate::dashboard::enter;
use anyhow::Result;
use rapport_tests::loyalty::badge;
use rapport_tests::{Browser, Product, Site, browse, eventually};
use serde_json::json;

async fn at(browser: &Browser, site: &Site<'_>, rest: &str) -> Result<()> {
    browser.open(&format!("{}/dashboard/s/{}{rest}", site.product().url(), site.id)).await
}

#[test]
fn from_the_tab_to_a_live_badge_it_takes_no_field() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[]).await?;
        enter(browser, product).await?;
        at(browser, &site, "").await?;
        browser.click(".tabs a[href$='/loyalty']").await?;
        browser.click(".welcome button").await?;
        browser.click(".saving .main").await?;
        browser.click("main form .main").await?;
        // It is in force, and says what it lacks.
        browser.reads(".chip", "Live").await?;
        browser.reads(".notice button", "Add the badge").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click(".notice button").await?;
        browser.reads(".head", "Loyalty badge").await?;
        browser.reads("#questions", "The badge has no questions").await?;
        browser.click(".saving [value=publish]").await?;
        browser.reads(".chip", "Live").await?;
        assert_eq!(browser.count(".notice a[href$='/loyalty']").await?, 0, "nothing is lacking");
        at(browser, &site, "/loyalty").await?;
        browser.reads(".chip", "Live").await?;
        assert_eq!(browser.count(".notice button").await?, 0);
        browser.open(&site.page("")).await?;
        browser.reads(".tab", "Rewards").await?;
        Ok(())
    });
}

#[test]
fn a_badge_without_a_programme_is_seen_by_nobody_and_says_so() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(false)]).await?;
        enter(browser, product).await?;
        at(browser, &site, "/new?goal=grow").await?;
        browser.reads("li:has([value=badge])", "none in force").await?;
        browser.assert_accessible("", &[]).await?;
        let pictured = "return document.querySelector('li:has([value=points]) .picture').shadowRoot.querySelector('.sum h3').textContent;";
        let points: String = browser.script(pictured, &[]).await?;
        assert!(points.ends_with("points"), "somebody who does not exist stands in the picture: {points}");
        at(browser, &site, "/widgets/badge").await?;
        browser.reads(".notice", "Nobody sees this badge").await?;
        browser.assert_accessible("", &[]).await?;
        browser.open(&site.page("<p id=there>There.</p>")).await?;
        eventually("the script has run", async || browser.script("return !!window.rapport?.on;", &[]).await).await?;
        assert_eq!(browser.count(".tab").await?, 0);
        // It needs no second publication of its own.
        site.programme(|_| {}).await?;
        at(browser, &site, "/widgets/badge?lang=zh-CN").await?;
        assert_eq!(browser.count(".notice").await?, 0);
        browser.forget_cache().await?;
        browser.open(&site.page("")).await?;
        browser.find(".tab").await?;
        Ok(())
    });
}

#[test]
fn a_picture_shows_the_sites_own_programme() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[]).await?;
        site.programme(|program| program["rewards"][0]["label"] = json!("A tin of bookbinder’s wax")).await?;
        enter(browser, product).await?;
        at(browser, &site, "/new").await?;
        let pictured = "return document.querySelector('li:has([value=points]) .picture').shadowRoot.textContent;";
        let words: String = browser.script(pictured, &[]).await?;
        assert!(words.contains("bookbinder’s wax"), "{words}");
        Ok(())
    });
}
