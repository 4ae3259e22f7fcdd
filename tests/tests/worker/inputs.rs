//! What must not get in, and how it is told: status, code, field, limit; and the state stays as it was.

use rapport_tests::{Product, Site, widgets};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{counts, id, id_at, now, nps, post, response};

/// A delivery with one change.
fn changed(pointer: &str, value: Value) -> Value {
    let mut delivery = nps(&id(), 9);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    delivery.pointer_mut(parent).unwrap()[name] = value;
    delivery
}

async fn refused(site: &Site<'_>, delivery: &Value, code: &str, field: &str, limit: Value) -> anyhow::Result<()> {
    let answer = post(site, delivery).await?;
    let status = answer.status();
    let kind = answer.headers()["content-type"].to_str()?.to_owned();
    let problem: Value = answer.json().await?;
    let told = (status.as_u16(), &problem["code"], &problem["field"], &problem["limit"]);
    assert_eq!(told, (422, &json!(code), &json!(field), &limit), "{delivery} gave {problem}");
    assert_eq!(kind, "application/problem+json");
    assert_eq!(problem["status"], 422);
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
    Ok(())
}

#[test]
fn every_field_in_every_wrong_way() {
    shared(async |product| {
        let site = product.site(&[widgets::nps(), widgets::survey()]).await?;
        let before = counts(&site).await?;
        let long = "x".repeat(5_001);
        let cases = [
            (changed("/v", json!(2)), "malformed", "v", Value::Null),
            (changed("/v", json!("1")), "malformed", "v", Value::Null),
            (changed("/surprise", json!(1)), "unknown", "surprise", Value::Null),
            (changed("/context/surprise", json!(1)), "unknown", "context.surprise", Value::Null),
            (changed("/context/device", json!("fridge")), "not_an_option", "context.device", Value::Null),
            (changed("/context/locale", json!("klingon!")), "malformed", "context.locale", Value::Null),
            (changed("/context/visitor", json!("me")), "malformed", "context.visitor", Value::Null),
            (changed("/response/id", json!("1")), "malformed", "response.id", Value::Null),
            (changed("/response/id", json!(1)), "malformed", "response.id", Value::Null),
            (
                changed("/response/id", json!("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")),
                "malformed",
                "response.id",
                Value::Null,
            ),
            (changed("/response/id", json!(id_at(now() - 8 * 86_400_000))), "too_old", "response.id", Value::Null),
            (changed("/response/id", json!(id_at(now() + 2 * 3_600_000))), "too_new", "response.id", Value::Null),
            (changed("/response/widget", json!("nothing")), "unknown", "response.widget", Value::Null),
            (changed("/response/widget", json!("No!")), "malformed", "response.widget", Value::Null),
            (changed("/response/version", json!(99)), "unknown", "response.version", Value::Null),
            (changed("/response/version", json!(-1)), "malformed", "response.version", Value::Null),
            (changed("/response/variant", json!("b")), "not_an_option", "response.variant", Value::Null),
            (changed("/response/answers", json!([["nps", "11"]])), "too_high", "answers.nps", json!(10)),
            (changed("/response/answers", json!([["nps", "-1"]])), "too_low", "answers.nps", json!(0)),
            (changed("/response/answers", json!([["nps", "nine"]])), "malformed", "answers.nps", Value::Null),
            (changed("/response/answers", json!([["nps", "9"], ["nps", "8"]])), "twice", "answers.nps", Value::Null),
            (changed("/response/answers", json!([])), "required", "answers.nps", Value::Null),
            (
                changed("/response/answers", json!([["nps", "9"], ["other", "x"]])),
                "unknown",
                "answers.other",
                Value::Null,
            ),
            (
                changed("/response/answers", json!([["nps", "9"], ["best", long]])),
                "too_long",
                "answers.best",
                json!(5_000),
            ),
        ];
        for (delivery, code, field, limit) in cases {
            refused(&site, &delivery, code, field, limit).await?;
        }
        assert_eq!(counts(&site).await?, before);
        assert!(site.responses()?.is_empty());
        let tally = site.overview().await?["tally"].clone();
        assert_eq!((&tally["accepted"], &tally["duplicate"]), (&json!(0), &json!(0)));
        Ok(())
    });
}

#[test]
fn every_type_of_question_has_its_rules() {
    shared(async |product| {
        let site = product.site(&[widgets::survey()]).await?;
        let fine = [["role", "writer"], ["agree", "yes"]];
        for (wrong, code, field) in [
            (["role", "plumber"], "not_an_option", "answers.role"),
            (["tools", "hammer"], "not_an_option", "answers.tools"),
            (["years", "81"], "too_high", "answers.years"),
            (["years", "many"], "malformed", "answers.years"),
            (["since", "2019-12-31"], "too_early", "answers.since"),
            (["since", "2026-02-30"], "malformed", "answers.since"),
            (["parts.paper", "awful"], "not_an_option", "answers.parts.paper"),
            (["mail", "nobody"], "malformed", "answers.mail"),
        ] {
            let mut answers: Vec<[&str; 2]> = fine.iter().filter(|known| known[0] != wrong[0]).copied().collect();
            answers.push(wrong);
            let answer = post(&site, &response(&id(), 1, "survey", true, json!(answers))).await?;
            assert_eq!(answer.status(), 422, "{wrong:?}");
            let problem: Value = answer.json().await?;
            assert_eq!(
                (&problem["code"], &problem["field"]),
                (&json!(code), &json!(field)),
                "{wrong:?} gave {problem}"
            );
        }
        assert!(site.responses()?.is_empty());
        Ok(())
    });
}

