//! The ledger under everything that could make it lie: many at once, the same thing again, a power cut, a KV that fails, an object
//! that is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use rapport_core::loyalty::entry::Entry;
use rapport_local::{Effect, Fault, Operation};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, eventually, wait, widgets};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::own;
use crate::wire::{id, id_at, now, settled};

/// A site with a programme: a mug by hand, ten in stock; coupons with codes; a wish without end.
pub async fn programme(product: &Product) -> Result<Site<'_>> {
    let site = product.site(&[widgets::nps()]).await?;
    let label = |text: &str| json!({ "en": text });
    let text = json!({ "type": "text", "text": { "en": "Thank you" } });
    let program = json!({
        "name": label("Club"), "currency": "EUR",
        "rules": [
            { "name": "check_in", "when": { "type": "check_in" }, "points": 2 },
            { "name": "purchase", "when": { "type": "purchase", "per": 100 }, "points": 1 },
        ],
        "rewards": [
            { "name": "mug", "label": label("Mug"), "gives": text, "cost": 10, "stock": 10 },
            { "name": "coupon", "label": label("Coupon"), "gives": { "type": "amount", "amount": 500 }, "cost": 5 },
            { "name": "wish", "label": label("Wish"), "gives": text, "cost": 3, "by_hand": true },
        ],
    });
    let path = format!("sites/{}/loyalty", site.id);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(site)
}

/// Status and reply of one act.
pub async fn act(client: &Client, at: &str, member: &str, id: &str, action: &Value) -> Result<(u16, Value)> {
    let address = format!("{at}/members/{member}/acts");
    let request = client.post(address).bearer_auth(OWNER_KEY).json(&json!({ "id": id, "action": action }));
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    Ok((status, serde_json::from_str(&answer.text().await?)?))
}

pub fn at(site: &Site<'_>) -> String {
    format!("{}/api/v1/sites/{}", site.product().url(), site.id)
}

pub async fn done(site: &Site<'_>, member: &str, id: &str, action: Value) -> Result<Value> {
    let (status, reply) = act(site.product().client(), &at(site), member, id, &action).await?;
    anyhow::ensure!(status == 200, "{status}: {reply}");
    Ok(reply)
}

pub fn give(points: i64) -> Value {
    json!({ "type": "adjust", "delta": points, "why": "a start" })
}

pub fn redeem(reward: &str) -> Value {
    json!({ "type": "redeem", "reward": reward })
}

/// A member's whole ledger, oldest first, and the balance; checked as anybody can check it.
pub async fn ledger(site: &Site<'_>, member: &str) -> Result<(Vec<Entry>, i64)> {
    site.ledger(member).await?.with_context(|| format!("there is no member {member}"))
}

async fn stock(site: &Site<'_>) -> Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/rewards", site.id), None).await
}

async fn redemptions(site: &Site<'_>, query: &str) -> Result<Vec<Value>> {
    let page = site.product().api(Method::GET, &format!("sites/{}/redemptions?{query}", site.id), None).await?;
    Ok(page["items"].as_array().context("no list")?.clone())
}

#[test]
fn of_200_who_want_the_last_10_at_once_10_get_one() {
    own(async |product| {
        let site = programme(product).await?;
        for n in 0..20 {
            done(&site, &format!("c{n}"), &format!("o:start:{n}"), give(100)).await?;
        }
        let (at, client) = (at(&site), product.client().clone());
        let wishes: Vec<_> = (0..200)
            .map(|n| {
                let (client, at) = (client.clone(), at.clone());
                tokio::spawn(async move { act(&client, &at, &format!("c{}", n % 20), &id(), &redeem("mug")).await })
            })
            .collect();
        let mut outcomes = BTreeMap::<(u16, String), u32>::new();
        for wish in wishes {
            let (status, reply) = wish.await??;
            *outcomes.entry((status, reply["code"].as_str().unwrap_or("done").to_owned())).or_default() += 1;
        }
        println!("200 redemptions of the last 10: {outcomes:?}");
        assert_eq!(outcomes.get(&(200, "done".to_owned())), Some(&10));
        assert_eq!(outcomes.len(), 2, "everybody else is told the same");
        assert_eq!(stock(&site).await?, json!([{ "reward": "mug", "taken": 10, "codes": 0, "given": 0 }]));
        let mut spent = 0;
        for n in 0..20 {
            spent += 100 - ledger(&site, &format!("c{n}")).await?.1;
        }
        assert_eq!(spent, 100);
        assert_eq!(redemptions(&site, "limit=200&state=captured").await?.len(), 10);
        Ok(())
    });
}

