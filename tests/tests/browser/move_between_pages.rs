//! Pages come and go in more ways than loading: history that keeps them frozen, pages rendered in advance, applications
//! that only pretend to navigate.

use crate::harness::in_advance;
use crate::steps::{alive, answer_nps, nine_arrived, point, thanked};
use anyhow::Result;
use rapport_tests::{Browser, Page, Product, browse, eventually, widgets};
use serde_json::json;

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

/// Leaves a page that notes in `window.restored` that it came from the cache, and comes back to it.
pub async fn there_and_back(browser: &Browser, other: &str) -> Result<()> {
    browser.script::<()>("location.href = arguments[0]; return null;", &[json!(other)]).await?;
    browser.reads("p", "elsewhere").await?;
    browser.back().await?;
    eventually("the page to come back from the cache", async || {
        browser.script("return window.restored === true;", &[]).await
    })
    .await
}

#[test]
fn a_page_from_the_back_forward_cache_goes_on_where_it_was() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(&format!(
            "{WIDGET}<script>addEventListener('pageshow', (event) => {{ window.restored = event.persisted; }})</script>"
        ));
        let other = site.page_at("/other", Page::new("<p>elsewhere</p>"));
        browser.open(&page).await?;
        alive(browser).await?;
        browser.click(&point("nps", "9")).await?;
        browser.fill("textarea[name=best]", "The pap").await?;
        there_and_back(browser, &other).await?;
        browser.fill("textarea[name=best]", "er.").await?;
        browser.click("button.send").await?;
        thanked(browser).await?;
        assert_eq!(site.only_answer("nps").await?, "9");
        assert_eq!(site.responses()?.len(), 1, "a page that was left and restored answers once");
        Ok(())
    });
}

#[test]
fn half_an_answer_is_there_after_a_reload() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::survey()]).await?;
        let page = site.page("<rapport-widget name=survey></rapport-widget>");
        browser.open(&page).await?;
        alive(browser).await?;
        browser.click("button.send").await?;
        browser.click(&point("role", "writer")).await?;
        browser.click("button.send").await?;
        browser.click(&point("tools", "pen")).await?;
        browser.open("about:blank").await?;
        // It is at the Worker, but not yet in KV: most visitors finish, and then it is one write.
        let path = format!("sites/{}/responses?partial=1", site.id);
        let partial = rapport_tests::wait_for("the partial answer", async || {
            let page = site.product().api(reqwest::Method::GET, &path, None).await?;
            Ok(page["responses"].as_array().or(page.as_array()).and_then(|all| all.first().cloned()))
        })
        .await?;
        assert_eq!(partial["complete"], false);
        browser.open(&page).await?;
        alive(browser).await?;
        browser.find(&point("tools", "pen")).await?;
        assert!(browser.ask::<bool>("[name=tools][value=pen]", "it.checked").await?);
        assert!(browser.ask::<bool>("[name=role][value=writer]", "it.checked").await?);
        Ok(())
    });
}

#[test]
fn a_page_rendered_in_advance_counts_nothing_until_it_is_seen() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(WIDGET);
        let first = site.page_at("/first", Page::new(&format!("<a href=\"{page}\">on</a>{}", in_advance(&page))));
        browser.open(&first).await?;
        let host = &site.product().host;
        eventually("the page to be rendered in advance", async || Ok(host.visits(&format!("/{}", site.id)) > 0))
            .await?;
        assert_eq!(site.overview().await?["counts"], json!([]), "nobody has seen it yet");
        browser.click("a").await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await?;
        assert_eq!(site.overview().await?["counts"][0]["keys"]["seen"], 1);
        Ok(())
    });
}

#[test]
fn an_application_that_navigates_by_itself() {
    browse(async |browser| {
        let widget = widgets::targeted(
            widgets::placed(widgets::nps(), json!({ "type": "popover" })),
            json!({ "pages": ["/*/done"] }),
        );
        let site = Product::shared().await?.site(&[widget]).await?;
        let page = site.page("<p id=view>cart</p><button id=buy>Buy</button><script>
            buy.onclick = () => { history.pushState({}, '', location.pathname + '/done'); view.textContent = 'bought'; };</script>");
        browser.open(&page).await?;
        browser.click("#buy").await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await
    });
}
