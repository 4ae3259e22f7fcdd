//! Hooks: what arrives at the other end, byte for byte, and what happens when it does not.

use anyhow::{Context, Result};
use rapport_tests::outside::{Answer, Sent};
use rapport_tests::wait::wait_within;
use rapport_tests::{Product, Site, wait_for, widgets};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

use crate::shared;
use crate::wire::{id, id_at, now, nps, post};

/// A hook of `site`; the whole reply, secret included.
async fn hook(site: &Site<'_>, address: &str, more: Value) -> Result<Value> {
    let mut hook = json!({ "name": "A hook", "address": address, "events": ["response.completed"] });
    for (name, value) in more.as_object().context("an object")? {
        hook[name] = value.clone();
    }
    site.product().api(Method::POST, &format!("sites/{}/hooks", site.id), Some(&hook)).await
}

async fn log(site: &Site<'_>, hook: &Value) -> Result<Vec<Value>> {
    let path = format!("sites/{}/hooks/{}/deliveries", site.id, hook["hook"]["id"].as_str().context("an id")?);
    Ok(site.product().api(Method::GET, &path, None).await?.as_array().context("a list")?.clone())
}

async fn act(site: &Site<'_>, hook: &Value, what: &str) -> Result<Value> {
    let path = format!("sites/{}/hooks/{}/{what}", site.id, hook["hook"]["id"].as_str().context("an id")?);
    site.product().api(Method::POST, &path, None).await
}

async fn arrived(product: &Product, host: &str, count: usize) -> Result<Vec<Sent>> {
    wait_for(&format!("{count} at {host}"), async || {
        let sent = product.outside.sent(host);
        Ok((sent.len() >= count).then_some(sent))
    })
    .await
}

/// HMAC-SHA256 after RFC 2104, apart from the Worker's own.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let inner = Sha256::digest([block.map(|byte| byte ^ 0x36).as_slice(), message].concat());
    Sha256::digest([block.map(|byte| byte ^ 0x5c).as_slice(), &inner].concat()).to_vec()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let text: String = bits
        .chunks(6)
        .map(|six| {
            let value = six.iter().fold(0, |sum, bit| sum << 1 | bit) << (6 - six.len());
            char::from(DIGITS[usize::from(value)])
        })
        .collect();
    let padding = (4 - text.len() % 4) % 4;
    format!("{text}{}", "=".repeat(padding))
}

fn unbase64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |digit: u8| DIGITS.iter().position(|known| *known == digit).unwrap() as u8;
    let bits: Vec<u8> = text
        .bytes()
        .filter(|digit| *digit != b'=')
        .flat_map(|d| (0..6).rev().map(move |bit| value(d) >> bit & 1))
        .collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect()
}

fn header<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// What Standard Webhooks 1.0 asks a receiver to check.
fn verified(sent: &Sent, secret: &str) -> bool {
    let signed = format!("{}.{}.{}", header(sent, "webhook-id"), header(sent, "webhook-timestamp"), sent.body);
    let expected =
        format!("v1,{}", base64(&hmac(&unbase64(secret.strip_prefix("whsec_").unwrap()), signed.as_bytes())));
    header(sent, "webhook-signature").split(' ').any(|signature| signature == expected)
}

#[test]
fn a_response_arrives_signed_once_and_in_full() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let made = hook(&site, "https://one.acme.example/in?key=1", json!({})).await?;
        let secret = made["secret"].as_str().context("a secret")?;
        assert_eq!(
            made["hook"]["hook"]["address"], "https://one.acme.example/in?…",
            "what may be a password is masked"
        );
        let response = id();
        assert!(post(&site, &nps(&response, 3)).await?.status().is_success());
        assert!(post(&site, &nps(&response, 3)).await?.status().is_success(), "a retry of the device");
        let sent = arrived(product, "one.acme.example", 1).await?;
        let one = &sent[0];
        assert_eq!(one.url, "https://one.acme.example/in?key=1");
        assert_eq!(header(one, "content-type"), "application/json");
        assert!(verified(one, secret), "{:?} {}", one.headers, one.body);
        let body: Value = serde_json::from_str(&one.body)?;
        assert_eq!((&body["type"], &body["data"]["response"]["id"]), (&json!("response.completed"), &json!(response)));
        assert_eq!((&body["data"]["group"], &body["data"]["site"]["id"]), (&json!("unhappy"), &json!(site.id)));
        assert!(body["data"]["url"].as_str().unwrap().starts_with(&format!("{}/dashboard/s/", product.url())));
        let line = wait_for("the line of the log", async || {
            Ok(log(&site, &made).await?.into_iter().find(|line| line["ok"] == true))
        })
        .await?;
        assert_eq!((&line["status"], &line["id"]), (&json!(204), &json!(header(one, "webhook-id"))));
        // Again, by hand: the same id, so that the receiver knows it.
        let again = act(&site, &made, &format!("deliveries/{}", line["id"].as_str().unwrap())).await?;
        assert_eq!(again["ok"], true);
        let sent = arrived(product, "one.acme.example", 2).await?;
        assert_eq!(sent.len(), 2, "the device's retry was not told");
        assert_eq!(header(&sent[1], "webhook-id"), header(one, "webhook-id"));
        // Two secrets for a day.
        let turned = act(&site, &made, "secret").await?;
        act(&site, &made, "test").await?;
        let last = product.outside.sent("one.acme.example").pop().unwrap();
        assert!(verified(&last, secret) && verified(&last, turned["secret"].as_str().unwrap()));
        assert!(
            !product.api(Method::GET, &format!("sites/{}/hooks", site.id), None).await?.to_string().contains("whsec_")
        );
        Ok(())
    });
}