#[test]
fn what_is_no_json_of_ours() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let deep = "[".repeat(20_000);
        for body in
            ["", "{", "null", "[]", "\"x\"", "{\"v\":1e400}", "{\"v\":1,\"v\":1}", "{\"v\":1} {}", deep.as_str()]
        {
            let answer = raw(product, &site, body.as_bytes().to_vec(), &[]).await?;
            assert_eq!(answer.status(), 422, "{}", &body[..body.len().min(40)]);
        }
        assert_eq!(raw(product, &site, vec![b'"', 0xff, 0xfe, b'"'], &[]).await?.status(), 422);
        assert_eq!(post(&site, &json!({ "v": 1 })).await?.status(), 422, "neither views nor a response");
        Ok(())
    });
}

#[test]
fn bodies_too_large_compressed_or_of_another_type() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let large = vec![b' '; 32 * 1_024 + 1];
        let answer = raw(product, &site, large.clone(), &[]).await?;
        assert_eq!(answer.status(), 413);
        assert_eq!(answer.json::<Value>().await?["limit"], 32 * 1_024);
        // Without a length it is noticed while reading.
        let unknown = reqwest::Body::wrap_stream(futures(large));
        let url = format!("{}/e/{}", product.url(), site.id);
        assert_eq!(product.client().post(&url).body(unknown).send().await?.status(), 413);
        for (name, value) in
            [("content-type", "text/html"), ("content-type", "multipart/form-data"), ("content-encoding", "gzip")]
        {
            let answer = raw(product, &site, nps(&id(), 9).to_string().into_bytes(), &[(name, value)]).await?;
            assert_eq!(answer.status(), 415, "{name}: {value}");
        }
        let json = [("content-type", "application/json; charset=utf-8")];
        assert_eq!(raw(product, &site, nps(&id(), 9).to_string().into_bytes(), &json).await?.status(), 200);
        Ok(())
    });
}

#[test]
fn unknown_site_and_foreign_origin_look_alike() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let delivery = nps(&id(), 9).to_string();
        let client = product.client();
        let unknown = client.post(format!("{}/e/no-such-site", product.url())).body(delivery.clone()).send().await?;
        let foreign = client
            .post(format!("{}/e/{}", product.url(), site.id))
            .header("origin", "https://elsewhere.example")
            .body(delivery)
            .send()
            .await?;
        assert_eq!((unknown.status(), foreign.status()), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(unknown.text().await?, foreign.text().await?);
        assert!(site.responses()?.is_empty());
        Ok(())
    });
}

#[test]
fn methods_and_preflight() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let url = format!("{}/e/{}", product.url(), site.id);
        assert_eq!(product.client().get(&url).send().await?.status(), 405);
        let preflight =
            product.client().request(Method::OPTIONS, &url).header("origin", product.host.origin()).send().await?;
        assert_eq!(preflight.status(), 204);
        assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
        assert_eq!(preflight.headers()["access-control-allow-methods"], "POST");
        Ok(())
    });
}

#[test]
fn floods_are_braked_and_told_to_come_again() {
    let outcome = rapport_tests::stage::run(async {
        let limit = |binding, requests| rapport_local::Limit { binding, requests, seconds: 60 };
        let limits = vec![limit("RATE_VISITOR", 5), limit("RATE_SITE", 100)];
        let product = Product::start_with(|settings| rapport_local::Settings { limits, ..settings }).await?;
        let site = product.site(&[widgets::nps()]).await?;
        for _ in 0..5 {
            assert_eq!(post(&site, &nps(&id(), 9)).await?.status(), 200);
        }
        let answer = post(&site, &nps(&id(), 9)).await?;
        assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"60".parse().unwrap()));
        assert_eq!(answer.json::<Value>().await?["code"], "busy");
        let other = product.site(&[widgets::nps()]).await?;
        assert_eq!(post(&other, &nps(&id(), 9)).await?.status(), 200, "another site is another budget");
        anyhow::Ok(())
    });
    outcome.unwrap();
}

async fn raw(
    product: &Product,
    site: &Site<'_>,
    body: Vec<u8>,
    headers: &[(&str, &str)],
) -> anyhow::Result<reqwest::Response> {
    let mut request = product.client().post(format!("{}/e/{}", product.url(), site.id)).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(request.send().await?)
}

/// The bytes as a stream of chunks, so that no length is announced.
fn futures(bytes: Vec<u8>) -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> {
    futures_util::stream::iter(bytes.chunks(4_096).map(|chunk| Ok(chunk.to_vec())).collect::<Vec<_>>())
}
