//! Pages that have been tampered with, workers of theirs in between, blockers, storage without room: the answer arrives once, and
//! the visitor is never told that it did when it did not.

use crate::steps::{alive, answer_nps, nine_arrived, point, thanked};
use anyhow::Result;
use rapport_local::{Effect, Fault};
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

/// A worker of the page's own that has its hands on every request; from `/{site}/stop` on it only passes them on.
const WORKER: &str = "
let stopped = false;
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => { stopped = true; event.source.postMessage('stopped'); });
self.addEventListener('fetch', (event) => {
  if (event.request.url.includes('/e/') && !stopped) {
    event.respondWith(new Response('<!doctype html><p>Welcome to our hotel', { status: 200, headers: { 'content-type': 'text/html' } }));
  } else {
    event.respondWith(fetch(event.request));
  }
});";

#[test]
fn a_service_worker_that_answers_for_ours() {
    browse(async |browser| {
        let site = site().await?;
        let worker = Page::raw(WORKER).header("content-type", "text/javascript");
        let worker = site.page_at("/worker.js", worker);
        browser.open(&site.page_at("/first", Page::new("<p>First"))).await?;
        let register = "
            const [url] = arguments;
            return navigator.serviceWorker.register(url).then(() => navigator.serviceWorker.ready).then(() => true);";
        assert!(browser.script::<bool>(register, &[json!(worker)]).await?);
        browser.open(&site.page_at("/second", Page::new(&format!("{}{WIDGET}", site.tag())))).await?;
        eventually("the worker in between", async || {
            browser.script("return !!navigator.serviceWorker.controller", &[]).await
        })
        .await?;
        alive(browser).await?;
        send(browser).await?;
        // 200, and no receipt: it is not over.
        eventually("a first attempt", async || {
            browser
                .script::<bool>("return Object.entries(localStorage).some(([key, text]) => key.includes(':out:') && /^\\S+ \\d+ [1-9]/.test(text))", &[])
                .await
        })
        .await?;
        assert!(site.responses()?.is_empty());
        assert!(!browser.shows(".thanks").await.unwrap_or(false), "the visitor was told that it arrived");
        browser.script::<()>("navigator.serviceWorker.controller.postMessage('stop'); return null;", &[]).await?;
        thanked(browser).await?;
        nine_arrived(&site).await?;
        let leave = "return navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))).then(() => true);";
        assert!(browser.script::<bool>(leave, &[]).await?);
        Ok(())
    });
}

#[test]
fn blockers_that_know_common_names() {
    browse(async |browser| {
        let site = site().await?;
        // Of the kind that lists against trackers and annoyances have.
        let patterns: Vec<String> = [
            "feedback",
            "survey",
            "nps",
            "analytics",
            "track",
            "beacon",
            "collect",
            "/event",
            "/events",
            "telemetry",
            "pixel",
            "widget.js",
            "intercom",
            "hotjar",
            "/ads",
            "popup",
            "metrics",
            "/log?",
            "/stat",
            "engage",
        ]
        .iter()
        .map(|word| format!("*{}*{word}*", site.product().url()))
        .collect();
        browser.devtools("Network.enable", json!({})).await?;
        browser.devtools("Network.setBlockedURLs", json!({ "urls": patterns })).await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        Ok(())
    });
}
