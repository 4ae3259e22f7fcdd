//! Prize draws from ticket to proof, and referrals from link to credit.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use rapport_tests::{Site, delivery, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{own, shared};

const TODAY_ON: &str = "2020-01-01";

/// A site with a programme: 100 points for a response, and these draws.
async fn with_program(site: &Site<'_>, program: Value) -> Result<()> {
    let product = site.product();
    let path = format!("sites/{}/loyalty", site.id);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), Some(&json!({}))).await.map(drop)
}

fn program(draws: Value) -> Value {
    json!({
        "name": "Club", "currency": "EUR",
        "rules": [
            { "name": "answer", "when": { "type": "response" }, "points": 100 },
            { "name": "friend", "when": { "type": "referral" }, "points": 70 },
            { "name": "order", "when": { "type": "purchase", "per": 100 }, "points": 1 },
        ],
        "rewards": [{ "name": "hug", "label": "A hug", "gives": { "type": "text", "text": "Here." }, "cost": 50 }],
        "referral": { "welcome": 30, "window": 30, "qualifies": { "type": "purchase" }, "hold": 0, "velocity": 2 },
        "draws": draws,
    })
}

fn lucky() -> Value {
    json!([{
        "name": "lucky", "label": "Lucky", "cost": 5, "per_member": 3, "from": TODAY_ON, "how": "at_once",
        "prizes": [
            { "name": "points", "label": "20 points", "stock": 3, "one_in": 3, "wins": { "type": "points", "points": 20 } },
            { "name": "mug", "label": "A mug", "stock": 2, "one_in": 4, "wins": { "type": "by_hand" } },
        ],
    }])
}

async fn post(site: &Site<'_>, path: &str, body: Value) -> Result<Value> {
    site.product().api(Method::POST, &format!("sites/{}/{path}", site.id), Some(&body)).await
}

async fn adjust(site: &Site<'_>, member: &str, delta: i64) -> Result<Value> {
    let id = format!("o:{}", delivery::fresh_id());
    post(
        site,
        &format!("members/{member}/acts"),
        json!({ "id": id, "action": { "type": "adjust", "delta": delta, "why": "test" } }),
    )
    .await
}

async fn buy(site: &Site<'_>, member: &str, order: &str) -> Result<Value> {
    let action = json!({ "type": "purchase", "order": order, "amount": 500 });
    post(site, &format!("members/{member}/acts"), json!({ "id": format!("o:order:{order}"), "action": action })).await
}

async fn ticket(site: &Site<'_>, member: &str, id: &str) -> Result<Value> {
    post(site, &format!("members/{member}/tickets"), json!({ "id": id, "draw": "lucky" })).await
}

async fn public(site: &Site<'_>, file: &str) -> Result<(u16, String)> {
    let address = format!("{}/draw/{}/{file}", site.product().url(), site.id);
    let response = site.product().client().get(address).send().await?;
    Ok((response.status().as_u16(), response.text().await?))
}

/// What one of the programs on the page says to the data.
fn checked(program: &str, arguments: &[&str], data: &str) -> Result<String> {
    let mut child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("a way in")?.write_all(data.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{program} did not agree");
    Ok(String::from_utf8(output.stdout)?)
}

pub fn both_agree(data: &str) -> Result<()> {
    use rapport_core::loyalty::draw::{CHECK_JS, CHECK_PY};
    let said = [
        checked("python3", &["-c", CHECK_PY], data)?,
        checked("node", &["--input-type=module", "-e", CHECK_JS], data)?,
    ];
    for said in &said {
        ensure!(said.starts_with("verified"), "{said}");
    }
    Ok(())
}

fn sum(all: &Value) -> i64 {
    all.as_array().into_iter().flatten().filter_map(|entry| entry["delta"].as_i64()).sum()
}

#[test]
fn a_draw_from_ticket_to_proof() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        with_program(&site, program(lucky())).await?;
        let before: Value = serde_json::from_str(&public(&site, "lucky.json").await?.1)?;
        assert_eq!((&before["seed"], before["commitment"].as_str().map(str::len)), (&Value::Null, Some(64)));
        // Everybody has three tickets and no more; the same id is the same ticket.
        let mut tickets = Vec::new();
        for n in 0..12 {
            let member = format!("c-{n}");
            adjust(&site, &member, 15).await?;
            let mut balance = 15;
            for _ in 0..3 {
                let id = delivery::fresh_id();
                let first = ticket(&site, &member, &id).await?;
                let again = ticket(&site, &member, &id).await?;
                balance += sum(&first["entries"]);
                assert_eq!((&first["balance"], first["balance"].as_i64()), (&again["balance"], Some(balance)));
                assert_eq!((&first["entries"], &again["again"]), (&again["entries"], &json!(true)));
                tickets.push(id);
                let data: Value = serde_json::from_str(&public(&site, "lucky.json").await?.1)?;
                if !data["seed"].is_null() {
                    break;
                }
            }
            let data: Value = serde_json::from_str(&public(&site, "lucky.json").await?.1)?;
            if !data["seed"].is_null() {
                break;
            }
            ensure!(ticket(&site, &member, &delivery::fresh_id()).await.is_err(), "a fourth ticket");
        }
        // All prizes won, or the owner takes it out of the programme: then the seed is told.
        with_program(&site, program(json!([]))).await?;
        let (status, data) = public(&site, "lucky.json").await?;
        let after: Value = serde_json::from_str(&data)?;
        assert_eq!((status, &after["commitment"]), (200, &before["commitment"]));
        assert_eq!(after["tickets"].as_array().map(Vec::len), Some(tickets.len()));
        both_agree(&data)?;
        let winners = after["winners"].to_string();
        ensure!(winners != "[]", "36 tickets and not one of them");
        ensure!(both_agree(&data.replace(&winners, "[[1,\"mug\"],[2,\"mug\"],[3,\"mug\"]]")).is_err(), "other winners");
        let (status, page) = public(&site, "lucky?lang=zh-CN").await?;
        ensure!(
            status == 200 && page.contains("如何验证") && page.contains(after["seed"].as_str().context("a seed")?),
            "{page}"
        );
        assert_eq!(public(&site, "nothing").await?.0, 404);
        let draws = product.api(Method::GET, &format!("sites/{}/draws", site.id), None).await?;
        assert_eq!((&draws[0]["over"], draws[0]["tickets"].as_u64()), (&json!(true), Some(tickets.len() as u64)));
        Ok(())
    });
}

