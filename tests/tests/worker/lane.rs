//! When a site's object cannot be reached, answers wait in KV and get to it later.

use rapport_tests::{eventually, widgets};
use serde_json::json;

use crate::own;
use crate::wire::{count, deliver, id, nps, settled};

#[test]
fn what_waits_in_the_lane_is_fed_through_the_same_door() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (first, second) = (id(), id());
        deliver(&site, &nps(&first, 9)).await?;
        settled(&site).await?;
        // As the Worker leaves it when the object does not answer: one that had arrived after all, and one that had not.
        for id in [&first, &second] {
            let mut stored = site.responses()?.remove(0);
            stored["id"] = json!(id);
            let delivery = json!({ "response": stored, "who": {} });
            let key = format!("q/{}/{id}/1", site.id);
            product.cloud.kv.put(&key, rapport_local::Entry::new(delivery.to_string()))?;
        }
        assert_eq!(product.cloud.workerd.cron().await?, "ok");
        eventually("an empty lane", async || Ok(product.cloud.kv.keys("q/").is_empty())).await?;
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        assert_eq!(count(&site, "completed").await?, 2);
        Ok(())
    });
}
