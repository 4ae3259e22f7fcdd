//! What others write – visitors, their browsers, pages, the owner in an unlucky moment – stays text on every page.

use anyhow::Result;
use rapport_tests::{Product, Site, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::session::{browser, session};
use crate::shared;
use crate::wire::{id, settled};

/// Ends an attribute, a script, a comment and a text, and would run if any of them were ended.
const HOSTILE: &str = "\"'></script><!--<img src=x onerror=alert(1)><svg onload=alert(1)>{{7*7}}${7*7}";

fn widget() -> Value {
    let mut widget = widgets::nps();
    widget["label"] = json!(HOSTILE);
    widget["title"] = json!(HOSTILE);
    widget["thanks"] = json!(HOSTILE);
    for question in widget["questions"].as_array_mut().unwrap() {
        question["title"] = json!(HOSTILE);
        question["hint"] = json!(HOSTILE);
    }
    widget
}

/// A site where everything that takes text has hostile text.
async fn hostile(product: &Product) -> Result<Site<'_>> {
    let site = product.site_with(&json!({ "name": HOSTILE }), &[widget()]).await?;
    let mut delivery = json!({
        "v": 1,
        "context": { "page": format!("{}/{HOSTILE}", product.host.origin()), "locale": "en", "device": "desktop", "traits": [["plan", HOSTILE]] },
        "response": { "id": id(), "revision": 1, "widget": "nps", "version": 1, "complete": true,
            "answers": [["nps", "9"], ["best", HOSTILE]], "moments": ["seen", "started"], "active_ms": 9_000 }
    });
    site.deliver(&delivery).await?;
    delivery["response"]["id"] = json!(id());
    delivery["response"]["answers"] = json!([["nps", "2"], ["missing", HOSTILE], ["better", HOSTILE]]);
    let _ = site.deliver(&delivery).await;
    settled(&site).await?;
    Ok(site)
}

fn assert_text(html: &str, at: &str) {
    for live in ["<img src=x", "<svg onload", "\"'>", "<!--<"] {
        assert!(
            !html.contains(live),
            "{at} has {live}: {}",
            &html[html.find(live).unwrap_or(0).saturating_sub(300)..][..600.min(html.len())]
        );
    }
}

#[test]
fn on_every_page_of_the_dashboard() {
    shared(async |product| {
        let site = hostile(product).await?;
        let cookie = session(product).await?;
        let mut told = 0;
        for path in site.dashboard("nps") {
            for lang in ["en", "zh-CN"] {
                let page = browser().get(format!("{}{path}", product.url()));
                let page = page.header("cookie", format!("{cookie}; rapport-lang={lang}")).send().await?;
                let header = |name: &str| page.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
                let kind = header("content-type").to_owned();
                if !kind.starts_with("text/html") && !kind.is_empty() {
                    // A file has the words as they were written: no browser may take it for a page.
                    assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
                    let inert =
                        ["text/css", "text/plain", "application/problem+json"].iter().any(|it| kind.starts_with(it));
                    assert!(inert || header("content-disposition").starts_with("attachment"), "{path}: {kind}");
                    continue;
                }
                let html = page.text().await?;
                assert_text(&html, &path);
                told += usize::from(html.contains("&lt;img src=x"));
            }
        }
        assert!(told >= 10, "only {told} pages showed the words at all");
        Ok(())
    });
}

#[test]
fn on_what_visitors_get() {
    shared(async |product| {
        let site = hostile(product).await?;
        let get = async |url: String| anyhow::Ok(product.client().get(url).send().await?.text().await?);
        let hosted = site.hosted("nps");
        let encoded: String = HOSTILE.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for url in [
            hosted.clone(),
            format!(
                "{hosted}?best={encoded}&page={encoded}&lang={encoded}&receipt={encoded}&variant={encoded}&id={encoded}"
            ),
            format!("{hosted}?embed"),
        ] {
            assert_text(&get(url.clone()).await?, &url);
        }
        for url in [site.script(), format!("{}/m/{}", product.url(), site.id)] {
            let text = get(url.clone()).await?;
            assert!(!text.contains("</script><!--"), "{url}");
        }
        Ok(())
    });
}

#[test]
fn what_is_put_into_styles_headers_and_addresses_is_refused() {
    shared(async |product| {
        let plain = json!({ "id": "hostile-words", "name": "A", "origins": [], "locale": "en" });
        for (field, value) in [
            ("appearance", json!({ "accent": "red;}*{background:url(//evil.example)}" })),
            ("appearance", json!({ "accent": "#fff\"><script>" })),
            ("origins", json!(["https://evil.example/\r\nx: y"])),
            ("origins", json!(["https://a.example; script-src *"])),
            ("locale", json!("en\"><script>")),
            ("id", json!("a\"><script>")),
            ("id", json!("../../etc")),
        ] {
            let mut site = plain.clone();
            site[field] = value.clone();
            let refused = product.api(Method::POST, "sites", Some(&site)).await;
            assert!(
                refused.is_err_and(|error| error.to_string().contains("422") || error.to_string().contains("400")),
                "{field} {value}"
            );
        }
        Ok(())
    });
}
