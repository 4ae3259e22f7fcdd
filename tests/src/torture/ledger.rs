//! Members who earn and redeem while everything goes wrong, and what must hold of their ledgers.

use super::plan::Act;
use super::record::{Outcome, Record};
use super::world::Ground;
use crate::Product;
use crate::product::OWNER_KEY;
use crate::wait::linger;
use anyhow::{Context, Result, ensure};
use rapport_core::loyalty::entry::{Entry, Kind};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many mugs there are.
const MUGS: u64 = 10;
/// How many codes.
const CODES: usize = 20;
/// How long an act may take until there is a verdict.
const PATIENCE: Duration = Duration::from_secs(60);

/// Gives a site a programme, with codes for a reward.
pub async fn publish(product: &Product, site: &str) -> Result<()> {
    let label = |text: &str| json!({ "en": text });
    let program = json!({
        "name": label("Club"), "currency": "EUR",
        "rules": [{ "name": "check_in", "when": { "type": "check_in" }, "points": 2 }],
        "rewards": [
            { "name": "mug", "label": label("Mug"), "gives": { "type": "text", "text": label("Thank you") }, "cost": 10, "stock": MUGS },
            { "name": "coupon", "label": label("Coupon"), "gives": { "type": "amount", "amount": 500 }, "cost": 5 },
        ],
    });
    product.api(Method::PUT, &format!("sites/{site}/loyalty"), Some(&program)).await?;
    product.api(Method::POST, &format!("sites/{site}/loyalty/publish"), None).await?;
    let codes: String = (0..CODES).map(|n| format!("CODE-{n:03}\n")).collect();
    product.api(Method::POST, &format!("sites/{site}/rewards/coupon/codes"), Some(&json!({ "text": codes }))).await?;
    Ok(())
}

/// Asks for an act, again and again until there is a verdict.
pub async fn act(ground: Arc<Ground>, at: Duration, member: u32, number: usize, act: Act) {
    ground.until(at).await;
    let (member, id) = (format!("m{member}"), format!("act:{number}"));
    let action = match act {
        Act::Adjust(delta) => json!({ "type": "adjust", "delta": delta, "why": "torture" }),
        Act::Mug => json!({ "type": "redeem", "reward": "mug" }),
        Act::Coupon => json!({ "type": "redeem", "reward": "coupon" }),
        Act::CheckIn => json!({ "type": "check_in" }),
    };
    let writes = !matches!(act, Act::CheckIn | Act::Adjust(0));
    let body = json!({ "id": id, "action": action }).to_string();
    ground.note(|record| record.acts.insert(id.clone(), (member.clone(), writes, Outcome::Unknown)));
    // A rebuild holds acts up, and takes as long as the machine lets it.
    let since = Instant::now();
    for attempt in 0.. {
        if attempt >= 200 && since.elapsed() > PATIENCE {
            break;
        }
        let url = &ground.urls[attempt % 2];
        let request = ground.client.post(format!("{url}/api/v1/sites/{}/members/{member}/acts", ground.site));
        let request = request.bearer_auth(OWNER_KEY).header("content-type", "application/json").body(body.clone());
        if let Ok(answer) = request.send().await {
            let status = answer.status().as_u16();
            let text = answer.text().await.unwrap_or_default();
            let reply: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
            let outcome = match status {
                200 => Some(Outcome::Kept { revision: 0, duplicate: reply["again"] == true }),
                400..=499 if status != 429 => {
                    Some(Outcome::Refused(reply["code"].as_str().unwrap_or_default().to_owned()))
                }
                _ => None,
            };
            if let Some(outcome) = outcome {
                ground.note(|record| record.acts.insert(id, (member, writes, outcome)));
                return;
            }
        }
        linger(Duration::from_millis(50)).await;
    }
}

/// Everything that the ledger says.
#[derive(Clone, Debug, PartialEq)]
pub struct Books {
    lines: BTreeMap<String, Vec<Entry>>,
    stock: Value,
}

/// Reads it, and checks what must always hold: lines follow from one another, their sum is the balance and never was below
/// zero, each acknowledged act is there once, stock and codes are what the lines say.
pub async fn check(product: &Product, site: &str, record: &Record) -> Result<Books> {
    let members: BTreeSet<&String> = record.acts.values().map(|(member, ..)| member).collect();
    let mut books = Books { lines: BTreeMap::new(), stock: Value::Null };
    for member in members {
        if let Some((lines, _)) = product.known_site(site).ledger(member).await? {
            books.lines.insert(member.clone(), lines);
        }
    }
    let (mut mugs, mut codes, mut seen) = (0, BTreeSet::new(), BTreeSet::<(&str, &str)>::new());
    for (member, entries) in &books.lines {
        let mut balance = 0;
        for entry in entries {
            balance += entry.delta;
            ensure!(balance >= 0, "{member} was at {balance} after line {}", entry.seq);
            seen.insert((member, &entry.id));
            mugs += u64::from(entry.kind == Kind::Hold && entry.reference == "mug");
            if entry.note.starts_with("CODE-") {
                ensure!(codes.insert(entry.note.clone()), "the code {} went out twice", entry.note);
            }
        }
    }
    ensure!(mugs <= MUGS, "{mugs} of {MUGS} mugs were redeemed");
    for (id, (member, writes, outcome)) in &record.acts {
        let there = seen.contains(&(member.as_str(), id.as_str()));
        match outcome {
            Outcome::Kept { .. } => ensure!(there || !writes, "{id} was done, and is not in the ledger of {member}"),
            Outcome::Refused(code) => ensure!(!there, "{id} was refused as {code}, and is in the ledger of {member}"),
            Outcome::Unknown => anyhow::bail!("{id} of {member} never had a verdict"),
        }
    }
    let stock = product.api(Method::GET, &format!("sites/{site}/rewards"), None).await?;
    for one in stock.as_array().context("no stock")? {
        match one["reward"].as_str() {
            Some("mug") => ensure!(one["taken"] == mugs, "{one}, and {mugs} mugs in the lines"),
            Some("coupon") => ensure!(one["given"] == codes.len(), "{one}, and {} codes in the lines", codes.len()),
            _ => {}
        }
    }
    books.stock = stock;
    Ok(books)
}
