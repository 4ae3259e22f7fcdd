//! One page open twice: what is answered in either arrives once, whichever of them is there to send it.

use crate::steps::{alive, answer_nps, named, point, thanked};
use anyhow::Result;
use rapport_tests::browser::Line;
use rapport_tests::site::answer;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use thirtyfour::WindowHandle;

/// Opens the page in two windows, both without a line; the second is in front.
async fn two_windows(browser: &Browser) -> Result<(Site<'static>, WindowHandle, WindowHandle)> {
    let site = Product::shared().await?.site(&[widgets::nps()]).await?;
    let page = site.page("<rapport-widget name=nps></rapport-widget>");
    let first = browser.driver().window().await?;
    // A window beside the first: nobody has to come back to it for it to notice.
    let second = browser.driver().new_window().await?;
    for window in [&first, &second] {
        browser.driver().switch_to_window(window.clone()).await?;
        browser.open(&page).await?;
        alive(browser).await?;
        browser.line(Line::Dead).await?;
    }
    Ok((site, first, second))
}

async fn score(browser: &Browser, score: &str, field: &str, words: &str) -> Result<()> {
    browser.click(&point("nps", score)).await?;
    browser.fill(&named(field), words).await?;
    browser.click("button.send").await?;
    browser.reads(".status", "Saved").await
}

/// The scores in KV, lowest first, once there are so many.
async fn scores(site: &Site<'_>, count: usize) -> Result<Vec<String>> {
    eventually("the answers in KV", async || Ok(site.responses()?.len() >= count)).await?;
    let mut scores: Vec<String> = site.responses()?.iter().map(|response| answer(response, "nps")).collect();
    scores.sort();
    Ok(scores)
}

/// Waits until the device keeps nothing that waits to be sent.
async fn nothing_waits(browser: &Browser) -> Result<()> {
    let body = "return Object.keys(localStorage).every((key) => !key.includes(':out:'));";
    eventually("an empty outbox", async || browser.script(body, &[]).await).await
}

#[test]
fn both_answered_offline() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let (site, first, second) = two_windows(browser).await?;
        score(browser, "3", "missing", "An index.").await?;
        browser.driver().switch_to_window(first.clone()).await?;
        score(browser, "9", "best", "The paper.").await?;
        assert!(site.responses()?.is_empty());
        for window in [first, second] {
            browser.driver().switch_to_window(window).await?;
            browser.line(Line::Fast).await?;
            thanked(browser).await?;
        }
        assert_eq!(scores(&site, 2).await?, ["3", "9"]);
        nothing_waits(browser).await
    });
}

#[test]
fn one_closed_while_offline() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let (site, first, _) = two_windows(browser).await?;
        score(browser, "3", "missing", "An index.").await?;
        browser.driver().close_window().await?;
        browser.driver().switch_to_window(first).await?;
        browser.line(Line::Fast).await?;
        assert_eq!(scores(&site, 1).await?, ["3"]);
        nothing_waits(browser).await?;
        // The window that delivered it has a form of its own, which nobody has answered yet.
        assert!(!browser.shows(".thanks").await?);
        answer_nps(browser).await?;
        assert_eq!(scores(&site, 2).await?, ["3", "9"]);
        Ok(())
    });
}
