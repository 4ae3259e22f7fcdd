//! What the badge shows beyond points: what the owner said, how a quiz went, a link to point a camera at.

use anyhow::Context;
use rapport_tests::browser::Media;
use rapport_tests::loyalty::badge;
use rapport_tests::{Product, browse, eventually, widgets};
use reqwest::Method;
use serde_json::json;

use crate::collect_and_redeem::signed;
use crate::steps::{alive, point, thanked};

/// Of the page, and not of the badge.
const HOST_AFFAIRS: &[&str] = &["region", "landmark-one-main", "page-has-heading-one"];

#[test]
fn a_reply_is_seen_on_the_pill_and_read_in_the_panel_and_nowhere_again() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(false), widgets::nps()]).await?;
        site.programme(|_| {}).await?;
        let token = site.token("c-1", &site.signer().await?)?;
        let page = site.page(&format!("{}<rapport-widget name=nps></rapport-widget>", signed(&token)));
        browser.open(&page).await?;
        alive(browser).await?;
        browser.click(&point("nps", "3")).await?;
        browser.fill("[name=missing]", "More ink.").await?;
        browser.click("button.send").await?;
        thanked(browser).await?;
        let id = site.only_response().await?["id"].as_str().context("an id")?.to_owned();
        let path = format!("sites/{}/responses/{id}/reply", site.id);
        product.api(Method::POST, &path, Some(&json!({ "text": "There is more now." }))).await?;

        browser.script::<()>("sessionStorage.clear(); return null;", &[]).await?;
        browser.open(&page).await?;
        browser.find(".tab[data-fresh]").await?;
        browser.reads(".talk .brief", "There is more now.").await?;
        let words: String = browser.ask(".tab", "it.title").await?;
        assert_eq!(words, "New messages: 1");
        browser.click(".tab").await?;
        browser.reads("[data-part=messages] summary", "New messages: 1").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click("[data-part=messages] summary").await?;
        browser.reads(".talks", "There is more now.").await?;
        browser.reads(".talks", "More ink.").await?;
        browser.gone(".talk").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        eventually("the owner sees that it was read", async || {
            let found = product.api(Method::GET, &format!("sites/{}/inbox?status=all", site.id), None).await?;
            Ok(found["items"][0]["case"]["thread"][0]["seen"].is_number())
        })
        .await?;
        // Read once is read: here, and on the next page; what was said stays.
        assert_eq!(browser.count(".tab[data-fresh]").await?, 0);
        browser.reload().await?;
        browser.click(".tab").await?;
        browser.reads("[data-part=messages] summary", "Messages").await?;
        eventually("nothing new", async || Ok(browser.count("[data-fresh]").await? == 0)).await
    });
}

#[test]
fn a_quiz_says_on_its_last_page_what_was_best() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[badge(false), widgets::quiz()]).await?;
        site.programme(|program| {
            program["rules"] = json!([{ "name": "quiz", "when": { "type": "quiz", "pass": 60 }, "points": 25 }]);
        })
        .await?;
        let token = site.token("c-1", &site.signer().await?)?;
        browser.open(&site.page(&format!("{}<rapport-widget name=quiz></rapport-widget>", signed(&token)))).await?;
        alive(browser).await?;
        browser.click("[data-q=sleep] label:has([value=fourteen])").await?;
        browser.click(".send").await?;
        browser.click("[data-q=legs] label:has([value=ant])").await?;
        browser.click(".send").await?;
        browser.reads(".score", "1 of 2 right").await?;
        browser.reads("[data-result] .total", "Best result: 50%").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click(".tab").await?;
        browser.reads("[data-status]", "Right answers: 50%. Points need 60%.").await?;
        browser.reads("[data-part=earn]", "Best result: 50%").await
    });
}

#[test]
fn a_link_can_be_pointed_at_in_the_dark_too() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[badge(true)]).await?;
        site.programme(|_| {}).await?;
        let token = site.token("c-1", &site.signer().await?)?;
        browser.prefer(&[Media::Dark]).await?;
        browser.open(&site.page(&format!("{}<rapport-widget name=badge></rapport-widget>", signed(&token)))).await?;
        browser.click("[data-act=check-in]").await?;
        browser.click("[data-part=invite] summary").await?;
        browser.click("[data-qr]").await?;
        browser.find(".picture svg[role=img]").await?;
        let (name, ground, modules, open): (String, String, String, String) = browser
            .ask(
                ".picture svg",
                "[it.ariaLabel, getComputedStyle(it.firstChild).fill, getComputedStyle(it.lastChild).fill, \
                  it.closest('details').querySelector('[data-qr]').ariaExpanded]",
            )
            .await?;
        let expected = ["QR code", "rgb(255, 255, 255)", "rgb(0, 0, 0)", "true"];
        assert_eq!([name.as_str(), ground.as_str(), modules.as_str(), open.as_str()], expected);
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click("[data-qr]").await?;
        browser.gone(".picture svg").await?;
        Ok(())
    });
}
