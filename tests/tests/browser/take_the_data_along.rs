//! The page on data: a file of another tool goes in, with and without scripts, everything of one person goes, a table comes out.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;

async fn page(browser: &Browser, site: &Site<'_>) -> Result<()> {
    let product = site.product();
    browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
    browser.find("a[href='/dashboard/new']").await?;
    open(browser, site, "").await
}

async fn open(browser: &Browser, site: &Site<'_>, query: &str) -> Result<()> {
    browser.open(&format!("{}/dashboard/s/{}/settings/data{query}", site.product().url(), site.id)).await
}

/// A file of somebody who left Delighted, with a mistake in its last row.
fn file(name: &str, rows: u32) -> Result<PathBuf> {
    let mut text = String::from("Response ID,Email,Score,Comment,Survey Type,Responded At\r\n");
    for row in 0..rows {
        let (score, day) = (row % 11, 1 + row % 28);
        write!(
            text,
            "{row},p{row}@x.example,{score},\"Row {row}, =1+1\r\nnext line 是\",nps,2024-03-{day:02} 10:00:00 UTC\r\n"
        )?;
    }
    text.push_str("x,,9,,nps,some day\r\n");
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

async fn choose(browser: &Browser, css: &str, path: &std::path::Path) -> Result<()> {
    Ok(browser.find(css).await?.send_keys(path.to_string_lossy()).await?)
}

async fn responses(site: &Site<'_>) -> Result<u64> {
    Ok(site.status().await?["responses"].as_u64().unwrap_or(0))
}

#[test]
fn a_file_becomes_a_widget_with_its_responses_and_twice_adds_nothing() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[]).await?;
        page(browser, &site).await?;
        let small = file("rapport-small.csv", 30)?;
        choose(browser, "#file", &small).await?;
        browser.click("button[value=read]").await?;
        browser.reads("main", "This looks like a file from Delighted").await?;
        browser.reads("#preview ~ p", "8 would be imported").await?;
        assert_eq!(browser.ask::<String>("select[name=c2]", "it.value").await?, "answer:score");
        browser.assert_accessible("", &[]).await?;
        browser.click("button[value=import]").await?;
        browser.reads("#imported", "30 responses imported, 0 were here already, 1 rows refused").await?;
        browser.reads("table", "Responded At").await?;
        browser.assert_accessible("", &[]).await?;
        assert_eq!(responses(&site).await?, 30);
        // It stands on the list, and asks nobody.
        let config = site.product().api(Method::GET, &format!("sites/{}", site.id), None).await?;
        assert_eq!(
            (&config["widgets"][0]["state"], &config["widgets"][0]["versions"][0]["widget"]["label"]),
            (&"ended".into(), &"Delighted".into())
        );

        open(browser, &site, "").await?;
        choose(browser, "#file", &small).await?;
        browser.script::<()>("document.getElementById('into').value = 'delighted';", &[]).await?;
        browser.click("button[value=read]").await?;
        browser.reads("#preview ~ p", "8 are here already").await?;
        browser.click("button[value=import]").await?;
        browser.reads("#imported", "0 responses imported, 30 were here already").await?;
        Ok(())
    });
}

#[test]
fn a_large_file_goes_in_pieces() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        page(browser, &site).await?;
        choose(browser, "#file", &file("rapport-large.csv", 2_500)?).await?;
        browser.click("button[value=read]").await?;
        browser.find("button[value=preview]").await?;
        browser.click("button[value=import]").await?;
        browser.reads("#imported", "2,500 responses imported, 0 were here already, 1 rows refused").await?;
        assert_eq!(responses(&site).await?, 2_500);
        browser.reads("table", "5002").await?;
        Ok(())
    });
}

#[test]
fn a_small_file_needs_no_script() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[]).await?;
        page(browser, &site).await?;
        browser.allow_scripts(false).await?;
        open(browser, &site, "").await?;
        choose(browser, "#file", &file("rapport-plain.csv", 1_100)?).await?;
        browser.click("button[value=read]").await?;
        browser.click("button[value=import]").await?;
        // More than fits into the time of one request: the page offers to go on.
        browser.reads("#imported", "1,000 responses imported").await?;
        browser.click("button[value=import]").await?;
        browser.reads("#imported", "1,100 responses imported, 0 were here already, 1 rows refused").await?;
        assert_eq!(responses(&site).await?, 1_100);
        Ok(())
    });
}

#[test]
fn what_is_no_table_is_told() {
    browse(async |browser| {
        browser.expect_complaint("422");
        let site = Product::shared().await?.site(&[]).await?;
        page(browser, &site).await?;
        let path = std::env::temp_dir().join("rapport-broken.csv");
        std::fs::write(&path, "no table at all\n")?;
        choose(browser, "#file", &path).await?;
        browser.click("button[value=read]").await?;
        browser.reads("#problems", "a table with a line of headings").await?;
        Ok(())
    });
}

#[test]
fn a_person_is_found_erased_and_brought_back() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[]).await?;
        page(browser, &site).await?;
        choose(browser, "#file", &file("rapport-person.csv", 5)?).await?;
        browser.click("button[value=read]").await?;
        browser.click("button[value=import]").await?;
        browser.find("#imported").await?;
        open(browser, &site, "").await?;
        browser.fill("#text", "P3@x.example").await?;
        browser.click("form[action$='#person'] button").await?;
        browser.reads("main", "1 responses found").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click(".button.bad").await?;
        browser.reads("main", "1 responses erased.").await?;
        assert_eq!(responses(&site).await?, 4);
        browser.click(".notice button").await?;
        browser.reads("main", "1 responses are back.").await?;
        assert_eq!(responses(&site).await?, 5);
        Ok(())
    });
}

#[test]
fn the_page_reads_well_keeps_settings_compares_and_rebuilds() {
    browse(async |browser| {
        browser.expect_complaint("422");
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        page(browser, &site).await?;
        for media in [Media::Light, Media::Dark] {
            browser.prefer(&[media]).await?;
            browser.reload().await?;
            browser.assert_accessible("", &[]).await?;
        }
        browser.screen(Screen::Phone).await?;
        browser.assert_accessible("", &[]).await?;
        let wider: bool = browser
            .script("return document.documentElement.scrollWidth > document.documentElement.clientWidth;", &[])
            .await?;
        assert!(!wider, "the page is wider than a phone");
        browser.screen(Screen::Desktop).await?;

        browser.script::<()>("document.getElementById('days').removeAttribute('min');", &[]).await?;
        browser.fill("#days", "3").await?;
        browser.click("form:has(#days) button").await?;
        browser.reads("#problems", "retention_days").await?;
        browser.fill("#days", "365").await?;
        browser.click("form:has(#days) button").await?;
        browser.reads(".notice.good", "Saved").await?;
        assert_eq!(browser.ask::<String>("#days", "it.value").await?, "365");

        browser.click("form:has(#day) button").await?;
        browser.reads(".notice.good", "both have the same 0 responses").await?;
        browser.click("form:has(input[value=rebuild]) button").await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        browser.gone("[data-rebuilding]").await?;

        open(browser, &site, "?lang=zh-CN").await?;
        browser.reads("#export", "导出回复").await?;
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}
