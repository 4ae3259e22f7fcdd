//! What invites shows up when its owner said, and not before.

use anyhow::{Context, Result};
use rapport_tests::browser::{Screen, key};
use rapport_tests::{Browser, Product, browse, eventually, widgets};
use serde_json::{Value, json};

/// What a visitor does to open a gate.
#[derive(Clone, Copy)]
enum Act {
    Wait,
    Scroll,
    Leave,
    ClickBuy,
    TrackSmall,
    TrackBig,
    TellPlan,
}

struct Row {
    name: &'static str,
    targeting: fn() -> Value,
    /// These leave it hidden …
    idle: &'static [Act],
    /// … and this shows it; `None` where nothing may.
    act: Option<Act>,
}

const ROWS: &[Row] = &[
    Row { name: "at once", targeting: || json!({}), idle: &[], act: Some(Act::Wait) },
    Row { name: "after a delay", targeting: || json!({ "delay_seconds": 1 }), idle: &[], act: Some(Act::Wait) },
    Row {
        name: "after half of the page",
        targeting: || json!({ "scroll_percent": 50 }),
        idle: &[],
        act: Some(Act::Scroll),
    },
    Row {
        name: "on the way out",
        targeting: || json!({ "exit_intent": true }),
        idle: &[Act::Scroll],
        act: Some(Act::Leave),
    },
    Row {
        name: "at a click",
        targeting: || json!({ "click": "#buy" }),
        idle: &[Act::Scroll],
        act: Some(Act::ClickBuy),
    },
    Row {
        name: "at an event with the right property",
        targeting: || json!({ "event": { "name": "order", "filters": [{ "name": "total", "at_least": "50" }] } }),
        idle: &[Act::ClickBuy, Act::TrackSmall],
        act: Some(Act::TrackBig),
    },
    Row {
        name: "for customers of a plan",
        targeting: || json!({ "traits": [{ "name": "plan", "is": ["pro"] }] }),
        idle: &[Act::ClickBuy],
        act: Some(Act::TellPlan),
    },
    Row {
        name: "on other pages",
        targeting: || json!({ "pages": ["/elsewhere/**"] }),
        idle: &[Act::Scroll],
        act: None,
    },
    Row { name: "everywhere but here", targeting: || json!({ "not_pages": ["/**"] }), idle: &[Act::Scroll], act: None },
    Row { name: "on phones", targeting: || json!({ "devices": ["phone"] }), idle: &[Act::Scroll], act: None },
    Row { name: "for French", targeting: || json!({ "languages": ["fr"] }), idle: &[Act::Scroll], act: None },
    Row {
        name: "for people who come back",
        targeting: || json!({ "visitors": "returning" }),
        idle: &[Act::Scroll],
        act: None,
    },
    Row { name: "last year", targeting: || json!({ "until": "2020-12-31" }), idle: &[Act::Scroll], act: None },
];

