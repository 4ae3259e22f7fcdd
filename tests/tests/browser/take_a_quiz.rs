//! A quiz on a page: the right answers come with the receipt and not before.

use rapport_tests::{Product, browse, eventually, widgets};

#[test]
fn score_and_reasons_come_with_the_receipt() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::quiz()]).await?;
        browser.open(&site.page("<rapport-widget name=quiz></rapport-widget>")).await?;
        browser.find("form.live").await?;
        let before: String = browser.ask("form", "it.outerHTML").await?;
        assert!(!before.contains("fourteen hours") && !before.contains("correct"), "{before}");
        browser.click("[data-q=sleep] label:has([value=fourteen])").await?;
        browser.click(".send").await?;
        browser.click("[data-q=legs] label:has([value=ant])").await?;
        browser.click(".send").await?;
        browser.reads(".score", "1 of 2 right").await?;
        browser.reads("[data-told=sleep]", "Right. It is fourteen hours.").await?;
        browser.reads("[data-told=legs]", "Not quite. The answer:").await?;
        browser.assert_accessible("", &[]).await?;
        eventually("the answer", async || Ok(site.responses()?.len() == 1)).await
    });
}
