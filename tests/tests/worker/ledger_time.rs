//! What time does to members' accounts, with a clock that the test moves; and ledgers that are damaged, here or in KV.

use std::time::Duration;

use anyhow::{Context, Result};
use rapport_core::time::Timestamp;
use rapport_local::{Clock, Effect, Fault, Operation, Settings};
use rapport_tests::torture::around;
use rapport_tests::{Product, Site, eventually, stage, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::ledger::{done, give, ledger, lose, programme, redeem};
use crate::member_door::{self, device};
use crate::session::{browser, session};
use crate::wire::{id, now, settled};
use crate::{finish, own};

const DAY: i64 = 86_400_000;

fn moment(told: i64) -> Option<String> {
    Some(around::module(Clock::starting(told, 1), None, None))
}

/// Starts the runtime anew at another moment.
async fn jump(product: &mut Product, told: i64) -> Result<()> {
    product.cloud.workerd.kill().await?;
    product.cloud.workerd.set_around(moment(told));
    product.cloud.workerd.launch().await
}

async fn member(site: &Site<'_>, name: &str) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/members/{name}", site.id), None).await
}

async fn publish(site: &Site<'_>, silver: u32) -> Result<()> {
    let label = |text: &str| json!({ "en": text });
    let program = json!({
        "name": label("Club"), "currency": "EUR",
        "rules": [
            { "name": "purchase", "when": { "type": "purchase", "per": 100 }, "points": 1 },
            { "name": "birthday", "when": { "type": "birthday" }, "points": 50 },
        ],
        "tiers": [
            { "name": "base", "label": label("Base"), "color": "#a9683a", "from": 0 },
            { "name": "silver", "label": label("Silver"), "color": "#7b8794", "from": silver },
        ],
        "ladder": { "by": "points", "days": 60, "fall": { "type": "one_step", "days": 10 } },
        "rewards": [{ "name": "wish", "label": label("Wish"), "gives": { "type": "text", "text": label("Thanks") }, "cost": 30, "by_hand": true }],
        "expiry": { "type": "after", "days": 45 },
    });
    let path = format!("sites/{}/loyalty", site.id);
    site.product().api(Method::PUT, &path, Some(&program)).await?;
    site.product().api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(())
}

#[test]
fn holds_points_birthdays_and_tiers_have_their_time() {
    finish(stage::run(async {
        // Noon, so that a day more is a day more.
        let start = now() - now().rem_euclid(DAY) + DAY / 2;
        let adjust = |settings: Settings| Settings { around: moment(start), ..settings };
        let mut product = Product::start_as(|plan| plan, adjust).await?;
        let name = {
            let site = product.site(&[widgets::nps()]).await?;
            publish(&site, 100).await?;
            for who in ["c0", "c1"] {
                let bought = json!({ "type": "purchase", "order": "A-1", "amount": 15_000 });
                done(&site, who, &format!("o:{who}"), bought).await?;
            }
            assert_eq!(done(&site, "c0", "h1", redeem("wish")).await?["balance"], 120);
            site.id.clone()
        };
        let mine = device();
        let (_, month, day) = Timestamp(start + 20 * DAY).day().civil();
        let birthday = format!("{month:02}-{day:02}");
        let told = json!({ "id": id(), "secret": mine, "lang": "en", "birthday": birthday });
        member_door::done(&product.known_site(&name), "profile", &told).await?;

        // A birthday comes by itself.
        jump(&mut product, start + 20 * DAY).await?;
        let site = product.known_site(&name);
        eventually("the birthday's points", async || {
            let points = member_door::done(&site, "points", &json!({ "secret": mine, "lang": "en" })).await?;
            Ok(points["standing"]["balance"] == 50)
        })
        .await?;

        // What nobody handed out is given back after thirty days, with the date that its points had.
        jump(&mut product, start + 31 * DAY).await?;
        let site = product.known_site(&name);
        eventually("the hold is given back", async || Ok(ledger(&site, "c0").await?.1 == 150)).await?;
        let (entries, _) = ledger(&site, "c0").await?;
        assert!(entries.iter().any(|entry| entry.kind.as_str() == "void" && entry.note.is_empty()));

        // Silver asks for more from now on: who is below has ten days.
        publish(&site, 200).await?;
        assert_eq!(done(&site, "c1", "o:touch", give(1)).await?["tier"], "silver");
        jump(&mut product, start + 40 * DAY).await?;
        let site = product.known_site(&name);
        assert_eq!(done(&site, "c1", "o:again", give(1)).await?["tier"], "silver");
        jump(&mut product, start + 42 * DAY).await?;
        let site = product.known_site(&name);
        assert_eq!(done(&site, "c1", "o:fallen", give(1)).await?["tier"], "base");

        // Points are gone at the end of their time, and so is what was given back.
        jump(&mut product, start + 47 * DAY).await?;
        let site = product.known_site(&name);
        eventually("the points expire", async || Ok(ledger(&site, "c0").await?.1 == 0)).await?;
        eventually("but those of later", async || Ok(ledger(&site, "c1").await?.1 == 3)).await?;
        Ok(())
    }));
}

async fn audit(site: &Site<'_>) -> Result<Value> {
    site.product().api(Method::POST, &format!("sites/{}/audit/ledgers", site.id), None).await
}

#[test]
fn what_kv_lost_comes_back_and_a_torn_ledger_is_told_and_mended() {
    own(async |product| {
        let site = programme(product).await?;
        let name = site.id.clone();
        let codes = json!({ "text": "K1\nK2\nK3" });
        product.api(Method::POST, &format!("sites/{name}/rewards/coupon/codes"), Some(&codes)).await?;
        for n in 0..60 {
            done(&site, "c0", &format!("o:{n}"), give(1)).await?;
        }
        done(&site, "c1", "o:c1", give(7)).await?;
        settled(&site).await?;
        let healthy = audit(&site).await?;
        assert_eq!(
            (&healthy["looked"], &healthy["into_index"], &healthy["into_kv"], &healthy["torn"]),
            (&json!(5), &json!(0), &json!(0), &json!([])),
            "two members and three pages"
        );
        // KV loses a member, a page and the codes.
        let kv = &product.cloud.kv;
        let of = async |who: &str| {
            Ok::<_, anyhow::Error>(member(&site, who).await?["id"].as_str().context("id")?.to_owned())
        };
        let (c0, c1) = (of("c0").await?, of("c1").await?);
        let keys = [format!("l/{name}/{c1}"), format!("l/{name}/{c0}/000001"), format!("p/{name}/coupon/000001")];
        let copies: Vec<_> = keys.iter().map(|key| kv.get(key).unwrap()).collect();
        for key in &keys {
            kv.delete(key)?;
        }
        assert_eq!(audit(&site).await?["into_kv"], 3);
        for (key, copy) in keys.iter().zip(&copies) {
            eventually("it is there again", async || Ok(kv.get(key).is_some_and(|now| now.value == copy.value)))
                .await?;
        }

        // The object is lost, and a line in KV was changed: the ledger is whole up to it, and the owner is told.
        let page = format!("l/{name}/{c0}/000000");
        let good = kv.get(&page).unwrap();
        let mut bad = good.clone();
        bad.value = bad.value.replacen("\"delta\":1,", "\"delta\":100,", 1);
        kv.put(&page, bad)?;
        product.cloud.workerd.kill().await?;
        lose(product)?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        product.api(Method::POST, &format!("sites/{name}/rebuild"), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(site.status().await?["torn"], 1);
        let cookie = session(product).await?;
        let overview = async || {
            let page = browser().get(format!("{}/dashboard/s/{name}", product.url())).header("cookie", &cookie);
            anyhow::Ok(page.send().await?.error_for_status()?.text().await?)
        };
        assert!(overview().await?.contains("1 ledger is torn"));
        assert_eq!(ledger(&site, "c1").await?.1, 7, "others are as they were");
        assert_eq!(audit(&site).await?["torn"], json!([{ "member": c0, "line": 1 }]));
        // The good copy is put back, and the comparison mends it.
        kv.put(&page, good)?;
        let mended = audit(&site).await?;
        assert_eq!((&mended["torn"], &mended["into_index"]), (&json!([]), &json!(2)));
        assert!(!overview().await?.contains("torn"));
        assert_eq!(ledger(&site, "c0").await?.1, 60);
        settled(&site).await?;
        let healthy = audit(&site).await?;
        assert_eq!((&healthy["into_index"], &healthy["into_kv"]), (&json!(0), &json!(0)));
        Ok(())
    });
}

#[test]
fn a_rebuild_that_begins_in_a_step_of_another_is_whole() {
    own(async |product| {
        let site = programme(product).await?;
        let path = format!("sites/{}", site.id);
        let codes = json!({ "text": "K1\nK2\nK3" });
        product.api(Method::POST, &format!("{path}/rewards/coupon/codes"), Some(&codes)).await?;
        done(&site, "c0", "o:c0", give(50)).await?;
        done(&site, "c0", "o:first", redeem("coupon")).await?;
        settled(&site).await?;
        let before = product.api(Method::GET, &format!("{path}/rewards"), None).await?;
        // The list that is asked for once members are back is long in coming.
        let slow = Fault::new(Effect::Delay(Duration::from_secs(4))).on(Operation::List).prefix("k/").times(1);
        product.cloud.kv.fail(slow);
        product.api(Method::POST, &format!("{path}/rebuild"), None).await?;
        // Members are back when their acts are taken.
        eventually("members to be back", async || Ok(done(&site, "c0", "o:back", give(1)).await.is_ok())).await?;
        product.api(Method::POST, &format!("{path}/rebuild"), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(product.api(Method::GET, &format!("{path}/rewards"), None).await?, before);
        assert_eq!(done(&site, "c0", "o:second", redeem("coupon")).await?["entries"][1]["note"], "K2");
        Ok(())
    });
}
