//! The owner's inbox: from an answer to an action, with the mouse, by keyboard, without scripts, in Chinese, on a phone, and with
//! everything that visitors send shown as what it is: text.

use anyhow::{Context, Result};
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::delivery::response;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

async fn sign_in(browser: &Browser) -> Result<&'static Product> {
    let product = Product::shared().await?;
    browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
    eventually("the list of sites", async || browser.shows("a[href*='/dashboard/s/'], form[action*='sign-out']").await)
        .await?;
    Ok(product)
}

fn inbox(site: &Site<'_>) -> String {
    format!("{}/dashboard/s/{}/responses", site.product().url(), site.id)
}

async fn say(site: &Site<'_>, score: &str, words: &str) -> Result<()> {
    let question = if score.parse::<u8>()? < 7 { "missing" } else { "best" };
    site.deliver(&response("nps", &[("nps", score), (question, words)])).await
}

async fn found(site: &Site<'_>, query: &str) -> Result<Vec<Value>> {
    let found = site.product().api(Method::GET, &format!("sites/{}/inbox?{query}", site.id), None).await?;
    Ok(found["items"].as_array().cloned().unwrap_or_default())
}

const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&lt;";

#[test]
fn from_an_answer_on_the_overview_to_a_reply_in_two_clicks() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        say(&site, "2", "I want a refund").await?;
        browser.open(&format!("{}/dashboard/s/{}", product.url(), site.id)).await?;
        browser.click(".answers a[href$='#reply']").await?;
        // Seen, it is no longer new.
        eventually("it to be read", async || Ok(found(&site, "status=read").await?.len() == 1)).await?;
        browser.fill("#reply-text", "It is on its way.").await?;
        browser.click("button[value=reply]").await?;
        browser.reads(".thread", "It is on its way.").await?;
        browser.reads(".toast", "Reply sent").await?;
        assert_eq!(found(&site, "status=read").await?[0]["case"]["thread"][0]["text"], "It is on its way.");
        browser.click(".toast button").await?;
        browser.reads(".toast", "Undone").await?;
        let back = &found(&site, "status=read").await?[0]["case"];
        assert!(back["thread"].is_null(), "{back}");
        Ok(())
    });
}

#[test]
fn by_keyboard_alone() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        for words in ["first", "second", "third"] {
            say(&site, "3", words).await?;
        }
        browser.open(&inbox(&site)).await?;
        browser.find("[data-shortcuts]").await?;
        browser.keys("?").await?;
        browser.find("#shortcuts[open]").await?;
        browser.assert_accessible("", &[]).await?;
        browser.keys(key::ESCAPE).await?;
        browser.gone("#shortcuts").await?;
        browser.keys("jj").await?;
        browser.keys("e").await?;
        browser.reads(".toast", "Marked as done").await?;
        assert_eq!(found(&site, "status=done").await?[0]["response"]["answers"][1][1], "second");
        browser.keys("z").await?;
        browser.reads(".toast", "Undone").await?;
        browser.keys("j").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".pane", "third").await?;
        browser.keys("r").await?;
        browser.keys("by e-mail j k").await?;
        assert_eq!(browser.ask::<String>("#reply-text", "it.value").await?, "by e-mail j k");
        Ok(())
    });
}

#[test]
fn hundreds_of_words_searched_in_chinese_and_kept_as_a_view() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        say(&site, "2", "我要退款，谢谢").await?;
        say(&site, "9", "Très bon café").await?;
        browser.open(&format!("{}?lang=zh-CN", inbox(&site))).await?;
        browser.fill("#q", "退款").await?;
        browser.click("form.search > .actions button").await?;
        browser.reads(".entries", "我要退款").await?;
        assert_eq!(browser.count(".entries > li").await?, 1);
        browser.click(".views summary").await?;
        browser.fill("#view-name", "要退款的").await?;
        browser.click("button[value=keep]").await?;
        browser.reads(".views nav", "要退款的").await?;
        browser.open(&format!("{}?status=all", inbox(&site))).await?;
        assert_eq!(browser.count(".entries > li").await?, 2);
        browser.click(".views nav a").await?;
        browser.reads(".chips", "退款").await?;
        browser.click(".chips a.chip").await?;
        browser.reads(".entries", "café").await?;
        browser.open(&format!("{}?lang=en", inbox(&site))).await
    });
}

