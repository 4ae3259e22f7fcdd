//! Members as the owner looks at them: found, filtered, sorted, and counted as anybody can count them by hand.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use rapport_core::loyalty::action::{Action, Answered};
use rapport_core::name::Name;
use rapport_local::Entry as Value;
use rapport_tests::delivery::response;
use rapport_tests::people::{Life, keep, lives, now, program, rebuild};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, widgets};
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::ledger::{act, at, give, redeem};
use crate::own;
use crate::wire::{id, settled};

/// Purchases, answers, two rewards; a hundred points cost a euro.
async fn shop(product: &Product) -> Result<Site<'_>> {
    let site = product.site(&[widgets::nps()]).await?;
    let text = json!({ "type": "text", "text": "Thank you" });
    let program = json!({
        "name": "Club", "currency": "EUR", "cost_of_100": 100,
        "rules": [
            { "name": "order", "when": { "type": "purchase", "per": 100 }, "points": 1 },
            { "name": "answer", "when": { "type": "response" }, "points": 5 },
        ],
        "tiers": [{ "name": "silver", "label": "Silver", "color": "#888888", "from": 400 }],
        "rewards": [
            { "name": "mug", "label": "A mug", "gives": text, "cost": 10 },
            { "name": "house", "label": "A house", "gives": text, "cost": 100_000 },
        ],
    });
    let path = format!("sites/{}/loyalty", site.id);
    product.api(Method::PUT, &path, Some(&program)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(site)
}

/// All members that the query finds, page by page along the header `Link`.
async fn found(site: &Site<'_>, query: &str) -> Result<Vec<Json>> {
    let product = site.product();
    let (mut all, mut next) = (Vec::new(), Some(format!("/api/v1/sites/{}/members?limit=7&{query}", site.id)));
    while let Some(path) = next.take() {
        let answer = product.client().get(format!("{}{path}", product.url())).bearer_auth(OWNER_KEY).send().await?;
        anyhow::ensure!(answer.status() == 200, "{path}: {} {}", answer.status(), answer.text().await?);
        let link = answer.headers().get("link").and_then(|link| link.to_str().ok()).map(str::to_owned);
        next = link.and_then(|link| Some(link.strip_prefix('<')?.split('>').next()?.to_owned()));
        all.extend(answer.json::<Vec<Json>>().await?);
    }
    Ok(all)
}

fn names(members: &[Json]) -> BTreeSet<String> {
    let name = |member: &Json| member["profile"]["name"].as_str().unwrap().to_owned();
    members.iter().map(name).collect()
}

