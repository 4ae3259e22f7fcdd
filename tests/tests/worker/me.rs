//! `/me/{site}`: what the author of a response may read and say, and what nobody else may.

use anyhow::Result;
use rapport_tests::{Site, eventually, widgets};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{counts, deliver, id, nps};

/// Asks as a page of the site does.
async fn ask(site: &Site<'_>, path: &str, body: &str, origin: &str) -> Result<Response> {
    let address = format!("{}/me/{}{path}", site.product().url(), site.id);
    let request = site.product().client().post(address).header("origin", origin).header("content-type", "text/plain");
    Ok(request.body(body.to_owned()).send().await?)
}

async fn problem(site: &Site<'_>, path: &str, body: &Value) -> Result<(u16, String, String)> {
    let answer = ask(site, path, &body.to_string(), &site.product().host.origin()).await?;
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*", "scripts must be able to read why");
    let told: Value = answer.json().await?;
    let word = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    Ok((status, word("code"), word("field")))
}

async fn page(site: &Site<'_>, id: &str) -> Result<Response> {
    Ok(site.product().client().get(format!("{}/me/{}/{id}", site.product().url(), site.id)).send().await?)
}

#[test]
fn only_pages_of_the_site_may_ask_and_only_for_a_few() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let own = product.host.origin();
        let body = json!({ "ids": [id()], "lang": "de" }).to_string();
        let answer = ask(&site, "", &body, &own).await?;
        assert_eq!((answer.status(), &answer.headers()["cache-control"]), (StatusCode::OK, &"no-store".parse()?));
        assert_eq!(answer.json::<Value>().await?, json!({ "html": "" }));
        assert_eq!(ask(&site, "", &body, "https://elsewhere.example").await?.status(), 404);
        assert_eq!(ask(&product.known_site("nobody-here"), "", &body, &own).await?.status(), 404);
        let many: Vec<String> = (0..11).map(|_| id()).collect();
        for (body, expected) in [
            (json!({ "ids": many }), (422, "too_many", "ids")),
            (json!({ "ids": [id(), "1"] }), (422, "malformed", "ids[1]")),
            (json!({ "ids": [id().to_uppercase()] }), (422, "malformed", "ids[0]")),
            (json!({ "ids": [], "all": true }), (422, "unknown", "all")),
            (json!({}), (422, "required", "ids")),
        ] {
            let told = problem(&site, "", &body).await?;
            assert_eq!((told.0, told.1.as_str(), told.2.as_str()), expected, "{body}");
        }
        for garbage in ["", "{", "[]", "null", "\u{0}", &"[".repeat(20_000)] {
            assert_eq!(ask(&site, "", garbage, &own).await?.status(), 422, "{garbage:.20}");
        }
        assert_eq!(ask(&site, "", &" ".repeat(40_000), &own).await?.status(), 413);
        Ok(())
    });
}

