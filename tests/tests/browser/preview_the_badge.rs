//! The badge beside the programme's form: the real one, which can be tried, and of which nothing is recorded.

use crate::dashboard::enter;
use anyhow::Result;
use rapport_tests::loyalty::badge;
use rapport_tests::{Browser, Product, Site, browse, eventually};
use reqwest::Method;
use serde_json::{Value, json};

async fn editor(browser: &Browser, site: &Site<'_>, rest: &str) -> Result<()> {
    enter(browser, site.product()).await?;
    browser.open(&format!("{}/dashboard/s/{}{rest}", site.product().url(), site.id)).await
}

/// Goes into the frame once the newest preview has taken its place, and waits for its panel.
async fn inside(browser: &Browser) -> Result<()> {
    browser.driver().enter_default_frame().await?;
    eventually("one preview, which has come", async || {
        browser
            .script("const all = document.querySelectorAll('.stage iframe'); return all.length === 1 && !!all[0].dataset.sent && !all[0].classList.contains('coming');", &[])
            .await
    })
    .await?;
    browser.driver().enter_frame(0).await?;
    browser.find(".sum h3").await.map(drop)
}

async fn press(browser: &Browser, css: &str) -> Result<()> {
    browser.any(css).await?;
    // What is pressed lies in a frame that is drawn smaller than it is.
    browser.ask::<Value>(css, "(it.click(), null)").await.map(drop)
}

#[test]
fn it_follows_the_form_can_be_tried_and_records_nothing() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[]).await?;
        site.programme(|program| {
            program["draws"] = json!([{
                "name": "drawer", "label": "The drawer", "cost": 1, "how": "at_once",
                "prizes": [{ "name": "scrap", "label": "A scrap", "stock": 5, "one_in": 1, "wins": { "type": "by_hand" } }]
            }]);
        })
        .await?;
        editor(browser, &site, "/loyalty").await?;
        inside(browser).await?;
        browser.reads(".tier", "Silver").await?;
        press(browser, "[data-part=draws] [data-ask]").await?;
        press(browser, "[data-act=draw]").await?;
        browser.reads("[data-ticket]", "A scrap").await?;
        browser.reads("[data-status]", "A scrap").await?;
        press(browser, "[data-act=check-in]").await?;
        browser.reads(".streak", "Checked in").await?;
        browser.reads("[data-status]", "+2").await?;
        press(browser, "[data-part=rewards] [data-ask]").await?;
        press(browser, "[data-act=redeem]").await?;
        browser.find("[data-own]").await?;
        assert!(!browser.shows("[data-broken]").await?, "its history holds");
        // What was done before is still so, and what comes next begins with it.
        browser.reads(".streak", "Checked in").await?;
        let first: i64 = browser.ask(".points", "+it.dataset.balance").await?;
        press(browser, "[data-part=rewards] [data-ask]").await?;
        press(browser, "[data-act=redeem]").await?;
        eventually("a second one", async || Ok(browser.count("[data-own]").await? == 2)).await?;
        let second: i64 = browser.ask(".points", "+it.dataset.balance").await?;
        assert!(second < first, "{second} after {first}");
        assert!(!browser.shows("[data-broken]").await?, "and so does this");

        // What is typed is seen without being saved.
        browser.driver().enter_default_frame().await?;
        browser.click("#part-surprise summary").await?;
        browser.script::<()>("document.getElementById('rewards-0-label').value = '';", &[]).await?;
        browser.fill("#rewards-0-label", "A tin of wax").await?;
        eventually("the new reward in the preview", async || {
            inside(browser).await?;
            browser.ask::<bool>("[data-part=rewards]", "it.textContent.includes('A tin of wax')").await
        })
        .await?;

        // Somebody new has nothing yet, and can join.
        browser.driver().enter_default_frame().await?;
        browser.click(".switch label:has([value=stranger])").await?;
        eventually("a stranger in the preview", async || {
            inside(browser).await?;
            browser.ask::<bool>(".sum h3", "it.textContent.includes('Collect points')").await
        })
        .await?;
        press(browser, "[data-act=check-in]").await?;
        browser.reads(".sum h3", "2 points").await?;
        browser.driver().enter_default_frame().await?;
        let members = product.api(Method::GET, &format!("sites/{}/members", site.id), None).await?;
        assert_eq!(members, json!([]), "nobody has become a member");
        Ok(())
    });
}

#[test]
fn the_editor_of_a_badge_has_it_too_and_a_mistake_is_said() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(false)]).await?;
        site.programme(|program| program["rules"][0]["points"] = json!(7)).await?;
        editor(browser, &site, "/widgets/badge/edit").await?;
        browser.driver().enter_default_frame().await?;
        eventually("the preview", async || {
            browser.script("return !!document.querySelector('.stage iframe[data-sent]:not(.coming)');", &[]).await
        })
        .await?;
        browser.driver().enter_frame(0).await?;
        press(browser, ".tab").await?;
        browser.find(".sum h3").await?;
        press(browser, "[data-act=check-in]").await?;
        browser.reads("[data-status]", "+7").await?;
        browser.driver().enter_default_frame().await?;

        browser.open(&format!("{}/dashboard/s/{}/loyalty", product.url(), site.id)).await?;
        inside(browser).await?;
        browser.driver().enter_default_frame().await?;
        browser.click("#part-surprise summary").await?;
        browser.script::<()>("document.getElementById('rewards-0-cost').value = '';", &[]).await?;
        browser.fill("#rewards-0-cost", "many").await?;
        browser.expect_complaint("422");
        eventually("the mistake in the preview", async || {
            browser.driver().enter_default_frame().await?;
            let one: bool =
                browser.script("return document.querySelectorAll('.stage iframe').length === 1;", &[]).await?;
            if !one {
                return Ok(false);
            }
            browser.driver().enter_frame(0).await?;
            browser.script("return document.body.innerText.includes('once this is put right');", &[]).await
        })
        .await?;
        browser.driver().enter_default_frame().await?;
        Ok(())
    });
}
