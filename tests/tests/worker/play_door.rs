//! What members are told at the door, and what they play there: points for answers, tickets, invitations.

use anyhow::{Context, Result, ensure};
use rapport_tests::{Site, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::member_door::{device, done, refused, secret, token, told};
use crate::wire::{deliver, id, nps};
use crate::{own, shared};

async fn publish(site: &Site<'_>, change: impl Fn(&mut Value)) -> Result<()> {
    let (product, path) = (site.product(), format!("sites/{}/loyalty", site.id));
    let mut program = json!({
        "name": "Club", "currency": "EUR", "anonymous": true,
        "rules": [
            { "name": "visit", "when": { "type": "check_in" }, "points": 2 },
            { "name": "answer", "when": { "type": "response" }, "points": 10 },
            { "name": "order", "when": { "type": "purchase", "per": 100 }, "points": 1 },
            { "name": "friend", "when": { "type": "referral" }, "points": 70 },
        ],
        "rewards": [{ "name": "hug", "label": "A hug", "gives": { "type": "text", "text": "Here." }, "cost": 1, "stock": 3 }],
    });
    change(&mut program);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await.map(drop)
}

fn html(reply: &Value) -> &str {
    reply["html"].as_str().unwrap_or_default()
}

fn balance(reply: &Value) -> &Value {
    &reply["standing"]["balance"]
}

async fn claim(site: &Site<'_>, secret: &str, responses: &[&str]) -> Result<(u16, Value)> {
    told(site, "claim", &json!({ "id": id(), "secret": secret, "responses": responses })).await
}

#[test]
fn answers_give_points_once_whatever_they_say_and_spam_gives_none() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |_| ()).await?;
        let (anna, ben) = (device(), device());
        let (low, high, spam, later) = (id(), id(), id(), id());
        for (response, point) in [(&low, 0), (&high, 10), (&spam, 10)] {
            deliver(&site, &nps(response, point)).await?;
        }
        let path = format!("sites/{}/responses/change", site.id);
        let change = json!({ "ids": [spam], "changes": [{ "status": "spam" }] });
        product.api(Method::POST, &path, Some(&change)).await?;
        // A device that answers 0 gets what one that answers 10 gets; the same claim again, and another's, give nothing.
        let (status, first) = claim(&site, &anna, &[&low]).await?;
        assert_eq!((status, balance(&first)), (200, &json!(10)), "{first}");
        let (_, other) = claim(&site, &ben, &[&high, &spam]).await?;
        assert_eq!(balance(&other), 10, "the same points whatever the score, and none for spam");
        for (who, responses) in [(&anna, [&low, &high]), (&ben, [&low, &spam])] {
            let (status, again) = claim(&site, who, &[responses[0], responses[1]]).await?;
            assert_eq!((status, balance(&again)), (200, &json!(10)), "{again}");
        }
        // An answer that is under way is asked for again; and what else was claimed counts already.
        let (status, early) = claim(&site, &anna, &[&later]).await?;
        assert_eq!((status, &early["code"]), (425, &json!("early")));
        deliver(&site, &nps(&later, 5)).await?;
        let (status, got) = claim(&site, &anna, &[&later]).await?;
        assert_eq!((status, balance(&got)), (200, &json!(20)));
        Ok(())
    });
}

#[test]
fn refusals_are_in_the_language_of_the_page() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |_| ()).await?;
        let mine = device();
        let act = |lang: &str, more: Value| {
            let mut body = json!({ "id": id(), "secret": mine, "lang": lang });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        done(&site, "check-in", &act("en", json!({}))).await?;
        let stranger = json!({ "id": id(), "token": "a.b.c", "lang": "fr" });
        for (name, body, status, words) in [
            ("check-in", act("zh-CN", json!({})), 409, "明天再来"),
            ("redeem", act("de", json!({ "reward": "hug" })), 409, "Melden Sie sich"),
            ("redeem", act("de", json!({ "reward": "gone" })), 409, "nicht mehr angeboten"),
            ("profile", act("es", json!({ "email": "nonsense" })), 422, "correo"),
            ("recover", act("it", json!({ "phrase": "123456789012345678901234" })), 422, "Nessuno ha questa frase"),
            ("referred", act("ja", json!({ "code": "00000000" })), 409, "この招待はもうありません"),
            ("check-in", stranger, 401, "reconnecter"),
        ] {
            let (got, reply) = told(&site, name, &body).await?;
            let detail = reply["detail"].as_str().unwrap_or_default();
            assert!(got == status && detail.contains(words), "{name}: {got} {reply}");
        }
        Ok(())
    });
}

