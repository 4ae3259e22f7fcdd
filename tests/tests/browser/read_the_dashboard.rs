//! The owner's side: signing in, reading numbers that come to life, changing widgets; with scripts, without, in Chinese, in
//! the dark and on a phone.

use crate::steps::point;
use anyhow::{Context, Result};
use rapport_tests::browser::{Media, Screen};
use rapport_tests::delivery::{response, view};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use serde_json::json;

/// Signs in as the link that `cargo xtask dev` prints does.
async fn sign_in(browser: &Browser) -> Result<&'static Product> {
    let product = Product::shared().await?;
    browser.open(&format!("{}/dashboard#key={OWNER_KEY}", product.url())).await?;
    eventually("the list of sites", async || browser.shows("a[href*='/dashboard/s/'], form[action*='sign-out']").await)
        .await?;
    let address = browser.url().await?;
    assert!(!address.contains(OWNER_KEY), "the key stays in the address bar: {address}");
    Ok(product)
}

fn overview(site: &Site<'_>) -> String {
    format!("{}/dashboard/s/{}", site.product().url(), site.id)
}

/// The big number of a card, without sign and unit.
async fn figure(browser: &Browser, metric: &str) -> Result<String> {
    browser.text(&format!("article:has(#figure-{metric}) .value")).await
}

async fn answer(site: &Site<'_>, widget: &str, field: &str, value: &str) -> Result<()> {
    site.deliver(&response(widget, &[(field, value)])).await
}

#[test]
fn a_wrong_key_opens_nothing() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        let product = Product::shared().await?;
        browser.open(&format!("{}/dashboard", product.url())).await?;
        browser.fill("#key", "not-the-key-at-all-0123456789").await?;
        browser.click("button[type=submit]").await?;
        browser.find("[role=alert]").await?;
        browser.assert_accessible("", &[]).await?;
        browser.fill("#key", OWNER_KEY).await?;
        browser.click("button[type=submit]").await?;
        browser.find("form[action*='sign-out'] button").await?;
        browser.click("form[action*='sign-out'] button").await?;
        browser.find("#key").await?;
        browser.open(&format!("{}/dashboard", product.url())).await?;
        browser.find("#key").await?;
        Ok(())
    });
}

#[test]
fn numbers_equal_a_count_by_hand_and_move_by_themselves() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        for score in ["10", "9", "9", "7", "3"] {
            answer(&site, "nps", "nps", score).await?;
        }
        for points in ["5", "4", "2"] {
            answer(&site, "csat", "csat", points).await?;
        }
        for _ in 0..4 {
            site.deliver(&view("nps", &["seen"])).await?;
        }
        eventually("eight responses in KV", async || Ok(site.responses()?.len() == 8)).await?;
        browser.open(&overview(&site)).await?;
        let shown = figure(browser, "nps").await?;
        assert!(shown.contains(&format!("{:.0}", by_hand::nps(&site)?)), "{shown} is not {}", by_hand::nps(&site)?);
        let shown = figure(browser, "satisfaction").await?;
        assert!(
            shown.contains(&format!("{:.0}", by_hand::satisfaction(&site)?)),
            "{shown} is not {}",
            by_hand::satisfaction(&site)?
        );
        // Six detractors more, while the page is open and nobody touches it.
        for _ in 0..6 {
            answer(&site, "nps", "nps", "0").await?;
        }
        eventually("the new number", async || {
            Ok(figure(browser, "nps").await?.replace('\u{2212}', "-").contains(&format!("{:.0}", by_hand::nps(&site)?)))
        })
        .await?;
        browser.reads("#intake ~ *, section:has(#intake)", "14").await?;
        Ok(())
    });
}

/// The same figures from the values in KV, by nothing but the definitions.
mod by_hand {
    use super::*;
    use rapport_tests::site::answer;

    fn points(site: &Site<'_>, question: &str) -> Result<Vec<i64>> {
        Ok(site.responses()?.iter().filter_map(|response| answer(response, question).parse().ok()).collect())
    }

    pub fn nps(site: &Site<'_>) -> Result<f64> {
        let all = points(site, "nps")?;
        let (promoters, detractors) =
            (all.iter().filter(|point| **point >= 9).count(), all.iter().filter(|point| **point <= 6).count());
        Ok(100.0 * (promoters as f64 - detractors as f64) / all.len() as f64)
    }

