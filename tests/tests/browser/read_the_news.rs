//! News: what the owner tells. Nothing to answer, and nobody is told the same thing twice.

use crate::steps::alive;
use anyhow::Result;
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::{Browser, Page, Product, browse, eventually};
use serde_json::{Value, json};

const HOST_AFFAIRS: &[&str] = &["region", "landmark-one-main", "page-has-heading-one"];

fn news(placement: Value, entries: &[(&str, Option<&str>)]) -> Value {
    let entry = |(name, day): &(&str, Option<&str>)| {
        json!({ "name": name, "title": format!("Entry {name}"), "hint": "You said, we did.",
                "input": { "type": "info", "day": day } })
    };
    json!({ "name": "news", "kind": "news", "label": "News", "title": "You said, we did", "placement": placement,
            "questions": entries.iter().map(entry).collect::<Vec<_>>() })
}

/// What was counted of it.
async fn counted(site: &rapport_tests::Site<'_>, moment: &str) -> Result<i64> {
    let counts = site.overview().await?["counts"].clone();
    let rows = counts.as_array().cloned().unwrap_or_default();
    Ok(rows.iter().filter_map(|row| row["keys"][moment].as_i64()).sum())
}

/// Waits until it has been in view for long enough.
async fn read(browser: &Browser, site: &str) -> Result<()> {
    let key = format!("rapport:{site}:news:news");
    eventually("it to be read", async || browser.script("return !!localStorage[arguments[0]]", &[json!(key)]).await)
        .await
}

async fn titles(browser: &Browser) -> Result<Vec<String>> {
    browser.ask("form", "[...it.querySelectorAll('.q .title')].map((title) => title.textContent)").await
}

#[test]
fn a_list_in_the_page_the_newest_first() {
    browse(async |browser| {
        let entries = [("old", Some("2026-01-05")), ("new", Some("2026-11-20")), ("plain", None)];
        let site = Product::shared().await?.site(&[news(json!({ "type": "inline" }), &entries)]).await?;
        browser.open(&site.page("<rapport-widget name=news></rapport-widget>")).await?;
        alive(browser).await?;
        assert_eq!(titles(browser).await?, ["Entry new", "Entry old", "Entry plain"]);
        for entry in ["new", "old", "plain"] {
            assert!(browser.shows(&format!("[data-q={entry}]")).await?, "{entry} is there at once");
        }
        assert_eq!(browser.text("[data-q=new] time").await?, "Nov 20, 2026");
        assert!(!browser.shows("button.send").await?);
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        read(browser, &site.id).await?;
        browser.open("about:blank").await?;
        eventually("the view to be counted", async || Ok(counted(&site, "seen").await? == 1)).await?;
        Ok(())
    });
}

#[test]
fn a_tab_counts_what_is_new_and_forgets_what_was_read() {
    browse(async |browser| {
        let tab = json!({ "type": "tab", "label": "What’s new" });
        let site = Product::shared().await?.site(&[news(tab.clone(), &[("a", None), ("b", None)])]).await?;
        let page = site.page("");
        browser.open(&page).await?;
        assert_eq!(browser.text(".tab .count").await?, "2");
        browser.picture("news-tab").await?;
        browser.click(".tab").await?;
        browser.find("[data-q=b]").await?;
        browser.picture("news-tab-open").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        assert_eq!(browser.focus().await?, "button[close]", "on what closes it");
        browser.keys(key::ESCAPE).await?;
        browser.gone("[data-q=b]").await?;
        browser.reload().await?;
        browser.find(".tab").await?;
        alive(browser).await?;
        assert!(!browser.shows(".tab .count").await?, "all of it is known");
        site.publish(&news(tab, &[("c", None), ("a", None), ("b", None)])).await?;
        eventually("the new version to be served", async || {
            browser.forget_cache().await?;
            browser.reload().await?;
            browser.find(".tab").await?;
            alive(browser).await?;
            browser.ask(".tab .count", "it.textContent == 1 && !it.hidden").await
        })
        .await?;
        Ok(())
    });
}

#[test]
fn a_pop_up_comes_up_once_for_each_entry() {
    browse(async |browser| {
        let placed = json!({ "type": "popover" });
        let mut of = news(placed, &[("a", None)]);
        of["targeting"] = json!({ "frequency": "always" });
        let site = Product::shared().await?.site(&[of.clone()]).await?;
        let page = site.page("");
        browser.prefer(&[Media::Dark, Media::ReducedMotion]).await?;
        browser.screen(Screen::Phone).await?;
        browser.open(&page).await?;
        browser.find("[data-q=a]").await?;
        read(browser, &site.id).await?;
        browser.picture("news-popover-dark-phone").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click(".close").await?;
        browser.gone("[data-q=a]").await?;
        browser.open("about:blank").await?;
        eventually("the closing to be counted", async || Ok(counted(&site, "dismissed").await? == 1)).await?;
        browser.open(&page).await?;
        alive(browser).await?;
        assert!(!browser.shows("[data-q=a]").await?, "there is nothing new");
        // The page may still ask for it.
        browser.script::<()>("rapport.show('news'); return null;", &[]).await?;
        browser.find("[data-q=a]").await?;
        Ok(())
    });
}

#[test]
fn the_hosted_page_reads_well_without_scripts_and_takes_no_answer() {
    browse(async |browser| {
        let site =
            Product::shared().await?.site(&[news(json!({ "type": "inline" }), &[("a", Some("2026-11-20"))])]).await?;
        browser.allow_scripts(false).await?;
        browser.open(&site.hosted("news")).await?;
        browser.reads("body", "Entry a").await?;
        browser.reads("time", "2026-11-20").await?;
        assert!(!browser.shows("button").await?);
        let client = site.product().client();
        let posted = client.post(site.hosted("news")).header("content-type", "application/x-www-form-urlencoded");
        let page = posted.body("a=b").send().await?;
        assert!(page.status().is_success() && page.text().await?.contains("Entry a"));
        assert!(site.responses()?.is_empty());
        Ok(())
    });
}

#[test]
fn from_right_to_left() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let of = news(json!({ "type": "tab", "label": "الجديد" }), &[("a", Some("2026-11-20"))]);
        let site = product.site_with(&json!({ "locale": "ar" }), &[of]).await?;
        let page = Page::raw(&format!(
            "<!doctype html><html lang=ar dir=rtl><head><meta charset=utf-8><title>A</title>{}</head><body><p>A</p></body></html>",
            site.tag()
        ));
        browser.open(&site.page_at("/rtl", page)).await?;
        browser.click(".tab").await?;
        browser.find("[data-q=a]").await?;
        browser.picture("news-rtl").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await
    });
}
