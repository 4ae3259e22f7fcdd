//! `/me/{site}/{act}`: what members do with their points, who they may say they are, and what the owner's server tells of them.

use anyhow::{Context, Result, ensure};
use hmac::{Hmac, Mac};
use rapport_tests::{Site, product::OWNER_KEY, widgets};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::shared;
use crate::wire::{id, now};

/// A device's secret.
pub fn device() -> String {
    id().bytes().chain(id().bytes()).filter(u8::is_ascii_alphanumeric).map(char::from).take(43).collect()
}

/// Publishes the ready-made programme, with a reward that anybody can have.
async fn publish(site: &Site<'_>) -> Result<()> {
    let (product, path) = (site.product(), format!("sites/{}/loyalty", site.id));
    let mut program = product.api(Method::GET, &format!("{path}/template"), None).await?;
    program["rewards"] = json!([
        { "name": "thanks", "label": "Thanks", "cost": 2, "gives": { "type": "text", "text": "Thank you." } }
    ]);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(())
}

async fn ask(site: &Site<'_>, act: &str, body: &Value) -> Result<Response> {
    let product = site.product();
    let address = format!("{}/me/{}/{act}", product.url(), site.id);
    let request = product.client().post(address).header("origin", product.host.origin());
    Ok(request.header("content-type", "text/plain").body(body.to_string()).send().await?)
}

/// The reply's status, code and JSON.
pub async fn told(site: &Site<'_>, act: &str, body: &Value) -> Result<(u16, Value)> {
    let answer = ask(site, act, body).await?;
    ensure!(answer.headers()["access-control-allow-origin"] == "*", "scripts must be able to read it");
    Ok((answer.status().as_u16(), answer.json().await?))
}

pub async fn done(site: &Site<'_>, act: &str, body: &Value) -> Result<Value> {
    let (status, told) = told(site, act, body).await?;
    ensure!(status == 200, "{act}: {status} {told}");
    Ok(told)
}

pub async fn refused(site: &Site<'_>, act: &str, body: &Value) -> Result<(u16, String)> {
    let (status, told) = told(site, act, body).await?;
    Ok((status, told["code"].as_str().unwrap_or_default().to_owned()))
}

pub async fn secret(site: &Site<'_>) -> Result<String> {
    let made = site.product().api(Method::POST, &format!("sites/{}/signers", site.id), None).await?;
    Ok(made["secret"].as_str().context("a secret")?.to_owned())
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let joined = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).for_each(|place| text.push(char::from(DIGITS[(joined >> (18 - 6 * place) & 63) as usize])));
    }
    text
}

fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let body = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", base64url(&mac.finalize().into_bytes()))
}

fn claims(site: &str, customer: &str) -> Value {
    let seconds = now() / 1_000;
    json!({ "site": site, "member": customer, "iat": seconds, "exp": seconds + 600, "jti": id(), "name": "Ada" })
}

pub fn token(site: &Site<'_>, customer: &str, secret: &str) -> String {
    signed(&json!({ "alg": "HS256", "typ": "JWT" }), &claims(&site.id, customer), secret)
}

/// Points of 2 for a check-in, as the ready-made programme has it.
const CHECK_IN: i64 = 2;

#[test]
fn an_anonymous_member_collects_once_and_never_spends() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mine = device();
        assert_eq!(refused(&site, "points", &json!({ "secret": mine })).await?, (404, "not_found".to_owned()));
        publish(&site).await?;
        let points = done(&site, "points", &json!({ "secret": mine })).await?;
        assert!(points["standing"].is_null(), "to look makes nobody a member: {points}");
        let act = json!({ "id": id(), "secret": mine, "lang": "de" });
        for _ in 0..3 {
            let shown = done(&site, "check-in", &act).await?;
            assert_eq!((&shown["standing"]["balance"], &shown["signed"]), (&json!(CHECK_IN), &json!(false)));
            assert_eq!(shown["history"].as_array().map(Vec::len), Some(2), "tier and points: {shown}");
        }
        assert_eq!(
            refused(&site, "check-in", &json!({ "id": id(), "secret": mine })).await?,
            (409, "today".to_owned())
        );
        let redeem = json!({ "id": id(), "secret": mine, "reward": "thanks" });
        assert_eq!(refused(&site, "redeem", &redeem).await?, (409, "identify".to_owned()));
        let points = done(&site, "points", &json!({ "secret": mine })).await?;
        assert_eq!(points["standing"]["balance"], CHECK_IN);
        for (body, expected) in [
            (json!({ "secret": mine }), (422, "malformed")),
            (json!({ "id": "o:1", "secret": mine }), (422, "malformed")),
            (json!({ "id": id() }), (422, "required")),
            (json!({ "id": id(), "secret": "short" }), (422, "malformed")),
            (json!({ "id": id(), "secret": mine, "points": 1_000_000 }), (422, "unknown")),
        ] {
            assert_eq!(refused(&site, "check-in", &body).await?, (expected.0, expected.1.to_owned()), "{body}");
        }
        let elsewhere = product.client().post(format!("{}/me/{}/points", product.url(), site.id));
        let elsewhere =
            elsewhere.header("origin", "https://elsewhere.example").body(json!({ "secret": mine }).to_string());
        assert_eq!(elsewhere.send().await?.status(), 404);
        Ok(())
    });
}