#[test]
fn each_gate() {
    browse(async |browser| {
        let mut failures = Vec::new();
        for row in ROWS {
            if let Err(error) = check(browser, row).await.context(row.name) {
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

async fn check(browser: &Browser, row: &Row) -> Result<()> {
    let popover = widgets::placed(widgets::nps(), json!({ "type": "popover" }));
    let site = Product::shared().await?.site(&[widgets::targeted(popover, (row.targeting)())]).await?;
    browser
        .open(&site.page("<button id=buy type=button>Buy</button><p style='height: 3000px'>A long page</p>"))
        .await?;
    eventually("the module to run", async || browser.script("return Boolean(window.rapport?.explain);", &[]).await)
        .await?;
    for act in row.idle {
        perform(browser, *act).await?;
    }
    // The module has decided once this is answered.
    let said: Value = browser.script("return rapport.explain('nps');", &[]).await?;
    if let Some(act) = row.act {
        if !row.idle.is_empty() {
            anyhow::ensure!(!browser.shows("form").await?, "shown too early; it says {said}");
        }
        perform(browser, act).await?;
        browser.find("form").await?;
    } else {
        anyhow::ensure!(!browser.shows("form").await?, "shown; it says {said}");
        anyhow::ensure!(!said.is_null(), "it does not say why it is not shown");
    }
    Ok(())
}

async fn perform(browser: &Browser, act: Act) -> Result<()> {
    match act {
        Act::Wait => Ok(()),
        Act::Scroll => browser.scroll(2400).await,
        Act::Leave => {
            browser.move_mouse(300, 300).await?;
            // Out over the upper edge, which WebDriver's mouse cannot leave.
            browser
                .script(
                    "document.documentElement.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: -5, relatedTarget: null }));
                     document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -5 })); return null;",
                    &[],
                )
                .await
        }
        Act::ClickBuy => browser.click("#buy").await,
        Act::TrackSmall => browser.script("rapport.track('order', { total: 20 }); return null;", &[]).await,
        Act::TrackBig => browser.script("rapport.track('order', { total: 80 }); return null;", &[]).await,
        Act::TellPlan => browser.script("rapport.traits({ plan: 'pro' }); return null;", &[]).await,
    }
}

#[test]
fn what_was_dismissed_stays_away() {
    browse(async |browser| {
        let popover = widgets::placed(widgets::nps(), json!({ "type": "popover" }));
        let once = widgets::targeted(popover, json!({ "frequency": "once" }));
        let site = Product::shared().await?.site(&[once]).await?;
        let page = site.page("");
        browser.open(&page).await?;
        browser.find("form.live").await?;
        browser.click("[data-do=close]").await?;
        browser.gone("form").await?;
        browser.open(&page).await?;
        eventually("the module to run", async || {
            browser.script("return rapport.explain('nps').then(Boolean);", &[]).await
        })
        .await?;
        assert!(!browser.shows("form").await?, "asked again");
        Ok(())
    });
}

#[test]
fn one_invitation_a_visit() {
    browse(async |browser| {
        let popover = |widget: Value| widgets::placed(widget, json!({ "type": "popover" }));
        let attention = json!({ "attention": { "cooldown_days": 7, "per_visit": 1 } });
        let site =
            Product::shared().await?.site_with(&attention, &[popover(widgets::nps()), popover(widgets::ces())]).await?;
        browser.open(&site.page("")).await?;
        browser.find("form.live").await?;
        browser.script::<Value>("return Promise.all([rapport.explain('nps'), rapport.explain('ces')]);", &[]).await?;
        assert_eq!(browser.count("form").await?, 1, "one at a time");
        browser.click("[data-do=close]").await?;
        browser.gone("form").await?;
        browser.open(&site.page("")).await?;
        browser.script::<Value>("return Promise.all([rapport.explain('nps'), rapport.explain('ces')]);", &[]).await?;
        assert_eq!(browser.count("form").await?, 0, "within the cool-down");
        Ok(())
    });
}

#[test]
fn calls_made_before_the_script_count() {
    browse(async |browser| {
        let popover = widgets::placed(widgets::nps(), json!({ "type": "popover" }));
        let site = Product::shared()
            .await?
            .site(&[widgets::targeted(popover, json!({ "event": { "name": "order" } }))])
            .await?;
        browser
            .open(&site.page(
                "<script>window.rapport = window.rapport || { q: [] }; rapport.q.push(['track', 'order'])</script>",
            ))
            .await?;
        browser.find("form").await?;
        Ok(())
    });
}

#[test]
fn a_tab_waits_at_the_edge() {
    browse(async |browser| {
        let tab = widgets::placed(widgets::feedback(), json!({ "type": "tab", "label": "Feedback" }));
        let site = Product::shared().await?.site(&[tab]).await?;
        for screen in [Screen::Desktop, Screen::Phone] {
            browser.screen(screen).await?;
            browser.open(&site.page("<p>Words</p>")).await?;
            browser.find("[data-do=open]").await?;
            assert!(!browser.shows("textarea").await?, "the panel is closed");
            browser.tab_to("button[open]").await?;
            browser.keys(key::ENTER).await?;
            browser.find("textarea").await?;
            browser.keys(key::ESCAPE).await?;
            browser.gone("textarea").await?;
            assert_eq!(browser.focus().await?, "button[open]", "the focus goes back to the tab");
        }
        Ok(())
    });
}
