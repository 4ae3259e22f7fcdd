//! axe-core finds no barrier in any kind of widget in any state, in light, in dark and from right to left; and there is a
//! picture of each for people to look at.

use crate::steps::{alive, point};
use anyhow::{Context, Result};
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Browser, Page, Product, Site, browse, widgets};
use serde_json::{Value, json};

/// What the host page of a test lacks is not the widget's affair.
const HOST_AFFAIRS: &[&str] = &["region", "landmark-one-main", "page-has-heading-one"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taste {
    Light,
    Dark,
    RightToLeft,
    ForcedColors,
}

const TASTES: [Taste; 4] = [Taste::Light, Taste::Dark, Taste::RightToLeft, Taste::ForcedColors];

fn page(site: &Site<'_>, taste: Taste, widget: &str) -> String {
    let (lang, dir) = if taste == Taste::RightToLeft { ("ar", "rtl") } else { ("en", "ltr") };
    site.page_at(
        &format!("/{taste:?}/{widget}"),
        Page::raw(&format!(
            "<!doctype html><html lang={lang} dir={dir}><head><meta charset=utf-8><title>A page</title>
             <meta name=viewport content='width=device-width, initial-scale=1'><meta name=color-scheme content='light dark'>{}</head>
             <body><main><h1>A page</h1><p>Words.</p><rapport-widget name={widget}></rapport-widget></main></body></html>",
            site.tag()
        )),
    )
}

async fn wear(browser: &Browser, taste: Taste) -> Result<()> {
    browser
        .prefer(match taste {
            Taste::Light | Taste::RightToLeft => &[Media::Light, Media::ReducedMotion],
            Taste::Dark => &[Media::Dark, Media::ReducedMotion],
            Taste::ForcedColors => &[Media::ForcedColors, Media::ReducedMotion],
        })
        .await
}

/// Looks with axe and with a camera.
async fn look(browser: &Browser, name: &str, failures: &mut Vec<String>) -> Result<()> {
    browser.picture(name).await?;
    if let Err(error) = browser.assert_accessible("", HOST_AFFAIRS).await.with_context(|| name.to_owned()) {
        failures.push(format!("{error:#}"));
    }
    Ok(())
}

#[test]
fn every_kind_before_and_after_a_mistake() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut failures = Vec::new();
        for taste in TASTES {
            wear(browser, taste).await?;
            let site = product
                .site_with(
                    &json!({ "locale": if taste == Taste::RightToLeft { "ar" } else { "en" } }),
                    &widgets::every_kind(),
                )
                .await?;
            for widget in widgets::every_kind() {
                let name = widget["name"].as_str().unwrap_or_default();
                browser.screen(if taste == Taste::Dark { Screen::Phone } else { Screen::Desktop }).await?;
                browser.open(&page(&site, taste, name)).await?;
                alive(browser).await?;
                look(browser, &format!("{name}-{taste:?}"), &mut failures).await?;
                // The first question of the survey only tells.
                if name == "survey" {
                    browser.click("button.send").await?;
                    browser.find(&point("role", "writer")).await?;
                }
                browser.click("button.send").await?;
                browser.find(".error").await?;
                look(browser, &format!("{name}-{taste:?}-mistake"), &mut failures).await?;
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

#[test]
fn thanks_results_and_waiting() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        let product = Product::shared().await?;
        let mut failures = Vec::new();
        for taste in TASTES {
            wear(browser, taste).await?;
            let site = product.site(&[widgets::poll(), widgets::nps()]).await?;
            browser.open(&page(&site, taste, "poll")).await?;
            alive(browser).await?;
            browser.click(&point("next", "ink")).await?;
            browser.click("button.send").await?;
            browser.reads(".thanks", "100").await?;
            look(browser, &format!("poll-{taste:?}-result"), &mut failures).await?;

            let fault =
                rapport_local::Fault::new(rapport_local::Effect::Status(500)).prefix(&format!("/e/{}", site.id));
            product.cloud.edge.fail(fault.times(1));
            browser.open(&page(&site, taste, "nps")).await?;
            alive(browser).await?;
            browser.click(&point("nps", "6")).await?;
            look(browser, &format!("nps-{taste:?}-follow-up"), &mut failures).await?;
            browser.click("button.send").await?;
            browser.reads(".status", "").await?;
            look(browser, &format!("nps-{taste:?}-waiting"), &mut failures).await?;
            browser.find(".thanks").await?;
            look(browser, &format!("nps-{taste:?}-thanks"), &mut failures).await?;
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

#[test]
fn every_place_on_desktop_and_phone() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let mut failures = Vec::new();
        let places: [(&str, Value); 6] = [
            ("popover", json!({ "type": "popover" })),
            ("popover-top-start", json!({ "type": "popover", "corner": "top_start" })),
            ("tab", json!({ "type": "tab", "label": "Feedback" })),
            ("modal", json!({ "type": "modal" })),
            ("bar", json!({ "type": "bar" })),
            ("bar-top", json!({ "type": "bar", "edge": "top" })),
        ];
        for (place, placement) in places {
            let site = product.site(&[widgets::placed(widgets::nps(), placement)]).await?;
            for screen in [Screen::Desktop, Screen::Phone] {
                browser.screen(screen).await?;
                browser.prefer(&[Media::ReducedMotion]).await?;
                browser.open(&site.page("<p>Words.</p>")).await?;
                browser.find("form.live .q, form.live .tab").await?;
                if place == "tab" {
                    look(browser, &format!("place-{place}-{screen:?}-closed"), &mut failures).await?;
                    browser.click("[data-do=open]").await?;
                }
                browser.find(&point("nps", "10")).await?;
                look(browser, &format!("place-{place}-{screen:?}"), &mut failures).await?;
                let within: bool = browser
                    .ask("form .q", "(() => { const box = it.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth + 1 && box.top >= 0; })()")
                    .await?;
                assert!(within, "{place} on {screen:?} sticks out of the window");
                let small: Vec<String> = browser
                    .ask(
                        "form",
                        "[...it.querySelectorAll('.point, button')].filter((target) => target.checkVisibility())
                           .map((target) => [target.className, target.getBoundingClientRect()])
                           .filter(([, box]) => box.height < 43.5 || box.width < 24).map(([name, box]) => `${name} ${box.width}×${box.height}`)",
                    )
                    .await?;
                assert!(small.is_empty(), "{place} on {screen:?} has targets too small for a finger: {small:?}");
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}
