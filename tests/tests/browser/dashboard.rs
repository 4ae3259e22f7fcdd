//! The owner at the dashboard: in, looking, changing, and watching answers arrive.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

#[test]
fn the_key_in_the_fragment_opens_the_door_and_leaves_no_trace() {
    browse(async |browser| {
        let product = Product::shared().await?;
        enter(browser, product).await?;
        let (address, entries): (String, usize) =
            browser.script("return [location.href, performance.getEntriesByType('resource').filter((e) => e.name.includes('key=')).length];", &[]).await?;
        assert!(!address.contains(OWNER_KEY), "{address}");
        assert_eq!(entries, 0);
        // The session's cookie is out of reach of scripts, and nothing else was kept.
        let kept: (String, usize) = browser.script("return [document.cookie, localStorage.length];", &[]).await?;
        assert_eq!(kept, (String::new(), 0));

        browser.click(".tools button").await?;
        browser.find("#sign-in").await?;
        browser.open(&format!("{}/dashboard", product.url())).await?;
        browser.find("#sign-in").await?;
        Ok(())
    });
}

#[test]
fn a_widget_is_made_mended_published_and_paused() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[]).await?;
        enter(browser, product).await?;
        let overview = format!("{}/dashboard/s/{}", product.url(), site.id);
        browser.open(&overview).await?;
        // An empty site says what to do first, and not that anything is zero.
        browser.click("a[href$='/new']").await?;
        browser.click("button[value=ces_support]").await?;
        browser.click("a[href$='/json']").await?;
        browser.find("#definition").await?;

        // A mistake is told at its path, and what was typed stays.
        let text: String = browser.ask("#definition", "it.value").await?;
        let broken = text.replace("\"ces <= 4 or", "\"cse <= 4 or").replace("\"max\": 7", "\"max\": 9");
        browser.script::<()>("document.getElementById('definition').value = arguments[0];", &[json!(broken)]).await?;
        browser.click("button[value=publish]").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "questions[2].show_if").await?;
        browser.reads("#problems", "questions[0].input").await?;
        assert_eq!(browser.ask::<String>("#definition", "it.value").await?, broken);
        browser.assert_accessible("", &[]).await?;

        browser.script::<()>("document.getElementById('definition').value = arguments[0];", &[json!(text)]).await?;
        browser.click("button[value=publish]").await?;
        browser.reads(".chip", "Live").await?;
        let hosted: String = browser.ask("a[target=_blank]", "it.href").await?;
        assert_eq!(hosted, site.hosted("ces_support"));
        let page = product.client().get(&hosted).send().await?.text().await?;
        assert!(page.contains("easy"), "{page}");

        browser.click("form[action$='/pause'] button").await?;
        browser.reads(".chip", "Paused").await?;
        browser.click("form[action$='/resume'] button").await?;
        browser.reads(".chip", "Live").await?;
        Ok(())
    });
}

#[test]
fn two_tabs_do_not_overwrite_each_other() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}/widgets/nps/json", product.url(), site.id)).await?;
        let text: String = browser.ask("#definition", "it.value").await?;
        let mine = text.replacen("\"label\": \"", "\"label\": \"My ", 1);
        assert_ne!(mine, text);
        browser.script::<()>("document.getElementById('definition').value = arguments[0];", &[json!(mine)]).await?;
        // Meanwhile, elsewhere.
        let mut theirs = widgets::nps();
        theirs["label"] = json!("Theirs");
        product.api(Method::PUT, &format!("sites/{}/widgets/nps", site.id), Some(&theirs)).await?;
        browser.click("button[value=draft]").await?;
        browser.expect_complaint("422");
        browser.reads("#problems", "another tab").await?;
        assert_eq!(browser.ask::<String>("#definition", "it.value").await?, mine);
        // Said twice, it is meant.
        browser.click("button[value=draft]").await?;
        browser.reads("h1 + p", "Unpublished changes").await?;

        // What is published is what was seen.
        product.api(Method::PUT, &format!("sites/{}/widgets/nps", site.id), Some(&theirs)).await?;
        browser.click("form[action$='/publish'] button").await?;
        browser.expect_complaint("409");
        browser.reads("#problems", "Not published").await?;

        // What is discarded comes back.
        browser.click("form[action$='/discard'] button").await?;
        browser.reads(".notice", "The draft is discarded").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click(".notice button").await?;
        browser.reads("h1 + p", "Unpublished changes").await?;
        Ok(())
    });
}

#[test]
fn answers_appear_without_a_reload_and_are_announced() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        answer(&site, json!([["nps", "9"], ["best", "The paper"]])).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}", product.url(), site.id)).await?;
        browser.reads(".answers", "The paper").await?;
        browser.reads("[aria-labelledby=figure-nps]", "of the 1 who answered").await?;
        // What the reader has open and where the focus is survives.
        browser
            .script::<()>(
                "document.querySelector('[aria-labelledby=figure-nps] .numbers').open = true; window.same = true;",
                &[],
            )
            .await?;
        browser.ask::<()>(".answers a", "it.focus()").await?;

        answer(&site, json!([["nps", "2"], ["missing", "It came late"]])).await?;
        browser.reads(".answers", "It came late").await?;
        browser.reads("[aria-labelledby=figure-nps]", "of the 2 who answered").await?;
        eventually("an announcement", async || {
            Ok(browser.ask::<String>("#said", "it.textContent").await?.contains('1'))
        })
        .await?;
        let (same, open): (bool, bool) = browser
            .script(
                "return [window.same === true, document.querySelector('[aria-labelledby=figure-nps] .numbers').open];",
                &[],
            )
            .await?;
        assert!(same && open);
        assert!(browser.focus().await?.starts_with('a'), "{}", browser.focus().await?);
        // One trend is drawn from each table that says the same.
        let drawn: (usize, usize) = browser
            .script("return [document.querySelectorAll('.chart canvas').length, document.querySelectorAll('.trend tbody').length];", &[])
            .await?;
        assert_eq!(drawn.0, drawn.1);
        Ok(())
    });
}

