//! What a customer has is kept through bad lines, killed tabs, two tabs, two devices, strict pages; and what does not add up is said.

use crate::collect_and_redeem::{redeemed, shop, signed, verified};
use anyhow::Result;
use rapport_local::{Effect, Fault};
use rapport_tests::browser::{Line, Screen};
use rapport_tests::{Browser, Page, browse, eventually};
use serde_json::json;

const INLINE: &str = "<rapport-widget name=badge></rapport-widget>";

/// Ends what the device keeps and has open, as another device would begin.
async fn another_device(browser: &Browser) -> Result<()> {
    browser.script("localStorage.clear(); sessionStorage.clear(); return null;", &[]).await
}

async fn waiting(browser: &Browser) -> Result<usize> {
    browser.script("return Object.keys(localStorage).filter((key) => key.includes(':act:')).length;", &[]).await
}

#[test]
fn without_a_line_it_shows_how_it_was_and_when_and_comes_back() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let (site, token) = shop(true).await?;
        browser.open(&site.page(&(signed(&token) + INLINE))).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        verified(browser).await?;
        browser.line(Line::Dead).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.click("[data-act=redeem]").await?;
        browser.reads("[data-status]", "This is kept").await?;
        browser.reads(".sum h3", "600 points").await?;
        assert_eq!(waiting(browser).await?, 1);
        assert_eq!(
            browser.count("[data-part=rewards] .sure:not([hidden])").await?,
            0,
            "what was answered asks no more"
        );
        // Somebody asks again: it shows what it knows, and since when.
        browser.script::<()>("rapport.identify(arguments[0]); return null;", &[json!(token)]).await?;
        browser.reads("[data-status]", "This is how it was").await?;
        let year: bool = browser.ask("[data-status]", "/20\\d\\d/.test(it.textContent)").await?;
        assert!(year, "it says when");
        browser.line(Line::Fast).await?;
        browser.script::<()>("dispatchEvent(new Event('online')); return null;", &[]).await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        eventually("nothing waits", async || Ok(waiting(browser).await? == 0)).await?;
        assert_eq!(redeemed(&site).await?, 1);
        Ok(())
    });
}

#[test]
fn who_asks_first_without_a_line_is_told_and_need_not_ask_again() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        let (site, _) = shop(true).await?;
        let door = format!("/me/{}/points", site.id);
        site.product().cloud.edge.fail(Fault::new(Effect::Status(503)).prefix(&door).times(1));
        browser.open(&site.page(INLINE)).await?;
        browser.reads("[data-status]", "That did not work").await?;
        browser.script::<()>("dispatchEvent(new Event('online')); return null;", &[]).await?;
        browser.reads(".sum h3", "Collect points").await
    });
}

#[test]
fn what_is_said_is_in_sight_wherever_it_was_asked_for() {
    browse(async |browser| {
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        let (site, token) = shop(false).await?;
        browser.screen(Screen::Phone).await?;
        browser.open(&site.page(&signed(&token))).await?;
        browser.click(".tab").await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        verified(browser).await?;
        browser.line(Line::Dead).await?;
        browser.ask::<()>("form", "(it.scrollTop = it.scrollHeight, null)").await?;
        browser.script::<()>("document.querySelector('rapport-widget[name=badge]').shadowRoot.querySelector('[data-part=rewards] [data-ask]').scrollIntoView(); return null;", &[]).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.click("[data-act=redeem]").await?;
        browser.reads("[data-status]", "This is kept").await?;
        let seen = "(({ top, bottom }, form) => top >= form.top && bottom <= form.bottom)(it.getBoundingClientRect(), it.closest('form').getBoundingClientRect())";
        assert!(browser.ask::<bool>("[data-status]", seen).await?);
        Ok(())
    });
}

