//! What the owner still has to hand over: ticked off, taken back, and the same after the index was lost; what ends by a publication;
//! and what is left to see of an account that went up in another one.

use anyhow::{Context, Result};
use rapport_tests::people::rebuild;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, delivery, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::ledger::{done, give, lose, redeem};
use crate::member_door;
use crate::own;
use crate::wire::{id, settled};

async fn told(site: &Site<'_>, path: &str) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/{path}", site.id), None).await
}

async fn set(site: &Site<'_>, path: &str, handed: bool) -> Result<Value> {
    let path = format!("sites/{}/{path}/handed", site.id);
    site.product().api(Method::PUT, &path, Some(&json!({ "handed": handed }))).await
}

async fn table(site: &Site<'_>, path: &str) -> Result<String> {
    let address = format!("{}/api/v1/sites/{}/{path}", site.product().url(), site.id);
    Ok(site.product().client().get(address).bearer_auth(OWNER_KEY).send().await?.text().await?)
}

/// Ids of what is to be handed over, newest first.
async fn open(site: &Site<'_>) -> Result<Vec<String>> {
    let page = told(site, "redemptions?state=to_hand_over").await?;
    let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
    Ok(page["items"].as_array().context("a list")?.iter().map(id).collect())
}

/// Words, a link, something by hand; and a draw whose every ticket wins a mug.
fn program() -> Value {
    let text = json!({ "type": "text", "text": "Show this at the till" });
    json!({
        "name": "Club", "currency": "EUR",
        "rules": [{ "name": "here", "when": { "type": "check_in" }, "points": 2 }],
        "tiers": [{ "name": "base", "label": "Base", "color": "#888888", "from": 0 },
                  { "name": "high", "label": "High", "color": "#888888", "from": 50 }],
        "rewards": [
            { "name": "coffee", "label": "A coffee", "gives": text, "cost": 5 },
            { "name": "film", "label": "A film", "gives": { "type": "link", "url": "https://shop.example/film" }, "cost": 5 },
            { "name": "mug", "label": "A mug", "gives": text, "cost": 5, "by_hand": true },
        ],
        "draws": [{
            "name": "lucky", "label": "Lucky", "cost": 1, "per_member": 3, "how": "at_once",
            "prizes": [{ "name": "mug", "label": "A mug", "stock": 9, "one_in": 1, "wins": { "type": "by_hand" } }],
        }],
    })
}

async fn publish(site: &Site<'_>, program: &Value) -> Result<Value> {
    let path = format!("sites/{}/loyalty", site.id);
    site.product().api(Method::PUT, &path, Some(program)).await?;
    site.product().api(Method::POST, &format!("{path}/publish"), None).await
}

async fn shop(product: &Product) -> Result<Site<'_>> {
    let site = product.site(&[widgets::nps()]).await?;
    assert_eq!(publish(&site, &program()).await?["ended"], json!([]));
    Ok(site)
}

#[test]
fn what_is_handed_over_is_ticked_off_and_that_can_be_taken_back() {
    own(async |product| {
        let site = shop(product).await?;
        done(&site, "ada", "o:start", give(100)).await?;
        for reward in ["coffee", "film", "mug"] {
            done(&site, "ada", &format!("o:{reward}"), redeem(reward)).await?;
        }
        // A link is handed over by itself.
        assert_eq!(open(&site).await?, ["o:mug", "o:coffee"]);
        set(&site, "redemptions/o:coffee", true).await?;
        assert_eq!(open(&site).await?, ["o:mug"]);
        set(&site, "redemptions/o:coffee", true).await?;
        set(&site, "redemptions/o:coffee", false).await?;
        assert_eq!(open(&site).await?, ["o:mug", "o:coffee"]);
        set(&site, "redemptions/o:coffee", true).await?;
        // What is held is not handed over until it was handed out; then it is.
        assert!(set(&site, "redemptions/o:mug", true).await.is_err(), "points are still set aside");
        assert!(set(&site, "redemptions/o:start", true).await.is_err(), "no redemption");
        done(&site, "ada", "o:out", json!({ "type": "capture", "hold": "o:mug" })).await?;
        assert!(open(&site).await?.is_empty());
        let all = told(&site, "redemptions?state=captured").await?;
        let by: Vec<_> = all["items"].as_array().unwrap().iter().map(|item| &item["handed"]["by"]).collect();
        assert_eq!(by, [&json!("key"), &Value::Null, &json!("key")]);
        // The wrong one was ticked off: it is to be handed over again, though its points are spent.
        set(&site, "redemptions/o:mug", false).await?;
        assert_eq!(open(&site).await?, ["o:mug"]);

        // Prizes.
        for _ in 0..2 {
            let ticket = json!({ "id": delivery::fresh_id(), "draw": "lucky" });
            product.api(Method::POST, &format!("sites/{}/members/ada/tickets", site.id), Some(&ticket)).await?;
        }
        assert_eq!(told(&site, "draws").await?[0]["to_hand_over"], 2);
        set(&site, "draws/lucky/winners/1", true).await?;
        set(&site, "draws/lucky/winners/2", true).await?;
        set(&site, "draws/lucky/winners/2", false).await?;
        assert!(set(&site, "draws/lucky/winners/3", true).await.is_err(), "nobody has that ticket");
        let waiting = told(&site, "draws/lucky/winners?to_hand_over=1").await?;
        assert_eq!((waiting.as_array().map(Vec::len), &waiting[0]["number"]), (Some(1), &json!(2)));
        assert_eq!(told(&site, "draws/lucky/winners?after=1").await?.as_array().map(Vec::len), Some(1));
        let csv = table(&site, "draws/lucky/winners.csv").await?;
        assert!(csv.starts_with("ticket,prize,member,external,name,handed,handed_by\r\n1,mug,"), "{csv}");
        assert!(csv.contains(",key\r\n2,mug,") && csv.ends_with(",ada,,,\r\n"), "{csv}");
        let csv = table(&site, "redemptions.csv?state=captured").await?;
        assert!(csv.contains(",o:coffee,20") && csv.contains(",key\r\n"), "{csv}");

        // All of it is in KV; and who was refused is known since then only.
        settled(&site).await?;
        let before = (told(&site, "redemptions").await?, told(&site, "draws/lucky/winners").await?);
        let (name, summary) = (site.id.clone(), told(&site, "draws").await?);
        product.cloud.workerd.kill().await?;
        lose(product)?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        rebuild(&site).await?;
        assert_eq!((told(&site, "redemptions").await?, told(&site, "draws/lucky/winners").await?), before);
        assert_eq!((told(&site, "draws").await?, open(&site).await?), (summary, vec!["o:mug".to_owned()]));
        assert!(told(&site, "members/ada").await?["refusals_since"].is_i64());
        // Erased, a prize stays ticked off.
        product.api(Method::DELETE, &format!("sites/{name}/members/ada"), None).await?;
        let winners = told(&site, "draws/lucky/winners").await?;
        assert_eq!((&winners[0]["handed"]["by"], &winners[0]["member"]), (&json!("key"), &Value::Null));
        Ok(())
    });
}