#[test]
fn tokens_that_are_not_valid_say_so_and_no_more() {
    shared(async |product| {
        let (site, other) = (product.site(&[]).await?, product.site(&[]).await?);
        publish(&site).await?;
        let secret = secret(&site).await?;
        let header = |alg: &str| json!({ "alg": alg, "typ": "JWT" });
        let good = claims(&site.id, "c-1");
        let changed = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            signed(&header("HS256"), &claims, &secret)
        };
        let seconds = now() / 1_000;
        let none = signed(&header("none"), &good, &secret);
        for wrong in [
            "x".to_owned(),
            "x".repeat(2_048),
            format!("{}.", none.rsplit_once('.').context("a dot")?.0),
            none,
            signed(&header("RS256"), &good, &secret),
            signed(&header("HS512"), &good, &secret),
            signed(&header("HS256"), &good, "rms_forged"),
            signed(&header("HS256"), &claims(&other.id, "c-1"), &secret),
            changed("exp", json!(seconds - 1)),
            changed("exp", json!(seconds + 13 * 3_600)),
            changed("iat", json!(seconds + 3_600)),
            changed("member", json!("")),
        ] {
            for act in ["points", "check-in", "leave"] {
                let body = json!({ "id": id(), "secret": device(), "token": wrong });
                let (status, told) = told(&site, act, &body).await?;
                assert_eq!(
                    (status, &told["code"], &told["detail"]),
                    (401, &json!("not_valid"), &json!("Please sign in to \u{2068}Acme\u{2069} again."))
                );
            }
        }
        let long = json!({ "id": id(), "token": "x".repeat(2_049) });
        assert_eq!(refused(&site, "check-in", &long).await?, (422, "too_long".to_owned()));
        // The owner is told why.
        let known = product.api(Method::GET, &format!("sites/{}/signers", site.id), None).await?;
        let why: Vec<&str> =
            known["refused"].as_array().context("a list")?.iter().filter_map(|one| one["why"].as_str()).collect();
        for word in ["malformed", "algorithm", "signature", "site", "expired", "life", "early", "member"] {
            assert!(why.contains(&word), "{word} in {why:?}");
        }
        let members = product.api(Method::GET, &format!("sites/{}/members", site.id), None).await?;
        assert_eq!(members, json!([]), "no token that was refused made a member");
        Ok(())
    });
}

#[test]
fn what_a_device_collected_goes_to_the_customer_once_and_whole() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        publish(&site).await?;
        let secret = secret(&site).await?;
        let (phone, laptop) = (device(), device());
        done(&site, "check-in", &json!({ "id": id(), "secret": phone })).await?;
        let bought = json!({ "type": "purchase", "order": "#1001", "amount": 5_000 });
        let events = format!("sites/{}/members/c%2F1/events", site.id);
        for again in [false, true, true] {
            let told = product.api(Method::POST, &events, Some(&bought)).await?;
            assert_eq!((&told["member"]["standing"]["balance"], &told["again"]), (&json!(50), &json!(again)), "{told}");
        }
        // Signed in on the phone, and everything asked at once and again: the points are moved once.
        let act = json!({ "secret": phone, "token": token(&site, "c/1", &secret) });
        let all = futures_util::future::join_all((0..10).map(|_| done(&site, "points", &act))).await;
        for shown in all {
            let shown = shown?;
            assert_eq!((&shown["standing"]["balance"], &shown["signed"]), (&json!(50 + CHECK_IN), &json!(true)));
        }
        // The laptop has collected as well, and joins.
        done(&site, "check-in", &json!({ "id": id(), "secret": laptop })).await?;
        let both = json!({ "id": id(), "secret": laptop, "token": token(&site, "c/1", &secret), "reward": "thanks" });
        for _ in 0..3 {
            let shown = done(&site, "redeem", &both).await?;
            assert_eq!(shown["standing"]["balance"], 50 + 2 * CHECK_IN - 2, "spent once: {shown}");
        }
        // The phone is still theirs; without the server's word it sees the balance, and spends nothing.
        let unsigned = done(&site, "points", &json!({ "secret": phone })).await?;
        assert_eq!((&unsigned["standing"]["balance"], &unsigned["signed"]), (&json!(52), &json!(false)));
        assert_eq!(unsigned["history"], json!([]), "what was redeemed is not for everybody who holds the phone");
        let redeem = json!({ "id": id(), "secret": phone, "reward": "thanks" });
        assert_eq!(refused(&site, "redeem", &redeem).await?, (409, "identify".to_owned()));
        assert_eq!(refused(&site, "leave", &json!({ "secret": phone })).await?, (401, "not_valid".to_owned()));

        // Left, there is nothing any more; and the customer may begin anew.
        done(&site, "leave", &json!({ "token": token(&site, "c/1", &secret) })).await?;
        assert!(done(&site, "points", &json!({ "secret": phone })).await?["standing"].is_null());
        assert!(product.api(Method::GET, &format!("sites/{}/members/c%2F1", site.id), None).await.is_err());
        Ok(())
    });
}

