//! Pages that have been tampered with, workers of theirs in between, blockers, storage without room: the answer arrives once, and
//! the visitor is never told that it did when it did not.

use crate::steps::{alive, answer_nps, nine_arrived, point, thanked};
use anyhow::Result;
use rapport_local::{Effect, Fault};
use rapport_tests::browser::Kind;
use rapport_tests::{Browser, Page, Product, Site, browse, eventually, widgets};
use serde_json::json;
use std::time::Duration;

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

async fn site() -> Result<Site<'static>> {
    Product::shared().await?.site(&[widgets::nps()]).await
}

/// Answers, and sends without waiting for what comes of it.
async fn send(browser: &Browser) -> Result<()> {
    browser.click(&point("nps", "9")).await?;
    browser.fill("textarea[name=best]", "The paper.").await?;
    browser.click("button.send").await
}

// As libraries do it. Where `get`, `body` or `type` are among them, descriptors and requests of the platform itself fail.
#[test]
fn prototypes_that_somebody_has_filled() {
    browse(async |browser| {
        let site = site().await?;
        let page = format!(
            "<script>Object.prototype.polluted = 'evil'; Object.prototype.extend = () => 'evil'; Array.prototype.evil = [1];
             Array.prototype.toJSON = () => 'evil'; String.prototype.evil = 'x';</script>{WIDGET}"
        );
        browser
            .open(&format!(
                "{}?__proto__[tainted]=1&constructor.prototype.tainted=1#__proto__[tainted]=1",
                site.page(&page)
            ))
            .await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        assert!(
            browser.script::<bool>("return ({}).tainted === undefined && [].tainted === undefined;", &[]).await?,
            "the page's address went into a prototype"
        );
        Ok(())
    });
}

#[test]
fn messages_from_anywhere_do_nothing() {
    browse(async |browser| {
        let site = site().await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await?;
        let body = "
            for (const said of [{ type: 'rapport', send: true }, { rapport: { q: ['identify', 'x'] } }, 'send', '{\"type\":\"rapport:sent\"}',
              { type: 'rapport:sent', id: 'x' }, { source: 'rapport', html: '<img src=x onerror=window.pwned=1>' }, [1], null])
              for (const to of [window, ...document.querySelectorAll('iframe')].map((it) => it.contentWindow ?? it)) to.postMessage(said, '*');
            return null;";
        browser.script::<()>(body, &[]).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        assert!(browser.script::<bool>("return window.pwned === undefined;", &[]).await?);
        Ok(())
    });
}

#[test]
fn storage_without_room() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        browser
            .before_page("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
            .await?;
        let site = site().await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await?;
        // What cannot be put aside is kept in memory, and the thanks wait for the receipt.
        site.product().cloud.edge.fail(Fault::new(Effect::Status(503)).prefix(&format!("/e/{}", site.id)).times(2));
        send(browser).await?;
        thanked(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn a_tab_that_is_closed_while_it_sends() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        let site = site().await?;
        let page = site.page(WIDGET);
        browser.open(&page).await?;
        alive(browser).await?;
        let slow = Effect::Delay(Duration::from_millis(1_500));
        site.product().cloud.edge.fail(Fault::new(slow).prefix(&format!("/e/{}", site.id)).times(2));
        send(browser).await?;
        // Gone before there is any answer.
        browser.open("about:blank").await?;
        browser.open(&page).await?;
        eventually("the answer", async || Ok(!site.responses()?.is_empty())).await?;
        nine_arrived(&site).await
    });
}

/// A worker of the page's own that has its hands on every request, and answers those whose address contains `part` like a
/// portal does; once it is told to stop it only passes them on.
pub fn portal(part: &str) -> Page {
    let script = format!(
        "let stopped = false;
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {{ stopped = true; event.source.postMessage('stopped'); }});
self.addEventListener('fetch', (event) => {{
  if (event.request.url.includes('{part}') && !stopped) {{
    event.respondWith(new Response('<!doctype html><p>Welcome to our hotel', {{ status: 200, headers: {{ 'content-type': 'text/html' }} }}));
  }} else {{
    event.respondWith(fetch(event.request));
  }}
}});"
    );
    Page::raw(&script).header("content-type", "text/javascript")
}

/// Whether a page's worker gets its hands on what is sent to outlive the page: Firefox lets such requests pass by it.
pub fn gets_everything(browser: &Browser) -> bool {
    browser.kind() != Kind::Firefox
}

/// Opens a page with `body` that has such a worker.
pub async fn open_behind_a_portal(browser: &Browser, site: &Site<'_>, part: &str, body: &str) -> Result<()> {
    let worker = site.page_at("/worker.js", portal(part));
    browser.open(&site.page_at("/first", Page::new("<p>First"))).await?;
    let register = "
        const [url] = arguments;
        return navigator.serviceWorker.register(url).then(() => navigator.serviceWorker.ready).then(() => true);";
    assert!(browser.script::<bool>(register, &[json!(worker)]).await?);
    browser.open(&site.page_at("/second", Page::new(&format!("{}{body}", site.tag())))).await?;
    let between = "return !!navigator.serviceWorker.controller";
    eventually("the worker in between", async || browser.script(between, &[]).await).await
}

