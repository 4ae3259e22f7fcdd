//! What the owner erases is gone from figures, lists and KV, and nothing brings it back; until it is gone for good, it can be
//! taken back.

use rapport_local::{Effect, Fault, Operation};
use rapport_tests::{Site, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::own;
use crate::wire::{count, counts, deliver, id, nps, settled};

async fn erase(site: &Site<'_>, ids: &[&str], at_once: bool) -> anyhow::Result<Value> {
    let body = json!({ "ids": ids, "at_once": at_once });
    site.product().api(Method::POST, &format!("sites/{}/responses/erase", site.id), Some(&body)).await
}

async fn restore(site: &Site<'_>, ids: &[&str]) -> anyhow::Result<Value> {
    let path = format!("sites/{}/responses/restore", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "ids": ids }))).await
}

async fn rebuild(site: &Site<'_>) -> anyhow::Result<()> {
    site.product().api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
    eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await
}

#[test]
fn an_erasure_can_be_taken_back() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, two) = (id(), id());
        deliver(&site, &nps(&one, 2)).await?;
        deliver(&site, &nps(&two, 9)).await?;
        settled(&site).await?;
        let before = counts(&site).await?;
        let erased = erase(&site, &[&one, "unknown"], false).await?;
        assert_eq!(erased["ids"], json!([one]));
        assert_eq!((count(&site, "q/nps/2").await?, count(&site, "completed").await?), (0, 1));
        // A device that sends it again is told that it arrived, and changes nothing; nor does a rebuild, while KV still has it.
        assert_eq!(deliver(&site, &nps(&one, 2)).await?["duplicate"], true);
        rebuild(&site).await?;
        assert_eq!(count(&site, "completed").await?, 1);
        let audit = product.api(Method::POST, &format!("sites/{}/audit", site.id), None).await?;
        assert_eq!(audit["into_index"], 0);
        assert_eq!(restore(&site, &[&one]).await?["ids"], json!([one]));
        assert_eq!(counts(&site).await?, before);
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        rebuild(&site).await?;
        assert_eq!(counts(&site).await?, before);
        Ok(())
    });
}

#[test]
fn what_is_erased_for_good_leaves_kv_and_stays_away() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (one, two) = (id(), id());
        deliver(&site, &nps(&one, 2)).await?;
        deliver(&site, &nps(&two, 9)).await?;
        settled(&site).await?;
        let kv = &product.cloud.kv;
        let key = kv.keys(&format!("r/{}/", site.id)).into_iter().find(|key| key.ends_with(&one)).unwrap();
        let value = kv.get(&key).unwrap();
        erase(&site, &[&one], true).await?;
        eventually("KV has forgotten", async || Ok(kv.get(&key).is_none())).await?;
        eventually("nothing owed", async || Ok(site.status().await?["erasing"] == 0)).await?;
        assert_eq!(restore(&site, &[&one]).await?["ids"], json!([]));
        // A list that lags behind, an import of a copy, the device itself.
        kv.put(&key, value.clone())?;
        rebuild(&site).await?;
        let copy: Value = serde_json::from_str(&value.value)?;
        let imported = product
            .api(Method::POST, &format!("sites/{}/import", site.id), Some(&json!({ "responses": [copy] })))
            .await?;
        assert_eq!(imported, json!({ "accepted": 0, "duplicate": 0, "erased": 1 }));
        assert_eq!(deliver(&site, &nps(&one, 2)).await?["duplicate"], true);
        assert_eq!((count(&site, "q/nps/2").await?, count(&site, "completed").await?), (0, 1));
        Ok(())
    });
}

#[test]
fn a_used_up_quota_of_deletions_holds_up_no_writes() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let one = id();
        deliver(&site, &nps(&one, 2)).await?;
        settled(&site).await?;
        let kv = &product.cloud.kv;
        kv.fail(Fault::new(Effect::Status(429)).on(Operation::Delete));
        kv.reset_counts();
        erase(&site, &[&one], true).await?;
        eventually("a deletion that failed", async || Ok(kv.counts().deletes > 0)).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        assert_eq!(site.status().await?["erasing"], 1);
        assert_eq!(count(&site, "completed").await?, 1);
        Ok(())
    });
}
