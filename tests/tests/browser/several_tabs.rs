//! One page open twice: what is answered in either arrives once, whichever of them is there to send it.

use crate::steps::{alive, answer_nps, named, point, thanked};
use anyhow::{Context, Result};
use rapport_tests::browser::{Kind, Line};
use rapport_tests::site::answer;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use thirtyfour::WindowHandle;

/// Where the page is open a second time.
#[derive(Clone, Copy, Debug)]
enum Beside {
    /// A tab hides the one before it, which notices when it is back in front.
    Tab,
    /// A window stands beside the first: nothing tells that one when the other is closed.
    Window,
}

/// The driver of WebKit opens tabs, but cannot bring one in front of the other: its page is never drawn.
fn ways(browser: &Browser) -> &'static [Beside] {
    if browser.kind() == Kind::Webkit { &[Beside::Window] } else { &[Beside::Tab, Beside::Window] }
}

/// Opens the page twice, both times without a line in the end; the second is in front.
async fn twice(browser: &Browser, beside: Beside) -> Result<(Site<'static>, WindowHandle, WindowHandle)> {
    let site = Product::shared().await?.site(&[widgets::nps()]).await?;
    let page = site.page("<rapport-widget name=nps></rapport-widget>");
    let first = browser.driver().window().await?;
    let second = match beside {
        Beside::Tab => browser.driver().new_tab().await?,
        Beside::Window => browser.driver().new_window().await?,
    };
    for window in [&first, &second] {
        browser.driver().switch_to_window(window.clone()).await?;
        browser.open(&page).await?;
        alive(browser).await?;
        if browser.kind() != Kind::Webkit {
            browser.line(Line::Dead).await?;
        }
    }
    // There both have one line, the proxy's.
    if browser.kind() == Kind::Webkit {
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
        for &beside in ways(browser) {
            let (site, first, second) = twice(browser, beside).await?;
            score(browser, "3", "missing", "An index.").await?;
            browser.driver().switch_to_window(first.clone()).await?;
            score(browser, "9", "best", "The paper.").await?;
            assert!(site.responses()?.is_empty());
            for window in [&first, &second] {
                browser.driver().switch_to_window(window.clone()).await?;
                browser.line(Line::Fast).await?;
                thanked(browser).await.with_context(|| format!("{beside:?}"))?;
            }
            assert_eq!(scores(&site, 2).await?, ["3", "9"], "{beside:?}");
            nothing_waits(browser).await?;
            browser.driver().close_window().await?;
            browser.driver().switch_to_window(first).await?;
        }
        Ok(())
    });
}

#[test]
fn one_closed_while_offline() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        for &beside in ways(browser) {
            let (site, first, _) = twice(browser, beside).await?;
            score(browser, "3", "missing", "An index.").await?;
            browser.driver().close_window().await?;
            browser.driver().switch_to_window(first).await?;
            browser.line(Line::Fast).await?;
            assert_eq!(scores(&site, 1).await.with_context(|| format!("{beside:?}"))?, ["3"]);
            nothing_waits(browser).await?;
            // What is open still has a form of its own, which nobody has answered yet.
            assert!(!browser.shows(".thanks").await?);
            answer_nps(browser).await?;
            assert_eq!(scores(&site, 2).await?, ["3", "9"], "{beside:?}");
        }
        Ok(())
    });
}