#[test]
fn the_panel_tells_stock_caps_code_and_older_lines() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |program| {
            program["referral"] =
                json!({ "welcome": 30, "window": 30, "qualifies": { "type": "purchase" }, "hold": 0, "velocity": 5 });
            program["rules"][1]["cap"] = json!({ "per": "day", "times": 1 });
        })
        .await?;
        let (key, member) = (secret(&site).await?, format!("c-{}", id()));
        let token = token(&site, &member, &key);
        let with = |more: Value| {
            let mut body = json!({ "id": id(), "token": token, "lang": "en" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let response = id();
        deliver(&site, &nps(&response, 7)).await?;
        let claimed = done(&site, "claim", &with(json!({ "responses": [response] }))).await?;
        ensure!(html(&claimed).contains("Again from "), "the cap of the day: {claimed}");
        let redeemed = done(&site, "redeem", &with(json!({ "reward": "hug" }))).await?;
        for part in ["2 left", "For you: 70 points", "For your friend: 30 points", "data-code=\""] {
            ensure!(html(&redeemed).contains(part), "{part}: {redeemed}");
        }
        for n in 0..25 {
            let path = format!("sites/{}/members/{member}/acts", site.id);
            let adjust =
                json!({ "id": format!("o:{}", id()), "action": { "type": "adjust", "delta": n, "why": "test" } });
            product.api(Method::POST, &path, Some(&adjust)).await?;
        }
        let newest = done(&site, "points", &json!({ "token": token, "lang": "en" })).await?;
        ensure!(newest["more"] == json!(true) && html(&newest).contains("data-more"), "{newest}");
        ensure!(html(&newest).contains("Here."), "what was redeemed is there although its line is not: {newest}");
        let seq = newest["history"].as_array().and_then(|rows| rows.last()).and_then(|row| row["line"].as_str());
        let seq: u32 = seq.and_then(|line| line.split('|').next()).context("a number")?.parse()?;
        let older = done(&site, "points", &json!({ "token": token, "lang": "en", "before": seq })).await?;
        ensure!(older["more"] == json!(false) && !html(&older).contains("data-more"), "{older}");
        ensure!(html(&older).contains("data-from-seq=\"0\"") && html(&older).contains("data-from-balance=\"0\""));
        Ok(())
    });
}

#[test]
fn a_ticket_says_what_it_has_won_and_nobody_takes_more_than_may_be() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |program| {
            program["draws"] = json!([{
                "name": "lucky", "label": "Lucky", "cost": 5, "per_member": 1, "how": "at_once",
                "prizes": [{ "name": "hug", "label": "A hug", "stock": 1, "one_in": 1, "wins": { "type": "reward", "reward": "hug" } }],
            }]);
        })
        .await?;
        let key = secret(&site).await?;
        let (anna, ben) = (token(&site, "anna", &key), token(&site, "ben", &key));
        let draw = |token: &str, draw: &str| json!({ "id": id(), "token": token, "lang": "en", "draw": draw });
        let (status, poor) = told(&site, "draw", &draw(&anna, "lucky")).await?;
        assert_eq!((status, &poor["detail"]), (409, &json!("5 points to go")), "{poor}");
        let mine = device();
        assert_eq!(
            refused(&site, "draw", &json!({ "id": id(), "secret": mine, "draw": "lucky" })).await?,
            (409, "identify".to_owned()),
            "who is not signed in never spends"
        );
        for member in ["anna", "ben"] {
            let path = format!("sites/{}/members/{member}/acts", site.id);
            let adjust =
                json!({ "id": format!("o:{}", id()), "action": { "type": "adjust", "delta": 20, "why": "test" } });
            product.api(Method::POST, &path, Some(&adjust)).await?;
        }
        let act = draw(&anna, "lucky");
        for _ in 0..2 {
            let won = done(&site, "draw", &act).await?;
            assert_eq!((balance(&won), &won["told"]), (&json!(15), &json!("Ticket 1: Won: \u{2068}A hug\u{2069}")));
            ensure!(html(&won).contains("Here.") && html(&won).contains("This draw is over."), "{won}");
        }
        assert_eq!(refused(&site, "draw", &draw(&ben, "lucky")).await?, (409, "sold_out".to_owned()));
        assert_eq!(refused(&site, "draw", &draw(&ben, "gone")).await?, (409, "unknown".to_owned()));
        Ok(())
    });
}

#[test]
fn tickets_outlive_their_members_and_the_object() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |program| {
            program["draws"] = json!([{
                "name": "lucky", "label": "Lucky", "cost": 0, "per_member": 2, "how": "at_once",
                "prizes": [{ "name": "mug", "label": "A mug", "stock": 3, "one_in": 2, "wins": { "type": "by_hand" } }],
            }]);
        })
        .await?;
        for member in ["anna", "ben", "cleo"] {
            for _ in 0..2 {
                let path = format!("sites/{}/members/{member}/tickets", site.id);
                let _full = product.api(Method::POST, &path, Some(&json!({ "id": id(), "draw": "lucky" }))).await;
            }
        }
        let public = async || -> Result<Value> {
            let address = format!("{}/draw/{}/lucky.json", product.url(), site.id);
            Ok(product.client().get(address).send().await?.json().await?)
        };
        let before = public().await?;
        product.api(Method::DELETE, &format!("sites/{}/members/ben", site.id), None).await?;
        assert_eq!(public().await?, before, "ben is gone, and his tickets are not");
        crate::wire::settled(&site).await?;
        product.api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        rapport_tests::wait::eventually("the end of the rebuild", async || {
            Ok(site.status().await?["rebuilding"].is_null())
        })
        .await?;
        assert_eq!(public().await?, before, "made anew from KV");
        Ok(())
    });
}

