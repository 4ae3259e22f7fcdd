//! The owner's inbox: found by whatever a response is, changed in bulk, left out of figures, kept in KV a day in one value, and
//! the same after a rebuild.

use rapport_tests::{Site, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::own;
use crate::wire::{count, counts, deliver, id, nps, response, settled};

pub async fn find(site: &Site<'_>, query: &str) -> anyhow::Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/inbox?{query}", site.id), None).await
}

fn ids(found: &Value) -> Vec<String> {
    let items = found["items"].as_array().unwrap();
    items.iter().map(|item| item["response"]["id"].as_str().unwrap().to_owned()).collect()
}

async fn change(site: &Site<'_>, ids: &[&str], changes: Value) -> anyhow::Result<Value> {
    let path = format!("sites/{}/responses/change", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "ids": ids, "changes": changes }))).await
}

async fn undo(site: &Site<'_>, changed: &Value) -> anyhow::Result<Value> {
    let path = format!("sites/{}/responses/undo", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "token": changed["undo"] }))).await
}

async fn rebuild(site: &Site<'_>) -> anyhow::Result<()> {
    site.product().api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
    eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await
}

fn said(point: u8, words: &str, locale: &str, page: &str) -> (String, Value) {
    let id = id();
    let question = if point < 7 { "missing" } else { "best" };
    let mut delivery = response(&id, 1, "nps", true, json!([["nps", point.to_string()], [question, words]]));
    delivery["context"] = json!({ "page": page, "locale": locale, "device": "phone", "traits": [["plan", "pro"]] });
    (id, delivery)
}

#[test]
fn found_by_whatever_it_is() {
    own(async |product| {
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        let (angry, one) = said(2, "我要退款，谢谢", "zh-CN", "https://shop.example/pricing/pro?x=1");
        let (happy, two) = said(10, "Le Café est parfait", "fr", "https://shop.example/");
        let plain = id();
        deliver(&site, &one).await?;
        deliver(&site, &two).await?;
        deliver(&site, &response(&plain, 1, "csat", true, json!([["csat", "2"]]))).await?;
        for (query, expected) in [
            ("", vec![&plain, &happy, &angry]),
            ("q=退款", vec![&angry]),
            ("q=退", vec![&angry]),
            ("q=要退款", vec![&angry]),
            ("q=CAFE", vec![&happy]),
            ("q=parf caf", vec![&happy]),
            ("q=caf 退款", vec![]),
            ("q=\"' OR -", vec![]),
            ("q=%22%22 %2A", vec![&plain, &happy, &angry]),
            ("group=bad", vec![&plain, &angry]),
            ("group=nps", vec![&happy, &angry]),
            ("group=nps/good", vec![&happy]),
            ("page=/pricing", vec![&angry]),
            ("page=https://shop.example/pri", vec![&angry]),
            ("language=zh", vec![&angry]),
            ("segment=plan%3Dpro&q=caf%C3%A9", vec![&happy]),
            ("segment=plan%3Dfree", vec![]),
            ("widget=csat", vec![&plain]),
            ("device=phone", vec![&happy, &angry]),
            ("status=new&complete=yes", vec![&plain, &happy, &angry]),
            ("status=done", vec![]),
            ("trust=clean", vec![&plain, &happy, &angry]),
            ("to=2020-01-01", vec![]),
            ("limit=1", vec![&plain]),
        ] {
            let expected: Vec<String> = expected.into_iter().cloned().collect();
            assert_eq!(ids(&find(&site, query).await?), expected, "{query}");
        }
        let first = find(&site, "limit=2").await?;
        let next = find(&site, &format!("limit=2&before={}", first["next"])).await?;
        assert_eq!((ids(&next), &next["next"]), (vec![angry.clone()], &Value::Null));
        // What the owner writes is found, too.
        change(&site, &[&plain], json!([{ "note": "Rückruf" }, { "tag": "bug" }, { "status": "planned" }])).await?;
        for query in ["q=ruckruf", "tag=bug", "status=planned", "q=bug&status=planned"] {
            assert_eq!(ids(&find(&site, query).await?), [plain.as_str()], "{query}");
        }
        assert_eq!(ids(&find(&site, "tag=bu").await?).len(), 0);
        for wrong in ["group=x", "status=x", "before=x", "from=x"] {
            assert!(find(&site, wrong).await.unwrap_err().to_string().contains("422"), "{wrong}");
        }
        Ok(())
    });
}

