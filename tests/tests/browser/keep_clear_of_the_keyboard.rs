//! The keyboard of a phone makes the visible part of the window smaller without moving what is fixed in it. Chromium has no
//! keyboard to bring up here; zooming in makes the visible part smaller in the same way, and tells it by the same event.

use crate::steps::{alive, named, point, thanked};
use anyhow::{Context, Result};
use rapport_tests::browser::Screen;
use rapport_tests::{Browser, Product, browse, eventually, widgets};
use serde_json::{Value, json};

/// Whether all of the form, and the field in it, is in the visible part of the window, from top to bottom.
const CLEAR: &str = "
const form = [...document.querySelectorAll('rapport-widget')].map((it) => it.shadowRoot?.querySelector('form')).find(Boolean);
const field = form.getRootNode().activeElement;
const { offsetTop, height } = visualViewport;
const within = (it) => { const box = it.getBoundingClientRect(); return box.top >= offsetTop - 1 && box.bottom <= offsetTop + height + 1; };
return Boolean(field) && within(field) && (form.dataset.placement.includes('top') || within(form));";

async fn cover(browser: &Browser, scale: f64) -> Result<()> {
    browser.devtools("Emulation.setPageScaleFactor", json!({ "pageScaleFactor": scale })).await?;
    let reached = "return Math.abs(visualViewport.scale - arguments[0]) < 0.01;";
    eventually("the visible part to change", async || browser.script(reached, &[json!(scale)]).await).await
}

#[test]
fn what_is_typed_into_stays_in_view() {
    browse(async |browser| {
        browser.screen(Screen::Phone).await?;
        let places: [Value; 4] = [
            json!({ "type": "popover" }),
            json!({ "type": "bar" }),
            json!({ "type": "popover", "corner": "top_end" }),
            json!({ "type": "modal" }),
        ];
        for place in places {
            let site = Product::shared().await?.site(&[widgets::placed(widgets::nps(), place.clone())]).await?;
            browser.open(&site.page("<p style='height: 3000px'>A long page</p>")).await?;
            alive(browser).await?;
            browser.tap(&point("nps", "9")).await?;
            browser.tap(&named("best")).await?;
            cover(browser, 1.8).await?;
            eventually("the field in view", async || browser.script(CLEAR, &[]).await)
                .await
                .with_context(|| place.to_string())?;
            browser.keys("The paper.").await?;
            assert!(browser.script::<bool>(CLEAR, &[]).await?, "{place} is covered while somebody types");
            // The keyboard goes, and everything is where it was.
            cover(browser, 1.0).await?;
            let moved = "getComputedStyle(it).translate";
            eventually("the form in its place", async || {
                Ok(matches!(browser.ask::<String>("form", moved).await?.as_str(), "none" | "0px"))
            })
            .await?;
            browser.tap("button.send").await?;
            thanked(browser).await?;
            assert_eq!(site.only_answer("best").await?, "The paper.");
        }
        Ok(())
    });
}