#[test]
fn without_scripts_everything_can_be_done() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        say(&site, "2", "one").await?;
        say(&site, "3", "two").await?;
        browser.allow_scripts(false).await?;
        browser.open(&inbox(&site)).await?;
        browser.click("input[name=id]").await?;
        browser.click(".bulk button[value='status:planned']").await?;
        browser.reads(".toast", "planned").await?;
        assert_eq!(found(&site, "status=planned").await?.len(), 1);
        browser.click(".toast button").await?;
        browser.reads(".toast", "Undone").await?;
        browser.click(".entries a[data-row]").await?;
        browser.fill("#tag", "bug").await?;
        browser.click("button[value=tag]:not(.small)").await?;
        browser.reads(".pane", "bug").await?;
        browser.click("button[value='test:yes']:not(.small)").await?;
        browser.reads(".toast", "Test mark").await?;
        assert_eq!(found(&site, "trust=test").await?.len(), 1);
        browser.click("button[value=erase]:not(.small)").await?;
        browser.reads(".toast", "Deleted").await?;
        assert_eq!(found(&site, "").await?.len(), 1);
        browser.click(".toast button").await?;
        browser.reads(".toast", "Undone").await?;
        assert_eq!(found(&site, "tag=bug").await?.len(), 1);
        browser.allow_scripts(true).await
    });
}

#[test]
fn whatever_visitors_send_is_text_and_every_look_is_free_of_barriers() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        let mut delivery = response("nps", &[("nps", "2"), ("missing", HOSTILE)]);
        delivery["context"] = json!({ "page": format!("https://evil.example/{HOSTILE}"), "locale": "en", "device": "phone",
            "traits": [["plan", HOSTILE]] });
        site.deliver(&delivery).await?;
        let id = found(&site, "").await?[0]["response"]["id"].as_str().context("an id")?.to_owned();
        let changes = json!({ "ids": [id], "changes": [{ "tag": "<b>bug" }, { "note": HOSTILE },
            { "link": { "widget": "news", "entry": "gone" } }] });
        product.api(Method::POST, &format!("sites/{}/responses/change", site.id), Some(&changes)).await?;
        product
            .api(Method::POST, &format!("sites/{}/responses/{id}/reply", site.id), Some(&json!({ "text": HOSTILE })))
            .await?;
        product
            .api(
                Method::POST,
                &format!("sites/{}/inbox/views", site.id),
                Some(&json!({ "name": HOSTILE, "query": "q=a" })),
            )
            .await?;
        let one = format!("{}/{id}?status=all", inbox(&site));
        let odd = format!("{}?status=all&q=%3Cimg%20src%3Dx%3E&tag=%22%3E%3Cb%3E&done=reply&undo=%22%3E", inbox(&site));
        let pages = [("list", format!("{}?status=all", inbox(&site))), ("one", one), ("odd", odd)];
        let looks = [
            ("light", Media::Light, Screen::Desktop, "en"),
            ("dark", Media::Dark, Screen::Phone, "en"),
            ("zh", Media::Light, Screen::Phone, "zh-CN"),
            ("en", Media::Dark, Screen::Desktop, "en"),
        ];
        for (look, media, screen, lang) in looks {
            browser.prefer(&[media, Media::ReducedMotion]).await?;
            browser.screen(screen).await?;
            for (name, address) in &pages {
                browser.open(&format!("{address}&lang={lang}")).await?;
                browser.find("h1, h2").await?;
                browser.picture(&format!("inbox-{name}-{look}")).await?;
                assert_eq!(browser.count("img, main b > b").await?, 0, "{name}");
                browser.assert_accessible("", &[]).await.with_context(|| format!("{name} in {look}"))?;
                let wide: bool =
                    browser.script("return document.documentElement.scrollWidth > innerWidth + 1;", &[]).await?;
                assert!(!wide, "{name} in {look} is wider than its window");
            }
        }
        Ok(())
    });
}