/// From here on the worker only passes requests on.
pub async fn stop_the_portal(browser: &Browser) -> Result<()> {
    browser.script("navigator.serviceWorker.controller.postMessage('stop'); return null;", &[]).await
}

#[test]
fn a_service_worker_that_answers_for_ours() {
    browse(async |browser| {
        let site = site().await?;
        open_behind_a_portal(browser, &site, "/e/", WIDGET).await?;
        alive(browser).await?;
        send(browser).await?;
        if !gets_everything(browser) {
            thanked(browser).await?;
            return nine_arrived(&site).await;
        }
        // 200, and no receipt: it is not over.
        eventually("a first attempt", async || {
            browser
                .script::<bool>("return Object.entries(localStorage).some(([key, text]) => key.includes(':out:') && /^\\S+ \\d+ [1-9]/.test(text))", &[])
                .await
        })
        .await?;
        assert!(site.responses()?.is_empty());
        assert!(!browser.shows(".thanks").await.unwrap_or(false), "the visitor was told that it arrived");
        stop_the_portal(browser).await?;
        thanked(browser).await?;
        nine_arrived(&site).await
    });
}

/// Rules for addresses as EasyPrivacy and Fanboy's Annoyances have them for everybody – against trackers, and against surveys,
/// pop-ups and recommendations – and what others of their kind could come to.
const RULES: &[&str] = &[
    "/satismeter.js",
    "/surveyShower.",
    "/surveyoverlay/",
    "/stats/survey.",
    "/opinionlab/",
    "/onlineopinionV5/",
    "/btn-feedback.",
    "/conversional-popup.",
    "/popup_do_",
    "/plugins/popup-maker/",
    "/plugins/popover/",
    "/recommendations-widget/",
    "/horizon/recommend?",
    "/signup_widget.min.js",
    "/show-join-email.jsonp?",
    "/tracking-widget.",
    "/track/event/",
    "/track/batch?",
    "/track/client-events",
    "/track-visit?",
    "/t/event?",
    "/t.gif?",
    "/s.gif?",
    "/st.aspx?",
    "/stat/event",
    "/stats/collect",
    "/stats-collect",
    "/stats?event=",
    "/statistics/seen",
    "/submission/pageview",
    "/report?event_",
    "/report/impression?",
    "/reporting/metrics",
    "/service/metrics/",
    "/rum/events",
    "/run/perf",
    "/rpc/log?",
    "/sdk/impressions",
    "/segment/api/",
    "/session/referer",
    "/script/logger.",
    "/sync?visitor_id=",
    "/tag?tags=",
    "/token?referer=",
    "/telemetry/",
    "/tracker.min.js",
    "/tracking/beacon/",
    "analytics",
    "/beacon",
    "/collect",
    "/event",
    "/feedback",
    "/survey",
    "/nps",
    "pixel",
    "/metrics",
    "/log?",
    "/ads",
    "engage",
    "reward",
    "loyalty",
    "referral",
];

/// Names that lists hide on every page.
const HIDDEN: &str =
    "<style>.survey, .survey-popup, #survey, .feedback, .feedback-button, #feedback, .satismeter, .nps, .popup,
    .popover, .modal, .overlay, .banner, .badge, .points, .toast, .notification { display: none !important }</style>";

/// A blocker with all of that; what it hides stands in the page.
pub async fn with_a_blocker(browser: &Browser, site: &Site<'_>) -> Result<&'static str> {
    let patterns: Vec<String> =
        RULES.iter().map(|rule| format!("{}/*{}*", site.product().url(), rule.trim_start_matches('/'))).collect();
    browser.block(&patterns).await?;
    Ok(HIDDEN)
}

#[test]
fn blockers_that_know_common_names() {
    browse(async |browser| {
        let site = site().await?;
        let hidden = with_a_blocker(browser, &site).await?;
        browser.open(&site.page(&format!("{hidden}{WIDGET}"))).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await
    });
}

/// Fills what the page may keep to the last character.
pub async fn fill_the_storage(browser: &Browser) -> Result<()> {
    let body = "
        for (let part = 'x'.repeat(1 << 20), n = 0; part; ) {
          try { localStorage.setItem('fill' + n++, part); } catch { part = part.slice(0, part.length >> 1); }
        }
        return null;";
    browser.script(body, &[]).await
}

#[test]
fn storage_that_is_full_to_the_last_character() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        let site = site().await?;
        browser.open(&site.page_at("/first", Page::new("<p>First"))).await?;
        fill_the_storage(browser).await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await?;
        site.product().cloud.edge.fail(Fault::new(Effect::Status(503)).prefix(&format!("/e/{}", site.id)).times(2));
        send(browser).await?;
        thanked(browser).await?;
        nine_arrived(&site).await
    });
}
