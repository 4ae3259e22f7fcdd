//! From a figure to those who stand behind it, through them, and out with exactly those.

use anyhow::{Context, Result};
use rapport_tests::delivery::response;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

async fn sign_in(browser: &Browser) -> Result<&'static Product> {
    let product = Product::shared().await?;
    browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
    eventually("the list of sites", async || browser.shows("a[href*='/dashboard/s/'], form[action*='sign-out']").await)
        .await?;
    Ok(product)
}

/// An answer with what a filter can ask for.
async fn say(site: &Site<'_>, score: &str, words: &str, plan: &str) -> Result<()> {
    let question = if score.parse::<u8>()? < 7 { "missing" } else { "best" };
    let mut delivery = response("nps", &[("nps", score), (question, words)]);
    delivery["context"] = json!({ "page": "https://shop.example/cart", "locale": "de-AT", "device": "phone", "traits": [["plan", plan]] });
    site.deliver(&delivery).await
}

async fn statuses(site: &Site<'_>, status: &str) -> Result<usize> {
    let path = format!("sites/{}/inbox?status={status}", site.id);
    let found: Value = site.product().api(Method::GET, &path, None).await?;
    Ok(found["items"].as_array().map_or(0, Vec::len))
}

async fn stocked(product: &'static Product) -> Result<Site<'static>> {
    let site = product.site(&[widgets::nps()]).await?;
    for (score, words, plan) in
        [("2", "too slow", "free"), ("3", "too dear", "pro"), ("9", "lovely", "pro"), ("10", "great", "pro")]
    {
        say(&site, score, words, plan).await?;
    }
    Ok(site)
}

#[test]
fn a_figure_leads_to_its_responses_and_nothing_else() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = stocked(product).await?;
        let overview = format!("{}/dashboard/s/{}", product.url(), site.id);
        for (link, group) in [(".key a[href*='nps/bad']", "nps/bad"), (".chips a[href*='nps/good']", "nps/good")] {
            browser.open(&overview).await?;
            browser.click(link).await?;
            browser.find(".inbox").await?;
            let address: String = browser.script("return location.search;", &[]).await?;
            assert!(
                address.contains(&format!("group={group}")) && address.contains("from=") && address.contains("to="),
                "{address}"
            );
            assert_eq!(browser.count(".entries > li").await?, 2, "{group}");
        }
        // What was said in words: of that widget, whoever said it.
        browser.open(&overview).await?;
        browser.click("a[href*='widget=nps']:not([href*='group'])").await?;
        browser.find(".inbox").await?;
        assert_eq!(browser.count(".entries > li").await?, 4);
        Ok(())
    });
}

#[test]
fn to_look_is_to_read_and_what_is_read_keeps_its_place() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = stocked(product).await?;
        // Fetched by a program, nothing is read.
        let inbox = format!("{}/dashboard/s/{}/responses", product.url(), site.id);
        browser.open(&inbox).await?;
        let first: String = browser.ask("a[data-row]", "it.href").await?;
        browser.script::<bool>("return fetch(arguments[0]).then((answer) => answer.ok);", &[first.into()]).await?;
        assert_eq!(statuses(&site, "new").await?, 4);
        browser.click(".entries li:nth-child(2) a[data-row]").await?;
        browser.reads(".pane [data-status]", "Read").await?;
        assert_eq!((statuses(&site, "new").await?, statuses(&site, "read").await?), (3, 1));
        // It is still on the list beside itself, so that the way on is the next one.
        assert_eq!(browser.count(".entries > li").await?, 4);
        browser.reload().await?;
        browser.reads(".entries li:nth-child(2)[aria-current]", "lovely").await?;
        browser.keys("j").await?;
        browser.reads(".entries li[aria-current]", "too dear").await?;
        browser.reads(".pane [data-status]", "Read").await?;
        assert_eq!(statuses(&site, "new").await?, 2);
        Ok(())
    });
}

#[test]
fn what_there_is_can_be_chosen_and_exactly_that_is_exported() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = stocked(product).await?;
        let inbox = format!("{}/dashboard/s/{}/responses", product.url(), site.id);
        browser.open(&format!("{inbox}?status=all&filter=1")).await?;
        for (list, value) in [("languages", "de-AT"), ("segments", "plan=pro")] {
            let css = format!("#{list} option[value='{value}']");
            let offered: bool =
                browser.script("return Boolean(document.querySelector(arguments[0]));", &[css.into()]).await?;
            assert!(offered, "{value} is not offered");
        }
        browser.fill("#f-segment", "plan=pro").await?;
        browser.fill("#f-language", "de").await?;
        browser.click(".filters button").await?;
        browser.reads(".chips", "plan").await?;
        assert_eq!(browser.count(".entries > li").await?, 3);
        browser.assert_accessible("", &[]).await?;
        let table: String = browser
            .script("return fetch(document.querySelector('a[download]').href).then((answer) => answer.text());", &[])
            .await
            .context("the table")?;
        assert_eq!(table.trim_end().split("\r\n").count(), 4, "{table}");
        assert!(!table.contains("too slow") && table.contains("lovely"), "{table}");
        Ok(())
    });
}
