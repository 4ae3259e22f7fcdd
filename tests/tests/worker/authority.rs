//! Nobody but the owner, and the owner only from a page of ours: asked of every address of the dashboard and of every
//! operation of the API, as the Worker's own lists have them.

use std::fs;

use anyhow::{Context, Result};
use rapport_tests::product::{OWNER_KEY, root};
use rapport_tests::{Product, widgets};
use reqwest::{Method, RequestBuilder, Response};

use crate::session::{browser, csrf, session};
use crate::{own, shared};

const FORM: &str = "application/x-www-form-urlencoded";

fn post(product: &Product, path: &str, body: &str) -> RequestBuilder {
    browser().post(format!("{}{path}", product.url())).header("content-type", FORM).body(body.to_owned())
}

/// The door is for everybody, and only sign-out may be asked for without a session without harm.
fn guarded(path: &str) -> bool {
    path != "/dashboard/sign-in"
}

#[test]
fn without_a_session_every_page_leads_to_the_door_and_no_form_is_taken() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let paths = site.dashboard("nps");
        assert!(paths.len() >= 18, "{paths:?}");
        for path in paths.iter().filter(|path| guarded(path)) {
            for cookie in ["", "__Host-rapport=0123", &format!("__Host-rapport={}", "0".repeat(64))] {
                let url = format!("{}{path}", product.url());
                let read = browser().get(&url).header("cookie", cookie).send().await?;
                let status = read.status().as_u16();
                if status == 303 {
                    let to = read.headers()["location"].to_str()?;
                    assert!(to.starts_with("/dashboard/sign-in"), "{path} leads to {to}");
                } else {
                    assert_eq!(status, 401, "{path}");
                }
                assert!(read.text().await?.len() < 200, "{path} tells something");
                assert_eq!(
                    post(product, path, "csrf=x").header("cookie", cookie).send().await?.status(),
                    401,
                    "{path}"
                );
            }
            // The key opens the API; pages are for sessions.
            let keyed = browser().get(format!("{}{path}", product.url())).bearer_auth(OWNER_KEY).send().await?;
            assert_eq!(keyed.status(), 404, "{path}");
        }
        Ok(())
    });
}

#[test]
fn with_a_session_no_form_is_taken_but_from_a_page_of_ours() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (cookie, other) = (session(product).await?, session(product).await?);
        let (token, foreign) = (csrf(product, &cookie).await?, csrf(product, &other).await?);
        let revision = async || {
            let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
            anyhow::Ok(config["revision"].clone())
        };
        let before = revision().await?;
        for path in site.dashboard("nps").iter().filter(|path| guarded(path)) {
            let with = |body: String| post(product, path, &body).header("cookie", &cookie);
            for (forged, why) in [
                (with(String::new()), "no token"),
                (with("csrf=".to_owned()), "an empty token"),
                (with(format!("csrf={}", "0".repeat(32))), "a wrong token"),
                (with(format!("csrf={foreign}")), "another session's token"),
                (with(format!("csrf={token}")).header("origin", "https://evil.example"), "a foreign origin"),
                (with(format!("csrf={token}")).header("origin", "null"), "no origin"),
                (with(format!("csrf={token}")).header("sec-fetch-site", "cross-site"), "a foreign page"),
                (with(format!("csrf={token}")).header("sec-fetch-site", "same-site"), "a neighbour's page"),
            ] {
                assert_eq!(forged.send().await?.status(), 403, "{path}: {why}");
            }
            for method in [Method::PUT, Method::DELETE, Method::PATCH] {
                let url = format!("{}{path}", product.url());
                let odd = browser().request(method.clone(), url).header("cookie", &cookie).send().await?;
                assert!((404..=405).contains(&odd.status().as_u16()), "{method} {path}: {}", odd.status());
            }
        }
        assert_eq!(revision().await?, before);
        Ok(())
    });
}

#[test]
fn every_page_has_the_headers_that_keep_it_to_itself() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        for path in site.dashboard("nps") {
            let page = browser().get(format!("{}{path}", product.url())).header("cookie", &cookie).send().await?;
            assert!(page.status().as_u16() < 500, "{path}: {}", page.status());
            let header =
                |name: &str| page.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let policy = header("content-security-policy");
            // The editor's preview may stand in a frame of the editor itself.
            let framed = policy.contains("frame-ancestors 'none'") || policy.contains("frame-ancestors 'self'");
            assert!(framed, "{path}: {policy}");
            assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
            for loose in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
                assert!(!policy.contains(loose), "{path}: {policy}");
            }
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            // A style sheet may stay in the owner's own browser.
            let kept = header("cache-control");
            let sheet = header("content-type").starts_with("text/css") && kept.starts_with("private");
            assert!(kept == "no-store" || sheet, "{path}: {kept}");
            assert!(["same-origin", "no-referrer"].contains(&header("referrer-policy")), "{path}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert!(page.headers().get("access-control-allow-origin").is_none(), "{path}");
        }
        Ok(())
    });
}

