//! The preview: the real widget of a form that is not saved, and no trace of it.

use anyhow::Result;
use rapport_tests::{Browser, Product, browse, eventually, widgets};
use serde_json::json;

use crate::edit_widgets::open;

/// Goes into the preview, once the one that came last has taken the place of the others.
async fn inside(browser: &Browser) -> Result<()> {
    eventually("one preview", async || {
        // One that is coming cannot be seen yet, and counts.
        let frames = "return [...document.querySelectorAll('.stage iframe')].map((frame) => frame.matches('[data-sent]:not(.coming)'));";
        if browser.script::<Vec<bool>>(frames, &[]).await? != [true] {
            return Ok(false);
        }
        // It may be replaced just now.
        let entered =
            async { browser.find(".stage iframe").await?.enter_frame().await.map_err(anyhow::Error::from) }.await;
        if entered.is_err() {
            browser.driver().enter_default_frame().await?;
        }
        Ok(entered.is_ok())
    })
    .await
}

/// Waits until the preview says what was typed.
async fn follows(browser: &Browser, words: &str) -> Result<()> {
    eventually("the preview to follow", async || {
        inside(browser).await?;
        let body = "return document.querySelector('rapport-widget')?.shadowRoot?.textContent ?? '';";
        let shown = browser.script::<String>(body, &[]).await;
        browser.driver().enter_default_frame().await?;
        Ok(shown.is_ok_and(|text| text.contains(words)))
    })
    .await
}

#[test]
fn it_shows_what_is_typed_and_records_nothing() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut widget = widgets::nps();
        // Whatever would hold it back does not hold back the preview.
        widget["placement"] = json!({ "type": "popover" });
        widget["targeting"] = json!({ "pages": ["/nowhere"], "event": { "name": "never" } });
        let site = product.site(&[widget]).await?;
        let before = site.overview().await?;
        open(browser, &site, "nps").await?;
        inside(browser).await?;
        browser.reads("legend, .title, h3", "recommend us").await?;
        browser.driver().enter_default_frame().await?;

        browser.click("#q-nps summary").await?;
        browser.script::<()>("document.querySelector('#q-nps textarea').value = '';", &[]).await?;
        browser.fill("#q-nps textarea", "Fancy a walk?").await?;
        follows(browser, "Fancy a walk?").await?;

        // Answered to the end by its own WASM.
        inside(browser).await?;
        browser.find("form.live").await?;
        // The driver cannot point into a frame that is drawn smaller.
        browser.ask::<()>("[value='3']", "void it.click()").await?;
        browser.find("[data-q=missing] textarea").await?;
        browser.ask::<()>("[data-q=missing] textarea", "void (it.value = 'Shoes')").await?;
        browser.ask::<()>(".send", "void it.click()").await?;
        browser.reads(".thanks", "Thank you").await?;
        let kept: String = browser
            .script("try { return String(localStorage.length); } catch (denied) { return denied.name; }", &[])
            .await?;
        assert_eq!(kept, "SecurityError");
        // Nothing can be reached that records.
        let sent: String = browser
            .script(
                "const open = new XMLHttpRequest(); try { open.open('POST', arguments[0], false); open.send('x'); return String(open.status); } catch (denied) { return denied.name; }",
                &[json!(format!("{}/e/{}", product.url(), site.id))],
            )
            .await?;
        browser.expect_complaint("Content Security Policy");
        assert_eq!(sent, "NetworkError");
        browser.driver().enter_default_frame().await?;
        let after = site.overview().await?;
        assert_eq!(
            (&after["counts"], &after["tally"], &after["latest"]),
            (&before["counts"], &before["tally"], &before["latest"])
        );
        assert_eq!(browser.script::<usize>("return localStorage.length;", &[]).await?, 0);
        Ok(())
    });
}

#[test]
fn every_kind_and_place_is_shown_light_and_dark() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let placements = [
            json!({ "type": "inline" }),
            json!({ "type": "popover", "corner": "top_start" }),
            json!({ "type": "tab", "label": "Feedback" }),
            json!({ "type": "modal" }),
            json!({ "type": "bar", "edge": "top" }),
        ];
        let mut widget = widgets::nps();
        let site = product.site(&[]).await?;
        for (index, placement) in placements.iter().enumerate() {
            widget["placement"] = placement.clone();
            site.publish(&widget).await?;
            open(browser, &site, "nps").await?;
            if index % 2 == 1 {
                browser.click("label:has([value=dark])").await?;
                browser.click("label:has([value=phone])").await?;
            }
            inside(browser).await?;
            let kind = placement["type"].as_str().unwrap();
            browser.any(&format!("form.live[data-placement^={kind}]")).await?;
            browser.find(if kind == "tab" { ".tab" } else { "form.live" }).await?;
            browser.driver().enter_default_frame().await?;
            if kind == "modal" {
                // The dialog does not take the focus from whoever is typing.
                browser.click("#q-best summary").await?;
                browser.fill("#q-best textarea", " And").await?;
                follows(browser, "best? And").await?;
                browser.keys(" then?").await?;
                assert!(browser.ask::<String>("#q-best textarea", "it.value").await?.ends_with(" And then?"));
            }
        }
        Ok(())
    });
}
