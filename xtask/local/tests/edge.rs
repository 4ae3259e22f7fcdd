//! What stands before the Worker, and the site that embeds it.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail.

mod common;

use common::{plan, repository, text};
use rapport_local::{Demo, Effect, Fault, Plan, Reload, digest};
use reqwest::StatusCode;

#[tokio::test]
async fn the_worker_sees_its_public_side() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    let me: serde_json::Value = serde_json::from_str(&text(&(cloud.url() + "/me")).await).unwrap();
    assert_eq!(me["origin"], cloud.url());
    assert_eq!(me["address"], "127.0.0.1");
    assert_eq!(me["country"], "XX");
    assert_eq!(me["wasm"], true);
    assert_eq!(me["secret"], digest("key"));
}

#[tokio::test]
async fn assets_are_immutable_compressed_and_for_every_origin() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    let client = reqwest::Client::new();
    let url = cloud.url() + "/pkg/a.wasm";
    let reply = client.get(&url).header("accept-encoding", "br").send().await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/wasm");
    assert_eq!(reply.headers()["content-encoding"], "br");
    assert_eq!(reply.headers()["access-control-allow-origin"], "*");
    let lasting = reply.headers()["cache-control"].to_str().unwrap();
    assert!(lasting.contains("immutable"), "{lasting}");
    let tag = reply.headers()["etag"].clone();
    assert!(tag.to_str().unwrap().starts_with("W/"));
    let again = client.get(&url).header("if-none-match", tag).send().await;
    assert_eq!(again.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn rules_and_folders_above_are_not_served() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    for path in ["/_headers", "/%2e%2e/assets.json", "/pkg/"] {
        let reply = reqwest::get(cloud.url() + path).await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_worker_can_go_away_and_come_back() {
    let repository = repository();
    let mut cloud = plan(&repository).start().await.unwrap();
    let url = format!("{}/healthz", cloud.url());
    let status = async |url: &str| reqwest::get(url).await.unwrap().status();
    assert_eq!(status(&url).await, StatusCode::OK);
    cloud.workerd.kill().await.unwrap();
    assert_eq!(status(&url).await, StatusCode::BAD_GATEWAY);
    cloud.workerd.launch().await.unwrap();
    assert_eq!(status(&url).await, StatusCode::OK);
}

#[tokio::test]
async fn a_reply_can_get_lost_after_the_fact() {
    let repository = repository();
    let cloud = plan(&repository).start().await.unwrap();
    let fault = Fault::new(Effect::ApplyThenStatus(503));
    cloud.edge.fail(fault.prefix("/healthz").times(1));
    let url = format!("{}/healthz", cloud.url());
    assert_eq!(reqwest::get(&url).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(reqwest::get(&url).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn demo_pages_know_the_worker_and_their_own_headers() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("index.html", "<script src={{WORKER}}/s/demo.js></script>");
    write("_headers", "/*\n  Content-Security-Policy: script-src {{WORKER}}\n");
    write("_redirects", "/app/* / 200\n");
    let demo = Demo::start(folder.path(), 0, "http://worker", None).await.unwrap();
    for path in ["/", "/app/settings?tab=1"] {
        let reply = reqwest::get(demo.url() + path).await.unwrap();
        let policy = reply.headers()["content-security-policy"].clone();
        assert_eq!(policy, "script-src http://worker");
        let text = reply.text().await.unwrap();
        assert_eq!(text, "<script src=http://worker/s/demo.js></script>");
    }
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), 0, "", None).await.unwrap();
    let port: u16 = demo.url().rsplit(':').next().unwrap().parse().unwrap();
    let error = Demo::start(folder.path(), port, "", None).await.err().unwrap();
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}

#[tokio::test]
async fn a_live_page_learns_of_changes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<p>hello").unwrap();
    let reload = Reload::new();
    let demo = Demo::start(folder.path(), 0, "", Some(reload.clone())).await.unwrap();
    assert!(text(&demo.url()).await.contains("/@reload.js"));
    let script = text(&format!("{}/@reload.js", demo.url())).await;
    let address = script.split('\'').find(|part| part.starts_with("/@reload?")).unwrap();
    let address = format!("{}{address}", demo.url());
    let mut waiting = std::pin::pin!(reqwest::get(&address));
    // Polled, so that it waits; nothing changed, so that it goes on waiting.
    let patience = std::time::Duration::from_millis(50);
    assert!(tokio::time::timeout(patience, &mut waiting).await.is_err());
    reload.reload();
    assert_eq!(waiting.await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(reqwest::get(&address).await.unwrap().status(), StatusCode::NO_CONTENT, "a page that missed the change");
}

#[tokio::test]
async fn the_workers_pages_reload_too_and_nothing_comes_stale_from_a_cache() {
    let repository = repository();
    let plan = Plan { reload: Some(Reload::new()), ..plan(&repository) };
    let cloud = plan.start().await.unwrap();
    let page = reqwest::get(format!("{}/page", cloud.url())).await.unwrap();
    assert_eq!(page.headers()["cache-control"], "no-cache");
    assert!(page.text().await.unwrap().ends_with("<script src=\"/@reload.js\"></script>\n"));
}