/// How many there are of each first name.
fn first_names(members: &[Json]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in names(members) {
        *counts.entry(name.split(' ').next().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

fn only(name: &str, count: usize) -> BTreeMap<String, usize> {
    BTreeMap::from([(name.to_owned(), count)])
}

async fn figures(site: &Site<'_>) -> Result<Json> {
    site.product().api(Method::GET, &format!("sites/{}/loyalty/figures", site.id), None).await
}

async fn whole(site: &Site<'_>, member: &str) -> Result<Json> {
    site.product().api(Method::GET, &format!("sites/{}/members/{member}", site.id), None).await
}

#[test]
fn members_are_found_and_counted_as_by_hand() {
    own(async |product| {
        let site = shop(product).await?;
        let rules = program(&site).await?;
        let mug = Action::Redeem { reward: Name::parse("mug")? };
        let lives: Vec<Life> = lives()
            .into_iter()
            .map(|life| if life.name.starts_with("Ada") { life.then(5, mug.clone()) } else { life })
            .collect();
        let pasts = lives.iter().map(|life| life.lived(&rules, now())).collect::<Result<Vec<_>>>()?;
        keep(product, &site.id, &pasts)?;
        rebuild(&site).await?;

        // Everybody, once, who was here last first.
        let all = found(&site, "").await?;
        assert_eq!((all.len(), names(&all).len()), (24, 24));
        let seen: Vec<i64> = all.iter().map(|member| member["insight"]["seen"].as_i64().unwrap()).collect();
        assert!(seen.is_sorted_by(|a, b| a >= b), "{seen:?}");
        let richest = found(&site, "sort=balance").await?;
        let balances: Vec<i64> = richest.iter().map(|member| member["standing"]["balance"].as_i64().unwrap()).collect();
        assert!(balances.is_sorted_by(|a, b| a >= b), "{balances:?}");
        assert_eq!(balances.iter().sum::<i64>(), 3_350);

        // What the database filters by is what is said of each.
        for (stage, who, count) in
            [("loyal", "Ada", 6), ("at_risk", "Bob", 6), ("lost", "Cleo", 5), ("new", "Dan", 4), ("active", "Eve", 3)]
        {
            let some = found(&site, &format!("stage={stage}")).await?;
            assert_eq!(first_names(&some), only(who, count), "{stage}");
            assert!(some.iter().all(|member| member["insight"]["stage"] == stage));
        }
        let mut grouped = 0;
        for (group, count) in [("high", 6), ("middle", 6), ("low", 12)] {
            let some = found(&site, &format!("group={group}&sort=balance")).await?;
            assert_eq!(some.len(), count, "{group}: {:?}", first_names(&some));
            assert!(some.iter().all(|member| member["insight"]["rfm"]["group"] == group));
            grouped += some.len();
        }
        assert_eq!(grouped, 24);
        assert_eq!(first_names(&found(&site, "tier=silver").await?), only("Ada", 6));
        assert_eq!(found(&site, "tier=-").await?.len(), 18);
        assert_eq!(first_names(&found(&site, "tier=silver&stage=loyal&group=high").await?), only("Ada", 6));
        assert_eq!(found(&site, "tier=silver&stage=lost").await?.len(), 0);

        // Searched by part of a name, an address or the owner's id, or by the whole of ours.
        assert_eq!(first_names(&found(&site, "q=cLEO").await?), only("Cleo", 5));
        assert_eq!(names(&found(&site, "q=c-17@people").await?), BTreeSet::from(["Dan 17".to_owned()]));
        assert_eq!(found(&site, "q=c-1&sort=balance").await?.len(), 11);
        assert_eq!(found(&site, "q=%25").await?.len(), 0, "no pattern");
        let ours = all[3]["id"].as_str().context("an id")?;
        assert_eq!(names(&found(&site, &format!("q={ours}")).await?), names(&all[3..4]));

        let told = figures(&site).await?;
        assert_eq!(told["stages"], json!({ "new": 4, "active": 3, "loyal": 6, "at_risk": 6, "lost": 5 }));
        assert_eq!(told["groups"], json!({ "high": 6, "middle": 6, "low": 12 }));
        assert_eq!((&told["members"], &told["basis"]), (&json!(24), &json!("orders")));
        // Ada, Bob and Cleo came long enough ago; of them three of Cleo's name bought once.
        assert_eq!((&told["loyalty"]["of"], &told["window_days"]), (&json!(17), &json!(90)));
        assert!((told["loyalty"]["value"].as_f64().unwrap() - 14.0 / 17.0).abs() < 1e-9);
        assert_eq!((&told["redemption"]["of"], &told["redemption"]["value"]), (&json!(24), &json!(0.25)));
        let liability = &told["liability"];
        assert_eq!((&liability["outstanding"], &liability["points"]["redeemed"]), (&json!(3_350), &json!(60)));
        assert_eq!((&liability["most"], &liability["redeemed_share"]), (&json!(3_350), &Json::Null));
        let cohorts = told["cohorts"].as_array().unwrap();
        assert_eq!(cohorts.iter().map(|month| month["members"].as_u64().unwrap()).sum::<u64>(), 24);
        let often: Vec<_> = cohorts.iter().filter(|month| month["members"] == 6).collect();
        assert_eq!(often.len(), 2, "Ada's month and Bob's");
        assert!(often.iter().all(|month| month["back"][0]["value"] == 1.0), "they came every month");

        // One of them, with what they are worth: 21 orders of 20 euros in 205 days.
        let ada = whole(&site, "c-0").await?;
        let value = &ada["insight"]["value"];
        assert_eq!((&value["mean_order"], &value["over_days"]), (&json!(2_000.0), &json!(205)));
        assert_eq!(ada["insight"]["risk"]["from"], "own");
        assert!(value["clv"].as_f64().unwrap() > 40_000.0, "{value}");
        assert_eq!(ada["chain"], json!({ "from": 1, "to": ada["lines"], "broken": null }));
        Ok(())
    });
}

#[test]
fn one_member_is_told_with_refusals_responses_note_and_a_chain_that_shows_where_it_was_broken() {
    own(async |product| {
        let site = shop(product).await?;
        let answer = response("nps", &[("nps", "9")]);
        site.deliver(&answer).await?;
        settled(&site).await?;
        let given = answer["response"]["id"].as_str().unwrap().to_owned();
        let answered =
            Action::Response { response: given.clone(), widget: Name::parse("nps")?, answered: Answered::Survey };
        let life = Life::buys("Grace", "c-7", 5_000, (40, 10, 10)).then(0, answered);
        let mut past = life.lived(&program(&site).await?, now())?;
        keep(product, &site.id, std::slice::from_ref(&past))?;
        rebuild(&site).await?;
        let member = whole(&site, "c-7").await?;
        let (ours, balance) = (member["id"].as_str().unwrap().to_owned(), member["standing"]["balance"].clone());
        assert_eq!((&member["responses"], &balance), (&json!([given]), &json!(205)));

        // Below zero nobody is taken, and what a rule stands in the way of is told once, however often it is tried.
        let (status, refused) = act(product.client(), &at(&site), "c-7", &id(), &give(-206)).await?;
        assert_eq!((status, &refused["code"]), (409, &json!("not_enough")), "{refused}");
        for _ in 0..3 {
            act(product.client(), &at(&site), "c-7", &id(), &redeem("house")).await?;
        }
        let member = whole(&site, "c-7").await?;
        let refusals = member["refusals"].as_array().unwrap();
        assert_eq!(
            (refusals.len(), &refusals[0]["act"], &refusals[0]["about"]),
            (1, &json!("redeem"), &json!("house"))
        );
        assert_eq!(refusals[0]["denied"], json!({ "type": "not_enough", "lacks": 99_795 }));
        assert_eq!(member["standing"]["balance"], balance);

        let path = format!("sites/{}/members/{ours}", site.id);
        product.api(Method::PUT, &format!("{path}/note"), Some(&json!({ "text": " Rang twice. " }))).await?;
        assert_eq!(whole(&site, "c-7").await?["note"], "Rang twice.");
        let export = product.api(Method::GET, &format!("{path}/export"), None).await?;
        assert_eq!((export["entries"].as_array().map(Vec::len), &export["member"]["id"]), (Some(5), &json!(ours)));
        assert_eq!(export["responses"][0]["id"], json!(given));
        settled(&site).await?;

        // Somebody gets at KV and makes the third line worth more.
        let key = format!("l/{}/{ours}/000000", site.id);
        past.entries[2].delta += 1_000;
        let body = json!({ "v": 1, "member": ours, "page": 0, "entries": past.entries });
        product.cloud.kv.put(&key, Value::new(body.to_string()))?;
        product.api(Method::DELETE, &path, None).await?;
        let other = shop(product).await?;
        product.cloud.kv.put(&format!("l/{}/{ours}", other.id), Value::new(serde_json::to_string(&past.member)?))?;
        product.cloud.kv.put(&format!("l/{}/{ours}/000000", other.id), Value::new(body.to_string()))?;
        rebuild(&other).await?;
        let torn = whole(&other, "c-7").await?;
        assert_eq!((&torn["chain"]["broken"], &torn["lines"]), (&json!(3), &json!(2)), "{torn}");
        // Whoever was erased is in no list and in no sum.
        assert_eq!(found(&site, "").await?.len(), 0);
        assert_eq!(figures(&site).await?["members"], 0);
        Ok(())
    });
}
