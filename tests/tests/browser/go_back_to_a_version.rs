//! What changed between versions, in words, and going back to one.

use crate::dashboard::enter;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Product, browse, widgets};
use reqwest::Method;
use serde_json::json;

#[test]
fn differences_are_words_and_an_old_version_comes_back_as_a_draft() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        let mut second = widgets::nps();
        second["questions"][0]["title"] = json!("Would you recommend us?");
        second["questions"][1]["show_if"] = json!("nps <= 5");
        second["placement"] = json!({ "type": "modal" });
        second["questions"].as_array_mut().unwrap().pop();
        product.api(Method::PUT, &format!("sites/{}/widgets/nps", site.id), Some(&second)).await?;
        product.api(Method::POST, &format!("sites/{}/widgets/nps/publish", site.id), None).await?;
        enter(browser, product).await?;
        let widget = format!("{}/dashboard/s/{}/widgets/nps", product.url(), site.id);
        browser.open(&widget).await?;
        browser.click("a[href$='from=1&to=2']").await?;
        for words in [
            "How likely are you to recommend us? → Would you recommend us?",
            "Asked only if “How likely are you to recommend us?” is 6 or lower.",
            "Asked only if “Would you recommend us?” is 5 or lower.",
            "in the page → dialog",
            "Question removed",
        ] {
            browser.reads("main", words).await?;
        }
        for (media, screen, lang) in [(Media::Light, Screen::Desktop, "en"), (Media::Dark, Screen::Phone, "zh-CN")] {
            browser.prefer(&[media]).await?;
            browser.screen(screen).await?;
            browser.open(&format!("{widget}/versions?from=1&to=2&lang={lang}")).await?;
            browser.picture(&format!("versions-{lang}")).await?;
            browser.assert_accessible("", &[]).await?;
            let wide: bool =
                browser.script("return document.documentElement.scrollWidth > innerWidth + 1;", &[]).await?;
            assert!(!wide, "{lang}");
        }
        browser.screen(Screen::Desktop).await?;
        browser.open(&format!("{widget}?lang=en")).await?;
        browser.click("button[name=restore][value='1']").await?;
        browser.reads(".notice", "Version 1 is the draft now").await?;
        browser.reads("main", "Would you recommend us? → How likely are you to recommend us?").await?;
        // Undo leaves things as they were.
        browser.click("form[action$='/discard'] button").await?;
        browser.gone("form[action$='/publish'] button").await?;

        // A draft that would be lost is shown first.
        let mut draft = second.clone();
        draft["label"] = json!("A better name");
        product.api(Method::PUT, &format!("sites/{}/widgets/nps", site.id), Some(&draft)).await?;
        browser.open(&widget).await?;
        browser.click("button[name=restore][value='1']").await?;
        browser.reads("h1", "Replace your draft?").await?;
        browser.reads("main", "A better name").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click("button[name=restore]").await?;
        browser.reads(".notice", "Version 1 is the draft now").await?;
        browser.click("form[action$='/publish'] button").await?;
        browser.find("form[action$='/pause'] button").await?;
        browser.click("a[href$='from=2&to=3']").await?;
        browser.reads("main", "Version 2 → Version 3").await?;
        Ok(())
    });
}
