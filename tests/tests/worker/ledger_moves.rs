//! Members, ledgers, codes and the programme move to an empty deployment, and are there what they were here.

use anyhow::{Context, Result};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, eventually};
use reqwest::Method;
use serde_json::{Value, json};

use crate::ledger::{done, give, ledger, programme, redeem};
use crate::own;
use crate::wire::{id, settled};

async fn told(site: &Site<'_>, path: &str) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/{path}", site.id), None).await
}

/// Everything that members and owner see of it.
async fn everything(site: &Site<'_>) -> Result<Value> {
    let mut all = Vec::new();
    for n in 0..4 {
        let (entries, balance) = ledger(site, &format!("c{n}")).await?;
        all.push(
            json!({ "entries": entries, "balance": balance, "member": told(site, &format!("members/c{n}")).await? }),
        );
    }
    let record = told(site, "loyalty").await?;
    let (stock, redemptions) = (told(site, "rewards").await?, told(site, "redemptions?limit=200").await?);
    let codes = told(site, "rewards/coupon/codes?given=1").await?;
    Ok(json!({ "members": all, "programme": record, "stock": stock, "redemptions": redemptions, "codes": codes }))
}

async fn take(to: &Product, site: &str, lines: &[&str]) -> Result<(u16, Value)> {
    let request = to.client().post(format!("{}/api/v1/sites/{site}/take", to.url()));
    let answer = request.bearer_auth(OWNER_KEY).body(lines.join("\n")).send().await?;
    Ok((answer.status().as_u16(), serde_json::from_str(&answer.text().await?)?))
}

#[test]
fn a_programme_moves_to_an_empty_deployment_with_identical_balances() {
    own(async |product| {
        let site = programme(product).await?;
        let codes = json!({ "text": (0..30).map(|n| format!("K{n:02}\n")).collect::<String>() });
        product.api(Method::POST, &format!("sites/{}/rewards/coupon/codes", site.id), Some(&codes)).await?;
        for n in 0..4 {
            let member = format!("c{n}");
            done(&site, &member, &format!("o:start:{n}"), give(200)).await?;
            for reward in ["mug", "coupon", "wish"] {
                done(&site, &member, &id(), redeem(reward)).await?;
            }
        }
        let held = told(&site, "redemptions?state=held").await?["items"][0].clone();
        let void = json!({ "type": "void", "hold": held["id"], "why": "not today" });
        done(&site, held["who"].as_str().context("who")?, "o:void", void).await?;
        // More than one page of lines.
        for n in 0..60 {
            done(&site, "c0", &format!("o:more:{n}"), give(1)).await?;
        }
        // What is known of one person has their ledger in it, and nothing that opens their account.
        let ours = told(&site, "members/c0").await?["id"].as_str().context("an id")?.to_owned();
        let known = told(&site, &format!("subject?text={ours}")).await?;
        let lines = ledger(&site, "c0").await?.0.len();
        assert_eq!(known["members"][0]["ledger"].as_array().map(Vec::len), Some(lines));
        assert!(known["members"][0]["member"]["devices"].is_null(), "{known}");
        let request = product.client().get(format!("{}/api/v1/sites/{}/export", product.url(), site.id));
        let file = request.bearer_auth(OWNER_KEY).send().await?.text().await?;
        let lines: Vec<&str> = file.lines().collect();
        assert!(
            file.contains("{\"ledger\":")
                && file.contains("{\"codes\":")
                && file.ends_with("{\"end\":{\"responses\":0}}\n")
        );

        let other = Product::start().await?;
        // In pieces, and all of it once more, as after a connection that broke.
        for piece in lines.chunks(3).chain(lines.chunks(50)) {
            let (status, reply) = take(&other, &site.id, piece).await?;
            assert_eq!(status, 200, "{reply}");
        }
        let moved = other.known_site(&site.id);
        assert_eq!(everything(&moved).await?, everything(&site).await?);
        // What was done here is done there, and the next code is the next.
        assert_eq!(done(&moved, "c0", "o:more:7", give(1)).await?["again"], true);
        assert_eq!(done(&moved, "c1", &id(), redeem("coupon")).await?["entries"][1]["note"], "K04");
        // And all of it is in KV: the index can be lost.
        settled(&moved).await?;
        let before = everything(&moved).await?;
        other.api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        eventually("the end of the rebuild", async || Ok(moved.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(everything(&moved).await?, before);

        // A ledger that went on here in another way is not mixed with the old one; nor is one that was tampered with.
        done(&site, "c1", "o:else", give(5)).await?;
        let request = product.client().get(format!("{}/api/v1/sites/{}/export", product.url(), site.id));
        let newer = request.bearer_auth(OWNER_KEY).send().await?.text().await?;
        let (status, reply) = take(&other, &site.id, &newer.lines().collect::<Vec<_>>()).await?;
        assert_eq!(status, 422, "{reply}");
        assert!(reply["field"].as_str().unwrap().contains(".ledger.entries["), "{reply}");
        let forged = file.replace("\"delta\":200", "\"delta\":900");
        let (status, reply) = take(product, "elsewhere", &forged.lines().collect::<Vec<_>>()).await?;
        assert_eq!(status, 422, "{reply}");
        Ok(())
    });
}
