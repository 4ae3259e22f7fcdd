//! Lines and servers fail in many ways. The visitor is told the truth, and each answer arrives once.

use crate::steps::{alive, answer_nps, nine_arrived, point, thanked};
use anyhow::{Context, Result};
use rapport_local::{Effect, Fault};
use rapport_tests::browser::Line;
use rapport_tests::{Browser, Product, Site, browse, widgets};
use std::time::Duration;

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

async fn open(browser: &Browser) -> Result<Site<'static>> {
    let site = Product::shared().await?.site(&[widgets::nps()]).await?;
    browser.open(&site.page(WIDGET)).await?;
    alive(browser).await?;
    Ok(site)
}

async fn answer(browser: &Browser) -> Result<()> {
    browser.click(&point("nps", "9")).await?;
    browser.fill("textarea[name=best]", "The paper.").await?;
    browser.click("button.send").await
}

/// How the first deliveries fare, and what the visitor reads meanwhile.
struct Row {
    name: &'static str,
    effect: Effect,
    times: u32,
}

#[test]
fn a_failing_worker_delays_the_thanks_and_loses_nothing() {
    const ROWS: &[Row] = &[
        Row { name: "an error of the server", effect: Effect::Status(500), times: 2 },
        Row { name: "too many requests", effect: Effect::Status(429), times: 1 },
        Row { name: "a gateway without the Worker", effect: Effect::Status(502), times: 1 },
        Row { name: "the reply lost after the answer was kept", effect: Effect::ApplyThenStatus(502), times: 2 },
        Row { name: "a slow server", effect: Effect::Delay(Duration::from_millis(1500)), times: 1 },
    ];
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        // A gateway that answers in the Worker's place knows nothing of its headers.
        browser.expect_complaint("CORS policy");
        let mut failures = Vec::new();
        for row in ROWS {
            let outcome: Result<()> = async {
                let site = open(browser).await?;
                let fault = Fault::new(row.effect).prefix(&format!("/e/{}", site.id)).times(row.times);
                site.product().cloud.edge.fail(fault);
                answer(browser).await?;
                thanked(browser).await?;
                nine_arrived(&site).await
            }
            .await;
            if let Err(error) = outcome.context(row.name) {
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

#[test]
fn offline_then_reloaded_then_online() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let site = open(browser).await?;
        browser.line(Line::Dead).await?;
        answer(browser).await?;
        browser.reads(".status", "Saved").await?;
        assert!(!browser.shows(".thanks").await?, "thanks before the answer has arrived");
        assert!(site.responses()?.is_empty());
        // The visitor leaves, and comes back with a line.
        browser.open("about:blank").await?;
        browser.line(Line::Fast).await?;
        browser.open(&site.page(WIDGET)).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn back_online_while_the_page_is_open() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let site = open(browser).await?;
        browser.line(Line::Dead).await?;
        answer(browser).await?;
        browser.reads(".status", "Saved").await?;
        browser.line(Line::Fast).await?;
        thanked(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn a_line_that_is_only_slow() {
    browse(async |browser| {
        browser.line(Line::Slow4g).await?;
        let site = open(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn an_impatient_double_click() {
    browse(async |browser| {
        let site = open(browser).await?;
        browser.double_click(&point("nps", "9")).await?;
        browser.fill("textarea[name=best]", "The paper.").await?;
        browser.double_click("button.send").await?;
        thanked(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn what_is_refused_says_why_and_keeps_the_words() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        let site = open(browser).await?;
        // The owner moves the site to another origin while the page is open: the answer is refused for good.
        let moved =
            serde_json::json!({ "id": site.id, "name": "Acme", "origins": ["https://moved.example"], "locale": "en" });
        site.product().api(reqwest::Method::PUT, &format!("sites/{}", site.id), Some(&moved)).await?;
        answer(browser).await?;
        rapport_tests::eventually("a reason", async || {
            let status = browser.text(".status").await?;
            Ok(!status.is_empty() && !status.contains("Sending") && !status.contains("Saved"))
        })
        .await?;
        assert!(!browser.shows(".thanks").await?, "thanks for an answer that was refused");
        assert_eq!(browser.ask::<String>("textarea[name=best]", "it.value").await?, "The paper.");
        assert!(browser.shows("textarea[name=best]").await?, "the visitor's words are gone");
        assert!(site.responses()?.is_empty());
        Ok(())
    });
}

#[test]
fn a_clock_that_is_wrong() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        for shift in ["-30 * 86400e3", "3 * 86400e3"] {
            let site = Product::shared().await?.site(&[widgets::nps()]).await?;
            browser
                .before_page(&format!(
                    "{{ const now = Date.now.bind(Date); const Real = Date; const shift = {shift};
                       Date.now = () => now() + shift; }}"
                ))
                .await?;
            browser.open(&site.page(WIDGET)).await?;
            alive(browser).await?;
            answer_nps(browser).await?;
            nine_arrived(&site).await?;
        }
        Ok(())
    });
}
