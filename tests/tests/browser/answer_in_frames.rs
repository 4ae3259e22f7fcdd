//! In frames: on a foreign site, in a sandbox, and the hosted page in the owner's own.

use crate::steps::{alive, answer_nps, nine_arrived, point, post_nps};
use anyhow::Result;
use rapport_tests::{Browser, Page, Product, browse, eventually, widgets};

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

/// Opens a page with a frame, and goes into that.
async fn enter_frame(browser: &Browser, outer: &str) -> Result<()> {
    browser.open(outer).await?;
    Ok(browser.find("iframe").await?.enter_frame().await?)
}

/// A page with a frame; `frame` is its tag as far as `src`.
fn framed(frame: &str) -> Page {
    Page::new(&format!("{frame} title=Widget width=700 height=600></iframe>"))
}

#[test]
fn in_a_frame_on_a_foreign_site() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        let inner = site.page(WIDGET);
        let outer = site.page_at("/outer", framed(&format!("<iframe src=\"{inner}\"")));
        // The same server under a name that the browser takes for another site, with storage apart.
        enter_frame(browser, &outer.replace("127.0.0.1", "localhost")).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        browser.driver().enter_default_frame().await?;
        Ok(())
    });
}

#[test]
fn in_a_sandbox_that_allows_scripts_but_no_forms() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let inner = site.page(WIDGET);
        let frame = format!("<iframe sandbox=\"allow-scripts allow-same-origin\" src=\"{inner}\"");
        enter_frame(browser, &site.page_at("/outer", framed(&frame))).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        Ok(browser.driver().enter_default_frame().await?)
    });
}

/// Such a frame could be anybody's, so its answers are refused as those of a foreign page are. The visitor is told, and
/// keeps the words.
#[test]
fn in_a_sandbox_without_an_origin() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let inner = site.page(WIDGET);
        let frame = format!("<iframe sandbox=allow-scripts src=\"{inner}\"");
        enter_frame(browser, &site.page_at("/outer", framed(&frame))).await?;
        alive(browser).await?;
        browser.click(&point("nps", "9")).await?;
        browser.fill("[name=best]", "The paper.").await?;
        browser.click("button.send").await?;
        eventually("a reason", async || Ok(browser.text(".status").await?.contains("not"))).await?;
        assert!(!browser.shows(".thanks").await?, "thanks for an answer that was refused");
        assert_eq!(browser.ask::<String>("[name=best]", "it.value").await?, "The paper.");
        assert!(site.responses()?.is_empty());
        Ok(browser.driver().enter_default_frame().await?)
    });
}

#[test]
fn the_hosted_page_in_a_frame_of_its_owner() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let frame = format!("<iframe src=\"{}?embed\"", site.hosted("nps"));
        enter_frame(browser, &site.page_at("/outer", framed(&frame))).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        Ok(browser.driver().enter_default_frame().await?)
    });
}

#[test]
fn the_hosted_page_in_a_sandbox_that_only_allows_forms() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let frame = format!("<iframe sandbox=allow-forms src=\"{}?embed\"", site.hosted("nps"));
        browser.allow_scripts(false).await?;
        enter_frame(browser, &site.page_at("/outer", framed(&frame))).await?;
        let styled = async || browser.ask::<bool>("link[rel=stylesheet]", "!!it.sheet").await;
        eventually("the page's own styles", styled).await?;
        post_nps(browser).await?;
        nine_arrived(&site).await?;
        Ok(browser.driver().enter_default_frame().await?)
    });
}
