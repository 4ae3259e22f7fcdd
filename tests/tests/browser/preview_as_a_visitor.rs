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

#[test]
fn the_attention_budget_is_told_too() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut nps = widgets::nps();
        nps["placement"] = json!({ "type": "popover" });
        let budget = json!({ "attention": { "cooldown_days": 7, "per_visit": 1 } });
        let site = product.site_with(&budget, &[nps.clone()]).await?;
        enter(browser, product).await?;
        let page = format!("{}/dashboard/s/{}/widgets/nps/visitor", product.url(), site.id);
        for (asked, verdict) in [
            ("invited=2", "They do not see it"),
            ("invited=6", "They do not see it"),
            ("invited=7", "They see it now"),
            ("invitations=1", "They do not see it"),
            ("invitations=0", "They see it now"),
        ] {
            browser.open(&format!("{page}?{asked}")).await?;
            browser.reads("#verdict + .notice", verdict).await?;
        }
        browser.reads(".gates", "nothing came up by itself in the last 7 days").await?;
        browser.reads(".gates", "fewer than 1 came up").await?;
        // A widget may be exempt from it.
        nps["targeting"]["ignore_budget"] = true.into();
        site.publish(&nps).await?;
        browser.open(&format!("{page}?invited=2&invitations=1")).await?;
        browser.reads("#verdict + .notice", "They see it now").await
    });
}