#[test]
fn the_page_of_a_response_is_its_authors_alone() {
    shared(async |product| {
        let (site, other) = (product.site(&[widgets::nps()]).await?, product.site(&[widgets::nps()]).await?);
        let mine = id();
        let mut answer = nps(&mine, 3);
        answer["response"]["answers"] = json!([["nps", "3"], ["missing", "<b>More</b> ink."]]);
        deliver(&site, &answer).await?;
        let before = counts(&site).await?;
        let shown = page(&site, &mine).await?;
        assert_eq!(shown.status(), 200);
        for (name, value) in
            [("cache-control", "no-store"), ("x-robots-tag", "noindex, nofollow"), ("referrer-policy", "same-origin")]
        {
            assert_eq!(shown.headers()[name], value);
        }
        assert!(!shown.headers().contains_key("access-control-allow-origin"), "no script of another page may read it");
        let policy = shown.headers()["content-security-policy"].to_str()?.to_owned();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        let html = shown.text().await?;
        assert!(html.contains("&lt;b&gt;More&lt;/b&gt; ink.") && html.contains("No reply yet."), "{html}");
        let sheet = html.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let sheet = product.client().get(format!("{}{sheet}", product.url())).send().await?;
        assert_eq!(
            (sheet.status(), sheet.headers()["content-type"].to_str()?),
            (StatusCode::OK, "text/css; charset=utf-8")
        );
        // In the language of whoever looks.
        let german =
            product.client().get(format!("{}/me/{}/{mine}", product.url(), site.id)).header("accept-language", "de-AT");
        assert!(german.send().await?.text().await?.contains("Noch keine Antwort."));

        // What is not there, and what is another site's, looks the same.
        let mut pages = Vec::new();
        for (site, id) in [(&site, id()), (&other, mine.clone())] {
            let gone = page(site, &id).await?;
            assert_eq!(gone.status(), 404);
            pages.push(gone.text().await?.replace(&site.id, "SITE"));
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(page(&site, "1").await?.status(), 404);
        assert_eq!(counts(&site).await?, before, "looking records nothing");
        Ok(())
    });
}

#[test]
fn what_is_said_is_checked() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mine = id();
        deliver(&site, &nps(&mine, 3)).await?;
        let path = format!("/{mine}");
        for (body, expected) in [
            (json!({ "message": id(), "text": " \n" }), (422, "required", "text")),
            (json!({ "message": id(), "text": "x".repeat(2_001) }), (422, "too_long", "text")),
            (json!({ "message": "1", "text": "Hello" }), (422, "malformed", "message")),
            (json!({ "message": id(), "text": "Hello", "tags": [] }), (422, "unknown", "tags")),
            // The owner has not written: there is nothing to answer.
            (json!({ "message": id(), "text": "Hello" }), (404, "not_found", "")),
        ] {
            let told = problem(&site, &path, &body).await?;
            assert_eq!((told.0, told.1.as_str(), told.2.as_str()), expected, "{body}");
        }
        let body = json!({ "message": id(), "text": "Hello" }).to_string();
        assert_eq!(ask(&site, &format!("/{}", id()), &body, &product.host.origin()).await?.status(), 404);
        assert_eq!(ask(&site, &path, &body, "https://elsewhere.example").await?.status(), 404);
        assert_eq!(ask(&site, "/1", &body, &product.host.origin()).await?.status(), 404);
        Ok(())
    });
}

/// The owner writes to a response.
async fn reply(site: &Site<'_>, id: &str, text: &str) -> Result<()> {
    let path = format!("sites/{}/responses/{id}/reply", site.id);
    site.product().api(reqwest::Method::POST, &path, Some(&json!({ "text": text }))).await?;
    Ok(())
}

async fn thread(site: &Site<'_>, id: &str) -> Result<Vec<Value>> {
    let item = site.product().api(reqwest::Method::GET, &format!("sites/{}/responses/{id}", site.id), None).await?;
    Ok(item["case"]["thread"].as_array().cloned().unwrap_or_default())
}