#[test]
fn a_phrase_brings_a_member_to_another_device_and_guessing_is_slowed_down() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        publish(&site).await?;
        let (old, new) = (device(), device());
        done(&site, "check-in", &json!({ "id": id(), "secret": old })).await?;
        let page = format!("{}/shop?x=1#there", product.host.origin());
        let made = done(&site, "recover", &json!({ "secret": old, "make": true, "page": page })).await?;
        let phrase = made["phrase"]["phrase"].as_str().context("a phrase")?;
        let digits = phrase.replace(' ', "");
        assert_eq!(digits.len(), 24);
        let link = made["phrase"]["link"].as_str().unwrap_or_default();
        assert_eq!(link, format!("{}/shop?x=1#rapport-member={digits}", product.host.origin()));
        assert!(made["phrase"]["qr"].as_str().is_some_and(|qr| qr.starts_with("<svg")));
        let strange = json!({ "secret": old, "make": true, "page": "https://elsewhere.example/" });
        let again = done(&site, "recover", &strange).await?;
        assert!(again["phrase"]["link"].is_null(), "no link leads elsewhere");
        let ended = json!({ "secret": new, "phrase": phrase });
        assert_eq!(
            refused(&site, "recover", &ended).await?,
            (422, "malformed".to_owned()),
            "a newer phrase ends the one before"
        );
        let phrase = again["phrase"]["phrase"].as_str().context("a phrase")?;
        let shown = done(&site, "recover", &json!({ "secret": new, "phrase": phrase })).await?;
        assert_eq!(shown["standing"]["balance"], CHECK_IN);
        for device in [&old, &new] {
            let today = json!({ "id": id(), "secret": device });
            assert_eq!(refused(&site, "check-in", &today).await?, (409, "today".to_owned()), "one member on both");
        }
        done(&site, "devices", &json!({ "secret": new })).await?;
        assert!(done(&site, "points", &json!({ "secret": old })).await?["standing"].is_null());

        // Phrases that could be, but are not.
        let mut slowed = false;
        for n in 1..40_u128 {
            let number = n * 7_919;
            let guess = format!("{number:022}{:02}", 98 - number * 100 % 97);
            let (status, _) = refused(&site, "recover", &json!({ "secret": device(), "phrase": guess })).await?;
            slowed |= status == 429;
            if slowed {
                break;
            }
            assert_eq!(status, 422);
        }
        assert!(slowed, "nobody tries forty");
        Ok(())
    });
}

#[test]
fn the_owners_server_tells_events_once_and_in_batches() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        publish(&site).await?;
        let batch = json!({ "events": [
            { "member": "c-1", "type": "adjust", "delta": 30, "why": "sorry", "key": "k1" },
            { "member": "c-1", "type": "adjust", "delta": -31, "why": "too much", "key": "k2" },
            { "member": "c-2", "type": "purchase", "order": "7", "amount": 1_000 },
            { "member": "c-2", "type": "purchase", "order": "7", "amount": 1_000 },
            { "member": " ", "type": "purchase", "order": "8", "amount": 1_000 },
        ] });
        let path = format!("sites/{}/events", site.id);
        let told = product.api(Method::POST, &path, Some(&batch)).await?;
        let codes: Vec<&str> = told
            .as_array()
            .context("a list")?
            .iter()
            .map(|one| one["problem"]["code"].as_str().unwrap_or("done"))
            .collect();
        assert_eq!(codes, ["done", "not_enough", "done", "done", "malformed"]);
        assert_eq!((&told[2]["done"]["again"], &told[3]["done"]["again"]), (&json!(false), &json!(true)));
        let keyed = product.client().post(format!("{}/api/v1/sites/{}/members/c-1/events", product.url(), site.id));
        let keyed = keyed.bearer_auth(OWNER_KEY).header("idempotency-key", "k1");
        let again: Value =
            keyed.json(&json!({ "type": "adjust", "delta": 30, "why": "sorry" })).send().await?.json().await?;
        assert_eq!((&again["again"], &again["member"]["standing"]["balance"]), (&json!(true), &json!(30)), "{again}");
        let members = product.api(Method::GET, &format!("sites/{}/members", site.id), None).await?;
        let names: Vec<&str> =
            members.as_array().context("a list")?.iter().filter_map(|one| one["external"].as_str()).collect();
        assert_eq!(names, ["c-2", "c-1"]);
        Ok(())
    });
}
