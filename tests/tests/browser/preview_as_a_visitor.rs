//! Who would be asked, and why: by form, without scripts too.

use crate::dashboard::enter;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Product, browse, widgets};
use serde_json::json;

#[test]
fn each_gate_is_told_with_its_reason() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut nps = widgets::nps();
        nps["placement"] = json!({ "type": "popover" });
        nps["targeting"] = json!({
            "pages": ["/shop/**"], "devices": ["phone"], "traits": [{ "name": "plan", "is": ["pro"] }],
            "delay_seconds": 10, "sample_percent": 50,
        });
        let site = product.site(&[nps]).await?;
        enter(browser, product).await?;
        browser.allow_scripts(false).await?;
        let page = format!("{}/dashboard/s/{}/widgets/nps/visitor", product.url(), site.id);
        browser.open(&page).await?;
        browser.reads("#verdict + .notice", "They do not see it").await?;
        browser.reads(".gates", "The page is one of /shop/**").await?;
        browser.reads(".gates", "plan is not known").await?;

        browser
            .open(&format!("{page}?page=https://a.example/shop/cart?x&device=phone&traits=plan%3Dpro&lot=49&seconds=3"))
            .await?;
        browser.reads("#verdict + .notice", "Not yet: it waits").await?;
        browser.reads(".gates", "/shop/cart").await?;
        browser.reads(".gates", "Waits for 10 seconds on the page").await?;
        browser.open(&format!("{page}?page=/shop/cart&device=phone&traits=plan%3Dpro&lot=49&seconds=12")).await?;
        browser.reads("#verdict + .notice", "They see it now").await?;
        // So is what was before.
        browser
            .open(&format!("{page}?page=/shop/cart&device=phone&traits=plan%3Dpro&lot=49&seconds=12&answered=2"))
            .await?;
        browser.reads("#verdict + .notice", "They do not see it").await?;
        browser.reads(".gates", "2 days ago").await?;
        // What makes no sense is told at its field.
        browser.open(&format!("{page}?visits=many")).await?;
        browser.reads("#problems", "visits").await?;

        browser.allow_scripts(true).await?;
        for (media, screen, lang) in [(Media::Light, Screen::Desktop, "en"), (Media::Dark, Screen::Phone, "zh-CN")] {
            browser.prefer(&[media]).await?;
            browser.screen(screen).await?;
            browser.open(&format!("{page}?page=/shop/&invited=3&lang={lang}")).await?;
            browser.picture(&format!("visitor-{lang}")).await?;
            browser.assert_accessible("", &[]).await?;
            let wide: bool =
                browser.script("return document.documentElement.scrollWidth > innerWidth + 1;", &[]).await?;
            assert!(!wide, "{lang}");
        }
        Ok(())
    });
}