async fn from(site: &Site<'_>, address: &str, act: &str, body: &Value) -> Result<Value> {
    let product = site.product();
    let request = product.client().post(format!("{}/me/{}/{act}", product.url(), site.id));
    let request = request.header("origin", product.host.origin()).header("cf-connecting-ip", address);
    Ok(request.header("content-type", "text/plain").body(body.to_string()).send().await?.json().await?)
}

#[test]
fn each_rule_against_fraud_says_its_name_to_whom_it_stops() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        publish(&site, |program| {
            program["referral"] =
                json!({ "welcome": 30, "window": 30, "qualifies": { "type": "purchase" }, "hold": 0, "velocity": 50 });
        })
        .await?;
        let key = secret(&site).await?;
        let hers = device();
        // What she collected before she signed in goes to her, and from then on the device acts for her.
        done(&site, "check-in", &json!({ "id": id(), "secret": hers })).await?;
        let anna = json!({ "token": token(&site, "anna", &key), "secret": hers, "lang": "en", "id": id() });
        let mut profile = anna.clone();
        profile["email"] = json!("a.nna@gmail.com");
        let shown = from(&site, "203.0.113.7", "profile", &profile).await?;
        let code = html(&shown).split("data-code=\"").nth(1).and_then(|rest| rest.split('"').next());
        let code = code.context("a code")?.to_owned();
        let came = async |member: &str, address: &str, more: Value| -> Result<Value> {
            let mut body = json!({ "id": id(), "token": token(&site, member, &key), "lang": "en", "code": code });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            from(&site, address, "referred", &body).await
        };
        let mail = json!({ "id": id(), "token": token(&site, "dora", &key), "email": "Anna+2@googlemail.com" });
        from(&site, "203.0.113.10", "profile", &mail).await?;
        for (member, address, more, words) in [
            ("ben", "203.0.113.7", json!({}), "the same connection"),
            ("dora", "203.0.113.10", json!({}), "the same e-mail address"),
            ("eve", "203.0.113.11", json!({ "secret": hers }), "the same device"),
        ] {
            let said = came(member, address, more).await?;
            let told = said["told"].as_str().unwrap_or_default();
            assert!(told.contains("looks at this invitation first") && told.contains(words), "{member}: {said}");
            ensure!(html(&said).contains(words), "and it stays in the panel: {said}");
        }
        let fine = came("cleo", "203.0.113.8", json!({})).await?;
        assert!(fine["told"].is_null() && html(&fine).contains("Buy something: +30 points"), "{fine}");
        assert_eq!(
            from(&site, "203.0.113.7", "referred", &{
                let mut own = anna.clone();
                own["code"] = json!(code);
                own["id"] = json!(id());
                own
            })
            .await?["code"],
            "own"
        );
        Ok(())
    });
}

#[test]
fn credits_wait_for_the_hold_and_then_come_by_themselves_once() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let rules = |hold: u32| json!({ "welcome": 30, "window": 30, "qualifies": { "type": "response" }, "hold": hold, "velocity": 5 });
        publish(&site, |program| program["referral"] = rules(14)).await?;
        let post = async |path: &str, body: Value| {
            product.api(Method::POST, &format!("sites/{}/members/{path}", site.id), Some(&body)).await
        };
        let code = post("anna/code", json!({})).await?;
        post("ben/referred", code).await?;
        let response = id();
        deliver(&site, &nps(&response, 3)).await?;
        post("ben/claims", json!({ "response": response })).await?;
        let stage = async |step: &str| -> Result<usize> {
            let path = format!("sites/{}/referrals?step={step}", site.id);
            Ok(product.api(Method::GET, &path, None).await?.as_array().map_or(0, Vec::len))
        };
        assert_eq!((stage("held").await?, stage("credited").await?), (1, 0));
        let balances = async || -> Result<(Value, Value)> {
            let of = async |member: &str| -> Result<Value> {
                let path = format!("sites/{}/members/{member}/ledger", site.id);
                Ok(product.api(Method::GET, &path, None).await?["balance"].clone())
            };
            Ok((of("anna").await?, of("ben").await?))
        };
        let held = product.api(Method::GET, &format!("sites/{}/members/ben/ledger", site.id), None).await?;
        assert_eq!(held["balance"], 10, "his answer, and nothing yet for having been brought");
        // What the clock would bring in 14 days, shorter rules bring now: the alarm credits, nobody has to act.
        publish(&site, |program| program["referral"] = rules(0)).await?;
        rapport_tests::wait::eventually("the credits", async || Ok(stage("credited").await? == 1)).await?;
        assert_eq!(balances().await?, (json!(70), json!(40)));
        let again = id();
        deliver(&site, &nps(&again, 9)).await?;
        post("ben/claims", json!({ "response": again })).await?;
        assert_eq!(balances().await?, (json!(70), json!(50)), "each side once");
        Ok(())
    });
}