#[test]
fn the_same_id_fifty_times_at_once_spends_once_whatever_the_devices_clock_says() {
    own(async |product| {
        let site = programme(product).await?;
        done(&site, "ada", "o:start", give(100)).await?;
        let (address, client) = (at(&site), product.client().clone());
        const SKEW: i64 = 48 * 3_600_000;
        for (n, moment) in [now(), now() - SKEW, now() + SKEW].into_iter().enumerate() {
            let same = id_at(moment);
            let tries: Vec<_> = (0..50)
                .map(|_| {
                    let (client, address, same) = (client.clone(), address.clone(), same.clone());
                    tokio::spawn(async move { act(&client, &address, "ada", &same, &redeem("mug")).await })
                })
                .collect();
            let (mut replies, mut first) = (BTreeSet::new(), 0);
            for one in tries {
                let (status, reply) = one.await??;
                assert_eq!(status, 200, "{reply}");
                first += u32::from(reply["again"] == false);
                replies.insert(reply["entries"].to_string());
            }
            assert_eq!((replies.len(), first), (1, 1), "all are told the same, and one did it");
            let (lines, balance) = ledger(&site, "ada").await?;
            assert_eq!((lines.len(), balance), (1 + 2 * (n + 1), 100 - 10 * (n as i64 + 1)));
            assert!((lines.last().unwrap().at.0 - now()).abs() < 60_000, "dated by the site's clock");
        }
        // Somebody else's id is nobody else's.
        let taken = ledger(&site, "ada").await?.0.last().unwrap().id.clone();
        let (status, reply) = act(&client, &address, "bob", &taken, &give(5)).await?;
        assert_eq!((status, reply["field"].as_str()), (422, Some("id")), "{reply}");
        assert_eq!(stock(&site).await?[0]["taken"], 3);
        Ok(())
    });
}

#[test]
fn codes_go_out_once_and_a_voided_hold_gives_everything_back() {
    own(async |product| {
        let site = programme(product).await?;
        let path = format!("sites/{}/rewards/coupon/codes", site.id);
        let text: String = (0..10_000).map(|n| format!("SAVE-{n:05}\n")).collect();
        let added = product.api(Method::POST, &path, Some(&json!({ "text": text }))).await?;
        assert_eq!((&added["added"], &added["stock"]["codes"]), (&json!(10_000), &json!(10_000)));
        let again = json!({ "text": "code,note\nSAVE-00007,x\nNEW-1,y\nNEW-1,z\n" });
        let added = product.api(Method::POST, &path, Some(&again)).await?;
        assert_eq!((&added["added"], &added["duplicates"]), (&json!(1), &json!(["SAVE-00007", "NEW-1"])));
        let long = json!({ "text": "x".repeat(65) });
        let refused = product.api(Method::POST, &path, Some(&long)).await.unwrap_err().to_string();
        assert!(refused.contains("422") && refused.contains("codes[0]"), "{refused}");
        done(&site, "ada", "o:start", give(100)).await?;
        let mut codes = BTreeSet::new();
        for _ in 0..5 {
            let reply = done(&site, "ada", &id(), redeem("coupon")).await?;
            codes.insert(reply["entries"][1]["note"].as_str().unwrap().to_owned());
        }
        assert_eq!(codes.len(), 5);
        // By hand: held, given back, held again and handed out.
        let (first, second) = (id(), id());
        assert_eq!(done(&site, "ada", &first, redeem("wish")).await?["balance"], 72);
        assert_eq!(redemptions(&site, "state=held").await?.len(), 1);
        let void = json!({ "type": "void", "hold": first, "why": "not today" });
        assert_eq!(done(&site, "ada", "o:void:1", void.clone()).await?["balance"], 75);
        assert_eq!(done(&site, "ada", "o:void:1", void).await?["again"], true);
        done(&site, "ada", &second, redeem("wish")).await?;
        done(&site, "ada", "o:capture:1", json!({ "type": "capture", "hold": second })).await?;
        let states: Vec<_> = redemptions(&site, "reward=wish").await?.iter().map(|one| one["state"].clone()).collect();
        assert_eq!(states, [json!("captured"), json!("voided")]);
        let removed = product.api(Method::POST, &format!("{path}/remove"), Some(&json!({}))).await?;
        assert_eq!((&removed["removed"], &removed["stock"]["codes"]), (&json!(9_996), &json!(5)));
        let (status, reply) = act(product.client(), &at(&site), "ada", &id(), &redeem("coupon")).await?;
        assert_eq!((status, reply["code"].as_str()), (409, Some("sold_out")), "{reply}");
        Ok(())
    });
}