#[test]
fn a_bulk_of_changes_is_one_write_and_can_be_taken_back() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let some: Vec<String> = (0..20).map(|_| id()).collect();
        for id in &some {
            deliver(&site, &nps(id, 9)).await?;
        }
        settled(&site).await?;
        let some: Vec<&str> = some.iter().map(String::as_str).collect();
        product.cloud.kv.reset_counts();
        let done = change(&site, &some, json!([{ "status": "done" }, { "tag": "thanks" }])).await?;
        assert_eq!(done["changed"], 20);
        assert_eq!(ids(&find(&site, "status=new").await?).len(), 0);
        let again = change(&site, &some, json!([{ "status": "done" }])).await?;
        assert_eq!((&again["changed"], &again["undo"]), (&json!(0), &Value::Null));
        undo(&site, &done).await?;
        assert_eq!(ids(&find(&site, "status=new").await?).len(), 20);
        assert_eq!(ids(&find(&site, "tag=thanks").await?).len(), 0);
        assert!(undo(&site, &done).await.is_err(), "taken back twice");
        // One refused change refuses them all.
        assert!(change(&site, &some, json!([{ "status": "spam" }, { "tag": "" }])).await.is_err());
        assert_eq!(ids(&find(&site, "status=spam").await?).len(), 0);
        settled(&site).await?;
        assert_eq!(product.cloud.kv.counts().writes, 1);
        Ok(())
    });
}

#[test]
fn tests_and_spam_leave_the_figures_and_come_back() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, two, three) = (id(), id(), id());
        for (id, point) in [(&one, 2), (&two, 9), (&three, 9)] {
            deliver(&site, &nps(id, point)).await?;
        }
        let before = counts(&site).await?;
        let test = change(&site, &[&one], json!([{ "test": true }])).await?;
        let spam = change(&site, &[&two], json!([{ "status": "spam" }])).await?;
        assert_eq!(
            (count(&site, "q/nps/2").await?, count(&site, "completed").await?, count(&site, "out").await?),
            (0, 1, 2)
        );
        assert_eq!(ids(&find(&site, "trust=test").await?), [one.as_str()]);
        settled(&site).await?;
        let live = counts(&site).await?;
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, live);
        assert_eq!(ids(&find(&site, "status=spam").await?), [two.as_str()]);
        undo(&site, &test).await?;
        undo(&site, &spam).await?;
        assert_eq!(counts(&site).await?, before);
        Ok(())
    });
}

#[test]
fn everything_the_owner_made_of_it_survives_a_rebuild() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, delivery) = said(3, "broken 充电器", "de", "https://shop.example/");
        deliver(&site, &delivery).await?;
        let reply = format!("sites/{}/responses/{one}/reply", site.id);
        product.api(Method::POST, &reply, Some(&json!({ "text": "Sorry! <b>" }))).await?;
        let link = json!({ "widget": "news", "entry": "fixed" });
        change(&site, &[&one], json!([{ "note": "n" }, { "tag": "bug" }, { "status": "planned" }, { "link": link }]))
            .await?;
        let view = json!({ "name": "Angry", "query": "group=bad&q=a%26b" });
        product.api(Method::POST, &format!("sites/{}/inbox/views", site.id), Some(&view)).await?;
        settled(&site).await?;
        let before =
            (find(&site, "").await?, product.api(Method::GET, &format!("sites/{}/inbox/desk", site.id), None).await?);
        assert_eq!(before.0["items"][0]["case"]["thread"][0]["text"], "Sorry! <b>");
        assert_eq!(before.1["views"][0]["query"], "q=a%26b&group=bad&status=all");
        rebuild(&site).await?;
        assert_eq!(find(&site, "").await?, before.0);
        for query in ["q=充电", "tag=bug", "status=planned", "group=nps/bad", "q=sorry"] {
            assert_eq!(ids(&find(&site, query).await?), [one.as_str()], "{query}");
        }
        // Erased, it goes with its case, and comes back with it; for good, it leaves KV.
        let erase = async |at_once: bool| {
            let body = json!({ "ids": [one], "at_once": at_once });
            product.api(Method::POST, &format!("sites/{}/responses/erase", site.id), Some(&body)).await
        };
        erase(false).await?;
        assert_eq!(ids(&find(&site, "").await?).len(), 0);
        assert_eq!(ids(&find(&site, "q=充电").await?).len(), 0);
        let body = json!({ "ids": [one] });
        product.api(Method::POST, &format!("sites/{}/responses/restore", site.id), Some(&body)).await?;
        assert_eq!(find(&site, "").await?["items"], before.0["items"]);
        erase(true).await?;
        let kv = &product.cloud.kv;
        let day = kv.keys(&format!("t/{}/", site.id)).remove(0);
        eventually("a day without it in KV", async || Ok(!kv.get(&day).unwrap().value.contains(&one))).await
    });
}

#[test]
fn blocked_visitors_are_taken_marked_and_left_out() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, two, three) = (id(), id(), id());
        deliver(&site, &nps(&one, 0)).await?;
        let block = async |blocked: bool| {
            let path = format!("sites/{}/responses/{one}/block", site.id);
            product.api(Method::POST, &path, Some(&json!({ "blocked": blocked }))).await
        };
        assert_eq!(block(true).await?["blocked"].as_array().map(Vec::len), Some(1));
        deliver(&site, &nps(&two, 0)).await?;
        assert_eq!((count(&site, "completed").await?, count(&site, "out").await?), (1, 1));
        assert_eq!(ids(&find(&site, "trust=blocked").await?), [two.as_str()]);
        settled(&site).await?;
        let live = counts(&site).await?;
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, live);
        block(false).await?;
        deliver(&site, &nps(&three, 0)).await?;
        assert_eq!(count(&site, "completed").await?, 2);
        Ok(())
    });
}
