//! The owner replies, and whoever answered hears of it on the next visit, answers back, and is heard. Nobody else is.

use crate::steps::{alive, point, thanked};
use anyhow::{Context, Result};
use rapport_tests::browser::{Line, Media, Screen, key};
use rapport_tests::{Browser, Page, Product, Site, browse, eventually, wait_for, widgets};
use reqwest::Method;
use serde_json::{Value, json};

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";
const HOST_AFFAIRS: &[&str] = &["region", "landmark-one-main", "page-has-heading-one"];

/// Answers in words on `page`, and returns the response's id.
async fn answered(browser: &Browser, site: &Site<'_>, page: &str) -> Result<String> {
    browser.open(page).await?;
    alive(browser).await?;
    browser.click(&point("nps", "3")).await?;
    browser.fill("[name=missing]", "More ink.").await?;
    browser.click("button.send").await?;
    thanked(browser).await?;
    Ok(site.only_response().await?["id"].as_str().context("a response has an id")?.to_owned())
}

/// The owner writes.
async fn reply(site: &Site<'_>, id: &str, text: &str) -> Result<()> {
    let path = format!("sites/{}/responses/{id}/reply", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "text": text }))).await?;
    Ok(())
}

/// What the owner has of the one response.
async fn case(site: &Site<'_>) -> Result<Value> {
    let found = site.product().api(Method::GET, &format!("sites/{}/inbox?status=all", site.id), None).await?;
    Ok(found["items"][0]["case"].clone())
}

/// Comes back another time.
async fn next_visit(browser: &Browser, page: &str) -> Result<()> {
    browser.script::<()>("sessionStorage.clear(); return null;", &[]).await?;
    browser.open(page).await
}

/// Waits until the device has asked and shows nothing.
async fn heard_nothing(browser: &Browser, site: &Site<'_>) -> Result<()> {
    let mark = format!("rapport:{}:me", site.id);
    eventually("the device to have asked", async || {
        browser.script("return !!sessionStorage[arguments[0]]", &[json!(mark)]).await
    })
    .await?;
    assert!(!browser.shows(".talk").await?);
    Ok(())
}

#[test]
fn there_and_back() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(WIDGET);
        let id = answered(browser, &site, &page).await?;
        next_visit(browser, &page).await?;
        heard_nothing(browser, &site).await?;
        reply(&site, &id, "There is more now.\n<b>Really.</b>").await?;
        browser.reload().await?;
        alive(browser).await?;
        assert!(!browser.shows(".talk").await?, "once in a visit is often enough");

        next_visit(browser, &page).await?;
        browser.reads(".talk h2", "Acme has replied to you").await?;
        assert_eq!(browser.focus().await?, "body", "nobody is interrupted");
        browser.reads(".talk .brief", "There is more now. <b>Really.</b>").await?;
        browser.picture("replies-closed").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        assert_eq!(case(&site).await?["thread"][0]["seen"], Value::Null, "shown is not read");
        browser.click("[data-do=read]").await?;
        browser.reads(".talk blockquote", "More ink.").await?;
        browser.picture("replies-read").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click(".thread .send").await?;
        browser.reads(".thread .error", "Please write a few words first.").await?;
        browser.fill(".thread textarea", "Thank you!").await?;
        browser.click(".thread .send").await?;
        browser.reads(".thread .status", "Your message has arrived.").await?;
        browser.reads(".thread .own", "Thank you!").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        let case = case(&site).await?;
        assert_eq!((case["thread"].as_array().map(Vec::len), &case["status"]), (Some(2), &json!("new")));
        assert_eq!((&case["thread"][1]["by"], &case["thread"][1]["text"]), (&json!("visitor"), &json!("Thank you!")));
        assert!(case["thread"][0]["seen"].is_number(), "whoever answers has read");

        browser.click(".talk .close").await?;
        browser.gone(".talk").await?;
        next_visit(browser, &page).await?;
        heard_nothing(browser, &site).await?;
        reply(&site, &id, "You are welcome.").await?;
        next_visit(browser, &page).await?;
        browser.reads(".talk .brief", "You are welcome.").await?;
        browser.click(".talk .close").await?;
        browser.gone(".talk").await?;
        eventually("it to be seen", async || Ok(self::case(&site).await?["thread"][2]["seen"].is_number())).await
    });
}

