//! The page on which the owner learns whether the tag is where it should be.

use anyhow::Result;
use rapport_tests::outside::Answer;
use rapport_tests::{Product, Site, eventually, widgets};
use serde_json::json;

use crate::session::{browser, csrf, session};
use crate::wire::{id, nps};
use crate::{own, shared};

/// The page as the owner sees it.
async fn page(site: &Site<'_>, cookie: &str) -> Result<String> {
    let url = format!("{}/dashboard/s/{}/install", site.product().url(), site.id);
    Ok(browser().get(url).header("cookie", cookie).send().await?.text().await?)
}

async fn submit(site: &Site<'_>, cookie: &str, body: &str) -> Result<(u16, String)> {
    let url = format!("{}/dashboard/s/{}/install", site.product().url(), site.id);
    let request = browser().post(url).header("cookie", cookie);
    let form = format!("csrf={}&{body}", csrf(site.product(), cookie).await?);
    let answer = request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}

async fn deliver_from(site: &Site<'_>, origin: &str) -> Result<u16> {
    let product: &Product = site.product();
    let mut body = nps(&id(), 9);
    body["context"] = json!({ "page": format!("{origin}/shop?x=1"), "locale": "en", "device": "desktop" });
    let request = product.client().post(format!("{}/e/{}", product.url(), site.id)).header("origin", origin);
    Ok(request.body(body.to_string()).send().await?.status().as_u16())
}

#[test]
fn loading_the_script_and_answering_are_noticed_once_an_hour() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        assert!(page(&site, &cookie).await?.contains("has not been seen here yet"));
        for _ in 0..3 {
            let request = product.client().get(site.script()).header("referer", format!("{}/", product.host.origin()));
            assert_eq!(request.send().await?.status(), 200);
        }
        eventually("the tag is noticed", async || Ok(page(&site, &cookie).await?.contains("The tag was loaded")))
            .await?;
        let rows = site.status().await?["rows_written"].as_u64();
        let again = product.client().get(site.script()).header("referer", product.host.origin());
        assert_eq!(again.send().await?.status(), 200);
        assert_eq!(deliver_from(&site, &product.host.origin()).await?, 200);
        eventually("the answer is noticed", async || Ok(page(&site, &cookie).await?.contains("Works: a page"))).await?;
        assert!(rows.is_some());
        // The page's address is shown without its query.
        let html = page(&site, &cookie).await?;
        assert!(html.contains(&format!("{}/shop</code>", product.host.origin())) && !html.contains("x=1"), "{html}");
        Ok(())
    });
}

#[test]
fn a_foreign_origin_is_told_and_can_be_allowed() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        let stranger = format!("https://{}.stranger.example", site.id);
        assert_eq!(deliver_from(&site, &stranger).await?, 404);
        eventually("the stranger is told", async || {
            let html = page(&site, &cookie).await?;
            Ok(html.contains(&stranger) && html.contains("not in your list"))
        })
        .await?;
        assert_eq!(submit(&site, &cookie, &format!("allow={stranger}/")).await?.0, 303);
        eventually("answers are taken", async || Ok(deliver_from(&site, &stranger).await? == 200)).await?;
        assert!(!page(&site, &cookie).await?.contains("not in your list"));
        // What is no origin is not added.
        assert_eq!(submit(&site, &cookie, "allow=javascript:alert(1)").await?.0, 422);
        Ok(())
    });
}

#[test]
fn made_up_origins_cause_few_rows() {
    // It uses up what one isolate passes on in an hour.
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        for number in 0..120 {
            let made_up = format!("https://n{number}.{}.example", site.id);
            let request = product.client().get(site.script()).header("referer", made_up);
            assert_eq!(request.send().await?.status(), 200);
        }
        let html = page(&site, &cookie).await?;
        let told = html.matches("not in your list").count();
        assert!(told <= 50, "{told} origins");
        Ok(())
    });
}

