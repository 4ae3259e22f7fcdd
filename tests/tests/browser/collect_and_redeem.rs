//! A customer with the badge: collects, climbs, redeems, has a code; by mouse, by keyboard, in other scripts, with less motion.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::loyalty::badge;
use rapport_tests::{Browser, Page, Product, Site, browse, eventually};
use reqwest::Method;
use serde_json::json;

/// Of the page, and not of the badge.
const HOST_AFFAIRS: &[&str] = &["region", "landmark-one-main", "page-has-heading-one"];

/// A site where a check-in brings Silver and enough for a coupon, and somebody who is signed in there.
pub async fn shop(inline: bool) -> Result<(Site<'static>, String)> {
    let site = Product::shared().await?.site(&[badge(inline)]).await?;
    site.programme(|program| {
        program["rules"][0]["points"] = json!(600);
        program["rewards"] = json!([
            { "name": "coupon", "gives": { "type": "amount", "amount": 500 }, "cost": 500,
              "label": { "en": "5 off", "zh-CN": "立减 5", "ar": "خصم 5" } },
            { "name": "dear", "gives": { "type": "text", "text": "Yes." }, "cost": 9_000, "label": "A dear one" }
        ]);
    })
    .await?;
    let pool = format!("sites/{}/rewards/coupon/codes", site.id);
    site.product().api(Method::POST, &pool, Some(&json!({ "text": "SAVE-1\nSAVE-2" }))).await?;
    let token = site.token("c-1", &site.signer().await?)?;
    Ok((site, token))
}

/// What a shop's page says of who is signed in.
pub fn signed(token: &str) -> String {
    format!("<script>((window.rapport ||= {{}}).q ||= []).push(['identify', '{token}']);</script>")
}

/// How many redemptions the owner has.
pub async fn redeemed(site: &Site<'_>) -> Result<usize> {
    let told = site.product().api(Method::GET, &format!("sites/{}/redemptions", site.id), None).await?;
    Ok(told["items"].as_array().map_or(usize::MAX, Vec::len))
}

/// Waits until the history was computed again and holds.
pub async fn verified(browser: &Browser) -> Result<()> {
    browser.reads("[data-part=history] summary", "Verified").await
}

#[test]
fn from_the_first_check_in_to_a_copied_code() {
    browse(async |browser| {
        let (site, token) = shop(false).await?;
        browser.open_clipboard().await?;
        browser
            .open(&site.page(&format!("{}<p>You have <rapport-points>no</rapport-points> points.", signed(&token))))
            .await?;
        browser.click(".tab").await?;
        browser.reads(".sum h3", "Collect points").await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.reads(".tier", "Silver").await?;
        browser.reads(".streak", "Checked in").await?;
        verified(browser).await?;
        assert_eq!(browser.text("rapport-points").await?, "600", "the page has it in its own text");

        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.reads(".sure", "Spend 500 points? You will have 100 points left.").await?;
        browser.click("[data-act=redeem]").await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        // Firefox leaves out of what can be read the marks that keep directions apart.
        browser.reads("[data-status]", "Redeemed: ").await?;
        let told: String = browser.ask("[data-status]", "it.textContent").await?;
        assert_eq!(told.replace(['\u{2068}', '\u{2069}'], ""), "Redeemed: 5 off");
        browser.reads(".sum h3", "100 points").await?;
        verified(browser).await?;
        browser.assert_accessible("", HOST_AFFAIRS).await?;
        browser.click("[data-copy]").await?;
        browser.reads("[data-status]", "Copied.").await?;
        let copied = browser.copied().await?;
        assert_eq!(copied, "SAVE-1");
        assert_eq!(redeemed(&site).await?, 1);

        // The next page has it at once, in the pill too.
        browser.reload().await?;
        eventually("the pill's number", async || Ok(browser.text(".tab .count").await.is_ok_and(|n| n == "100")))
            .await?;
        browser.click(".tab").await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        Ok(())
    });
}

