//! The visual editor: by mouse, by keyboard and without scripts.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen, key};
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::dashboard::enter;

pub async fn open(browser: &Browser, site: &Site<'_>, widget: &str) -> Result<()> {
    enter(browser, site.product()).await?;
    browser.open(&format!("{}/dashboard/s/{}/widgets/{widget}/edit", site.product().url(), site.id)).await
}

/// The draft of the site's only widget as it is stored; null where there is none.
async fn draft(site: &Site<'_>) -> Result<Value> {
    let config = site.product().api(Method::GET, &format!("sites/{}", site.id), None).await?;
    Ok(config["widgets"][0]["draft"].clone())
}

fn names(widget: &Value) -> Vec<&str> {
    widget["questions"].as_array().unwrap().iter().map(|question| question["name"].as_str().unwrap()).collect()
}

/// Waits until the draft that saves itself is as wanted.
async fn saved(site: &Site<'_>, what: &str, wanted: impl Fn(&Value) -> bool) -> Result<()> {
    eventually(what, async || Ok(wanted(&draft(site).await?))).await
}

async fn published(browser: &Browser) -> Result<()> {
    eventually("the widget's own page", async || Ok(!browser.url().await?.contains("/edit"))).await?;
    browser.reads(".chip", "Live").await
}

async fn titles(browser: &Browser) -> Result<Vec<String>> {
    browser
        .script("return [...document.querySelectorAll('.question .title')].map((title) => title.textContent);", &[])
        .await
}

#[test]
fn a_widget_is_edited_as_it_is_read_and_published_in_one_step() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        open(browser, &site, "nps").await?;
        browser.reads("#saved", "what is live").await?;

        // Wording: what is typed saves itself, and is not published by that.
        browser.click("#q-nps summary").await?;
        browser.script::<()>("document.querySelector('#q-nps textarea').value = '';", &[]).await?;
        browser.fill("#q-nps textarea", "Would you tell a friend?").await?;
        saved(&site, "the wording in the draft", |draft| draft["questions"][0]["title"] == "Would you tell a friend?")
            .await?;
        browser.reads("#saved", "Draft saved").await?;
        let page = product.client().get(site.hosted("nps")).send().await?.text().await?;
        assert!(!page.contains("tell a friend"), "a draft is nobody's business");

        // A question more, typed into at once, with an option more.
        browser.click("button[value='add:choice']").await?;
        browser.reads(".question:last-child .chip", "Choice").await?;
        browser.keys("Where did you find us?").await?;
        browser.click("button[value='insert:questions[4].input.options']").await?;
        eventually("a third option", async || Ok(browser.count(".question:last-child .items li").await? == 3)).await?;

        // Asked only if …
        browser.click("button[value='insert:questions[4].when.tests']").await?;
        browser.find(".question:last-child .test").await?;
        browser.script::<()>("const is = document.querySelector('.question:last-child .test select:nth-of-type(2)'); is.value = 'ge'; is.dispatchEvent(new Event('change', { bubbles: true }));", &[]).await?;
        browser.find(".question:last-child .test select:nth-of-type(3)").await?;
        browser.script::<()>("const value = document.querySelector('.question:last-child .test select:nth-of-type(3)'); value.value = '7'; value.dispatchEvent(new Event('input', { bubbles: true }));", &[]).await?;
        saved(&site, "the condition", |draft| draft["questions"][4]["show_if"] == "nps >= 7").await?;
        assert_eq!(titles(browser).await?[4], "Where did you find us?");
        browser.assert_accessible("", &[]).await?;

        browser.click("button[value=publish]").await?;
        published(browser).await?;
        let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
        let widget = &config["widgets"][0];
        assert_eq!((widget["versions"].as_array().unwrap().len(), widget["draft"].is_null()), (2, true));
        let published = &widget["versions"][1]["widget"];
        assert_eq!(published["questions"][4]["input"]["options"].as_array().unwrap().len(), 3);
        // Nothing else has changed on the way through the form.
        assert_eq!(published["questions"][1], config["widgets"][0]["versions"][0]["widget"]["questions"][1]);
        Ok(())
    });
}