#[test]
fn failures_are_told_and_tried_again() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let host = "two.acme.example";
        product.outside.answer(host, [Answer::Now(500, vec![], "broken \u{1b}[31m pipe".into()), Answer::status(204)]);
        let made = hook(&site, "https://two.acme.example/", json!({})).await?;
        post(&site, &nps(&id(), 9)).await?;
        let failed = wait_for("the failure", async || {
            Ok(log(&site, &made).await?.into_iter().find(|line| line["status"] == 500))
        })
        .await?;
        assert_eq!(
            (&failed["why"], &failed["told"], &failed["ok"]),
            (&json!("status"), &json!("broken [31m pipe"), &json!(false))
        );
        assert!(failed["due"].is_number());
        let done = wait_for("the second try", async || {
            Ok(log(&site, &made).await?.into_iter().find(|line| line["ok"] == true))
        })
        .await?;
        assert_eq!((&done["attempts"], &done["id"]), (&json!(2), &failed["id"]));
        for (answer, why) in [
            (Answer::Now(302, vec![("location", "https://169.254.169.254/".into())], String::new()), "redirect"),
            (Answer::Never, "timeout"),
        ] {
            product.outside.answer(host, [answer]);
            assert_eq!(act(&site, &made, "test").await?["why"], why);
        }
        assert!(product.outside.sent("169.254.169.254").is_empty(), "redirects are not followed");
        Ok(())
    });
}

#[test]
fn what_is_gone_is_stopped_until_the_owner_goes_on() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        product.outside.answer("three.acme.example", [Answer::status(410), Answer::status(204)]);
        let made = hook(&site, "https://three.acme.example/", json!({})).await?;
        assert_eq!(act(&site, &made, "test").await?["why"], "gone");
        let path = format!("sites/{}/hooks", site.id);
        assert_eq!(product.api(Method::GET, &path, None).await?[0]["stopped"], "gone");
        post(&site, &nps(&id(), 9)).await?;
        let paused = format!("{path}/{}/paused", made["hook"]["id"].as_str().unwrap());
        let going = product.api(Method::POST, &paused, Some(&json!({ "paused": false }))).await?;
        assert_eq!(going["stopped"], Value::Null);
        assert_eq!(product.outside.sent("three.acme.example").len(), 1, "nothing was sent while it was stopped");
        assert_eq!(act(&site, &made, "test").await?["ok"], true);
        Ok(())
    });
}

#[test]
fn only_what_was_asked_for_is_told() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let host = "four.acme.example";
        let question = widgets::nps()["questions"][0]["name"].as_str().unwrap().to_owned();
        let only = json!({ "only": { "group": "unhappy", "when": format!("{question} <= 2") } });
        let made = hook(&site, "https://four.acme.example/", only).await?;
        for score in [9, 5, 2] {
            post(&site, &nps(&id(), score)).await?;
        }
        let sent = arrived(product, host, 1).await?;
        assert!(sent[0].body.contains("\"unhappy\""));
        wait_for("the queue to be empty", async || {
            Ok(log(&site, &made).await?.iter().all(|line| line["due"].is_null()).then_some(()))
        })
        .await?;
        assert_eq!(product.outside.sent(host).len(), 1);
        for (wrong, field) in [
            (json!({ "only": { "when": "nothing > 1" } }), "only.when"),
            (json!({ "only": { "when": "((" } }), "only.when"),
            (json!({ "address": "https://127.0.0.1/" }), "address"),
            (json!({ "address": "https://metadata.google.internal/" }), "address"),
            (json!({ "events": ["everything"] }), "events[0]"),
        ] {
            let told = hook(&site, "https://a.example/", wrong).await.unwrap_err().to_string();
            assert!(told.contains("422") && told.contains(field), "{told}");
        }
        Ok(())
    });
}

