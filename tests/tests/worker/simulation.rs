//! What a programme would have cost: by the lines that real ledgers have, beside what they say.

use std::time::Instant;

use anyhow::Result;
use rapport_tests::Site;
use reqwest::Method;
use serde_json::{Value, json};

use crate::ledger::{done, give, programme, redeem};
use crate::own;
use crate::wire::{deliver, id, nps};

async fn simulate(site: &Site<'_>) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/loyalty/simulation", site.id), None).await
}

fn bought(order: &str, amount: u32) -> Value {
    json!({ "type": "purchase", "order": order, "amount": amount })
}

#[test]
fn a_draft_is_told_beside_what_really_happened() {
    own(async |product| {
        let site = programme(product).await?;
        for n in 0..3 {
            let member = format!("c{n}");
            done(&site, &member, &format!("o:start:{n}"), give(100)).await?;
            done(&site, &member, &format!("o:buy:{n}"), bought(&format!("A-{n}"), 2_000)).await?;
            done(&site, &member, &format!("o:in:{n}"), json!({ "type": "check_in" })).await?;
        }
        done(&site, "c0", &id(), redeem("mug")).await?;
        for _ in 0..5 {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        // By what is in force, the past is what it was.
        let same = simulate(&site).await?;
        assert_eq!(same["would"], same["did"], "{same}");
        assert_eq!(same["would"]["earned"], 3 * (20 + 2));
        assert_eq!(
            (&same["would"]["redeemed"], &same["members"], &same["looked_at"]),
            (&json!(10), &json!(3), &json!(3))
        );
        assert_eq!(same["would"]["outstanding"], 3 * 122 - 10);
        // By another programme it is another, and what it cannot know is said.
        let path = format!("sites/{}/loyalty", site.id);
        let mut draft = product.api(Method::GET, &path, None).await?["live"]["program"].clone();
        draft["rules"][1]["points"] = 5.into();
        draft["rules"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "name": "answer", "when": { "type": "response" }, "points": 10 }));
        draft["rewards"][0]["cost"] = 5_000.into();
        draft["cost_of_100"] = 150.into();
        product.api(Method::PUT, &path, Some(&draft)).await?;
        let told = simulate(&site).await?;
        assert_eq!(told["did"], same["did"]);
        assert_eq!(told["would"]["by_rule"]["purchase"], json!({ "times": 3, "points": 300 }));
        assert_eq!((&told["would"]["redeemed"], &told["would"]["refused"]), (&json!(0), &json!(1)));
        // 3 × (100 + 100 + 2) at 1.50 a hundred.
        assert_eq!(told["would_cost"]["outstanding"], 909);
        assert_eq!(told["unknown"], json!([{ "rule": "answer", "why": "never_noted" }]));
        assert_eq!(told["estimates"], json!([{ "rule": "answer", "times": 5, "points": 50 }]));
        let odd: Vec<_> = told["advice"].as_array().unwrap().iter().map(|one| one["what"]["type"].clone()).collect();
        assert!(odd.contains(&json!("uncapped")), "{odd:?}");
        Ok(())
    });
}

#[test]
fn a_long_past_is_gone_through_in_several_goes() {
    own(async |product| {
        let site = programme(product).await?;
        let nothing = product.site(&[]).await?;
        assert!(simulate(&nothing).await.unwrap_err().to_string().contains("404"));
        // 20 members with 80 lines each: more than one go takes.
        let events: Vec<Value> = (0..1_600)
            .map(|n| json!({ "key": format!("e{n}"), "member": format!("c{}", n % 20), "type": "purchase", "order": format!("O-{n}"), "amount": 100 }))
            .collect();
        for some in events.chunks(100) {
            let path = format!("sites/{}/events", site.id);
            product.api(Method::POST, &path, Some(&json!({ "events": some }))).await?;
        }
        let before = Instant::now();
        let told = simulate(&site).await?;
        println!("1,600 lines simulated in {:?}", before.elapsed());
        assert_eq!(
            (&told["would"]["earned"], &told["members"], &told["looked_at"]),
            (&json!(1_600), &json!(20), &json!(20))
        );
        assert_eq!(told["would"], told["did"]);
        Ok(())
    });
}
