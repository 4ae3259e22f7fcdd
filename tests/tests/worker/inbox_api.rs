//! The inbox as programs work with it: pages that follow from one another, changes in bulk with their limits, replies, views,
//! and who may do what.

use rapport_tests::{Product, Site, widgets};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::own;
use crate::wire::{deliver, id, nps, response};

/// One call, with whatever key; any status.
async fn call(
    product: &Product,
    key: &str,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> anyhow::Result<Response> {
    let address = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
    let mut request = product.client().request(method, format!("{}{address}", product.url())).bearer_auth(key);
    if let Some(body) = body {
        request = request.json(body);
    }
    Ok(request.send().await?)
}

/// The status, and the field that is told to be wrong.
async fn refused(site: &Site<'_>, path: &str, body: &Value) -> anyhow::Result<(u16, String)> {
    let path = format!("sites/{}/{path}", site.id);
    let answer = call(site.product(), rapport_tests::product::OWNER_KEY, Method::POST, &path, Some(body)).await?;
    let status = answer.status().as_u16();
    let told: Value = answer.json().await?;
    let field = told["field"].as_str().unwrap_or_default().to_owned();
    Ok((status, field))
}

#[test]
fn pages_lead_to_the_next_one_and_nothing_is_missing_or_twice() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mut sent: Vec<String> = Vec::new();
        for point in [1, 9, 2, 10, 3, 4, 5] {
            let id = id();
            deliver(&site, &nps(&id, point)).await?;
            sent.push(id);
        }
        sent.reverse();
        let key = rapport_tests::product::OWNER_KEY;
        let mut next = Some(format!("sites/{}/inbox?limit=3", site.id));
        let mut seen: Vec<String> = Vec::new();
        while let Some(address) = next {
            let answer = call(product, key, Method::GET, &address, None).await?;
            let link = answer.headers().get("link").map(|link| link.to_str().unwrap().to_owned());
            let found: Value = answer.json().await?;
            assert_eq!(found["next"].is_null(), link.is_none());
            seen.extend(
                found["items"].as_array().unwrap().iter().map(|i| i["response"]["id"].as_str().unwrap().to_owned()),
            );
            next = link.map(|link| {
                assert!(link.ends_with(">; rel=\"next\"") && link.contains("limit=3"), "{link}");
                link.trim_start_matches('<').split('>').next().unwrap().to_owned()
            });
        }
        assert_eq!(seen, sent);
        Ok(())
    });
}

#[test]
fn limits_are_told_by_field_and_nothing_is_changed() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, other) = (id(), id());
        deliver(&site, &nps(&one, 2)).await?;
        let all: Vec<String> = (0..501).map(|_| id()).collect();
        let tags: Vec<Value> = (0..21).map(|n| json!({ "tag": format!("t{n}") })).collect();
        let link = json!({ "link": { "widget": "News", "entry": "x" } });
        for (body, field) in [
            (json!({ "ids": all, "changes": [] }), "ids"),
            (json!({ "ids": [one], "changes": tags }), "changes"),
            (json!({ "ids": [one], "changes": [{ "status": "spam" }, { "tag": "x".repeat(41) }] }), "tag"),
            (json!({ "ids": [one], "changes": [{ "note": "x".repeat(5_001) }] }), "note"),
            (json!({ "ids": [one], "changes": [{ "status": "old" }] }), "changes[0]"),
            (json!({ "ids": [one], "changes": [link] }), "changes[0]"),
            (json!({ "ids": [one], "changes": [], "more": 1 }), "more"),
        ] {
            let (status, told) = refused(&site, "responses/change", &body).await?;
            assert!(status == 422 && told.starts_with(field), "{status} {told} for {field}");
        }
        for (path, body, expected) in [
            (format!("responses/{one}/reply"), json!({ "text": " " }), 422),
            (format!("responses/{one}/reply"), json!({ "text": "x".repeat(5_001) }), 422),
            (format!("responses/{other}/reply"), json!({ "text": "hello" }), 404),
            (format!("responses/{other}/block"), json!({ "blocked": true }), 404),
            ("responses/undo".to_owned(), json!({ "token": "x" }), 404),
            ("inbox/views".to_owned(), json!({ "name": "", "query": "" }), 422),
            ("inbox/views".to_owned(), json!({ "name": "x".repeat(5_001), "query": "" }), 422),
            ("inbox/views".to_owned(), json!({ "name": "x", "query": "status=old" }), 422),
        ] {
            let (status, told) = refused(&site, &path, &body).await?;
            assert_eq!(status, expected, "{path}: {told}");
        }
        let path = format!("sites/{}/responses/{one}", site.id);
        let item = product.api(Method::GET, &path, None).await?;
        assert_eq!((&item["case"]["revision"], &item["case"]["status"]), (&json!(0), &json!("new")));
        assert!(product.api(Method::GET, &format!("sites/{}/responses/{other}", site.id), None).await.is_err());
        Ok(())
    });
}