#[test]
fn by_keyboard_and_without_losing_words() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(WIDGET);
        let id = answered(browser, &site, &page).await?;
        reply(&site, &id, "There is more now.").await?;
        next_visit(browser, &page).await?;
        browser.find(".talk").await?;
        browser.tab_to("button[read]").await?;
        browser.keys(key::ENTER).await?;
        browser.tab_to("textarea[text]").await?;
        browser.keys("One word").await?;
        browser.keys(key::ESCAPE).await?;
        assert!(browser.shows(".thread textarea").await?, "what is typed is not lost to a key");
        browser.tab_to("button").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".thread .status", "Your message has arrived.").await?;
        assert_eq!(browser.focus().await?, "div", "still in the conversation");
        browser.keys(key::ESCAPE).await?;
        browser.gone(".talk").await
    });
}

#[test]
fn a_message_without_a_line_arrives_on_the_next_visit() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(WIDGET);
        let id = answered(browser, &site, &page).await?;
        reply(&site, &id, "There is more now.").await?;
        next_visit(browser, &page).await?;
        browser.click("[data-do=read]").await?;
        browser.fill(".thread textarea", "On the train.").await?;
        browser.line(Line::Dead).await?;
        browser.click(".thread .send").await?;
        browser.reads(".thread .status", "Saved on this device.").await?;
        assert_eq!(browser.ask::<String>(".thread textarea", "it.value").await?, "On the train.");
        // Away before there was a line.
        browser.script::<()>("location.href = 'about:blank'; return null;", &[]).await?;
        browser.line(Line::Fast).await?;
        browser.open(&page).await?;
        eventually("it to arrive", async || Ok(case(&site).await?["thread"].as_array().map(Vec::len) == Some(2)))
            .await?;
        browser.reload().await?;
        alive(browser).await?;
        assert_eq!(case(&site).await?["thread"].as_array().map(Vec::len), Some(2), "once");
        Ok(())
    });
}

#[test]
fn it_lies_over_nothing_that_asks() {
    browse(async |browser| {
        let mut popover = widgets::csat();
        popover["placement"] = json!({ "type": "popover" });
        popover["targeting"] = json!({ "event": { "name": "asked" } });
        let site = Product::shared().await?.site(&[widgets::nps(), popover]).await?;
        let page = site.page(WIDGET);
        let id = answered(browser, &site, &page).await?;
        reply(&site, &id, "There is more now.").await?;
        next_visit(browser, &page).await?;
        browser.find(".talk").await?;
        browser.script::<()>("rapport.track('asked'); return null;", &[]).await?;
        browser.find("form[data-widget=csat]").await?;
        browser.gone(".talk").await?;
        browser.click("form[data-widget=csat] .close").await?;
        browser.find(".talk").await?;
        browser.script::<()>("rapport.destroy(); return null;", &[]).await?;
        browser.gone(".talk").await
    });
}

#[test]
fn without_consent_the_device_remembers_nothing() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(&format!("<script>window.rapport = {{ q: [['consent', false]] }}</script>{WIDGET}"));
        let id = answered(browser, &site, &page).await?;
        reply(&site, &id, "There is more now.").await?;
        let kept: usize = browser
            .script("return Object.keys(localStorage).filter((key) => key.endsWith(':mine')).length", &[])
            .await?;
        assert_eq!(kept, 0);
        Ok(())
    });
}

#[test]
fn a_page_of_its_own_without_scripts() {
    browse(async |browser| {
        browser.expect_complaint("422");
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        browser.allow_scripts(false).await?;
        browser.open(&site.hosted("nps")).await?;
        browser.click(&point("nps", "3")).await?;
        browser.fill("[name=missing]", "More ink.").await?;
        browser.click("button.send").await?;
        browser.reads("body", "Thank you for your score.").await?;
        let own: String = browser.ask("a[href^='/me/']", "it.href").await?;
        browser.open(&own).await?;
        browser.reads("body", "No reply yet.").await?;
        let id = site.only_response().await?["id"].as_str().context("an id")?.to_owned();
        assert!(own.contains(&id));
        reply(&site, &id, "There is more now.").await?;
        browser.reload().await?;
        browser.reads(".line", "There is more now.").await?;
        browser.click("button.send").await?;
        browser.reads(".error", "Please write a few words first.").await?;
        browser.fill("textarea", "Thank you!").await?;
        browser.click("button.send").await?;
        browser.reads(".own", "Thank you!").await?;
        browser.reload().await?;
        assert_eq!(browser.count(".own").await?, 1, "loading again sends nothing");
        assert_eq!(case(&site).await?["status"], "new");
        browser.allow_scripts(true).await?;
        browser.assert_accessible("", &[]).await?;
        browser.picture("replies-page").await
    });
}

