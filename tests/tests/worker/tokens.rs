//! Tokens: what each may do and where, how they end, and what a change by a program is based on.

use anyhow::{Context, Result};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::wire::{deliver, id, nps};
use crate::{own, shared};

#[test]
fn every_operation_wants_its_scope_and_its_site() {
    shared(async |product| {
        let (mine, other) = (product.site(&[widgets::nps()]).await?, product.site(&[]).await?);
        let document: Value =
            product.client().get(format!("{}/api/v1/openapi.json", product.url())).send().await?.json().await?;
        let token = async |scope: &str, sites: Value| -> Result<String> {
            let new = json!({ "name": scope, "scopes": [scope], "sites": sites });
            let made = product.api(Method::POST, "tokens", Some(&new)).await?;
            Ok(made["secret"].as_str().context("a secret")?.to_owned())
        };
        let ask = async |bearer: &str, method: &str, path: &str| -> Result<u16> {
            let url = format!("{}/api/v1{path}", product.url());
            let request = product.client().request(method.to_uppercase().parse()?, url).bearer_auth(bearer);
            // An empty body is refused by whoever wants one, after the authorisation.
            Ok(request.header("content-type", "application/json").body("{").send().await?.status().as_u16())
        };
        let mut operations = 0;
        for scope in ["read", "responses", "configure", "export", "admin"] {
            let wide = token(scope, json!([])).await?;
            let narrow = token(scope, json!([mine.id])).await?;
            for (path, methods) in document["paths"].as_object().context("paths")? {
                for (method, operation) in methods.as_object().context("methods")? {
                    operations += 1;
                    let needed = operation["x-scope"].as_str().context("a scope")?;
                    // What would really happen is not for this test: a site that is not there.
                    let nowhere =
                        path.replace("{site}", "no-such-site").replace("{widget}", "nps").replace("{step}", "pause");
                    let nowhere = nowhere.replace("{id}", "none").replace("{delivery}", "none");
                    let fine = scope == "admin" || scope == needed;
                    let status = ask(&wide, method, &nowhere).await?;
                    assert_eq!(status == 403, !fine, "{scope}: {method} {nowhere} gave {status}");
                    assert_ne!(status, 401, "{method} {nowhere}");
                    assert_eq!(ask("wrong", method, &nowhere).await?, 401, "{method} {nowhere}");
                    if path.contains("{site}") {
                        let foreign = nowhere.replace("no-such-site", &other.id);
                        assert_eq!(ask(&narrow, method, &foreign).await?, 404, "{scope}: {method} {foreign}");
                    }
                }
            }
        }
        assert!(operations > 100, "{operations}");
        let narrow = token("read", json!([mine.id])).await?;
        let sites: Value = product
            .client()
            .get(format!("{}/api/v1/sites", product.url()))
            .bearer_auth(&narrow)
            .send()
            .await?
            .json()
            .await?;
        assert_eq!(sites.as_array().map(Vec::len), Some(1));
        Ok(())
    });
}

#[test]
fn tokens_end_at_once_and_changes_need_what_they_are_based_on() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let new = json!({ "name": "x", "scopes": ["read"], "days": 1 });
        let made = product.api(Method::POST, "tokens", Some(&new)).await?;
        let secret = made["secret"].as_str().unwrap();
        assert!(secret.starts_with("rpt_") && secret.len() == 52);
        let url = format!("{}/api/v1/sites/{}/settings", product.url(), site.id);
        let read = async |bearer: &str| anyhow::Ok(product.client().get(&url).bearer_auth(bearer).send().await?);
        let first = read(secret).await?;
        let tag = first.headers()["etag"].to_str()?.to_owned();
        let known = product.client().get(&url).bearer_auth(secret).header("if-none-match", &tag).send().await?;
        assert_eq!(known.status(), 304);
        let mut settings: Value = first.json().await?;
        settings["name"] = json!("Renamed");
        let put = async || {
            let request = product.client().put(&url).bearer_auth(OWNER_KEY).header("if-match", &tag).json(&settings);
            anyhow::Ok(request.send().await?.status().as_u16())
        };
        assert_eq!((put().await?, put().await?), (200, 412), "the second is based on what is gone");
        let listed = product.api(Method::GET, "tokens", None).await?;
        assert!(
            !listed.to_string().contains(secret) && listed[0]["used"].is_number()
                || listed.to_string().contains("\"used\":1")
        );
        product.api(Method::DELETE, &format!("tokens/{}", made["token"]["id"].as_str().unwrap()), None).await?;
        assert_eq!(read(secret).await?.status(), 401);
        for (wrong, field) in [
            (json!({ "name": "", "scopes": ["read"] }), "name"),
            (json!({ "name": "x", "scopes": [] }), "scopes"),
            (json!({ "name": "x", "scopes": ["everything"] }), "scopes[0]"),
            (json!({ "name": "x", "scopes": ["read"], "sites": ["no-such-site"] }), "sites"),
            (json!({ "name": "x", "scopes": ["read"], "days": 0 }), "days"),
        ] {
            let told = product.api(Method::POST, "tokens", Some(&wrong)).await.unwrap_err().to_string();
            assert!(told.contains("422") && told.contains(field), "{told}");
        }
        Ok(())
    });
}

#[test]
fn guessing_tokens_is_slowed_down() {
    own(async |product| {
        let digits = "0".repeat(40);
        let check: String = Sha256::digest(&digits).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let url = format!("{}/api/v1/sites", product.url());
        let ask = async |token: &str| anyhow::Ok(product.client().get(&url).bearer_auth(token).send().await?);
        let mistyped = format!("rpt_{digits}00000000");
        let guessed = format!("rpt_{digits}{check}");
        assert_eq!(ask(&mistyped).await?.status(), 401);
        assert_eq!(ask(&guessed).await?.status(), 401);
        eventually("a wait", async || {
            let slowed = ask(&guessed).await?;
            Ok(slowed.status() == 429 && slowed.headers().contains_key("retry-after"))
        })
        .await?;
        assert_eq!(ask(&mistyped).await?.status(), 401, "nobody is asked about what is no token");
        Ok(())
    });
}

#[test]
fn lists_lead_from_page_to_page() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        for score in 1..=5 {
            deliver(&site, &nps(&id(), score)).await?;
        }
        let mut path = Some(format!("/api/v1/sites/{}/responses?limit=2&widget=nps", site.id));
        let (mut found, mut pages) = (Vec::new(), 0);
        while let Some(next) = path {
            let answer = product.client().get(format!("{}{next}", product.url())).bearer_auth(OWNER_KEY).send().await?;
            let link = answer.headers().get("link").map(|link| link.to_str().unwrap().to_owned());
            path = link.and_then(|link| Some(link.strip_prefix('<')?.split_once(">; rel=\"next\"")?.0.to_owned()));
            let page: Vec<Value> = answer.json().await?;
            found.extend(page.into_iter().map(|response| response["id"].as_str().unwrap().to_owned()));
            pages += 1;
        }
        let mut sorted = found.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        sorted.dedup();
        assert_eq!((found.len(), pages), (5, 3));
        assert_eq!(found, sorted, "newest first, none twice");
        Ok(())
    });
}