    pub fn satisfaction(site: &Site<'_>) -> Result<f64> {
        let all = points(site, "csat")?;
        Ok(100.0 * all.iter().filter(|point| **point >= 4).count() as f64 / all.len() as f64)
    }
}

#[test]
fn every_page_is_free_of_barriers() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&widgets::every_kind()).await?;
        for score in ["10", "9", "2"] {
            site.deliver(&response(
                "nps",
                &[("nps", score), (if score == "2" { "missing" } else { "best" }, "The <b>paper</b> & more.")],
            ))
            .await?;
        }
        let home = overview(&site);
        let pages = [
            ("sites", format!("{}/dashboard", product.url())),
            ("overview", home.clone()),
            ("week", format!("{home}?days=7")),
            ("widgets", format!("{home}/widgets")),
            ("gallery", format!("{home}/new")),
            ("new", format!("{home}/new?definition")),
            ("widget", format!("{home}/widgets/nps")),
            ("edit", format!("{home}/widgets/nps/edit")),
            ("responses", format!("{home}/responses")),
            ("settings", format!("{home}/settings")),
        ];
        let looks = [
            ("light", Media::Light, Screen::Desktop, "en"),
            ("dark", Media::Dark, Screen::Phone, "en"),
            ("zh", Media::Light, Screen::Phone, "zh-CN"),
        ];
        let mut failures = Vec::new();
        for (look, media, screen, lang) in looks {
            browser.prefer(&[media, Media::ReducedMotion]).await?;
            browser.screen(screen).await?;
            for (name, address) in &pages {
                let and = if address.contains('?') { '&' } else { '?' };
                browser.open(&format!("{address}{and}lang={lang}")).await?;
                browser.find("h1").await?;
                browser.picture(&format!("dashboard-{name}-{look}")).await?;
                if let Err(error) =
                    browser.assert_accessible("", &[]).await.with_context(|| format!("{name} in {look}"))
                {
                    failures.push(format!("{error:#}"));
                }
                let wide: bool =
                    browser.script("return document.documentElement.scrollWidth > innerWidth + 1;", &[]).await?;
                if wide {
                    failures.push(format!("{name} in {look} is wider than its window"));
                }
                let words: String = browser.script("return document.documentElement.lang;", &[]).await?;
                assert_eq!(words, lang, "{name}");
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

#[test]
fn readable_without_scripts() {
    browse(async |browser| {
        let product = sign_in(browser).await?;
        let site = product.site(&[widgets::nps()]).await?;
        answer(&site, "nps", "nps", "9").await?;
        browser.allow_scripts(false).await?;
        browser.open(&overview(&site)).await?;
        assert!(figure(browser, "nps").await?.contains("100"));
        browser.click("article:has(#figure-nps) details.numbers summary").await?;
        browser.find("article:has(#figure-nps) table").await?;
        Ok(())
    });
}

#[test]
fn a_widget_from_idea_to_pause() {
    browse(async |browser| {
        browser.expect_complaint("422");
        let product = sign_in(browser).await?;
        let site = product.site(&[]).await?;
        browser.open(&format!("{}/new?definition", overview(&site))).await?;
        let write = async |text: &str| -> Result<()> {
            browser.find("#definition").await?;
            browser.ask::<()>("#definition", &format!("(it.value = {}, null)", json!(text))).await
        };
        let mut wrong = widgets::poll();
        wrong["questions"][0]["input"]["type"] = json!("choise");
        write(&wrong.to_string()).await?;
        browser.click("button[value=publish]").await?;
        browser.reads("#problems", "questions[0].input.type").await?;
        assert!(browser.ask::<String>("#definition", "it.value").await?.contains("choise"), "what was typed is gone");
        browser.assert_accessible("", &[]).await?;
        write(&widgets::poll().to_string()).await?;
        browser.click("button[value=publish]").await?;
        browser.find("form[action$='/pause'] button").await?;
        let page = site.page("<rapport-widget name=poll></rapport-widget>");
        let dashboard = browser.url().await?;
        browser.open(&page).await?;
        browser.find(&point("next", "ink")).await?;
        browser.open(&dashboard).await?;
        browser.click("form[action$='/pause'] button").await?;
        browser.find("form[action$='/resume'] button").await?;
        eventually("the widget to be gone", async || {
            // For others than this visitor, who may keep the script for a minute.
            browser.forget_cache().await?;
            browser.open(&page).await?;
            eventually("the page", async || browser.script("return document.readyState == 'complete';", &[]).await)
                .await?;
            Ok(!browser.shows("form").await?)
        })
        .await
    });
}
