//! A guest does not rearrange the furniture: no restyling, no shifts, no stolen focus, no names left behind.

use crate::steps::{alive, point};
use anyhow::{Context, Result};
use rapport_tests::browser::key;
use rapport_tests::{Browser, Page, Product, browse, eventually, widgets};
use serde_json::{Value, json};

/// Every computed style of every element of the page itself, and the names on `window`.
const PORTRAIT: &str = "
const own = [...document.querySelectorAll('*')].filter((it) => it.localName !== 'rapport-widget' && it.localName !== 'script');
return {
  styles: own.map((it) => it.localName + ':' + [...getComputedStyle(it)].map((name) => `${name}=${getComputedStyle(it).getPropertyValue(name)}`).join(';')),
  boxes: own.map((it) => { const box = it.getBoundingClientRect(); return [it.localName, box.left, box.top, box.width, box.height].join(' '); }),
  names: Object.getOwnPropertyNames(window),
};";

const HOST: &str = "<style>body { font: 15px serif; color: #222 } label { color: red } .q { display: none } form { border: 3px dashed } p { margin: 1em }</style>
    <form class=rapport><label>Search <input name=search></label></form><div class=q>hidden by the page</div><p>Words</p><button>Go</button>";

fn all_placed() -> Vec<Value> {
    vec![
        widgets::placed(widgets::nps(), json!({ "type": "popover" })),
        widgets::placed(widgets::csat(), json!({ "type": "bar" })),
        widgets::placed(widgets::feedback(), json!({ "type": "tab", "label": "Feedback" })),
        widgets::placed(widgets::ces(), json!({ "type": "modal" })),
    ]
}

async fn portrait(browser: &Browser) -> Result<Value> {
    browser.script(PORTRAIT, &[]).await
}

#[test]
fn styles_places_and_names_of_the_page_stay() {
    browse(async |browser| {
        let product = Product::shared().await?;
        for widget in all_placed() {
            let site = product.site(std::slice::from_ref(&widget)).await?;
            browser.open(&site.page_at("/before", Page::new(HOST))).await?;
            let before = portrait(browser).await?;
            browser.open(&site.page_at("/after", Page::new(&format!("{HOST}{}", site.tag())))).await?;
            alive(browser).await?;
            let after = portrait(browser).await?;
            let place = &widget["placement"]["type"];
            assert_eq!(before["styles"], after["styles"], "styles with {place}");
            assert_eq!(before["boxes"], after["boxes"], "places with {place}");
            let old = before["names"].as_array().expect("a list");
            // chromedriver leaves this name behind when it searches shadow roots.
            let ours = |name: &&Value| !old.contains(name) && **name != "ret_nodes";
            let added: Vec<_> = after["names"].as_array().expect("a list").iter().filter(ours).collect();
            assert_eq!(added, ["rapport"], "names with {place}");
            assert_eq!(browser.feel().await?.shift, 0.0, "shift with {place}: {:?}", browser.feel().await?.shifts);
        }
        Ok(())
    });
}

#[test]
fn an_inline_widget_fills_a_reserved_place_without_a_shift() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site
            .page("<div style='min-height: 420px'><rapport-widget name=nps></rapport-widget></div><p>Words below</p>");
        browser.open(&page).await?;
        alive(browser).await?;
        let feel = browser.feel().await?;
        assert_eq!(feel.shift, 0.0, "{:?}", feel.shifts);
        Ok(())
    });
}

#[test]
fn somebody_typing_goes_on_typing() {
    browse(async |browser| {
        for widget in all_placed() {
            let widget = widgets::targeted(widget, json!({ "event": { "name": "now" } }));
            let site = Product::shared().await?.site(std::slice::from_ref(&widget)).await?;
            browser.open(&site.page("<label>Search <input id=search></label>")).await?;
            browser.click("#search").await?;
            browser.keys("half a wo").await?;
            browser.script::<()>("(window.rapport ??= { q: [] }).q.push(['track', 'now']); return null;", &[]).await?;
            let waits = widget["placement"]["type"] == "modal";
            if !waits {
                browser.find("form.live .q, form.live .tab").await.with_context(|| widget["placement"].to_string())?;
            }
            browser.keys("rd").await?;
            assert_eq!(browser.ask::<String>("#search", "it.value").await?, "half a word", "{}", widget["placement"]);
            assert_eq!(browser.focus().await?, "input[search]");
            // A dialog takes the focus by its nature, so it comes once the visitor is done.
            if waits {
                assert!(!browser.shows("form.live .q").await?, "a dialog over somebody who types");
                browser.click("h1").await?;
                browser.find("form.live .q").await?;
            }
        }
        Ok(())
    });
}

#[test]
fn escape_closes_and_gives_the_focus_back() {
    browse(async |browser| {
        for widget in all_placed() {
            let place = widget["placement"]["type"].clone();
            let name = widget["name"].as_str().unwrap_or_default().to_owned();
            let quiet = widgets::targeted(widget, json!({ "event": { "name": "never" } }));
            let site = Product::shared().await?.site(&[quiet]).await?;
            browser
                .open(&site.page(&format!("<button id=open onclick=\"rapport.show('{name}')\">Open</button>")))
                .await?;
            eventually("the script", async || browser.script("return Boolean(window.rapport?.show);", &[]).await)
                .await?;
            browser.click("#open").await?;
            browser.click("form.live .title").await.with_context(|| place.to_string())?;
            browser.keys(key::TAB).await?;
            browser.keys(key::ESCAPE).await?;
            browser.gone("form.live .q").await?;
            if place == "modal" {
                assert_eq!(browser.focus().await?, "button[open]", "{place}");
            }
        }
        Ok(())
    });
}

/// A page's own bar, fixed where pop-ups come.
const CROWDED: &str = "<style>body { font-family: serif } .bar { position: fixed; inset: auto 0 0; block-size: 70%; z-index: 9999; background: gold }</style>
    <div class=bar>Cookies!</div>";

#[test]
fn what_comes_up_lies_above_the_page_and_in_its_font() {
    browse(async |browser| {
        let tab = widgets::placed(widgets::feedback(), json!({ "type": "tab", "label": "Feedback" }));
        let mut popover = widgets::placed(widgets::nps(), json!({ "type": "popover" }));
        popover["appearance"] = json!({ "inherit_font": true });
        let site = Product::shared().await?.site(&[tab, popover]).await?;
        browser.open(&site.page(CROWDED)).await?;
        // Each click needs that nothing lies above it.
        browser.click(&point("nps", "9")).await?;
        assert_eq!(browser.ask::<String>("[data-kind=nps] .title", "getComputedStyle(it).fontFamily").await?, "serif");
        browser.click(".tab").await?;
        browser.fill("[name=words]", "In front of all.").await?;
        Ok(())
    });
}

#[test]
fn what_floats_is_as_dark_as_the_body_that_it_stands_beside() {
    browse(async |browser| {
        let tab = widgets::placed(widgets::feedback(), json!({ "type": "tab", "label": "Feedback" }));
        let site = Product::shared().await?.site(&[tab]).await?;
        for (paint, scheme) in
            [("rgb(17 17 17)", "dark"), ("#fff", "light"), ("transparent", ""), ("oklch(20% 0 0)", "")]
        {
            let page = site.page(&format!("<style>body {{ background: {paint} }}</style>"));
            browser.open(&page).await?;
            browser.find(".tab").await?;
            assert_eq!(browser.ask::<String>("[data-placed]", "it.style.colorScheme").await?, scheme, "{paint}");
        }
        Ok(())
    });
}
