//! A quiz on a page: the right answers come with the receipt and not before; the owner sees how all have fared.

use rapport_tests::delivery::response;
use rapport_tests::host::Page;
use rapport_tests::product::OWNER_KEY;
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
        // The one choice leads on by itself.
        browser.click("[data-q=sleep] label:has([value=fourteen])").await?;
        browser.click("[data-q=legs] label:has([value=ant])").await?;
        browser.click(".send").await?;
        browser.reads(".score", "1 of 2 right").await?;
        browser.reads("[data-told=sleep]", "Right. It is fourteen hours.").await?;
        browser.reads("[data-told=legs]", "Not quite. The answer:").await?;
        browser.assert_accessible("", &[]).await?;
        eventually("the answer", async || Ok(site.responses()?.len() == 1)).await
    });
}

#[test]
fn the_score_is_told_where_wasm_is_refused() {
    browse(async |browser| {
        browser.expect_complaint("Content Security Policy");
        let product = Product::shared().await?;
        let site = product.site(&[widgets::quiz()]).await?;
        let policy = format!("script-src {0}; connect-src {0}", product.url());
        let body =
            format!("<!doctype html><title>Quiz</title>{}<rapport-widget name=quiz></rapport-widget>", site.tag());
        browser.open(&site.page_at("", Page::raw(&body).header("content-security-policy", &policy))).await?;
        browser.find("form.basic").await?;
        browser.click("[data-q=sleep] label:has([value=nine])").await?;
        browser.click("[data-q=legs] label:has([value=spider])").await?;
        browser.click("[data-q=legs] label:has([value=scorpion])").await?;
        browser.click(".send").await?;
        browser.reads(".score", "1 of 2 right").await?;
        browser.reads("[data-told=sleep]", "Not quite. The answer: About 14.").await
    });
}

#[test]
fn the_owner_sees_how_all_have_fared() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut quiz = widgets::quiz();
        quiz["pass_percent"] = 100.into();
        let site = product.site(&[quiz]).await?;
        for answers in [
            &[("sleep", "nine"), ("legs", "ant")][..],
            &[("sleep", "fourteen"), ("legs", "ant")],
            &[("sleep", "fourteen"), ("legs", "spider"), ("legs", "scorpion")],
        ] {
            site.deliver(&response("quiz", answers)).await?;
        }
        browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
        browser.find("form[action*='sign-out']").await?;
        browser.open(&format!("{}/dashboard/s/{}/widgets/quiz", product.url(), site.id)).await?;
        let card = browser.text("article:has(#scores)").await?;
        for words in ["3 finished", "right answers of 2", "Mean 1", "Passed, from 100% right", "33%"] {
            assert!(card.contains(words), "{words}: {card}");
        }
        assert_eq!(browser.count("article:has(#scores) .points li").await?, 3);
        browser.assert_accessible("", &[]).await
    });
}