#[test]
fn a_publication_tells_what_ends_by_it_and_for_how_many() {
    own(async |product| {
        let site = shop(product).await?;
        for member in ["ada", "ben"] {
            done(&site, member, &format!("o:{member}"), give(20)).await?;
            done(&site, member, &id(), redeem("mug")).await?;
            let ticket = json!({ "id": delivery::fresh_id(), "draw": "lucky" });
            product.api(Method::POST, &format!("sites/{}/members/{member}/tickets", site.id), Some(&ticket)).await?;
        }
        let mut less = program();
        less["draws"] = json!([]);
        less["rewards"].as_array_mut().unwrap().retain(|reward| reward["name"] == "film");
        less["tiers"].as_array_mut().unwrap().remove(0);
        product.api(Method::PUT, &format!("sites/{}/loyalty", site.id), Some(&less)).await?;
        let ending = told(&site, "loyalty/simulation").await?["ending"].clone();
        let part = |part: &str, name: &str, many: u32, left: u32| json!({ "part": part, "name": name, "members": 2, "many": many, "left": left });
        assert_eq!(
            ending,
            json!([part("draw", "lucky", 2, 7), part("reward", "mug", 2, 0), part("tier", "base", 2, 0)])
        );
        assert_eq!(publish(&site, &less).await?["ended"], ending);
        Ok(())
    });
}

#[test]
fn the_older_accounts_lines_stay_in_sight_after_a_merge() {
    own(async |product| {
        let site = shop(product).await?;
        let (mine, secret) = (member_door::device(), member_door::secret(&site).await?);
        member_door::done(&site, "check-in", &json!({ "id": id(), "secret": mine })).await?;
        let token = member_door::token(&site, "ada", &secret);
        done(&site, "ada", "o:start", give(10)).await?;
        member_door::done(&site, "points", &json!({ "secret": mine, "token": token })).await?;
        let whole = told(&site, "members/ada").await?;
        let older = &whole["merged"][0];
        let last = older["entries"].as_array().context("lines")?.len();
        assert_eq!((&older["points"], &older["chain"]), (&json!(2), &json!({ "from": 1, "to": last, "broken": null })));
        assert_eq!(older["entries"][0]["kind"], "merged_into");
        let export = told(&site, "members/ada/export").await?;
        assert_eq!(export["merged"][0]["entries"].as_array().map(Vec::len), Some(last));
        assert!(export["next"].is_null(), "that was all");
        let some = told(&site, "members/ada/export?before=2").await?;
        assert_eq!((some["entries"].as_array().map(Vec::len), &some["merged"]), (Some(1), &json!([])));
        Ok(())
    });
}

#[test]
fn a_copy_in_kv_of_the_same_length_that_says_something_else_is_found() {
    own(async |product| {
        let site = shop(product).await?;
        done(&site, "ada", "o:start", give(10)).await?;
        let ours = told(&site, "members/ada").await?["id"].as_str().context("an id")?.to_owned();
        settled(&site).await?;
        let audit = format!("sites/{}/audit/ledgers", site.id);
        let healthy = product.api(Method::POST, &audit, None).await?;
        assert_eq!((&healthy["into_kv"], &healthy["into_index"]), (&json!(0), &json!(0)), "{healthy}");
        for key in [format!("l/{}/{ours}", site.id), format!("l/{}/{ours}/000000", site.id)] {
            let whole = product.cloud.kv.get(&key).context("a value")?;
            let mut other = whole.clone();
            other.value = other.value.replace("o:start", "o:other").replace("\"ada\"", "\"eve\"");
            other.metadata.as_mut().context("metadata")?["h"] = json!("0123456789abcdef");
            product.cloud.kv.put(&key, other)?;
            let found = product.api(Method::POST, &audit, None).await?;
            assert_eq!(found["into_kv"], 1, "{key}: {found}");
            settled(&site).await?;
            assert_eq!(product.cloud.kv.get(&key).context("a value")?, whole);
        }
        Ok(())
    });
}
