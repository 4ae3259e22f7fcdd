//! The runtime and its bindings.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail.

mod common;

use common::{plan, repository, text};
use rapport_local::Limit;

#[tokio::test]
async fn objects_survive_a_kill() {
    let repository = repository();
    let mut cloud = plan(&repository).start().await.unwrap();
    let url = cloud.url() + "/count";
    assert_eq!(text(&url).await, "1");
    cloud.workerd.kill().await.unwrap();
    assert!(cloud.workerd.url().is_err());
    cloud.workerd.launch().await.unwrap();
    assert_eq!(text(&url).await, "2");
    cloud.workerd.restart().await.unwrap();
    assert_eq!(text(&url).await, "3");
}

#[tokio::test]
async fn the_binding_reads_and_writes_the_namespace() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    let listed: serde_json::Value = serde_json::from_str(&text(&(cloud.url() + "/put")).await).unwrap();
    assert_eq!(listed["keys"], serde_json::json!([{ "name": "a/b", "metadata": { "n": 1 } }]));
    let bulk = text(&(cloud.url() + "/bulk")).await;
    assert_eq!(bulk, r#"[["a/b","1"],["none",null]]"#);
    assert_eq!(cloud.kv.get("a/b").unwrap().value, "1");
    assert_eq!(cloud.kv.counts().writes, 1);
}

#[tokio::test]
async fn rates_are_limited() {
    let repository = repository();
    let limit = Limit { binding: "RATE_SITE", requests: 2, seconds: 60 };
    let plan = plan(&repository).start_with(|mut settings| {
        settings.limits = vec![limit];
        settings
    });
    let cloud = plan.await.unwrap();
    let url = cloud.url() + "/limit";
    let answers = [text(&url).await, text(&url).await, text(&url).await];
    assert_eq!(answers, [r#"{"success":true}"#, r#"{"success":true}"#, r#"{"success":false}"#]);
}

#[tokio::test]
async fn the_scheduled_handler_can_be_run() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    assert_eq!(cloud.workerd.cron().await.unwrap(), "ok");
    assert_eq!(cloud.kv.get("cron").unwrap().value, "ran");
}

#[tokio::test]
async fn a_worker_that_is_broken_says_why() {
    let repository = repository();
    let index = repository.path().join("build/index.js");
    std::fs::write(index, "export default { fetch( }").unwrap();
    let error = plan(&repository).start().await.err().unwrap();
    assert!(format!("{error:#}").contains("SyntaxError"), "{error:#}");
}