#[test]
fn a_power_cut_in_a_storm_loses_nothing_and_does_nothing_twice() {
    own(async |product| {
        let site = programme(product).await?;
        for n in 0..8 {
            done(&site, &format!("c{n}"), &format!("o:start:{n}"), give(1_000)).await?;
        }
        let (address, name) = (at(&site), site.id.clone());
        let acknowledged = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
        let asked = Arc::new(Mutex::new(Vec::<(usize, String)>::new()));
        // KV is down all the while.
        product.cloud.kv.fail(Fault::new(Effect::Status(503)).on(Operation::Write));
        for _ in 0..3 {
            let senders: Vec<_> = (0..8)
                .map(|n| {
                    let (client, address) = (product.client().clone(), address.clone());
                    let (acknowledged, asked) = (Arc::clone(&acknowledged), Arc::clone(&asked));
                    tokio::spawn(async move {
                        loop {
                            let id = id();
                            asked.lock().unwrap().push((n, id.clone()));
                            match act(&client, &address, &format!("c{n}"), &id, &give(-1)).await {
                                Ok((200, _)) => drop(acknowledged.lock().unwrap().insert(id, n)),
                                _ => return,
                            }
                        }
                    })
                })
                .collect();
            let before = acknowledged.lock().unwrap().len();
            wait::wait_within(Duration::from_secs(60), "some load", async || {
                Ok((acknowledged.lock().unwrap().len() >= before + 60).then_some(()))
            })
            .await?;
            product.cloud.workerd.kill().await?;
            for sender in senders {
                sender.await?;
            }
            product.cloud.workerd.launch().await?;
        }
        product.cloud.kv.heal();
        let site = product.known_site(&name);
        // What was never answered is asked again, as a device does.
        let (asked, known) = (asked.lock().unwrap().clone(), acknowledged.lock().unwrap().clone());
        let open: Vec<_> = asked.iter().filter(|(_, id)| !known.contains_key(id)).collect();
        let mut found = 0;
        for (n, id) in &open {
            found += u32::from(done(&site, &format!("c{n}"), id, give(-1)).await?["again"] == true);
        }
        println!(
            "{} acts acknowledged over 3 power cuts; {} were cut off, {found} of them had been committed",
            known.len(),
            open.len()
        );
        let mut lines = BTreeSet::new();
        for n in 0..8 {
            let (entries, balance) = ledger(&site, &format!("c{n}")).await?;
            assert_eq!(balance, 1_000 - (entries.len() as i64 - 1));
            for entry in entries {
                assert!(lines.insert(entry.id.clone()), "{} is there twice", entry.id);
            }
        }
        assert_eq!(lines.len(), asked.len() + 8, "everything that was asked, once");
        assert!(known.keys().all(|id| lines.contains(id)));
        Ok(())
    });
}

/// Everything that the ledger says: by member lines and balance, stock, redemptions.
async fn everything(site: &Site<'_>, members: usize) -> Result<Value> {
    let mut all = BTreeMap::new();
    for n in 0..members {
        let (entries, balance) = ledger(site, &format!("c{n}")).await?;
        all.insert(n, json!({ "entries": entries, "balance": balance }));
    }
    Ok(json!({ "members": all, "stock": stock(site).await?, "redemptions": redemptions(site, "limit=200").await? }))
}