#[test]
fn questions_are_put_in_order_by_keyboard_and_by_dragging() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        open(browser, &site, "nps").await?;
        let (grip, said) = (".question:nth-child(4) [data-grip]", "document.getElementById('said').textContent");
        browser.find(grip).await?;
        browser.ask::<()>(grip, "void it.focus()").await?;
        browser.keys(key::SPACE).await?;
        eventually("to hear that it is picked up", async || {
            Ok(browser.script::<String>(&format!("return {said};"), &[]).await?.contains("place 4"))
        })
        .await?;
        browser.keys(key::UP).await?;
        browser.keys(key::UP).await?;
        browser.keys(key::SPACE).await?;
        saved(&site, "the new order", |draft| !draft.is_null() && names(draft) == ["nps", "best", "missing", "better"])
            .await?;
        // The grip still has the focus, and Escape leaves all as it was.
        eventually("the focus on the grip", async || {
            browser.ask("#q-best [data-grip]", "it === document.activeElement").await
        })
        .await?;
        browser.keys(&format!("{}{}{}", key::SPACE, key::DOWN, key::ESCAPE)).await?;
        assert_eq!(names(&draft(&site).await?), ["nps", "best", "missing", "better"]);

        browser.ask::<()>("#q-better [data-grip]", "void it.scrollIntoView({ block: 'center' })").await?;
        let place = |css: &str| {
            let css = css.to_owned();
            async move {
                browser
                    .ask::<(f64, f64)>(
                        &css,
                        "[it.getBoundingClientRect().left + 10, it.getBoundingClientRect().top + 10]",
                    )
                    .await
            }
        };
        let (from, to) = (place("#q-better [data-grip]").await?, place("#q-best").await?);
        let at = |(x, y): (f64, f64), kind: &str| json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1, "buttons": 1 });
        browser.devtools("Input.dispatchMouseEvent", at(from, "mousePressed")).await?;
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let between = (from.0, from.1 + (to.1 - from.1) * part);
            browser.devtools("Input.dispatchMouseEvent", at(between, "mouseMoved")).await?;
        }
        browser.devtools("Input.dispatchMouseEvent", at((from.0, to.1), "mouseReleased")).await?;
        saved(&site, "the dragged order", |draft| names(draft) == ["nps", "better", "best", "missing"]).await
    });
}

#[test]
fn what_was_deleted_comes_back() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::nps()]).await?;
        open(browser, &site, "nps").await?;
        browser.click("#q-better button[value^='drop']").await?;
        browser.reads(".undo", "What would make it a ten?").await?;
        saved(&site, "three questions", |draft| !draft.is_null() && names(draft).len() == 3).await?;
        browser.click(".undo button").await?;
        browser.gone(".undo").await?;
        saved(&site, "all four", |draft| names(draft) == ["nps", "missing", "better", "best"]).await?;
        // Copies have names of their own.
        browser.click("#q-best button[value^='copy']").await?;
        saved(&site, "a copy", |draft| names(draft) == ["nps", "missing", "better", "best", "best_2"]).await
    });
}

#[test]
fn texts_are_translated_side_by_side() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::csat()]).await?;
        open(browser, &site, "csat").await?;
        browser.click("#languages > summary").await?;
        browser.fill("[name='preview.add']", "de").await?;
        browser.click("button[value=language]").await?;
        browser.reads("#languages > summary", "2 missing").await?;
        browser.fill(".translation textarea", "Wie zufrieden sind Sie?").await?;
        saved(&site, "the translation", |draft| draft["questions"][0]["title"]["de"] == "Wie zufrieden sind Sie?")
            .await?;
        assert_eq!(draft(&site).await?["questions"][0]["title"]["en"], "How satisfied are you?");
        browser.click("button[value='unlanguage:de']").await?;
        browser.reads(".undo", "de").await?;
        browser.click(".undo button").await?;
        browser.reads("#languages > summary", "1 missing").await?;
        assert_eq!(browser.ask::<String>(".translation textarea", "it.value").await?, "Wie zufrieden sind Sie?");
        Ok(())
    });
}

