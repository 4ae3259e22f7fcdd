//! Connecting: an address is pasted, tried, changed, and forgotten; a token is made and ended. By hand, in both languages, and for
//! everyone.

use anyhow::{Context, Result};
use rapport_tests::browser::{Media, Screen};
use rapport_tests::outside::Answer;
use rapport_tests::{Product, browse, widgets};
use reqwest::Method;
use serde_json::json;

use crate::dashboard::enter;

#[test]
fn a_chat_is_connected_tried_paused_and_deleted() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        product.outside.answer("hooks.slack.com", [Answer::body("ok"), Answer::Now(404, vec![], "no_service".into())]);
        enter(browser, product).await?;
        let page = format!("{}/dashboard/s/{}/settings/connect", product.url(), site.id);
        browser.open(&page).await?;
        browser.reads(".empty", "No connections yet").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click(".empty a").await?;

        // Everything that is wrong is told at once, and what was typed stays.
        browser.fill("#address", "https://10.0.0.1/x").await?;
        browser.fill("#name", "Team").await?;
        browser.fill("#when", "nothing >").await?;
        browser.click("main form button.main").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "not the number of a machine").await?;
        browser.reads("#problems", "only.when").await?;
        browser.assert_accessible("", &[]).await?;
        assert_eq!(browser.ask::<String>("#name", "it.value").await?, "Team");

        browser
            .script::<()>("for (const id of ['address', 'when']) document.getElementById(id).value = '';", &[])
            .await?;
        browser.fill("#address", "https://hooks.slack.com/services/T/B/s3cret").await?;
        browser.click("main form button.main").await?;
        browser.reads("main", "Slack · https://hooks.slack.com/…cret").await?;
        browser.click("button[value=test]").await?;
        browser.reads(".notice.good", "It arrived").await?;
        browser.reads(".deliveries", "arrived").await?;
        browser.reads(".chip", "works").await?;
        let sent = product.outside.sent("hooks.slack.com").pop().context("nothing was sent")?;
        assert!(sent.body.contains("it works") && sent.url.ends_with("/services/T/B/s3cret"), "{sent:?}");

        // The chat is gone: that is told, and nothing more is sent until the owner goes on.
        browser.click("button[value=test]").await?;
        browser.reads(".notice.bad", "the address is gone").await?;
        browser.reads(".chip", "stopped").await?;
        browser.click("button[value=resume]").await?;
        browser.find("button[value=pause]").await?;
        browser.click("button[value=pause]").await?;
        browser.reads(".chip", "paused").await?;
        for (screen, media) in [(Screen::Desktop, Media::Light), (Screen::Phone, Media::Dark)] {
            browser.screen(screen).await?;
            browser.prefer(&[media]).await?;
            browser.reload().await?;
            browser.assert_accessible("", &[]).await?;
            let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
            assert!(over <= 0.0, "{over} px too wide");
        }
        browser.click("main details.card summary").await?;
        browser.click("button[value=delete]").await?;
        browser.reads(".notice.good", "deleted").await?;
        browser.find(".empty").await?;
        // That was a slip of the hand: everything is as it was.
        browser.click("button[value=restore]").await?;
        browser.reads("main", "Slack · https://hooks.slack.com/…cret").await?;
        browser.reads(".deliveries", "arrived").await?;

        // Another tab was faster: what was typed here stays, and replaces that only if it is sent once more.
        let id = browser
            .script::<String>("return location.pathname;", &[])
            .await?
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let body = json!({ "name": "Support", "address": "", "events": ["response.completed"], "lang": "en" });
        product.api(Method::PUT, &format!("sites/{}/hooks/{id}", site.id), Some(&body)).await?;
        browser.script::<()>("document.getElementById('name').value = '';", &[]).await?;
        browser.fill("#name", "Product").await?;
        browser.click("button[value=save]").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "in another tab").await?;
        assert_eq!(browser.ask::<String>("#name", "it.value").await?, "Product");
        browser.click("button[value=save]").await?;
        browser.reads("main h2", "Product").await?;
        browser.open(&format!("{page}/new?lang=zh-CN")).await?;
        browser.reads("main", "添加连接").await?;
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}

#[test]
fn a_token_is_shown_once_and_ended_and_the_api_is_readable() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/tokens", product.url())).await?;
        browser.assert_accessible("", &[]).await?;
        browser.fill("#name", "Reporting").await?;
        browser.click("input[value=read]").await?;
        browser.click("main form button.main").await?;
        let secret = browser.text("#token-line").await?;
        let ask = async || -> Result<u16> {
            let url = format!("{}/api/v1/sites/{}/status", product.url(), site.id);
            Ok(product.client().get(url).bearer_auth(&secret).send().await?.status().as_u16())
        };
        assert_eq!(ask().await?, 200);
        browser.click("main a.button.main").await?;
        browser.reads(".connections", "Reporting").await?;
        assert!(!browser.text("main").await?.contains(&secret));
        browser.click(".connections summary").await?;
        browser.click(".connections button.risk").await?;
        browser.reads(".notice.good", "ended").await?;
        assert_eq!(ask().await?, 401);

        for (path, words) in [("/api/v1/", "How to begin"), ("/api/v1/zh-CN/", "如何开始")] {
            browser.open(&format!("{}{path}", product.url())).await?;
            browser.reads("main", words).await?;
            browser.reads("main", "/api/v1/sites/{site}/hooks").await?;
            browser.assert_accessible("", &[]).await?;
        }
        Ok(())
    });
}
