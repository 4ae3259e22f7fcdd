//! The hosted page: a form that posts, with scripts or without.

use crate::steps::{Hand, Step, fill, nine_arrived, point, post_nps};
use anyhow::Result;
use rapport_local::{Effect, Fault};
use rapport_tests::site::answer;
use rapport_tests::{Browser, Product, Site, browse, widgets};

async fn open(browser: &Browser, widget: serde_json::Value) -> Result<Site<'static>> {
    let name = widget.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let site = Product::shared().await?.site(&[widget]).await?;
    browser.allow_scripts(false).await?;
    browser.open(&site.hosted(&name)).await?;
    Ok(site)
}

#[test]
fn a_score_and_a_word() {
    browse(async |browser| {
        let site = open(browser, widgets::nps()).await?;
        assert!(site.responses()?.is_empty(), "looking at the page is no vote");
        browser.click(&point("nps", "3")).await?;
        browser.fill("[name=missing]", "A table of contents.").await?;
        // Without scripts all follow-ups are there; those of other groups do not count.
        browser.fill("[name=best]", "Never asked.").await?;
        browser.click("button.send").await?;
        browser.reads("body", "Thank you for your score.").await?;
        assert_eq!(site.only_answer("nps").await?, "3");
        assert_eq!(site.only_answer("missing").await?, "A table of contents.");
        assert_eq!(site.only_answer("best").await?, "");
        // Impatience after the fact: neither loading again nor going back and sending again counts twice.
        browser.reload().await?;
        browser.back().await?;
        if browser.shows("button.send").await? {
            browser.click("button.send").await?;
            browser.reads("body", "Thank you for your score.").await?;
        }
        assert_eq!(site.responses()?.len(), 1);
        Ok(())
    });
}

#[test]
fn mistakes_are_named_and_nothing_typed_is_lost() {
    browse(async |browser| {
        browser.expect_complaint("422");
        let site = open(browser, widgets::feedback()).await?;
        browser.fill("[name=reply]", "ann(at)example.com").await?;
        browser.click(&point("category", "idea")).await?;
        browser.click("button.send").await?;
        browser.find(".error").await?;
        assert!(browser.count(".error").await? >= 2, "the missing words and the malformed address");
        assert_eq!(browser.ask::<String>("[name=reply]", "it.value").await?, "ann(at)example.com");
        assert!(browser.ask::<bool>("[name=category][value=idea]", "it.checked").await?);
        assert!(site.responses()?.is_empty());
        browser.allow_scripts(true).await?;
        browser.assert_accessible("", &[]).await?;
        browser.allow_scripts(false).await?;
        fill(browser, Hand::Keys, &[Step::Type("words", "More ink.")]).await?;
        browser.ask::<()>("[name=reply]", "(it.value = 'ann@example.com', null)").await?;
        browser.click("button.send").await?;
        browser.gone("button.send").await?;
        assert_eq!(site.only_answer("words").await?, "More ink.");
        assert_eq!(site.only_answer("reply").await?, "ann@example.com");
        Ok(())
    });
}

#[test]
fn a_whole_survey() {
    browse(async |browser| {
        let site = open(browser, widgets::survey()).await?;
        browser.click(&point("role", "writer")).await?;
        browser.click(&point("tools", "pen")).await?;
        browser.fill("[name=years]", "5").await?;
        browser.click(&point("parts.paper", "fine")).await?;
        browser.click(&point("agree", "yes")).await?;
        browser.click("button.send").await?;
        browser.reads("body", "Thank you, that helps.").await?;
        let response = site.only_response().await?;
        for (field, value) in [
            ("role", "writer"),
            ("tools", "pen"),
            ("years", "5"),
            ("parts.paper", "fine"),
            ("agree", "yes"),
            ("brush", ""),
        ] {
            assert_eq!(answer(&response, field), value, "{field}");
        }
        Ok(())
    });
}

#[test]
fn from_the_link_that_a_page_puts_into_the_element() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let link = format!("<rapport-widget name=nps><a href=\"{}\">Tell us</a></rapport-widget>", site.hosted("nps"));
        browser.allow_scripts(false).await?;
        browser.open(&site.page(&link)).await?;
        browser.click("rapport-widget a").await?;
        post_nps(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn from_the_same_link_where_the_script_never_arrives() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let script = format!("/s/{}.js", site.id);
        site.product().cloud.edge.fail(Fault::new(Effect::Status(503)).prefix(&script));
        let link = format!("<rapport-widget name=nps><a href=\"{}\">Tell us</a></rapport-widget>", site.hosted("nps"));
        browser.open(&site.page(&link)).await?;
        browser.click("rapport-widget a").await?;
        // The hosted page has lost the same script, and posts its form as one without scripts.
        post_nps(browser).await?;
        nine_arrived(&site).await
    });
}

#[test]
fn the_same_page_with_scripts() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        browser.open(&site.hosted("nps")).await?;
        browser.click(&point("nps", "9")).await?;
        browser.fill("[name=best]", "The paper.").await?;
        browser.click("button.send").await?;
        browser.reads(".thanks", "Thank you for your score.").await?;
        nine_arrived(&site).await
    });
}

#[test]
fn a_link_from_an_e_mail_fills_in_and_does_not_vote() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        browser.open(&format!("{}?nps=9", site.hosted("nps"))).await?;
        browser.find(&format!("{}:has(:checked)", point("nps", "9"))).await?;
        assert!(site.responses()?.is_empty(), "mail scanners follow links too");
        browser.click("button.send").await?;
        browser.reads(".thanks", "Thank you for your score.").await?;
        assert_eq!(site.only_answer("nps").await?, "9");
        Ok(())
    });
}
