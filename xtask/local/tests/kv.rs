//! The namespace through its own protocol.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail.

use rapport_local::{Effect, Entry, Fault, Kv, Operation, Pace, Place};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

async fn put(kv: &Kv, key: &str, value: &str) -> StatusCode {
    let url = format!("http://{}/{key}?urlencoded=true", kv.address());
    let request = Client::new().put(url).body(value.to_owned());
    request.header("cf-kv-metadata", "{\"n\":1}").send().await.unwrap().status()
}

async fn get(kv: &Kv, path: &str) -> (StatusCode, String) {
    let reply = reqwest::get(format!("http://{}/{path}", kv.address())).await.unwrap();
    (reply.status(), reply.text().await.unwrap())
}

async fn list(kv: &Kv, query: &str) -> Value {
    serde_json::from_str(&get(kv, &format!("?{query}")).await.1).unwrap()
}

#[tokio::test]
async fn values_metadata_and_pages() {
    let kv = Kv::start(Place::Memory).await.unwrap();
    for key in ["r%2Fa", "r%2Fb", "r%2Fc", "s"] {
        assert_eq!(put(&kv, key, key).await, StatusCode::OK);
    }
    assert_eq!(get(&kv, "r%2Fa?urlencoded=true").await.1, "r%2Fa");
    assert_eq!(get(&kv, "missing").await.0, StatusCode::NOT_FOUND);
    let first = list(&kv, "prefix=r%2F&key_count_limit=2").await;
    assert_eq!(first["keys"][1], json!({ "name": "r/b", "metadata": { "n": 1 } }));
    assert_eq!(first["list_complete"], false);
    let cursor = first["cursor"].as_str().unwrap().replace('/', "%2F");
    let second = list(&kv, &format!("prefix=r%2F&key_count_limit=2&cursor={cursor}")).await;
    assert_eq!(second["keys"].as_array().unwrap().len(), 1);
    assert_eq!(second["list_complete"], true);
    let url = format!("http://{}/bulk/get", kv.address());
    let wanted = json!({ "keys": ["r/a", "nope"], "withMetadata": true }).to_string();
    let found = Client::new().post(url).body(wanted).send().await.unwrap();
    let found: Value = serde_json::from_str(&found.text().await.unwrap()).unwrap();
    assert_eq!(found["r/a"]["metadata"]["n"], 1);
    assert_eq!(found["nope"]["value"], Value::Null);
    assert_eq!(kv.counts().keys_read, 4);
}

#[tokio::test]
async fn limits_are_cloudflares() {
    let kv = Kv::start(Place::Memory).await.unwrap();
    assert_eq!(put(&kv, &"k".repeat(513), "").await, StatusCode::URI_TOO_LONG);
    assert_eq!(put(&kv, "k?expiration_ttl=59&x", "").await, StatusCode::BAD_REQUEST);
    kv.set_pace(Pace { write_interval: Some(Duration::from_secs(60)), ..Pace::default() });
    assert_eq!(put(&kv, "k", "1").await, StatusCode::OK);
    assert_eq!(put(&kv, "k", "2").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(kv.get("k").unwrap().value, "1");
}

#[tokio::test]
async fn faults_hit_what_they_name() {
    let kv = Kv::start(Place::Memory).await.unwrap();
    let lost = Fault::new(Effect::ApplyThenStatus(500)).on(Operation::Write);
    kv.fail(lost.prefix("r/").after(1).times(1));
    let answers = [
        put(&kv, "r%2F1", "").await,
        put(&kv, "s", "").await,
        put(&kv, "r%2F2", "").await,
        put(&kv, "r%2F3", "").await,
    ];
    assert_eq!(answers.map(|status| status.as_u16()), [200, 200, 500, 200]);
    assert_eq!(kv.keys("r/").len(), 3);
    kv.fail(Fault::new(Effect::Status(503)));
    assert_eq!(put(&kv, "t", "").await, StatusCode::SERVICE_UNAVAILABLE);
    kv.heal();
    assert_eq!(get(&kv, "t").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn absence_is_remembered_and_lists_lag() {
    let kv = Kv::start(Place::Memory).await.unwrap();
    let minute = Some(Duration::from_secs(60));
    kv.set_pace(Pace { list_lag: minute, read_lag: minute, ..Pace::default() });
    assert_eq!(get(&kv, "k").await.0, StatusCode::NOT_FOUND);
    kv.set_pace(Pace { list_lag: minute, ..Pace::default() });
    put(&kv, "k", "1").await;
    assert_eq!(list(&kv, "").await["keys"], json!([]));
    assert_eq!(get(&kv, "k").await.0, StatusCode::OK);
    kv.set_pace(Pace::default());
    assert_eq!(list(&kv, "").await["keys"][0]["name"], "k");
}

#[tokio::test]
async fn a_line_cut_short_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned());
    let kv = Kv::start(place.clone()).await.unwrap();
    kv.put("a", Entry::new("1")).unwrap();
    kv.put("b", Entry::new("2\n\"é")).unwrap();
    kv.delete("a").unwrap();
    drop(kv);
    let file = folder.path().join("kv.jsonl");
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("{\"key\":\"c\",\"ent");
    std::fs::write(&file, text).unwrap();
    let kv = Kv::start(place).await.unwrap();
    assert_eq!(kv.keys(""), ["b"]);
    assert_eq!(kv.get("b").unwrap().value, "2\n\"é");
}
