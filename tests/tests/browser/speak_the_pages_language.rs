//! A widget speaks the language of the page that it is on, where its owner wrote in it.

use crate::steps::{alive, named, point, thanked};
use anyhow::Result;
use rapport_tests::{Browser, Page, Product, Site, browse, eventually, widgets};
use serde_json::{Value, json};

fn bilingual() -> Value {
    let mut widget = widgets::nps();
    widget["questions"][0]["title"] = json!({ "en": "How likely?", "de": "Wie wahrscheinlich?" });
    widget["thanks"] = json!({ "en": "Thank you.", "de": "Vielen Dank." });
    widget
}

/// A page in `lang`; the tag may say otherwise.
fn page(site: &Site<'_>, lang: &str, attribute: &str) -> String {
    let document = format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=utf-8><title>Page</title></head><body>\
         <script async src=\"{}\" {attribute}></script><rapport-widget name=nps></rapport-widget></body></html>",
        site.script()
    );
    site.page_at(&format!("/{lang}/{attribute}"), Page::raw(&document))
}

async fn speaks(browser: &Browser, title: &str, lang: &str) -> Result<()> {
    alive(browser).await?;
    browser.reads("form .title", title).await?;
    assert_eq!(browser.ask::<String>("form", "it.lang").await?, lang);
    Ok(())
}

#[test]
fn what_the_page_says_and_else_what_the_site_says() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[bilingual()]).await?;
        for (lang, attribute, title, spoken) in [
            ("en", "", "How likely?", "en"),
            ("de", "", "Wie wahrscheinlich?", "de"),
            ("", "", "How likely?", "en"),
            // Nothing is written in it.
            ("ja", "", "How likely?", "en"),
            ("en", "data-lang=de", "Wie wahrscheinlich?", "de"),
        ] {
            browser.open(&page(&site, lang, attribute)).await?;
            speaks(browser, title, spoken).await?;
        }
        Ok(())
    });
}

#[test]
fn the_visitor_switches_half_way_through() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[bilingual()]).await?;
        browser.open(&page(&site, "en", "")).await?;
        speaks(browser, "How likely?", "en").await?;
        browser.click(&point("nps", "9")).await?;
        browser.fill(&named("best"), "Das Papier.").await?;
        browser.open(&page(&site, "de", "")).await?;
        speaks(browser, "Wie wahrscheinlich?", "de").await?;
        // What was given in the one language is there in the other.
        browser.find(&named("best")).await?;
        assert_eq!(browser.ask::<String>(&named("best"), "it.value").await?, "Das Papier.");
        browser.click("button.send").await?;
        thanked(browser).await?;
        browser.reads(".thanks", "Vielen Dank.").await?;
        assert_eq!(site.only_answer("nps").await?, "9");
        assert_eq!(site.only_response().await?["locale"], "de");
        Ok(())
    });
}

/// Words do not change under a reader's eyes: the form stays as it is until the next page load. Targeting goes by the
/// new language at once.
#[test]
fn an_application_that_switches_without_loading() {
    browse(async |browser| {
        let popover = widgets::placed(widgets::named(widgets::csat(), "german"), json!({ "type": "popover" }));
        let german = widgets::targeted(popover, json!({ "languages": ["de"] }));
        let site = Product::shared().await?.site(&[bilingual(), german]).await?;
        browser.open(&page(&site, "en", "")).await?;
        speaks(browser, "How likely?", "en").await?;
        eventually("its reasons", async || {
            browser.script("return rapport.explain('german').then(Boolean);", &[]).await
        })
        .await?;
        assert!(!browser.shows("form[data-widget=german]").await?);
        browser.click(&point("nps", "9")).await?;
        let switch =
            "document.documentElement.lang = 'de'; history.pushState({}, '', location.pathname + '/de'); return null;";
        browser.script::<()>(switch, &[]).await?;
        browser.find("form[data-widget=german]").await?;
        browser.reads("form[data-widget=nps] .title", "How likely?").await?;
        browser.click("form[data-widget=nps] button.send").await?;
        browser.find("form[data-widget=nps] .thanks").await?;
        assert_eq!(site.only_response().await?["locale"], "en");
        Ok(())
    });
}