#[test]
fn the_keyboard_alone_is_enough_and_the_focus_is_never_lost() {
    browse(async |browser| {
        let (site, token) = shop(false).await?;
        browser.open(&site.page(&signed(&token))).await?;
        browser.find(".tab").await?;
        browser.tab_to("button[open]").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".sum h3", "Collect points").await?;
        assert_eq!(focused(browser).await?, "h3");
        to(browser, "[data-act=check-in]").await?;
        browser.keys(key::ENTER).await?;
        browser.reads(".sum h3", "600 points").await?;
        eventually("the focus in the panel", async || Ok(focused(browser).await? == "h3")).await?;
        to(browser, "[data-ask]").await?;
        browser.keys(key::ENTER).await?;
        eventually("the focus on yes", async || within(browser, "[data-act=redeem]").await).await?;
        // Second thoughts.
        browser.keys(key::ESCAPE).await?;
        eventually("the focus back", async || within(browser, "[data-ask]").await).await?;
        assert!(browser.shows(".sum").await?, "only the question was closed");
        browser.keys(key::ENTER).await?;
        eventually("the focus on yes", async || within(browser, "[data-act=redeem]").await).await?;
        browser.keys(key::SPACE).await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        eventually("the focus on what was bought", async || within(browser, "[data-copy]").await).await?;
        browser.keys(key::ESCAPE).await?;
        eventually("the badge is closed", async || Ok(!browser.shows(".sum").await?)).await?;
        assert_eq!(browser.focus().await?, "button[open]");
        Ok(())
    });
}

/// The tag of what has the focus, through shadow roots.
async fn focused(browser: &Browser) -> Result<String> {
    browser.script("let it = document.activeElement; while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; return it?.localName ?? '';", &[]).await
}

async fn within(browser: &Browser, css: &str) -> Result<bool> {
    browser.script("let it = document.activeElement; while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; return !!it?.matches(arguments[0]);", &[json!(css)]).await
}

async fn to(browser: &Browser, css: &str) -> Result<()> {
    for _ in 0..40 {
        browser.keys(key::TAB).await?;
        if within(browser, css).await? {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never reached `{css}`")
}

#[test]
fn from_right_to_left_and_in_chinese_on_a_phone_in_the_dark() {
    browse(async |browser| {
        let (site, token) = shop(false).await?;
        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark]).await?;
        for (lang, dir, points, reward) in [("ar", "rtl", "600", "خصم 5"), ("zh-CN", "ltr", "600 积分", "立减 5")]
        {
            let document = format!(
                "<!doctype html><html lang={lang} dir={dir}><head><meta charset=utf-8><title>A page</title>\
                 <meta name=viewport content='width=device-width, initial-scale=1'></head><body><main><h1>A page</h1>{}{}</main></body></html>",
                site.tag(),
                signed(&token)
            );
            browser.open(&site.page_at(&format!("/{lang}"), Page::raw(&document))).await?;
            browser.click(".tab").await?;
            if lang == "ar" {
                browser.click("[data-act=check-in]").await?;
            }
            browser.reads(".sum h3", points).await?;
            browser.reads("[data-part=rewards]", reward).await?;
            let (tag, way): (String, String) =
                browser.ask(".points", "[it.lang, getComputedStyle(it).direction]").await?;
            assert_eq!((tag.as_str(), way.as_str()), (lang, dir));
            let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
            assert!(over <= 0.0, "{lang}: {over} px too wide");
            let wide: f64 = browser.ask(".placed", "it.scrollWidth - it.clientWidth").await?;
            assert!(wide <= 0.0, "{lang}: the panel is {wide} px too wide");
            browser.assert_accessible("", HOST_AFFAIRS).await?;
        }
        Ok(())
    });
}

#[test]
fn whoever_wants_less_motion_has_none_and_others_celebrate() {
    browse(async |browser| {
        for (media, moves) in [(vec![Media::ReducedMotion], false), (vec![], true)] {
            let (site, token) = shop(true).await?;
            browser.prefer(&media).await?;
            browser
                .open(&site.page(&format!("{}<rapport-widget name=badge></rapport-widget>", signed(&token))))
                .await?;
            browser.click("[data-act=check-in]").await?;
            browser.find(".glad").await?;
            let names: String = browser.ask(".glad h3", "getComputedStyle(it).animationName").await?;
            assert_eq!(names != "none", moves, "{names}");
            browser.reads("[data-status]", "+600").await?;
            browser.reads("[data-status]", "Silver").await?;
        }
        Ok(())
    });
}
