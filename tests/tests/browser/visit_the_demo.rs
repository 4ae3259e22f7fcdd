//! The demo sites, as a stranger meets them after `cargo xtask dev`.

use anyhow::{Context, Result};
use rapport_tests::demo::published;
use rapport_tests::{Browser, Product, Site, browse, eventually};
use tokio::sync::OnceCell;

/// The demo's own site, which the tests here share.
async fn larkfold() -> Result<&'static Site<'static>> {
    static SITE: OnceCell<Site<'static>> = OnceCell::const_new();
    SITE.get_or_try_init(|| async { published(Product::shared().await?, &[]).await }).await
}

/// Opens a page of the demo.
async fn open(browser: &Browser, path: &str) -> Result<&'static Site<'static>> {
    let site = larkfold().await?;
    browser.open(&format!("{}{path}", site.product().demo.url())).await?;
    Ok(site)
}

#[test]
fn every_page_is_quiet_and_free_of_barriers() {
    browse(async |browser| {
        // The hostile page's policy reports what it forbids.
        browser.expect_complaint("Content Security Policy");
        let mut failures = Vec::new();
        for path in [
            "/",
            "/notebook/",
            "/cart/",
            "/thanks/",
            "/journal/sewn-spines/",
            "/studio/",
            "/help/",
            "/survey/",
            "/zh/",
            "/ar/",
            "/hostile/",
        ] {
            open(browser, path).await?;
            eventually("the loader", async || browser.script("return Boolean(window.rapport?.on);", &[]).await)
                .await
                .context(path)?;
            browser.picture(&format!("demo-{}", path.trim_matches('/').replace('/', "-"))).await?;
            if let Err(error) = browser.assert_accessible("", &[]).await.context(path) {
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}
