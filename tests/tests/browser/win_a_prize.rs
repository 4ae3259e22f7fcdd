//! A prize draw, from a ticket in the badge to the page that anybody can check; and what the owner sees of it.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use rapport_core::loyalty::draw::CHECK_PY;
use rapport_tests::browser::key;
use rapport_tests::loyalty::badge;
use rapport_tests::{Browser, Product, Site, browse, eventually};
use serde_json::json;

use crate::dashboard::enter;

/// Presses Tab until the focus is on what is called so.
async fn tab_to(browser: &Browser, called: &str) -> Result<()> {
    let body = "
let it = document.activeElement;
while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
return it?.ariaLabel || it?.textContent || '';";
    for _ in 0..60 {
        browser.keys(key::TAB).await?;
        if browser.script::<String>(body, &[]).await? == called {
            return Ok(());
        }
    }
    anyhow::bail!("Tab never reached `{called}`")
}

async fn with_draw(site: &Site<'_>) -> Result<()> {
    site.programme(|program| {
        program["draws"] = json!([{
            "name": "lucky", "label": "Lucky", "cost": 5, "per_member": 2, "how": "at_once",
            "prizes": [{ "name": "mug", "label": "A mug", "stock": 1, "one_in": 1, "wins": { "type": "by_hand" } }],
        }]);
    })
    .await
}

fn verified(data: &str) -> Result<String> {
    let mut child =
        Command::new("python3").args(["-c", CHECK_PY]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("a way in")?.write_all(data.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the program on the page did not agree");
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn from_a_ticket_to_the_page_that_proves_it_by_keyboard() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(true)]).await?;
        with_draw(&site).await?;
        let token = site.token("anna", &site.signer().await?)?;
        site.told_of("anna", &json!({ "type": "adjust", "key": "gift", "delta": 20, "why": "Welcome" })).await?;

        browser.open(&site.page("<rapport-widget name=badge></rapport-widget>")).await?;
        let identify = "((window.rapport ||= {}).q ||= []).push(['identify', arguments[0]]);";
        browser.script::<()>(identify, &[json!(token)]).await?;
        browser.reads("[data-draws]", "Chance of each ticket: 1 in 1 · Left: 1 of 1").await?;
        browser.assert_accessible("rapport-widget", &[]).await?;
        tab_to(browser, "Take a ticket: Lucky").await?;
        browser.keys(key::ENTER).await?;
        browser.reads("[data-draws] .sure", "Spend 5 points? You will have 15 points left.").await?;
        browser.keys(key::ENTER).await?;
        browser.reads("[data-status]", "Ticket 1: Won: \u{2068}A mug\u{2069}").await?;
        browser.reads("[data-draws]", "This draw is over.").await?;
        browser.reads("[data-ticket]", "Ticket 1").await?;
        browser.assert_accessible("rapport-widget", &[]).await?;

        let page: String = browser.ask("[data-draws] a", "it.href").await?;
        browser.open(&page).await?;
        browser.reads(".draw", "This draw is over.").await?;
        browser.reads(".draw", "Won: A mug").await?;
        browser.assert_accessible("", &[]).await?;
        let data = product.client().get(browser.ask::<String>("a[href$='.json']", "it.href").await?).send().await?;
        let said = verified(&data.text().await?)?;
        ensure!(said.starts_with("verified: 1 tickets, 1 winners"), "{said}");
        Ok(())
    });
}

#[test]
fn the_owner_sees_what_is_left_who_has_won_and_ends_a_draw() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(true)]).await?;
        enter(browser, product).await?;
        let draws = format!("{}/dashboard/s/{}/loyalty/draws", product.url(), site.id);
        browser.open(&draws).await?;
        browser.reads("h2", "There is no draw yet.").await?;
        browser.assert_accessible("", &[]).await?;
        with_draw(&site).await?;
        browser.open(&draws).await?;
        browser.reads(".chip", "Open").await?;
        browser.reads("tbody", "1 in 1").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click("details:has(.risk) summary").await?;
        browser.click(".risk").await?;
        browser.reads(".notice", "its seed is public").await?;
        browser.reads(".chip", "Ended by you").await?;
        assert_eq!(browser.count(".risk").await?, 0);
        browser.open(&format!("{draws}?lang=zh-CN")).await?;
        browser.reads(".facts", "种子").await?;
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}

#[test]
fn a_referral_that_a_rule_stopped_waits_for_the_owner() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[badge(true)]).await?;
        enter(browser, product).await?;
        let referrals = format!("{}/dashboard/s/{}/loyalty/referrals", product.url(), site.id);
        browser.open(&referrals).await?;
        browser.reads("h2", "Members cannot bring friends yet.").await?;
        browser.assert_accessible("", &[]).await?;
        site.programme(|program| {
            program["referral"] =
                json!({ "welcome": 30, "window": 30, "qualifies": { "type": "purchase" }, "hold": 0, "velocity": 1 });
        })
        .await?;
        let post = async |path: &str, body: serde_json::Value| {
            product.api(reqwest::Method::POST, &format!("sites/{}/members/{path}", site.id), Some(&body)).await
        };
        let code = post("anna/code", json!({})).await?;
        for friend in ["ben", "cleo", "dora"] {
            post(&format!("{friend}/referred"), code.clone()).await?;
        }
        browser.open(&referrals).await?;
        eventually("two wait", async || Ok(browser.count(".referrals > li").await? == 2)).await?;
        browser.reads(".referrals", "More friends in 24 hours").await?;
        browser.assert_accessible("", &[]).await?;
        browser.expect_complaint("422");
        // A refusal needs a reason, and the page says so where it is to be typed.
        browser.click(".referrals > li:first-child [value=refuse]").await?;
        browser.reads(".wrong", "A refusal needs a reason.").await?;
        browser.assert_accessible("", &[]).await?;
        browser.fill(".referrals > li:first-child input[name=why]", "A fair: <nobody> we know").await?;
        browser.click(".referrals > li:first-child [value=refuse]").await?;
        browser.reads(".notice", "Refused.").await?;
        browser.click(".referrals > li:first-child [value=approve]").await?;
        browser.reads(".notice", "Approved.").await?;
        browser.reads("p.card", "Nothing waits for you.").await?;
        browser.open(&format!("{referrals}?step=refused&lang=zh-CN")).await?;
        browser.reads(".referrals", "A fair: <nobody> we know").await?;
        browser.assert_accessible("", &[]).await?;
        Ok(())
    });
}
