//! What only time brings: credits after their hold, and the prizes of a draw at its end. The alarm brings them; nobody acts.

use anyhow::{Context, Result, ensure};
use rapport_local::Clock;
use rapport_tests::torture::{around, world};
use rapport_tests::{Product, Site, stage, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::play::both_agree;
use crate::wire::{deliver, id, nps};

const DAY_MS: i64 = 86_400_000;

async fn post(site: &Site<'_>, path: &str, body: Value) -> Result<Value> {
    site.product().api(Method::POST, &format!("sites/{}/{path}", site.id), Some(&body)).await
}

async fn balance(product: &Product, site: &str, member: &str) -> Result<Value> {
    let path = format!("sites/{site}/members/{member}/ledger");
    Ok(product.api(Method::GET, &path, None).await?["balance"].clone())
}

async fn draw(product: &Product, site: &str) -> Result<String> {
    let address = format!("{}/draw/{site}/raffle.json", product.url());
    Ok(product.client().get(address).send().await?.text().await?)
}

#[test]
fn time_brings_credits_and_prizes_once() {
    crate::finish(stage::run(async {
        let clock = Clock::starting(Clock::default().now(), 1);
        let mut product = world::product(clock).await?;
        let (site, last) = {
            let site = product.site(&[widgets::nps()]).await?;
            let path = format!("sites/{}/loyalty", site.id);
            let day = |days: i64| rapport_core::time::Timestamp(clock.now() + days * DAY_MS).day().to_text();
            let program = json!({
                "name": "Club", "currency": "EUR", "rewards": [],
                "rules": [
                    { "name": "answer", "when": { "type": "response" }, "points": 10 },
                    { "name": "friend", "when": { "type": "referral" }, "points": 70 },
                ],
                "referral": { "welcome": 30, "window": 30, "qualifies": { "type": "response" }, "hold": 14, "velocity": 5 },
                "draws": [{
                    "name": "raffle", "label": "Raffle", "cost": 0, "per_member": 1, "how": "at_the_end", "until": day(2),
                    "prizes": [{ "name": "points", "label": "5 points", "stock": 2, "wins": { "type": "points", "points": 5 } }],
                }],
            });
            product.api(Method::PUT, &path, Some(&program)).await?;
            product.api(Method::POST, &format!("{path}/publish"), None).await?;
            let code = post(&site, "members/anna/code", json!({})).await?;
            post(&site, "members/ben/referred", code).await?;
            let response = id();
            deliver(&site, &nps(&response, 3)).await?;
            post(&site, "members/ben/claims", json!({ "response": response })).await?;
            for member in ["anna", "ben"] {
                post(&site, &format!("members/{member}/tickets"), json!({ "id": id(), "draw": "raffle" })).await?;
            }
            (site.id.clone(), day(2))
        };
        let before: Value = serde_json::from_str(&draw(&product, &site).await?)?;
        ensure!(
            before["seed"].is_null() && before["winners"] == json!([]) && before["until"] == json!(last),
            "{before}"
        );
        assert_eq!(
            (balance(&product, &site, "anna").await?, balance(&product, &site, "ben").await?),
            (json!(0), json!(10))
        );
        // Three days later the draw is over, and the credits still wait; after fifteen they are there.
        for (days, anna, ben) in [(3, 5, 15), (15, 75, 45)] {
            product.cloud.workerd.kill().await?;
            let later = Clock::starting(clock.now() + days * DAY_MS, 1);
            product.cloud.workerd.set_around(Some(around::module(later, None, None)));
            product.cloud.workerd.launch().await?;
            // Whatever wakes the object, its alarm is overdue.
            let wanted = (json!(anna), json!(ben));
            rapport_tests::wait::eventually("what is due", async || {
                Ok((balance(&product, &site, "anna").await?, balance(&product, &site, "ben").await?) == wanted)
            })
            .await
            .with_context(|| format!("after {days} days"))?;
            let data = draw(&product, &site).await?;
            ensure!(data.contains("\"seed\":\"") && data.matches("\"points\"]").count() == 2, "{data}");
            both_agree(&data)?;
        }
        Ok(())
    }));
}
