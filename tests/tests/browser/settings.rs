//! A new site, its settings and its privacy page, and the owner's own access.

use anyhow::Result;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, browse, widgets};
use reqwest::Method;
use serde_json::json;

use crate::dashboard::enter;

#[test]
fn a_new_site_needs_a_name_and_an_address() {
    browse(async |browser| {
        let product = Product::shared().await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/new", product.url())).await?;
        browser.fill("#name", "Field notes").await?;
        browser.fill("#address", "not an address").await?;
        browser.click("main button[type=submit]").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "address").await?;
        assert_eq!(browser.ask::<String>("#name", "it.value").await?, "Field notes");
        browser.script::<()>("document.getElementById('address').value = 'www.Field-Notes.example/blog';", &[]).await?;
        browser.click("main button[type=submit]").await?;
        browser.reads("h1", "Add a widget").await?;
        let config = product.api(Method::GET, "sites/field-notes", None).await?;
        assert_eq!(config["site"]["origins"], json!(["https://www.field-notes.example"]));
        assert_eq!(config["site"]["locale"], "en");
        Ok(())
    });
}

#[test]
fn origins_come_and_go_and_come_back() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site_with(&json!({ "origins": ["https://one.example"] }), &[]).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}/settings", product.url(), site.id)).await?;
        browser.fill("#origin", "*.one.example").await?;
        browser.click("#origin ~ button").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "Every address has to be named").await?;
        browser.script::<()>("document.getElementById('origin').value = 'Two.example/shop?x';", &[]).await?;
        browser.click("#origin ~ button").await?;
        browser.reads(".rows", "https://two.example").await?;
        browser.click(".rows li:first-child button").await?;
        browser.reads(".notice", "https://one.example was removed").await?;
        let origins = async || {
            let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
            anyhow::Ok(config["site"]["origins"].clone())
        };
        assert_eq!(origins().await?, json!(["https://two.example"]));
        browser.click(".notice button").await?;
        browser.reads(".rows", "https://one.example").await?;
        assert_eq!(origins().await?, json!(["https://two.example", "https://one.example"]));
        Ok(())
    });
}

#[test]
fn settings_are_saved_and_the_privacy_notice_follows_them() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        enter(browser, product).await?;
        let settings = format!("{}/dashboard/s/{}/settings", product.url(), site.id);
        browser.open(&settings).await?;
        browser.script::<()>("document.getElementById('accent').value = 'reddish';", &[]).await?;
        browser.click("main form:has(#accent) .main").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "appearance.accent").await?;
        browser.script::<()>("document.getElementById('accent').value = '#AA3300'; document.getElementById('scheme').value = 'dark';", &[]).await?;
        browser.click("main form:has(#accent) .main").await?;
        browser.reads(".notice", "Saved").await?;
        let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
        assert_eq!(config["site"]["appearance"], json!({ "accent": "#aa3300", "scheme": "dark" }));
        assert_eq!(config["site"]["origins"].as_array().map(Vec::len), Some(3), "what the form does not show stays");

        browser.open(&format!("{settings}/privacy")).await?;
        browser.reads("#notice-text", "Nothing that identifies you is kept on your device").await?;
        browser.click("input[value=device]").await?;
        browser.click("main form:has([name=privacy]) .main").await?;
        browser.reads(".notice", "Saved").await?;
        browser.reads("#notice-text", "a random identifier is kept").await?;
        browser.click("a[lang=zh-CN][href*='notice=']").await?;
        browser.reads("#notice-text", "随机标识").await?;
        Ok(())
    });
}

#[test]
fn the_key_is_replaced_and_other_sessions_end() {
    browse(async |browser| {
        // It locks the others out, so it is not the product that they share.
        let product = Product::start().await?;
        let other = Browser::start(&[]).await?;
        let outcome = replace_key(browser, &other, &product).await;
        other.close().await?;
        outcome
    });
}

#[test]
fn a_site_is_deleted_by_its_name_and_brought_back_by_a_click() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}/settings", product.url(), site.id)).await?;
        browser.click("[aria-labelledby=ending] a").await?;
        browser.fill("[name=id]", "another-site").await?;
        browser.click(".button.bad").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "exactly as it is shown").await?;
        browser.fill("[name=id]", &site.id).await?;
        browser.click(".button.bad").await?;
        browser.reads("#deleted", "goes for good on").await?;
        browser.assert_accessible("main", &[]).await?;
        let script = product.client().get(site.script()).send().await?.text().await?;
        assert!(!script.contains("nps"), "visitors see nothing of it");
        // Every page of it says so.
        browser.open(&format!("{}/dashboard/s/{}/widgets", product.url(), site.id)).await?;
        browser.click("#deleted button").await?;
        browser.reads("h1", "Acme").await?;
        assert_eq!(browser.count("#deleted").await?, 0);
        rapport_tests::eventually("its widgets to be back", async || {
            Ok(product.client().get(site.script()).send().await?.text().await?.contains("nps"))
        })
        .await
    });
}

async fn replace_key(browser: &Browser, other: &Browser, product: &Product) -> Result<()> {
    let account = format!("{}/dashboard/account", product.url());
    enter(browser, product).await?;
    enter(other, product).await?;
    browser.open(&account).await?;
    browser.reads(".rows", "Chrome, Linux").await?;
    assert_eq!(browser.count(".rows li").await?, 2);
    browser.fill("#key", "a-wrong-key-of-some-length").await?;
    browser.click(".risk").await?;
    browser.expect_complaint("422");
    browser.reads("#refusal", "not the access key").await?;
    browser.fill("#key", OWNER_KEY).await?;
    browser.click(".risk").await?;
    let key = browser.text("#new-key").await?;
    assert!(key.len() >= 32, "{key}");
    // The other session is over, the old key opens nothing, and the new one does.
    other.open(&account).await?;
    other.fill("#key", OWNER_KEY).await?;
    other.click("main button").await?;
    other.expect_complaint("401");
    other.reads("#refusal", "not the access key").await?;
    other.open(&format!("{}/dashboard#key={key}", product.url())).await?;
    other.find(".tools button").await?;
    // All of it is in the log, with who it was.
    browser.open(&format!("{account}/activity")).await?;
    browser.reads("tbody", "new access key made").await?;
    browser.reads("tbody", "session ").await?;
    browser.open(&account).await?;
    browser.click(".rows form button").await?;
    browser.reads(".notice", "Done").await?;
    assert_eq!(browser.count(".rows li").await?, 1);
    Ok(())
}
