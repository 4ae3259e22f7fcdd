//! From the gallery to a draft in one click.

use crate::dashboard::enter;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Product, browse, eventually};

#[test]
fn one_click_makes_a_named_draft_and_opens_it() {
    browse(async |browser| {
        let product = Product::shared().await?;
        enter(browser, product).await?;
        let site = product.site(&[]).await?;
        let gallery = format!("{}/dashboard/s/{}/new", product.url(), site.id);
        browser.open(&gallery).await?;
        assert!(browser.count(".gallery > li").await? >= 18);
        browser.click("button[value=pmf]").await?;
        browser.reads(".head", "pmf").await?;
        assert!(browser.url().await?.ends_with("/widgets/pmf/edit"));
        // A second of the same gets a name of its own.
        browser.open(&gallery).await?;
        browser.click("a[href$='goal=learn']").await?;
        eventually("fewer", async || Ok(browser.count(".gallery > li").await? < 18)).await?;
        browser.click("button[value=pmf]").await?;
        browser.reads(".head", "pmf2").await?;
        // What was found in it, and who is asked what, stands on its page.
        browser.open(&format!("{}/dashboard/s/{}/widgets/pmf", product.url(), site.id)).await?;
        browser.reads(".review", "Nothing to improve was found").await?;
        browser
            .reads(".flow", "Asked only if “How would you feel if you could no longer use it?” is “Very disappointed”")
            .await?;
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}

#[test]
fn pictures_are_the_real_form_and_nobody_can_touch_them() {
    browse(async |browser| {
        let product = Product::shared().await?;
        enter(browser, product).await?;
        let site = product.site(&[]).await?;
        browser.open(&format!("{}/dashboard/s/{}/new", product.url(), site.id)).await?;
        let picture = "document.querySelector('li:has([value=nps]) .picture')";
        eventually("the picture's style", async || {
            browser.script(&format!("return getComputedStyle({picture}.shadowRoot.querySelector('.point input') ?? document.body).position == 'absolute' || {picture}.shadowRoot.styleSheets.length > 0;"), &[]).await
        })
        .await?;
        let points: usize =
            browser.script(&format!("return {picture}.shadowRoot.querySelectorAll('[name=nps]').length;"), &[]).await?;
        assert_eq!(points, 11);
        let inert: bool = browser.script(&format!("return {picture}.inert;"), &[]).await?;
        assert!(inert);
        // In Chinese the gallery speaks Chinese; the pictures speak the site's language.
        for (media, screen) in [(Media::Light, Screen::Desktop), (Media::Dark, Screen::Phone)] {
            browser.prefer(&[media]).await?;
            browser.screen(screen).await?;
            browser.open(&format!("{}/dashboard/s/{}/new?lang=zh-CN", product.url(), site.id)).await?;
            browser.reads(".gallery", "使用此模板").await?;
            browser.assert_accessible("", &[]).await?;
            let wide: bool =
                browser.script("return document.documentElement.scrollWidth > innerWidth + 1;", &[]).await?;
            assert!(!wide);
        }
        Ok(())
    });
}
