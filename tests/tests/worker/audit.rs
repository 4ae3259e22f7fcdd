//! The index can be lost, and KV can be damaged: either is mended from the other.

use rapport_local::{Entry, Pace};
use rapport_tests::{Site, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::own;
use crate::wire::{counts, deliver, id, now, nps, post, response, settled};

async fn audit(site: &Site<'_>) -> anyhow::Result<Value> {
    site.product().api(Method::POST, &format!("sites/{}/audit", site.id), None).await
}

async fn rebuild(site: &Site<'_>) -> anyhow::Result<()> {
    site.product().api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
    eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await
}

/// Answers of several kinds and revisions, and some views.
async fn busy_day(site: &Site<'_>) -> anyhow::Result<()> {
    for point in 0..11 {
        deliver(site, &nps(&id(), point)).await?;
    }
    let revised = id();
    deliver(site, &response(&revised, 1, "csat", true, json!([["csat", "1"]]))).await?;
    deliver(site, &response(&revised, 2, "csat", true, json!([["csat", "5"]]))).await?;
    deliver(site, &response(&id(), 1, "csat", false, json!([["csat", "3"]]))).await?;
    post(site, &json!({ "v": 1, "views": [{ "widget": "nps", "version": 1, "moments": ["seen"] }] })).await?;
    Ok(())
}

#[test]
fn rebuilt_counts_equal_the_live_ones() {
    own(async |product| {
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        busy_day(&site).await?;
        eventually("all but the partial one in KV", async || Ok(site.status().await?["pending"] == 1)).await?;
        let (before, responses) = (counts(&site).await?, site.status().await?["responses"].clone());
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, before);
        assert_eq!(site.status().await?["responses"], responses);
        // And everything is still known by its id.
        assert_eq!(deliver(&site, &serde_json::from_str(&redelivered(&site)?)?).await?["duplicate"], true);
        Ok(())
    });
}

#[test]
fn what_kvs_lists_do_not_show_yet_survives_a_rebuild() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        deliver(&site, &nps(&id(), 3)).await?;
        settled(&site).await?;
        let minute = Some(std::time::Duration::from_secs(60));
        product.cloud.kv.set_pace(Pace { list_lag: minute, ..Pace::default() });
        deliver(&site, &nps(&id(), 9)).await?;
        let day = rapport_core::time::Timestamp(now()).day().plus(-1).to_string();
        let views =
            json!({ "views": [{ "v": 1, "day": day, "counts": [{ "widget": "nps", "version": 1, "seen": 5 }] }] });
        product.api(Method::POST, &format!("sites/{}/import", site.id), Some(&views)).await?;
        settled(&site).await?;
        assert!(product.cloud.kv.get(&format!("n/{}/0/{day}", site.id)).is_some());
        let before = counts(&site).await?;
        assert_eq!(crate::wire::count(&site, "seen").await?, 7);
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, before);
        assert_eq!(site.status().await?["responses"], 2);
        Ok(())
    });
}

/// One of the stored responses, as its device would send it again.
fn redelivered(site: &Site<'_>) -> anyhow::Result<String> {
    let stored = site.responses()?.into_iter().find(|response| response["widget"] == "nps").unwrap();
    let point = stored["answers"][0][1].as_str().unwrap().parse()?;
    Ok(nps(stored["id"].as_str().unwrap(), point).to_string())
}

#[test]
fn an_audit_of_a_healthy_day_agrees() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        for _ in 0..3 {
            deliver(&site, &nps(&id(), 10)).await?;
        }
        settled(&site).await?;
        let report = audit(&site).await?;
        assert_eq!(
            (&report["agrees"], &report["index"][0], &report["index"]),
            (&json!(true), &json!(3), &report["kv"])
        );
        Ok(())
    });
}

#[test]
fn what_kv_lost_comes_back_from_the_index() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        for _ in 0..3 {
            deliver(&site, &nps(&id(), 10)).await?;
        }
        settled(&site).await?;
        let kv = &product.cloud.kv;
        let lost = kv.keys(&format!("r/{}/", site.id)).remove(1);
        let value = kv.get(&lost).unwrap();
        kv.delete(&lost)?;
        let report = audit(&site).await?;
        assert_eq!(
            (&report["agrees"], &report["into_kv"], &report["into_index"]),
            (&json!(false), &json!(1), &json!(0))
        );
        eventually("the lost value", async || Ok(kv.get(&lost).is_some_and(|found| found.value == value.value)))
            .await?;
        eventually("an audit that agrees", async || Ok(audit(&site).await?["agrees"] == true)).await
    });
}

#[test]
fn what_the_index_lacks_comes_from_kv() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        deliver(&site, &nps(&id(), 10)).await?;
        settled(&site).await?;
        let kv = &product.cloud.kv;
        let key = kv.keys(&format!("r/{}/", site.id)).remove(0);
        let (day, old) = key.rsplit_once('/').unwrap();
        let new = crate::wire::id_at(now());
        let mut entry: Entry = kv.get(&key).unwrap();
        entry.value = entry.value.replace(old, &new);
        kv.put(&format!("{day}/{new}"), entry)?;
        let report = audit(&site).await?;
        assert_eq!((&report["agrees"], &report["into_index"]), (&json!(false), &json!(1)));
        assert_eq!(crate::wire::count(&site, "q/nps/10").await?, 2);
        assert_eq!(audit(&site).await?["agrees"], true);
        Ok(())
    });
}

#[test]
fn an_imported_past_is_kept_like_everything_else_and_survives_a_rebuild() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let yesterday = now() - 86_400_000;
        let day = rapport_core::time::Timestamp(yesterday).day().to_string();
        let old = crate::wire::id_at(yesterday);
        let import = json!({
            "responses": [{
                "v": 1, "id": old, "site": site.id, "widget": "nps", "version": 1, "revision": 1, "complete": true,
                "answers": [["nps", "4"]], "keys": ["seen", "started", "answered", "completed", "q/nps", "q/nps/4"],
                "active_ms": 5000, "page": "", "locale": "en", "device": "phone", "visitor": "someone", "received": yesterday,
            }],
            "views": [{ "v": 1, "day": day, "counts": [{ "widget": "nps", "version": 1, "seen": 40, "dismissed": 7 }] }],
        });
        let path = format!("sites/{}/import", site.id);
        let done = product.api(Method::POST, &path, Some(&import)).await?;
        assert_eq!(done, json!({ "accepted": 1, "duplicate": 0 }));
        settled(&site).await?;
        let views = product.cloud.kv.get(&format!("n/{}/0/{day}", site.id)).expect("the views of a day that is over");
        assert!(views.value.contains("\"seen\":40"), "{}", views.value);
        assert!(product.cloud.kv.get(&format!("r/{}/{day}/{old}", site.id)).is_some());
        let before = counts(&site).await?;
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, before);
        assert_eq!(crate::wire::count(&site, "seen").await?, 41);
        let foreign = json!({ "responses": [{ "v": 1, "id": old, "site": "another", "widget": "nps", "version": 1, "revision": 1,
            "complete": true, "answers": [], "keys": [], "active_ms": 0, "page": "", "locale": "", "device": "", "visitor": "", "received": 0 }] });
        let refused = product.api(Method::POST, &path, Some(&foreign)).await.unwrap_err().to_string();
        assert!(refused.contains("422") && refused.contains("responses[0].site"), "{refused}");
        Ok(())
    });
}