#[test]
fn a_tab_that_is_killed_while_it_redeems_spends_once() {
    browse(async |browser| {
        browser.expect_complaint("ERR_");
        let (site, token) = shop(true).await?;
        let page = site.page(&(signed(&token) + INLINE));
        // The Worker has done it; its answer never comes.
        browser
            .before_page("const real = fetch; window.fetch = (address, init) => { const reply = real(address, init); return window.deaf && String(address).endsWith('/redeem') ? new Promise(() => {}) : reply; };")
            .await?;
        browser.open(&page).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.script::<()>("window.deaf = 1; return null;", &[]).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.click("[data-act=redeem]").await?;
        eventually("the Worker has it", async || Ok(redeemed(&site).await? == 1)).await?;
        assert_eq!(waiting(browser).await?, 1);
        browser.open("about:blank").await?;
        browser.open(&page).await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        eventually("nothing waits", async || Ok(waiting(browser).await? == 0)).await?;
        browser.reads(".sum h3", "100 points").await?;
        assert_eq!(redeemed(&site).await?, 1);
        Ok(())
    });
}

#[test]
fn what_one_customer_asked_for_is_not_done_on_behalf_of_the_next() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        // A line that drops this one request.
        browser
            .before_page("const real = fetch; window.fetch = (address, init) => localStorage.broken && String(address).endsWith('/redeem') ? Promise.reject(new TypeError('no line')) : real(address, init);")
            .await?;
        let other = site.token("c-2", &site.signer().await?)?;
        let mine = site.page(&(signed(&token) + INLINE));
        let theirs = site.page_at("/theirs", Page::new(&format!("{}{}{INLINE}", site.tag(), signed(&other))));
        browser.open(&mine).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.script::<()>("localStorage.broken = 1; return null;", &[]).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.click("[data-act=redeem]").await?;
        browser.reads("[data-status]", "This is kept").await?;
        browser.open(&theirs).await?;
        browser.script::<()>("localStorage.removeItem('broken'); return null;", &[]).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        verified(browser).await?;
        assert_eq!((waiting(browser).await?, redeemed(&site).await?), (1, 0), "it waits for whom it is of");
        browser.open(&mine).await?;
        browser.reads("[data-own] code", "SAVE-1").await?;
        assert_eq!(redeemed(&site).await?, 1);
        Ok(())
    });
}

#[test]
fn two_devices_are_one_member_by_the_phrase() {
    browse(async |browser| {
        let (site, _) = shop(true).await?;
        let page = site.page(INLINE);
        browser.open(&page).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.click("[data-part=you] summary").await?;
        browser.click("[data-act=phrase]").await?;
        let phrase = browser.text("[data-phrase] code").await?;
        assert_eq!(phrase.chars().filter(char::is_ascii_digit).count(), 24, "{phrase}");
        another_device(browser).await?;
        browser.open("about:blank").await?;
        browser.open(&page).await?;
        browser.reads(".sum h3", "Collect points").await?;
        browser.click("[data-part=you] summary").await?;
        browser.fill("[name=phrase]", &phrase).await?;
        browser.click("[data-act=recover]").await?;
        browser.reads(".sum h3", "600 points").await?;
        verified(browser).await?;
        // A third one, by the link.
        another_device(browser).await?;
        browser.open("about:blank").await?;
        let digits: String = phrase.chars().filter(char::is_ascii_digit).collect();
        browser.open(&format!("{page}#rapport-member={digits}")).await?;
        browser.reads(".sum h3", "600 points").await?;
        assert!(!browser.url().await?.contains(&digits), "it is not left in the address");
        Ok(())
    });
}

