//! Every page of the dashboard, looked at: nothing blocked by the policy, no barrier, nothing wider than the window; and
//! what visitors and pages wrote runs nowhere.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::loyalty::badge;
use rapport_tests::{Browser, Product, Site, browse, widgets};
use serde_json::json;

use crate::dashboard::enter;

const HOSTILE: &str = "\"'></script><img src=x onerror=\"window.hit=1\"><svg onload=\"window.hit=1\">";

/// Notes what the policy blocks, from before the page's first script.
const WATCH: &str = "window.blocked = []; addEventListener('securitypolicyviolation', (event) =>
    window.blocked.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));";

async fn full(product: &Product) -> Result<Site<'_>> {
    let mut nps = widgets::nps();
    nps["label"] = json!(HOSTILE);
    let site = product.site_with(&json!({ "name": HOSTILE }), &[nps, widgets::csat()]).await?;
    site.programme(|program| program["rewards"][0]["label"] = json!(HOSTILE)).await?;
    site.publish(&badge(false)).await?;
    for point in ["9", "2"] {
        let ms = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis() as u64;
        let id = format!("{:08x}-{:04x}-7000-8000-00000000000{point}", ms >> 16, ms & 0xffff);
        let words = if point == "9" { "best" } else { "missing" };
        site.deliver(&json!({
            "v": 1,
            "context": { "page": site.page(""), "locale": "en", "device": "phone", "traits": [["plan", HOSTILE]] },
            "response": { "id": id, "revision": 1, "widget": "nps", "version": 1, "complete": true,
                "answers": [["nps", point], [words, HOSTILE]], "moments": ["seen", "started"], "active_ms": 9_000 }
        }))
        .await?;
    }
    Ok(site)
}

#[test]
fn with_data_on_a_desk() {
    look(Screen::Desktop, Media::Light, "en", true);
}

#[test]
fn with_data_on_a_phone_in_the_dark() {
    look(Screen::Phone, Media::Dark, "zh-CN", true);
}

#[test]
fn empty_on_a_phone() {
    look(Screen::Phone, Media::Light, "en", false);
}

#[test]
fn empty_on_a_desk_in_the_dark() {
    look(Screen::Desktop, Media::Dark, "zh-CN", false);
}

fn look(screen: Screen, media: Media, lang: &str, data: bool) {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = if data { full(product).await? } else { product.site(&[widgets::nps()]).await? };
        browser.before_page(WATCH).await?;
        enter(browser, product).await?;
        browser.screen(screen).await?;
        browser.prefer(&[media]).await?;
        browser.open(&format!("{}/dashboard?lang={lang}", product.url())).await?;
        let mut wrong = Vec::new();
        for path in site.dashboard("nps") {
            let url = format!("{}{path}", product.url());
            let read = product_says(browser, &url).await?;
            if !read {
                continue;
            }
            browser.open(&url).await?;
            if let Err(error) = fine(browser, lang).await {
                wrong.push(format!("{path}: {error:#}"));
            }
        }
        anyhow::ensure!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        Ok(())
    });
}

/// Whether the address is a page that can be read: asked from the page that is open, with its session.
async fn product_says(browser: &Browser, url: &str) -> Result<bool> {
    let body = "const response = await fetch(arguments[0], { redirect: 'manual', method: 'HEAD' });
        return response.status === 200 && (response.headers.get('content-type') ?? '').startsWith('text/html');";
    let body = format!("return (async function () {{ {body} }}).apply(null, arguments);");
    // Addresses that take POST only, and a download that was not told of whom, say so on the console.
    browser.expect_complaint("40");
    browser.expect_complaint("422");
    browser.script(&body, &[json!(url)]).await
}

async fn fine(browser: &Browser, lang: &str) -> Result<()> {
    browser.find("h1").await?;
    let blocked: Vec<String> = browser.script("return window.blocked;", &[]).await?;
    anyhow::ensure!(blocked.is_empty(), "the policy blocked {blocked:?}");
    anyhow::ensure!(browser.script::<bool>("return window.hit === undefined;", &[]).await?, "something ran");
    let said: String = browser.ask("html", "it.lang").await?;
    anyhow::ensure!(said == lang || !said.starts_with("zh") && lang == "en", "it speaks {said}");
    let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
    anyhow::ensure!(over <= 0.0, "it is {over} px too wide");
    browser.assert_accessible("", &[]).await
}