#[test]
fn a_response_earns_once_and_for_one_member() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        with_program(&site, program(json!([]))).await?;
        let (low, high) = (delivery::response("nps", &[("nps", "0")]), delivery::response("nps", &[("nps", "10")]));
        for (response, member) in [(&low, "anna"), (&high, "ben")] {
            site.deliver(response).await?;
            let id = &response["response"]["id"];
            let got = post(&site, &format!("members/{member}/claims"), json!({ "response": id })).await?;
            assert_eq!(got["balance"], 100, "whatever the score");
            let again = post(&site, &format!("members/{member}/claims"), json!({ "response": id })).await?;
            assert_eq!((&again["again"], &again["balance"]), (&json!(true), &json!(100)));
            ensure!(post(&site, "members/cleo/claims", json!({ "response": id })).await.is_err(), "somebody else's");
        }
        let unknown = json!({ "response": delivery::fresh_id() });
        ensure!(post(&site, "members/anna/claims", unknown).await.is_err(), "never sent");
        Ok(())
    });
}

#[test]
fn a_referral_is_credited_on_both_sides_once() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        with_program(&site, program(json!([]))).await?;
        let code = post(&site, "members/anna/code", json!({})).await?;
        assert_eq!(post(&site, "members/anna/code", json!({})).await?, code);
        ensure!(post(&site, "members/anna/referred", code.clone()).await.is_err(), "her own link");
        ensure!(post(&site, "members/ben/referred", json!({ "code": "00000000" })).await.is_err(), "no such code");
        assert_eq!(post(&site, "members/ben/referred", code.clone()).await?["step"]["type"], "waits");
        let bought = buy(&site, "ben", "1").await?;
        assert_eq!(buy(&site, "ben", "1").await?["again"], true);
        buy(&site, "ben", "2").await?;
        let balance = async |member: &str| -> Result<i64> {
            let ledger = product.api(Method::GET, &format!("sites/{}/members/{member}/ledger", site.id), None).await?;
            ledger["balance"].as_i64().context("a balance")
        };
        assert_eq!((balance("anna").await?, balance("ben").await?), (70, 30 + 5 + 5), "{bought}");
        // Whom one was brought by cannot be brought in return, and the third in a day waits for the owner.
        let back = post(&site, "members/ben/code", json!({})).await?;
        assert_eq!(
            post(&site, "members/anna/referred", back).await?["step"],
            json!({ "type": "look", "doubt": "circle" })
        );
        assert_eq!(post(&site, "members/cleo/referred", code.clone()).await?["step"]["type"], "waits");
        assert_eq!(
            post(&site, "members/dora/referred", code).await?["step"],
            json!({ "type": "look", "doubt": "velocity" })
        );
        buy(&site, "dora", "3").await?;
        assert_eq!(balance("dora").await?, 5);
        let queue = product.api(Method::GET, &format!("sites/{}/referrals", site.id), None).await?;
        let Some(dora) = queue.as_array().and_then(|all| all.iter().find(|one| one["member"]["external"] == "dora"))
        else {
            bail!("{queue}")
        };
        let path = format!("referrals/{}", dora["member"]["id"].as_str().context("an id")?);
        ensure!(post(&site, &path, json!({ "approved": false })).await.is_err(), "a refusal needs a reason");
        post(&site, &path, json!({ "approved": true, "why": "a fair" })).await?;
        assert_eq!((balance("anna").await?, balance("dora").await?), (140, 35));
        ensure!(post(&site, &path, json!({ "approved": true })).await.is_err(), "credited already");
        Ok(())
    });
}

#[test]
fn whoever_was_a_member_for_a_day_was_brought_by_nobody() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        with_program(&site, program(json!([]))).await?;
        let code = post(&site, "members/anna/code", json!({})).await?;
        for (member, hours, barred) in [("eve", 25, true), ("fay", 23, false)] {
            let at = crate::wire::now() - hours * 3_600_000;
            let action = json!({ "type": "purchase", "order": format!("old-{member}"), "amount": 100 });
            let act = json!({ "id": format!("o:old:{member}"), "action": action, "at": at });
            post(&site, &format!("members/{member}/acts"), act).await?;
            let outcome = post(&site, &format!("members/{member}/referred"), code.clone()).await;
            assert_eq!(outcome.is_err_and(|error| error.to_string().contains("before they came")), barred, "{member}");
        }
        Ok(())
    });
}
