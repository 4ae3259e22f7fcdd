//! Who may do what.

use reqwest::Method;
use serde_json::json;

use crate::shared;

#[test]
fn the_api_is_closed_without_the_key() {
    shared(async |product| {
        let url = format!("{}/api/v1/sites", product.url());
        for request in [
            product.client().get(&url),
            product.client().get(&url).bearer_auth("wrong"),
            product.client().get(&url).header("cookie", "__Host-rapport=0123"),
            product.client().get(&url).header("cookie", format!("__Host-rapport={}", "0".repeat(64))),
            product.client().post(&url).json(&json!({})),
        ] {
            let answer = request.send().await?;
            assert_eq!(answer.status(), 401);
            assert_eq!(answer.headers()["cache-control"], "no-store");
        }
        assert!(product.api(Method::GET, "sites", None).await?.is_array());
        Ok(())
    });
}

#[test]
fn every_answer_has_the_headers_that_browsers_ask_for() {
    shared(async |product| {
        for path in ["/healthz", "/api/v1/sites", "/nothing", "/s/x.js", "/"] {
            let answer = product.client().get(format!("{}{path}", product.url())).send().await?;
            let headers = answer.headers();
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert!(headers.contains_key("content-security-policy"), "{path}");
            assert!(headers.contains_key("referrer-policy"), "{path}");
        }
        Ok(())
    });
}