#[test]
fn what_was_asked_before_an_act_and_comes_after_it_changes_nothing() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        browser
            .before_page("const real = fetch; window.fetch = async (address, init) => { const reply = await real(address, init); if (!window.held || !String(address).endsWith('/points')) return reply; await new Promise((go) => held.push(go)); return { status: reply.status, json: async () => { const said = await reply.json(); window.read = 1; return said; } }; };")
            .await?;
        browser.open(&site.page(&(signed(&token) + INLINE))).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.click("[data-part=you] summary").await?;
        browser.fill("[name=name]", "Ada").await?;
        browser.script::<()>("window.held = []; dispatchEvent(new Event('online')); return null;", &[]).await?;
        eventually("its answer is held up", async || browser.script("return held.length == 1;", &[]).await).await?;
        browser.click("[data-part=rewards] [data-ask]").await?;
        browser.click("[data-act=redeem]").await?;
        browser.reads(".sum h3", "100 points").await?;
        browser.script::<()>("held.pop()(); return null;", &[]).await?;
        eventually("it has come", async || browser.script("return window.read == 1;", &[]).await).await?;
        assert_eq!(browser.text(".sum h3").await?, "100 points");
        assert_eq!(browser.ask::<String>("[name=name]", "it.value").await?, "Ada", "what was typed stays");
        browser.click("[data-act=profile]").await?;
        browser.reads("[data-status]", "Saved").await?;
        assert_eq!(browser.ask::<String>("[name=name]", "it.defaultValue").await?, "Ada");
        Ok(())
    });
}

#[test]
fn two_tabs_agree() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        let page = site.page(&(signed(&token) + INLINE));
        let first = browser.driver().window().await?;
        browser.open(&page).await?;
        browser.reads(".sum h3", "Collect points").await?;
        let second = browser.driver().new_window().await?;
        browser.driver().switch_to_window(second).await?;
        browser.open(&page).await?;
        browser.click("[data-act=check-in]").await?;
        browser.reads(".sum h3", "600 points").await?;
        browser.driver().switch_to_window(first).await?;
        browser.reads(".sum h3", "600 points").await?;
        verified(browser).await
    });
}

#[test]
fn where_webassembly_is_refused_points_are_seen_and_that_is_said() {
    browse(async |browser| {
        browser.expect_complaint("Content Security Policy");
        browser.expect_complaint("WebAssembly");
        for inline in [true, false] {
            let (site, token) = shop(inline).await?;
            let worker = site.product().url();
            let policy = format!("script-src {worker} 'unsafe-inline'; connect-src {worker}");
            let badge = if inline { INLINE } else { "" };
            let page = Page::new(&format!("{}{}{badge}", site.tag(), signed(&token)))
                .header("content-security-policy", &policy);
            site.told_of("c-1", &json!({ "type": "purchase", "order": "1", "amount": 60_000 })).await?;
            browser.open(&site.page_at("/strict", page)).await?;
            if !inline {
                browser.click(".tab").await?;
            }
            browser.reads(".sum h3", "600 points").await?;
            browser.reads("[data-status]", "This browser blocks").await?;
            let enabled: usize = browser.count("[data-panel] [data-act]:enabled").await?;
            assert_eq!(enabled, 0, "nothing pretends to work");
        }
        Ok(())
    });
}

#[test]
fn a_history_that_does_not_add_up_is_said() {
    browse(async |browser| {
        let (site, token) = shop(true).await?;
        // A Worker that lies: the points of one line are more than were written.
        browser
            .before_page("const real = fetch; window.fetch = async (address, init) => { const reply = await real(address, init); if (!window.lying || !String(address).includes('/me/')) return reply; const said = await reply.json(); said.html = said.html.replace('|600|', '|900|'); return new Response(JSON.stringify(said), { status: reply.status }); };")
            .await?;
        browser.open(&site.page(&(signed(&token) + INLINE))).await?;
        browser.click("[data-act=check-in]").await?;
        verified(browser).await?;
        again(browser, &token, true).await?;
        browser.reads("[data-broken]", "does not add up").await?;
        assert!(!browser.shows(".verified").await?);
        again(browser, &token, false).await?;
        verified(browser).await?;
        assert!(!browser.shows("[data-broken]").await?);
        Ok(())
    });
}

async fn again(browser: &Browser, token: &str, lying: bool) -> Result<()> {
    browser
        .script::<()>(
            "window.lying = arguments[1]; rapport.identify(arguments[0]); return null;",
            &[json!(token), json!(lying)],
        )
        .await
}
