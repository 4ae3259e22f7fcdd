//! The badge where device, page or whatever stands between is against it: what was asked for is done once, and nobody is told
//! otherwise.

use crate::answer_anywhere::block_storage;
use crate::collect_and_redeem::{redeemed, shop, signed, verified};
use crate::move_between_pages::there_and_back;
use crate::resist_the_page::{
    fill_the_storage, gets_everything, open_behind_a_portal, stop_the_portal, with_a_blocker,
};
use anyhow::Result;
use rapport_local::{Effect, Fault};
use rapport_tests::browser::Line;
use rapport_tests::{Browser, Page, Site, browse, eventually};

const INLINE: &str = "<rapport-widget name=badge></rapport-widget>";

async fn check_in(browser: &Browser) -> Result<()> {
    browser.click("[data-act=check-in]").await?;
    browser.reads(".sum h3", "600 points").await?;
    verified(browser).await
}

async fn redeem(browser: &Browser) -> Result<()> {
    browser.click("[data-part=rewards] [data-ask]").await?;
    browser.click("[data-act=redeem]").await
}

/// The code is there, it was paid for once, and nothing waits to be asked for again.
async fn once(browser: &Browser, site: &Site<'_>) -> Result<()> {
    browser.reads("[data-own] code", "SAVE-1").await?;
    browser.reads(".sum h3", "100 points").await?;
    let waits =
        "try { return Object.keys(localStorage).some((key) => key.includes(':act:')); } catch { return false; }";
    eventually("nothing waits", async || Ok(!browser.script::<bool>(waits, &[]).await?)).await?;
    assert_eq!(redeemed(site).await?, 1);
    Ok(())
}

#[test]
fn offline_then_reloaded_then_online() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let (site, token) = shop(true).await?;
        let page = site.page(&(signed(&token) + INLINE));
        browser.open(&page).await?;
        check_in(browser).await?;
        browser.line(Line::Dead).await?;
        redeem(browser).await?;
        browser.reads("[data-status]", "This is kept").await?;
        assert_eq!(redeemed(&site).await?, 0);
        browser.open("about:blank").await?;
        browser.line(Line::Fast).await?;
        browser.open(&page).await?;
        once(browser, &site).await
    });
}

/// Nothing can be kept, the reply is lost, and the customer, who is told that it did not work, tries again.
#[test]
fn storage_that_is_full_and_a_lost_reply() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        for patient in [true, false] {
            let (site, token) = shop(true).await?;
            browser.open(&site.page_at("/first", Page::new("<p>First"))).await?;
            browser.script::<()>("localStorage.clear(); return null;", &[]).await?;
            fill_the_storage(browser).await?;
            browser.open(&site.page(&(signed(&token) + INLINE))).await?;
            check_in(browser).await?;
            // Lost a few times, the device does not get through by itself before somebody has asked again.
            let lost = Fault::new(Effect::ApplyThenStatus(502)).prefix(&format!("/me/{}/redeem", site.id));
            let lost = lost.times(if patient { 1 } else { 3 });
            site.product().cloud.edge.fail(lost);
            redeem(browser).await?;
            if !patient {
                eventually("the reply to be lost", async || Ok(redeemed(&site).await? == 1)).await?;
                browser.reads("[data-status]", "not").await?;
                redeem(browser).await?;
                browser.reads("[data-status]", "Redeemed").await?;
            }
            once(browser, &site).await?;
        }
        Ok(())
    });
}

#[test]
fn storage_that_is_blocked() {
    browse(async |browser| {
        block_storage(browser).await?;
        let (site, token) = shop(true).await?;
        browser.open(&site.page(&(signed(&token) + INLINE))).await?;
        check_in(browser).await?;
        redeem(browser).await?;
        once(browser, &site).await
    });
}

#[test]
fn a_clock_that_is_wrong() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        for shift in ["-30 * 86400e3", "3 * 86400e3"] {
            let (site, token) = shop(true).await?;
            browser
                .before_page(&format!("{{ const now = Date.now.bind(Date); Date.now = () => now() + {shift}; }}"))
                .await?;
            browser.open(&site.page(&(signed(&token) + INLINE))).await?;
            check_in(browser).await?;
            redeem(browser).await?;
            once(browser, &site).await?;
        }
        Ok(())
    });
}

#[test]
fn a_service_worker_that_answers_for_ours() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        open_behind_a_portal(browser, &site, "/redeem", &(signed(&token) + INLINE)).await?;
        check_in(browser).await?;
        redeem(browser).await?;
        if gets_everything(browser) {
            browser.reads("[data-status]", "This is kept").await?;
            assert_eq!(redeemed(&site).await?, 0);
            stop_the_portal(browser).await?;
        }
        once(browser, &site).await
    });
}

#[test]
fn blockers_that_know_common_names() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        let hidden = with_a_blocker(browser, &site).await?;
        browser.open(&site.page(&format!("{hidden}{}{INLINE}", signed(&token)))).await?;
        check_in(browser).await?;
        redeem(browser).await?;
        once(browser, &site).await
    });
}

#[test]
fn an_impatient_double_click() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        browser.open(&site.page(&(signed(&token) + INLINE))).await?;
        browser.double_click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.double_click("[data-act=redeem]").await?;
        once(browser, &site).await
    });
}

#[test]
fn a_page_from_the_back_forward_cache_goes_on_where_it_was() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        let restored =
            "<script>addEventListener('pageshow', (event) => { window.restored = event.persisted; })</script>";
        let page = site.page(&format!("{restored}{}{INLINE}", signed(&token)));
        let other = site.page_at("/other", Page::new("<p>elsewhere</p>"));
        browser.open(&page).await?;
        check_in(browser).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        there_and_back(browser, &other).await?;
        browser.click("[data-act=redeem]").await?;
        once(browser, &site).await
    });
}