#[test]
fn two_tabs_are_told_apart_and_nothing_saves_itself_over_anything() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::csat()]).await?;
        open(browser, &site, "csat").await?;
        let mut theirs = widgets::csat();
        theirs["label"] = json!("Theirs");
        product.api(Method::PUT, &format!("sites/{}/widgets/csat", site.id), Some(&theirs)).await?;
        browser.click("#q-why summary").await?;
        browser.fill("#q-why textarea", " Really?").await?;
        browser.reads("#state .bad", "another tab").await?;
        browser.fill("#q-why textarea", " Truly?").await?;
        browser.click("#words > summary").await?;
        assert_eq!(draft(&site).await?["label"], "Theirs");
        // Asked for, it is refused once more, and says what it would do; then it is meant.
        browser.click("button[value=draft].button").await?;
        browser.expect_complaint("409");
        browser.reads("#state .bad", "replaces that change").await?;
        browser.click("button[value=draft].button").await?;
        browser.reads("#saved", "Draft saved").await?;
        assert_eq!(draft(&site).await?["label"], "Satisfaction");
        Ok(())
    });
}

#[test]
fn mistakes_are_told_at_their_places() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::csat()]).await?;
        open(browser, &site, "csat").await?;
        browser.click("#q-csat summary").await?;
        browser.script::<()>("document.querySelector('[name=\"questions[0].input.max\"]').value = '';", &[]).await?;
        browser.fill("[name='questions[0].input.max']", "ten").await?;
        browser.reads("#state .bad", "questions[0].input.max").await?;
        browser.click("button[value=publish]").await?;
        browser.expect_complaint("422");
        browser.reads("#q-csat .wrong", "whole number").await?;
        assert_eq!(browser.ask::<String>("[name='questions[0].input.max']", "it.value").await?, "ten");
        browser.assert_accessible("", &[]).await?;
        assert!(draft(&site).await?.is_null());
        Ok(())
    });
}

#[test]
fn all_of_it_works_without_scripts() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let site = product.site(&[widgets::csat()]).await?;
        open(browser, &site, "csat").await?;
        browser.allow_scripts(false).await?;
        browser.reload().await?;
        browser.click("button[value='add:text']").await?;
        browser.reads(".question:last-child .title", "New question").await?;
        browser.click(".question:last-child button[value^='up']").await?;
        browser.reads(".question:nth-child(2) .title", "New question").await?;
        browser.click("#q-csat button[value^='drop']").await?;
        browser.reads(".undo", "How satisfied are you?").await?;
        browser.click(".undo button").await?;
        browser.reads(".question:first-child .title", "How satisfied are you?").await?;
        browser.click("[data-show]").await?;
        browser.click("button[value=draft].button").await?;
        browser.reads("#saved", "Draft saved").await?;
        assert_eq!(names(&draft(&site).await?), ["csat", "text", "why"]);
        browser.click("button[value=publish]").await?;
        published(browser).await
    });
}

#[test]
fn every_kind_fits_every_screen_and_nobody_is_kept_out() {
    browse(async |browser| {
        let product = Product::shared().await?;
        let all = widgets::every_kind();
        let site = product.site(&all).await?;
        for (screen, media) in [(Screen::Desktop, Media::Light), (Screen::Phone, Media::Dark)] {
            browser.screen(screen).await?;
            browser.prefer(&[media]).await?;
            for widget in all.iter().filter_map(|widget| widget["name"].as_str()) {
                open(browser, &site, widget).await?;
                browser
                    .script::<()>("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[])
                    .await?;
                let over: f64 =
                    browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
                assert!(over <= 0.0, "{widget} is {over} px too wide");
                browser.assert_accessible("", &["frame-tested"]).await?;
            }
        }
        Ok(())
    });
}