#[test]
fn a_link_to_it_after_answering_on_the_hosted_page() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let id = answered(browser, &site, &site.hosted("nps")).await?;
        let own: String = browser.ask("[data-own]", "it.href").await?;
        assert_eq!(own, format!("{}/me/{}/{id}?lang=en", site.product().url(), site.id));
        reply(&site, &id, "There is more now.").await?;
        browser.open(&own).await?;
        browser.reads(".line", "There is more now.").await?;
        browser.assert_accessible("", &[]).await
    });
}

#[test]
fn what_was_done_is_told_to_who_said_it() {
    browse(async |browser| {
        let news = json!({ "name": "news", "kind": "news", "label": "News", "placement": { "type": "inline" },
            "questions": [{ "name": "ink", "title": "More ink", "hint": "Each pen has a spare.", "input": { "type": "info" } }] });
        let site = Product::shared().await?.site(&[widgets::nps(), news]).await?;
        let page = site.page(WIDGET);
        let id = answered(browser, &site, &page).await?;
        let link = json!({ "ids": [id], "changes": [{ "link": { "widget": "news", "entry": "ink" } }] });
        site.product().api(Method::POST, &format!("sites/{}/responses/change", site.id), Some(&link)).await?;
        next_visit(browser, &page).await?;
        browser.reads(".talk .brief", "More ink").await?;
        browser.click("[data-do=read]").await?;
        browser.reads(".talk .did", "Each pen has a spare.").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click(".talk .close").await?;
        browser.gone(".talk").await?;
        wait_for("it to be seen", async || {
            let body = json!({ "ids": [id] }).to_string();
            let client = site.product().client();
            let asked = client.post(format!("{}/me/{}", site.product().url(), site.id)).body(body).send().await?;
            Ok((asked.json::<Value>().await?["html"] == "").then_some(()))
        })
        .await
    });
}

#[test]
fn on_a_dark_phone_and_from_right_to_left() {
    browse(async |browser| {
        let product = Product::shared().await?;
        for (tag, dir, media) in [("ar", "rtl", Media::Light), ("zh-CN", "ltr", Media::Dark)] {
            let site = product.site_with(&json!({ "locale": tag }), &[widgets::nps()]).await?;
            let page = Page::raw(&format!(
                "<!doctype html><html lang={tag} dir={dir}><head><meta charset=utf-8><title>A page</title>
                 <meta name=viewport content='width=device-width, initial-scale=1'><meta name=color-scheme content='light dark'>{}</head>
                 <body>{WIDGET}</body></html>",
                site.tag()
            ));
            let page = site.page_at("/reply", page);
            browser.prefer(&[media, Media::ReducedMotion]).await?;
            browser.screen(Screen::Phone).await?;
            let id = answered(browser, &site, &page).await?;
            reply(&site, &id, "There is more now.").await?;
            next_visit(browser, &page).await?;
            browser.find(".talk").await?;
            assert_eq!(browser.ask::<String>(".talk", "it.dir").await?, dir);
            browser.click("[data-do=read]").await?;
            browser.find(".thread textarea").await?;
            browser.picture(&format!("replies-{tag}-phone")).await?;
            browser.assert_accessible("", HOST_AFFAIRS).await?;
        }
        Ok(())
    });
}

#[test]
fn under_a_policy_that_forbids_wasm_styles_and_markup_from_text() {
    browse(async |browser| {
        browser.expect_complaint("Content Security Policy");
        let product = Product::shared().await?;
        let mut box_ = widgets::feedback();
        box_["placement"] = json!({ "type": "inline" });
        let site = product.site(&[box_]).await?;
        let policy = format!(
            "default-src 'none'; script-src {0}; connect-src {0}; require-trusted-types-for 'script'; trusted-types rapport",
            product.url()
        );
        let page = Page::new(&format!("{}<rapport-widget name=feedback></rapport-widget>", site.tag()));
        let page = site.page_at("/strict", page.header("content-security-policy", &policy));
        browser.open(&page).await?;
        browser.find("form.basic").await?;
        browser.click(&point("category", "idea")).await?;
        browser.fill("[name=words]", "More ink.").await?;
        browser.click("button.send").await?;
        thanked(browser).await?;
        let id = site.only_response().await?["id"].as_str().context("an id")?.to_owned();
        reply(&site, &id, "There is more now.").await?;
        next_visit(browser, &page).await?;
        browser.reads(".talk .brief", "There is more now.").await?;
        browser.click("[data-do=read]").await?;
        browser.fill(".thread textarea", "Thank you!").await?;
        browser.click(".thread .send").await?;
        browser.reads(".thread .own", "Thank you!").await?;
        assert_eq!(
            browser.ask::<String>(".thread", "getComputedStyle(it.querySelector('.own')).borderTopWidth").await?,
            "1px"
        );
        Ok(())
    });
}