/// What a device that knows `ids` is shown.
async fn shown(site: &Site<'_>, ids: &[&str]) -> Result<String> {
    let body = json!({ "ids": ids, "lang": "en" }).to_string();
    let answer: Value = ask(site, "", &body, &site.product().host.origin()).await?.json().await?;
    Ok(answer["html"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_conversation_said_once_and_in_turns() {
    shared(async |product| {
        let (site, other) = (product.site(&[widgets::nps()]).await?, product.site(&[widgets::nps()]).await?);
        let (mine, theirs) = (id(), id());
        deliver(&site, &nps(&mine, 3)).await?;
        deliver(&site, &nps(&theirs, 3)).await?;
        reply(&site, &mine, "What would help?").await?;
        let note =
            json!({ "ids": [mine], "changes": [{ "note": "SECRET" }, { "tag": "SECRET" }, { "status": "wont" }] });
        product.api(reqwest::Method::POST, &format!("sites/{}/responses/change", site.id), Some(&note)).await?;

        let html = shown(&site, &[&mine, &theirs, &id()]).await?;
        assert!(html.contains("What would help?") && html.matches("<article").count() == 1, "{html}");
        assert!(!html.contains("SECRET") && !html.contains("wont"), "the owner's notes are the owner's");
        assert_eq!(shown(&other, &[&mine]).await?, "", "another site's is nobody's");
        assert!(shown(&site, &[&mine]).await?.contains("What would help?"), "asking is not reading");

        let path = format!("/{mine}");
        let own = product.host.origin();
        let say = async |message: &str, text: &str| {
            ask(&site, &path, &json!({ "message": message, "text": text, "lang": "en" }).to_string(), &own).await
        };
        let first = id();
        for _ in 0..3 {
            let answer: Value = say(&first, " A <b>pen</b>.\r\n ").await?.json().await?;
            assert!(answer["html"].as_str().is_some_and(|html| html.contains("A &lt;b&gt;pen&lt;/b&gt;.")), "{answer}");
        }
        let said = thread(&site, &mine).await?;
        assert_eq!((said.len(), &said[1]["text"], &said[1]["by"]), (2, &json!("A <b>pen</b>."), &json!("visitor")));
        assert_eq!(shown(&site, &[&mine]).await?, "", "whoever answers has read");
        for _ in 0..4 {
            assert_eq!(say(&id(), "And another thing.").await?.status(), 200);
        }
        let told: Value = {
            let answer = say(&id(), "A sixth.").await?;
            assert_eq!(answer.status(), 422);
            answer.json().await?
        };
        assert_eq!((&told["code"], &told["field"], &told["limit"]), (&json!("too_many"), &json!("text"), &json!(5)));
        assert_eq!(say(&first, "A <b>pen</b>.").await?.status(), 200, "what has arrived stays arrived");
        let html = page(&site, &mine).await?.text().await?;
        assert!(html.contains("Please wait for a reply") && !html.contains("<textarea"), "{html}");
        reply(&site, &mine, "Thank you.").await?;
        assert_eq!(say(&id(), "Welcome.").await?.status(), 200);

        // Its author may look, and nobody else's origin may say that it was seen.
        reply(&site, &mine, "Bye.").await?;
        let until = thread(&site, &mine).await?.last().unwrap()["at"].clone();
        let seen = json!({ "seen": until }).to_string();
        assert_eq!(ask(&site, &path, &seen, "https://elsewhere.example").await?.status(), 404);
        assert!(shown(&site, &[&mine]).await?.contains("Bye."));
        let early = json!({ "seen": until.as_i64().unwrap() - 1 }).to_string();
        assert_eq!(ask(&site, &path, &early, &own).await?.status(), 204);
        assert!(shown(&site, &[&mine]).await?.contains("Bye."), "that was before it was written");
        assert_eq!(ask(&site, &path, &seen, &own).await?.status(), 204);
        assert_eq!(shown(&site, &[&mine]).await?, "");

        // Erased, it is as if it had never been.
        let erase = json!({ "ids": [mine], "at_once": true });
        reply(&site, &mine, "One more.").await?;
        product.api(reqwest::Method::POST, &format!("sites/{}/responses/erase", site.id), Some(&erase)).await?;
        assert_eq!(shown(&site, &[&mine]).await?, "");
        assert_eq!(page(&site, &mine).await?.status(), 404);
        assert_eq!(say(&id(), "Still there?").await?.status(), 404);
        assert_eq!(ask(&site, &path, &seen, &own).await?.status(), 204, "nothing tells it from any other");
        assert_eq!(ask(&site, &format!("/{}", id()), &seen, &own).await?.status(), 204);
        Ok(())
    });
}

#[test]
fn what_visitors_say_survives_a_rebuild() {
    crate::own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mine = id();
        deliver(&site, &nps(&mine, 3)).await?;
        reply(&site, &mine, "What would help?").await?;
        let body = json!({ "message": id(), "text": "A pen." }).to_string();
        assert_eq!(ask(&site, &format!("/{mine}"), &body, &product.host.origin()).await?.status(), 200);
        crate::wire::settled(&site).await?;
        let before = thread(&site, &mine).await?;
        product.api(reqwest::Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        eventually("the rebuild to be over", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(thread(&site, &mine).await?, before);
        assert_eq!(shown(&site, &[&mine]).await?, "");
        Ok(())
    });
}