/// Method and path of every operation, as the Worker's tables have them.
fn operations() -> Result<Vec<(Method, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("worker/src/owner")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(path)?;
            for line in text.lines().filter_map(|line| line.trim().strip_prefix("(Method::")) {
                let Some((method, rest)) = line.split_once(", \"") else { continue };
                let Some((path, _)) = rest.split_once('"') else { continue };
                found.push((method.to_uppercase().parse()?, format!("/api/v1/{path}")));
            }
        }
    }
    Ok(found)
}

#[test]
fn every_operation_of_the_api_needs_the_owner() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        let operations = operations()?;
        assert!(operations.len() >= 15, "{operations:?}");
        for (method, path) in operations {
            let path = path.replace("{site}", &site.id).replace("{widget}", "nps").replace("{step}", "pause");
            let path: String = path
                .split('{')
                .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("0a1b2c3d4e5f{rest}")))
                .collect();
            let ask = || {
                let request = browser().request(method.clone(), format!("{}{path}", product.url()));
                if method == Method::GET {
                    request
                } else {
                    request.header("content-type", "application/json").body("{}")
                }
            };
            for (request, why) in [
                (ask(), "nobody"),
                (ask().bearer_auth("wrong"), "a wrong key"),
                (ask().header("authorization", format!("Basic {OWNER_KEY}")), "another scheme"),
                (ask().header("cookie", format!("__Host-rapport={}", "0".repeat(64))), "a made-up session"),
            ] {
                let answer = request.send().await?;
                assert_eq!(answer.status(), 401, "{method} {path}: {why}");
                assert_eq!(answer.headers()["cache-control"], "no-store", "{method} {path}");
            }
            if method != Method::GET {
                let forged = ask().header("cookie", &cookie).send().await?;
                assert_eq!(forged.status(), 403, "{method} {path}: without the page's token");
            }
        }
        Ok(())
    });
}

#[test]
fn a_session_cannot_be_brought_along() {
    shared(async |product| {
        // Fixation: whatever cookie is there before, signing in makes a token of its own.
        let planted = format!("__Host-rapport={}", "a".repeat(64));
        let answer = post(product, "/dashboard/sign-in", &format!("key={OWNER_KEY}&next="));
        let answer = answer.header("cookie", &planted).send().await?;
        assert_eq!(answer.status(), 303);
        let given = answer.headers()["set-cookie"].to_str()?.to_owned();
        assert!(!given.contains(&"a".repeat(64)), "{given}");
        let page = browser().get(format!("{}/dashboard", product.url())).header("cookie", planted).send().await?;
        assert_eq!(page.status(), 303, "the planted one opens nothing");
        // From another page nobody is signed in, not even with the right key.
        let foreign = post(product, "/dashboard/sign-in", &format!("key={OWNER_KEY}&next="));
        assert_eq!(foreign.header("origin", "https://evil.example").send().await?.status(), 403);
        Ok(())
    });
}

#[test]
fn no_address_leads_out_of_the_dashboard() {
    shared(async |product| {
        let cookie = session(product).await?;
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/dashboard//evil.example",
            "/dashboard/..//evil.example",
            "javascript:alert(1)",
            "/dashboard/\r\nx: y",
        ] {
            let encoded: String = next.bytes().map(|byte| format!("%{byte:02x}")).collect();
            let answer = post(product, "/dashboard/sign-in", &format!("key={OWNER_KEY}&next={encoded}")).send().await?;
            let to = answer.headers()["location"].to_str()?.to_owned();
            assert!(to.starts_with("/dashboard") && !to.contains("evil"), "{next} leads to {to}");
        }
        // The choice of a language leads back to the same path.
        let url = format!("{}/dashboard//evil.example/?lang=en", product.url());
        let answer: Response = browser().get(url).header("cookie", &cookie).send().await?;
        if let Some(to) = answer.headers().get("location") {
            assert!(to.to_str()?.starts_with("/dashboard"), "{to:?}");
        }
        let url = format!("{}//evil.example/dashboard?lang=zh-CN", product.url());
        let answer: Response = browser().get(url).header("cookie", &cookie).send().await?;
        assert!(answer.headers().get("location").is_none_or(|to| !to.to_str().unwrap().starts_with("//")));
        Ok(())
    });
}

#[test]
fn ended_sessions_and_an_old_key_open_nothing() {
    own(async |product| {
        let (one, other) = (session(product).await?, session(product).await?);
        let token = csrf(product, &one).await?;
        let ask = async |cookie: &str| {
            let url = format!("{}/dashboard/account", product.url());
            anyhow::Ok(browser().get(url).header("cookie", cookie).send().await?.status().as_u16())
        };
        let change = post(product, "/dashboard/account", &format!("csrf={token}&do=key&key={OWNER_KEY}"));
        let html = change.header("cookie", &one).send().await?.text().await?;
        let (_, rest) = html.split_once("id=\"new-key\">").context("a new key")?;
        let key = rest.split('<').next().unwrap_or_default().to_owned();
        assert_eq!((ask(&one).await?, ask(&other).await?), (200, 303));
        let api = async |key: &str| {
            let url = format!("{}/api/v1/sites", product.url());
            anyhow::Ok(browser().get(url).bearer_auth(key).send().await?.status().as_u16())
        };
        assert_eq!((api(OWNER_KEY).await?, api(&key).await?), (401, 200));
        Ok(())
    });
}