#[test]
fn chats_get_messages_and_their_hidden_refusals_are_found() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        product.outside.answer("open.feishu.cn", [Answer::body(r#"{"code":19021,"msg":"sign match fail"}"#)]);
        product.outside.answer("qyapi.weixin.qq.com", [Answer::body(r#"{"errcode":0,"errmsg":"ok"}"#)]);
        for (address, ok, mark) in [
            ("https://hooks.slack.com/services/T/B/x", true, "\"blocks\""),
            ("https://discord.com/api/webhooks/1/x", true, "\"allowed_mentions\""),
            ("https://prod-1.westus.logic.azure.com:443/workflows/x", true, "AdaptiveCard"),
            ("https://open.feishu.cn/open-apis/bot/v2/hook/x", false, "\"sign\""),
            ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", true, "\"msgtype\""),
        ] {
            let made = hook(&site, address, json!({ "sign": "s3cret", "lang": "zh-CN" })).await?;
            assert!(made["secret"].is_null() && !made.to_string().contains("s3cret"));
            let tried = act(&site, &made, "test").await?;
            assert_eq!(tried["ok"], ok, "{address}: {tried}");
            let host = address.split('/').nth(2).unwrap().split(':').next().unwrap();
            let sent = product.outside.sent(host).pop().with_context(|| format!("nothing at {host}"))?;
            assert!(sent.body.contains(mark) && sent.body.contains("连接成功"), "{}", sent.body);
            assert!(!sent.headers.contains_key("webhook-signature"));
        }
        Ok(())
    });
}

#[test]
fn a_digest_tells_the_week_and_hooks_survive_a_rebuild() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let made =
            hook(&site, "https://five.acme.example/", json!({ "events": ["digest.weekly", "widget.published"] }))
                .await?;
        let tried = act(&site, &made, "digest").await?;
        assert_eq!((&tried["ok"], &tried["event"]), (&json!(true), &json!("digest.weekly")));
        let sent = arrived(product, "five.acme.example", 1).await?;
        let body: Value = serde_json::from_str(&sent[0].body)?;
        assert_eq!((&body["type"], &body["data"]["completed"]), (&json!("digest.weekly"), &json!(0)));
        assert!(body["data"]["next"].as_array().is_some_and(|next| !next.is_empty()));
        site.publish(&widgets::nps()).await?;
        let sent = arrived(product, "five.acme.example", 2).await?;
        let published: Value = serde_json::from_str(&sent[1].body)?;
        assert_eq!(
            published["data"]["widget"],
            json!({ "name": "nps", "label": widgets::nps()["label"], "version": 2 })
        );
        let key = format!("h/{}", site.id);
        let kept = wait_for("the hooks in KV", async || Ok(product.cloud.kv.get(&key))).await?;
        assert!(kept.value.contains("whsec_"));
        product
            .api(Method::DELETE, &format!("sites/{}/hooks/{}", site.id, made["hook"]["id"].as_str().unwrap()), None)
            .await?;
        wait_for("none in KV", async || Ok(product.cloud.kv.get(&key).filter(|kept| kept.value == "[]"))).await?;
        Ok(())
    });
}

#[test]
fn the_digest_comes_when_the_hour_strikes() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let host = "six.acme.example";
        post(&site, &nps(&id_at(now() - 86_400_000), 9)).await?;
        // Somewhere it is noon at the next full minute, or at the one after it.
        let minute = ((now() + 15_000) / 60_000 + 1) % 1_440;
        let offset = 720 - minute;
        let offset = if offset < -720 { offset + 1_440 } else { offset };
        let more = json!({ "events": ["digest.daily"], "clock": { "hour": 12, "offset": offset }, "lang": "en" });
        hook(&site, "https://six.acme.example/", more).await?;
        let sent =
            wait_within(Duration::from_secs(100), "the digest", async || Ok(product.outside.sent(host).pop())).await?;
        let body: Value = serde_json::from_str(&sent.body)?;
        assert_eq!((&body["type"], &body["data"]["completed"]), (&json!("digest.daily"), &json!(1)));
        assert_eq!(body["data"]["from"], body["data"]["to"]);
        assert!(
            body["data"]["figures"].as_array().is_some_and(|figures| figures.iter().any(|one| one["metric"] == "nps"))
        );
        Ok(())
    });
}

#[test]
fn what_a_visitor_says_in_a_conversation_is_told_once() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let host = "seven.acme.example";
        hook(&site, "https://seven.acme.example/", json!({ "events": ["conversation.message"] })).await?;
        let (mine, message) = (id(), id());
        post(&site, &nps(&mine, 3)).await?;
        let reply = format!("sites/{}/responses/{mine}/reply", site.id);
        product.api(Method::POST, &reply, Some(&json!({ "text": "What would help?" }))).await?;
        let say = async || {
            let address = format!("{}/me/{}/{mine}", product.url(), site.id);
            let request = product.client().post(address).header("origin", product.host.origin());
            let body = json!({ "message": message, "text": "A map." }).to_string();
            anyhow::Ok(request.header("content-type", "text/plain").body(body).send().await?.status().as_u16())
        };
        assert_eq!((say().await?, say().await?), (200, 200), "the device may send it twice");
        let sent = arrived(product, host, 1).await?;
        let body: Value = serde_json::from_str(&sent[0].body)?;
        assert_eq!((&body["type"], &body["data"]["message"]), (&json!("conversation.message"), &json!("A map.")));
        assert_eq!(body["data"]["response"]["id"], mine);
        assert_eq!(product.outside.sent(host).len(), 1);
        Ok(())
    });
}