#[test]
fn chinese_is_complete_and_stays_chosen() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps(), widgets::survey()]).await?;
        answer(&site, json!([["nps", "9"]])).await?;
        enter(browser, product).await?;
        browser.open(&format!("{}/dashboard/s/{}?days=7", product.url(), site.id)).await?;
        browser.click("a[hreflang=zh-CN]").await?;
        browser.reads("h2", "最新回复").await?;
        assert!(browser.url().await?.ends_with("?days=7"), "{}", browser.url().await?);
        for page in [
            "",
            "/widgets",
            "/widgets/nps",
            "/widgets/nps/edit",
            "/widgets/nps/json",
            "/new",
            "/responses",
            "/settings",
        ] {
            browser.open(&format!("{}/dashboard/s/{}{page}", product.url(), site.id)).await?;
            assert_eq!(browser.ask::<String>("html", "it.lang").await?, "zh-CN");
            let words: String = browser.script(
                "const main = document.querySelector('main').cloneNode(true);
                 main.querySelectorAll('code, textarea, .answers, .bars, .numbers, [aria-labelledby^=question], h1, .fold summary, th a').forEach((own) => own.remove());
                 return (main.innerText + ' ' + document.querySelector('.tabs').innerText);", &[]).await?;
            for english in
                ["No data", "between", "Widgets", "Publish", "Save", "Settings", "Responses", "Too early", "views"]
            {
                assert!(!words.contains(english), "{page}: {english} in {words}");
            }
        }
        Ok(())
    });
}

#[test]
fn nobody_is_kept_out() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&widgets::every_kind()).await?;
        answer(&site, json!([["nps", "3"], ["missing", "Much"]])).await?;
        enter(browser, product).await?;
        for (screen, media) in [(Screen::Desktop, Media::Light), (Screen::Phone, Media::Dark)] {
            browser.screen(screen).await?;
            browser.prefer(&[media]).await?;
            for page in [
                "",
                "/widgets",
                "/widgets/nps",
                "/widgets/nps/edit",
                "/widgets/nps/json",
                "/new",
                "/responses",
                "/settings",
            ] {
                browser.open(&format!("{}/dashboard/s/{}{page}", product.url(), site.id)).await?;
                let over: f64 =
                    browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
                assert!(over <= 0.0, "{page} is {over} px too wide");
            }
        }
        browser.keys(key::TAB).await?;
        browser.reads(".skip", "Skip").await?;
        browser.keys(key::ENTER).await?;
        assert_eq!(browser.focus().await?, "main[main]");
        Ok(())
    });
}

#[test]
fn no_other_page_can_change_anything_in_the_owners_name() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        enter(browser, product).await?;
        let address = format!("{}/dashboard/s/{}/widgets/nps/end", product.url(), site.id);
        let foreign = format!("<form method=post action=\"{address}\"><button>Win a prize</button></form>");
        browser.open(&product.host.put("/prize", rapport_tests::Page::new(&foreign))).await?;
        browser.click("button").await?;
        browser.expect_complaint("40");
        browser.find("#sign-in, .empty").await?;
        // From a page of ours, but without the session's token.
        browser.open(&format!("{}/dashboard/s/{}", product.url(), site.id)).await?;
        let status: u16 = browser
            .script("return fetch(arguments[0], { method: 'POST', body: new URLSearchParams({ csrf: 'guess' }) }).then((r) => r.status);", &[json!(address)])
            .await?;
        assert_eq!(status, 403);
        let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
        assert_eq!(config["widgets"][0]["state"], "live");
        Ok(())
    });
}

pub async fn enter(browser: &Browser, product: &Product) -> Result<()> {
    browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
    browser.find(".tools button").await?;
    Ok(())
}

async fn answer(site: &Site<'_>, fields: serde_json::Value) -> Result<()> {
    answer_to(site, "nps", fields).await
}

/// Sends a complete response as a widget does.
async fn answer_to(site: &Site<'_>, widget: &str, fields: serde_json::Value) -> Result<()> {
    static SEQUENCE: AtomicU64 = AtomicU64::new(1);
    let ms = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
    let id =
        format!("{:08x}-{:04x}-7000-8000-{:012x}", ms >> 16, ms & 0xffff, SEQUENCE.fetch_add(1, Ordering::Relaxed));
    let delivery = json!({
        "v": 1,
        "context": { "page": site.page(""), "locale": "en", "device": "desktop" },
        "response": {
            "id": id, "revision": 1, "widget": widget, "version": 1, "complete": true,
            "answers": fields, "moments": ["seen", "started"], "active_ms": 9_000
        }
    });
    let product = site.product();
    let request = product.client().post(format!("{}/e/{}", product.url(), site.id)).json(&delivery);
    let response = request.header("origin", product.host.origin()).send().await?;
    anyhow::ensure!(response.status() == 200, "{}: {}", response.status(), response.text().await?);
    Ok(())
}