#[test]
fn counts_views_and_the_visitor_of_a_response() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, two) = (id(), id());
        deliver(&site, &nps(&one, 2)).await?;
        deliver(&site, &response(&two, 1, "nps", true, json!([["nps", "9"], ["best", "x"]]))).await?;
        let ask = async |method: Method, path: &str, body: Option<&Value>| {
            product.api(method, &format!("sites/{}/{path}", site.id), body).await
        };
        let body = json!({ "ids": [one], "changes": [{ "status": "planned" }] });
        ask(Method::POST, "responses/change", Some(&body)).await?;
        let counts = ask(Method::GET, "inbox/counts", None).await?;
        assert_eq!(counts, json!({ "new": 1, "read": 0, "planned": 1, "done": 0, "wont": 0, "spam": 0 }));
        let view = |query: &str| json!({ "name": "Mine", "query": query });
        ask(Method::POST, "inbox/views", Some(&view("group=bad"))).await?;
        let desk = ask(Method::POST, "inbox/views", Some(&view("group=good&unknown=1"))).await?;
        assert_eq!(desk["views"], json!([{ "name": "Mine", "query": "group=good&status=all" }]));
        let desk = ask(Method::POST, "inbox/views/drop", Some(&json!({ "name": "Mine" }))).await?;
        assert_eq!(desk["views"], json!([]));
        // Both are from this machine, today: the same visitor.
        let visitor = ask(Method::GET, &format!("responses/{one}"), None).await?["response"]["visitor"].clone();
        let path = format!("inbox?visitor={}", visitor.as_str().unwrap());
        assert_eq!(ask(Method::GET, &path, None).await?["items"].as_array().unwrap().len(), 2);
        Ok(())
    });
}

#[test]
fn what_visitors_wrote_is_for_tokens_that_may_read_it() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let one = id();
        deliver(&site, &nps(&one, 2)).await?;
        let token = async |scope: &str| -> anyhow::Result<String> {
            let body = json!({ "name": scope, "scopes": [scope], "sites": [] });
            let made = product.api(Method::POST, "tokens", Some(&body)).await?;
            Ok(made["secret"].as_str().unwrap_or_default().to_owned())
        };
        let (figures, words) = (token("read").await?, token("responses").await?);
        let change = json!({ "ids": [one], "changes": [{ "tag": "bug" }] });
        for (method, path, body) in [
            (Method::GET, "inbox".to_owned(), None),
            (Method::GET, "inbox/counts".to_owned(), None),
            (Method::GET, "inbox/desk".to_owned(), None),
            (Method::GET, format!("responses/{one}"), None),
            (Method::POST, "responses/change".to_owned(), Some(&change)),
        ] {
            let path = format!("sites/{}/{path}", site.id);
            assert_eq!(call(product, &figures, method.clone(), &path, body).await?.status(), 403, "{path}");
            assert_eq!(call(product, &words, method, &path, body).await?.status(), 200, "{path}");
        }
        Ok(())
    });
}