#[test]
fn only_public_pages_of_the_owners_origins_are_fetched() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        let private = product.host.origin();
        for page in [private.as_str(), "https://evil.example/", "http://169.254.169.254/latest", "https://[::1]/"] {
            let (status, html) = submit(&site, &cookie, &format!("page={page}")).await?;
            assert_eq!(status, 422, "{page}");
            assert!(html.contains("id=\"problems\""));
        }
        assert_eq!(product.host.visits("/"), 0);
        Ok(())
    });
}

#[test]
fn snippets_are_made_for_this_deployment() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        let html = page(&site, &cookie).await?;
        let (url, hosted) = (product.url(), site.hosted("nps"));
        for part in [
            format!("&lt;script async src=&quot;{}&quot;&gt;", site.script()),
            format!("&lt;rapport-widget name=&quot;nps&quot;&gt;&lt;a href=&quot;{hosted}&quot;&gt;"),
            format!("{hosted}?nps=10&quot;"),
            format!("&lt;iframe src=&quot;{hosted}?embed&quot;"),
            format!("script-src {url} 'wasm-unsafe-eval';"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0".to_owned(),
        ] {
            assert!(html.contains(&part), "{part} is not in {html}");
        }
        let code = browser().get(format!("{url}/dashboard/s/{}/install/nps.svg", site.id)).header("cookie", &cookie);
        let code = code.send().await?;
        assert_eq!(code.headers()["content-type"], "image/svg+xml");
        assert!(code.headers()["content-disposition"].to_str()?.starts_with("attachment"));
        Ok(())
    });
}

#[test]
fn a_look_at_a_page_tells_what_is_there() {
    shared(async |product| {
        let host = "look.shop.example";
        let origin = format!("https://{host}");
        let site = product.site_with(&json!({ "origins": [origin] }), &[widgets::nps()]).await?;
        let cookie = session(product).await?;
        let html = |headers: &[(&'static str, &str)], body: &str| {
            let mut all = vec![("content-type", "text/html; charset=utf-8".to_owned())];
            all.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
            Answer::Now(200, all, format!("<!doctype html><title>Shop</title>{body}"))
        };
        let tag = site.tag();
        let placed = format!("{tag}<rapport-widget name=nps></rapport-widget>");
        for (answer, words) in [
            (html(&[], &placed), "The tag is there, for this site."),
            (html(&[], &tag), "has no place on this page"),
            (html(&[], "Nothing here"), "The tag is not in this page"),
            (html(&[], &tag.replace(&site.id, "another")), "a tag for another site, “another”"),
            (html(&[], &tag.replace(" async", "")), "lacks “async”"),
            (html(&[("content-security-policy", "script-src 'self'")], &placed), "forbids the script"),
            (html(&[], &format!("{}{placed}", "<p>Long</p>".repeat(60_000))), "only its first 512 KB were read"),
            (
                Answer::Now(301, vec![("location", "https://elsewhere.example/".to_owned())], String::new()),
                "leads on to https://elsewhere.example/",
            ),
            (Answer::Now(404, Vec::new(), String::new()), "answered with the error 404"),
            (
                Answer::Now(200, vec![("content-type", "application/pdf".to_owned())], "x".to_owned()),
                "no web page but application/pdf",
            ),
            (Answer::Never, "did not answer within eight seconds"),
        ] {
            product.outside.answer(host, [answer]);
            let (status, page) = submit(&site, &cookie, &format!("page={origin}/shop")).await?;
            assert_eq!(status, 200, "{words}");
            assert!(page.contains(words), "{words} is not in {page}");
        }
        let sent = product.outside.sent(host);
        assert!(
            sent.iter().all(|sent| sent.headers.get("cookie").is_none() && sent.headers.get("authorization").is_none())
        );
        assert!(product.outside.sent("elsewhere.example").is_empty(), "nobody is followed");
        Ok(())
    });
}