#[test]
fn a_lost_object_comes_back_from_kv_with_the_same_balances_stock_and_codes() {
    own(async |product| {
        let site = programme(product).await?;
        let name = site.id.clone();
        let codes = json!({ "text": (0..30).map(|n| format!("K{n:02}\n")).collect::<String>() });
        product.api(Method::POST, &format!("sites/{name}/rewards/coupon/codes"), Some(&codes)).await?;
        let (wish, taken) = (id(), id());
        for n in 0..4 {
            let member = format!("c{n}");
            done(&site, &member, &format!("o:start:{n}"), give(200)).await?;
            // More than one page of lines.
            for _ in 0..18 {
                done(&site, &member, &id(), give(1)).await?;
            }
            for reward in ["mug", "coupon", "coupon"] {
                done(&site, &member, &id(), redeem(reward)).await?;
            }
        }
        for n in 0..40 {
            done(&site, "c0", &format!("o:more:{n}"), give(1)).await?;
        }
        done(&site, "c1", &wish, redeem("wish")).await?;
        done(&site, "c2", &taken, redeem("wish")).await?;
        done(&site, "c2", "o:c", json!({ "type": "capture", "hold": taken })).await?;
        let before = everything(&site, 4).await?;
        settled(&site).await?;
        product.cloud.workerd.kill().await?;
        lose(product)?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        product.api(Method::POST, &format!("sites/{name}/rebuild"), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(everything(&site, 4).await?, before);
        // Acts of before are known, codes of before are gone, and what was held can be handed out.
        assert_eq!(done(&site, "c0", "o:more:7", give(1)).await?["again"], true);
        let reply = done(&site, "c3", &id(), redeem("coupon")).await?;
        assert_eq!(reply["entries"][1]["note"], "K08");
        done(&site, "c1", "o:late", json!({ "type": "capture", "hold": wish })).await?;
        // And a rebuild of what is whole changes nothing.
        settled(&site).await?;
        let before = everything(&site, 4).await?;
        product.api(Method::POST, &format!("sites/{name}/rebuild"), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(everything(&site, 4).await?, before);
        Ok(())
    });
}

/// Deletes what the site's object has on disk, while the runtime is down.
pub fn lose(product: &Product) -> Result<()> {
    let mut lost = 0;
    for file in walk(product.cloud.workerd.objects())? {
        let ours = fs::read(&file).unwrap_or_default().windows(12).any(|bytes| bytes == b"redemption (");
        let stem = file.to_string_lossy().split(".sqlite").next().unwrap().to_owned();
        if ours {
            for sibling in walk(product.cloud.workerd.objects())? {
                if sibling.to_string_lossy().starts_with(&stem) {
                    fs::remove_file(sibling)?;
                    lost += 1;
                }
            }
        }
    }
    assert!(lost > 0, "no database was found");
    Ok(())
}

fn walk(folder: &std::path::Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(walk(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

#[test]
fn whoever_is_erased_is_gone_here_and_in_kv_and_others_keep_what_they_have() {
    own(async |product| {
        let site = programme(product).await?;
        for member in ["c0", "c1"] {
            done(&site, member, &format!("o:{member}"), give(50)).await?;
            done(&site, member, &id(), redeem("mug")).await?;
        }
        let member = done(&site, "c1", &id(), give(1)).await?["member"].as_str().unwrap().to_owned();
        settled(&site).await?;
        let before = ledger(&site, "c0").await?;
        let kv = &product.cloud.kv;
        let keys = || kv.keys(&format!("l/{}/{member}", site.id));
        assert_eq!(keys().len(), 2, "the member and one page");
        let copies: Vec<_> = keys().into_iter().map(|key| (key.clone(), kv.get(&key).unwrap())).collect();
        product.api(Method::DELETE, &format!("sites/{}/members/c1", site.id), None).await?;
        eventually("KV has forgotten", async || Ok(keys().is_empty())).await?;
        for (key, copy) in copies {
            kv.put(&key, copy)?;
        }
        product.api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        let gone = product.api(Method::GET, &format!("sites/{}/members/c1/ledger", site.id), None).await;
        assert!(gone.unwrap_err().to_string().contains("404"));
        assert_eq!(ledger(&site, "c0").await?, before);
        Ok(())
    });
}
