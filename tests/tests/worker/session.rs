//! The owner's sessions: how they begin, what they may do and from where, and how they end.

use anyhow::{Context, Result};
use rapport_tests::Product;
use rapport_tests::product::OWNER_KEY;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::json;

use crate::{own, shared};

/// A browser without scripts that keeps no cookies by itself.
pub fn browser() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

async fn sign_in(product: &Product, key: &str) -> Result<Response> {
    let request = browser().post(format!("{}/dashboard/sign-in", product.url()));
    Ok(request
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("key={key}&next="))
        .send()
        .await?)
}

/// The cookie of a new session, as the browser sends it back.
pub async fn session(product: &Product) -> Result<String> {
    let answer = sign_in(product, OWNER_KEY).await?;
    anyhow::ensure!(answer.status() == 303, "signing in answered {}", answer.status());
    let header = answer.headers()["set-cookie"].to_str()?.to_owned();
    for needed in ["__Host-rapport=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
        anyhow::ensure!(header.contains(needed), "{needed} is not in {header}");
    }
    Ok(header.split(';').next().unwrap().to_owned())
}

/// The token against forgery, as the page's forms carry it.
pub async fn csrf(product: &Product, cookie: &str) -> Result<String> {
    let page =
        browser().get(format!("{}/dashboard", product.url())).header("cookie", cookie).send().await?.text().await?;
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").with_context(|| format!("no token in {page}"))?;
    Ok(rest.split('"').next().unwrap().to_owned())
}

#[test]
fn a_session_reads_and_changes_from_its_own_page_only() {
    shared(async |product| {
        let cookie = session(product).await?;
        let url = format!("{}/api/v1/sites", product.url());
        assert_eq!(browser().get(&url).header("cookie", &cookie).send().await?.status(), 200);
        let token = csrf(product, &cookie).await?;
        let change = |id: &str| -> RequestBuilder {
            let site = json!({ "id": id, "name": "X", "origins": [], "locale": "en" });
            browser().post(&url).header("cookie", &cookie).json(&site)
        };
        let own = product.url();
        for (forged, why) in [
            (change("forged-1"), "no token"),
            (change("forged-2").header("x-csrf", "0".repeat(32)), "a wrong token"),
            (change("forged-3").header("x-csrf", &token).header("origin", "https://evil.example"), "a foreign origin"),
            (change("forged-4").header("x-csrf", &token).header("sec-fetch-site", "cross-site"), "a foreign page"),
            (change("forged-5").header("x-csrf", &token).header("sec-fetch-site", "same-site"), "a neighbour's page"),
        ] {
            let answer = forged.send().await?;
            assert_eq!(answer.status(), 403, "{why}");
        }
        let honest =
            change("by-session").header("x-csrf", &token).header("origin", own).header("sec-fetch-site", "same-origin");
        assert_eq!(honest.send().await?.status(), 200);
        let sites = product.api(reqwest::Method::GET, "sites", None).await?.to_string();
        assert!(sites.contains("by-session") && !sites.contains("forged"), "{sites}");
        Ok(())
    });
}

#[test]
fn signing_out_ends_the_session_at_once() {
    shared(async |product| {
        let (one, other) = (session(product).await?, session(product).await?);
        let status = async |cookie: &str| {
            let url = format!("{}/api/v1/sites", product.url());
            anyhow::Ok(browser().get(url).header("cookie", cookie).send().await?.status().as_u16())
        };
        let token = csrf(product, &one).await?;
        let leave = browser().post(format!("{}/dashboard/sign-out", product.url())).header("cookie", &one);
        let leave = leave.header("content-type", "application/x-www-form-urlencoded").body(format!("csrf={token}"));
        assert_eq!(leave.send().await?.status(), 303);
        assert_eq!((status(&one).await?, status(&other).await?), (401, 200));
        Ok(())
    });
}

#[test]
fn without_a_session_pages_lead_to_the_door() {
    shared(async |product| {
        let answer = browser().get(format!("{}/dashboard", product.url())).send().await?;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], "/dashboard/sign-in");
        let door = browser().get(format!("{}/dashboard/sign-in", product.url())).send().await?;
        let policy = door.headers()["content-security-policy"].to_str()?.to_owned();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        Ok(())
    });
}

#[test]
fn wrong_keys_are_slowed_down_and_a_right_one_waits_with_them() {
    own(async |product| {
        for _ in 0..4 {
            assert_eq!(sign_in(product, "wrong").await?.status(), 401);
        }
        assert_eq!(sign_in(product, OWNER_KEY).await?.status(), 303, "a few mistakes cost nothing");
        // Each wrong key doubles the wait, so that even a busy machine gets into one.
        rapport_tests::eventually("a wait, even for the right key", async || {
            let slowed = sign_in(product, "wrong").await?;
            let told = slowed.status() == 429 && slowed.headers().contains_key("retry-after");
            Ok(told && sign_in(product, OWNER_KEY).await?.status() == 429)
        })
        .await?;
        Ok(())
    });
}
